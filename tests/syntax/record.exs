# Reads snippets and writes what Elixir makes of each: its quoted form, or its error's text.
defmodule Record do
  def show(nil), do: "nil"
  def show(true), do: "true"
  def show(false), do: "false"
  def show(atom) when is_atom(atom), do: ":" <> Atom.to_string(atom)
  def show(number) when is_integer(number), do: Integer.to_string(number)
  def show(number) when is_float(number), do: inspect(number)
  def show(text) when is_binary(text), do: "b" <> Base.encode16(text)
  def show(list) when is_list(list), do: "[" <> Enum.map_join(list, ",", &show/1) <> "]"
  def show(tuple) when is_tuple(tuple), do: "{" <> Enum.map_join(Tuple.to_list(tuple), ",", &show/1) <> "}"

  def read(text) do
    "ok " <> show(Code.string_to_quoted!(text, columns: true, emit_warnings: false))
  rescue
    error -> "error " <> inspect(error.__struct__) <> "\n" <> Exception.message(error)
  end

  def warnings(text) do
    {_, found} =
      Code.with_diagnostics(fn ->
        try do
          Code.string_to_quoted(text, columns: true)
        rescue
          _ in UnicodeConversionError -> :refused
        end
      end)

    Enum.map_join(found, "\x1d", fn warning ->
      {line, column} =
        case warning.position do
          {line, column} -> {line, column}
          line -> {line, 0}
        end

      "#{line}:#{column} #{warning.message}"
    end)
  end

  def tuple(text) do
    case Code.string_to_quoted(text, columns: true, emit_warnings: false) do
      {:ok, _} -> "ok"
      {:error, reason} -> show(reason)
    end
  rescue
    error -> "raised " <> inspect(error.__struct__)
  end
end

[input, output] = System.argv()

input
|> File.read!()
|> String.split("\x1e")
|> Enum.map_join("\x1e", fn text ->
  Record.read(text) <> "\x1f" <> Record.warnings(text) <> "\x1f" <> Record.tuple(text)
end)
|> then(&File.write!(output, &1))

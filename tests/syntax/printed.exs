# Reads snippets and writes what `Macro.to_string/1` makes of each: empty when it is no Elixir.
[input, output] = System.argv()

print = fn text ->
  try do
    case Code.string_to_quoted(text, emit_warnings: false) do
      {:ok, quoted} -> Macro.to_string(quoted)
      {:error, _} -> ""
    end
  rescue
    _ -> ""
  end
end

input
|> File.read!()
|> String.split("\x1e")
|> Enum.map_join("\x1e", print)
|> then(&File.write!(output, &1))

defmodule Notation.Error do
  @moduledoc "What is raised where a text is no notation."
  defexception [:position, :reason]

  @impl true
  def message(%{position: position, reason: reason}) do
    "#{describe(reason)} at byte #{position}"
  end

  defp describe(:unexpected_end), do: "unexpected end"
  defp describe({:unexpected, char}), do: "unexpected #{inspect(<<char::utf8>>)}"
  defp describe({:bad_escape, char}), do: "bad escape \\#{<<char::utf8>>}"
  defp describe(:bad_number), do: "bad number"
end

defmodule Notation.Reader do
  @moduledoc """
  Reads values from their notation, which is that of JavaScript's objects.

  The text is taken apart byte by byte; nothing is copied but the parts of
  strings in which there are escapes.
  """

  alias Notation.Error

  @whitespace ~c" \t\r\n"
  @digits ?0..?9

  @doc "Reads a value, or tells what is wrong."
  @spec read(binary()) :: {:ok, term()} | {:error, Exception.t()}
  def read(text) when is_binary(text) do
    {:ok, read!(text)}
  rescue
    error in Error -> {:error, error}
  end

  @doc "Reads a value or raises."
  @spec read!(binary()) :: term()
  def read!(text) do
    {value, rest, position} = value(skip(text, 0))

    case skip(rest, position) do
      {"", _} -> value
      {<<char::utf8, _::binary>>, position} -> fail(position, {:unexpected, char})
    end
  end

  defp value({<<?{, rest::binary>>, position}), do: object(skip(rest, position + 1), [])
  defp value({<<?[, rest::binary>>, position}), do: array(skip(rest, position + 1), [])
  defp value({<<?", rest::binary>>, position}), do: string(rest, position + 1, [])
  defp value({<<"true", rest::binary>>, position}), do: {true, rest, position + 4}
  defp value({<<"false", rest::binary>>, position}), do: {false, rest, position + 5}
  defp value({<<"null", rest::binary>>, position}), do: {nil, rest, position + 4}

  defp value({<<char, _::binary>> = text, position}) when char in @digits or char == ?- do
    number(text, position)
  end

  defp value({<<char::utf8, _::binary>>, position}), do: fail(position, {:unexpected, char})
  defp value({"", position}), do: fail(position, :unexpected_end)

  defp object({<<?}, rest::binary>>, position}, pairs), do: {Map.new(pairs), rest, position + 1}

  defp object({<<?", rest::binary>>, position}, pairs) do
    {key, rest, position} = string(rest, position + 1, [])

    with {<<?:, rest::binary>>, position} <- skip(rest, position),
         {value, rest, position} <- value(skip(rest, position + 1)) do
      pairs = [{key, value} | pairs]

      case skip(rest, position) do
        {<<?,, rest::binary>>, position} -> object(skip(rest, position + 1), pairs)
        {<<?}, _::binary>>, _} = last -> object(last, pairs)
        other -> unexpected(other)
      end
    else
      other -> unexpected(other)
    end
  end

  defp object(other, _pairs), do: unexpected(other)

  defp array({<<?], rest::binary>>, position}, items), do: {Enum.reverse(items), rest, position + 1}

  defp array(start, items) do
    {value, rest, position} = value(start)
    items = [value | items]

    case skip(rest, position) do
      {<<?,, rest::binary>>, position} -> array(skip(rest, position + 1), items)
      {<<?], _::binary>>, _} = last -> array(last, items)
      other -> unexpected(other)
    end
  end

  defp string(<<?", rest::binary>>, position, parts) do
    {parts |> Enum.reverse() |> IO.iodata_to_binary(), rest, position + 1}
  end

  defp string(<<?\\, char, rest::binary>>, position, parts) do
    part =
      case char do
        ?n -> "\n"
        ?t -> "\t"
        ?r -> "\r"
        ?" -> "\""
        ?\\ -> "\\"
        ?/ -> "/"
        other -> fail(position, {:bad_escape, other})
      end

    string(rest, position + 2, [part | parts])
  end

  defp string("", position, _parts), do: fail(position, :unexpected_end)
  defp string(<<char, rest::binary>>, position, parts), do: string(rest, position + 1, [char | parts])

  defp number(text, position) do
    case Float.parse(text) do
      {float, rest} ->
        used = byte_size(text) - byte_size(rest)
        digits = binary_part(text, 0, used)

        cond do
          String.contains?(digits, [".", "e", "E"]) -> {float, rest, position + used}
          String.starts_with?(digits, "-0") and used > 2 -> fail(position, :bad_number)
          true -> {String.to_integer(digits), rest, position + used}
        end

      :error ->
        fail(position, :bad_number)
    end
  end

  defp skip(<<char, rest::binary>>, position) when char in @whitespace, do: skip(rest, position + 1)
  defp skip(text, position), do: {text, position}

  defp unexpected({<<char::utf8, _::binary>>, position}), do: fail(position, {:unexpected, char})
  defp unexpected({"", position}), do: fail(position, :unexpected_end)

  @spec fail(non_neg_integer(), term()) :: no_return()
  defp fail(position, reason), do: raise(Error, position: position, reason: reason)
end

defprotocol Notation.Writer do
  @moduledoc "How a value is written."
  @fallback_to_any true

  @doc "Returns the notation of a value as iodata."
  @spec write(t, keyword()) :: iodata()
  def write(value, options)
end

defimpl Notation.Writer, for: Atom do
  def write(nil, _options), do: "null"
  def write(true, _options), do: "true"
  def write(false, _options), do: "false"
  def write(atom, options), do: Notation.Writer.write(Atom.to_string(atom), options)
end

defimpl Notation.Writer, for: Integer do
  def write(integer, _options), do: Integer.to_string(integer)
end

defimpl Notation.Writer, for: Float do
  def write(float, options) do
    case options[:decimals] do
      nil -> Float.to_string(float)
      decimals -> :erlang.float_to_binary(float, decimals: decimals)
    end
  end
end

defimpl Notation.Writer, for: BitString do
  def write(text, _options) when is_binary(text), do: [?", escape(text, []), ?"]

  defp escape("", parts), do: Enum.reverse(parts)
  defp escape(<<?", rest::binary>>, parts), do: escape(rest, ["\\\"" | parts])
  defp escape(<<?\\, rest::binary>>, parts), do: escape(rest, ["\\\\" | parts])
  defp escape(<<?\n, rest::binary>>, parts), do: escape(rest, ["\\n" | parts])

  defp escape(<<char, rest::binary>>, parts) when char < 0x20 do
    escape(rest, ["\\u00" <> Base.encode16(<<char>>) | parts])
  end

  defp escape(<<char::utf8, rest::binary>>, parts), do: escape(rest, [<<char::utf8>> | parts])
end

defimpl Notation.Writer, for: List do
  def write([], _options), do: "[]"

  def write([{key, _} | _] = pairs, options) when is_atom(key) do
    pairs |> Map.new() |> Notation.Writer.write(options)
  end

  def write(list, options) do
    [?[, list |> Enum.map(&Notation.Writer.write(&1, options)) |> Enum.intersperse(?,), ?]]
  end
end

defimpl Notation.Writer, for: Map do
  def write(map, options) do
    pairs =
      for {key, value} <- Enum.sort(map) do
        [Notation.Writer.write(to_string(key), options), ?:, Notation.Writer.write(value, options)]
      end

    [?{, Enum.intersperse(pairs, ?,), ?}]
  end
end

defimpl Notation.Writer, for: Any do
  def write(%_{} = struct, options), do: struct |> Map.from_struct() |> Notation.Writer.write(options)
  def write(other, options), do: other |> inspect() |> Notation.Writer.write(options)
end

defmodule Notation do
  @moduledoc "Texts from values and values from texts."

  defdelegate read(text), to: Notation.Reader
  defdelegate read!(text), to: Notation.Reader

  @doc """
  Writes a value.

  ## Options

    * `:decimals` - how many digits a float has after its point
  """
  def write(value, options \\ []) do
    value |> Notation.Writer.write(options) |> IO.iodata_to_binary()
  end
end

defmodule Text do
  @moduledoc "What one does with words and lines."

  @vowels ~w(a e i o u)
  @small ~w(a an and at but by for in of on or the to)

  @doc "Counts words, whatever their case."
  def frequencies(text) do
    ~r/[\p{L}']+/u
    |> Regex.scan(text)
    |> List.flatten()
    |> Enum.map(&String.downcase/1)
    |> Enum.frequencies()
  end

  @doc """
  Breaks a text into lines of at most `width` characters.

      iex> Text.wrap("one two three", 7)
      ["one two", "three"]
  """
  @spec wrap(String.t(), pos_integer()) :: [String.t()]
  def wrap(text, width \\ 80) when width > 0 do
    text
    |> String.split()
    |> Enum.chunk_while(
      {[], 0},
      fn word, {line, used} ->
        length = String.length(word)

        if used + length + 1 > width and line != [] do
          {:cont, join(line), {[word], length}}
        else
          {:cont, {[word | line], used + length + 1}}
        end
      end,
      fn
        {[], _} -> {:cont, {[], 0}}
        {line, _} -> {:cont, join(line), {[], 0}}
      end
    )
  end

  defp join(words), do: words |> Enum.reverse() |> Enum.join(" ")

  @doc "Writes a title with capitals where they belong."
  def title(text) do
    text
    |> String.split(" ")
    |> Enum.with_index()
    |> Enum.map_join(" ", fn
      {word, 0} -> String.capitalize(word)
      {word, _} when word in @small -> word
      {word, _} -> String.capitalize(word)
    end)
  end

  @doc "Pig latin."
  def pig(word) do
    case String.next_grapheme(word) do
      {first, _} when first in @vowels -> word <> "way"
      {_, _} -> rotate(word, "")
      nil -> ""
    end
  end

  defp rotate("", start), do: start <> "ay"
  defp rotate("qu" <> rest, start), do: rest <> start <> "quay"

  defp rotate(<<letter::binary-size(1), rest::binary>> = word, start) do
    if letter in @vowels, do: word <> start <> "ay", else: rotate(rest, start <> letter)
  end

  @doc "Shifts letters by some places."
  def caesar(text, shift) do
    for <<char <- text>>, into: "" do
      cond do
        char in ?a..?z -> <<rem(char - ?a + shift + 26, 26) + ?a>>
        char in ?A..?Z -> <<rem(char - ?A + shift + 26, 26) + ?A>>
        true -> <<char>>
      end
    end
  end

  @doc "How many changes make one word of the other."
  def distance(a, b), do: distance(String.graphemes(a), String.graphemes(b), Enum.to_list(0..String.length(b)))

  defp distance([], _b, row), do: List.last(row)

  defp distance([letter | rest], b, [corner | _] = row) do
    {next, _} =
      b
      |> Enum.zip(Enum.zip(row, tl(row)))
      |> Enum.map_reduce(corner + 1, fn {other, {diagonal, above}}, left ->
        cost = if letter == other, do: 0, else: 1
        value = Enum.min([left + 1, above + 1, diagonal + cost])
        {value, value}
      end)

    distance(rest, b, [corner + 1 | next])
  end

  @doc "Runs of the same letter with their lengths."
  def encode(text) do
    text
    |> String.graphemes()
    |> Enum.chunk_by(& &1)
    |> Enum.map_join(fn
      [one] -> one
      [one | _] = run -> "#{length(run)}#{one}"
    end)
  end

  def decode(text), do: decode(text, 0, [])

  defp decode("", _count, parts), do: parts |> Enum.reverse() |> IO.iodata_to_binary()

  defp decode(<<digit, rest::binary>>, count, parts) when digit in ?0..?9 do
    decode(rest, count * 10 + digit - ?0, parts)
  end

  defp decode(<<char::utf8, rest::binary>>, count, parts) do
    decode(rest, 0, [String.duplicate(<<char::utf8>>, max(count, 1)) | parts])
  end
end

defmodule Text.Template do
  @moduledoc """
  Texts with holes: `{{name}}` is replaced by what is given for it.
  """

  @hole ~r/\{\{\s*(\w+)(?:\s*\|\s*(\w+))?\s*\}\}/

  @filters %{
    "upper" => &String.upcase/1,
    "lower" => &String.downcase/1,
    "title" => &Text.title/1
  }

  def render(template, values) when is_map(values) do
    Regex.replace(@hole, template, fn
      _, name, "" -> fetch(values, name)
      _, name, filter -> apply_filter(filter, fetch(values, name))
    end)
  end

  def holes(template) do
    for [_, name | _] <- Regex.scan(@hole, template), uniq: true, do: name
  end

  defp fetch(values, name) do
    case values do
      %{^name => value} -> to_string(value)
      _ -> raise KeyError, key: name, term: values
    end
  end

  defp apply_filter(name, text) do
    with {:ok, filter} <- Map.fetch(@filters, name) do
      filter.(text)
    else
      :error -> raise ArgumentError, "no filter named #{name}"
    end
  end
end

defmodule Text.Roman do
  @moduledoc "Numbers as the Romans wrote them."

  @numerals [
    {1000, "M"},
    {900, "CM"},
    {500, "D"},
    {400, "CD"},
    {100, "C"},
    {90, "XC"},
    {50, "L"},
    {40, "XL"},
    {10, "X"},
    {9, "IX"},
    {5, "V"},
    {4, "IV"},
    {1, "I"}
  ]

  def write(0), do: ""

  for {value, text} <- @numerals do
    def write(number) when number >= unquote(value), do: unquote(text) <> write(number - unquote(value))
  end

  def read(""), do: 0

  for {value, text} <- Enum.sort_by(@numerals, fn {_, text} -> -byte_size(text) end) do
    def read(unquote(text) <> rest), do: unquote(value) + read(rest)
  end
end

defmodule Text.Csv do
  @moduledoc "Lines of fields that commas part."

  @doc "Reads lines into maps, whose keys are the fields of the first line."
  def read(text, options \\ []) do
    separator = Keyword.get(options, :separator, ?,)

    [header | rows] =
      text
      |> String.split(~r/\r?\n/, trim: true)
      |> Enum.map(&fields(&1, separator))

    Enum.map(rows, fn row -> header |> Enum.zip(row) |> Map.new() end)
  end

  @doc "The fields of a line."
  def fields(line, separator \\ ?,), do: fields(line, separator, "", [])

  defp fields("", _separator, field, done), do: Enum.reverse([field | done])
  defp fields(<<?", rest::binary>>, separator, "", done), do: quoted(rest, separator, "", done)

  defp fields(<<char, rest::binary>>, separator, field, done) when char == separator do
    fields(rest, separator, "", [field | done])
  end

  defp fields(<<char, rest::binary>>, separator, field, done) do
    fields(rest, separator, <<field::binary, char>>, done)
  end

  defp quoted(<<?", ?", rest::binary>>, separator, field, done) do
    quoted(rest, separator, field <> "\"", done)
  end

  defp quoted(<<?", rest::binary>>, separator, field, done), do: fields(rest, separator, field, done)
  defp quoted(<<char, rest::binary>>, separator, field, done), do: quoted(rest, separator, <<field::binary, char>>, done)
  defp quoted("", _separator, _field, _done), do: raise(ArgumentError, "a quote is not closed")
end

defmodule Calculator.Lexer do
  @moduledoc "Words of a calculation."

  @operators %{?+ => :plus, ?- => :minus, ?* => :times, ?/ => :over, ?^ => :power}

  def tokens(text), do: tokens(text, 1, [])

  defp tokens("", column, acc), do: {:ok, Enum.reverse([{:end, column} | acc])}
  defp tokens(<<space, rest::binary>>, column, acc) when space in [?\s, ?\t], do: tokens(rest, column + 1, acc)

  for {char, name} <- @operators do
    defp tokens(<<unquote(char), rest::binary>>, column, acc) do
      tokens(rest, column + 1, [{unquote(name), column} | acc])
    end
  end

  defp tokens(<<?(, rest::binary>>, column, acc), do: tokens(rest, column + 1, [{:open, column} | acc])
  defp tokens(<<?), rest::binary>>, column, acc), do: tokens(rest, column + 1, [{:close, column} | acc])
  defp tokens(<<?=, rest::binary>>, column, acc), do: tokens(rest, column + 1, [{:equals, column} | acc])

  defp tokens(<<digit, _::binary>> = text, column, acc) when digit in ?0..?9 do
    {number, rest} = Integer.parse(text)
    tokens(rest, column + byte_size(text) - byte_size(rest), [{:number, column, number} | acc])
  end

  defp tokens(<<letter, _::binary>> = text, column, acc) when letter in ?a..?z or letter in ?A..?Z do
    [name] = Regex.run(~r/^\w+/, text)
    rest = String.replace_prefix(text, name, "")
    tokens(rest, column + String.length(name), [{:name, column, name} | acc])
  end

  defp tokens(<<other::utf8, _::binary>>, column, _acc), do: {:error, {:character, <<other::utf8>>, column}}
end

defmodule Calculator.Parser do
  @moduledoc """
  Trees of calculations, by recursive descent with precedences.
  """

  @levels %{plus: {1, :left}, minus: {1, :left}, times: {2, :left}, over: {2, :left}, power: {4, :right}}

  @type tree :: number() | {:name, String.t()} | {atom(), tree(), tree()} | {:negative, tree()}

  @spec parse([tuple()]) :: {:ok, tree()} | {:error, term()}
  def parse([{:name, _, name}, {:equals, _} | rest]) do
    with {:ok, tree} <- parse(rest), do: {:ok, {:assign, name, tree}}
  end

  def parse(tokens) do
    case expression(tokens, 0) do
      {:ok, tree, [{:end, _}]} -> {:ok, tree}
      {:ok, _, [token | _]} -> {:error, {:unexpected, token}}
      {:error, _} = error -> error
    end
  end

  defp expression(tokens, least) do
    with {:ok, left, rest} <- operand(tokens), do: operators(left, rest, least)
  end

  defp operators(left, [{operator, _} | rest] = tokens, least) when is_map_key(@levels, operator) do
    case @levels[operator] do
      {level, _} when level < least ->
        {:ok, left, tokens}

      {level, side} ->
        next = if side == :left, do: level + 1, else: level

        with {:ok, right, rest} <- expression(rest, next) do
          operators({operator, left, right}, rest, least)
        end
    end
  end

  defp operators(left, tokens, _least), do: {:ok, left, tokens}

  defp operand([{:number, _, number} | rest]), do: {:ok, number, rest}
  defp operand([{:name, _, name} | rest]), do: {:ok, {:name, name}, rest}

  defp operand([{:minus, _} | rest]) do
    with {:ok, tree, rest} <- expression(rest, 3), do: {:ok, {:negative, tree}, rest}
  end

  defp operand([{:open, column} | rest]) do
    case expression(rest, 0) do
      {:ok, tree, [{:close, _} | rest]} -> {:ok, tree, rest}
      {:ok, _, _} -> {:error, {:unclosed, column}}
      error -> error
    end
  end

  defp operand([token | _]), do: {:error, {:unexpected, token}}
end

defmodule Calculator do
  @moduledoc "Calculates, and remembers what was assigned."

  alias Calculator.{Lexer, Parser}

  defstruct variables: %{"pi" => 3.14159}, history: []

  @doc "Reads and calculates one line."
  def run(%__MODULE__{} = calculator, line) do
    with {:ok, tokens} <- Lexer.tokens(line),
         {:ok, tree} <- Parser.parse(tokens),
         {:ok, value, calculator} <- evaluate(tree, calculator) do
      {:ok, value, %{calculator | history: [{line, value} | calculator.history]}}
    end
  end

  defp evaluate({:assign, name, tree}, calculator) do
    {:ok, value, calculator} = evaluate(tree, calculator)
    {:ok, value, put_in(calculator.variables[name], value)}
  end

  defp evaluate(tree, calculator) do
    {:ok, value(tree, calculator.variables), calculator}
  catch
    {:undefined, name} -> {:error, {:undefined, name}}
  end

  defp value(number, _) when is_number(number), do: number
  defp value({:negative, tree}, variables), do: -value(tree, variables)
  defp value({:name, name}, variables), do: Map.get_lazy(variables, name, fn -> throw({:undefined, name}) end)
  defp value({:plus, a, b}, variables), do: value(a, variables) + value(b, variables)
  defp value({:minus, a, b}, variables), do: value(a, variables) - value(b, variables)
  defp value({:times, a, b}, variables), do: value(a, variables) * value(b, variables)
  defp value({:over, a, b}, variables), do: value(a, variables) / value(b, variables)
  defp value({:power, a, b}, variables), do: :math.pow(value(a, variables), value(b, variables))

  @doc "Says what is wrong, in words."
  def explain({:character, char, column}), do: "#{inspect(char)} in column #{column} belongs to no calculation"
  def explain({:undefined, name}), do: "#{name} has no value"
  def explain({:unclosed, column}), do: "the parenthesis in column #{column} is not closed"
  def explain({:unexpected, {:end, _}}), do: "something is missing at the end"
  def explain({:unexpected, {kind, column}}), do: "#{kind} is not expected in column #{column}"
  def explain({:unexpected, {_, column, what}}), do: "#{what} is not expected in column #{column}"

  @doc "Reads lines until there are no more."
  def loop(calculator \\ %__MODULE__{}) do
    case IO.gets("= ") do
      :eof ->
        calculator

      {:error, reason} ->
        raise "cannot read: #{inspect(reason)}"

      line ->
        line = String.trim(line)

        calculator =
          case run(calculator, line) do
            {:ok, value, calculator} ->
              IO.puts(value)
              calculator

            {:error, reason} ->
              IO.puts(["? ", explain(reason)])
              calculator
          end

        loop(calculator)
    end
  end
end

defmodule Calculator.Matrix do
  @moduledoc "Lists of rows."

  def new(rows, columns, fun), do: for(i <- 1..rows, do: for(j <- 1..columns, do: fun.(i, j)))
  def identity(n), do: new(n, n, fn i, j -> if i == j, do: 1, else: 0 end)
  def transpose([]), do: []
  def transpose([[] | _]), do: []
  def transpose(rows), do: [Enum.map(rows, &hd/1) | transpose(Enum.map(rows, &tl/1))]

  def multiply(a, b) do
    columns = transpose(b)
    for row <- a, do: for(column <- columns, do: dot(row, column))
  end

  def power(a, 0), do: identity(length(a))
  def power(a, n) when rem(n, 2) == 0, do: a |> multiply(a) |> power(div(n, 2))
  def power(a, n), do: multiply(a, power(a, n - 1))

  def determinant([[a]]), do: a

  def determinant([first | rest]) do
    first
    |> Enum.with_index()
    |> Enum.reduce(0, fn {value, index}, sum ->
      sign = if rem(index, 2) == 0, do: 1, else: -1
      minor = Enum.map(rest, &List.delete_at(&1, index))
      sum + sign * value * determinant(minor)
    end)
  end

  defp dot(a, b), do: a |> Enum.zip(b) |> Enum.reduce(0, fn {x, y}, sum -> x * y + sum end)
end

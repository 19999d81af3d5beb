defmodule Graph do
  @moduledoc """
  Directed graphs with weights.

  A graph is a map from each vertex to the map of its neighbours and what it
  costs to go there.
  """

  defstruct edges: %{}

  @type vertex :: term()
  @type t :: %__MODULE__{edges: %{vertex() => %{vertex() => number()}}}

  @doc "A graph without vertices."
  def new, do: %__MODULE__{}

  @doc "A graph from a list of `{from, to}` and `{from, to, weight}`."
  @spec new([{vertex(), vertex()} | {vertex(), vertex(), number()}]) :: t()
  def new(edges) do
    Enum.reduce(edges, new(), fn
      {from, to}, graph -> add(graph, from, to, 1)
      {from, to, weight}, graph -> add(graph, from, to, weight)
    end)
  end

  @doc "Adds an edge and its vertices."
  def add(%__MODULE__{edges: edges} = graph, from, to, weight \\ 1) do
    edges =
      edges
      |> Map.update(from, %{to => weight}, &Map.put(&1, to, weight))
      |> Map.put_new(to, %{})

    %{graph | edges: edges}
  end

  @doc "Takes an edge away."
  def remove(%__MODULE__{edges: edges} = graph, from, to) do
    %{graph | edges: Map.update(edges, from, %{}, &Map.delete(&1, to))}
  end

  def vertices(%__MODULE__{edges: edges}), do: Map.keys(edges)
  def neighbours(%__MODULE__{edges: edges}, vertex), do: edges |> Map.get(vertex, %{}) |> Map.keys()
  def size(%__MODULE__{edges: edges}), do: Enum.sum(for {_, targets} <- edges, do: map_size(targets))

  @doc "Vertices in the order in which a search in breadth meets them."
  def breadth_first(graph, start), do: breadth(graph, :queue.from_list([start]), MapSet.new([start]), [])

  defp breadth(graph, queue, seen, found) do
    case :queue.out(queue) do
      {:empty, _} ->
        Enum.reverse(found)

      {{:value, vertex}, queue} ->
        {queue, seen} =
          graph
          |> neighbours(vertex)
          |> Enum.reject(&MapSet.member?(seen, &1))
          |> Enum.reduce({queue, seen}, fn next, {queue, seen} ->
            {:queue.in(next, queue), MapSet.put(seen, next)}
          end)

        breadth(graph, queue, seen, [vertex | found])
    end
  end

  @doc "Vertices in the order in which a search in depth meets them."
  def depth_first(graph, start) do
    {found, _seen} = depth(graph, start, {[], MapSet.new()})
    Enum.reverse(found)
  end

  defp depth(graph, vertex, {found, seen} = state) do
    if MapSet.member?(seen, vertex) do
      state
    else
      graph
      |> neighbours(vertex)
      |> Enum.reduce({[vertex | found], MapSet.put(seen, vertex)}, &depth(graph, &1, &2))
    end
  end

  @doc """
  The cheapest way from one vertex to another.

      iex> Graph.path(Graph.new([{:a, :b, 4}, {:a, :c, 1}, {:c, :b, 1}]), :a, :b)
      {:ok, 2, [:a, :c, :b]}
  """
  def path(graph, from, to), do: search(graph, to, [{0, [from]}], MapSet.new())

  defp search(_graph, _to, [], _done), do: :error

  defp search(_graph, to, [{cost, [to | _] = way} | _], _done), do: {:ok, cost, Enum.reverse(way)}

  defp search(graph, to, [{cost, [vertex | _] = way} | rest], done) do
    if vertex in done do
      search(graph, to, rest, done)
    else
      next = for {target, weight} <- graph.edges[vertex] || %{}, do: {cost + weight, [target | way]}
      search(graph, to, merge(Enum.sort(next), rest), MapSet.put(done, vertex))
    end
  end

  defp merge([], right), do: right
  defp merge(left, []), do: left
  defp merge([{a, _} = one | left], [{b, _} | _] = right) when a <= b, do: [one | merge(left, right)]
  defp merge(left, [two | right]), do: [two | merge(left, right)]

  @doc "Vertices such that each comes before those it leads to."
  def sort(graph) do
    counts = for {_, targets} <- graph.edges, {target, _} <- targets, reduce: %{} do
      counts -> Map.update(counts, target, 1, &(&1 + 1))
    end

    ready = for vertex <- vertices(graph), not is_map_key(counts, vertex), do: vertex
    sort(graph, ready, counts, [])
  end

  defp sort(graph, [], _counts, sorted) do
    if length(sorted) == map_size(graph.edges), do: {:ok, Enum.reverse(sorted)}, else: {:error, :cycle}
  end

  defp sort(graph, [vertex | ready], counts, sorted) do
    {ready, counts} =
      Enum.reduce(neighbours(graph, vertex), {ready, counts}, fn next, {ready, counts} ->
        case counts do
          %{^next => 1} -> {[next | ready], Map.delete(counts, next)}
          %{^next => count} -> {ready, %{counts | next => count - 1}}
        end
      end)

    sort(graph, ready, counts, [vertex | sorted])
  end
end

defmodule Graph.Tree do
  @moduledoc "Search trees that are balanced by their colours."

  @type t(item) :: :leaf | {:red | :black, t(item), item, t(item)}

  def new, do: :leaf
  def new(items), do: Enum.reduce(items, :leaf, &insert(&2, &1))

  def insert(tree, item) do
    {_, left, value, right} = put(tree, item)
    {:black, left, value, right}
  end

  defp put(:leaf, item), do: {:red, :leaf, item, :leaf}

  defp put({color, left, value, right} = tree, item) do
    cond do
      item < value -> balance({color, put(left, item), value, right})
      item > value -> balance({color, left, value, put(right, item)})
      true -> tree
    end
  end

  defp balance({:black, {:red, {:red, a, x, b}, y, c}, z, d}), do: {:red, {:black, a, x, b}, y, {:black, c, z, d}}
  defp balance({:black, {:red, a, x, {:red, b, y, c}}, z, d}), do: {:red, {:black, a, x, b}, y, {:black, c, z, d}}
  defp balance({:black, a, x, {:red, {:red, b, y, c}, z, d}}), do: {:red, {:black, a, x, b}, y, {:black, c, z, d}}
  defp balance({:black, a, x, {:red, b, y, {:red, c, z, d}}}), do: {:red, {:black, a, x, b}, y, {:black, c, z, d}}
  defp balance(tree), do: tree

  def member?(:leaf, _item), do: false
  def member?({_, left, value, _}, item) when item < value, do: member?(left, item)
  def member?({_, _, value, right}, item) when item > value, do: member?(right, item)
  def member?(_, _), do: true

  def to_list(tree), do: to_list(tree, [])
  defp to_list(:leaf, rest), do: rest
  defp to_list({_, left, value, right}, rest), do: to_list(left, [value | to_list(right, rest)])

  def depth(:leaf), do: 0
  def depth({_, left, _, right}), do: 1 + max(depth(left), depth(right))

  defimpl Enumerable, for: Graph do
    def count(graph), do: {:ok, map_size(graph.edges)}
    def member?(graph, vertex), do: {:ok, is_map_key(graph.edges, vertex)}
    def slice(_graph), do: {:error, __MODULE__}
    def reduce(graph, acc, fun), do: Enumerable.List.reduce(Graph.vertices(graph), acc, fun)
  end
end

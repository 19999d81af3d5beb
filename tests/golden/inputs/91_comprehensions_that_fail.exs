for x <- [1], do: x + :a
for x <- 1..2, do: x + :a
for {k, v} <- %{a: 1}, do: k+v
for x <- [1], x > 0, do: x + :a
for x <- [1], y <- [2], do: x + y + :a
for x <- [1], y <- [2], z <- [3], do: x + y + z + :a
for x <- [1], into: %{}, do: x + :a
for x <- [1], into: %{}, do: x
for x <- [1], into: "", do: x + :a
for x <- [1], uniq: true, do: x + :a
for x <- [1], reduce: 0 do a -> a + :b + x end
for <<c <- "a">>, do: c + :a
for <<c <- "a">>, x <- [1], do: c + x + :a
for <<c <- "a">>, into: "", do: <<c + :a>>
for x <- [1], y = x + :a, do: y
for x <- [1], x + :a, do: x
for x <- [1 + :a], do: x
for x <- [1], y <- [x + :a], do: y
for x <- [1], y <- x, do: y
for x <- 5, do: x
for x <- MapSet.new([1]), do: x + :a
x = for i <- 1..3, do: i + :a
[for(x <- [1], do: x + :a)]
f = fn l -> for x <- l, do: x + :a end
f.([1])
Enum.map([1], fn y -> for x <- [y], do: x + :a end)
for x <- [1], do: Enum.map([x], fn z -> z + :a end)
for x <- [1] do
  y = x * 2
  y + :a
end
for x <- [1], do: String.to_integer(x)
for x <- ["a"], do: raise x
for x <- ["a"], do: x.foo
for {:ok, x} <- [{:ok, 1}], do: x + :a
for x when x > 0 <- [1], do: x + :a
with {:ok, x} <- {:ok, 1}, y <- x + :a, do: y
with {:ok, x} <- :err do x else :error -> 1 end
with {:ok, x} <- :err do x else _ -> 1 + :a end
if true, do: 1 + :a
case 1 do 1 -> 1 + :a end
defmodule F do
  def a(l), do: for(x <- l, do: x + :a)
  def b(l), do: for(x <- l, y <- l, do: x + y + :a)
  def c(l), do: for(x <- l, x > 0, do: x + :a)
  def d(l), do: for(x <- l, into: %{}, do: {x, x + :a})
  def e(l), do: for(x <- l, reduce: 0, do: (acc -> acc + x + :a))
  def g(l, k) do
    r = for x <- l do
      x + k
    end
    r
  end
  def h(x) do
    with {:ok, y} <- x do
      y
    else
      :error -> 1
    end
  end
  def i(l) do
    r = for x <- l, y <- 1..3, x != y, into: MapSet.new() do
      x / (y - 1)
    end
    {r, 1}
  end
  def j(x) do
    r = with {:ok, y} <- x do
      y
    else
      {:error, e} -> e + :a
    end
    {r, 1}
  end
end
F.a([1])
F.b([1])
F.c([1])
F.d([1])
F.e([1])
F.g([1], :b)
F.h(:err)
F.i([2])
F.j(:err)
F.j({:error, 1})

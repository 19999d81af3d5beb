x = 5
dbg(x)
dbg(x + 1)
dbg()
[3, 1, 2] |> Enum.sort() |> Enum.map(&(&1 * 10)) |> dbg()
dbg(if x > 3, do: :big, else: :small)
dbg(unless x > 3, do: :small)
dbg(case x do
  n when n > 10 -> :big
  _ -> :small
end)
dbg(cond do
  x > 10 -> :big
  x > 3 -> :middle
  true -> :small
end)
dbg(with {:ok, a} <- Map.fetch(%{a: 1}, :a), b = a + 1, do: a + b)
dbg(with {:ok, a} <- Map.fetch(%{a: 1}, :b), do: a, else: (:error -> :none))
dbg(with {:ok, a} <- {:error, :enoent} do
  a
end)
dbg(x > 1 and x < 10 and x != 7)
dbg(nil || false || x)
dbg(not is_nil(x) && x > 7)
dbg((
  y = x * 2
  z = y + 1
))
z
dbg(Enum.to_list(1..40))
dbg(%{name: "a rather long name for a map", address: "Long Street 17, 1234 Somewhere", tags: [:one, :two]})
dbg(Enum.map(1..3, fn n -> n * x end))
dbg("text", limit: 1)
dbg(Enum.to_list(1..9), limit: 3)
dbg({x, x}, label: "no such option")
dbg(nope)
dbg(raise("oops"))
dbg(String.upcase(x))
dbg(Enum.map(x, & &1))
dbg(hd([]))
dbg(1, 2, 3)
dbg(with 1 <- 2, do: 1, else: (3 -> 4))
dbg(cond do
  x > 10 -> 1
end)
defmodule Traced do
  def area(w, h) do
    dbg(w * h)
  end
  def describe(n) do
    n
    |> Integer.to_string()
    |> String.pad_leading(4, "0")
    |> dbg()
  end
end
Traced.area(2, 3)
Traced.describe(42)
Traced.describe("42")
"a-b" |> String.split("-") |> dbg() |> length()
IO.inspect(x, label: "x")
IO.inspect([1, 2, 3], label: "list", limit: 2)
dbg(fn a -> a end) |> is_function()
dbg(:ok)

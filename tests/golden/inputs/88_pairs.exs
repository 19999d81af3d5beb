m = %{name: "Ann", age: 30}
m.name
m[:nope]
m.nope
%{m | age: 31}
%{m | zip: 1}
Map.put(m, :city, "X") |> Map.keys() |> Enum.sort()
Map.get(m, :city, "none")
Map.fetch(m, :age)
Map.fetch!(m, :agee)
Map.update(m, :age, 0, &(&1 + 1))
Map.update!(m, :x, & &1)
Map.pop(m, :age)
Map.merge(m, %{age: 5}, fn _k, a, b -> a + b end)
%{name: n} = m
n
%{zip: z} = m
Map.new([a: 1, b: 2], fn {k, v} -> {k, v * 10} end) |> Map.get(:b)
Enum.map(%{x: 1}, fn {k, v} -> {k, v} end)
for {k, v} <- %{x: 1, y: 2}, into: %{}, do: {v, k}
get_in(%{a: %{b: [1, 2]}}, [:a, :b, Access.at(1)])
put_in(%{a: %{b: 1}}.a.b, 2)
update_in(%{a: [1, 2]}, [:a, Access.all()], &(&1 * 2))
put_in(%{}, [:a, :b], 1)
Map.from_struct(%{a: 1})
Map.put([], :a, 1)
Map.get([a: 1], :a)
Map.keys("x")
map_size(m)
is_map_key(m, :name)
Map.split(%{x: 1, y: 2, z: 3}, [:x, :z])
Map.take(m, [:name])
Map.drop(m, [:name])
Map.filter(%{x: 1, y: 2}, fn {_, v} -> v > 1 end)
Map.reject(%{x: 1, y: 2}, fn {_, v} -> v > 1 end)
Map.intersect(%{x: 1, y: 2}, %{y: 5})
Map.replace(%{x: 1}, :y, 2)
Map.replace!(%{x: 1}, :y, 2)
Map.to_list(%{1 => :one, 2 => :two})
Map.equal?(%{x: 1}, %{x: 1.0})
%{1 => 1, 1.0 => 2}
Map.get_and_update(%{x: 1}, :x, fn v -> {v, v + 1} end)
Map.get_and_update(%{x: 1}, :x, fn _ -> :pop end)
Map.get_and_update(%{x: 1}, :x, fn v -> v end)
Map.from_keys([:x, :y], 0)
Map.new([1, 2])
Enum.into([{:x, 1}, {:y, 2}], %{})
Enum.group_by(~w(ant bee cat ape), &String.first/1)
kw = [a: 1, b: 2, a: 3]
kw[:a]
Keyword.get_values(kw, :a)
Keyword.delete(kw, :a)
Keyword.put(kw, :a, 9)
Keyword.fetch!(kw, :z)
Keyword.merge(kw, b: 5)
Keyword.validate([x: 1], x: 2, y: 3)
Keyword.validate!([z: 1], x: 2, y: 3)
Keyword.keyword?([{"a", 1}])
Keyword.has_key?(kw, :b)
Keyword.pop(kw, :a)
Keyword.keys([{"a", 1}])
Keyword.get(%{}, :a)
Keyword.split_with(kw, fn {_, v} -> v > 1 end)
if true, do: 1, else: 2
[{:do, 1}]
[a: 1] ++ [b: 2]
[{:"a b", 1}]

list = [a: 1, b: 2]
list == [{:a, 1}, {:b, 2}]
list[:a]
list[:zzz]
list ++ [c: 3]
[a: 0] ++ list
Keyword.get(list, :b)
Keyword.get(list, :x, :none)
Keyword.fetch(list, :a)
Keyword.fetch(list, :x)
Keyword.fetch!(list, :x)
Keyword.put(list, :a, 9)
Keyword.put_new(list, :a, 9)
Keyword.delete(list, :a)
Keyword.keys(list)
Keyword.values(list)
Keyword.has_key?(list, :a)
Keyword.merge(list, [b: 5, d: 6])
Keyword.keyword?([1])
Keyword.pop(list, :a)
Keyword.get_values([a: 1, a: 2], :a)
Keyword.update!(list, :zz, & &1)
Keyword.validate([a: 1], [:a, b: 2])
Keyword.validate!([c: 1], [:a, :b])
[{:a, 1}, {"b", 2}]
["a b": 1, c?: 2]
[1, a: 2]
if(true, do: 1, else: 2)
if true, [do: 1, else: 2]
map = %{:a => 1, 2 => :b}
map[:a]
map[2]
map[:c]
map.a
map.c
%{} = map
%{:a => a} = map
a
%{:c => c} = map
n = 1
m = %{n => :one}
m[n]
%{^n => :one} = %{1 => :one, 2 => :two}
Map.get(%{:a => 1, 2 => :b}, :a)
Map.put(%{:a => 1, 2 => :b}, :c, 3)
Map.to_list(%{:a => 1, 2 => :b})
%{map | 2 => "two"}
%{map | :c => 3}
map = %{name: "John", age: 23}
map.name
map.agee
users = [john: %{name: "John", age: 27, languages: ["Erlang", "Ruby", "Elixir"]}, mary: %{name: "Mary", age: 29, languages: ["Elixir", "F#", "Clojure"]}]
users[:john].age
users = put_in users[:john].age, 31
users = update_in users[:mary].languages, fn languages -> List.delete(languages, "Clojure") end
get_in(users, [:john, :name])
get_in(users, [Access.all()])
get_in(users[:mary].languages, [Access.at(0)])
pop_in(users[:john][:age])
put_in(%{a: %{b: 1}}, [:a, :b], 2)
put_in(%{}, [:a, :b], 2)
update_in(%{a: 1}, [:a], &(&1 + 1))
get_and_update_in(%{a: 1}, [:a], &{&1, &1 + 1})
Map.new([{:b, 1}, {:a, 2}])
Map.new([1, 2], &{&1, &1 * 2})
Map.fetch!(%{a: 1}, :b)
Map.fetch(%{a: 1}, :a)
Map.get(:not_map, :a)
Map.put([], :a, 1)
Map.update(%{a: 1}, :a, 0, &(&1 + 1))
Map.update!(%{a: 1}, :b, &(&1 + 1))
Map.merge(%{a: 1, b: 2}, %{b: 3})
Map.merge(%{a: 1, b: 2}, %{b: 3}, fn _k, v1, v2 -> v1 + v2 end)
Map.split(%{a: 1, b: 2, c: 3}, [:a, :c])
Map.take(%{a: 1, b: 2}, [:a, :z])
Map.drop(%{a: 1, b: 2}, [:a])
Map.pop(%{a: 1}, :a)
Map.pop!(%{a: 1}, :b)
Map.filter(%{a: 1, b: 2}, fn {_k, v} -> v > 1 end)
Map.from_struct(%{})
Map.replace!(%{a: 1}, :b, 2)
Map.keys(%{b: 1, a: 2})
map_size(%{a: 1})
map_size([])
%{a: 1, a: 2}
%{"a" => 1, b: 2}
%{b: 2, "a" => 1}
Enum.map(%{a: 1}, fn {k, v} -> {v, k} end)
for {k, v} <- %{a: 1, b: 2}, into: %{}, do: {v, k}
Map.has_key?(%{a: nil}, :a)
match?(%{a: _}, %{a: 1})
%{a: 1} == %{a: 1.0}
Enum.into([a: 1], %{})
MapSet.new([3, 1, 2, 1])
MapSet.union(MapSet.new([1]), MapSet.new([2]))
MapSet.member?(MapSet.new([1]), 1)
Enum.group_by(["ant", "bee", "cat", "apple"], &String.first/1)
Enum.frequencies(["a", "b", "a"])
Map.get_lazy(%{}, :a, fn -> 13 end)
%{map | name: "Bob", age: 1}
"not a map".key
nil.name
:foo.bar
5.x
map["name"]
1[:a]
"abc"[0]
%{a: 1}.a.b
%{1 => 2}.a

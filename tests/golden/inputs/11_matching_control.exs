{a, b, c} = {:hello, "world", 42}
a
{a, b, c} = {:hello, "world"}
{a, b, c} = [:hello, "world", 42]
{:ok, result} = {:ok, 13}
{:ok, result} = {:error, :oops}
[head | tail] = [1, 2, 3]
[h | t] = []
[0 | [1, 2, 3]]
x = 1
^x = 2
{y, ^x} = {2, 1}
{y, ^x} = {2, 2}
{x, x} = {1, 1}
{x, x} = {1, 2}
[h | _] = [1, 2, 3]
_
length([1, [2], 3]) = 3
^unbound = 1
<<a, b, rest::binary>> = "hello"
rest
"he" <> more = "hello"
"he" <> more = "world"
%{name: name} = %{name: "x", age: 1}
%{name: name} = %{}
case {1, 2, 3} do
  {4, 5, 6} -> "This clause won't match"
  {1, x, 3} -> "This clause will match and bind x to #{x} in this clause"
  _ -> "This clause would match any value"
end
case :ok do
  :error -> "Won't match"
end
case 1 do
  x when hd(x) -> "Won't match"
  x -> "Got #{x}"
end
cond do
  2 + 2 == 5 -> "no"
  1 + 1 == 2 -> "But this will"
end
cond do
  false -> 1
end
if nil do
  "This won't be seen"
else
  "This will"
end
if false, do: :this
unless true do
  1
end
if true do
  x = 99
end
x
with {:ok, a} <- {:ok, 1}, {:ok, b} <- {:error, :no} do
  a + b
end
with {:ok, a} <- {:error, 2} do
  a
else
  {:error, 3} -> :three
end
with 1 <- 1, y = 5, do: y
f = fn
  x, y when x > 0 -> x + y
  x, y -> x * y
end
f.(1, 3)
f.(-1, 3)
f.(1)
f.(1, 2, 3)
f2 = fn :a -> 1 end
f2.(:b)
case [] do
end
case 1, do: (1 -> :one; 2 -> :two)
try do
  raise "oops"
rescue
  e in RuntimeError -> e
end
try do
  1 / 0
rescue
  ArithmeticError -> :caught
end
try do
  throw(:x)
catch
  x -> {:thrown, x}
end
try do
  exit(:bye)
catch
  :exit, reason -> {:exited, reason}
after
  IO.puts("after")
end
try do
  1
else
  2 -> :two
end
throw(:hello)
exit(:normal)
exit({:shutdown, 1})
raise "boom"
raise ArgumentError
raise ArgumentError, message: "bad"
raise KeyError, key: :a, term: %{}
raise :not_a_module
raise 1
reraise "x", []
defmodule MyError do
  defexception message: "default message"
end
raise MyError
raise MyError, message: "custom message"
raise MyError, "text"
e = %MyError{}
Exception.message(e)
is_exception(e)
defmodule NoMsg do
  defexception [:a]
end
raise NoMsg, a: 1
File.read!("/nope")
String.to_integer("abc")
String.to_existing_atom("never_seen_before_1")
Enum.fetch!([1], 5)
hd([])
tl([])
elem({1}, 3)
List.first([])
:erlang.error(:custom)
:erlang.error({:custom, 1})
apply(Nope, :fun, [1])
Nope.fun()
String.nope("a")
foo(1)
foo
&foo/1
a.b.c
nil + 1
if 1 = 2, do: 3
match?({:ok, _}, {:ok, 1})
destructure([a, b, c], [1, 2])
{a, b, c}
a = b = 7
{a, b}
(fn -> 1 end).()
(fn x -> x end).(1, 2)
[a, b] = [1, 2, 3]
is_nil(nil)
raise "a" <> "b"
try do
  raise MyError
rescue
  x in [RuntimeError, MyError] -> Exception.message(x)
end
try do
  :erlang.error(:badarg)
rescue
  e -> e
end
try do
  Map.fetch!(%{}, :a)
rescue
  e in KeyError -> e.key
end
for x <- [1, 2], y <- [:a], do: {x, y}
with x <- 1

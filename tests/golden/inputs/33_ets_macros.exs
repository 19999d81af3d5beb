table = :ets.new(:buckets, [:set, :protected])
:ets.insert(table, {"foo", self()})
:ets.lookup(table, "foo") |> length()
:ets.lookup(table, "nope")
:ets.new(:named, [:named_table, :ordered_set])
:ets.insert(:named, [{1, :a}, {3, :c}, {2, :b}])
:ets.tab2list(:named)
:ets.first(:named)
:ets.next(:named, 1)
:ets.info(:named, :size)
:ets.member(:named, 2)
:ets.delete(:named, 2)
:ets.match(:named, {:"$1", :c})
:ets.match_object(:named, {:_, :a})
:ets.select(:named, [{{:"$1", :_}, [{:>, :"$1", 1}], [:"$1"]}])
:ets.update_counter(:named, :count, 1, {:count, 0})
:ets.update_counter(:named, :count, {2, 5})
:ets.insert_new(:named, {1, :z})
:ets.lookup_element(:named, 1, 2)
:ets.lookup_element(:named, 99, 2)
:ets.new(:named, [:named_table])
:ets.lookup(:not_there, 1)
:ets.delete(:named)
:ets.tab2list(:named)
quote do: sum(1, 2, 3)
quote do: 1 + 2
quote do: %{1 => 2}
quote do: x
quote do: sum(1, 2 + 3, 4)
Macro.to_string(quote(do: sum(1, 2 + 3, 4)))
number = 13
Macro.to_string(quote do: 11 + unquote(number))
inner = [3, 4, 5]
Macro.to_string(quote do: [1, 2, unquote_splicing(inner), 6])
Macro.escape(%{hello: :world})
defmodule Unless do
  def fun_unless(clause, do: expression) do
    if(!clause, do: expression)
  end

  defmacro macro_unless(clause, do: expression) do
    quote do
      if(!unquote(clause), do: unquote(expression))
    end
  end
end
require Unless
Unless.macro_unless(true, do: IO.puts("this should never be printed"))
Unless.fun_unless(true, do: IO.puts("this should never be printed"))
expr = quote do: Unless.macro_unless(true, do: IO.puts("x"))
res = Macro.expand_once(expr, __ENV__)
IO.puts(Macro.to_string(res))
defmodule Hygiene do
  defmacro no_interference do
    quote do: a = 1
  end
  defmacro interference do
    quote do: var!(a) = 1
  end
end
require Hygiene
a = 10
Hygiene.no_interference()
a
Hygiene.interference()
a
Code.string_to_quoted("1 + 2")
Code.string_to_quoted("1 +")
Code.eval_string("a + b", [a: 1, b: 2])
Code.eval_quoted(quote do: 1 + 2)
Macro.underscore("FooBar")
Macro.camelize("foo_bar")
Macro.expand(quote(do: unless(true, do: 1)), __ENV__) |> Macro.to_string()
defmodule WithUse do
  defmacro __using__(opts) do
    quote do
      def opts, do: unquote(opts)
    end
  end
end
defmodule User1 do
  use WithUse, a: 1
end
User1.opts()
defmodule NoUse do
  use String
end
Unless.macro_unless(1)
Unless.nope(1)
import Unless
macro_unless false, do: :yes
__ENV__.module
__MODULE__
__DIR__ |> is_binary()
{:ok, ast} = Code.string_to_quoted("foo(1, x)")
Macro.prewalk(ast, fn {:x, m, c} -> {:y, m, c}; o -> o end) |> Macro.to_string()
Macro.var(:x, nil)
quote do
  def hello, do: :world
end
quote bind_quoted: [x: 1], do: x
unquote(1)
~s(a string)
~w(one two three)
~w(one two three)a
~r/hello/i
"HELLO" =~ ~r/hello/i
Regex.run(~r/(\d+)-(\d+)/, "10-20")
Regex.scan(~r/\d/, "1 2 3")
Regex.named_captures(~r/(?<year>\d+)/, "in 2024")
Regex.replace(~r/a/, "banana", "o")
Regex.compile("*foo")
String.split("a,b;c", ~r/[,;]/)
~D[2024-02-30]
~c"abc"
~S(no #{interp})
~s"with #{1 + 1}"
defmodule MySigils do
  def sigil_i(string, []), do: String.to_integer(string)
  def sigil_i(string, [?n]), do: -String.to_integer(string)
end
import MySigils
~i(13)
~i(42)n
~z(1)
defprotocol Blank do
  def blank?(data)
end
defimpl Blank, for: List do
  def blank?([]), do: true
  def blank?(_), do: false
end
Blank.blank?([])
Blank.blank?(1)
defmodule Rec do
  def sum([]), do: 0
  def sum([h | t]), do: h + sum(t)
  def fact(0), do: 1
  def fact(n) when n > 0, do: n * fact(n - 1)
end
Rec.sum([1, 2, 3])
Rec.fact(20)
Rec.fact(-1)
Rec.sum(1)
Rec.sum([1, :a])
Rec.fact(30)
defmodule Default do
  def join(a, b \\ nil, sep \\ " ")
  def join(a, b, _sep) when is_nil(b), do: a
  def join(a, b, sep), do: a <> sep <> b
end
Default.join("a", "b")
Default.join("a")
Default.join("a", 1, 2)
defmodule Bad do
  def f(x), do: y
end
defmodule Bad2 do
  def f(x), do: 1
  def g(), do: 2
  def f(:a, b), do: 3
  def f(1), do: 4
end
defmodule Bad3 do
  def f(_), do: 1
  def f(1), do: 2
end
defmodule Attr do
  @moduledoc "Docs of Attr."
  @pi 3.14
  @unused 1
  @doc "Area."
  def area(r), do: @pi * r * r
  def undefd, do: @nope
end
Attr.area(2)
h Attr
h Attr.area
exports Attr
defmodule A.B do
  def c, do: A.B.D.e()
end
alias A.B
B.c()

defmodule MyMacros do
  defmacro unless2(cond, do: block) do
    quote do
      if !unquote(cond), do: unquote(block)
    end
  end
  defmacro say({:+, _, [l, r]}) do
    quote do
      l = unquote(l)
      r = unquote(r)
      IO.puts "#{l} plus #{r} is #{l + r}"
    end
  end
  defmacro my_and(a, b), do: quote(do: if(unquote(a), do: unquote(b), else: false))
  defmacro definer(name, val) do
    quote do
      def unquote(name)(), do: unquote(val)
    end
  end
end
require MyMacros
MyMacros.unless2 false, do: :ok
MyMacros.say 1 + 2
MyMacros.say 1 * 2
import MyMacros
unless2 true do :x end
my_and(true, 5)
quote do: 1 + 2
quote do: sum(1, 2 + 3, :foo)
x = 5
quote do: x + unquote(x)
Macro.to_string(quote do: if(a > b, do: a, else: b))
Code.eval_string("a + b", a: 1, b: 2)
Code.eval_quoted(quote do: 1 + 3)
ast = quote do: Enum.map([1,2], fn x -> x * 2 end)
Macro.to_string(ast)
Macro.expand_once(quote(do: unless2(true, do: 1)), __ENV__) |> Macro.to_string |> IO.puts
Macro.prewalk(quote(do: 1 + 2 * 3), fn n when is_integer(n) -> n * 10; n -> n end) |> Macro.to_string
Macro.escape({1, 2, 3, %{a: 1}})
defmodule Uses do
  require MyMacros
  MyMacros.definer(:seven, 7)
  for {n, v} <- [one: 1, two: 2] do
    def unquote(n)(), do: unquote(v)
  end
end
Uses.seven + Uses.one
Uses.three
defmodule Assertion do
  defmacro __using__(_opts) do
    quote do
      import unquote(__MODULE__)
      Module.register_attribute(__MODULE__, :tests, accumulate: true)
      @before_compile unquote(__MODULE__)
    end
  end
  defmacro __before_compile__(_env) do
    quote do
      def run, do: Assertion.run(@tests, __MODULE__)
    end
  end
  defmacro test(desc, do: block) do
    name = String.to_atom(desc)
    quote do
      @tests {unquote(name), unquote(desc)}
      def unquote(name)(), do: unquote(block)
    end
  end
  defmacro assert({op, _, [l, r]}) do
    quote bind_quoted: [op: op, l: l, r: r] do
      Assertion.check(op, l, r)
    end
  end
  def check(:==, a, a), do: IO.write(".")
  def check(:==, a, b), do: IO.puts("FAIL: expected #{inspect a} == #{inspect b}")
  def run(tests, mod), do: Enum.each(tests, fn {n, d} -> IO.puts(d); apply(mod, n, []); IO.puts("") end)
end
defmodule MTest do
  use Assertion
  test "adds" do
    assert 1 + 1 == 2
    assert 1 + 1 == 3
  end
  test "other" do
    assert [1] == [1]
  end
end
MTest.run
defmodule Bad do
  use Nope
end
defmodule Bad2 do
  unless2(false, do: IO.puts("body"))
  undefined_thing(1)
end
defmacro foo, do: 1
quote do
  def f(x), do: x
end
quote(do: unquote_splicing([1,2]))
quote(do: [1, unquote_splicing([2, 3])])
{:+, [], [1, 2]} |> Code.eval_quoted
Macro.var(:x, nil)
quote(do: var!(x))

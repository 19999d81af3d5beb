defmodule Fib do
  def fib(0), do: 0
  def fib(1), do: 1
  def fib(n), do: fib(n-1) + fib(n-2)
end
Fib.fib(10)
Fib.fib("a")
Fib.fib 5, 6
Fib.Fib(10)
fib(10)
defmodule Math do
  @moduledoc "Math"
  @pi 3.14
  @doc "area"
  @spec area(number) :: number
  def area(r), do: @pi * r * r
  defp secret, do: 42
  def call_secret, do: secret()
  def sum(a, b \\ 0)
  def sum(a, b), do: a + b
end
Math.area(2)
Math.secret
Math.secret()
Math.call_secret
Math.sum(1)
Math.sum(1, 2, 3)
Math.sum("1", 2)
Math.pi
Math.@pi
@pi
Math.__info__(:functions)
defmodule Math do
  def zero?(0), do: true
  def zero?(x) when is_integer(x), do: false
end
Math.zero?(0)
Math.zero?([1])
Math.zero? 0.0
Math.area(1)
defmodule Foo.Bar do
  def hi, do: "hi"
end
Foo.Bar.hi
alias Foo.Bar
Bar.hi
alias Foo.Bar, as: B
B.hi
alias Foo.Nope
Nope.hi
import Foo.Bar
hi
hi()
import List, only: [duplicate: 2]
duplicate :ok, 3
import List, only: [:foo]
import List, only: [foo: 1]
import List, except: [duplicate: 2]
import Nope
require Integer
Integer.is_odd(3)
Integer.is_odd("a")
defmodule NoReq do
  def f(x), do: Integer.is_even(x)
end
NoReq.f(1)
use GenServer
use Nope
defmodule Outer do
  defmodule Inner do
    def x, do: 1
  end
  def y, do: Inner.x
  def z, do: __MODULE__
  def w, do: __ENV__.function
end
Outer.Inner.x
Outer.z
Outer.w
Outer.Inner.nope
defmodule Guarded do
  defguard is_pos(x) when is_integer(x) and x > 0
  def f(x) when is_pos(x), do: :pos
  def f(x) when is_float(x) and x > 0.0 or x == nil, do: :other
end
Guarded.f(1)
Guarded.f(-1)
Guarded.is_pos(1)
require Guarded
Guarded.is_pos(1)
defmodule Attr do
  Module.register_attribute(__MODULE__, :acc, accumulate: true)
  @acc 1
  @acc 2
  def acc, do: @acc
  IO.puts "compiling #{inspect(__MODULE__)} #{inspect @acc}"
  @x 1
  def x1, do: @x
  @x 2
  def x2, do: @x
end
{Attr.acc, Attr.x1, Attr.x2}
defmodule Attr2 do
  @x 1
  def set, do: @x 5
end
defmodule Lower do
  def Foo(x), do: x
end
defmodule lower do
end
defmodule "str" do
end
defmodule :atom_mod do
  def f, do: 1
end
:atom_mod.f
defmodule Missing do
  def f(x)
end
defmodule Kw do
  def f(opts \\ []), do: opts[:a]
end
Kw.f(a: 1)
Kw.f a: 1
Kw.f [a: 1], 2
defmodule Ret do
  def f(x) do
    return x
  end
end
defmodule Elsif do
  def f(x) do
    if x > 1 do
      1
    elsif x > 2 do
      2
    end
  end
end
defmodule Semi do
  def f(x), do
    x
  end
end

defmodule P2 do
  @derive {Inspect, only: [:usr]}
  defstruct [:user]
end
defimpl Nope, for: Integer do
end
defprotocol P3 do
  def f(x) do
    x
  end
end
defprotocol P4 do
  def f()
end
use GenServer
defmodule A2 do
  @x 1
  def set, do: @x 5
end
defmodule A3 do
  use Nope
end
defmodule A4 do
  def f(x) do
    "a" <> 1
  end
end
defmodule Mac do
  defmacro a(x), do: quote(do: Mac.b(unquote(x)))
  defmacro b(x), do: String.to_integer(x)
  defmacro __using__(_), do: raise "no"
end
require Mac
Mac.a("x")
if true do Mac.a("x") end
defmodule UseMac do
  use Mac
end
defmodule UseMac2 do
  require Mac
  def f, do: Mac.a("y")
end
use Mac
if true do import Nope end
defmodule A5 do
  if true do
    import Nope
  end
end
Code.eval_string("def f, do: 1")
Code.eval_string("defmodule Q2 do def f(x), do: y end")
defmodule U do
  @enforce_keys [:a]
  defstruct [:a, b: 1]
end
struct!(U, zz: 1)
struct!(U, b: 1)
struct(U, zz: 1)
%U{zz: 1}
%U{b: 1}
defmodule E do
  defexception [:a, message: "x"]
end
raise E, zz: 1
raise E, a: 1
defmodule F do
  def f, do: struct!(U, zz: 1)
  def g, do: {U.__struct__(zz: 1), 1}
  def h, do: U.__struct__(b: 1)
end
F.f
F.g
F.h
U.__struct__(zz: 1)
U.__struct__(5)
defmodule G do
  def f, do: %U{b: 2}
end
defmodule E2 do
  @enforce_keys [:a]
  defexception [:a, message: "x"]
end
raise E2
raise E2, a: 1
raise E2, "foo"
raise RuntimeError, 5
raise ArgumentError, 5
raise KeyError, 5
raise MatchError, "x"
raise ArithmeticError, %{}
raise FunctionClauseError, "a"
raise KeyError, "abc"
raise File.Error, 1
raise UndefinedFunctionError, 1
raise BadMapError, 1
raise Protocol.UndefinedError, 1

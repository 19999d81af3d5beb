defprotocol Describe do
  @doc "Describes"
  def describe(x)
  def size(x, unit)
end
Describe.describe(1)
defimpl Describe, for: Integer do
  def describe(x), do: "int #{x}"
  def size(x, unit), do: {x, unit}
end
Describe.describe(1)
Describe.size(1, :a)
Describe.describe("a")
defimpl Describe, for: [List, Tuple] do
  def describe(x), do: "coll #{inspect(x)}"
  def size(x, _), do: 0
end
Describe.describe([1])
Describe.describe({1})
Describe.describe(%{})
defmodule Cat do
  defstruct [:name, lives: 9]
  defimpl Describe do
    def describe(c), do: c.name
    def size(_, _), do: 1
    def extra(_), do: 1
  end
end
Describe.describe(%Cat{name: "Tom"})
Describe.describe(%Cat{})
to_string(%Cat{})
"#{%Cat{name: "T"}}"
defimpl String.Chars, for: Cat do
  def to_string(c), do: "Cat " <> c.name
end
"#{%Cat{name: "T"}}"
to_string(%Cat{})
Enum.map(%Cat{}, & &1)
Enum.count(%Cat{name: 1})
defimpl Enumerable, for: Cat do
  def count(c), do: {:ok, c.lives}
  def member?(_, _), do: {:error, __MODULE__}
  def slice(_), do: {:error, __MODULE__}
  def reduce(c, acc, fun), do: Enumerable.List.reduce([c.name, c.lives], acc, fun)
end
Enum.count(%Cat{})
Enum.to_list(%Cat{name: :x})
Enum.member?(%Cat{}, 9)
Enum.at(%Cat{}, 1)
defimpl Inspect, for: Cat do
  import Inspect.Algebra
  def inspect(cat, opts) do
    concat(["#Cat<", to_doc(cat.name, opts), ">"])
  end
end
%Cat{name: "Tom"}
[%Cat{name: "Tom"}]
defimpl Inspect, for: Cat do
  def inspect(cat, _opts), do: raise "boom"
end
%Cat{name: "Tom"}
defmodule Secret do
  @derive {Inspect, only: [:user]}
  defstruct [:user, :password]
end
%Secret{user: "a", password: "b"}
defmodule Secret2 do
  @derive {Inspect, except: [:password]}
  defstruct [:user, :password]
end
%Secret2{user: "a", password: "b"}
defmodule Secret3 do
  @derive {Inspect, only: [:usr]}
  defstruct [:user, :password]
end
defmodule Der do
  @derive [Describe]
  defstruct [:a]
end
defmodule Der2 do
  @derive Nope
  defstruct [:a]
end
defprotocol Blank do
  @fallback_to_any true
  def blank?(data)
end
defimpl Blank, for: Any do
  def blank?(_), do: false
end
Blank.blank?(0)
defimpl Blank, for: Atom do
  def blank?(nil), do: true
  def blank?(a) when is_boolean(a), do: !a
end
Blank.blank?(nil)
Blank.blank?(:a)
Blank.impl_for(1)
Blank.impl_for!(1)
Describe.impl_for(1.0)
Describe.__protocol__(:functions)
Blank.__protocol__(:impls)
defimpl Nope, for: Integer do
end
defimpl Blank do
  def blank?(_), do: 1
end
defprotocol Empty do
end
defprotocol P2 do
  def f(x) do
    x
  end
end
defprotocol P3 do
  def f()
end
defprotocol P4 do
  def f(x \\ 1)
end
defprotocol P5 do
  defp f(x)
end
Protocol.assert_impl!(Enumerable, Cat)
Protocol.assert_impl!(Enumerable, Secret)
Protocol.derive(Describe, Secret)
Protocol.consolidated?(Enumerable)
defprotocol A do
  @fallback_to_any true
  def f(x)
end
A.f(1)
A.impl_for(1)
A.impl_for!(1)
A.__protocol__(:impls)
defimpl A, for: Integer do
  def f(_), do: 1
end
A.f(1)
A.f(:a)
defprotocol A3 do
  @undefined_impl_description "You must implement it"
  def f(x)
end
A3.f(%{})
A3.impl_for!(1)
try do A3.f(1) rescue e -> e end
defmodule S do
  defstruct [:a]
end
A3.f(%S{})
A.f(%S{})

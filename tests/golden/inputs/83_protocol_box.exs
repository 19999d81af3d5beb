defprotocol Size do
  @doc "size of a thing"
  def size(data)
end
defimpl Size, for: BitString do
  def size(s), do: byte_size(s)
end
defimpl Size, for: Map do
  def size(m), do: map_size(m)
end
defimpl Size, for: [List, Tuple] do
  def size(x) when is_list(x), do: length(x)
  def size(x), do: tuple_size(x)
end
Size.size("abc")
Size.size(%{a: 1})
Size.size({1,2})
Size.size(5)
Size.size(MapSet.new([1]))
defmodule Box do
  defstruct [:items]
end
Size.size(%Box{})
defimpl Size, for: Box do
  def size(%{items: i}), do: Enum.count(i)
end
Size.size(%Box{items: [1,2]})
Size.impl_for(1)
Size.impl_for([])
Size.impl_for!(1.0)
Size.__protocol__(:functions)
Size.Box.__impl__(:for)
defimpl String.Chars, for: Box do
  def to_string(b), do: "Box(#{length(b.items)})"
end
"#{%Box{items: [1]}}"
defimpl Inspect, for: Box do
  import Inspect.Algebra
  def inspect(b, opts), do: concat(["#Box<", to_doc(b.items, opts), ">"])
end
%Box{items: [1,2]}
[%Box{items: [a: 1]}]
defimpl Enumerable, for: Box do
  def count(b), do: {:ok, length(b.items)}
  def member?(b, x), do: {:ok, x in b.items}
  def reduce(b, acc, f), do: Enumerable.List.reduce(b.items, acc, f)
  def slice(_), do: {:error, __MODULE__}
end
Enum.map(%Box{items: [1,2,3]}, & &1 * 2)
Enum.count(%Box{items: [1]})
2 in %Box{items: [1, 2]}
Enum.at(%Box{items: [1,2,3]}, 1)
Enum.take(%Box{items: [1,2,3]}, 2)
for x <- %Box{items: [1,2]}, do: x
Enum.zip(%Box{items: [1,2]}, [:a, :b])
defimpl Collectable, for: Box do
  def into(b) do
    {b, fn
      b, {:cont, x} -> %{b | items: b.items ++ [x]}
      b, :done -> b
      _, :halt -> :ok
    end}
  end
end
Enum.into([4,5], %Box{items: [1]})
for x <- 1..3, into: %Box{items: []}, do: x * x
defprotocol Speak do
  @fallback_to_any true
  def speak(x)
end
defimpl Speak, for: Any do
  def speak(_), do: "..."
end
Speak.speak(1)
defmodule Dog do
  @derive [Speak]
  defstruct name: "Rex"
end
Speak.speak(%Dog{})
Protocol.assert_impl!(Speak, Dog)
Protocol.assert_impl!(Size, Dog)
Enumerable.impl_for(%Dog{})
Enum.to_list(%Dog{})
defimpl Size, for: Dog do
  def other(_), do: 1
end
defprotocol Empty do
end
%Box{items: :notlist}
defmodule Bare do
  def size(x), do: Size.size(x)
end
Bare.size(:atom)

defmodule Shape do
  defstruct [:kind, sides: []]
  def new(kind, sides), do: %__MODULE__{kind: kind, sides: sides}
  def area(%Shape{kind: :square, sides: [a]}), do: a * a
  def area(%Shape{kind: :rect, sides: [a, b]}), do: a * b
  def perimeter(%{sides: s} = _shape), do: Enum.sum(s) * 2
end
sq = Shape.new(:square, [4])
Shape.area(sq)
Shape.area(Shape.new(:circle, [1]))
Shape.area(%{kind: :square})
Shape.perimeter(sq)
%{sq | sides: [5]} |> Shape.area
%{sq | color: :red}
Map.put(sq, :color, :red)
sq.color
sq[:kind]
%Shape{kindd: 1}
%Shpe{}
Shape.__struct__
Shape.__struct__(kind: 1)
is_struct(sq, Shape)
match?(%Shape{}, sq)
match?(%{__struct__: _}, sq)
%Shape{kind: k} = sq
k
%name{} = sq
name
Map.from_struct(sq)
struct(Shape, kind: :tri, foo: 1)
defmodule User do
  @enforce_keys [:name, :email]
  defstruct [:name, :email, age: 0, tags: []]
  @type t :: %__MODULE__{name: String.t(), email: String.t(), age: non_neg_integer}
  def adult?(%__MODULE__{age: age}) when age >= 18, do: true
  def adult?(%__MODULE__{}), do: false
end
%User{name: "x"}
%User{}
u = %User{name: "Ann", email: "a@b.c"}
User.adult?(u)
User.adult?(%{u | age: 20})
User.adult?(:no)
put_in(u.age, 33)
update_in(u.age, & &1 + 1)
get_in(u, [:age])
put_in(u[:age], 1)
u |> Map.get(:nope, :default)
Map.fetch!(u, :nope)
Map.keys(u)
inspect(u, structs: false)
%{u | name: "Bob", email: "x"}
defmodule P do
  @derive {Inspect, only: [:id]}
  defstruct [:id, :secret]
end
%P{id: 1, secret: "s"}
defmodule Q do
  @derive {Inspect, except: [:secret]}
  defstruct [:id, :secret, :z]
end
[%Q{id: 2}]
defmodule W2 do
  defstruct [1, 2]
end
u == %User{name: "Ann", email: "a@b.c"}
Enum.map(u, & &1)
to_string(u)
"#{u}"
for x <- u, do: x
Map.merge(u, %{age: 3})
{u.name, u.age}
u.name.first
nil.foo
:a.b

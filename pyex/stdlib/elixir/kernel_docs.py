"""What `h` tells of Kernel's functions: the operators and built-in functions share their code with compiled modules, which needs no words."""

from __future__ import annotations

from typing import Final

DOCS: Final = {
    "+": """
Add two numbers: an integer when both are integers, else a float.

    iex> 1 + 2
    3
    iex> 1 + 2.0
    3.0
""",
    "-": """
Subtract the second number from the first.

    iex> 5 - 7
    -2
    iex> 1.5 - 1
    0.5
""",
    "*": """
Multiply two numbers.

    iex> 6 * 7
    42
    iex> 2 * 1.5
    3.0
""",
    "/": """
Divide the first number by the second; the result is always a float. Raises ArithmeticError for a divisor of zero.

    iex> 7 / 2
    3.5
    iex> 6 / 3
    2.0
""",
    "++": """
Put a proper list before another term, as a rule a list. The longer the first list, the longer it takes.

    iex> [1, 2] ++ [3]
    [1, 2, 3]
    iex> [1] ++ 2
    [1 | 2]
""",
    "--": """
Remove from the first list the first occurrence of each element of the second.

    iex> [1, 2, 3, 2] -- [2]
    [1, 3, 2]
    iex> [1, 2, 3] -- [3, 1]
    [2]
""",
    "!=": """
Whether two terms differ; integers and floats of one value do not.

    iex> 1 != 2
    true
    iex> 1 != 1.0
    false
""",
    "!==": """
Whether two terms differ in value or in type.

    iex> 1 !== 1.0
    true
    iex> :a !== :a
    false
""",
    "==": """
Whether two terms are equal; integers and floats of one value are.

    iex> 1 == 1.0
    true
    iex> [1, :a] == [1, :a]
    true
""",
    "not": """
The opposite of a boolean. Raises ArgumentError for anything else. Allowed in guards.

    iex> not true
    false
    iex> not (1 > 2)
    true
""",
    "div": """
The integer part of a division, towards zero. Allowed in guards. Raises ArithmeticError for zero.

    iex> div(7, 2)
    3
    iex> div(-7, 2)
    -3
""",
    "rem": """
What is left of an integer division, with the sign of the dividend. Allowed in guards.

    iex> rem(7, 3)
    1
    iex> rem(-7, 3)
    -1
""",
    "abs": """
The number without its sign. Allowed in guards.

    iex> abs(-3)
    3
    iex> abs(2.5)
    2.5
""",
    "round": """
The nearest integer; a half goes away from zero. Allowed in guards.

    iex> round(2.5)
    3
    iex> round(-2.5)
    -3
    iex> round(7)
    7
""",
    "trunc": """
The integer part of a number. Allowed in guards.

    iex> trunc(2.9)
    2
    iex> trunc(-2.9)
    -2
""",
    "floor": """
The largest integer that is not greater. Allowed in guards.

    iex> floor(2.9)
    2
    iex> floor(-2.1)
    -3
""",
    "ceil": """
The smallest integer that is not less. Allowed in guards.

    iex> ceil(2.1)
    3
    iex> ceil(-2.9)
    -2
""",
    "hd": """
The first element of a list that is not empty; raises ArgumentError for any other term. Allowed in guards.

    iex> hd([1, 2, 3])
    1
    iex> hd([1 / 1 | :rest])
    1.0
""",
    "tl": """
A list without its first element. Allowed in guards.

    iex> tl([1, 2, 3])
    [2, 3]
    iex> tl([:only])
    []
""",
    "length": """
How many elements a proper list has; it is counted each time. Allowed in guards.

    iex> length([1, 2, 3])
    3
""",
    "elem": """
The element of a tuple at an index, from 0 on. Raises ArgumentError when there is none. Allowed in guards.

    iex> elem({:ok, 42}, 1)
    42
""",
    "put_elem": """
A tuple with another element at an index, from 0 on.

    iex> put_elem({:a, :b, :c}, 1, :z)
    {:a, :z, :c}
""",
    "tuple_size": """
How many elements a tuple has. Allowed in guards.

    iex> tuple_size({1, 2, 3})
    3
""",
    "map_size": """
How many keys a map has. Allowed in guards.

    iex> map_size(%{a: 1, b: 2})
    2
""",
    "is_map_key": """
Whether a map has a key. Allowed in guards; raises BadMapError for anything but a map.

    iex> is_map_key(%{a: 1}, :a)
    true
    iex> is_map_key(%{a: 1}, :b)
    false
""",
    "byte_size": """
How many bytes a binary takes; a bitstring's last ones count as a byte. Allowed in guards.

    iex> byte_size("héllo")
    6
    iex> byte_size(<<1::9>>)
    2
""",
    "bit_size": """
How many bits a bitstring has. Allowed in guards.

    iex> bit_size("ab")
    16
    iex> bit_size(<<5::3>>)
    3
""",
    "binary_part": """
The part of a binary from a byte on, of a size; a negative size counts backwards. Allowed in guards.

    iex> binary_part("elixir", 1, 3)
    "lix"
    iex> binary_part("elixir", 6, -2)
    "ir"
""",
    "is_atom": """
Whether a term is an atom; `nil` and the booleans are. Allowed in guards.

    iex> is_atom(:a)
    true
    iex> is_atom(nil)
    true
    iex> is_atom("a")
    false
""",
    "is_boolean": """
Whether a term is `true` or `false`. Allowed in guards.

    iex> is_boolean(false)
    true
    iex> is_boolean(nil)
    false
""",
    "is_integer": """
Whether a term is an integer. Allowed in guards.

    iex> is_integer(3)
    true
    iex> is_integer(3.0)
    false
""",
    "is_float": """
Whether a term is a float. Allowed in guards.

    iex> is_float(3.0)
    true
    iex> is_float(3)
    false
""",
    "is_number": """
Whether a term is an integer or a float. Allowed in guards.

    iex> is_number(3.5)
    true
    iex> is_number("3")
    false
""",
    "is_list": """
Whether a term is a list; an improper one is, too. Allowed in guards.

    iex> is_list([1])
    true
    iex> is_list([1 | 2])
    true
    iex> is_list({1})
    false
""",
    "is_tuple": """
Whether a term is a tuple. Allowed in guards.

    iex> is_tuple({})
    true
    iex> is_tuple([])
    false
""",
    "is_map": """
Whether a term is a map; structs are. Allowed in guards.

    iex> is_map(%{})
    true
    iex> is_map(1..2)
    true
""",
    "is_pid": """
Whether a term is a process identifier. Allowed in guards.

    iex> is_pid(self())
    true
    iex> is_pid(:me)
    false
""",
    "is_reference": """
Whether a term is a reference. Allowed in guards.

    iex> is_reference(make_ref())
    true
""",
    "is_port": """
Whether a term is a port identifier. Allowed in guards.

    iex> is_port(self())
    false
""",
    "===": """
Whether two terms are equal in value and in type. Allowed in guards.

    iex> 1 === 1
    true
    iex> 1 === 1.0
    false
""",
    "<": """
Whether the left term comes before the right one in the order of terms. Allowed in guards.

    iex> 1 < 2
    true
    iex> 1 < :a
    true
""",
    ">": """
Whether the left term comes after the right one in the order of terms. Allowed in guards.

    iex> 2 > 1
    true
    iex> "a" > [1]
    true
""",
    "<=": """
Whether the left term does not come after the right one. Allowed in guards.

    iex> 1 <= 1.0
    true
    iex> 2 <= 1
    false
""",
    ">=": """
Whether the left term does not come before the right one. Allowed in guards.

    iex> 1 >= 2
    false
    iex> [1, 2] >= [1]
    true
""",
    "=~": """
Whether a text holds the string, or matches the regular expression, on the right; an empty string is in every text.

    iex> "elixir" =~ "lix"
    true
    iex> "elixir" =~ ~r/^x/
    false
""",
    "**": """
The base to the power of the exponent: an integer for two integers when the exponent is not negative, else a float.

    iex> 2 ** 10
    1024
    iex> 2 ** -1
    0.5
""",
    "max": """
The greater of two terms in the order of terms; the first when they are equal. Allowed in guards.

    iex> max(1, 2)
    2
    iex> max(1, 1.0)
    1
""",
    "min": """
The lesser of two terms in the order of terms; the first when they are equal. Allowed in guards.

    iex> min(1, 2)
    1
    iex> min(:a, 9)
    9
""",
    "is_binary": """
Whether a term is a binary, a bitstring of whole bytes. Allowed in guards.

    iex> is_binary("a")
    true
    iex> is_binary(<<1::3>>)
    false
""",
    "is_bitstring": """
Whether a term is a bitstring; every binary is. Allowed in guards.

    iex> is_bitstring(<<1::3>>)
    true
    iex> is_bitstring(~c"a")
    false
""",
    "is_function": """
Whether a term is a function, of an arity if one is given. Allowed in guards.

    iex> is_function(&abs/1)
    true
    iex> is_function(&abs/1, 2)
    false
""",
    "apply": """
Call a function with a list of arguments, or a function of a module by its name.

    iex> apply(fn x, y -> x + y end, [1, 2])
    3
    iex> apply(Enum, :sum, [[1, 2, 3]])
    6
""",
    "exit": """
End the calling process with a reason, which `try/catch` can catch as `:exit`.

    iex> try do exit(:enough) catch :exit, why -> why end
    :enough
""",
    "throw": """
Leave the running code with a value, for the next `catch` around it.

    iex> try do throw(:ball) catch value -> {:caught, value} end
    {:caught, :ball}
""",
    "inspect": """
The text of a term as iex shows it. Options are those of `Inspect.Opts`, among them `limit:`, `pretty:`, `width:`, `base:`, `charlists:`, `structs:`.

    iex> inspect({:ok, "a"})
    "{:ok, \\"a\\"}"
    iex> inspect(Enum.to_list(1..9), limit: 3)
    "[1, 2, 3, ...]"
    iex> inspect(255, base: :hex)
    "0xFF"
""",
    "self": """
The process identifier of the calling process. Allowed in guards.

    iex> self() == self()
    true
""",
    "send": """
Send a message to a pid, a registered name or `{name, node}`, and return it at once. Raises ArgumentError for a name that nobody has.

    iex> send(self(), :hello)
    :hello
    iex> receive do :hello -> :heard end
    :heard
""",
    "make_ref": """
A reference that no other term is equal to.

    iex> make_ref() == make_ref()
    false
""",
    "node": """
The name of this node, or of that of a pid, a reference or a port.

    iex> node() == node(self())
    true
""",
    "function_exported?": """
Whether a module that is loaded has a public function of a name and an arity. It loads nothing.

    iex> function_exported?(Enum, :map, 2)
    true
    iex> function_exported?(Enum, :map, 7)
    false
""",
    "macro_exported?": """
Whether a module that is loaded has a public macro of a name and an arity.

    iex> macro_exported?(Kernel, :if, 2)
    true
    iex> macro_exported?(Kernel, :abs, 1)
    false
""",
    "struct": """
A struct of a module, or a struct changed, with the fields of an enumerable; keys that the struct has not are ignored.

    iex> struct(URI, host: "a.org", nope: 1).host
    "a.org"
    iex> struct(1..5, last: 9)
    1..9
""",
    "struct!": """
As `struct/2`, but raises KeyError for a key that the struct has not, and ArgumentError when a key it enforces is missing.

    iex> struct!(1..5, last: 9)
    1..9
""",
    "get_in": """
The value at the end of a path of keys and access functions; `nil` when a key is missing on the way.

    iex> get_in(%{joe: %{age: 27}}, [:joe, :age])
    27
    iex> get_in(%{}, [:joe, :age])
    nil
    iex> get_in([%{n: 1}, %{n: 2}], [Access.all(), :n])
    [1, 2]
""",
    "put_in": """
The structure with another value at the end of a path.

    iex> put_in(%{joe: %{age: 27}}, [:joe, :age], 28)
    %{joe: %{age: 28}}
""",
    "update_in": """
The structure with what a function makes of the value at the end of a path.

    iex> update_in(%{joe: %{age: 27}}, [:joe, :age], &(&1 + 1))
    %{joe: %{age: 28}}
""",
    "get_and_update_in": """
Get the value at the end of a path and update it: the function returns `{value to give, new value}` or `:pop`.

    iex> get_and_update_in(%{joe: %{age: 27}}, [:joe, :age], &{&1, &1 + 1})
    {27, %{joe: %{age: 28}}}
    iex> get_and_update_in(%{a: 1}, [:a], fn _ -> :pop end)
    {1, %{}}
""",
    "pop_in": """
The value at the end of a path, and the structure without it.

    iex> pop_in(%{joe: %{age: 27, town: "Ulm"}}, [:joe, :age])
    {27, %{joe: %{town: "Ulm"}}}
""",
    "binary_slice": """
The bytes of a binary in a range, or from an offset on, of a size; what is outside is left out.

    iex> binary_slice("elixir", 1..3)
    "lix"
    iex> binary_slice("elixir", -3, 2)
    "xi"
    iex> binary_slice("elixir", 9, 2)
    ""
""",
    "to_timeout": """
Milliseconds of a duration or of its parts in a keyword list; an integer and `:infinity` stay what they are.

    iex> to_timeout(second: 2)
    2000
    iex> to_timeout(hour: 1, minute: 30)
    5400000
    iex> to_timeout(:infinity)
    :infinity
""",
    "spawn": """
Start a process that calls a function, or a function of a module; its pid is returned at once.

    iex> me = self()
    iex> pid = spawn(fn -> send(me, :done) end)
    iex> is_pid(pid)
    true
    iex> receive do :done -> :finished end
    :finished
""",
    "spawn_link": """
Start a process as `spawn/1` does, linked with the calling one: an abnormal end of either ends both.

    iex> pid = spawn_link(fn -> Process.sleep(:infinity) end)
    iex> pid in elem(Process.info(self(), :links), 1)
    true
    iex> Process.unlink(pid)
    true
""",
    "spawn_monitor": """
Start a process as `spawn/1` does and watch it; `{pid, reference}`.

    iex> {_pid, ref} = spawn_monitor(fn -> exit(:done) end)
    iex> receive do {:DOWN, ^ref, :process, _, why} -> why end
    :done
""",
}
"""By the names of the functions: a sentence or two, and examples."""

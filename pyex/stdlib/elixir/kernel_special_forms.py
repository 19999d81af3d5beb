"""Kernel.SpecialForms: what the compiler itself makes of a call, and what is documented of it."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.errors import elixir_error

module = NativeModule(
    "Kernel.SpecialForms",
    doc="""The forms that the compiler knows by itself: all others are functions, or macros that end in these.

    They need no module and no import, and cannot be redefined. `h` shows each: `h case`.""",
)

def _form(name: str, arity: int, doc: str) -> None:
    """Document a special form; calling its macro fails, since the compiler never does."""

    def expand(env: Any, *args: Any) -> Any:
        raise elixir_error("RuntimeError", message=_INVOKED)

    expand.__doc__ = doc
    module.macro(name, arity=arity)(expand)


_INVOKED: Final = "Elixir's special forms are expanded by the compiler and must not be invoked directly"

_form("=", 2, """Match the pattern on the left with the value on the right, and bind the pattern's variables.

    The value is what the match returns. One that does not fit raises MatchError.

        iex> {:ok, number} = {:ok, 42}
        {:ok, 42}
        iex> number
        42
    """)
_form("^", 1, """Stand in a pattern for the value that a variable has already, instead of binding it anew.

        iex> wanted = 1
        1
        iex> match?(^wanted, 2)
        false
    """)
_form("%{}", 1, """Make a map, or match one; `%{map | key: value}` changes keys that are there.

        iex> %{"a" => 1, b: 2}
        %{:b => 2, "a" => 1}
        iex> %{%{a: 1} | a: 2}
        %{a: 2}
        iex> %{a: found} = %{a: 1, b: 2}
        %{a: 1, b: 2}
        iex> found
        1
    """)
_form("%", 2, """Make a struct, or match one: `%Name{field: value}`.

    The keys are checked while the code is compiled. In a pattern `%name{}` binds the module, and `%_{}` matches any struct.

        iex> %Range{first: 1, last: 3, step: 1}
        1..3
        iex> %name{} = 1..3
        1..3
        iex> name
        Range
    """)
_form("{}", 1, """Make a tuple, or match one.

        iex> {1, :two, "three"}
        {1, :two, "three"}
    """)
_form("<<>>", 1, """Make a binary or a bitstring, or match one, a segment at a time.

    A segment is `value::options`: a type (`integer`, `float`, `binary`, `bitstring`, `utf8`, `utf16`, `utf32`), `size(n)` and
    `unit(n)`, `signed`, and `big`, `little` or `native`. A binary without a size takes what is left, and stands last.

        iex> <<1, 2, 3::16>>
        <<1, 2, 0, 3>>
        iex> <<length, word::binary-size(length), rest::binary>> = <<2, "heyo">>
        <<2, 104, 101, 121, 111>>
        iex> {word, rest}
        {"he", "yo"}
    """)
_form("::", 2, """Give a segment of a bitstring its type and size, or a name in a typespec its type.

        iex> <<300::16>>
        <<1, 44>>
    """)
_form(".", 2, """Call a function of a module, read a field of a map, or, between names of modules, join them.

    `Mod.fun(args)`, `map.field`, `Outer.Inner`; `fun.(args)` calls a function that a variable holds.

        iex> String.upcase("quiet")
        "QUIET"
        iex> %{volume: 3}.volume
        3
    """)
_form("&", 1, """Make a function of a function's name, or of an expression with holes.

    `&Mod.fun/arity` and `&fun/arity` capture; in an expression `&1` is the first argument, `&2` the second.

        iex> Enum.map([1, -2], &abs/1)
        [1, 2]
        iex> Enum.map([1, 2], &{&1, &1 * 10})
        [{1, 10}, {2, 20}]
    """)
_form("fn", 1, """Make an anonymous function of one clause or several.

    It is called with a dot. Its clauses have patterns and guards, as many parameters each, and see the variables around them.

        iex> sign = fn
        ...>   n when n < 0 -> :minus
        ...>   _ -> :plus
        ...> end
        iex> sign.(-3)
        :minus
    """)
_form("case", 2, """Choose by the first clause whose pattern the value matches, and whose guard is true.

    Variables that a clause binds are its own. A value that no clause matches raises CaseClauseError.

        iex> case {:ok, 5} do
        ...>   {:ok, n} when n > 3 -> :large
        ...>   {:ok, _} -> :small
        ...>   :error -> :none
        ...> end
        :large
    """)
_form("cond", 1, """Choose by the first clause whose condition is neither false nor nil.

    None at all raises CondClauseError; `true ->` as the last clause takes what is left.

        iex> cond do
        ...>   2 > 3 -> "odd world"
        ...>   true -> "as it should be"
        ...> end
        "as it should be"
    """)
_form("with", 1, """Match step by step, and leave as soon as one step does not.

    Each `pattern <- expression` that fits goes on to the next; a value that does not is the result, or goes through the clauses of
    `else`. `pattern = expression` may stand between the steps.

        iex> with {:ok, a} <- Map.fetch(%{a: 1}, :a), {:ok, b} <- Map.fetch(%{b: 2}, :b), do: a + b
        3
        iex> with {:ok, a} <- Map.fetch(%{}, :a) do
        ...>   a
        ...> else
        ...>   :error -> :missing
        ...> end
        :missing
    """)
_form("for", 1, """Make a list of what a block gives for each element of one enumerable or several.

    Generators are `pattern <- enumerable` (elements that do not match are left out) and, for bitstrings, `<<pattern <- bits>>`; any other
    expression is a filter. Options: `into:` collects into something else than a list, `uniq: true` drops what came before,
    `reduce:` starts an accumulator, and the block has clauses for it.

        iex> for x <- 1..3, y <- [:a, :b], x != 2, do: {x, y}
        [{1, :a}, {1, :b}, {3, :a}, {3, :b}]
        iex> for {key, n} <- [a: 1, b: 2], into: %{}, do: {key, n * n}
        %{a: 1, b: 4}
        iex> for x <- [1, 2, 3], reduce: 0 do
        ...>   sum -> sum + x
        ...> end
        6
    """)
_form("try", 1, """Evaluate a block, and handle what is raised, thrown or exited in it.

    `rescue` takes exceptions, by name or all; `catch` takes thrown values, and `kind, value` any kind of them (`:error`, `:exit`,
    `:throw`); `else` goes on with the block's value; `after` runs in any case, and its value is dropped.

        iex> try do
        ...>   1 / 0
        ...> rescue
        ...>   error in ArithmeticError -> error.message
        ...> end
        "bad argument in arithmetic expression"
        iex> try do
        ...>   throw(:ball)
        ...> catch
        ...>   thrown -> {:caught, thrown}
        ...> end
        {:caught, :ball}
    """)
_form("receive", 1, """Take the first message of the process's mailbox that a clause matches, and wait for one if there is none.

    Messages that no clause matches stay where they are. `after milliseconds ->` ends the wait.

        iex> send(self(), {:number, 7})
        {:number, 7}
        iex> receive do
        ...>   {:number, n} -> n
        ...> after
        ...>   0 -> :nothing
        ...> end
        7
    """)
_form("quote", 2, """Return code as data: the quoted form of a block.

    A call is `{name, metadata, arguments}`, a variable `{name, metadata, context}`; atoms, numbers, strings, lists and pairs are
    themselves. Options: `unquote: false`, `bind_quoted:` (values put in once, at the beginning), `location: :keep`, `line:`, `generated:`, `context:`.

        iex> quote do: 1 + number
        {:+, [context: Elixir, imports: [{1, Kernel}, {2, Kernel}]],
        [1, {:number, [], Elixir}]}
    """)
_form("unquote", 1, """Put a value into quoted code.

        iex> number = 13
        13
        iex> Macro.to_string(quote do: 1 + unquote(number))
        "1 + 13"
    """)
_form("unquote_splicing", 1, """Put the elements of a list into the arguments or the list that is quoted.

        iex> rest = [2, 3]
        [2, 3]
        iex> Macro.to_string(quote do: sum(1, unquote_splicing(rest)))
        "sum(1, 2, 3)"
    """)
_form("alias", 2, """Give a module a shorter name, from here to the end of the block.

    `alias Outer.Inner` makes it `Inner`; `as:` chooses the name, and `alias Outer.{A, B}` takes several.

        iex> alias String, as: Text
        String
        iex> Text.length("four")
        4
    """)
_form("import", 2, """Have functions and macros of a module called without its name, from here to the end of the block.

    `only:` and `except:` take lists like `[fun: arity]`; `only:` takes `:functions`, `:macros` and `:sigils` too.

        iex> import Integer, only: [is_even: 1]
        Integer
        iex> is_even(4)
        true
    """)
_form("require", 2, """Have a module loaded and compiled first, so that its macros can be called.

    `as:` gives it another name, as `alias` does.

        iex> require Integer
        Integer
        iex> Integer.is_odd(3)
        true
    """)
_form("super", 1, """Call the function that this one overrides, of which `defoverridable` was told.

    Used in modules, mostly where `use` has defined the function first.
    """)
_form("__MODULE__", 0, """The module in whose body or functions it stands, as an atom; nil outside of one.

        iex> __MODULE__
        nil
    """)
_form("__ENV__", 0, """The environment at the place where it stands: a `Macro.Env` with file, line, aliases, imports and the like.

        iex> __ENV__.function
        nil
    """)
_form("__DIR__", 0, """The folder of the file in which it stands, as a string; nil at the prompt.""")
_form("__CALLER__", 0, """In a macro, the environment of the code that calls it: a `Macro.Env`.""")
_form("__STACKTRACE__", 0, """In `rescue` and `catch`, the stack trace of what was caught: a list of frames.

        iex> try do
        ...>   raise "oh no"
        ...> rescue
        ...>   _ -> is_list(__STACKTRACE__)
        ...> end
        true
    """)
_form("__aliases__", 1, """The quoted form of a name like `Outer.Inner`: its parts, which become one atom.

        iex> quote do: Outer.Inner
        {:__aliases__, [alias: false], [:Outer, :Inner]}
    """)
_form("__block__", 1, """The quoted form of expressions that follow one another; the last one is the value of them all.

        iex> Code.string_to_quoted!("1; 2")
        {:__block__, [], [1, 2]}
    """)
_form("__cursor__", 1, """Where the cursor stands, in code that an editor has quoted before it was whole.""")

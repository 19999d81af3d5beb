"""The functions of :io_lib."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.io_lib.directives import characters, formatted, text_of
from pyex.stdlib.erlang.io_lib.write import Style, is_text, pretty, write, write_atom
from pyex.terms.atoms import atom, atom_name
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, List, elixir_list, is_proper, to_pylist

module = NativeModule(":io_lib", doc="Terms as text, Erlang's way.")
IO_LIB: Final = atom("io_lib")


@module.function("format", arity=(2, 3))
def format_(format: Any, data: Any, options: Any = EMPTY) -> Any:
    """Return the characters of a format whose directives are filled with the data.

    iex> :io_lib.format("~p is ~.2f", [:pi, 3.14159]) |> List.to_string()
    "pi is 3.14"
    """
    return characters(formatted(format, data))


module.function("fwrite", arity=(2, 3))(format_)


@module.function("write")
def write_(term: Any) -> Any:
    """Return the characters of a term on one line.

    iex> :io_lib.write({:a, [1]}) |> List.to_string()
    "{a,[1]}"
    """
    return characters(write(term, Style()))


@module.function("write", arity=(2, 3))
def write_to_depth(term: Any, depth: Any, encoded: Any = None) -> Any:
    """Return the characters of a term; what lies deeper than a depth, or than the option `:depth`, is `...`.

    iex> :io_lib.write([1, 2, 3], depth: 2) |> List.to_string()
    "[1|...]"
    """
    if isinstance(depth, List):
        chosen = [item[1] for item in to_pylist(depth) if type(item) is tuple and item[0] is atom("depth")]
        depth = chosen[0] if chosen else -1
    return characters(write(term, Style(), depth))


@module.function("print")
def print_(term: Any) -> Any:
    """Return the characters of a term, texts as texts, on as many lines as it needs.

    iex> :io_lib.print([1, "a"]) |> List.to_string()
    "[1,<<\\"a\\">>]"
    """
    return characters(pretty(term, Style(strings=True)))


@module.function("print", arity=4)
def print_at(term: Any, column: Any, line_length: Any, depth: Any) -> Any:
    """Return the characters of a term that begins at a column of lines of a length."""
    return characters(pretty(term, Style(strings=True), column, line_length, depth))


@module.function("write_atom")
def write_atom_(value: Any) -> Any:
    """Return the characters of an atom, in quotes where it needs them.

    iex> :io_lib.write_atom(:"a b")
    ~c"'a b'"
    """
    name = atom_name(value)
    if name is None:
        raise function_clause(IO_LIB, "write_atom", (value,))
    return characters(write_atom(name))


@module.function
def nl() -> Any:
    """Return a new line.

    iex> :io_lib.nl()
    ~c"\\n"
    """
    return characters("\n")


def _are_characters(term: Any, last: int) -> bool:
    return is_proper(term) and all(
        type(code) is int and 0 <= code <= last and not 0xD800 <= code <= 0xDFFF for code in to_pylist(term)
    )


@module.function
def char_list(term: Any) -> Any:
    """Tell whether a term is a list of characters.

    iex> :io_lib.char_list(~c"ab")
    true
    """
    return _are_characters(term, 0x10FFFF)


@module.function
def latin1_char_list(term: Any) -> Any:
    """Tell whether a term is a list of Latin-1 characters.

        iex> :io_lib.latin1_char_list([233, 256])
        false
        iex> :io_lib.latin1_char_list(~c"café")
        true
    """
    return _are_characters(term, 255)


@module.function("printable_list")
def printable_list(term: Any) -> Any:
    """Tell whether a term is a list of characters that are printed as text: those of Latin-1.

    iex> :io_lib.printable_list([0])
    false
    """
    return is_proper(term) and is_text(to_pylist(term), False)


@module.function
def printable_unicode_list(term: Any) -> Any:
    """Tell whether a term is a list of printable characters, those of Unicode among them.

    iex> :io_lib.printable_unicode_list([955])
    true
    """
    return is_proper(term) and is_text(to_pylist(term), True)


@module.function
def printable_latin1_list(term: Any) -> Any:
    """Tell whether a term is a list of printable Latin-1 characters.

        iex> :io_lib.printable_latin1_list(~c"café")
        true
        iex> :io_lib.printable_latin1_list([0])
        false
    """
    return is_proper(term) and is_text(to_pylist(term), False)


@module.function
def deep_char_list(term: Any) -> Any:
    """Tell whether a term is a nested list of characters.

        iex> :io_lib.deep_char_list([~c"a", [~c"b"]])
        true
    """
    if not is_proper(term):
        return False
    return all(deep_char_list(item) if is_proper(item) else char_list(elixir_list(item)) for item in to_pylist(term))


@module.function
def chars_length(chars: Any) -> Any:
    """Return the number of characters in nested lists and binaries.

    iex> :io_lib.chars_length(["abc", ?d])
    4
    """
    return len(text_of(chars))

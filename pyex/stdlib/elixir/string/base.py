"""The String module and what its parts share: graphemes, and arguments that must be texts.

A string is a Python `str` when its bytes are UTF-8, else `bytes`. The functions work on `str`; the bytes of an
invalid string are worked on as single-byte characters where Elixir does the same.
"""

from __future__ import annotations

from typing import Any, Final

import regex

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument, function_clause

module = NativeModule("String", doc="Functions on strings, which are UTF-8 binaries.")

STRING: Final = alias("String")
OK: Final = atom("ok")
ERROR: Final = atom("error")
_GRAPHEME: Final = regex.compile(r"\X")


def no_clause(name: str, *args: Any) -> ElixirError:
    """Return the FunctionClauseError of a String function called with these arguments."""
    return function_clause(STRING, name, args)


def text(value: Any, name: str, *args: Any) -> str:
    """Return a string argument as `str`; an invalid one with its stray bytes as lone surrogates.

    Raises FunctionClauseError when the value is no binary.
    """
    if type(value) is str:
        return value
    if type(value) is bytes:
        return value.decode("utf-8", "surrogateescape")
    raise no_clause(name, *(args or (value,)))


def term(value: str) -> str | bytes:
    """Return the binary of a `str` that may hold stray bytes as surrogates."""
    if value.isascii():
        return value
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogateescape")
    return value


def one_each(value: str) -> bool:
    """Tell whether each character is surely a grapheme of its own."""
    return value.isascii() and "\r" not in value


def graphemes_of(value: str) -> list[str]:
    """Return the grapheme clusters of a string (Unicode Standard Annex 29)."""
    if one_each(value):
        return list(value)
    return _GRAPHEME.findall(value)  # type: ignore[no-any-return]  # regex's stubs give list[Any]


_SEARCHING: Final = frozenset({"contains?", "replace", "split"})


def patterns_of(pattern: Any, name: str, *args: Any) -> list[str]:
    """Return the strings of a pattern argument: one string, a list of them, or what `:binary.compile_pattern/1` made of either.

    Raises FunctionClauseError when it is neither; functions that hand it on to `:binary` raise what that raises.
    """
    from pyex.terms.lists import List, to_pylist

    if type(pattern) is tuple:
        from pyex.stdlib.erlang.binary import written_pattern

        pattern = written_pattern(pattern)
    if is_binary(pattern):
        return [text(pattern, name)]
    if isinstance(pattern, List):
        items = to_pylist(pattern)
        if all(is_binary(item) for item in items) and (name != "split" or all(items)):
            return [text(item, name) for item in items]
    if name in _SEARCHING or name == "starts_with?" and not isinstance(pattern, List):
        raise bad_argument("binary", "match", args[:2], a2="not a valid pattern")
    raise no_clause(name, *args)


def size(value: Any) -> int:
    """Return the number of bytes of a binary."""
    return len(to_bytes(value))

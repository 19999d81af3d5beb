"""List: charlists and chardata."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.elixir.list.base import MODULE, Items, module
from pyex.terms.atom_order import read_atom
from pyex.terms.atoms import atom, exists
from pyex.terms.binaries import is_binary, to_bytes
from pyex.terms.errors import ElixirError, argument_error, bad_argument, elixir_error, erlang_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, List, charlist, split_tail

INFINITY: Final = atom("infinity")


@module.function
def to_atom(charlist: Any) -> Any:
    """Return the atom of a charlist.

        iex> List.to_atom(~c"ok")
        :ok
    """
    return read_atom(_text(charlist, "list_to_atom"))


@module.function
def to_existing_atom(charlist: Any) -> Any:
    """Return the atom of a charlist, which must exist already; raises ArgumentError.

        iex> List.to_existing_atom(~c"ok")
        :ok
    """
    text = _text(charlist, "list_to_existing_atom")
    if not exists(text):
        raise erlang_error("badarg", "erlang", "list_to_existing_atom", (charlist,))
    return atom(text)


def _text(charlist: Any, name: str) -> str:
    items, tail = split_tail(charlist)
    if tail is not EMPTY or not all(type(item) is int and 0 <= item <= 0x10FFFF for item in items):
        if isinstance(charlist, List) and name.endswith("_atom"):
            raise bad_argument("erlang", name, (charlist,), a1="not a list of characters")
        raise erlang_error("badarg", "erlang", name, (charlist,))
    return "".join(map(chr, items))


@module.function
def to_integer(charlist: Any, base: Any = 10) -> Any:
    """Return the integer that a charlist writes in a base; raises ArgumentError.

        iex> List.to_integer(~c"1f", 16)
        31
    """
    text = _text(charlist, "list_to_integer")
    try:
        return int(text if text.removeprefix("-").removeprefix("+").isalnum() else "", base)
    except ValueError:
        raise erlang_error("badarg", "erlang", "list_to_integer", (charlist,) if base == 10 else (charlist, base)) from None


@module.function
def to_float(charlist: Any) -> Any:
    """Return the float that a charlist writes; raises ArgumentError.

        iex> List.to_float(~c"2.5")
        2.5
    """
    text = _text(charlist, "list_to_float")
    if "." not in text.strip(".") or "_" in text:
        raise erlang_error("badarg", "erlang", "list_to_float", (charlist,))
    try:
        return float(text)
    except ValueError:
        raise erlang_error("badarg", "erlang", "list_to_float", (charlist,)) from None


@module.function
def to_string(list: Any) -> Any:
    """Return the string of a list of characters, strings and such lists.

        iex> List.to_string([0x61, "bc", ~c"d"])
        "abcd"
    """
    return _decoded(list, "string")


def _decoded(list: Any, kind: str) -> str:
    if not isinstance(list, List):
        raise function_clause(MODULE, f"to_{kind}", (list,))
    parts: Items = []
    _chardata(list, parts, list, kind)
    return "".join(parts) if all(type(part) is str for part in parts) else decoded(parts)


def decoded(parts: Items) -> str:
    """Return the text of binaries in a row; raises UnicodeConversionError where they are not UTF-8."""
    data = b"".join(map(to_bytes, parts))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        start = error.start
        for part in map(to_bytes, parts):
            if start < len(part):
                break
            start -= len(part)
        rest = part[start:]
        kind = "incomplete" if error.reason == "unexpected end of data" else "invalid"
        message = f"{kind} encoding starting at {inspect(rest)}"
        raise elixir_error("UnicodeConversionError", encoded=rest, message=message) from None


def _chardata(value: Any, parts: Items, whole: Any, kind: str) -> None:
    stack = [value]
    while stack:
        current = stack.pop()
        if type(current) is Cons:
            items, tail = split_tail(current)
            if tail is not EMPTY and not is_binary(tail):
                raise _bad_chardata(tail if type(tail) is not int else current, whole, kind)
            stack.extend(([tail] if tail is not EMPTY else []) + items[::-1])
        elif type(current) is int and (0 <= current < 0xD800 or 0xDFFF < current <= 0x10FFFF):
            parts.append(chr(current))
        elif is_binary(current):
            parts.append(current)
        elif current is not EMPTY:
            raise _bad_chardata(current, whole, kind)


def _bad_chardata(value: Any, whole: Any, kind: str) -> ElixirError:
    if type(value) is int:
        return elixir_error(
            "UnicodeConversionError",
            encoded="",
            message=f"invalid code point {value}",
        )
    rule, nested = _CHARDATA_RULES[kind]
    return argument_error(
        f"""cannot convert the given list to a {kind}.

To be converted to a {kind}, {rule}:

  * strings
  * integers representing Unicode code points
  * {nested} containing one of these three elements

Please check the given list or call inspect/1 to get the list representation, got:

{whole!r}
"""
    )


_CHARDATA_RULES: Final = {
    "string": ("a list must either be empty or only\ncontain the following elements", "a list"),
    "charlist": ("a list must contain only", "or a list"),
}


@module.function
def to_charlist(list: Any) -> Any:
    """Return the charlist of a list of characters, strings and such lists.

        iex> List.to_charlist([0x61, "bc"])
        ~c"abc"
    """
    return charlist(_decoded(list, "charlist"))


@module.function("ascii_printable?")
def ascii_printable(list: Any, limit: Any = INFINITY) -> bool:
    """Tell whether all elements (or the first `limit`) are printable ASCII characters.

        iex> List.ascii_printable?(~c"abc")
        true
    """
    if not isinstance(list, List) or limit is not INFINITY and (type(limit) is not int or limit < 0):
        raise function_clause(MODULE, "ascii_printable?", (list, limit))
    items, tail = split_tail(list)
    if type(limit) is int and limit <= len(items):
        items = items[:limit]
    elif tail is not EMPTY:
        return False
    escapes = frozenset(b"\n\r\t\v\b\f\x1b\a")
    return all(type(item) is int and (32 <= item <= 126 or item in escapes) for item in items)

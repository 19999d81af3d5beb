"""Strings, charlists, sigils, interpolation and numbers."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.printer import blocks, operators
from pyex.terms.atoms import Atom, atom_name
from pyex.terms.inspect import inspect
from pyex.terms.inspect.algebra import concat
from pyex.terms.inspect.literals import charlist_text, escape
from pyex.terms.lists import List, split_tail, to_pylist

DOT: Final = Atom(".")
CLOSING: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}


def binary(value: str | bytes) -> str:
    """Return a string literal."""
    if type(value) is str:
        return f'"{escape(value)}"'
    return f'"{bytes_text(bytes(value))}"'  # type: ignore[arg-type]  # bytes by then


def bytes_text(data: bytes, quote: str = '"') -> str:
    """Return bytes that are no UTF-8 as they stand in a string: `\\xFF` for each that is no character's."""
    text = data.decode("utf-8", "surrogateescape")
    return "".join(
        f"\\x{ord(char) - 0xDC00:02X}" if "\udc80" <= char <= "\udcff" else escape(char, quote) for char in text
    )


def integer(value: int) -> str:
    """Return an integer with its digits in groups when there are six or more."""
    digits = str(value)
    if len(digits.lstrip("-")) < 6:
        return digits
    return f"{value:_}"


def floating(value: float) -> str:
    """Return a float, the digits before its point in groups when there are six or more."""
    text = inspect(value)
    whole, point, rest = text.partition(".")
    return integer(int(whole)) + point + rest if len(whole.lstrip("-")) >= 6 else text


def charlist(items: list[Any]) -> str | None:
    """Return `~c"…"` for a list of printable characters, else None."""
    text = charlist_text(items) if items else None
    return None if text is None else f'~c"{escape(text)}"'


def is_interpolation(form: Any) -> bool:
    """Tell whether a segment is `Kernel.to_string(…) :: binary` as an interpolation makes it."""
    if not operators.is_call_of(form, "::", 2):
        return False
    left, right = to_pylist(form[2])
    return interpolated_form(left) is not None and type(right) is tuple and atom_name(right[0]) == "binary"


def interpolated_form(form: Any) -> Any:
    """Return `(form,)` of `Kernel.to_string(form)`, or None."""
    if type(form) is not tuple or len(form) != 3 or type(form[0]) is not tuple or form[0][0] is not DOT:
        return None
    parts = to_pylist(form[0][2]) if isinstance(form[0][2], List) else []
    if [atom_name(part) for part in parts] != ["Elixir.Kernel", "to_string"] or len(form[2]) != 1:
        return None
    if not any(type(item) is tuple and atom_name(item[0]) == "from_interpolation" for item in form[1]):
        return None
    return (form[2].head,)


def interpolated(items: list[Any], quote: str = '"') -> Any:
    """Return `"a#{b}"` for segments of an interpolated string, else None."""
    if not any(is_interpolation(item) for item in items):
        return None
    if not all(is_interpolation(item) or type(item) in (str, bytes) for item in items):
        return None
    return concat(quote, *[piece(item, quote) for item in items], quote)


def piece(item: Any, quote: str) -> Any:
    """Return the document of one part of an interpolated text."""
    if type(item) is str:
        return "\n".join(escape(line, quote) for line in item.split("\n"))
    if type(item) is bytes:
        return bytes_text(item, quote)
    call = item[2].head if operators.is_call_of(item, "::", 2) else item
    return hole(interpolated_form(call)[0])


def hole(form: Any) -> str:
    """Return `#{form}` on one line."""
    from pyex.terms.inspect.algebra import INFINITE, layout

    return "#{" + layout(blocks.sequence_of(form), INFINITE) + "}"


def from_call(module: str | None, word: str | None, items: list[Any]) -> Any:
    """Return the text of the calls that interpolated atoms and charlists are, else None."""
    if module == "erlang" and word in ("binary_to_atom", "binary_to_existing_atom") and len(items) == 2:
        form = items[0]
        if atom_name(items[1]) == "utf8" and type(form) is tuple and atom_name(form[0]) == "<<>>":
            text = interpolated(to_pylist(form[2]))
            return None if text is None else concat(":", text)
    if module == "Elixir.List" and word == "to_charlist" and len(items) == 1 and isinstance(items[0], List):
        parts, _ = split_tail(items[0])
        if parts and all(type(part) in (str, bytes) or interpolated_form(part) is not None for part in parts):
            return concat('~c"', *[piece(part, '"') for part in parts], '"')
    return None


def sigil(word: str, meta: Any, items: list[Any]) -> Any:
    """Return a sigil as it is written, or None when the form is none."""
    if len(items) != 2 or type(items[0]) is not tuple or atom_name(items[0][0]) != "<<>>":
        return None
    modifiers, _ = split_tail(items[1])
    quote = next((item[1] for item in meta if type(item) is tuple and atom_name(item[0]) == "delimiter"), None)
    if type(quote) is not str or not isinstance(items[0][2], List):
        return None
    name = word.removeprefix("sigil_")
    out: list[Any] = []
    for part in to_pylist(items[0][2]):
        if type(part) is str:
            out.append(part)
        elif is_interpolation(part):
            out.append(hole(interpolated_form(part[2].head)[0]))
        else:
            return None
    closing = CLOSING.get(quote, quote)
    body = "".join(out)
    if len(quote) == 3:
        return f"~{name}{quote}\n{body}{closing}" + "".join(map(chr, modifiers))
    escaped = body.replace("\\" + closing, closing).replace(closing, "\\" + closing)
    return f"~{name}{quote}{escaped}{closing}" + "".join(map(chr, modifiers))

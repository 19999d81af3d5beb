"""Numbers, atoms, keys, strings, charlists, heredocs, sigils and interpolations."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.formatter import blocks, metadata
from pyex.syntax.formatter.documents import BLANK, forced, surrounded, text, unlimited
from pyex.syntax.formatter.state import State
from pyex.terms.atoms import Atom, atom_name
from pyex.terms.binaries import is_binary, to_bytes
from pyex.terms.inspect.algebra import LINE, concat
from pyex.terms.inspect.literals import atom_text, function_name, key_text
from pyex.terms.lists import Cons, List, to_pylist

HEREDOCS: Final = ('"""', "'''")
CLOSING: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}
TYPED: Final = Atom("::")
KERNEL: Final = Atom("Elixir.Kernel")
TO_STRING: Final = Atom("to_string")
DOT: Final = Atom(".")


# ---- numbers


def integer(written: str) -> str:
    """Return an integer as it is written, hexadecimal digits in capitals and long ones in groups."""
    if written[:1] == "?":
        return written
    start = written[:2]
    if start == "0x":
        return "0x" + written[2:].upper()
    return written if start in ("0b", "0o") else grouped(written)


def floating(written: str) -> str:
    """Return a float as it is written, its exponent's sign small and long digits before its point in groups."""
    whole, point, rest = written.partition(".")
    return grouped(whole) + point + rest.lower()


def grouped(digits: str) -> str:
    """Return six digits and more in groups of three, unless the source groups them."""
    return digits if "_" in digits or len(digits) < 6 else f"{int(digits):_}".rjust(len(digits), "0")


# ---- atoms


def atom(value: Any) -> Any:
    """Return an atom, in quotes where it needs them; what is inside is written as it was."""
    shown = atom_text(value)
    if shown[:2] == ':"':
        return quoted(":", value)
    return text(shown if type(value) is not Atom or shown[0] == ":" else f':"{value.name}"')


def key(value: Any) -> Any:
    """Return the key of a keyword."""
    shown = key_text(value)
    return concat(quoted("", value), ":") if shown[0] == '"' else text(shown)


def quoted(before: str, value: Any) -> Any:
    """Return an atom's name in quotes."""
    return concat(before + '"', lines_of(atom_name(value) or "", '"'), '"')


def called(name: Any) -> Any:
    """Return the name of a function behind a dot."""
    shown = function_name(atom_name(name) or "")
    return quoted("", name) if shown[0] == '"' else text(shown)


# ---- texts


def content(value: Any) -> str:
    """Return the characters of a binary."""
    return value if type(value) is str else to_bytes(value).decode("utf-8", "surrogateescape")


def lines_of(raw: str, quote: str) -> Any:
    """Return what stands between quotes: its line breaks have no indentation behind them."""
    if quote:
        raw = raw.replace(quote, "\\" + quote)
    if "\n" not in raw:
        return text(raw)
    pieces: list[Any] = []
    for index, one in enumerate(raw.split("\n")):
        pieces += [BLANK, text(one)] if index else [text(one)]
    return concat(*pieces)


def heredoc_lines(raw: str, quote: str) -> Any:
    """Return the lines of a heredoc: those with text are indented."""
    if quote:
        raw = raw.replace(quote, "\\" + quote)
    lines = raw.split("\n")
    pieces: list[Any] = [text(lines[0])] if lines[0] else []
    last = len(lines) - 1
    for index, one in enumerate(lines[1:], 1):
        blank = one in ("", "\r") and index != last
        pieces.append(BLANK if blank else LINE)
        if one:
            pieces.append(text(one))
    return concat(*pieces)


def string(value: Any, meta: Any) -> Any:
    """Return a string or heredoc without interpolation."""
    raw = content(value)
    if metadata.value(meta, metadata.DELIMITER) == '"""':
        return forced(concat('"""', heredoc_lines("\n" + raw, '"""'), '"""'))
    return concat('"', lines_of(raw, '"'), '"')


def charlist(items: list[Any], delimiter: str, state: State) -> Any:
    """Return a charlist in its quotes."""
    raw = "".join(map(chr, items))
    opening, quote = charlist_quotes(delimiter, '"' in raw, state)
    if len(delimiter) == 3:
        return forced(concat(opening, heredoc_lines("\n" + raw, quote), quote))
    return concat(opening, lines_of(raw, quote), quote)


def charlist_quotes(delimiter: str, holds_quotes: bool, state: State) -> tuple[str, str]:
    """Return what opens and what closes a charlist; where it is to be a sigil, with other quotes than those it holds."""
    if not state.migrates_charlists:
        return delimiter, delimiter
    quote = '"""' if len(delimiter) == 3 else "'" if holds_quotes else '"'
    return "~c" + quote, quote


def is_interpolation(part: Any) -> bool:
    """Tell whether a segment is what `#{…}` gives: `Kernel.to_string(…) :: binary`."""
    if not metadata.is_call(part, TYPED):
        return False
    items = to_pylist(part[2])
    return len(items) == 2 and is_conversion(items[0]) and type(items[1]) is tuple and items[1][0] is Atom("binary")


def is_conversion(form: Any) -> bool:
    """Tell whether a form is `Kernel.to_string(…)`."""
    if type(form) is not tuple or len(form) != 3 or not metadata.is_call(form[0], DOT):
        return False
    named = to_pylist(form[0][2])
    return named == [KERNEL, TO_STRING] and isinstance(form[2], List) and len(to_pylist(form[2])) == 1


def is_interpolated(parts: list[Any]) -> bool:
    """Tell whether the segments of a binary are texts and interpolations, one of these at least."""
    return any(map(is_interpolation, parts)) and all(is_binary(part) or is_interpolation(part) for part in parts)


def is_interpolated_charlist(parts: Any) -> bool:
    """Tell whether the argument of `List.to_charlist` is texts and interpolations."""
    if type(parts) is not Cons:
        return False
    items = to_pylist(parts)
    return any(map(is_conversion, items)) and all(is_binary(part) or is_conversion(part) for part in items)


def interpolated(parts: list[Any], opening: str, closing: str, quote: str, state: State) -> Any:
    """Return a text with interpolations between its quotes; `quote` is what has to be escaped in it."""
    heredoc = closing in HEREDOCS
    pieces: list[Any] = [opening]
    if heredoc:
        parts = ["\n" + content(parts[0]), *parts[1:]] if parts and is_binary(parts[0]) else ["\n", *parts]
    for part in parts:
        if is_binary(part):
            raw = content(part)
            pieces.append(heredoc_lines(raw, quote) if heredoc else lines_of(raw, quote))
        else:
            form = part if is_conversion(part) else to_pylist(part[2])[0]
            pieces.append(hole(form, state))
    doc = concat(*pieces, closing)
    return forced(doc) if heredoc else doc


def hole(form: Any, state: State) -> Any:
    """`#{…}`: its lines are as long as they are."""
    _, meta, args = form
    outer, state.ignores_breaks = state.ignores_breaks, True
    inner = blocks.body(to_pylist(args)[0], metadata.line(meta), metadata.closing_line(meta), state)
    state.ignores_breaks = outer
    return unlimited(surrounded("#{", inner, "}"))


def sigil(name: str, meta: Any, args: list[Any], state: State) -> Any:
    """`~name(…)modifiers`; None when the form is no sigil's."""
    opening = metadata.value(meta, metadata.DELIMITER)
    if len(args) != 2 or not is_binary(opening) or not metadata.is_call(args[0], Atom("<<>>")):
        return None
    modifiers = args[1]
    if not isinstance(modifiers, List):
        return None
    letters = "".join(map(chr, to_pylist(modifiers)))
    parts = to_pylist(args[0][2])
    closing = CLOSING.get(opening, opening)
    replaced = state.sigils.get(name)
    if replaced is not None and len(parts) == 1 and is_binary(parts[0]):
        parts = [replaced(content(parts[0]), (letters, opening, metadata.line(meta)))]
    return concat(interpolated(parts, f"~{name}{opening}", closing, closing, state), letters)

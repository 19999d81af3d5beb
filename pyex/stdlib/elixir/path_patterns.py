"""The files that a pattern of `Path.wildcard` meets."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Final

from pyex.terms.atoms import atom
from pyex.terms.errors import erlang_error

ANY_DEPTH: Final = "**"
_SPECIAL: Final = re.compile(r"[*?\[\]{}\\]")


def matching(pattern: str, *, hidden: bool) -> list[str]:
    """Return the existing paths that a pattern meets, sorted; names that begin with a dot only where they are written."""
    parts = [part for part in pattern.split("/") if part]
    parts = [part for part in parts[:-1] if part != "."] + parts[-1:]
    if pattern.startswith("/"):
        return sorted(set(_walk("/", parts, hidden))) if parts else ["/"]
    return sorted(set(_walk("", parts, hidden)))


def _walk(base: str, parts: list[str], hidden: bool) -> Iterator[str]:
    if not parts:
        yield base
        return
    part, rest = parts[0], parts[1:]
    if part == ANY_DEPTH:
        yield from _below(base, rest, hidden)
    elif not _SPECIAL.search(part):
        path = base + part
        if os.path.lexists(path) if not rest else os.path.isdir(path):
            yield from _walk(path if not rest else path + "/", rest, hidden)
    else:
        fits = _translated(part)
        for name in _names(base, hidden):
            if fits(name):
                yield from _reached(base + name, rest, hidden)


def _reached(path: str, rest: list[str], hidden: bool) -> Iterator[str]:
    if not rest:
        yield path
    elif os.path.isdir(path):
        yield from _walk(path + "/", rest, hidden)


def _below(base: str, rest: list[str], hidden: bool) -> Iterator[str]:
    """Walk everything below a folder; what follows in the pattern may stand in the folder itself."""
    if rest:
        yield from _walk(base, rest, hidden)
    for name in _names(base, hidden):
        path = base + name
        if not rest:
            yield path
        if os.path.isdir(path):
            yield from _below(path + "/", rest, hidden)


def _names(folder: str, hidden: bool) -> list[str]:
    try:
        found = os.listdir(folder or ".")
    except OSError:
        return []
    return found if hidden else [name for name in found if not name.startswith(".")]


def _translated(part: str) -> Callable[[str], re.Match[str] | None]:
    """Return the test for a name that one part of a pattern makes; raises for an alternative without an end."""
    made, place = "", 0
    while place < len(part):
        text, place = _element(part, place)
        made += text
    return re.compile(made, re.DOTALL).fullmatch


def _element(part: str, place: int) -> tuple[str, int]:
    letter = part[place]
    if letter == "\\" and place + 1 < len(part):
        return re.escape(part[place + 1]), place + 2
    if letter == "*":
        return ".*", place + 1
    if letter == "?":
        return ".", place + 1
    if letter == "[":
        end = part.find("]", place)
        inside = part[place + 1 : end]
        return (_letters(inside), end + 1) if end > 0 and inside else (re.escape(letter), place + 1)
    if letter == "{":
        return _alternatives(part, place + 1)
    return re.escape(letter), place + 1


def _letters(inside: str) -> str:
    """Return the class of the letters between brackets: single ones, and ranges as `a-z`."""
    return "[" + re.sub(r"[\\^\[\]]", r"\\\g<0>", inside) + "]"


def _alternatives(part: str, place: int) -> tuple[str, int]:
    made = "(?:"
    while place < len(part):
        if part[place] == "}":
            return made + ")", place + 1
        if part[place] == ",":
            made, place = made + "|", place + 1
        else:
            text, place = _element(part, place)
            made += text
    raise erlang_error((atom("badpattern"), atom("missing_delimiter")))

"""PCRE's patterns in the dialect of Python's `regex`, and what PCRE says of those that are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

import regex

_FLAGS: Final = {
    "caseless": regex.IGNORECASE,
    "multiline": regex.MULTILINE,
    "dotall": regex.DOTALL,
    "extended": regex.VERBOSE,
}
_ESCAPES: Final = {"z": r"\Z", "Z": r"(?=\n?\Z)", "h": r"[ \t]", "e": r"\x1b", "E": ""}
_LONG_ESCAPE: Final = re.compile(r"\\(?:Q(?P<literal>.*?)(?:\\E|\Z)|x\{(?P<code>[0-9A-Fa-f]{1,6})\}|(?P<kind>[kg])[{<'](?P<group>-?\w+)[}>'])", re.DOTALL)


class BadPattern(Exception):
    """A pattern that PCRE refuses: its reason, and the place in the pattern."""

    def __init__(self, reason: str, place: int) -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place


@lru_cache(maxsize=512)
def compiled_pattern(source: str, names: tuple[str, ...], bytes_: bool) -> Any:
    """Return the compiled Python pattern of a source and option names; raises BadPattern."""
    _refuse(source, names)
    flags = 0
    for name in names:
        flags |= _FLAGS.get(name, 0)
    text = translated(source, "ungreedy" in names)
    if "firstline" in names:
        text = f"(?<!\\n(?s:.*))(?:{text})"
    if "unicode" not in names:
        flags |= regex.ASCII
    try:
        if bytes_:
            return regex.compile(_LATIN.sub(_latin, text).encode("utf-8"), flags & ~regex.UNICODE & ~regex.ASCII)
        return regex.compile(text, flags | regex.VERSION0)
    except regex.error as error:
        raise _told(source, error.msg, error.pos or 0) from None


_LATIN: Final = re.compile(r"\\.|\[|\]", re.DOTALL)
_LATIN_WORD: Final = r"[\w\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\xff]"
_LETTERS: Final = r"\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\xff"


def _latin(found: re.Match[str]) -> str:
    """Return what a part of a pattern means for bytes: PCRE takes those beyond ASCII for the characters of Latin-1."""
    before = found.string[: found.start()]
    in_class = before.rfind("[") > before.rfind("]")
    if found[0] == r"\w":
        return rf"\w{_LETTERS}" if in_class else rf"[\w{_LETTERS}]"
    if found[0] in _LATIN_EDGES and not in_class:
        return _LATIN_EDGES[found[0]]
    return rf"[^\w{_LETTERS}]" if found[0] == r"\W" else found[0]


_LATIN_EDGES: Final = {
    r"\b": f"(?:(?<={_LATIN_WORD})(?!{_LATIN_WORD})|(?<!{_LATIN_WORD})(?={_LATIN_WORD}))",
    r"\B": f"(?:(?<={_LATIN_WORD})(?={_LATIN_WORD})|(?<!{_LATIN_WORD})(?!{_LATIN_WORD}))",
}


def translated(source: str, ungreedy: bool) -> str:
    """Return a PCRE pattern in the library's dialect."""
    result: list[str] = []
    place, in_class = 0, False
    while place < len(source):
        char = source[place]
        if char == "\\" and place + 1 < len(source):
            text, place = _escape(source, place, in_class)
            result.append(text)
            continue
        in_class = char == "[" or in_class and char != "]"
        result.append(char)
        if ungreedy and not in_class and char in "*+?}" and place and source[place - 1] not in "*+?(":
            if place + 1 < len(source) and source[place + 1] == "?":
                place += 1
            else:
                result.append("?")
        place += 1
    return "".join(result)


def _escape(source: str, place: int, in_class: bool) -> tuple[str, int]:
    """Return what an escape is in the library's dialect, and the place behind it."""
    long = _LONG_ESCAPE.match(source, place)
    if long is None:
        following = source[place + 1]
        text = r" \t" if in_class and following == "h" else _ESCAPES.get(following, source[place : place + 2])
        return text, place + 2
    if long["literal"] is not None:
        return regex.escape(long["literal"]), long.end()
    if long["code"] is not None:
        code = int(long["code"], 16)
        if code > 0x10FFFF:
            raise BadPattern("character value in \\x{} or \\o{} is too large", long.end() - 1)
        return f"\\U{code:08x}" if code > 0xFF else f"\\x{code:02x}", long.end()
    return (f"(?P={long['group']})" if long["kind"] == "k" else f"\\g<{long['group']}>"), long.end()


_GROUP_NAME: Final = re.compile(r"\(\?P?<(?![=!])(?P<name>\w+)>")
_LOOKBEHIND: Final = re.compile(r"\(\?<[=!]")
_REPEATED: Final = re.compile(r"[*+]|(?<!\()\?|\{\d*,\d*\}")
_REPEATED_EDGE: Final = re.compile(
    r"\\Q.*?\\E|(?P<edge>(?:\^|\$|\\[bBAzZG])(?:[*+?]|\{\d+(?:,\d*)?\}))|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL
)
"""An assertion of one place that is repeated, which PCRE does not take; and whatever else a pattern is made of."""
_TOO_OFTEN: Final = re.compile(r"\{(?:\d+,)?(\d{5,})\}")


def _refuse(source: str, names: tuple[str, ...]) -> None:
    """Raise for what PCRE refuses and Python's library takes."""
    seen: set[str] = set()
    for found in _GROUP_NAME.finditer(source):
        if found["name"] in seen and "dupnames" not in names:
            raise BadPattern("two named subpatterns have the same name", found.end() - 1)
        seen.add(found["name"])
    for found in _LOOKBEHIND.finditer(source):
        end = _closing(source, found.end())
        if _REPEATED.search("".join(_outside_classes(source[found.end() : end]))):
            raise BadPattern("lookbehind assertion is not fixed length", end)
    for found in _REPEATED_EDGE.finditer(source):
        if found["edge"]:
            raise BadPattern("nothing to repeat", found.end() - 1)
    often = _TOO_OFTEN.search(source)
    if often is not None and int(often[1]) > 65_535:
        raise BadPattern("number too big in {} quantifier", often.start(1) + 5 + (int(often[1][:5]) <= 65_535))


def _closing(source: str, place: int) -> int:
    """Return where the group ends that a place lies in."""
    depth = 0
    while place < len(source):
        if source[place] == "\\":
            place += 1
        elif source[place] == "(":
            depth += 1
        elif source[place] == ")":
            if not depth:
                break
            depth -= 1
        place += 1
    return place


def _outside_classes(text: str) -> Iterator[str]:
    """Yield a part of a pattern without its classes and escapes, each of which is a letter."""
    for found in re.finditer(r"\\.|\[\^?\]?[^\]]*\]|.", text, re.DOTALL):
        yield found[0] if len(found[0]) == 1 else "x"


def _same(source: str, place: int) -> int:
    return place


_REASONS: Final[dict[str, tuple[str, Callable[[str, int], int]]]] = {
    "bad character in group name": ("group name must start with a non-digit", lambda source, place: source.rfind("<", 0, place) + 1),
    "bad character range": ("range out of order in character class", lambda source, place: place - 1),
    "bad escape (end of pattern)": ("\\ at end of pattern", _same),
    "bad inline flags": ("unrecognized character after (? or (?-", _same),
    "invalid group reference": ("reference to non-existent subpattern", _same),
    "min repeat greater than max repeat": ("numbers out of order in {} quantifier", lambda source, place: source.find("}", place)),
    "missing >": ("syntax error in subpattern name (missing terminator)", _same),
    "missing group name": ("unrecognized character after (?<", _same),
    "multiple repeat": ("nothing to repeat", _same),
    "unbalanced parenthesis": ("unmatched parentheses", _same),
    "unknown extension": ("unrecognized character after (? or (?-", _same),
    "unknown group": ("reference to non-existent subpattern", _same),
    "unknown property": ("unknown property name after \\P or \\p", lambda source, place: place - 1),
    "unterminated character set": ("missing terminating ] for character class", _same),
}
"""What Python's library says, what PCRE says, and where PCRE sees it."""


def _told(source: str, message: str, place: int) -> BadPattern:
    """Return PCRE's complaint about a pattern of which Python's library complains."""
    if message == "missing )" and source.rfind("(?#") > source.rfind(")"):
        return BadPattern("missing ) after comment", place)
    if message == "unknown property" and source.rfind("[:", 0, place) >= 0:
        return BadPattern("unknown POSIX class name", source.rfind("[:", 0, place) + 2)
    for start, (reason, at) in _REASONS.items():
        if message.startswith(start):
            return BadPattern(reason, at(source, place))
    return BadPattern(message, place)

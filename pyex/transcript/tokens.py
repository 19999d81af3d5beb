"""Output as signs whose spacing does not count: what two texts are compared by when they are not the same letters.

Left out or masked is what differs from run to run and from machine to machine: the lines of a stack trace, the times of
Logger's lines, the bytes of a compiled module. Identities (PIDs, references, ports, functions) stay apart from the text,
so that the comparison can rename them. The entries of a map stand in the order of their keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

Frames = Literal["none", "own"]


@dataclass(frozen=True, slots=True)
class Identity:
    """What names one thing of one run: its kind, and the digits that it was printed with."""

    kind: str
    name: str


Token = str | Identity

_SIGN: Final = re.compile(
    r"""(?P<beam><<70,\s*79,\s*82,\s*49,[^>]*>>)
    |(?P<time>^\d\d:\d\d:\d\d\.\d{3}(?=\ \[))
    |(?P<text>"(?:\\.|[^"\\\n])*")
    |\#(?P<kind>PID|Reference|Port)<(?P<name>[\d.]+)>
    |(?<![\w#<])<(?P<pid>\d+\.\d+\.\d+)>
    |\#Function<(?P<function>\d+\.\d+)(?=/\d+\ in\ (?P<evaluated>:erl_eval)?)
    |\w+|\S""",
    re.VERBOSE | re.MULTILINE,
)
_IDENTITY: Final = re.compile(r"#(?P<kind>PID|Reference|Port)<(?P<name>[\d.]+)>")
_FRAME: Final = re.compile(r"\s+(?:\([^()\n]*\) \S|[^\s:│└#*][^:\n]*:\d+: \S)")
LIBRARY_FRAME: Final = re.compile(
    r"\s+\((?:stdlib|elixir|iex|mix|kernel|compiler|erts|logger|ex_unit|sasl|eex)\b[^()\n]*\) \S"
)
_OPEN: Final = {"(": ")", "[": "]", "{": "}"}


def tokens(text: str, frames: Frames = "none") -> list[Token]:
    """Return the signs of an output. `frames` are the lines of stack traces that count: none, or those of user code."""
    frame = _FRAME if frames == "none" else LIBRARY_FRAME
    kept = "\n".join(line for line in text.split("\n") if not frame.match(line))
    return _Sorter().sort(_signs(kept))


def _signs(text: str) -> Iterator[Token]:
    for found in _SIGN.finditer(text):
        if found["beam"]:
            yield "<<BEAM>>"
        elif found["time"]:
            yield "HH:MM:SS.mmm"
        elif found["text"]:
            yield from _pieces(found["text"])
        elif found["kind"]:
            yield Identity(found["kind"], found["name"])
        elif found["pid"]:
            yield Identity("PID", found["pid"])
        elif found["function"]:
            # All functions of one arity that the BEAM evaluates share their digits: they name no function.
            yield "#Function" if found["evaluated"] else Identity("Function", found["function"])
        else:
            yield found[0]


def _pieces(text: str) -> Iterator[Token]:
    """Return a string, whose blanks count, with the identities in it apart."""
    start = 0
    for found in _IDENTITY.finditer(text):
        yield text[start : found.start()]
        yield Identity(found["kind"], found["name"])
        start = found.end()
    yield text[start:]


@dataclass(slots=True)
class _Group:
    """An open bracket: the entries read so far, and whether they are a map's."""

    is_map: bool
    closes: str
    entries: list[list[Token]] = field(default_factory=lambda: [[]])

    def flat(self) -> list[Token]:
        if len(self.entries) == 1:
            return self.entries[0]
        entries = sorted(self.entries, key=_masked) if self.is_map else self.entries
        flat: list[Token] = []
        for index, entry in enumerate(entries):
            flat += [",", *entry] if index else entry
        return flat


def _masked(entry: list[Token]) -> list[str]:
    return [token if isinstance(token, str) else token.kind for token in entry]


class _Sorter:
    """Puts the entries of maps in order, however deep they stand, without recursion."""

    def __init__(self) -> None:
        self._stack = [_Group(is_map=False, closes="")]

    def sort(self, signs: Iterator[Token]) -> list[Token]:
        percent = False
        for sign in signs:
            here = self._stack[-1]
            if sign == "," and here.closes:
                here.entries.append([])
            elif isinstance(sign, str) and sign in _OPEN:
                here.entries[-1].append(sign)
                self._stack.append(_Group(percent and sign == "{", _OPEN[sign]))
            elif sign == here.closes:
                self._close()
                self._stack[-1].entries[-1].append(sign)
            else:
                here.entries[-1].append(sign)
            # `%{` and `%Name.Of.Struct{` open a map.
            percent = sign == "%" or (percent and isinstance(sign, str) and (sign == "." or sign[0].isupper()))
        while len(self._stack) > 1:
            self._close()
        return self._stack[0].flat()

    def _close(self) -> None:
        group = self._stack.pop()
        self._stack[-1].entries[-1] += group.flat()

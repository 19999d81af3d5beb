"""What quotes hold: escapes, and the indentation of heredocs.

The grammar gives the raw pieces of a string between its interpolations; these functions make of
them what Elixir's tokenizer makes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from pyex.terms.binaries import binary, to_bytes

SIMPLE: Final = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "d": "\x7f",
    "e": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "s": " ",
    "t": "\t",
    "v": "\v",
}
_ESCAPE: Final = re.compile(
    r"\\(?:x\{([0-9A-Fa-f]*)\}|x([0-9A-Fa-f]{1,2})|u\{([0-9A-Fa-f]*)\}|u([0-9A-Fa-f]{4})|(\r?\n)|(.))", re.DOTALL
)

HEX_MESSAGE: Final = "invalid hex escape character, expected \\xHH where H is a hexadecimal digit"
UNICODE_MESSAGE: Final = "invalid Unicode escape character, expected \\uHHHH or \\u{H*} where H is a hexadecimal digit"
CODEPOINT_MESSAGE: Final = "invalid or reserved Unicode code point \\u{%s}"


class InvalidEscape(Exception):
    """An escape that Elixir refuses: its message, and the text that the message ends with."""

    def __init__(self, message: str, rest: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.rest = rest
        self.offset = offset
        """Where the backslash stands in the piece of text."""


def unescape(raw: str, meaning: Callable[[str], int | bool] | None = None) -> str | bytes:
    """Return the value of a piece of a string: `a\\n` typed gives a newline.

    `meaning` is asked for the code point of each escaped character, or False to leave the escape as it is; of the
    longer escapes, "hex", "unicode" and "newline", it says whether they are replaced.
    """
    if "\\" not in raw:
        return raw
    byte_values = False

    def value(match: re.Match[str]) -> str:
        nonlocal byte_values
        long, short, braced, four, newline, other = match.groups()
        if meaning is not None:
            if braced is not None or four is not None or other == "u":
                asked = "unicode"
            elif newline is not None:
                asked = "newline"
            else:
                asked = "hex" if other in (None, "x") else other
            answer = meaning(asked)
            if answer is False:
                return match.group(0)
            if len(asked) == 1:
                return chr(answer)
        if short is not None:
            code = int(short, 16)
            if code > 0x7F:
                byte_values = True
                return chr(0xDC00 + code)  # a lone byte, as `surrogateescape` writes it
            return chr(code)
        if long:
            return _code_point(long, raw, match.start())
        if braced is not None or four is not None:
            return _code_point(braced if braced is not None else four, raw, match.start())
        if newline is not None:
            return ""
        if other == "x":
            raise InvalidEscape(HEX_MESSAGE, raw[match.start() :], match.start())
        if other == "u":
            raise InvalidEscape(UNICODE_MESSAGE, raw[match.start() :], match.start())
        if other is None:  # \x{}
            raise InvalidEscape(HEX_MESSAGE, raw[match.start() :], match.start())
        return SIMPLE.get(other, other)

    result = _ESCAPE.sub(value, raw)
    return binary(result.encode("utf-8", "surrogateescape")) if byte_values else result


def _code_point(digits: str, raw: str, start: int) -> str:
    if not 1 <= len(digits) <= 6:
        raise InvalidEscape(UNICODE_MESSAGE, raw[start:], start)
    code = int(digits, 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise InvalidEscape(CODEPOINT_MESSAGE % digits, "\\u", start)
    return chr(code)


def join(left: str | bytes, right: str | bytes) -> str | bytes:
    """Return two binaries as one."""
    if type(left) is str and type(right) is str:
        return left + right
    return binary(to_bytes(left) + to_bytes(right))


def keep_escapes(terminator: str) -> Callable[[str], str]:
    """Return the unescaping of a sigil: every escape stays, but for that of the terminator itself."""
    if len(terminator) == 3:  # a heredoc
        return lambda raw: raw.replace("\\" + terminator, terminator) if "\\" in raw else raw
    escaped = re.compile(r"\\(.)", re.DOTALL)

    def cut(match: re.Match[str]) -> str:
        return terminator if match.group(1) == terminator else match.group(0)

    return lambda raw: escaped.sub(cut, raw) if "\\" in raw else raw


def strip_indentation(pieces: list[str], indentation: int) -> tuple[list[str], int | None]:
    """Return the pieces of a heredoc without its first newline and without its indentation.

    `pieces` are the texts between the interpolations. A blank line loses what it has. The second value is the index of
    the first line (of all pieces' newlines, from 1) that stands left of the closing quotes, or None.
    """
    out: list[str] = []
    outdented: int | None = None
    count = 0
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        lines = piece.split("\n")
        kept = [lines[0]] if index else []
        for place, line in enumerate(lines[1:], 1):
            count += 1
            is_last = index == last and place == len(lines) - 1
            if is_last:
                kept.append("")
                continue
            body = line.lstrip(" \t")
            width = len(line) - len(body)
            if width >= indentation:
                kept.append(line[indentation:])
            else:
                whole = index == last or place < len(lines) - 1
                blank = whole and body in ("", "\r")
                if not blank and outdented is None:
                    outdented = count
                kept.append(body)
        out.append("\n".join(kept))
    return out, outdented

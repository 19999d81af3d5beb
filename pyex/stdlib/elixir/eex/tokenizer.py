"""Reading a template: a text with `<% %>` tags becomes tokens, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from pyex.code.evaluation import report
from pyex.compiler.diagnostics import Diagnostic
from pyex.terms.errors import ElixirError, elixir_error

Kind = Literal["text", "expr", "start_expr", "middle_expr", "end_expr", "comment", "eof"]

_TAG: Final = re.compile(r"<%(?:(?P<quoted>%)|(?P<comment>!--)|(?P<old>#)|(?P<marker>[=/|]?))")
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\r?\n)+")
_BLANK: Final = re.compile(r"[ \t]*")
_BEFORE: Final = re.compile(r"(?:\r?\n[ \t]*)+\Z")
_WORDS: Final = re.compile(
    r"""
    "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | \?\\?. | \#[^\n]*      # what holds no words of the language
    | (?:::|[@:.])?[^\W\d]\w*[?!]?(?::(?!:))?                       # a word, with what makes an atom or a key of it
    | -> | \S
    """,
    re.DOTALL | re.VERBOSE,
)
_MIDDLE: Final = frozenset(("else", "rescue", "catch", "after"))
DEPRECATED: Final = "<%# is deprecated, use <%!-- or add a space between <% and # instead"


@dataclass(slots=True)
class Token:
    """A piece of a template. `marker` is what stands behind `<%`: nothing, `=`, `/` or `|`."""

    kind: Kind
    text: str
    line: int
    column: int
    marker: str = ""


@dataclass(slots=True)
class Source:
    """A template with the name of its file, and the place at which it begins."""

    text: str
    file: str = "nofile"
    line: int = 1
    indentation: int = 0
    trim: bool = False

    def snippet(self, line: int, column: int) -> str | None:
        """Return the source up to a place with a mark below it, as messages end; None where there is no such line."""
        lines = self.text.split("\n")
        if not 1 <= line <= len(lines):
            return None
        width = len(str(line))
        margin = " " * width
        shown = [f"{number:>{width}} | {lines[number - 1]}" for number in (line - 1, line) if number > 0]
        return "\n".join(["", f"{margin} |", *shown, f"{margin} | {' ' * (column - 1)}^"])

    def error(self, message: str, line: int, column: int) -> ElixirError:
        """Return the EEx.SyntaxError of a place, its source in a field of its own."""
        snippet = self.snippet(line, column)
        return elixir_error(
            "EEx.SyntaxError", file=self.file, line=line, column=column, snippet=snippet, message=message
        )

    def warn(self, message: str, line: int, column: int | None = None) -> None:
        """Report a warning about a place."""
        where = "" if column is not None else "(file)"
        report(Diagnostic("warning", message, self.file, line, column, where=where))


def tokenize(source: Source) -> list[Token]:
    """Return the tokens of a template, the end among them. Raises EEx.SyntaxError for a tag that is not closed."""
    return _Reader(source).read()


class _Reader:
    __slots__ = ("begin", "buffer", "column", "line", "offset", "source", "text", "tokens")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.offset = 0
        self.line = source.line
        self.column = 1 + source.indentation
        self.buffer = ""
        self.begin = (self.line, self.column)
        self.tokens: list[Token] = []

    def read(self) -> list[Token]:
        while True:
            found = _TAG.search(self.text, self.offset)
            self._take(self.text[self.offset : found.start() if found else len(self.text)])
            if found is None:
                break
            if found["quoted"]:
                self._take("<%")
                self._advance("%")
                self.offset = found.end()
                continue
            self._tag(found)
        self._flush(before_tag=False)
        self.tokens.append(Token("eof", "", self.line, self.column))
        return self.tokens

    def _take(self, text: str) -> None:
        """Move over text that is printed as it stands."""
        self.buffer += text
        self._advance(text)
        self.offset += len(text)

    def _advance(self, text: str) -> None:
        breaks = text.count("\n")
        self.line += breaks
        if breaks:
            self.column = 1 + self.source.indentation
        self.column += len(text) - text.rfind("\n") - 1

    def _flush(self, *, before_tag: bool) -> None:
        text = self.buffer
        if before_tag and self.source.trim:
            if not self.tokens and self.begin == (self.source.line, 1 + self.source.indentation) and not text.strip():
                text = ""
            else:
                text = _BEFORE.sub("\n", text)
        if text:
            self.tokens.append(Token("text", text, *self.begin))
        self.buffer = ""

    def _tag(self, found: re.Match[str]) -> None:
        closing = "--%>" if found["comment"] else "%>"
        stop = self.text.find(closing, found.end())
        line, column = self.line, self.column
        if found["old"]:
            self.source.warn(DEPRECATED, line)
        if stop < 0:
            message = f"expected closing '{closing}' for EEx expression{self.source.snippet(line, column) or ''}"
            raise elixir_error(
                "EEx.SyntaxError", file=self.source.file, line=line, column=column, snippet=None, message=message
            )
        self._flush(before_tag=True)
        inner = self.text[found.end() : stop]
        marker = found["marker"] or ""
        if found["comment"]:
            self.tokens.append(Token("comment", inner, line, column))
        elif not found["old"]:
            kind = kind_of(inner)
            if kind in ("middle_expr", "end_expr") and marker:
                tag = f"<%{marker}{inner}%>"
                self.source.warn(
                    f'unexpected beginning of EEx tag "<%{marker}" on "{tag}", please remove "{marker}"', line, column
                )
                marker = ""
            self.tokens.append(Token(kind, inner, line, column, marker))
        end = stop + len(closing)
        self._advance(self.text[found.start() : end])
        self.offset = end
        self.begin = (self.line, self.column)
        if self.source.trim:
            self._trim()

    def _trim(self) -> None:
        """Pass over the blank rest of the line after a tag and the blank lines below, but for the last line break."""
        found = _BLANK_LINES.match(self.text, self.offset)
        end = found.end() if found else self.offset
        blank = _BLANK.match(self.text, end)
        if blank is not None and blank.end() == len(self.text):
            self._advance(self.text[self.offset :])
            self.begin = (self.line, self.column)
            self.offset = len(self.text)
        elif found:
            cut = end - 2 if self.text[end - 2 : end] == "\r\n" else end - 1
            self._advance(self.text[self.offset : cut])
            self.begin = (self.line, self.column)
            self.offset = end
            self.buffer = "\n"
            self._advance("\n")


def kind_of(expression: str) -> Kind:
    """Tell whether an expression stands alone, opens a block, goes on with one or ends it."""
    words = [word for word in _WORDS.findall(expression) if not word.startswith("#")]
    if not words:
        return "expr"
    opens = words[-1] == "do" or (words[-1] == "->" and _has_open_function(words))
    if words[0] in _MIDDLE or (words[0] == "end" and opens):
        return "middle_expr"
    if opens:
        return "start_expr"
    if words[0] == "end":
        return "end_expr"
    return "middle_expr" if words[-1] == "->" else "expr"


def _has_open_function(words: list[str]) -> bool:
    for word in reversed(words):
        if word in ("fn", "end"):
            return word == "fn"
    return False


def as_term(token: Token) -> Any:
    """Return a token as `EEx.tokenize/2` shows it."""
    from pyex.terms.atoms import atom
    from pyex.terms.lists import from_iterable
    from pyex.terms.maps import Map

    meta = Map.from_pairs([(atom.line, token.line), (atom.column, token.column)])
    kind = atom(token.kind)
    if token.kind == "eof":
        return (kind, meta)
    text = from_iterable(map(ord, token.text))
    if token.kind in ("text", "comment"):
        return (kind, text, meta)
    return (kind, from_iterable(map(ord, token.marker)), text, meta)

"""Elixir's tokens: exact to the character, for the parser that explains errors.

A token is `(kind, value, line, column, extra)`. Kinds are named as in Elixir's grammar:
`identifier`, `paren_identifier` (an opening parenthesis follows), `bracket_identifier`, `op_identifier`
(`foo -1`), `do_identifier`, `kw_identifier`, `alias`, `int`, `dual_op` and so on; punctuation is its own kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from pyex.syntax import quotes
from pyex.syntax.brackets import Brackets, Token, UnknownAtom
from pyex.syntax.errors import Fault
from pyex.syntax.strings import SIMPLE
from pyex.syntax.tokens import (
    ATOM_OPERATORS,
    ATOMS,
    KEYWORDS,
    KINDS,
    NOT_IN,
    OPERATORS,
    PREFIX_ONLY,
    alternatives,
)
from pyex.terms.atoms import Atom

_NAME: Final = r"[^\W\dA-Z]\w*[?!]?"
_PATTERN: Final = re.compile(
    r"[ \t]*(?:"
    rf"(?P<name>[a-z_][A-Za-z0-9_]*+(?![^\x00-\x7f])[?!]?)"
    r"|(?P<eol>\r?\n)"
    r"|(?P<comment>#[^\n]*)"
    r"|(?P<number>0x[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*|0b[01]+(?:_[01]+)*|0o[0-7]+(?:_[0-7]+)*"
    r"|[0-9]+(?:_[0-9]+)*(?:\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?)?)"
    r"|(?P<alias>[A-Z]\w*[?!]?)"
    rf'|(?P<heredoc>"""|\'\'\')|(?P<quote>["\'])'
    rf'|(?P<quoted_atom>:["\'])|(?P<atom>:(?:[^\W\d][\w@]*[?!]?|{alternatives(ATOM_OPERATORS)}))'
    r"|(?P<char>\?(?:\\.|.))"
    r"|(?P<sigil>~[A-Za-z])"
    rf"|(?P<op_keyword>(?:{alternatives([*OPERATORS, '..//', '<<>>', '%{}', '{}', '%', '.'])}):(?=\s))"
    rf"|(?P<map>%\{{|%(?!\s*\{{)|%)|(?P<open>[(\[{{]|<<(?![<~]))|(?P<close>[)\]}}]|>>(?!>))"
    rf"|(?P<op>{alternatives(OPERATORS)})"
    r"|(?P<comma>,)|(?P<semicolon>;)|(?P<dot>\.)|(?P<unicode>[^\W\d][\w\u0300-\u036f\u200c\u200d]*[?!]?)|(?P<end>\Z)|(?P<other>.))",
    re.DOTALL,
)
MICRO: Final = "\u00b5"
"""The micro sign, which Elixir reads as the Greek letter."""
_PLAIN_FOLLOWERS: Final = frozenset(" ,)]}|.\n")
"""What most names have behind them, and what says nothing about the name."""
_SPACE_SENSITIVE: Final = frozenset(" \t\r\n/>")


class Tokenizer(Brackets):
    """Reads the tokens of a source; an interpolation is read by the same tokenizer in a fresh state."""

    def read(self, start: int = 0, until: str = "") -> int:
        """Read tokens from an offset to the end of the text, or to the `}` that closes an interpolation."""
        match = _PATTERN.match
        text = self.text
        handlers = _HANDLERS
        offset = begin = start
        try:
            while True:
                found = match(text, offset)
                kind = found.lastgroup  # type: ignore[union-attr]  # the last alternative matches anything
                begin, stop = found.span(kind)  # type: ignore[union-attr,arg-type]
                if kind == "end":
                    self._check_closed(begin)
                    return begin
                if until and kind == "close" and not self.open and text[begin] == "}":
                    return begin
                offset = handlers[kind](self, begin, stop, offset)  # type: ignore[index]
        except UnknownAtom as unknown:
            raise self.fail(begin, "unsafe atom does not exist: ", str(unknown)) from None

    def new_line(self, start: int, stop: int) -> None:
        """Count the line breaks between two offsets."""
        count = self.text.count("\n", start, stop)
        if count:
            self.line += count
            self.line_start = self.text.rfind("\n", start, stop) + 1

    # Line breaks and separators

    def _eol(self, begin: int, stop: int, before: int) -> int:
        tokens = self.tokens
        if not tokens or tokens[-1][0] not in ("eol", ",", ";", "."):
            tokens.append(("eol", "\n", self.line, self.column(begin), None))
        self.line += 1
        self.line_start = stop
        return stop

    def _comment(self, begin: int, stop: int, before: int) -> int:
        """A comment ends its line where it begins."""
        self.comments.append(self._comment_at(begin, stop))
        if self.text[stop : stop + 1] == "\n":
            return self._eol(begin, stop + 1, before)
        return stop

    def _semicolon(self, begin: int, stop: int, before: int) -> int:
        tokens = self.tokens
        token = (";", Atom(";"), self.line, self.column(begin), None)
        if tokens and tokens[-1][0] == ";":
            raise self.unexpected(begin)
        tokens.append(token)
        return stop

    def _comma(self, begin: int, stop: int, before: int) -> int:
        self.tokens.append((",", ATOMS[","], self.line, begin - self.line_start + self.base, None))
        return stop

    def _dot(self, begin: int, stop: int, before: int) -> int:
        self.push_operator((".", Atom("."), self.line, self.column(begin), None))
        return self._after_dot(stop)

    def _after_dot(self, offset: int) -> int:
        """Read an operator or a quoted name that stands right of a dot."""
        found = _AFTER_DOT.match(self.text, offset)
        if found is None:
            return offset
        begin = found.end() - len(found.group(1))
        name = found.group(1)
        if name in ('"', "'"):
            return self._quoted_call(begin, found.end())
        self.tokens.append(self._call_kind(found.end(), ATOMS[name], begin, found.end(), offset))
        return found.end()

    # Names

    def _name(self, begin: int, stop: int, before: int) -> int:
        text = self.text
        name = text[begin:stop]
        if not name.isascii():
            name = unicodedata.normalize("NFC", name).replace(MICRO, "\u03bc")
        column = begin - self.line_start + self.base
        follower = text[stop : stop + 1]
        tokens = self.tokens
        if follower in _PLAIN_FOLLOWERS and name not in KEYWORDS and len(name) < 256:
            tokens.append(("identifier", self.atom(name), self.line, column, None))
            return stop
        if follower == "@":
            name, stop = self._with_at(begin, "identifier")
            follower = ":"
        if follower == ":" and text[stop + 1 : stop + 2] != ":":
            after = text[stop + 1 : stop + 2]
            if after and after.isspace():
                tokens.append(("kw_identifier", self.atom(name), self.line, column, None))
                return stop + 1
            if after:
                raise self.fail(begin, "keyword argument must be followed by space after: ", name + ":")
        if len(name) > 255:
            raise self.fail(begin, "atom length must be less than system limit: ", name)
        if name in KEYWORDS and not (tokens and tokens[-1][0] == "."):
            self._keyword(name, begin)
            return stop
        if follower == "(":
            kind = "paren_identifier"
        elif follower == "[":
            kind = "bracket_identifier"
        else:
            kind = "identifier"
        if name[-1] in "!?" and follower == "=":
            self._warn_of_equals("identifier", name, column)
        tokens.append((kind, self.atom(name), self.line, column, None))
        return stop

    def _warn_of_equals(self, what: str, name: str, column: int) -> None:
        mark = name[-1]
        values = (what, name, mark, name[:-1], mark, name, mark)
        self.warn(self.line, column, quotes.BANG_EQUALS % values)

    def _with_at(self, begin: int, kind: str) -> tuple[str, int]:
        """Return a name that has an `@` in it, which only a keyword may have."""
        found = _AT_NAME.match(self.text, begin)
        name = found.group() if found is not None else ""
        stop = begin + len(name)
        if self.text[stop : stop + 1] != ":":
            message = f'invalid character "@" (code point U+0040) in {kind}: '
            raise self.fail(begin, message, name)
        return name, stop

    def _call_kind(self, stop: int, value: Any, begin: int, end: int, before: int) -> Token:
        follower = self.text[stop : stop + 1]
        kind = {"(": "paren_identifier", "[": "bracket_identifier"}.get(follower, "identifier")
        return kind, value, self.line, self.column(begin), None

    def _unicode(self, begin: int, stop: int, before: int) -> int:
        name = self.text[begin:stop]
        if name[0].isupper() or name[0].istitle():
            raise self.unexpected(begin)
        for index, char in enumerate(name):
            if unicodedata.normalize("NFKC", char) != char and char != MICRO:
                raise self.incompatible(begin, begin + index)
        return self._name(begin, stop, before)

    def _alias(self, begin: int, stop: int, before: int) -> int:
        text = self.text
        name = text[begin:stop]
        follower = text[stop : stop + 1]
        if follower == "@":
            name, stop = self._with_at(begin, "alias")
            follower = ":"
        if follower == ":" and text[stop + 1 : stop + 2] != ":":
            after = text[stop + 1 : stop + 2]
            if after and after.isspace():
                self.tokens.append(("kw_identifier", self.atom(name), self.line, self.column(begin), None))
                return stop + 1
            if after:
                raise self.fail(begin, "keyword argument must be followed by space after: ", name + ":")
        for char in name:
            if not (char.isalnum() or char == "_") or char > "\x7f":
                message = (
                    f'invalid character "{char}" (code point U+{ord(char):04X}) in alias '
                    "(only ASCII characters, without punctuation, are allowed): "
                )
                raise self.fail(begin, message, name)
        found = _SPACED_PAREN.match(text, stop)
        if found is not None:
            raise self.fail(found.end() - 1, quotes.ALIAS_CALL % name, "(")
        self.tokens.append(("alias", self.atom(name), self.line, self.column(begin), None))
        return stop

    def _keyword(self, name: str, begin: int) -> None:
        """A reserved word, which may open or close a block."""
        tokens = self.tokens
        column = self.column(begin)
        kind = KEYWORDS[name]
        if kind.endswith("_op") and _SLASH.match(self.text, begin + len(name)):
            kind = "identifier"
        token = (kind, ATOMS[name], self.line, column, None)
        if kind == "do":
            if tokens and tokens[-1][0] in (",", ";", "fn"):
                hint = quotes.DO_AFTER_FN if tokens[-1][0] == "fn" else quotes.MISPLACED_DO
                raise Fault(self.line, column, "unexpected reserved word: ", "do", hint)
            if tokens and tokens[-1][0] == "identifier":
                tokens[-1] = ("do_identifier", *tokens[-1][1:])
            self._opened("do", column)
            self.push_operator(token)
        elif kind == "fn":
            self._opened("fn", column)
            tokens.append(token)
        elif kind == "end":
            self._closed("end", column)
            tokens.append(token)
        elif kind == "block_identifier" and not (self.open and self.open[-1][0] == "do"):
            tokens.append(("misplaced", ATOMS[name], self.line, column, None))
        elif name == "in" and tokens and tokens[-1][0] == "unary_op" and tokens[-1][1] is ATOMS["not"]:
            not_token = tokens.pop()
            self.push_operator(("in_op", NOT_IN, not_token[2], not_token[3], (self.line, column)))
        elif kind.endswith("_op") and kind != "unary_op":
            self.push_operator(token)
        else:
            tokens.append(token)

    def push_operator(self, token: Token) -> None:
        """Add a binary operator: a line break before it does not count."""
        tokens = self.tokens
        if tokens and tokens[-1][0] == "eol":
            self.broken[token[2], token[3]] = tokens.pop()[2]
        tokens.append(token)

    # Literals

    def _number(self, begin: int, stop: int, before: int) -> int:
        text = self.text
        digits = text[begin:stop]
        follower = text[stop : stop + 1]
        if (
            follower
            and (follower == "_" or (follower.isascii() and follower.isalpha()))
            and digits[1:2] not in ("x", "b", "o")
        ):
            raise self.fail(begin, quotes.AFTER_NUMBER % (follower, digits), follower)
        tokens = self.tokens
        column = self.column(begin)
        kind = "flt" if "." in digits else "int"
        tokens.append((kind, digits, self.line, column, None))
        return stop

    def _char(self, begin: int, stop: int, before: int) -> int:
        text = self.text[begin:stop]
        if len(text) == 3:
            self._check_char_escape(text[2], begin)
            value = ord(SIMPLE.get(text[2], text[2]))
        else:
            value = ord(text[1])
            if text[1] in quotes.CHAR_ESCAPES:
                name, escape = quotes.CHAR_ESCAPES[text[1]]
                self.warn(
                    self.line,
                    self.column(begin),
                    f"found ? followed by code point 0x{value:X} ({name}), please use ?{escape} instead",
                )
        self.tokens.append(("char", value, self.line, self.column(begin), text))
        return stop  # Elixir does not count the line break of `?` before one, either

    def _check_char_escape(self, char: str, begin: int) -> None:
        if char not in SIMPLE and char != "\\" and char.isalnum():
            message = f"unknown escape sequence ?\\{char}, use ?{char} instead"
            self.warn(self.line, self.column(begin), message)

    def _atom(self, begin: int, stop: int, before: int) -> int:
        name = self.text[begin + 1 : stop]
        if len(name) > 255:
            raise self.fail(begin, "atom length must be less than system limit: ", name)
        if name == "::":
            self.warn(self.line, self.column(begin), quotes.TYPE_ATOM)
        elif name[-1] in "!?" and name[0].isalpha() and self.text[stop : stop + 1] == "=":
            self._warn_of_equals("atom", ":" + name, self.column(begin))
        self.tokens.append(("atom", self.atom(name), self.line, self.column(begin), None))
        return stop

    def _quoted_atom(self, begin: int, stop: int, before: int) -> int:
        line, column = self.line, self.column(begin)
        parts, end = quotes.read_quoted(self, stop, self.text[stop - 1], "atom", stop - 1)
        self._quoted_name("atom", parts, line, column, self.text[stop - 1])
        return end

    def _quoted_name(self, kind: str, parts: list[Any], line: int, column: int, quote: str) -> None:
        if quotes.is_plain(parts):
            name = str(parts[0]) if parts else ""
            if quotes.needs_no_quotes(name):
                self.warn(line, column, quotes.NO_QUOTES[kind] % name)
            token = (f"{kind}_identifier" if kind == "kw" else "atom", self.atom(name), line, column, quote)
            self.tokens.append(token)
        else:
            self.tokens.append((f"{kind}_unsafe", parts, line, column, quote))

    def _quote(self, begin: int, stop: int, before: int) -> int:
        if self.tokens and self.tokens[-1][0] == ".":
            return self._quoted_call(begin, stop)
        line, column = self.line, self.column(begin)
        quote = self.text[begin]
        parts, end = quotes.read_quoted(self, stop, quote, "string", begin)
        if self.text[end : end + 1] == ":" and self.text[end + 1 : end + 2].isspace():
            self._quoted_name("kw", parts, line, column, quote)
            return end + 1
        if quote == "'":
            self.warn(line, column, quotes.CHARLIST_QUOTES)
        self.tokens.append(("bin_string" if quote == '"' else "list_string", parts, line, column, None))
        return end

    def _quoted_call(self, begin: int, stop: int) -> int:
        line, column = self.line, self.column(begin)
        parts, end = quotes.read_quoted(self, stop, self.text[begin], "function name", begin)
        if not quotes.is_plain(parts):
            raise Fault(line, column, quotes.CALL_INTERPOLATION, '"')
        name = str(parts[0]) if parts else ""
        if quotes.needs_no_quotes(name):
            self.warn(line, column, quotes.NO_QUOTES["call"] % name)
        kind = {"(": "paren_identifier", "[": "bracket_identifier"}.get(self.text[end : end + 1], "identifier")
        self.tokens.append((kind, self.atom(name), line, column, self.text[begin]))
        return end

    def _heredoc(self, begin: int, stop: int, before: int) -> int:
        if self.tokens and self.tokens[-1][0] == ".":
            return self._quoted_call(begin, begin + 1)
        line, column = self.line, self.column(begin)
        quote = self.text[begin:stop]
        parts, end, indentation = quotes.read_heredoc(self, stop, quote, begin)
        if quote == "'''":
            self.warn(line, column, quotes.CHARLIST_HEREDOC)
        kind = "bin_heredoc" if quote == '"""' else "list_heredoc"
        self.tokens.append((kind, parts, line, column, indentation))
        return end

    def _sigil(self, begin: int, stop: int, before: int) -> int:
        token, end = quotes.read_sigil(self, begin)
        if token is not None:
            self.tokens.append(token)
        return end

    # Operators and brackets

    def _op(self, begin: int, stop: int, before: int) -> int:
        text = self.text
        name = text[begin:stop]
        kind = KINDS[name]
        tokens = self.tokens
        if tokens and tokens[-1][0] == ".":  # on the line below its dot
            tokens.append(self._call_kind(stop, ATOMS[name], begin, stop, before))
            return stop
        if _SLASH.match(text, stop) and not (name == "&" and text.startswith("//", stop)):
            if name == ".." and text.startswith("//", stop):
                raise self.unexpected(begin)
            if name == "//":
                name, stop = "/", begin + 1
            tokens.append(("identifier", ATOMS[name], self.line, self.column(begin), None))
            return stop
        if name == "//" and tokens and tokens[-1][0] == "capture_op":
            tokens.append(("identifier", ATOMS["/"], self.line, self.column(begin), None))
            return begin + 1
        token = (kind, ATOMS[name], self.line, self.column(begin), None)
        if kind == "dual_op":
            follower = text[stop : stop + 1]
            if begin > before and tokens and tokens[-1][0] == "identifier" and follower not in _SPACE_SENSITIVE:
                tokens[-1] = ("op_identifier", *tokens[-1][1:])
            tokens.append(token)
        elif kind == "capture_op":
            tokens.append(token)
            found = _CAPTURE_INTEGER.match(text, stop)
            if found is not None:
                tokens[-1] = ("capture_int", ATOMS["&"], self.line, self.column(begin), None)
        elif kind in PREFIX_ONLY:
            tokens.append(token)
        else:
            if name == "^^^":
                self.warn(self.line, self.column(begin), quotes.XOR)
            elif name == "~~~":
                self.warn(self.line, self.column(begin), quotes.TILDES)
            self.push_operator(token)
        return stop

    def _op_keyword(self, begin: int, stop: int, before: int) -> int:
        name = self.text[begin : stop - 1]
        self.tokens.append(("kw_identifier", ATOMS[name], self.line, self.column(begin), None))
        return stop

    def _map(self, begin: int, stop: int, before: int) -> int:
        column = self.column(begin)
        if stop - begin == 2:
            self.tokens.append(("%{}", ATOMS["%{}"], self.line, column, None))
            self._opened("{", column)
            self.tokens.append(("{", ATOMS["{}"], self.line, column + 1, None))
            return stop
        if self.text[stop : stop + 1] in ("(", "["):
            raise self.fail(begin, quotes.EXPECTED_MAP, self.text[begin : stop + 1])
        found = _SPACED_BRACE.match(self.text, stop)
        if found is not None:
            raise self.fail(found.end() - 1, quotes.SPACED_MAP, "{")
        self.tokens.append(("%", ATOMS["%"], self.line, column, None))
        return stop

    def _open(self, begin: int, stop: int, before: int) -> int:
        bracket = self.text[begin:stop]
        column = self.column(begin)
        self._opened(bracket, column)
        self.tokens.append((bracket, ATOMS[bracket], self.line, column, None))
        return stop

    def _close(self, begin: int, stop: int, before: int) -> int:
        bracket = self.text[begin:stop]
        column = self.column(begin)
        self._closed(bracket, column)
        self.tokens.append((bracket, ATOMS[bracket], self.line, column, None))
        return stop

    # What is no token

    def _other(self, begin: int, stop: int, before: int) -> int:
        if self.text[begin] == "\\":
            if begin + 1 == len(self.text):
                raise Fault(self.line, self.column(begin), "invalid escape \\ at end of file", missing=True)
            if self.text.startswith(("\n", "\r\n"), begin + 1):
                end = self.text.index("\n", begin) + 1
                self.new_line(begin, end)
                return end
        if unicodedata.normalize("NFKC", self.text[begin]) != self.text[begin]:
            name = _NAME_BEFORE.search(self.text, self.line_start, begin)
            raise self.incompatible(begin if name is None else name.start(), begin)
        raise self.unexpected(begin)


_AFTER_DOT: Final = re.compile(
    rf'[ \t]*(["\']|(?:{alternatives([name for name in OPERATORS if name not in ("->", "=>")])})(?!=>))'
)
_CAPTURE_INTEGER: Final = re.compile(r"[ \t]*\d")
_SPACED_BRACE: Final = re.compile(r"[ \t]*\{")
_NAME_BEFORE: Final = re.compile(r"[^\W\d]\w*\Z")
_SPACED_PAREN: Final = re.compile(r"[ \t]*\(")
_AT_NAME: Final = re.compile(r"[\w@]+[?!]?")
_SLASH: Final = re.compile(r"[ \t]*/")
_HANDLERS: Final[dict[str, Callable[[Tokenizer, int, int, int], int]]] = {
    "name": Tokenizer._name,
    "unicode": Tokenizer._unicode,
    "eol": Tokenizer._eol,
    "comment": Tokenizer._comment,
    "number": Tokenizer._number,
    "alias": Tokenizer._alias,
    "heredoc": Tokenizer._heredoc,
    "quote": Tokenizer._quote,
    "quoted_atom": Tokenizer._quoted_atom,
    "atom": Tokenizer._atom,
    "char": Tokenizer._char,
    "sigil": Tokenizer._sigil,
    "op_keyword": Tokenizer._op_keyword,
    "map": Tokenizer._map,
    "open": Tokenizer._open,
    "close": Tokenizer._close,
    "op": Tokenizer._op,
    "comma": Tokenizer._comma,
    "semicolon": Tokenizer._semicolon,
    "dot": Tokenizer._dot,
    "other": Tokenizer._other,
}
"""What reads each group of the pattern: (tokenizer, start, end, offset before the blanks) -> next offset."""

"""Strings, charlists, heredocs, sigils and quoted names as the tokenizer reads them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyex.syntax.errors import Fault
from pyex.syntax.strings import InvalidEscape, keep_escapes, strip_indentation, unescape

if TYPE_CHECKING:
    from pyex.syntax.brackets import Token
    from pyex.syntax.tokenizer import Tokenizer

CHARLIST_HEREDOC: Final = (
    "single-quoted string represent charlists. Use ~c''' if you indeed want a charlist or use \"\"\" instead"
)
CHARLIST_QUOTES: Final = (
    'using single-quoted strings to represent charlists is deprecated.\nUse ~c"" if you indeed want a charlist or '
    'use "" instead.\nYou may run "mix format --migrate" to change all single-quoted\nstrings to use the ~c sigil '
    "and fix this warning."
)
NO_QUOTES: Final = {
    "atom": 'found quoted atom "%s" but the quotes are not required. Atoms made exclusively of ASCII letters, numbers, '
    "underscores, beginning with a letter or underscore, and optionally ending with ! or ? do not require quotes",
    "kw": 'found quoted keyword "%s" but the quotes are not required. Note that keywords are always atoms, even when '
    "quoted. Similar to atoms, keywords made exclusively of ASCII letters, numbers, and underscores and not beginning "
    "with a number do not require quotes",
    "call": 'found quoted call "%s" but the quotes are not required. Calls made exclusively of Unicode letters, '
    "numbers, and underscores and not beginning with a number do not require quotes",
}
CALL_INTERPOLATION: Final = (
    "interpolation is not allowed when calling function/macro. Found interpolation in a call starting with: "
)
XOR: Final = (
    "^^^ is deprecated. It is typically used as xor but it has the wrong precedence, use Bitwise.bxor/2 instead"
)
TILDES: Final = "~~~ is deprecated. Use Bitwise.bnot/1 instead for clarity"
EXPECTED_MAP: Final = "expected %{ to define a map, got: "
SPACED_MAP: Final = (
    "unexpected space between % and {\n\nIf you want to define a map, write %%{...}, with no spaces.\n"
    "If you want to define a struct, write %%StructName{...}.\n\nSyntax error before: "
).replace("%%", "%")
ALIAS_CALL: Final = (
    "unexpected ( after alias %s. Function names and identifiers in Elixir start with lowercase characters or "
    "underscore. For example:\n\n    hello_world()\n    _starting_with_underscore()\n    numb3rs_are_allowed()\n"
    "    may_finish_with_question_mark?()\n    may_finish_with_exclamation_mark!()\n\nUnexpected token: "
)
AFTER_NUMBER: Final = (
    'invalid character "%s" after number %s. If you intended to write a number, make sure to separate the number from '
    "the character (using comma, space, etc). If you meant to write a function name or a variable, note that "
    "identifiers in Elixir cannot start with numbers. Unexpected token: "
)
BAD_SIGIL: Final = (
    "invalid sigil name, it should be either a one-letter lowercase letter or an uppercase letter optionally followed "
    "by uppercase letters and digits, got: "
)
OUTDENTED: Final = (
    "outdented heredoc line. The contents inside the heredoc should be indented at the same level as the closing "
    '%s. The following is forbidden:\n\n    def text do\n      """\n    contents\n      """\n    end\n\n'
    'Instead make sure the contents are indented as much as the heredoc closing:\n\n    def text do\n      """\n'
    '      contents\n      """\n    end\n\nThe current heredoc line is indented too little'
)
CHAR_ESCAPES: Final = {
    "\0": ("null byte", "\\0"),
    "\a": ("alert", "\\a"),
    "\b": ("backspace", "\\b"),
    "\t": ("tab", "\\t"),
    "\n": ("newline", "\\n"),
    "\v": ("vertical tab", "\\v"),
    "\f": ("form feed", "\\f"),
    "\r": ("carriage return", "\\r"),
    "\x1b": ("escape", "\\e"),
    " ": ("space", "\\s"),
    "\x7f": ("delete", "\\d"),
}
CHARACTER_NAMES: Final = {char: name for char, (name, _) in CHAR_ESCAPES.items() if char not in "\n\t "}
BANG_EQUALS: Final = (
    'found %s "%s", ending with "%s", followed by =. It is unclear if you mean "%s %s=" or "%s =". Please add a space '
    "before or after %s to remove the ambiguity"
)
TYPE_ATOM: Final = 'atom ::: must be written between quotes, as in :"::", to avoid ambiguity'
ESCAPED_CLOSING: Final = (
    "using \\%s to escape the closing of an uppercase sigil is deprecated, please use another delimiter or a lowercase "
    "sigil instead"
)
MISPLACED_DO: Final = (
    '. In case you wanted to write a "do" expression, you must either use do-blocks or separate the keyword argument '
    "with comma. For example, you should either write:\n\n    if some_condition? do\n      :this\n    else\n"
    "      :that\n    end\n\nor the equivalent construct:\n\n    if(some_condition?, do: :this, else: :that)\n\n"
    'where "some_condition?" is the first argument and the second argument is a keyword list.\n\n'
    'You may see this error if you forget a trailing comma before the "do" in a "do" block'
)
DO_AFTER_FN: Final = (
    '. Anonymous functions are written as:\n\n    fn pattern -> expression end\n\nPlease remove the "do" keyword'
)
SIGIL_CLOSING: Final = {"(": ")", "[": "]", "{": "}", "<": ">", "/": "/", "|": "|", '"': '"', "'": "'"}
_SIGIL: Final = re.compile(r"~([a-z](?![a-z])|[A-Z][A-Z0-9]*)(?![A-Za-z0-9])")
_MODIFIERS: Final = re.compile(r"[a-zA-Z0-9]*")
_PLAIN_NAME: Final = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*[?!]?\Z")
_HEREDOC_HEAD: Final = re.compile(r"[ \t]*\r?(?=\n)")


class Quoted(NamedTuple):
    """A quoted text that is being read: where it begins, its quotes, and what an error calls it."""

    line: int
    column: int
    opening: str
    wanted: str
    what: str


def needs_no_quotes(name: str) -> bool:
    """Tell whether a quoted name could stand without its quotes; of names in capitals Elixir does not say so."""
    return _PLAIN_NAME.match(name) is not None and not name[0].isupper()


def incompatible(name: str) -> str:
    """Return the message about a name whose last character only looks like one of a name."""
    return (
        "unexpected token: Elixir expects unquoted Unicode atoms, variables, and calls to use allowed codepoints and to be "
        f"in NFC form.\n\nGot:\n\n    {_described(name)}\n\nHint: You could write the above in a compatible format that "
        f"is accepted by Elixir:\n\n    {_described(unicodedata.normalize('NFKC', name))}\n\n"
        "See https://hexdocs.pm/elixir/unicode-syntax.html for more information."
    )


def _described(name: str) -> str:
    points = " ".join(f"0x{ord(char):05X}" for char in name)
    return f'"{name}" (code points {points})'


def is_plain(parts: list[Any]) -> bool:
    """Tell whether a quoted text has no interpolation."""
    return not parts or (len(parts) == 1 and type(parts[0]) is not tuple)


def _interpolation(lexer: Tokenizer, hash_at: int, quoted: Quoted) -> tuple[Any, int]:
    """Read `#{…}`; returns the part `(line, column, tokens, end line, end column)` and the offset behind it."""
    line, column = lexer.line, lexer.column(hash_at)
    line_end = _end_of_line(lexer.text, hash_at)
    end_column = lexer.column(line_end)
    outer = lexer.tokens, lexer.open
    lexer.tokens, lexer.open = [], []
    end = lexer.read(hash_at + 2, until="}")
    if end >= len(lexer.text):
        fault = _unterminated(lexer, quoted, 'missing interpolation terminator: "}"')
        fault.end_line, fault.end_column = line, end_column  # the end of the line with the `#{`
        raise fault
    tokens = lexer.tokens
    lexer.tokens, lexer.open = outer
    return (line, column, tokens, lexer.line, lexer.column(end)), end + 1


def _read_pieces(
    lexer: Tokenizer, start: int, quoted: Quoted, closing: re.Pattern[str], interpolates: bool, closers: str = ""
) -> tuple[list[str], list[Any], re.Match[str] | None]:
    """Read raw texts and interpolations up to where `closing` matches; None when it never does."""
    text = lexer.text
    texts: list[str] = []
    holes: list[Any] = []
    offset = piece = start
    while True:
        found = closing.search(text, offset)
        if found is None:
            return texts, holes, None
        what = found.group(1)
        if what is None:
            lexer.new_line(piece, found.start())
            texts.append(text[piece : found.start()])
            return texts, holes, found
        if what == "#{" and interpolates:
            lexer.new_line(piece, found.start())
            texts.append(text[piece : found.start()])
            hole, offset = _interpolation(lexer, found.start(), quoted)
            holes.append(hole)
            piece = offset
        elif what[0] == "\\":
            if not interpolates and len(what) == 2 and what[1] in closers:
                row = text.count("\n", piece, found.start())
                line_start = lexer.line_start if not row else text.rfind("\n", 0, found.start()) + 1
                lexer.warn(lexer.line + row, found.start() - line_start + lexer.base, ESCAPED_CLOSING % what[1])
            offset = found.end()
        else:
            offset = found.end()


_STRING_END: Final = {
    quote: re.compile(rf"(\\.|#\{{)|{re.escape(quote)}", re.DOTALL) for quote in SIGIL_CLOSING.values()
}


def _unterminated(lexer: Tokenizer, quoted: Quoted, message: str = "") -> Fault:
    """Return the error of a quoted text that the text's end cuts off."""
    line, column, opening, wanted, what = quoted
    text = lexer.text
    return Fault(
        line,
        column,
        f"{message or 'missing terminator: ' + wanted} (for {what} starting at line {line})",
        missing=True,
        opening=opening,
        expected=wanted,
        end_line=lexer.source.line + text.count("\n"),
        end_column=len(text) - (text.rfind("\n") + 1) + lexer.base,
    )


def read_quoted(lexer: Tokenizer, start: int, quote: str, what: str, open_at: int) -> tuple[list[Any], int]:
    """Read a quoted text; returns its parts (texts unescaped, interpolations as tuples) and the offset behind it."""
    quoted = Quoted(lexer.line, lexer.column(open_at), quote, quote, what)
    place = lexer.line, lexer.column(open_at) + (-1 if what == "atom" else 1)
    texts, holes, found = _read_pieces(lexer, start, quoted, _STRING_END[quote], True)
    if found is None:
        raise _unterminated(lexer, quoted)
    return _joined(texts, holes, place, None if lexer.unescapes else quote), found.end()


def _joined(texts: list[str], holes: list[Any], place: tuple[int, int], kept_in: str | None) -> list[Any]:
    """Return the parts of a quoted text: unescaped texts that are not empty, and the interpolations between.

    `place` is where an error about an escape stands: Elixir names the beginning of the text. `kept_in` are the quotes of
    a text whose escapes are to stay as they are written, but for that of the quotes themselves.
    """
    out: list[Any] = []
    keep = None if kept_in is None else keep_escapes(kept_in)
    for index, raw in enumerate(texts):
        if raw:
            value = raw
            if keep is not None:
                value = keep(raw)
            elif "\\" in raw:
                try:
                    value = unescape(raw)  # type: ignore[assignment]  # a binary of bytes is as good
                except InvalidEscape as error:
                    raise Fault(*place, error.message + ". Syntax error after: ", error.rest[:2]) from None
            if value:
                out.append(value)
        if index < len(holes):
            out.append(holes[index])
    return out


def read_heredoc(lexer: Tokenizer, start: int, quote: str, open_at: int) -> tuple[list[Any], int, int]:
    """Read a heredoc; returns its parts, the offset behind it, and its indentation."""
    place = lexer.line, lexer.column(open_at)
    texts, holes, end, indentation = _heredoc_pieces(lexer, start, quote, open_at, True, "heredoc", open_at)
    return _joined(texts, holes, place, None if lexer.unescapes else quote), end, indentation


def _heredoc_pieces(
    lexer: Tokenizer, start: int, quote: str, open_at: int, interpolates: bool, what: str, name_at: int
) -> tuple[list[str], list[Any], int, int]:
    line = lexer.line
    quoted = Quoted(line, lexer.column(name_at), quote, quote, what)
    head = _HEREDOC_HEAD.match(lexer.text, start)
    if head is None:
        message = "heredoc allows only whitespace characters followed by a new line after opening "
        raise Fault(line, lexer.column(start), message, quote)
    texts, holes, found = _read_pieces(lexer, head.end(), quoted, _HEREDOC_END[quote], interpolates)
    if found is None:
        raise _unterminated(lexer, quoted)
    lexer.new_line(found.start(), found.end())
    indentation = found.end() - 3 - lexer.line_start
    texts[-1] += "\n" + " " * indentation
    texts, outdented = strip_indentation(texts, indentation)
    if outdented is not None:
        lexer.warn(line + outdented, lexer.base + (0 if interpolates else indentation), OUTDENTED % quote)
    return texts, holes, found.end(), indentation


_HEREDOC_END: Final = {
    quote: re.compile(rf"(\\[^\r\n]|\\(?=\r?\n)|#\{{)|\n[ \t]*{quote}", re.DOTALL) for quote in ('"""', "'''")
}


def read_sigil(lexer: Tokenizer, begin: int) -> tuple[Token | None, int]:
    """Read a sigil; its token's value is `(name, parts, modifiers, delimiter, indentation or None)`."""
    text = lexer.text
    found = _SIGIL.match(text, begin)
    if found is None:
        raise lexer.fail(begin, BAD_SIGIL, text[begin : _end_of_line(text, begin)])
    name = found.group(1)
    line, column = lexer.line, lexer.column(begin)
    at = found.end()
    if at == len(text):  # Elixir drops a sigil without its text
        return None, at
    interpolates = name[0].islower()
    what = f"sigil ~{name}"
    triple = text[at : at + 3]
    if triple in ('"""', "'''"):
        texts, holes, end, indentation = _heredoc_pieces(lexer, at + 3, triple, at, interpolates, "heredoc", at)
        quote, last, indent = triple, triple, indentation
    else:
        quote = text[at]
        if quote not in SIGIL_CLOSING:
            message = (
                f'invalid sigil delimiter: "{quote}" (column {lexer.column(at)}, code point U+{ord(quote):04X}). '
                "The available delimiters are: //, ||, \"\", '', (), [], {}, <>"
            )
            raise lexer.fail(begin, message, "")
        last, indent = SIGIL_CLOSING[quote], None
        quoted = Quoted(line, lexer.column(at), quote, last, what + quote)
        texts, holes, closing = _read_pieces(lexer, at + 1, quoted, _STRING_END[last], interpolates, last)
        if closing is None:
            raise _unterminated(lexer, quoted)
        end = closing.end()
    keep = keep_escapes(last)
    parts: list[Any] = []
    for index, raw in enumerate(texts):
        if raw:
            parts.append(keep(raw))
        if index < len(holes):
            parts.append(holes[index])
    modifiers = _MODIFIERS.match(text, end)
    stop = modifiers.end() if modifiers is not None else end
    value = (name, parts, text[end:stop], quote, indent)
    return ("sigil", value, line, column, None), stop


def _end_of_line(text: str, begin: int) -> int:
    found = text.find("\n", begin)
    return len(text) if found < 0 else found

"""Quoted forms that tell how they were written: `token_metadata: true`.

A form's metadata then say where its brackets close (`closing`), where its block begins and ends (`do`, `end`), how many
lines break inside its opening bracket, behind its operator (`newlines`) and behind itself (`end_of_expression`), which
parentheses of its own it stood in (`parens`), and how a literal is written (`token`, `delimiter`, `indentation`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Any, Final

from pyex.syntax.forms import ARROW, BLOCK, DELIMITER, INDENTATION, KEYWORD_FORMAT, NO_PARENS, Forms
from pyex.syntax.options import Options
from pyex.syntax.quotes import is_plain
from pyex.syntax.source import Source
from pyex.syntax.tokenizer import Tokenizer
from pyex.syntax.tokens import NOT_IN
from pyex.terms.atoms import Atom
from pyex.terms.lists import EMPTY, Cons, List, from_pylist

CLOSING: Final = Atom("closing")
NEWLINES: Final = Atom("newlines")
PARENS: Final = Atom("parens")
DO: Final = Atom("do")
END: Final = Atom("end")
LAST: Final = Atom("last")
ASSOC: Final = Atom("assoc")
TOKEN: Final = Atom("token")
END_OF_EXPRESSION: Final = Atom("end_of_expression")
_QUOTES: Final = {"bin_string": '"', "bin_heredoc": '"""', "list_string": "'", "list_heredoc": "'''"}


class DetailedForms(Forms):
    """Builds quoted forms with all that is known of how they were written."""

    detailed = True

    def __init__(
        self, source: Source, options: Options, parse: Callable[[list[Any], Forms], Any], tokenizer: Tokenizer
    ) -> None:
        super().__init__(source, options, self._parse_within)
        self._parse = parse
        self._broken = tokenizer.broken
        self._comment_lines = sorted(comment.line for comment in tokenizer.comments)
        self._last_line = source.line + source.text.count("\n")
        self._cursor: Any = None

    def attend(self, cursor: Any) -> None:
        self._cursor = cursor

    def _parse_within(self, tokens: list[Any], build: Forms) -> Any:
        """Parse an interpolation; its parser is not the one whose tokens are read afterwards."""
        outer = self._cursor
        try:
            return self._parse(tokens, build)
        finally:
            self._cursor = outer

    # Line breaks

    def _breaks(self, since: int, line: int) -> int:
        """Return how many lines break between two lines, or behind the last comment between them."""
        lines = self._comment_lines
        index = bisect_left(lines, line)
        if index < len(lines) and lines[index] == line and line == self._last_line:
            return 0  # the text ends in a comment
        return line - max(since, lines[index - 1] if index else since)

    def _breaks_behind(self, separator: int) -> int:
        """Return how many lines break at a separator, given by its index."""
        tokens = self._cursor.tokens
        follower = separator + 1
        if tokens[separator][0] == "eol" and tokens[follower][0] == ";":
            return self._breaks(tokens[separator][2], tokens[follower][2])
        line = self._last_line if tokens[follower][0] == "eof" else tokens[follower][2]
        return self._breaks(tokens[separator][2], line)

    def _opened(self, token: Any) -> list[Any]:
        """Return `[newlines: n]` when lines break right behind a token."""
        tokens = self._cursor.tokens
        index = self._index(token)
        if index + 1 < len(tokens) and tokens[index + 1][0] == "eol":
            return [(NEWLINES, self._breaks_behind(index + 1))]
        return []

    def _index(self, token: Any) -> int:
        """Return the index of a token that was read a moment ago."""
        tokens, place = self._cursor.tokens, token[2:4]
        low, high = 0, self._cursor.at
        while low < high:
            middle = (low + high) // 2
            if tokens[middle][2:4] < place:
                low = middle + 1
            else:
                high = middle
        return low

    def _operator(self, token: Any) -> list[Any]:
        """Return `[newlines: n]` when lines break behind an operator, or before it."""
        found = self._opened(token)
        since = self._broken.get((token[2], token[3]))
        return found if found or since is None else [(NEWLINES, self._breaks(since, token[2]))]

    # Metadata

    def _place(self, token: Any) -> Any:
        return self.meta_at(token[2], token[3])

    def _closing(self, opening: Any) -> list[Any]:
        """Return the metadata of brackets whose closing one was read last."""
        closing = self._cursor.tokens[self._cursor.at - 1]
        return [*self._opened(opening), (CLOSING, self._place(closing))]

    def _block(self) -> list[Any]:
        """Return the metadata of a do-block that was read last."""
        opening, closing = self._cursor.block
        if closing is None or self._cursor.tokens[self._cursor.at - 1] is not closing:
            return []
        return [(DO, self._place(opening)), (END, self._place(closing))]

    def _with(self, form: Any, found: list[Any]) -> Any:
        """Return a form with more metadata before its own; a literal has none."""
        if type(form) is not tuple or len(form) != 3 or not isinstance(form[1], List):
            return form
        return (form[0], _before(found, form[1]), form[2])

    def ended(self, form: Any, separator: int) -> Any:
        place = self._place(self._cursor.tokens[separator])
        found = [(END_OF_EXPRESSION, Cons((NEWLINES, self._breaks_behind(separator)), place))]
        if type(form) is tuple and len(form) == 3 and form[0] is ARROW and isinstance(form[2], Cons):
            args, body = form[2]
            return form[0], form[1], from_pylist([args, self._with(body, found)])
        return self._with(form, found)

    def associated(self, key: Any, arrow: Any) -> Any:
        return self._with(key, [(ASSOC, self._place(arrow))])

    def in_parentheses(self, form: Any, opening: Any, closing: Any) -> Any:
        around = from_pylist([*self._place(opening), (CLOSING, self._place(closing))])
        return self._with(form, [(PARENS, around)])

    def parenthesised(self, opening: Any, items: list[tuple[bool, Any, Any]]) -> Any:
        if any(item[0] for item in items):
            return self._bracketed(self.section(items), opening)
        form = super().parenthesised(opening, items)
        closing = self._cursor.tokens[self._cursor.at - 1]
        if closing[0] != ")":
            return form  # an empty text
        if len(items) == 1 and form is items[0][1]:
            return self.in_parentheses(form, opening, closing)
        is_block = type(form) is tuple and form[0] is BLOCK and form[1] is not EMPTY
        return self._with(form, [(CLOSING, self._place(closing))]) if is_block else form

    # Names and calls

    def _called(self, token: Any, args: list[Any] | None, form: Any) -> Any:
        if args is None:
            return form
        block = self._block()
        if token[0] == "paren_identifier" and not block:
            return self._with(form, self._closing(self._cursor.opening))
        return self._with(form, block)

    def call(self, token: Any, args: list[Any] | None, ambiguous: bool) -> Any:
        return self._called(token, args, super().call(token, args, ambiguous))

    def remote(self, dot: Any, left: Any, token: Any, args: list[Any] | None) -> Any:
        form = super().remote(dot, left, token, args)
        if token[4] is not None:
            bare = [NO_PARENS] if args is None else []
            form = (form[0], from_pylist([*bare, (DELIMITER, token[4]), *self._place(token)]), form[2])
        return self._called(token, args, form)

    def with_block(self, form: Any, block: Any) -> Any:
        return self._with(super().with_block(form, block), self._block())

    def call_again(self, form: Any, args: list[Any]) -> Any:
        return self._with(super().call_again(form, args), self._closing(self._cursor.opening))

    def dot_call(self, dot: Any, left: Any, args: list[Any]) -> Any:
        return self._with(super().dot_call(dot, left, args), self._closing(self._cursor.opening))

    def dot_tuple(self, dot: Any, left: Any, args: list[Any], opening: Any) -> Any:
        form = super().dot_tuple(dot, left, args, opening)
        return self._with(form, self._closing(opening)) if args else form

    def dot_alias(self, dot: Any, left: Any, token: Any) -> Any:
        name, meta, parts = super().dot_alias(dot, left, token)
        kept = [pair for pair in meta if pair[0] is not LAST]
        return name, from_pylist([(LAST, self._place(token)), *kept]), parts

    def alias(self, token: Any) -> Any:
        return self._with(super().alias(token), [(LAST, self._place(token))])

    def access(self, bracket: Any, form: Any, key: Any) -> Any:
        (dot, meta, target), _, args = super().access(bracket, form, key)
        pairs = list(meta)
        meta = from_pylist([pairs[0], *self._closing(bracket), *pairs[1:]])
        return (dot, meta, target), meta, args

    # Operators and clauses

    def binary(self, token: Any, left: Any, right: Any) -> Any:
        form = super().binary(token, left, right)
        if token[1] is NOT_IN or form[0] is not token[1]:
            return form
        return self._with(form, self._operator(token))

    def update(self, bar: Any, left: Any, pairs: Any) -> Any:
        form = super().update(bar, left, pairs)
        return Cons(self._with(form.head, self._operator(bar)), EMPTY)

    def guarded(self, token: Any, args: list[Any], guard: Any) -> Any:
        return self._with(super().guarded(token, args, guard), self._operator(token))

    def clause(self, arrow: Any, args: list[Any], body: Any) -> Any:
        return self._with(super().clause(arrow, args, body), self._operator(arrow))

    def function(self, token: Any, clauses: Any) -> Any:
        return self._with(super().function(token, clauses), self._closing(token))

    # Containers

    def braces(self, opening: Any, items: list[Any]) -> Any:
        if len(items) == 2:
            return self._bracketed((items[0], items[1]), opening)
        return self._with(super().braces(opening, items), self._closing(opening))

    def brackets(self, opening: Any, items: list[Any]) -> Any:
        return self._bracketed(from_pylist(items), opening)

    def _bracketed(self, value: Any, opening: Any) -> Any:
        if self.encoder is None:
            return value
        return self.encode(value, opening, _before(self._closing(opening), self.meta(opening)))

    def bitstring(self, opening: Any, items: list[Any]) -> Any:
        return self._with(super().bitstring(opening, items), self._closing(opening))

    def map(self, token: Any, content: Any) -> Any:
        brace = self._cursor.tokens[self._index(token) + 1]
        return self._with(super().map(token, content), self._closing(brace))

    def struct(self, token: Any, name: Any, brace: Any, content: Any) -> Any:
        form = super().struct(token, name, brace, content)
        inner = self._with(form[2].tail.head, self._closing(brace))
        return form[0], form[1], from_pylist([name, inner])

    # Literals

    def literal_meta(self, token: Any) -> Any:
        return _before(_writing(token), super().literal_meta(token))

    def key(self, token: Any) -> Any:
        if token[0] == "kw_unsafe":
            return self.atom_call(token)
        if self.encoder is None:
            return token[1]
        found = [KEYWORD_FORMAT] if token[4] is None else [(DELIMITER, token[4]), KEYWORD_FORMAT]
        return self.encode(token[1], token, _before(found, self.meta(token)))

    def atom_call(self, token: Any) -> Any:
        found: list[Any] = [(DELIMITER, token[4])]
        if token[0] == "kw_unsafe":
            found.append(KEYWORD_FORMAT)
        return self._with(super().atom_call(token), found)

    def literal(self, token: Any) -> Any:
        form = super().literal(token)
        if token[0] in _QUOTES and not is_plain(token[1]):
            return self._with(form, _writing(token))
        return form

    def to_string(self, part: Any) -> Any:
        name, meta, args = super().to_string(part)
        pairs = list(meta)
        closing = (CLOSING, self.meta_at(part[3], part[4]))
        return name, from_pylist([pairs[0], closing, *pairs[1:]]), args


def _before(found: list[Any], meta: Any) -> Any:
    for pair in reversed(found):
        meta = Cons(pair, meta)
    return meta


def _writing(token: Any) -> list[Any]:
    """Return how a literal's token is written."""
    kind = token[0]
    if kind == "int" or kind == "flt":
        return [(TOKEN, token[1])]
    if kind == "char":
        return [(TOKEN, token[4])]
    quote = _QUOTES.get(kind)
    if quote is not None:
        found: list[Any] = [(DELIMITER, quote)]
        return found if len(quote) == 1 else [*found, (INDENTATION, token[4])]
    return [(DELIMITER, token[4])] if kind == "atom" and token[4] is not None else []

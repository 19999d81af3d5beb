"""Elixir's grammar by recursive descent over the tokenizer's tokens.

Every function looks at one token before it takes it, and refuses the first token with which no
Elixir program goes on; so an error names the same token as Elixir's own parser does.

An expression has a shape, which decides where it may stand: `base` (no operator between operands, no bare
call), `matched`, `unmatched` (it ends in a do-block) or `no_parens` (a call without parentheses that has
commas of its own).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.syntax import wording
from pyex.syntax.clauses import Clauses
from pyex.syntax.cursor import BASE, KEYS, LITERALS, MATCHED, NAMES, NO_PARENS, STARTS, UNMATCHED
from pyex.syntax.errors import Fault
from pyex.syntax.forms import Forms, integer
from pyex.syntax.quotes import MISPLACED_DO
from pyex.syntax.tokens import PRECEDENCE, UNARY_KINDS
from pyex.terms.atoms import atom, atom_name, is_atom
from pyex.terms.lists import from_pylist

FOLLOWERS: Final = frozenset(("[", ".", *KEYS))
"""Tokens that may go on with a form that stands before them, or may not stand behind it at all."""

_GOES_ON: Final = STARTS | FOLLOWERS
"""Tokens that may make more than a variable of the name before them."""


class Parser(Clauses):
    """Parses one sequence of tokens into a quoted form."""

    def program(self) -> Any:
        """Parse the whole text."""
        first = self.tokens[0]
        if self.skip_separator() and self.kind == "eof":
            return self.build.parenthesised(first, [])
        items = []
        while self.kind != "eof":
            items.append(self.expression())
            end = self.at
            if self.skip_separator():
                if self.detailed:
                    items[-1] = self.build.ended(items[-1], end)
            elif self.kind != "eof":
                raise self.error()
        return self.build.body(items)

    def expression(self, level: int = 0, blocks: bool = True) -> Any:
        """Parse an expression whose operators bind at least as tightly as `level`.

        `blocks` tells whether a `do` belongs to a call in it: not in the arguments of a call without parentheses.
        """
        left = self.operand(blocks)
        if self.tokens[self.at][0] not in PRECEDENCE:
            return left
        return self.operators(left, level, blocks)

    def operators(self, left: Any, level: int, blocks: bool) -> Any:
        """Parse the binary operators right of an operand."""
        tokens = self.tokens
        while True:
            token = tokens[self.at]
            found = PRECEDENCE.get(token[0])
            if found is None or found[0] < level or token[0] == "assoc_op" or self.shape == NO_PARENS:
                return left
            strength, to_right = found
            self.at += 1
            self.skip_eol()
            left_shape = self.shape
            if token[0] == "when_op" and self.kind in KEYS:
                right = self.bare_keywords()
                self.shape = BASE
            else:
                right = self.expression(strength if to_right else strength + 1, blocks)
            if left_shape == UNMATCHED and self.shape == NO_PARENS:
                self.build.warn_line(token, wording.AFTER_BLOCK % atom_name(token[1]))
            if token[0] == "arrow_op" and right is self.bare_call:
                self.build.warn(token, wording.AMBIGUOUS_PIPE)
            self.shape = max(self.shape, left_shape, MATCHED)
            left = self.build.binary(token, left, right)

    def operand(self, blocks: bool) -> Any:
        """Parse an operand with its prefix operators."""
        token = self.tokens[self.at]
        kind = token[0]
        if kind == "identifier" and self.tokens[self.at + 1][0] not in _GOES_ON:
            self.at += 1
            self.shape = BASE
            return self.build.call(token, None, False)  # a variable: half of all operands
        if kind in NAMES:
            return self.dots(self.named(blocks), blocks)
        if kind in LITERALS:
            self.at += 1
            self.shape = BASE
            return self.access(self.build.literal(token), blocks)
        if kind == "at_op":
            return self.attribute(blocks)
        if kind == "ellipsis_op" or kind == "range_op":
            return self.nullary(token, blocks)
        if kind in UNARY_KINDS:
            self.at += 1
            self.skip_eol()
            operand = self.expression(UNARY_KINDS[kind], blocks)
            return self.build.unary(token, operand)
        return self.access(self.primary(kind), blocks)

    def primary(self, kind: str) -> Any:
        """Parse a form that begins with a token of its own kind, such as `[`; refuses any other token."""
        reader = READERS.get(kind)
        if reader is None:
            raise self.error()
        form = reader(self)
        self.shape = BASE
        return form

    def nullary(self, token: Any, blocks: bool) -> Any:
        """`...` or `..` that stands alone, or `...` as a prefix."""
        self.at += 1
        if token[0] == "ellipsis_op":
            kind = self.kind
            if kind in STARTS - {"kw_identifier", "kw_unsafe"} or kind == "dual_op" or kind == "range_op":
                return self.build.unary(token, self.expression(UNARY_KINDS["ellipsis_op"], blocks))
        self.shape = BASE
        return self.dots(self.build.nullary(token), blocks)

    def attribute(self, blocks: bool) -> Any:
        """`@name`, `@name value`, `@name[key]`."""
        form = self.bare_attribute(blocks)
        return self.access(form, blocks) if self.shape == BASE else form

    def bare_attribute(self, blocks: bool) -> Any:
        """Parse `@` and its operand, but not what follows."""
        token = self.take()
        self.skip_eol()
        follower = self.tokens[self.at]
        if follower[0] in NAMES:
            operand = self.named(blocks)
        elif follower[0] in LITERALS:
            self.at += 1
            self.shape = BASE
            operand = self.build.literal(follower)
        elif follower[0] == "at_op":
            operand = self.bare_attribute(blocks)
        elif follower[0] in UNARY_KINDS or follower[0] == "range_op":
            operand = self.expression(UNARY_KINDS["at_op"], blocks)
        else:
            operand = self.primary(self.kind)
        return self.build.unary(token, operand)

    def capture_integer(self) -> Any:
        """`&1`."""
        token = self.take()
        number = self.expect("int")
        adjacent = number[2] == token[2] and number[3] == token[3] + 1
        return self.build.unary(token, integer(number[1]) if adjacent else self.build.literal(number))

    # Names, calls, dots, access

    def named(self, blocks: bool) -> Any:
        """A variable or a call of a name."""
        token = self.take()
        return self.call(token, lambda args, extra: self.build.call(token, args, extra), blocks)

    def call(self, token: Any, make: Callable[[list[Any] | None, bool], Any], blocks: bool) -> Any:
        """Parse the arguments of a name; `make(args or None, ambiguous)` builds the form."""
        kind = token[0]
        self.shape = BASE
        if kind == "paren_identifier":
            form = make(self.paren_arguments(), False)
            return self.calls_again(form, blocks)
        if kind == "do_identifier":
            if blocks and self.kind == "do":
                block = self.do_block()
                self.shape = UNMATCHED
                return make([block], False)
            return make(None, False)
        if kind == "bracket_identifier":
            return make(None, False)
        follower = self.kind
        if kind == "op_identifier" or (follower in STARTS):
            args = self.bare_arguments()
            self.shape = max(self.shape, MATCHED)
            if blocks and self.kind == "do":
                args.append(self.do_block())
                self.shape = UNMATCHED
            self.bare_call = make(args, kind == "op_identifier")
            return self.bare_call
        return make(None, False)

    def calls_again(self, form: Any, blocks: bool) -> Any:
        """A second pair of parentheses behind a call's first, and a do-block."""
        if self.kind == "(":
            form = self.build.call_again(form, self.paren_arguments())
        if blocks and self.kind == "do":
            form = self.build.with_block(form, self.do_block())
            self.shape = UNMATCHED
        return form

    def dots(self, form: Any, blocks: bool) -> Any:
        """Parse what follows a name: brackets only directly behind it, and dots."""
        previous = self.tokens[self.at - 1]
        kind = self.tokens[self.at][0]
        if kind not in FOLLOWERS:
            return form
        if kind == "[" and self.shape <= MATCHED:
            if previous[0] in ("bracket_identifier", ")"):
                return self.access(form, blocks)
        if kind == "." and self.shape <= MATCHED:
            return self.dot(form, blocks)
        if kind in KEYS and previous[0] == ")" and self.shape == BASE:
            raise self.misplaced_key()
        return form

    def misplaced_key(self) -> Fault:
        """Return the error of a keyword right behind a whole expression."""
        token = self.tokens[self.at]
        if token[1] is atom.do:
            return Fault(token[2], token[3], "unexpected keyword: ", "do:", MISPLACED_DO)
        return Fault(token[2], token[3], *wording.after_expression(token))

    def access(self, form: Any, blocks: bool) -> Any:
        """Parse brackets and dots behind a form that is closed in itself."""
        if self.tokens[self.at][0] not in FOLLOWERS:
            return form
        while self.kind == "[" and self.shape <= MATCHED:
            bracket = self.take()
            form = self.build.access(bracket, form, self.access_key())
            self.shape = BASE
        if self.kind == "." and self.shape <= MATCHED:
            return self.dot(form, blocks)
        if self.kind in KEYS and self.shape == BASE:
            raise self.misplaced_key()
        return form

    def access_key(self) -> Any:
        """Parse the key of `form[key]` and the closing bracket."""
        self.skip_eol()
        if self.kind in KEYS:
            key: Any = from_pylist(self.keywords("]"))
        else:
            key = self.container_item()
            if self.kind == ",":
                comma = self.take()
                self.skip_eol()
                if self.kind != "]":
                    if self.kind in KEYS:
                        raise self.error()
                    self.container_item()
                    self.items("]", allow_keywords=False)
                    raise self.fault(comma[2:4], wording.ACCESS, "','")
        self.skip_eol()
        self.expect("]")
        return key

    def dot(self, left: Any, blocks: bool) -> Any:
        """Parse `left.` and what follows, as often as it follows."""
        dot = self.take()
        self.skip_eol()
        token = self.tokens[self.at]
        kind = token[0]
        if kind == "alias":
            if is_atom(left):
                raise self.fault(token[2:4], wording.ATOM_ALIAS, "'.'")
            self.at += 1
            return self.access(self.build.dot_alias(dot, left, token), blocks)
        if kind == "{":
            self.at += 1
            args = self.items("}", allow_keywords=False)
            self.skip_eol()
            self.expect("}")
            self.shape = BASE
            return self.access(self.build.dot_tuple(dot, left, args, token), blocks)
        if kind == "(":
            form = self.calls_again(self.build.dot_call(dot, left, self.paren_arguments()), blocks)
            return self.access(form, blocks) if self.shape <= MATCHED else form
        if kind not in NAMES:
            raise self.error()
        self.at += 1
        form = self.call(token, lambda args, extra: self.build.remote(dot, left, token, args), blocks)
        return self.dots(form, blocks)


def parse_tokens(tokens: list[Any], build: Forms) -> Any:
    """Return the quoted form of tokens."""
    return Parser(tokens, build).program()


READERS: Final[dict[str, Callable[[Parser], Any]]] = {
    "alias": Parser.alias,
    "(": Parser.parenthesised,
    "[": Parser.brackets,
    "{": Parser.braces,
    "<<": Parser.bitstring,
    "%{}": Parser.map,
    "%": Parser.struct,
    "fn": Parser.function,
    "capture_int": Parser.capture_integer,
}
"""What reads the forms that begin with a token of each kind."""

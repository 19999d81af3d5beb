"""Blocks and clauses: `do … end`, `fn … end`, `(…)`."""

from __future__ import annotations

from typing import Any

from pyex.syntax import wording
from pyex.syntax.arguments import Arguments
from pyex.syntax.cursor import BASE, KEYS, MATCHED, STAB_ENDS, UNMATCHED, Many
from pyex.syntax.forms import EMPTY_BLOCK, is_empty_block
from pyex.terms.atoms import atom
from pyex.terms.lists import from_pylist


class Clauses(Arguments):
    """Parses blocks and the clauses in them."""

    def do_block(self) -> Any:
        """`do … end` with its sections."""
        opening = self.expect("do")
        sections = [(self.build.encoded(atom.do, opening), self.section())]
        while self.kind == "block_identifier":
            token = self.take()
            sections.append((self.build.encoded(token[1], token), self.section()))
        self.block = opening, self.expect("end")
        return from_pylist(sections)

    def section(self) -> Any:
        """Parse the clauses or expressions of one section."""
        self.skip_separator()
        return self.build.section(self.stab(("end", "block_identifier")))

    def function(self) -> Any:
        """`fn … end`."""
        token = self.take()
        self.skip_separator()
        if self.kind == "end":
            raise self.error()
        items = self.stab(("end",))
        self.expect("end")
        if not any(item[0] for item in items):
            raise self.fault(token[2:4], wording.NO_CLAUSES, "'fn'")
        return self.build.function(token, self.build.section(items))

    def stab(self, closers: tuple[str, ...], many: bool = False) -> list[tuple[bool, Any, Any]]:
        """Parse items up to a closing token: `(is a clause, form, arrow token)`.

        With `many` the first item may be arguments that end at the closing parenthesis: a Many.
        """
        items: list[tuple[bool, Any, Any]] = []
        while self.kind not in closers:
            items.append(self.stab_item(many and not items))
            if type(items[0][1]) is Many:
                self.skip_eol()
                if self.kind != ")":
                    raise self.error()
                return items
            end = self.at
            if self.skip_separator():
                if self.detailed:
                    is_clause, form, arrow = items[-1]
                    items[-1] = (is_clause, self.build.ended(form, end), arrow)
            elif self.kind not in closers:
                raise self.error()
        return items

    def stab_item(self, many: bool = False) -> tuple[bool, Any, Any]:
        """Parse an expression, or a clause `args [when guard] -> body`."""
        if self.kind == "stab_op":
            return self.clause([])
        if self.kind == "(":
            opening = self.tokens[self.at]
            form = self.parenthesised(many=True)
            if type(form) is Many or (is_empty_block(form) and self.kind in ("stab_op", "when_op")):
                brackets = opening, self.tokens[self.at - 1]
                found = self.guard_and_clause(form.args if type(form) is Many else [])
                return found[0], self.build.in_parentheses(found[1], *brackets), found[2]
            self.shape = BASE
            first = self.operators(self.access(form, True), 0, True)
        elif self.kind in KEYS:
            return self.guard_and_clause([self.bare_keywords()], many)
        else:
            first = self.expression()
        if self.kind == "," and self.shape <= MATCHED:
            return self.guard_and_clause(self.more_arguments(first), many)
        if self.kind == "stab_op" and self.shape != UNMATCHED:
            return self.clause(self.build.unguarded([first]))
        return False, first, None

    def guard_and_clause(self, args: list[Any], many: bool = False) -> tuple[bool, Any, Any]:
        """Parse `[when guard] -> body` behind arguments."""
        if self.kind == "when_op":
            token = self.take()
            self.skip_eol()
            guard = self.expression()
            args = [self.build.guarded(token, args, guard)]
        else:
            if many and (self.kind == ")" or self.kind == "eol" and self.tokens[self.at + 1][0] == ")"):
                return False, Many(args), None
            args = self.build.unguarded(args)
        if self.kind != "stab_op":
            raise self.error()
        return self.clause(args)

    def clause(self, args: list[Any]) -> tuple[bool, Any, Any]:
        """Parse `-> body`; the body's further expressions are items of their own."""
        arrow = self.take()
        self.skip_eol()
        if self.kind in STAB_ENDS:
            self.build.warn(arrow, wording.EMPTY_CLAUSE)
            return True, self.build.clause(arrow, args, self.build.encoded(None, arrow)), arrow
        body = self.expression()
        return True, self.build.clause(arrow, args, body), arrow

    def parenthesised(self, many: bool = False) -> Any:
        """`(…)`; with `many`, `(a, b)` too, which gives a Many."""
        opening = self.expect("(")
        self.skip_eol()
        if self.kind == ")":
            self.take()
            if not (many and self.kind in ("stab_op", "when_op")):
                self.build.warn(opening, wording.EMPTY_PARENTHESES)
            return self.build.in_parentheses(EMPTY_BLOCK, opening, self.tokens[self.at - 1])
        if self.kind == ";":
            self.take()
            many = False
        items = self.stab((")",), many)
        self.expect(")")
        if many and items and type(items[0][1]) is Many:
            return items[0][1]
        return self.build.parenthesised(opening, items)

"""The bridge between Elixir, where all is an expression, and Python, where some things are statements.

A `Result` is statements to run first and one pending expression. A `Dest` says what becomes of
a value: returned, assigned, or dropped; forms with branches hand it down, so a value is never
carried through a temporary for nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.emit.builder import Builder
from pyex.terms.rounds import ANSWER

# What is known of a value, as a set of bits.
INT: Final = 1
FLOAT: Final = 2
BOOL: Final = 4
LIST: Final = 8
TUPLE: Final = 16
MAP: Final = 32
STRING: Final = 64
"""A Python `str`; a binary may also be `bytes`, which is under OTHER."""
OTHER: Final = 128
ANY: Final = 255
NUMBER: Final = INT | FLOAT


class NotConstant:
    """The mark of a result that is no constant term."""


NOT_CONSTANT: Final = NotConstant()


Growth = tuple[list[ast.stmt], ast.stmt]
"""Statements that make what a local is changed by, and the one that changes it."""


class Result:
    """Statements to run, then an expression with the value; `known` is what types the value may have.

    `constant` is the term itself when it is known at compile time; its expression is made by the frame when asked for.
    """

    __slots__ = ("constant", "expression", "grown", "items", "known", "statements")

    def __init__(
        self,
        expression: ast.expr | None,
        statements: list[ast.stmt] | None = None,
        known: int = ANY,
        constant: Any = NOT_CONSTANT,
    ) -> None:
        self.expression = expression
        self.statements = statements or []
        self.known = known
        self.constant = constant
        self.grown: Callable[[str], Growth | None] | None = None
        """Of a binary or map that begins with a local of that name, and is its next value: how that is changed in place."""
        self.items: list[Result] | None = None
        """Of a tuple or list that is written out: its elements, which are part of the expression."""

    @property
    def is_constant(self) -> bool:
        return self.constant is not NOT_CONSTANT


class Dest:
    """What becomes of a value. `tail` tells that a call here may reuse the frame."""

    tail: bool = False

    def closed(self) -> Dest:
        """Return the same destination, where a call may not reuse the frame."""
        return self

    def finish(self, builder: Builder, value: ast.expr) -> list[ast.stmt]:
        """Return the statements that deliver the value."""
        raise NotImplementedError


class Return(Dest):
    """The value is what the Python function returns."""

    def __init__(self, tail: bool = True) -> None:
        self.tail = tail

    def closed(self) -> Dest:
        return RETURN if self.tail else self

    def finish(self, builder: Builder, value: ast.expr) -> list[ast.stmt]:
        return [builder.return_(value)]


class Join(Return):
    """The value is the tail of the list that the function has begun in a local, or all of what it returns."""

    def __init__(self, items: str, tail: bool = True) -> None:
        super().__init__(tail)
        self.items = items

    def closed(self) -> Dest:
        return Join(self.items, tail=False)

    def finish(self, builder: Builder, value: ast.expr) -> list[ast.stmt]:
        before: list[ast.stmt] = []
        if type(value) is ast.Call:
            # Stack traces tell a tail call by this name.
            before = [builder.assign(self.items + ANSWER, value)]
            value = builder.name(self.items + ANSWER)
        return [*before, builder.return_(builder.call("joined", builder.name(self.items), value))]


class Next(Return):
    """A loop uses the value and goes on to its next round."""

    def __init__(self, use: Callable[[Result], list[ast.stmt]]) -> None:
        super().__init__(tail=False)
        self.use = use

    def finish(self, builder: Builder, value: ast.expr) -> list[ast.stmt]:
        return [*self.use(Result(value)), builder.continue_()]


class Assign(Dest):
    """The value goes to a local name; `known` collects what types it may have."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known = 0

    def finish(self, builder: Builder, value: ast.expr) -> list[ast.stmt]:
        return [builder.assign(self.name, value)]


class Discard(Dest):
    """Nobody wants the value."""

    def finish(self, builder: Builder, value: ast.expr) -> list[ast.stmt]:
        if type(value) is ast.Name or type(value) is ast.Constant:
            return []
        return [builder.evaluate(value)]


TAIL: Final = Return()
RETURN: Final = Return(tail=False)
DISCARD: Final = Discard()


def known_type(term: Any) -> int:
    """Return what is known of a constant."""
    kind = type(term)
    if kind is int:
        return INT
    if kind is bool:
        return BOOL
    if kind is float:
        return FLOAT
    if kind is str:
        return STRING
    return TUPLE if kind is tuple else OTHER | LIST | MAP

"""What the formatter knows while it walks a form: where it stands, the comments that are left, and its options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from pyex.syntax.options import Comment

BLOCK: Final = "block"
"""An expression of a sequence: a call in it may go without parentheses."""
OPERAND: Final = "operand"
"""The last operand of an expression of a sequence."""
ARGUMENT: Final = "argument"
"""One of several arguments of a call without parentheses."""
ONLY_ARGUMENT: Final = "only argument"
"""The only argument of a call without parentheses."""
LISTED: Final = "listed"
"""An entry of a bracket, or one of several arguments in parentheses."""
ONLY_LISTED: Final = "only listed"
"""The only argument in parentheses."""

LEADING: Final = {BLOCK: LISTED, OPERAND: LISTED, ONLY_ARGUMENT: ARGUMENT, ONLY_LISTED: LISTED}
"""Where a left operand stands, by where its operator does (others stand where the operator stands)."""
TRAILING: Final = {BLOCK: OPERAND, ONLY_ARGUMENT: ARGUMENT, ONLY_LISTED: LISTED}
"""The same of a right operand."""

FIRST_LINE: Final = 0
LAST_LINE: Final = 9_999_999


@dataclass(slots=True)
class State:
    """The state of one walk."""

    comments: list[Comment] = field(default_factory=list)
    """Those that are still to be written, in their order."""
    without_parens: frozenset[tuple[str, int]] = frozenset()
    """Names and arities of local calls that keep going without parentheses; the arity -1 is any."""
    force_do_end: bool = False
    sigils: dict[str, Callable[[str, Any], str]] = field(default_factory=dict)
    migrates_charlists: bool = False
    migrates_bitstrings: bool = False
    migrates_unless: bool = False
    indent: int = 2
    """How far what follows an operator is indented."""
    ignores_breaks: bool = False
    """Whether line breaks of the source are forgotten: inside an interpolation."""
    spans: dict[int, tuple[Any, int, int]] = field(default_factory=dict)
    """The first and last lines of forms that were asked for, with the forms themselves, so that they keep their ids."""

"""Lines that go on with the result of the line before."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.syntax.tokens import KEYWORDS, KINDS, OPERATORS, alternatives
from pyex.terms.atoms import Atom, atom

CONTINUING: Final = frozenset(("or_op", "and_op", "comp_op", "rel_op", "arrow_op", "in_op", "concat_op", "mult_op"))
"""Kinds of operators before which the shell puts `v(-1)`; not those of matches, types, ranges and signs."""
_FIRST: Final = re.compile(
    rf"\s*(?!<<(?![<~]))(?:({alternatives(OPERATORS)})(?![ \t]*/|:\s)|(and|or|in|not\s+in)(?![\w?!]|:\s))"
)


def starts_with_binary_operator(text: str) -> bool:
    """Tell whether a line begins with an operator that needs a left side."""
    found = _FIRST.match(text)
    if found is None:
        return False
    operator, word = found.groups()
    kind = KINDS[operator] if operator is not None else KEYWORDS[word.split()[-1]]
    return kind in CONTINUING


def last_result(token: Any) -> list[Any]:
    """Return the tokens of `v(-1)`, standing where a token stands."""
    place = (token[2], token[3], None)
    return [
        ("paren_identifier", atom.v, *place),
        ("(", Atom("("), *place),
        ("dual_op", Atom("-"), *place),
        ("int", "1", *place),
        (")", Atom(")"), *place),
    ]

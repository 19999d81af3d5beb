"""The words of the language: operators with their kinds and precedence, and reserved words."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.terms.atoms import Atom, atom

BINARY_KINDS: Final = {
    "in_match_op": (40, False, "<- \\\\"),
    "when_op": (50, True, "when"),
    "type_op": (60, True, "::"),
    "pipe_op": (70, True, "|"),
    "assoc_op": (80, True, "=>"),
    "match_op": (100, True, "="),
    "or_op": (120, False, "|| ||| or"),
    "and_op": (130, False, "&& &&& and"),
    "comp_op": (140, False, "== != =~ === !=="),
    "rel_op": (150, False, "< > <= >="),
    "arrow_op": (160, False, "|> <<< >>> <<~ ~>> <~ ~> <~> <|>"),
    "in_op": (170, False, "in"),
    "xor_op": (180, False, "^^^"),
    "ternary_op": (190, True, "//"),
    "concat_op": (200, True, "++ -- +++ --- <>"),
    "range_op": (200, True, ".."),
    "dual_op": (210, False, "+ -"),
    "mult_op": (220, False, "* /"),
    "power_op": (230, False, "**"),
}
"""Kinds of binary operators, loosest first: precedence, whether they group to the right, the operators."""

UNARY_KINDS: Final = {
    "capture_op": 90,
    "ellipsis_op": 90,
    "unary_op": 300,
    "dual_op": 300,
    "ternary_op": 300,
    "at_op": 320,
}
"""Kinds of prefix operators and how tightly they bind."""

PRECEDENCE: Final = {kind: (level, right) for kind, (level, right, _) in BINARY_KINDS.items()}
NOT_IN: Final = Atom("not in")
KINDS: Final[dict[str, str]] = {
    **{name: kind for kind, (_, _, names) in BINARY_KINDS.items() for name in names.split()},
    "->": "stab_op",
    "!": "unary_op",
    "^": "unary_op",
    "~~~": "unary_op",
    "&": "capture_op",
    "@": "at_op",
    "...": "ellipsis_op",
    "+": "dual_op",
    "-": "dual_op",
}
OPERATORS: Final = sorted((name for name in KINDS if not name.isalpha()), key=len, reverse=True)
PREFIX_ONLY: Final = frozenset(("unary_op", "capture_op", "at_op", "ellipsis_op", "dual_op"))
"""Operators that leave a line break before them in place: they begin an expression."""

KEYWORDS: Final[dict[str, str]] = {
    "do": "do",
    "end": "end",
    "fn": "fn",
    "nil": "nil",
    "true": "true",
    "false": "false",
    "and": "and_op",
    "or": "or_op",
    "in": "in_op",
    "when": "when_op",
    "not": "unary_op",
    "after": "block_identifier",
    "else": "block_identifier",
    "catch": "block_identifier",
    "rescue": "block_identifier",
}
EXPLAINED: Final = frozenset("nil true false and or in when not after catch rescue end fn".split())
"""Reserved words about which an error adds a sentence."""

CLOSING: Final = {"(": ")", "[": "]", "{": "}", "<<": ">>", "fn": "end", "do": "end"}
ATOM_OPERATORS: Final = sorted(
    [name for name in KINDS if not name.isalpha() and name not in ("=>", "//")]
    + ["..//", "<<>>", "%{}", "{}", "%", "."],
    key=len,
    reverse=True,
)
ATOMS: Final[dict[str, Any]] = {
    name: atom(name)
    for name in [*KINDS, *KEYWORDS, *CLOSING, *CLOSING.values(), "..//", "<<>>", "%{}", "{}", "%", ".", ","]
}


def alternatives(names: list[str]) -> str:
    """Return a pattern that matches any of the names, the first that fits."""
    return "|".join(re.escape(name) for name in names)

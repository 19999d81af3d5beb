"""What a module's functions return, as far as arithmetic is concerned.

`fib(n - 1) + fib(n - 2)` needs no look at its operands once it is known that `fib` returns integers. That
is found by assuming it and checking the assumption against every tail position, until nothing changes.
"""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.emit.result import ANY, BOOL, FLOAT, INT, LIST, MAP, STRING, TUPLE
from pyex.compiler.emit.tail import tail_forms
from pyex.compiler.forms import Definition
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import Cons, EmptyList, split_tail

Key = tuple[str, int]

_DOT: Final = atom(".")
_ERLANG: Final = atom("erlang")
_NUMERIC: Final = frozenset({"+", "-", "*"})
_INTEGER: Final = frozenset(
    {("div", 2), ("rem", 2), ("length", 1), ("byte_size", 1), ("map_size", 1), ("tuple_size", 1), ("round", 1)}
    | {(name, 2) for name in ("band", "bor", "bxor", "bsl", "bsr")}
)
_BOOLEAN: Final = frozenset({"==", "/=", "=:=", "=/=", "<", ">", "=<", ">=", "not"})


def infer_returns(definitions: list[Definition]) -> dict[Key, int]:
    """Return what is known of each function's value, for those of which anything is known."""
    leaves = {
        definition.emitted: [leaf for clause in definition.clauses for leaf in tail_forms(clause.body)]
        for definition in definitions
    }
    known: dict[Key, int] = dict.fromkeys(leaves, 0)
    changed = True
    while changed:
        changed = False
        for key, forms in leaves.items():
            found = known[key]
            for form in forms:
                if found == ANY:
                    break
                found |= _type_of(form, known)
            if found != known[key]:
                known[key] = found
                changed = True
    return {key: value for key, value in known.items() if value not in (0, ANY)}


def _type_of(form: Any, known: dict[Key, int]) -> int:
    kind = type(form)
    if kind is int:
        return INT
    if kind is float:
        return FLOAT
    if kind is bool:
        return BOOL
    if kind is str:
        return STRING
    if kind is Cons or kind is EmptyList:
        return LIST
    if kind is not tuple:
        return ANY
    if len(form) == 2:
        return TUPLE
    head, _, args = form
    if type(args) is not Cons and type(args) is not EmptyList:
        return ANY
    items = split_tail(args)[0]
    if type(head) is Atom:
        if head.name == "{}":
            return TUPLE
        if head.name == "%{}":
            return MAP
        return known.get((head.name, len(items)), ANY)
    return _operation(head, items, known)


def _operation(head: Any, items: list[Any], known: dict[Key, int]) -> int:
    target = split_tail(head[2])[0]
    if len(target) != 2 or target[0] is not _ERLANG:
        return ANY
    name = target[1].name
    if name in _NUMERIC and len(items) == 2:
        sides = [_type_of(item, known) for item in items]
        if any(side == 0 for side in sides):
            return 0
        return INT if sides[0] == INT and sides[1] == INT else INT | FLOAT
    if (name, len(items)) in _INTEGER:
        return INT
    return BOOL if name in _BOOLEAN else ANY

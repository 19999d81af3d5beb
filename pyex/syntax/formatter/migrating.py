"""Code of older Elixirs written as newer ones want it: what the options `:migrate…` ask for."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.formatter import metadata
from pyex.syntax.formatter.metadata import is_call
from pyex.terms.atoms import Atom
from pyex.terms.lists import Cons, List, elixir_list, from_pylist, to_pylist

UNLESS: Final = Atom("unless")
IF: Final = Atom("if")
NOT: Final = Atom("not")
BANG: Final = Atom("!")
IN: Final = Atom("in")
PIPE: Final = Atom("|>")
DOT: Final = Atom(".")
_OPPOSITES: Final = {
    Atom(one): Atom(other) for one, other in (("==", "!="), ("!=", "=="), ("===", "!=="), ("!==", "==="))
}
_ORDERS: Final = frozenset(map(Atom, ("<", ">", "<=", ">=")))
_GUARDS: Final = frozenset(
    (Atom(f"is_{name}"), arity)
    for arity, names in (
        (
            1,
            "atom binary boolean exception float function integer list map nil non_struct_map number pid port reference",
        ),
        (1, "struct tuple"),
        (2, "exception function struct"),
    )
    for name in names.split()
)
"""Functions that give a Boolean."""
SEGMENT_TYPES: Final = frozenset(
    map(
        Atom,
        "integer float bits bitstring binary bytes utf8 utf16 utf32 signed unsigned big little native".split(),
    )
)
"""Types of segments that are no calls."""


def opposite(form: Any) -> Any:
    """Return the form of a condition's opposite."""
    items = to_pylist(form[2]) if type(form) is tuple and len(form) == 3 and isinstance(form[2], List) else None
    if items is None:
        return (BANG, from_pylist([]), elixir_list(form))
    name, meta = form[0], form[1]
    if len(items) == 1 and name is NOT and is_call(items[0], IN):
        return items[0]
    if len(items) == 1 and name in (NOT, BANG):
        return items[0]
    if len(items) == 2 and type(name) is Atom:
        if name in _OPPOSITES:
            return (_OPPOSITES[name], meta, form[2])
        if name in _ORDERS or name is IN:
            return (NOT, meta, elixir_list(form))
    if type(name) is Atom and (name, len(items)) in _GUARDS:
        return (NOT, meta, elixir_list(form))
    return (BANG, meta, elixir_list(form))


def positive(name: Any, meta: Any, args: Any) -> tuple[Any, Any, list[Any]]:
    """Return the parts of `if` for those of `unless`."""
    items = to_pylist(args)
    return IF, meta, [opposite(items[0]), *items[1:]]


def is_unless(form: Any, arity: int) -> bool:
    """Tell whether a form is a call of `unless`."""
    return is_call(form, UNLESS) and len(to_pylist(form[2])) == arity


def piped(left: Any, right: Any) -> tuple[Any, Any]:
    """Return both sides of `condition |> unless(…)` with `if` on the right."""
    if is_call(left, PIPE):
        bang = ((DOT, right[1], elixir_list(_kernel(right[1]), BANG)), _closed(right[1]), from_pylist([]))
        left = (PIPE, left[1], elixir_list(left, bang))
    else:
        left = opposite(left)
    return left, (IF, right[1], right[2])


def _kernel(meta: Any) -> Any:
    return (Atom("__aliases__"), meta, elixir_list(Atom("Kernel")))


def _closed(meta: Any) -> Any:
    place = elixir_list((metadata.LINE, metadata.line(meta)))
    return Cons((metadata.CLOSING, place), place)

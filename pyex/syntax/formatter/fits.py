"""Which forms may begin on the line of what stands before them, and break inside."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.formatter import literals, metadata
from pyex.syntax.formatter.metadata import breaks_or_has_comments
from pyex.syntax.formatter.state import State
from pyex.terms.atoms import Atom, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.lists import Cons, List, to_pylist

SEQUENCE: Final = Atom("__block__")
TUPLE: Final = Atom("{}")
BITSTRING: Final = Atom("<<>>")
DOT: Final = Atom(".")
OPENING: Final = frozenset(map(Atom, ("fn", "%{}", "%")))


def may_break_inside(form: Any, state: State) -> bool:
    """Tell whether a form's opening may stay on a line although the rest of it goes on below."""
    if type(form) is not tuple:
        return False
    if len(form) == 2:
        key = form[0]
        is_key = type(key) is tuple and key[0] is SEQUENCE and is_atom(to_pylist(key[2])[0])
        return is_key and may_break_inside(form[1], state)
    name, meta, args = form
    if not isinstance(args, List):
        return False
    delimiter = metadata.value(meta, metadata.DELIMITER)
    if name is SEQUENCE:
        items = to_pylist(args)
        if len(items) != 1:
            return False
        value = items[0]
        if type(value) is tuple and len(value) == 2:
            return breaks_or_has_comments(meta, state)
        if is_binary(value):
            return bool(delimiter == '"""')
        return isinstance(value, List) and bool(delimiter != "'")
    if name is TUPLE:
        return breaks_or_has_comments(meta, state)
    if name is BITSTRING:
        if args and delimiter == '"""':
            return True
        return bool(args) and not literals.is_interpolated(to_pylist(args)) and breaks_or_has_comments(meta, state)
    if name in OPENING:
        return type(args) is Cons
    if metadata.is_call(name, DOT):
        parts = to_pylist(name[2])
        if len(parts) == 2 and parts[1] is TUPLE:
            return True
        return bool(delimiter == "'''")
    return is_atom(name) and delimiter in literals.HEREDOCS

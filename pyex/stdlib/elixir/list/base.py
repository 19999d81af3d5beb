"""The List module, and what its parts share."""

from __future__ import annotations

import builtins
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, split_tail

module = NativeModule("List", doc="Functions on linked lists.")

MODULE: Final = alias("List")
OK: Final = atom("ok")
ERROR: Final = atom("error")
ASC: Final = atom("asc")
Items = builtins.list[Any]


def proper(value: Any, name: str, *args: Any) -> Items:
    """Return the elements of a proper list; raises FunctionClauseError for anything else."""
    items, tail = split_tail(value)
    if tail is not EMPTY:
        raise function_clause(MODULE, name, args or (value,))
    return items

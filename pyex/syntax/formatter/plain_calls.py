"""Calls that go without parentheses where they are written so: those of Elixir's own libraries."""

from __future__ import annotations

from typing import Final

_CALLS: Final = {
    "for": (-1,),
    "with": (-1,),
    "alias": (1, 2),
    "case": (2,),
    "cond": (1,),
    "import": (1, 2),
    "quote": (1, 2),
    "receive": (1,),
    "require": (1, 2),
    "try": (1,),
    "def": (1, 2),
    "defp": (1, 2),
    "defguard": (1,),
    "defguardp": (1,),
    "defmacro": (1, 2),
    "defmacrop": (1, 2),
    "defmodule": (2,),
    "defdelegate": (2,),
    "defexception": (1,),
    "defoverridable": (1,),
    "defstruct": (1,),
    "destructure": (2,),
    "raise": (1, 2),
    "reraise": (2, 3),
    "if": (2,),
    "unless": (2,),
    "use": (1, 2),
    "defrecord": (2, 3),
    "defrecordp": (2, 3),
    "assert": (1, 2),
    "assert_in_delta": (3, 4),
    "assert_raise": (2, 3),
    "assert_receive": (1, 2, 3),
    "assert_received": (1, 2),
    "doctest": (1, 2),
    "refute": (1, 2),
    "refute_in_delta": (3, 4),
    "refute_receive": (1, 2, 3),
    "refute_received": (1, 2),
    "setup": (1, 2),
    "setup_all": (1, 2),
    "test": (1, 2),
    "config": (2, 3),
    "import_config": (1,),
}
PLAIN_CALLS: Final = frozenset((name, arity) for name, arities in _CALLS.items() for arity in arities)
"""Their names and arities; -1 is any arity."""

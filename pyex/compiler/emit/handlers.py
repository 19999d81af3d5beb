"""Imports every module that registers handlers of forms."""

from __future__ import annotations

from pyex.compiler.emit import (
    bitstrings,
    branches,
    calls,
    closures,
    comprehensions,
    expressions,
    receives,
    tries,
    withs,
)

__all__ = [
    "bitstrings",
    "branches",
    "calls",
    "closures",
    "comprehensions",
    "expressions",
    "receives",
    "tries",
    "withs",
]

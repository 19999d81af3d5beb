"""Imports every module that registers handlers of forms."""

from __future__ import annotations

from pyex.compiler.emit import branches, calls, closures, expressions

__all__ = ["branches", "calls", "closures", "expressions"]

"""Macro: functions on quoted forms."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.syntax import printer

module = NativeModule("Macro", doc="Functions on quoted forms.")


@module.function
def to_string(tree: Any) -> Any:
    """Return the source text of a quoted form.

        iex> Macro.to_string(quote do: a + b * 2)
        "a + b * 2"
    """
    return printer.to_string(tree)

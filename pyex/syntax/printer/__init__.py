"""Quoted forms as text again, laid out as Elixir's formatter does: what `Macro.to_string/1` gives."""

from __future__ import annotations

from typing import Any

WIDTH = 98


def to_string(form: Any, width: int = WIDTH) -> str:
    """Return the source text of a quoted form."""
    from pyex.syntax.printer import blocks
    from pyex.terms.inspect.algebra import layout

    lines = layout(blocks.sequence_of(form), width).split("\n")
    return "\n".join(line if line.strip(" ") else "" for line in lines)

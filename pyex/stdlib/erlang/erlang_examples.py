"""Examples of the functions of `:erlang`, whose code is shared with compiled modules and with Elixir's own: erlang_examples.txt."""

from __future__ import annotations

from pathlib import Path
from typing import Final


def _read(text: str) -> dict[str, str]:
    """Return the indented lines below each name."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        if line.startswith(" "):
            found[name] += line
        else:
            name = line.rstrip("\n")
            found[name] = "\n"
    return found


EXAMPLES: Final = _read(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8"))

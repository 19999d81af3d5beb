"""What calls of the library's functions look like, as `h` and `Code.fetch_docs/1` tell them: `find(enumerable, default \\\\ nil, fun)`.

The table is recorded (`tests/stdlib/signatures.py`): a line for each function, with whether it is hidden, its kind, arity, how many defaults it has, and the version that
brought it; ␤ stands for the end of a line. It is read when somebody asks for documentation, and not before.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_TABLE = Path(__file__).with_name("signatures.txt")


class Signature(NamedTuple):
    """A function or macro: `head` is the call as it is shown, `is_hidden` tells that nobody is to know of it."""

    is_hidden: bool
    kind: str
    name: str
    arity: int
    defaults: int
    since: str
    head: str


def signatures(module: Any) -> list[Signature] | None:
    """Return the functions and macros of a module of the library, None for one that the table does not know."""
    return _read().get(module.name.removeprefix("Elixir."))


@cache
def _read() -> dict[str, list[Signature]]:
    found: dict[str, list[Signature]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        module, shown, kind, name, arity, defaults, since, head = line.split("\t")
        found.setdefault(module, []).append(Signature(shown == "hidden", kind, name, int(arity), int(defaults), since, head.replace("␤", "\n")))
    return found

"""The heads of library functions' clauses, as iex shows them when none matches: what was to be given instead.

The library is written in Python, where a function has no clauses. `clauses.txt` holds those that Elixir's errors tell of, below
the name of each module; `tests/stdlib/clauses.exs` asks a real Elixir for them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from pyex.syntax import parse
from pyex.terms.exception_structs import EXCEPTIONS
from pyex.terms.lists import to_pylist

STORED: Final = Path(__file__).with_name("clauses.txt")


@cache
def known() -> dict[str, dict[str, list[str]]]:
    """Return the clauses of each function by module and name, as `def name(…) when …`."""
    found: dict[str, dict[str, list[str]]] = {}
    module: dict[str, list[str]] = {}
    for line in STORED.read_text(encoding="utf-8").splitlines():
        _, _, head = line.partition(" ")
        if head:
            module.setdefault(head.partition("(")[0], []).append(line)
        elif line:
            module = found.setdefault(line, {})
    return found


def heads_of(module: str, name: str, arity: int) -> list[tuple[str, Any]]:
    """Return kind and quoted head, its guard included, of a function's clauses; none when they are not known."""
    stored = known().get(module, {}).get(name) or (_of_exception(module) if name == "exception" else [])
    lines = [line.split(" ", 1) for line in stored]
    heads = [(kind, parse(head)) for kind, head in lines]
    return [(kind, head) for kind, head in heads if _arity(head) == arity]


def _of_exception(module: str) -> list[str]:
    """Return the clauses that `defexception` gives to `exception/1`: of a text where there is a message, of fields."""
    fields = EXCEPTIONS.get(module)
    if fields is None:
        return []
    of_text = ["def exception(msg) when is_binary(msg)"] if "message" in fields else []
    return [*of_text, "def exception(args) when is_list(args)"]


def _arity(head: Any) -> int:
    name, _, args = head
    return _arity(args.head) if name.name == "when" else len(to_pylist(args))

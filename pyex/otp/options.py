"""Options by name."""

from __future__ import annotations

from typing import Any

from pyex.terms.lists import to_pylist


def by_name(options: Any) -> dict[str, Any]:
    """Return the values of a keyword list by name; of several for one name the first counts."""
    found: dict[str, Any] = {}
    for item in to_pylist(options):
        if type(item) is tuple:
            found.setdefault(item[0].name, item[1])
    return found

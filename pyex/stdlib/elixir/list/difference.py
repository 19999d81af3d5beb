"""List: the shortest way from one list to another."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.list.base import Items, _proper, module
from pyex.terms.atoms import atom
from pyex.terms.lists import from_pylist
from pyex.terms.order import identical


@module.function
def myers_difference(list1: Any, list2: Any) -> Any:
    """Return how to get from one list to the other: a keyword list of `:eq`, `:ins` and `:del` runs.

        iex> List.myers_difference([1, 2], [1, 3])
        [eq: [1], del: [2], ins: [3]]
    """
    runs = shortest_edit(_proper(list1, "myers_difference", list1, list2), _proper(list2, "myers_difference", list1, list2))
    return from_pylist([(atom(tag), from_pylist(items)) for tag, items in runs])


def shortest_edit(old: Any, new: Any) -> Any:
    """Return the runs (tag, items) of the shortest edit script of two sequences: Myers, "An O(ND) Difference
    Algorithm" (1986), deletions before insertions."""
    frontier: dict[int, tuple[int, Any]] = {1: (0, None)}
    for distance in range(len(old) + len(new) + 1):
        for diagonal in range(-distance, distance + 1, 2):
            down = diagonal == -distance or (
                diagonal != distance and frontier[diagonal - 1][0] < frontier[diagonal + 1][0]
            )
            x, path = frontier[diagonal + 1] if down else frontier[diagonal - 1]
            if distance:
                place = x - (diagonal + 1) if down else x
                path = ("ins", new[place], path) if down else ("del", old[place], path)
                x = x if down else x + 1
            y = x - diagonal
            while x < len(old) and y < len(new) and identical(old[x], new[y]):
                path = ("eq", old[x], path)
                x, y = x + 1, y + 1
            frontier[diagonal] = (x, path)
            if x >= len(old) and y >= len(new):
                return _runs(path)
    return []


def _runs(path: Any) -> Items:
    runs: Items = []
    while path is not None:
        tag, item, path = path
        if runs and runs[-1][0] == tag:
            runs[-1][1].append(item)
        else:
            runs.append((tag, [item]))
    return [(tag, items[::-1]) for tag, items in reversed(runs)]


# ---- lists of tuples, by a key at a position

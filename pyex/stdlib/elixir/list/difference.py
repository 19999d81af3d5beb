"""List: the shortest way from one list to another."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.list.base import MODULE, Items, module, proper
from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import from_pylist
from pyex.terms.order import identical


@module.function
def myers_difference(list1: Any, list2: Any) -> Any:
    """Return how to get from one list to the other: a keyword list of `:eq`, `:ins` and `:del` runs.

        iex> List.myers_difference([1, 2], [1, 3])
        [eq: [1], del: [2], ins: [3]]
    """
    runs = shortest_edit(proper(list1, "myers_difference", list1, list2), proper(list2, "myers_difference", list1, list2))
    return from_pylist([(atom(tag), from_pylist(items)) for tag, items in runs])


@module.function("myers_difference", arity=3)
def myers_difference_with(list1: Any, list2: Any, diff_script: Any) -> Any:
    """As `myers_difference/2`; where an element takes another's place, `diff_script` (of both) may tell the difference of
    the two, which stands under `:diff`, or return nil.

        iex> List.myers_difference(["ab"], ["ac"], &String.myers_difference/2)
        [diff: [eq: "a", del: "b", ins: "c"]]
    """
    args = (list1, list2, diff_script)
    if not is_function(diff_script, 2):
        raise function_clause(MODULE, "myers_difference", args)
    old, new = (proper(side, "myers_difference", *args) for side in (list1, list2))
    path = _substituting(old, new, diff_script)
    if path is None:
        return myers_difference(list1, list2)
    return from_pylist([(atom(tag), items if tag == "diff" else from_pylist(items)) for tag, items in _runs(path)])


def _substituting(old: Items, new: Items, script: Any) -> Any:
    """Return the path with the fewest edits, where an element for which `script` knows the difference to another may take
    its place in one edit; None when no element does."""
    rows, columns = len(old), len(new)
    least = [[columns - y + rows - x for y in range(columns + 1)] for x in range(rows + 1)]
    differences: dict[tuple[int, int], Any] = {}
    for x in reversed(range(rows)):
        for y in reversed(range(columns)):
            if identical(old[x], new[y]):
                least[x][y] = least[x + 1][y + 1]
                continue
            least[x][y] = 1 + min(least[x + 1][y], least[x][y + 1])
            found = script(old[x], new[y])
            if found is not None and found is not False and 1 + least[x + 1][y + 1] <= least[x][y]:
                differences[x, y] = found
                least[x][y] = 1 + least[x + 1][y + 1]
    path: Any = None
    x = y = substituted = 0
    while x < rows or y < columns:
        if x < rows and y < columns and identical(old[x], new[y]):
            path, x, y = ("eq", old[x], path), x + 1, y + 1
        elif (x, y) in differences:
            path, x, y, substituted = ("diff", differences[x, y], path), x + 1, y + 1, 1
        elif y < columns and least[x][y] == 1 + least[x][y + 1]:
            path, y = ("ins", new[y], path), y + 1
        else:
            path, x = ("del", old[x], path), x + 1
    return path if substituted else None


def shortest_edit(old: Any, new: Any) -> Any:
    """Return the runs (tag, items) of the shortest edit script of two sequences: Myers, "An O(ND) Difference
    Algorithm" (1986), deletions before insertions."""
    frontier: dict[int, tuple[int, Any]] = {0: _along(0, 0, None, old, new)}
    for distance in range(len(old) + len(new) + 1):
        if distance:
            frontier = _next_frontier(frontier, distance, old, new)
        for diagonal, (x, path) in frontier.items():
            if x == len(old) and x - diagonal == len(new):
                return _runs(path)
    return []


def _along(x: int, y: int, path: Any, old: Any, new: Any) -> tuple[int, Any]:
    """Follow the elements that both have from a place on."""
    while x < len(old) and y < len(new) and identical(old[x], new[y]):
        path = ("eq", old[x], path)
        x, y = x + 1, y + 1
    return x, path


def _next_frontier(frontier: dict[int, tuple[int, Any]], distance: int, old: Any, new: Any) -> dict[int, tuple[int, Any]]:
    """Return how far each diagonal is reached with one edit more."""
    reached = {}
    for diagonal in range(-distance, distance + 1, 2):
        above, left = frontier.get(diagonal + 1), frontier.get(diagonal - 1)
        down = above if above is not None and above[0] - diagonal <= len(new) else None
        right = left if left is not None and left[0] < len(old) else None
        if down is not None and (right is None or right[0] < down[0]):
            x, path = down[0], ("ins", new[down[0] - diagonal - 1], down[1])
        elif right is not None:
            x, path = right[0] + 1, ("del", old[right[0]], right[1])
        else:
            continue
        reached[diagonal] = _along(x, x - diagonal, path, old, new)
    return reached


def _runs(path: Any) -> Items:
    runs: Items = []
    while path is not None:
        tag, item, path = path
        if tag == "diff":
            runs.append((tag, item))
        elif runs and runs[-1][0] == tag:
            runs[-1][1].append(item)
        else:
            runs.append((tag, [item]))
    return [(tag, items if tag == "diff" else items[::-1]) for tag, items in reversed(runs)]


# ---- lists of tuples, by a key at a position

"""String: how alike two strings are."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pyex.stdlib.elixir.list import shortest_edit
from pyex.stdlib.elixir.string.base import graphemes_of, module, term, text
from pyex.terms.atoms import atom
from pyex.terms.lists import from_pylist


@module.function
def jaro_distance(string1: Any, string2: Any) -> float:
    """Return how alike two strings are, from 0.0 to 1.0 (Jaro's distance).

        iex> String.jaro_distance("abc", "abc")
        1.0
    """
    return jaro(
        graphemes_of(text(string1, "jaro_distance", string1, string2)),
        graphemes_of(text(string2, "jaro_distance", string1, string2)),
    )


def jaro(first: list[str], second: list[str]) -> float:
    """Return Jaro's similarity of two sequences (Jaro, 1989)."""
    if first == second:
        return 1.0
    if not first or not second:
        return 0.0
    window = max(max(len(first), len(second)) // 2 - 1, 0)
    taken: set[int] = set()
    matched = []
    for place, part in enumerate(first):
        for other in range(max(0, place - window), min(len(second), place + window + 1)):
            if other not in taken and second[other] == part:
                taken.add(other)
                matched.append(part)
                break
    if not matched:
        return 0.0
    moved = sum(a != second[b] for a, b in zip(matched, sorted(taken), strict=True)) / 2
    common = len(matched)
    return (common / len(first) + common / len(second) + (common - moved) / common) / 3


@module.function
def bag_distance(string1: Any, string2: Any) -> float:
    """Return how alike two strings are as bags of graphemes, from 0.0 to 1.0.

        iex> String.bag_distance("abc", "bcd")
        0.6666666666666667
    """
    first = graphemes_of(text(string1, "bag_distance", string1, string2))
    second = graphemes_of(text(string2, "bag_distance", string1, string2))
    if not first and not second:
        return 0.0
    only_first, only_second = Counter(first) - Counter(second), Counter(second) - Counter(first)
    return 1 - max(only_first.total(), only_second.total()) / max(len(first), len(second))


@module.function
def myers_difference(string1: Any, string2: Any) -> Any:
    """Return how to get from one string to the other: a keyword list of `:eq`, `:ins` and `:del` texts.

        iex> String.myers_difference("abc", "abd")
        [eq: "ab", del: "c", ins: "d"]
    """
    runs = shortest_edit(
        graphemes_of(text(string1, "myers_difference", string1, string2)),
        graphemes_of(text(string2, "myers_difference", string1, string2)),
    )
    return from_pylist([(atom(tag), term("".join(items))) for tag, items in runs])

"""Parts of a function that are functions of their own on the BEAM: which part an instruction belongs to.

A unit's table `__rounds__` holds for each part (the part around it, the line where that one waits, the arity of its function,
whether the function around it is gone from the stack); an instruction tells its part by the last column of its position.
"""

from __future__ import annotations

import itertools
from types import CodeType
from typing import Any, Final

TABLE: Final = "__rounds__"
FIRST: Final = 1_000_000
"""Added to the number of a part, which begins at 1, to make a column that no source has."""

LAST: Final = 2 * FIRST
"""Added for the call that ends a part."""

Round = tuple[int, int, int, bool]


def part_at(code: CodeType, instruction: int, table: Any) -> tuple[list[Round], bool]:
    """Return the parts that an instruction stands in, the innermost first, and whether it is the call that ends the first."""
    if not table or instruction < 0:
        return [], False
    position = next(itertools.islice(code.co_positions(), instruction // 2, None), None)
    last = position[3] if position is not None else None
    part = (last or 0) % FIRST if last is not None and last > FIRST else 0
    found: list[Round] = []
    while 0 < part <= len(table):
        found.append(table[part - 1])
        part = table[part - 1][0]
    return found, last is not None and last > LAST

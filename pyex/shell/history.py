"""The values that `v/1` gives back: the last results, by the number of their prompt."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from pyex.terms.errors import elixir_error


@dataclass(slots=True)
class History:
    """The last `limit` results of a shell; a negative limit keeps them all."""

    entries: deque[tuple[int, Any]] = field(default_factory=deque)

    def append(self, counter: int, value: Any, limit: int) -> None:
        """Remember the value of prompt `counter`, and drop what is beyond the limit."""
        self.entries.append((counter, value))
        while 0 <= limit < len(self.entries):
            self.entries.popleft()

    def nth(self, number: int) -> Any:
        """Return the value of prompt `number`, or, when negative, counted from the newest.

        Raises RuntimeError in iex's words when there is none.
        """
        if number >= 0:
            for counter, value in self.entries:
                if counter == number:
                    return value
        elif -number <= len(self.entries):
            return self.entries[number][1]
        raise elixir_error("RuntimeError", message=f"v({number}) is out of bounds, {self._range()}")

    def _range(self) -> str:
        if not self.entries:
            return "no entries were stored in history so far"
        first, last = self.entries[0][0], self.entries[-1][0]
        return (
            f"the currently preserved history ranges from {first} to {last} "
            "(or use negative numbers to look from the end)"
        )

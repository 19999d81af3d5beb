"""The text that is parsed, and where its characters stand.

The grammar counts in bytes from zero; Elixir in lines and characters from one. A `Source` answers
both; of an ASCII text the two offsets are the same number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, Cons

LINE: Final = atom.line
COLUMN: Final = atom.column


class Source:
    """A text with its UTF-8 bytes, and the place in the file where it begins."""

    __slots__ = ("_cells", "_line", "_starts", "char_at", "columns", "data", "file", "first_column", "line", "text")

    def __init__(self, text: str, file: str = "nofile", line: int = 1, column: int = 1, columns: bool = True) -> None:
        self.text = text
        self.file = file
        self.line = line
        self.columns = columns
        self.first_column = column
        self.data = text.encode("utf-8", "surrogatepass")
        self.char_at: Sequence[int] = range(len(text) + 1) if text.isascii() else _character_offsets(text)
        """The character offset of each byte offset."""
        self._starts = line_starts(text)
        self._cells: dict[int, Any] = {}
        self._line = line - 1

    def position(self, byte: int) -> tuple[int, int]:
        """Return the line and the column of a byte offset."""
        return self.position_of(self.char_at[byte])

    def position_of(self, char: int) -> tuple[int, int]:
        """Return the line and the column of a character offset."""
        row = bisect_right(self._starts, char)
        column = char - self._starts[row - 1] + self.first_column
        return row + self._line, column

    def meta(self, byte: int) -> Any:
        """Return the metadata `[line: line, column: column]` of a byte offset."""
        starts = self._starts
        char = self.char_at[byte]
        row = bisect_right(starts, char)
        if not self.columns:
            return Cons((LINE, row + self._line), EMPTY)
        column = char - starts[row - 1] + self.first_column
        cell = self._cells.get(column)
        if cell is None:
            cell = self._cells[column] = Cons((COLUMN, column), EMPTY)
        return Cons((LINE, row + self._line), cell)

    def slice(self, start: int, end: int) -> str:
        """Return the text between two byte offsets."""
        at = self.char_at
        return self.text[at[start] : at[end]]


def line_starts(text: str) -> list[int]:
    """Return the offset of each line's first character."""
    starts = [0]
    found = text.find("\n")
    while found >= 0:
        starts.append(found + 1)
        found = text.find("\n", found + 1)
    return starts


def _character_offsets(text: str) -> Sequence[int]:
    from array import array

    offsets = array("L")
    for index, char in enumerate(text):
        code = ord(char)
        width = 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
        offsets.extend((index,) * width)
    offsets.append(len(text))
    return offsets

"""The text that is parsed, and where it stands in its file."""

from __future__ import annotations

from typing import Final

from pyex.terms.atoms import atom

LINE: Final = atom.line
COLUMN: Final = atom.column


class Source:
    """A text, and the place in the file where it begins; `first_column` is where each of its lines begins."""

    __slots__ = ("columns", "file", "first_column", "line", "text")

    def __init__(self, text: str, file: str = "nofile", line: int = 1, column: int = 1, columns: bool = True) -> None:
        self.text = text
        self.file = file
        self.line = line
        self.first_column = column
        self.columns = columns

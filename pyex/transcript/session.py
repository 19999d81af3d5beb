"""A session as data: what a file of a transcript or a lesson holds, in the order in which it is replayed."""

from __future__ import annotations

from dataclasses import dataclass, field


class TranscriptError(Exception):
    """A file that cannot be read as a session: what is wrong, and on which line (0: with the file as a whole)."""

    def __init__(self, message: str, path: str, line: int = 0) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.message = message
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Launch:
    """The start of a shell: its command line and banner, as far as the transcript shows them."""

    line: int
    arguments: tuple[str, ...] = ()
    version: tuple[int, ...] | None = None

    @property
    def messages(self) -> str | None:
        """Return the message style that the banner's version asks for, or None where there is no version."""
        if self.version is None:
            return None
        return "1.1" if self.version < (1, 16) else "1.18"


@dataclass(frozen=True, slots=True)
class Step:
    """One expression that was typed, and what the terminal showed below it.

    `line` is that of the prompt, counted from 1. `lines` are the source lines of the expected output, first to one
    past the last. Where prompts run together on one line, `lines` are those of the whole block, and `together` is true.
    `prefix` stands before every line in the file.
    """

    line: int
    prompt: str
    input: str
    expected: str
    lines: tuple[int, int]
    prefix: str = ""
    together: bool = False


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that the lesson saves in its project at this point."""

    line: int
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Code that is prose to a replay, and why."""

    line: int
    reason: str


Part = Launch | Step | SavedFile | Skipped


@dataclass(frozen=True, slots=True)
class Session:
    """A whole file."""

    path: str
    text: str
    parts: list[Part] = field(default_factory=list)

    @property
    def steps(self) -> list[Step]:
        """Return the expressions that were typed."""
        return [part for part in self.parts if isinstance(part, Step)]

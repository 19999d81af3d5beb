"""The lines of one transcript, taken apart into the start of the shell and the expressions that were typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pyex.transcript import prompts, together
from pyex.transcript.prompts import Prompt
from pyex.transcript.session import Launch, Part, Step


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block: its number in the file, what stands before the block's own text, and that text."""

    number: int
    prefix: str
    text: str


def opens(lines: Sequence[Line]) -> bool:
    """Tell whether a fence is a transcript: a prompt comes first, or after the lines that start a shell."""
    for line in lines:
        if prompts.match_prompt(line.text) is not None:
            return True
        if not prompts.is_launch_line(line.text):
            return False
    return False


def parse(lines: Sequence[Line]) -> list[Part]:
    """Return the parts of a transcript's lines."""
    first = next((index for index, line in enumerate(lines) if prompts.match_prompt(line.text)), len(lines))
    parts: list[Part] = _launch(lines[:first])
    body = lines[first:]
    if together.is_run_together([line.text for line in body]):
        return parts + _take_apart(body)
    return parts + _Reader(body).read()


def _launch(lines: Sequence[Line]) -> list[Part]:
    seen = [line for line in lines if line.text.strip()]
    if not seen:
        return []
    arguments: tuple[str, ...] = ()
    version: tuple[int, ...] | None = None
    for line in seen:
        arguments = prompts.match_command(line.text) or arguments
        version = prompts.match_version(line.text) or version
    return [Launch(seen[0].number, arguments, version)]


def _take_apart(lines: Sequence[Line]) -> list[Part]:
    pieces = together.take_apart([line.text for line in lines])
    whole = (lines[0].number, lines[-1].number + 1)
    return [
        Step(lines[piece.index].number, "iex>", piece.input, piece.expected, whole, lines[0].prefix, together=True)
        for piece in pieces
    ]


@dataclass(slots=True)
class _Reader:
    lines: Sequence[Line]
    parts: list[Part] = field(default_factory=list)

    def read(self) -> list[Part]:
        numbered = bool(self.lines) and _prompt(self.lines[0], numbered=False) is not None and self._is_numbered()
        position = 0
        while position < len(self.lines):
            prompt = _prompt(self.lines[position], numbered=numbered)
            if prompt is not None:
                position = self._step(position, prompt, numbered=numbered)
            else:
                position = self._restart(position, numbered=numbered)
        return self.parts

    def _is_numbered(self) -> bool:
        prompt = prompts.match_prompt(self.lines[0].text)
        return prompt is not None and prompt.numbered

    def _restart(self, position: int, *, numbered: bool) -> int:
        """Read the lines that start another shell, up to its first prompt."""
        end = position + 1
        while end < len(self.lines) and _prompt(self.lines[end], numbered=numbered) is None:
            end += 1
        self.parts += _launch(self.lines[position:end])
        return end

    def _step(self, position: int, prompt: Prompt, *, numbered: bool) -> int:
        start = position
        typed = [prompt.input]
        position += 1
        while position < len(self.lines):
            following = _prompt(self.lines[position], numbered=numbered)
            if following is None or not following.continues:
                break
            typed.append(following.input)
            position += 1
        end = position
        while end < len(self.lines) and _prompt(self.lines[end], numbered=numbered) is None:
            if prompts.match_command(self.lines[end].text, bare=False) is not None:
                break
            end += 1
        self._add(start, position, end, prompt, typed)
        return end

    def _add(self, start: int, position: int, end: int, prompt: Prompt, typed: list[str]) -> None:
        source = "\n".join(typed)
        output = [line.text for line in self.lines[position:end]]
        last = self.lines[end - 1].number + 1 if end > position else self.lines[position - 1].number + 1
        if source.strip():
            first = self.lines[position - 1].number + 1
            span = (first, last)
            head = self.lines[start]
            self.parts.append(Step(head.number, prompt.text, source, "\n".join(output), span, head.prefix))
        elif any(line.strip() for line in output):
            self._append_to_last(output, last)

    def _append_to_last(self, output: list[str], last: int) -> None:
        """Give what was printed below an empty prompt to the step before it: its processes printed it."""
        for index in range(len(self.parts) - 1, -1, -1):
            part = self.parts[index]
            if isinstance(part, Step):
                expected = "\n".join(filter(None, [part.expected, *["\n".join(output)]]))
                self.parts[index] = replace(part, expected=expected, lines=(part.lines[0], last))
                return


def _prompt(line: Line, *, numbered: bool) -> Prompt | None:
    """Return a line's prompt. Among prompts that count, one that does not is text: an example that `h` printed."""
    prompt = prompts.match_prompt(line.text)
    return None if prompt is not None and numbered and not prompt.numbered else prompt

"""What a line of a transcript is: a prompt, the start of a shell, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PROMPT: Final = re.compile(
    r"(?P<prompt>(?P<name>iex|pyex|pry|dbg|\.\.\.)(?P<label>\([^()\n]*\)\d*)?>)(?: (?P<input>.*)|$)", re.DOTALL
)
_COMMAND: Final = re.compile(
    r"(?:(?P<before>.*[$%#>]) ?)?(?P<program>(?:[\w./-]*/)?(?:iex|pyex))(?:\.bat)?(?P<arguments>(?: .*)?)$"
)
_VERSION: Final = re.compile(r"Interactive Elixir \((?P<version>\d+(?:\.\d+)*)[^)]*\)")
_BANNER: Final = re.compile(
    r"Erlang(?:/OTP)? |Eshell V|Interactive Elixir \(|Python \d|Compil(?:ed|ing) |Generated |==> |\s*$"
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt and what was typed behind it."""

    text: str
    name: str
    label: str
    input: str

    @property
    def continues(self) -> bool:
        """Tell whether the line belongs to an expression begun above."""
        return self.name == "..."

    @property
    def numbered(self) -> bool:
        """Tell whether the prompt counts."""
        return bool(self.label)


def match_prompt(line: str) -> Prompt | None:
    """Return the prompt that a line begins with."""
    found = _PROMPT.match(line)
    if found is None:
        return None
    return Prompt(found["prompt"], found["name"], found["label"] or "", found["input"] or "")


def match_command(line: str, *, bare: bool = True) -> tuple[str, ...] | None:
    """Return the arguments of a command line that starts a shell: `$ iex -S mix`, `F:\\projects>iex`, `iex -S mix`.

    `bare` also takes one without a system's prompt before it.
    """
    found = _COMMAND.match(line.strip())
    if found is None or (not bare and not found["before"]):
        return None
    return tuple(found["arguments"].split())


def match_version(line: str) -> tuple[int, ...] | None:
    """Return the version that a banner names."""
    found = _VERSION.search(line)
    return tuple(int(part) for part in found["version"].split(".")) if found else None


def is_launch_line(line: str) -> bool:
    """Tell whether a line is what is seen before the first prompt."""
    return _BANNER.match(line) is not None or match_command(line) is not None

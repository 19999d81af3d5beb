"""Markdown lessons: the fences that are files, the fences that are transcripts, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyex.transcript import block
from pyex.transcript.block import Line
from pyex.transcript.session import Part, SavedFile, Skipped, TranscriptError

if TYPE_CHECKING:
    from markdown_it.token import Token

_FILE: Final = re.compile(r"""\bfile=(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))""")
_ELIXIR: Final = frozenset({"", "elixir", "ex", "iex"})


@dataclass(frozen=True, slots=True)
class _Fence:
    """A piece of code of the lesson: what its first line says, and its lines without their common indentation."""

    number: int
    language: str
    information: str
    lines: list[Line]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines).strip("\n") + "\n"


def parse(text: str, path: str) -> list[Part]:
    """Return the parts of a lesson. Raises TranscriptError."""
    from markdown_it import MarkdownIt

    source = text.split("\n")
    parts: list[Part] = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type in {"fence", "code_block"} and token.map is not None:
            parts += _parts(_fence(token, source, path), path, indented=token.type == "code_block")
    return parts


def _fence(token: Token, source: list[str], path: str) -> _Fence:
    assert token.map is not None
    first, last = token.map
    content = token.content.split("\n")[:-1]
    start = first
    if token.type == "fence":
        start = first + 1
        if len(content) != last - first - 2 or not _closes(source[last - 1], token.markup):
            raise TranscriptError(f"the fence {token.markup} that is opened here is never closed", path, first + 1)
    indentation = min((len(line) - len(line.lstrip(" ")) for line in content if line.strip()), default=0)
    lines = []
    for offset, line in enumerate(content):
        shown = line[indentation:]
        whole = source[start + offset]
        prefix = whole[: len(whole) - len(shown)] if shown and whole.endswith(shown) else ""
        lines.append(Line(start + offset + 1, prefix, shown))
    information = token.info.strip()
    language = re.split(r"[\s{]", information, maxsplit=1)[0].lower()
    return _Fence(first + 1, language, information, lines)


def _closes(line: str, markup: str) -> bool:
    stripped = line.strip().lstrip("> ")
    return len(stripped) >= len(markup) and set(stripped) == {markup[0]}


def _parts(fence: _Fence, path: str, *, indented: bool) -> list[Part]:
    named = _FILE.search(fence.information)
    if named is not None:
        name = named["quoted"] or named["plain"]
        if name.startswith("/") or ".." in name.split("/"):
            raise TranscriptError(f"the file {name} lies outside the lesson's project", path, fence.number)
        return [SavedFile(fence.number, name, fence.text)]
    if block.opens(fence.lines):
        return block.parse(fence.lines)
    if fence.language not in _ELIXIR:
        return [Skipped(fence.number, f"{fence.language} without file=")]
    module = _module(fence.text)
    if module is not None:
        return [SavedFile(fence.number, _path_of(module), fence.text)]
    if indented and not re.search(r"\b(?:def|iex>)", fence.text):
        return []
    return [Skipped(fence.number, "neither whole modules nor a transcript")]


def _module(text: str) -> str | None:
    """Return the name of the first module, if the text holds whole modules and nothing else."""
    from pyex.syntax import parse as parse_elixir
    from pyex.terms.errors import ElixirError

    if "defmodule" not in text:
        return None
    try:
        quoted = parse_elixir(text)
    except ElixirError:
        return None
    forms = list(quoted[2]) if _call(quoted) == "__block__" else [quoted]
    names = [_module_name(form) for form in forms]
    return names[0] if names and all(names) else None


def _call(form: Any) -> str | None:
    return str(form[0]) if isinstance(form, tuple) and len(form) == 3 and not isinstance(form[0], tuple) else None


def _module_name(form: Any) -> str | None:
    if (_call(form) or "").lstrip(":") != "defmodule":
        return None
    name = next(iter(form[2]))
    if (_call(name) or "").lstrip(":") != "__aliases__":
        return None
    return ".".join(str(part).lstrip(":") for part in name[2])


def _path_of(module: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", module)
    return "lib/" + words.replace(".", "/").lower() + ".ex"

"""Documentation on the terminal: Markdown wrapped to its width, in colours or plain."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from pyex.shell.ansi import RESET, paint
from pyex.shell.configuration import Configuration

_BULLET = re.compile(r"^(\s*)([*+-]|\d+\.)\s+(.*)$")


def heading(text: str, configuration: Configuration) -> str:
    """Return the title line of a documented thing, centred."""
    width = configuration.width
    if configuration.colors_enabled:
        padded = text.center(width) if len(text) % 2 == width % 2 else (text + " ").center(width)
        return RESET + paint(padded, configuration.color("doc_title"))
    return " " * max(0, (width - len(text)) // 2) + text


def fact(text: str, configuration: Configuration) -> str:
    """Return a line like `since: 1.0`, its name in the colour of metadata."""
    name, value = text.split(" ", 1)
    return f"{paint(name, configuration.color('doc_metadata'))} {value}"


def body(markdown: str, configuration: Configuration) -> str:
    """Return a documentation text, its paragraphs wrapped, its code and lists kept."""
    return "\n".join(_lines(markdown.strip("\n").split("\n"), configuration))


def _lines(source: list[str], configuration: Configuration) -> Iterator[str]:
    paragraph: list[str] = []
    fenced = example = False

    def flush() -> Iterator[str]:
        if paragraph:
            yield from _wrapped(paragraph, configuration)
            paragraph.clear()

    for line in source:
        example = bool(line.strip()) and (example or (line.startswith("iex>") and not paragraph))
        if example:
            yield _code("    " + line, configuration)
        elif line.strip().startswith("```"):
            yield from flush()
            fenced = not fenced
        elif fenced:
            yield _code("    " + line, configuration)
        elif not line.strip():
            yield from flush()
            yield ""
        elif line.startswith("    ") and not paragraph:
            yield _code(line, configuration)
        elif line.startswith("#"):
            yield from flush()
            yield paint(line, configuration.color("doc_headings"))
        elif _BULLET.match(line):
            yield from flush()
            paragraph.append(line)
        else:
            paragraph.append(line)
    yield from flush()


def _code(line: str, configuration: Configuration) -> str:
    return paint(line, configuration.color("doc_code"))


def _wrapped(paragraph: list[str], configuration: Configuration) -> Iterator[str]:
    first = _BULLET.match(paragraph[0])
    text = " ".join(line.strip() for line in paragraph)
    indent = hanging = ""
    if first is not None:
        indent = "  "
        hanging = indent + "  "
        marker = "•" if configuration.colors_enabled else "*"
        text = f"{marker if first[2] in '*+-' else first[2]} " + " ".join([first[3], text[len(paragraph[0].strip()) :]])
    lines = textwrap.wrap(
        " ".join(text.split()),
        configuration.width,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (_inline(line, configuration) for line in lines)


def _inline(line: str, configuration: Configuration) -> str:
    if not configuration.colors_enabled:
        return line
    return re.sub(r"`([^`]+)`", lambda match: paint(match[1], configuration.color("doc_code")), line)

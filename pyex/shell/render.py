"""Results, errors and diagnostics as the shell prints them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyex.shell.ansi import escape, paint
from pyex.shell.configuration import Configuration

FRAMES_SHOWN = 8


def value(term: Any, configuration: Configuration) -> str:
    """Return the inspected value, in the shell's colours when they are on."""
    from pyex.terms.inspect import inspect

    text = inspect(term, configuration.inspect_options())
    return paint(text, configuration.color("eval_result")) if configuration.colors_enabled else text


def error(kind: str, reason: Any, stacktrace: Any, configuration: Configuration) -> str:
    """Return the banner of an error and the stack below it, as many frames as the shell shows."""
    from pyex.terms import exceptions

    reason, stacktrace = exceptions.blame(kind, reason, stacktrace)
    banner = exceptions.format_banner(kind, reason, stacktrace)
    return error_text(banner, stacktrace, configuration)


def error_text(banner: str, stacktrace: Any, configuration: Configuration) -> str:
    """Return a banner with a stack trace under it."""
    from pyex.terms import stacktrace as stacks
    from pyex.terms.lists import to_pylist

    frames = [stacks.format_entry(entry) for entry in to_pylist(stacktrace)[:FRAMES_SHOWN]]
    lines = "\n".join(f"    {frame}" for frame in frames)
    if configuration.colors_enabled:
        banner = _paint_banner(banner, configuration)
        lines = escape(configuration.color("stack_info")) + lines if lines else ""
    return f"{banner}\n{lines}" if lines else banner


def _paint_banner(banner: str, configuration: Configuration) -> str:
    """Colour the banner; what blame or a snippet adds below a long one keeps colours of its own."""
    first, newline, rest = banner.partition("\n")
    if first.endswith("    ") and newline:
        return paint(first.rstrip(), configuration.color("eval_error")) + "    \n" + rest
    return paint(banner, configuration.color("eval_error"))


def info(text: str, configuration: Configuration, color: str = "eval_info") -> str:
    """Return a remark of the shell itself."""
    return paint(text, configuration.color(color)) if configuration.colors_enabled else text


def columns(names: Iterable[str], width: int) -> str:
    """Return names in columns, two blanks apart and filled line by line, as `exports` and completion print them."""
    items = list(names)
    if not items:
        return ""
    longest = max(map(len, items))
    step = longest + 4 if longest + 4 <= width else longest
    per_line = max(1, width // step)
    lines = []
    for start in range(0, len(items), per_line):
        lines.append("".join(item.ljust(step) for item in items[start : start + per_line]))
    return "\n".join(lines)

"""The text of a failure: where it is, what went wrong, the code, both sides, the stack trace."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import call
from pyex.compiler.kernel.build import code_text
from pyex.stdlib.elixir.ex_unit.suite import NO_VALUE, Failure, Test, TestModule
from pyex.terms import exceptions
from pyex.terms.atoms import alias, atom
from pyex.terms.inspect import Opts, inspect
from pyex.terms.lists import List, to_pylist
from pyex.terms.maps import Map
from pyex.terms.stacktrace import format_entry, format_file_line

_ASSERTION: Final = alias("ExUnit.AssertionError")

_WIDTH: Final = 80


class Report:
    """One failed test, or module, as text."""

    def __init__(self, owner: Test | TestModule, failures: list[Failure], number: int) -> None:
        self.owner = owner
        self.failures = failures
        self.number = number

    def text(self) -> str:
        """Return the whole text, without the empty lines around it."""
        head = f"{self.number})".rjust(4)
        owner = self.owner
        lines: list[str]
        if isinstance(owner, Test):
            lines = [f"{head} {owner.name.name} ({inspect(owner.module)})"]
            place = format_file_line(os.path.relpath(owner.tags[atom.file]), owner.tags[atom.line]).removesuffix(":")
            lines.append(f"     {place}")
        else:
            what = "setup_all callback"
            lines = [f"{head} {inspect(owner.name)}: failure on {what}, all tests have been invalidated"]
        for number, failure in enumerate(self.failures, 1):
            if len(self.failures) > 1:
                lines.append(f"\n     Failure #{number}")
            lines += [f"     {line}" if line else "" for line in self._failure(failure)]
        return "\n" + "\n".join(lines) + "\n"

    def _failure(self, failure: Failure) -> list[str]:
        stack = self._pruned(failure.stacktrace)
        reason = failure.reason
        if type(failure.kind) is tuple:
            told = call("Exception", "format_banner", failure.kind, reason)
            return [*str(told).split("\n"), *_trace(self.owner, stack)]
        if failure.kind is not atom.error:
            lines = str(call("Exception", "format_banner", failure.kind, reason, failure.stacktrace)).split("\n")
            return [*lines, *self._code(stack), *_trace(self.owner, stack)]
        error, blamed = exceptions.blame(atom.error, reason, failure.stacktrace)
        if error.struct is _ASSERTION:
            return [*self._assertion(error, stack), *_trace(self.owner, stack)]
        lines = str(call("Exception", "format_banner", atom.error, error, failure.stacktrace)).split("\n")
        details = str(call("Exception", "message", error)).split("\n")
        first = lines[0]
        body = [first, *details[1:]] if len(details) > 1 else lines
        if len(body) > 1 and body[-1]:
            body.append("") if error.struct is alias("FunctionClauseError") else None
        return [*body, *self._code(stack), *_trace(self.owner, self._pruned(blamed))]

    def _assertion(self, error: Map, stack: list[Any]) -> list[str]:
        return assertion_lines(error, lambda width: self._code(stack, width))

    def _code(self, stack: list[Any], width: int = 6) -> list[str]:
        """Return the source of the line of the test at which it failed."""
        owner = self.owner
        if not isinstance(owner, Test):
            return []
        for entry in stack:
            if entry[0] is owner.module and entry[1] is owner.name:
                line = dict(to_pylist(entry[3])).get(atom.line)
                found = source_of(owner.tags[atom.file], line)
                return _labelled("code:", found, width) if found else []
        return []

    def _pruned(self, stacktrace: Any) -> list[Any]:
        """Return the frames up to that of the test; what ran the test tells nothing."""
        frames = [frame for frame in to_pylist(stacktrace) if frame[0] is not alias("ExUnit.Assertions")]
        owner = self.owner
        if isinstance(owner, Test):
            if owner.tags.get(atom("not_implemented")) is True:
                return []
            for place, frame in enumerate(frames):
                if frame[0] is owner.module and frame[1] is owner.name:
                    return frames[: place + 1]
        return frames


def assertion_lines(error: Map, source: Callable[[int], list[str]]) -> list[str]:
    """Return what an AssertionError tells; `source` gives the code where the error has none."""
    lines = str(error[atom.message]).split("\n") if error[atom.message] is not NO_VALUE else []
    code, left, right = (error[atom(name)] for name in ("expr", "left", "right"))
    width = 7 if right is not NO_VALUE else 6
    context = error[atom("context")]
    kind = context[0].name if type(context) is tuple else ""
    if error[atom("doctest")] is not NO_VALUE:
        lines += ["doctest:", *(f"  {line}" for line in str(error[atom("doctest")]).split("\n"))]
    if code is NO_VALUE:
        lines += source(width)
    else:
        text = code if type(code) is str else code_text(code)
        lines += _labelled("code:", text, 6 if kind == "mailbox" else width)
    if error[atom("args")] is not NO_VALUE:
        lines += _arguments(to_pylist(error[atom("args")]))
    if kind == "mailbox":
        return lines + _mailbox(code_text(left), to_pylist(context[2]))
    if left is not NO_VALUE:
        shown = code_text(left) if kind == "match" else _shown(left, 2 * (5 + width))
        lines += _labelled("left:", shown, width)
    if right is not NO_VALUE:
        lines += _labelled("right:", _shown(right, 2 * (5 + width)), width)
    return lines


def message(error: Map) -> str:
    """Return the message of an AssertionError, with all that it tells."""
    first, *rest = assertion_lines(error, lambda width: [])
    told = len(str(error[atom.message]).split("\n")) - 1
    indented = [f"     {line}" if place < told else line for place, line in enumerate(rest)]
    return "\n".join(["", "", first, *indented, ""])


def _arguments(values: list[Any]) -> list[str]:
    lines = ["arguments:", ""]
    for number, value in enumerate(values, 1):
        lines += [f"    # {number}", *[f"    {line}" for line in _shown(value, 9).split("\n")], ""]
    return lines


def _labelled(label: str, text: str, width: int) -> list[str]:
    first, *rest = text.split("\n")
    return [f"{label:<{width}}{first}", *(" " * width + line for line in rest)]


def _mailbox(pattern: str, messages: list[Any]) -> list[str]:
    lines = ["mailbox:"]
    for place, message in enumerate(messages):
        if place:
            lines.append("")
        lines += [
            f"  {line}" for line in (*_labelled("pattern:", pattern, 9), *_labelled("value:", _shown(message, 16), 9))
        ]
    return lines


def _shown(value: Any, margin: int) -> str:
    opts = Opts()
    opts.pretty = True
    opts.width = _WIDTH - margin
    opts.limit = atom("infinity")
    return inspect(value, opts)


def _trace(owner: Test | TestModule, frames: list[Any]) -> list[str]:
    if not frames:
        return []
    lines = ["stacktrace:"]
    for frame in frames:
        if isinstance(owner, Test) and frame[0] is owner.module and frame[1] is owner.name:
            where = {key.name: value for key, value in to_pylist(frame[3])}
            file = where.get("file")
            file = "".join(map(chr, to_pylist(file))) if isinstance(file, List) else str(file)
            lines.append(f"  {format_file_line(file, where.get('line'))} (test)")
        else:
            lines.append(f"  {format_entry(frame)}")
    return lines


def source_of(path: str, line: Any) -> str | None:
    """Return a line of a file without the blanks around it, None when it cannot be read."""
    if type(line) is not int or not os.path.isfile(path):
        return None
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    return lines[line - 1].strip() if line <= len(lines) else None

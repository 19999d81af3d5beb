"""`pyex format`: lays out source files as `mix format` does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from pyex.code.native import call
from pyex.shell import script
from pyex.shell.options import UsageError
from pyex.terms.atoms import atom, atom_name, is_atom
from pyex.terms.errors import ElixirError
from pyex.terms.exceptions import format_banner
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, to_pylist

if TYPE_CHECKING:
    from pyex.shell.server import Server
    from pyex.syntax.formatter import Style

CONFIGURATION: Final = ".formatter.exs"
STANDARD_INPUT: Final = "-"
FAILED: Final = 1
ERROR: Final = atom("error")
_SWITCHES: Final = {
    "--check-formatted": "checks",
    "--dry-run": "only_reads",
    "--migrate": "migrates",
    "--no-exit": "never_fails",
    "--force": None,
}
_VALUES: Final = {"--dot-formatter": "configuration", "--stdin-filename": "name_of_input"}


class Refused(Exception):
    """What `mix format` says when it cannot begin."""


@dataclass(slots=True)
class Request:
    """What the command line asks for."""

    patterns: list[str] = field(default_factory=list)
    checks: bool = False
    """Nothing is written: files that are not formatted are an error."""
    only_reads: bool = False
    migrates: bool = False
    never_fails: bool = False
    configuration: str | None = None
    name_of_input: str = "stdin.exs"


def run(server: Server, arguments: Sequence[str]) -> int:
    """Format the files that the command line or `.formatter.exs` names; returns the exit status. Raises UsageError."""
    request = read(arguments)
    outcomes: list[int] = []

    def step() -> None:
        try:
            outcomes.append(_format_all(server, request))
        except Refused as refused:
            server.print(f"** (Mix) {refused}", "stderr")
            outcomes.append(FAILED)

    status = script.run_part(server, step)
    return script.finish(server, status or sum(outcomes))


def read(arguments: Sequence[str]) -> Request:
    """Return what a command line asks for."""
    request = Request()
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument in _SWITCHES:
            name = _SWITCHES[argument]
            if name is not None:
                setattr(request, name, True)
        elif argument in _VALUES:
            if not rest:
                raise UsageError(f"{argument} wants a value")
            setattr(request, _VALUES[argument], rest.pop(0))
        elif argument.startswith("-") and argument != STANDARD_INPUT:
            raise UsageError(f"unknown option {argument}")
        else:
            request.patterns.append(argument)
    return request


# ---- which files


def configured(path: str, *, required: bool) -> dict[str | None, Any]:
    """Return what a `.formatter.exs` says; nothing where there is none."""
    if not required and not os.path.isfile(path):
        return {}
    found = call("Code", "eval_file", path)[0]
    if not isinstance(found, List) or not all(
        type(pair) is tuple and len(pair) == 2 and is_atom(pair[0]) for pair in to_pylist(found)
    ):
        message = f"Expected {inspect(os.path.abspath(path))} to return a keyword list, got: {inspect(found)}"
        raise Refused(message)
    return {atom_name(key): value for key, value in to_pylist(found)}


def inputs(given: dict[str | None, Any], folder: str) -> Iterator[tuple[str, dict[str | None, Any]]]:
    """Return the files that a configuration names, those of its subdirectories with their own configurations."""
    for pattern in _texts(given.get("inputs", EMPTY)):
        for path in wildcard(os.path.join(folder, pattern)):
            yield path, given
    for pattern in _texts(given.get("subdirectories", EMPTY)):
        for inner in wildcard(os.path.join(folder, pattern)):
            path = os.path.join(inner, CONFIGURATION)
            if os.path.isfile(path):
                yield from inputs(configured(path, required=True), inner)


def wildcard(pattern: str) -> list[str]:
    """Return the paths that a pattern matches, in order."""
    found = call("Path", "wildcard", pattern, elixir_list((atom("match_dot"), True)))
    return [str(path) for path in to_pylist(found)]


def _texts(value: Any) -> list[str]:
    return [str(one) for one in to_pylist(value)] if isinstance(value, List) else [str(value)]


def chosen(request: Request) -> dict[str, dict[str | None, Any]]:
    """Return the files to be formatted, each with its configuration."""
    given = configured(request.configuration or CONFIGURATION, required=request.configuration is not None)
    if not request.patterns:
        if "inputs" not in given and "subdirectories" not in given:
            raise Refused(
                "Expected one or more files/patterns to be given to mix format or for a .formatter.exs file to exist "
                "with an :inputs or :subdirectories key"
            )
        return {path: one for path, one in inputs(given, "") if os.path.isfile(path)}
    own = {os.path.abspath(path): one for path, one in inputs(given, "")} if "subdirectories" in given else {}
    found: dict[str, dict[str | None, Any]] = {}
    for pattern in request.patterns:
        if pattern == STANDARD_INPUT:
            found[pattern] = given
        for path in wildcard(pattern) if pattern != STANDARD_INPUT else []:
            if os.path.isfile(path):
                found[path] = own.get(os.path.abspath(path), given)
    if not found:
        shown = inspect(elixir_list(*request.patterns))
        raise Refused(
            "Could not find a file to format. The files/patterns given to command line did not point to any existing "
            f"file. Got: {shown}"
        )
    return found


# ---- formatting


def _format_all(server: Server, request: Request) -> int:
    from pyex.stdlib.elixir.code_formatting import style_of

    failed = False
    changed: list[tuple[str, str, str]] = []
    for path, given in chosen(request).items():
        style = style_of(given)
        if request.migrates:
            style = replace(style, migrates_charlists=True, migrates_bitstrings=True, migrates_unless=True)
        found = _format_one(server, path, style, request)
        if found is None:
            failed = True
        elif found[0] != found[1]:
            changed.append((path, *found))
    if not request.checks or not changed:
        return FAILED if failed else 0
    listed = _unformatted(changed, server.configuration.ansi)
    if request.never_fails:
        server.print(listed, "stderr")
        return FAILED if failed else 0
    server.print(f"** (Mix) mix format failed due to --check-formatted.\n{listed}\n", "stderr")
    return FAILED


def _format_one(server: Server, path: str, style: Style, request: Request) -> tuple[str, str] | None:
    """Format a file; returns what it held and what it should hold, None after an error, which is printed."""
    from pyex.syntax.formatter import format_text

    is_input = path == STANDARD_INPUT
    try:
        if is_input:
            text = sys.stdin.read()
        else:
            text = str(call("File", "read!", path))
        found = format_text(text, style, file=request.name_of_input if is_input else path)
    except ElixirError as error:
        where = "stdin" if is_input else f"file: {path}"
        server.print(f"mix format failed for {where}\n{format_banner(ERROR, error.reason)}", "stderr")
        return None
    wanted = found + "\n" if found else ""
    if request.checks:
        return text, wanted
    if is_input:
        server.sink(wanted, "stdout")
    elif wanted != text and not request.only_reads:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(wanted)
    return text, wanted


def _unformatted(changed: list[tuple[str, str, str]], colours: bool) -> str:
    """Return what is said of files that are not formatted."""
    from pyex.shell.differences import shown

    parts = []
    for path, text, wanted in changed:
        named = "" if path == STANDARD_INPUT else os.path.abspath(path) + "\n"
        if named and colours:
            named = f"\x1b[1m\x1b[31m{named}\x1b[0m"
        parts.append(f"{named}\n{shown(text, wanted, colours)}" if named else shown(text, wanted, colours))
    listed = "\n".join(parts)
    return f"The following files are not formatted:\n\n{listed}\n"

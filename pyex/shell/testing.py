"""`pyex test`: runs the tests of the project in the current folder, as `mix test` does."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from pyex.code.native import call
from pyex.shell import mix, script
from pyex.shell.options import UsageError
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, from_pylist

if TYPE_CHECKING:
    from pyex.shell.server import Server

_NUMBERS: Final = {
    "--seed": "seed",
    "--timeout": "timeout",
    "--max-failures": "max_failures",
    "--max-cases": "max_cases",
}
FAILED: Final = 2
_TAGS: Final = ("--only", "--include", "--exclude")


def run(server: Server, arguments: Sequence[str]) -> int:
    """Compile the project, start it, and run its tests; returns the exit status. Raises UsageError."""
    settings, paths = read(arguments)
    os.environ.setdefault("MIX_ENV", "test")
    outcomes: list[int] = []
    status = script.run_part(server, lambda: outcomes.append(_run(server, settings, paths)))
    return script.finish(server, status or sum(outcomes))


def read(arguments: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the settings for ExUnit that a command line gives, and the files or folders it names."""
    settings: dict[str, Any] = {}
    include: list[Any] = []
    exclude: list[Any] = []
    paths: list[str] = []
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--trace":
            settings["trace"] = True
        elif argument in (*_NUMBERS, *_TAGS):
            if not rest:
                raise UsageError(f"{argument} wants a value")
            given = rest.pop(0)
            if argument in _NUMBERS:
                settings[_NUMBERS[argument]] = int(given)
            else:
                (exclude if argument == "--exclude" else include).append(_tag(given))
                if argument == "--only":
                    exclude.append(atom("test"))
        elif argument.startswith("-"):
            raise UsageError(f"unknown option {argument}")
        else:
            path, colon, line = argument.rpartition(":")
            if colon and line.isdigit():
                include.append((atom("location"), (path, int(line))))
                exclude.append(atom("test"))
                argument = path
            paths.append(argument)
    if include:
        settings["include"] = from_pylist(list(dict.fromkeys(include)))
    if exclude:
        settings["exclude"] = from_pylist(list(dict.fromkeys(exclude)))
    return settings, paths


def _tag(text: str) -> Any:
    name, colon, value = text.partition(":")
    return (atom(name), value) if colon else atom(name)


def _run(server: Server, settings: dict[str, Any], paths: list[str]) -> int:
    mix.run(server, [])
    call("ExUnit", "configure", from_pylist([(atom("autorun"), False)]))
    helper = os.path.abspath(os.path.join("test", "test_helper.exs"))
    if os.path.isfile(helper):
        call("Code", "require_file", helper)
    else:
        call("ExUnit", "start", EMPTY)
    given = from_pylist([(atom(name), value) for name, value in settings.items()])
    call("ExUnit", "configure", given)
    found = _files(paths)
    for path in found:
        call("Code", "require_file", path)
    if not found:
        server.print("There are no tests to run")
        return 0
    return FAILED if call("ExUnit", "run")[atom("failures")] else 0


def _files(paths: list[str]) -> list[str]:
    """Return the test files that are named, or those below test/, in order."""
    found: list[str] = []
    for path in paths or ["test"]:
        if os.path.isdir(path):
            found += sorted(glob.glob(os.path.join(path, "**", "*_test.exs"), recursive=True))
        else:
            found.append(path)
    return [os.path.abspath(path) for path in found]

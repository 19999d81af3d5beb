"""The library against Elixir: the expressions of recorded/*.exprs give what `tests.stdlib.record` has stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from pyex import runtime
from pyex.code import server
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.atoms import atom_name
from pyex.terms.errors import Signal
from pyex.terms.exceptions import message_of, normalize
from pyex.terms.inspect import Opts, inspect
from pyex.terms.stacktrace import of_exception

FOLDER: Final = Path(__file__).parent / "recorded"
CHUNK: Final = 20
"""Expressions in one test: enough that a test is worth its start, few enough that it is quick."""


def answer(source: str) -> str:
    """Return what an expression gives, in the words of the recorder."""
    opts = Opts()
    opts.limit = opts.printable_limit = 10**9
    try:
        value = eval_quoted(parse(source, file="nofile"), {}, default_env(file="nofile")).value
        return "ok " + inspect(value, opts)
    except Signal as signal:
        if signal.kind != "error":
            return f"{signal.kind} {inspect(signal.reason, opts)}"
        struct = normalize(signal.reason, of_exception(signal))
        name = (atom_name(struct.struct) or "").removeprefix("Elixir.")
        return f"error {name} {message_of(struct)}"


def _chunks() -> list[tuple[str, int]]:
    return [
        (path.stem, start)
        for path in sorted(FOLDER.glob("*.json"))
        for start in range(0, len(json.loads(path.read_text())), CHUNK)
    ]


@pytest.mark.parametrize(("name", "start"), _chunks())
def test_the_library_answers_as_elixir_does(name: str, start: int) -> None:
    assert runtime and server  # the library needs them, whoever imported them
    rows = json.loads((FOLDER / f"{name}.json").read_text())[start : start + CHUNK]
    assert {source: answer(source) for source, _ in rows} == dict(rows)

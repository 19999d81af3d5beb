"""What all tests share: the verb `iex`, which types lines at a real shell and returns what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pyex import runtime
from pyex.code import versions
from pyex.shell.configuration import Configuration
from pyex.shell.session import Session
from pyex.terms import atom_order

Iex = Callable[..., str]

LIMIT = 20
"""The seconds that one line may take before a test gives up."""


@pytest.fixture(autouse=True)
def fresh_atoms() -> None:
    """No test sees in what order another one has named its atoms."""
    atom_order.start_afresh()


@pytest.fixture(autouse=True)
def own_modules() -> Iterator[None]:
    """Elixir modules that a test defines are gone after it; a Python class stays a module as long as it is there."""
    before = set(versions.MODULES)
    yield
    for name, version in list(versions.MODULES.items()):
        if name not in before and version.kind == "elixir":
            versions.forget(name)


@pytest.fixture
def iex() -> Iterator[Iex]:
    """Return a function that types a text at a fresh shell, line by line, and returns the output of it all.

    Settings are given by name: `iex("1", ansi=True)`.
    """
    sessions: list[Session] = []

    def type_in(text: str, **settings: Any) -> str:
        session = Session(Configuration(**settings))
        sessions.append(session)
        for line in text.strip("\n").split("\n"):
            assert session.enter(line, LIMIT), f"no answer in time to: {line}"
        return session.printed().rstrip("\n")

    yield type_in
    for session in sessions:
        session.close()
    runtime.run_ready(1)

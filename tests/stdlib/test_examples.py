"""Every example in the documentation of a module written in Python prints what it shows."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import pyex.otp
import pyex.stdlib
from pyex import runtime
from pyex.code.native import NATIVE, NativeModule
from pyex.shell.configuration import Configuration
from pyex.shell.session import Session
from pyex.transcript.compare import Comparison

LIMIT = 10
_TYPED = re.compile(r"\s*(iex|\.\.\.)(?:\(\d+\))?> ?(.*)")
_DEPRECATED = re.compile(r"warning: \S+ is deprecated\..*\n└─ iex:\d+\n\n")

Example = tuple[list[str], str]
"""The lines that are typed, and what is shown below them; nothing shown means nothing promised."""


def _load_all() -> list[NativeModule]:
    for package in (pyex.stdlib, pyex.otp):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(found.name)
    return sorted(NATIVE.values(), key=lambda module: str(module.name))


def examples(text: str) -> Iterator[Example]:
    """Yield the examples of a docstring, in order."""
    typed: list[str] = []
    shown: list[str] = []
    reading = False
    for line in text.split("\n"):
        found = _TYPED.match(line)
        if found and found[1] == "iex":
            if typed:
                yield typed, "\n".join(shown)
            typed, shown, reading = [found[2]], [], True
        elif found and reading:
            typed.append(found[2])
        elif reading and line.strip():
            shown.append(line.strip())
        else:
            reading = False
    if typed:
        yield typed, "\n".join(shown)


MODULES = [
    module for module in _load_all() if any("iex>" in text for text in [module.doc or "", *module.docs.values()])
]


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.name))
def test_the_examples_of_a_module_print_what_they_show(module: NativeModule) -> None:
    """Slow because a module has up to a hundred examples, typed at one shell."""
    session = Session(Configuration())
    failed = []
    try:
        for text in dict.fromkeys([module.doc or "", *module.docs.values()]):
            for typed, shown in examples(text):
                for line in typed:
                    session.enter(line, LIMIT)
                actual = session.printed().rstrip("\n")
                flat = _DEPRECATED.sub("", "\n".join(line.strip() for line in actual.split("\n")))
                if shown and not Comparison().is_same(shown, flat):
                    failed.append("\n".join([*typed, f"shown:   {shown}", f"printed: {actual}"]))
    finally:
        session.close()
        with session.capturing():
            runtime.run_ready(1)
    assert not failed, "\n\n".join(failed)

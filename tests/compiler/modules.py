"""The verbs of the tests of modules and of Kernel's macros."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

import pyex.code.hosting  # noqa: F401  # connects the compiler with the code server
from pyex.code import versions
from pyex.compiler.diagnostics import Collector
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.errors import ElixirError
from pyex.terms.exceptions import message_of, normalize
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY


def evaluate(source: str) -> tuple[Any, list[str]]:
    """Return the value of a source and what the compiler said; the modules that it defines are gone afterwards."""
    collector = Collector()
    before = set(versions.MODULES)
    try:
        result = eval_quoted(parse(dedent(source), file="nofile"), {}, default_env(file="nofile", collector=collector))
    finally:
        for name, version in list(versions.MODULES.items()):
            if name not in before and version.kind != "native":
                versions.forget(name)
    return result.value, [f"{one.severity}: {one.message}" for one in collector.diagnostics]


def value(source: str) -> str:
    """Return the inspected value of a source that compiles without a word."""
    found, said = evaluate(source)
    assert said == []
    return inspect(found)


def said(source: str) -> list[str]:
    """Return what the compiler says of a source, in order."""
    return evaluate(source)[1]


def failure(source: str) -> str:
    """Return the message of the error that a source ends with."""
    with pytest.raises(ElixirError) as caught:
        evaluate(source)
    return str(message_of(normalize(caught.value.reason, EMPTY)))

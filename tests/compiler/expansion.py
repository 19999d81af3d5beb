"""The verbs of the expander's tests."""

from __future__ import annotations

from typing import Any

import pytest

import pyex.code  # noqa: F401  # connects the compiler with the code server
from pyex.compiler.diagnostics import Collector, Diagnostic
from pyex.compiler.env import Env, Scope, default_env
from pyex.compiler.expand import expand
from pyex.compiler.lexical import Lexical
from pyex.syntax import parse
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, from_pylist, to_pylist

_VERSION = atom("version")


def environment(file: str = "iex") -> tuple[Env, list[Diagnostic]]:
    """Return a fresh environment, and the list that its diagnostics go to."""
    collector = Collector()
    return default_env(file=file, collector=collector, lexical=Lexical()), collector.diagnostics


def expanded(source: str) -> str:
    """Return the expanded form of a source as text: metadata left out, a variable as `name@version`."""
    env, _ = environment()
    form, _, _ = expand(parse(source, file="iex"), Scope(), env)
    return str(inspect(_bare(form))).replace('"@', "").replace('@"', "")


def _bare(form: Any) -> Any:
    if type(form) is tuple and len(form) == 3 and type(form[0]) is Atom and is_atom(form[2]):
        found = dict(to_pylist(form[1])).get(_VERSION)
        return form[0] if found is None else f"@{form[0].name}@{found}@"
    if type(form) is tuple:
        if len(form) == 3:
            return (_bare(form[0]), EMPTY, _bare(form[2]))
        return tuple([_bare(item) for item in form])
    if type(form) is Cons:
        return from_pylist([_bare(item) for item in to_pylist(form)])
    return form


def rejected(source: str) -> str:
    """Return the message of the error that a source is refused with; the refusal must be the user's, not a fault."""
    env, diagnostics = environment()
    with pytest.raises(ElixirError):
        expand(parse(source, file="iex"), Scope(), env)
    errors = [item.message for item in diagnostics if item.severity == "error"]
    assert errors, "refused without a diagnostic"
    return errors[-1]


def warned(source: str) -> list[str]:
    """Return the warnings that a source gets."""
    env, diagnostics = environment()
    _, _, after = expand(parse(source, file="iex"), Scope(), env)
    if after.lexical is not None:
        after.lexical.report()
    return [item.message for item in diagnostics if item.severity == "warning"]

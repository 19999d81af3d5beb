"""Macro: functions on quoted forms."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.expand import once
from pyex.syntax import printer

module = NativeModule("Macro", doc="Functions on quoted forms.")


@module.function
def to_string(tree: Any) -> Any:
    """Return the source text of a quoted form.

        iex> Macro.to_string(quote do: a + b * 2)
        "a + b * 2"
    """
    return printer.to_string(tree)


@module.function
def expand(form: Any, env: Any) -> Any:
    """Expand the head of a form until it is no call of a macro any more."""
    return once.expand_fully(form, Env.of(env))


@module.function
def expand_once(form: Any, env: Any) -> Any:
    """Expand the head of a form one step, when it is an alias or a call of a macro."""
    return once.expand_once(form, Env.of(env))[0]


@module.function
def expand_literals(form: Any, env: Any) -> Any:
    """Expand the aliases in a form that is made of literals."""
    return once.expand_literals(form, Env.of(env))

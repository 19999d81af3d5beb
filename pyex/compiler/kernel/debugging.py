"""`binding` and `dbg`."""

from __future__ import annotations

from typing import Any

from pyex.compiler.kernel.build import code_text, is_call, remote
from pyex.compiler.module.escape import escape
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.lists import EMPTY, elixir_list, from_iterable


def binding(env: Any, context: Any = None) -> Any:
    """The variables of a context with their values, as a keyword list."""
    pairs = [
        (name, (name, elixir_list((atom.generated, True)), context))
        for name, kind in sorted(env.versioned_vars, key=lambda key: str(key[0].name))
        if kind is context
    ]
    return from_iterable(pairs)


def dbg_binding(env: Any) -> Any:
    """`dbg()`: print the binding."""
    return dbg(env, binding(env))


def dbg(env: Any, code: Any, options: Any = EMPTY) -> Any:
    """Print the code with its value, for each step of a pipeline, and return the value."""
    location = f"{env.file}:{env.line}: {_scope(env)}"
    return remote(alias("Macro"), "__dbg__", _steps(env, code), escape(location), options)


def _scope(env: Any) -> str:
    if env.module is None:
        return "(file)"
    name = env.module.name.removeprefix("Elixir.")
    return f"{name}.{env.function[0].name}/{env.function[1]}" if env.function else f"{name} (module)"


def _steps(env: Any, code: Any) -> Any:
    """Return the form of `[{source text, value}, …]`: the steps of a pipeline, or the one expression."""
    if is_call(code) and type(code[0]) is Atom and code[0].name == "|>":
        return _pipeline(code)
    return elixir_list((code_text(code), code))


def _pipeline(code: Any) -> Any:
    from pyex.compiler.kernel.pipes import pipe_steps

    return pipe_steps(code)

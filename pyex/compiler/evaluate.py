"""Evaluating a quoted form: expand it, emit a function of the variables it reads, and call that.

What is typed at the prompt, a file outside its modules, and a module's body are all evaluated this way.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple

from pyex.compiler.diagnostics import compile_error
from pyex.compiler.emit import handlers  # noqa: F401  # registers the handlers of all forms
from pyex.compiler.emit.closures import free_names
from pyex.compiler.emit.frame import Frame, Unit
from pyex.compiler.emit.prelude import PRELUDE
from pyex.compiler.emit.result import Assign
from pyex.compiler.straight import Runner, is_straight
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, from_iterable, split_tail
from pyex.terms.rounds_table import TABLE
from pyex.terms.stack_entries import COMPILED_LABEL, MODULES

_BLOCK: Final = atom("__block__")
_DEFMODULE: Final = atom("defmodule")
FILE_LABEL = "(file)"
MODULE_LABEL = "__MODULE__/1"


class Evaluated(NamedTuple):
    """What an evaluation gives: its value, all variables, and the environment after it."""

    value: Any
    binding: dict[Any, Any]
    env: Any


def eval_quoted(form: Any, binding: Mapping[Any, Any], env: Any, *, shell: bool = False, whole: bool = False) -> Evaluated:
    """Evaluate a quoted form; one that is `whole` leaves its variables to nobody, and is warned of those that it does not use.

    `binding` maps a variable's name, or (name atom, context) for one of a macro, to its value. Raises what expansion
    raises (the diagnostics are with the environment's collector) and whatever the code raises.
    """
    from pyex.compiler.env import Scope
    from pyex.compiler.expand import expand, report_unused

    names = [(atom(key), None) if type(key) is str else key for key in binding]
    before = {key: version for version, key in enumerate(names)}
    scope = Scope(before, shell=shell)
    scope.typed = form if shell else None
    expanded, scope, after = expand(form, scope, env)
    if whole:
        report_unused(scope, 0)
    if env.module is not None and env.collector.is_tainted(env.module):
        raise compile_error(env)
    values = dict(enumerate(binding.values()))
    changed = [(key, version) for key, version in scope.vars.items() if before.get(key) != version]
    label = (MODULES if _holds_modules_alone(form) else COMPILED_LABEL) if whole else None
    value, bound = run(expanded, {f"{names[v][0].name}@{v}": value for v, value in values.items()}, changed, env, label)
    result = dict(binding)
    for (key, _), item in zip(changed, bound, strict=True):
        result[key[0].name if key[1] is None else key] = item
    return Evaluated(value, result, after)


def _holds_modules_alone(form: Any) -> bool:
    if type(form) is not tuple or len(form) != 3:
        return False
    if form[0] is _BLOCK:
        return all(map(_holds_modules_alone, split_tail(form[2])[0]))
    return form[0] is _DEFMODULE


def run(
    form: Any, variables: Mapping[str, Any], wanted: list[tuple[Any, int]], env: Any, label: str | None = None
) -> tuple[Any, tuple[Any, ...]]:
    """Run an expanded form; `variables` are locals by name, `wanted` the (key, version) of variables to return."""
    if wanted:
        return _run_compiled(form, variables, wanted, env, label)
    # No statement binds what another one reads, so each may be run its own way.
    statements = split_tail(form[2])[0] if type(form) is tuple and len(form) == 3 and form[0] is _BLOCK else [form]
    module, label = _place(env, label)
    runner = Runner(module, env.file, label, max(env.line, 1))
    value: Any = None
    for straight, group in groupby(statements, is_straight):
        if straight:
            for statement in group:
                value = runner.value(statement)
        else:
            together = (_BLOCK, EMPTY, from_iterable(group))
            value, _ = _run_compiled(together, variables, wanted, env, label)
    return value, ()


def _place(env: Any, label: str | None) -> tuple[Any, str]:
    """Return the module that the code stands in, and what its frames are called: of code outside of modules, `label`."""
    # With the environment of a function of a module that is whole, code stands outside of that module all the same.
    module = env.module if env.definitions is not None else None
    return module, (label or FILE_LABEL) if module is None else MODULE_LABEL


def _run_compiled(
    form: Any, variables: Mapping[str, Any], wanted: list[tuple[Any, int]], env: Any, label: str | None
) -> tuple[Any, tuple[Any, ...]]:
    module, label = _place(env, label)
    unit = Unit(module, env.file, evaluated=True)
    frame = Frame(unit, label)
    b = frame.b
    b.line = max(env.line, 1)
    dest = Assign(frame.temporary())
    body = frame.into(form, dest)
    new = [b.name(frame.names.get(version) or f"{key[0].name}@{version}") for key, version in wanted]
    body.append(b.return_(b.pytuple([b.name(dest.name), b.pytuple(new)])))
    parameters = [name for name in free_names([], body) if name in variables]
    definition = b.function(label, parameters, body)
    code = compile(ast.Module([definition], []), env.file, "exec", dont_inherit=True)
    namespace = {**PRELUDE, **unit.constants.values, "__elixir__": module, TABLE: unit.rounds}
    exec(code, namespace)
    value, bound = namespace[label](*[variables[name] for name in parameters])
    return value, bound

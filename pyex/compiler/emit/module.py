"""A module as a code object: its constants, then one Python function for each definition."""

from __future__ import annotations

import ast
from types import CodeType
from typing import Any

from pyex.compiler.emit import handlers  # noqa: F401  # registers the handlers of all forms
from pyex.compiler.emit.clauses import emit_clauses
from pyex.compiler.emit.frame import Frame, Unit
from pyex.compiler.emit.result import TAIL, Join
from pyex.compiler.emit.returns import infer_returns
from pyex.compiler.emit.tail import begins_lists, find_cycles, tail_calls
from pyex.compiler.forms import Definition, ModuleForms
from pyex.terms.rounds_table import TABLE
from pyex.terms.stacktrace import WAITING

CALLER = "@caller"


def emit_module(forms: ModuleForms) -> CodeType:
    """Return the code that, run in a namespace of prelude names and `__elixir__`, defines the module's functions."""
    unit = Unit(forms.name, forms.file, evaluated=False)
    unit.functions = {definition.emitted for definition in forms.definitions}
    calls = {definition.emitted: tail_calls(definition, forms.name) for definition in forms.definitions}
    unit.cycles, unit.widths = find_cycles(calls)
    unit.returns = infer_returns(forms.definitions)
    body: list[ast.stmt] = []
    for definition in forms.definitions:
        body += _function(unit, definition, loops=definition.emitted in calls[definition.emitted].local)
    if unit.rounds:
        body.append(unit.b.assign(TABLE, unit.b.const(tuple(unit.rounds))))
    module = ast.Module(unit.constants.prologue() + body, [])
    code = compile(module, forms.file, "exec", dont_inherit=True)
    return _with_files(code, forms)


def _function(unit: Unit, definition: Definition, loops: bool) -> list[ast.stmt]:
    name, arity = definition.emitted
    frame = Frame(unit, f"{name}/{arity}")
    frame.b.line, frame.b.column = definition.line, 0
    frame.function = definition.emitted
    begun = frame.temporary() if begins_lists(definition) and definition.emitted not in unit.cycles else None
    loops = loops or begun is not None
    frame.repeats = loops
    frame.checked = [] if loops else None
    frame.parameters = [frame.temporary() for _ in range(definition.arity)]
    parameters = [CALLER, *frame.parameters] if definition.is_macro else frame.parameters
    b = frame.b
    start = b.line, 0

    def no_match() -> list[ast.stmt]:
        b.back(start)
        args = b.pytuple([b.name(parameter) for parameter in frame.parameters])
        return [b.raise_(b.call("function_clause", b.name("__elixir__"), b.const(name), args))]

    dest = TAIL if begun is None else Join(begun)
    body = emit_clauses(frame, frame.parameters, definition.clauses, dest, no_match)
    b.back(start)
    if loops:
        body = frame.remembering([b.loop(body)])
    if begun is not None:
        body = [b.assign(begun, b.pylist([])), b.assign(WAITING, b.const(None)), *body]
    title = f"{name}/{arity}"
    cycle = unit.cycles.get(definition.emitted)
    if cycle is None:
        return [b.function(title, parameters, body)]
    width = unit.widths.get(cycle)
    spare = [frame.temporary() for _ in range((width or arity) - arity)]
    entry = b.call("trampoline", b.name(title), b.const(arity), b.const(width))
    return [
        b.function(title, [*parameters, *spare], body),
        b.assign(f"{title}~", b.name(title)),
        b.assign(title, entry),
    ]


def _with_files(code: CodeType, forms: ModuleForms) -> CodeType:
    """Give the functions of definitions that come from other files those files' names."""
    elsewhere: dict[str, str] = {}
    for definition in forms.definitions:
        if definition.file is not None and definition.file != forms.file:
            name, arity = definition.emitted
            elsewhere[f"{name}/{arity}"] = definition.file
    if not elsewhere:
        return code
    constants: list[Any] = []
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and constant.co_name in elsewhere:
            constant = _moved(constant, elsewhere[constant.co_name])
        constants.append(constant)
    return code.replace(co_consts=tuple(constants))


def _moved(code: CodeType, file: str) -> CodeType:
    constants = tuple(_moved(item, file) if isinstance(item, CodeType) else item for item in code.co_consts)
    return code.replace(co_filename=file, co_consts=constants)

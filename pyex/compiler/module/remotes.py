"""Remote calls of functions that do not exist: warnings, once everything that could define them is compiled."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.host import host
from pyex.compiler.module import behaviours, typing
from pyex.compiler.module.builder import BUILDERS, ModuleBuilder, Stored
from pyex.compiler.module.heads import column_in, line_in
from pyex.compiler.module.reports import in_order, warn
from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, split_tail

_ERLANG: Final = atom("erlang")
_ELIXIR_MODULE: Final = atom("elixir_module")
Found = tuple[Stored, Any, str, int, int, int]


def check(builder: ModuleBuilder) -> None:
    """Look, when the file is compiled, for what depends on other modules: remote calls that reach nothing, behaviours."""
    found: list[Found] = []
    defined: set[Any] = set()
    for stored in builder.functions():
        if not stored.check:
            continue
        for module, name, arity, meta, clause_line in stored.find_calls():
            if module is _ELIXIR_MODULE:
                for clause in stored.definition.clauses:
                    defined.update(_names(clause.body))
            elif type(module) is Atom and module is not _ERLANG:
                found.append((stored, module, name, arity, line_in(meta, clause_line), column_in(meta)))
    found = [one for one in found if one[1] not in defined]
    host.current.when_compiled(lambda: _check_now(builder, found))


def _check_now(builder: ModuleBuilder, found: list[Found]) -> None:
    with in_order(builder):
        _report(builder, found)
        typing.check(builder)
        behaviours.check(builder)


def _names(form: Any) -> set[Any]:
    """Return the modules that a body defines itself with `defmodule`."""
    found: set[Any] = set()
    stack = [form]
    while stack:
        node = stack.pop()
        if type(node) is tuple:
            if len(node) == 3 and type(node[0]) is tuple and len(node[0]) == 3 and isinstance(node[2], Cons):
                target = node[0][2]
                if isinstance(target, Cons) and target.head is _ELIXIR_MODULE:
                    found.add(node[2].head)
                    continue
            stack.extend(node)
        elif type(node) is Cons:
            stack.extend(split_tail(node)[0])
    return found


def _report(builder: ModuleBuilder, found: list[Found]) -> None:
    seen: set[tuple[Any, str, int, int]] = set()
    for stored, module, name, arity, line, column in found:
        key = (module, name, arity, line)
        if key in seen or module in BUILDERS:  # the module around this one is not whole yet
            continue
        seen.add(key)
        text, code = _missing(module, name, arity), "undefined_remote"
        if text is None:
            text, code = _deprecated(module, name, arity), "deprecated"
        if text is not None:
            definition = stored.definition
            env = builder.env.replace(module=builder.name, function=(atom(definition.name), definition.arity))
            subject = f"{inspect(module)}.{name}/{arity}"
            warn(env, line, text, column=column, code=code, subject=subject)


def _deprecated(module: Atom, name: str, arity: int) -> str | None:
    """Return what a module says of a function that it has declared deprecated, else None."""
    about = host.current.function(module, "__info__", 1)
    if about is None:
        return None
    for (function, count), reason in about(atom.deprecated):
        if count == arity and atom_name(function) == name:
            return f"{inspect(module)}.{name}/{arity} is deprecated. {reason}"
    return None


def _missing(module: Atom, name: str, arity: int) -> str | None:
    """Return what is wrong with a remote call, None when its function is there."""
    call = f"{inspect(module)}.{name}/{arity}"
    if not host.current.ensure_compiled(module):
        if module.name.startswith("Elixir.") and module.name.count(".") == 1:
            return (
                f"{call} is undefined (module {inspect(module)} is not available or is yet to be defined). Make sure the "
                "module name is correct and has been specified in full (or that an alias has been defined)"
            )
        return f"{call} is undefined (module {inspect(module)} is not available or is yet to be defined)"
    if host.current.function(module, name, arity) is not None:
        return None
    if name.startswith("MACRO-") or host.current.function(module, "$handle_undefined_function", 2) is not None:
        return None
    from pyex.terms.exceptions import undefined_hint

    if host.current.function(module, f"MACRO-{name}", arity + 1) is not None:
        return (
            f"{call} is undefined or private. However, there is a macro with the same name and arity. Be sure to "
            f"require {inspect(module)} if you intend to invoke this macro"
        )
    return f"{call} is undefined or private{undefined_hint(module, name, arity)}"

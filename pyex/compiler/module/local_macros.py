"""What the expander asks of the module around a form: its own macros, and what `super` means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyex.compiler.emit.module import emit_module
from pyex.compiler.emit.prelude import PRELUDE
from pyex.compiler.forms import Definition, ModuleForms
from pyex.compiler.module import walk
from pyex.compiler.module.builder import ModuleBuilder, Signature


def compiled_macro(builder: ModuleBuilder, name: str, arity: int) -> Callable[..., Any] | None:
    """Return the function of a macro that the module has defined so far, with what it calls, else None.

    The definitions are compiled for this once more; a definition added later makes them be compiled anew.
    """
    stored = builder.definitions.get((name, arity))
    if stored is None or not stored.definition.is_macro or not stored.definition.clauses:
        return None
    builder.extra.setdefault("used_macros", set()).add((name, arity))
    count = sum(len(one.definition.clauses) for one in builder.definitions.values())
    if builder.local_namespace is None or builder.local_namespace[0] != count:
        builder.local_namespace = (count, {})
    namespace = builder.local_namespace[1]
    emitted = "{}/{}".format(*stored.definition.emitted)
    if emitted not in namespace:
        _compile(builder, (name, arity), namespace)
    return namespace[emitted]  # type: ignore[no-any-return]  # a namespace holds anything


def _compile(builder: ModuleBuilder, signature: Signature, namespace: dict[str, Any]) -> None:
    """Compile a macro and all that it reaches into a namespace."""
    needed: dict[Signature, Definition] = {}
    pending = [signature]
    while pending:
        one = pending.pop()
        stored = builder.definitions.get(one)
        if one in needed or stored is None or not stored.definition.clauses:
            continue
        needed[one] = stored.definition
        for clause in stored.definition.clauses:
            for module, name, arity, _ in walk.calls((*clause.args, *clause.guards, clause.body)):
                if module is False:
                    pending.append((name, arity))
    code = emit_module(ModuleForms(builder.name, builder.file, builder.line, list(needed.values())))
    fresh = dict(PRELUDE)
    fresh["__elixir__"] = builder.name
    exec(code, fresh)
    namespace.update(fresh)

"""`defoverridable` and `super`."""

from __future__ import annotations

from typing import Any

from pyex.compiler.forms import Definition
from pyex.compiler.host import host
from pyex.compiler.module.builder import ModuleBuilder, Signature, Stored
from pyex.terms.atoms import Atom, atom, atom_name, is_atom
from pyex.terms.errors import argument_error
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import is_proper, to_pylist


def make_overridable(builder: ModuleBuilder, functions: Any) -> Any:
    """Set definitions aside: a later one of the same name takes their place, and may call them by `super`."""
    for signature in _signatures(functions):
        stored = builder.definitions.pop(signature, None)
        if stored is None:
            if signature in builder.overridable:
                continue
            name, arity = signature
            raise argument_error(f"cannot make function {name}/{arity} overridable because it was not defined")
        builder.overridable.setdefault(signature, []).append(stored)
        builder.local_namespace = None
        if builder.last == signature:
            builder.last = None
    return atom.ok


def _signatures(functions: Any) -> list[Signature]:
    if type(functions) is Atom:
        words = f"cannot pass module {inspect(functions)} as argument to defoverridable/1 because it"
        if not host.current.ensure_compiled(functions):
            raise argument_error(f"{words} was not defined")
        if host.current.function(functions, "behaviour_info", 1) is None:
            raise argument_error(f"{words} does not define any callbacks")
        callbacks = export(functions, "behaviour_info", 1).fn(atom.callbacks)
        return [(str(atom_name(name)), arity) for name, arity in to_pylist(callbacks)]
    if not is_proper(functions):
        raise argument_error(f"expected a list of function-arity pairs or a behaviour, got: {inspect(functions)}")
    for pair in to_pylist(functions):
        if type(pair) is not tuple or len(pair) != 2 or not is_atom(pair[0]) or type(pair[1]) is not int or not 0 <= pair[1] <= 255:
            words = "each element in tuple list has to be a {function_name :: atom, arity :: 0..255} tuple"
            raise argument_error(f"{words}, got: {inspect(pair)}")
    return [(str(atom_name(name)), arity) for name, arity in to_pylist(functions)]


def overridden(builder: ModuleBuilder, function: tuple[Any, int]) -> tuple[str, str] | None:
    """Return (kind, name) of what `super` calls inside `function`; it becomes a private definition of that name."""
    signature = (str(atom_name(function[0])), function[1])
    stack = builder.overridable.get(signature)
    if not stack:
        return None
    stored = stack[-1]
    name = f"{signature[0]} (overridable {len(stack)})"
    private = "defmacrop" if stored.definition.is_macro else "defp"
    hidden = (name, signature[1])
    if hidden not in builder.definitions:
        builder.definitions[hidden] = _as_private(stored, private, name)
        builder.overridden_used.add(hidden)
    return private, name


def _as_private(stored: Stored, kind: Any, name: str) -> Stored:
    old = stored.definition
    definition = Definition(kind, name, old.arity, old.line, old.clauses, old.file)
    return Stored(definition, has_body=stored.has_body, heads=stored.heads, file=stored.file, check=False)


def restore(builder: ModuleBuilder) -> None:
    """At the module's end: a definition that nobody has overridden stands as it was written."""
    for signature, stack in builder.overridable.items():
        if signature not in builder.definitions:
            builder.definitions[signature] = stack[-1]

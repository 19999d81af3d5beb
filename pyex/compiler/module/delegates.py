"""`defdelegate` and `defguard`: definitions made of a head alone."""

from __future__ import annotations

from typing import Any

from pyex.compiler.env import Scope
from pyex.compiler.expand.core import guard, patterns
from pyex.compiler.forms import Kind
from pyex.compiler.kernel.build import args_of, is_call
from pyex.compiler.kernel.definitions import delegate_definition, guard_body
from pyex.compiler.module.reports import fail
from pyex.compiler.module.store import store_definition
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import argument_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, elixir_list, from_iterable, to_pylist


def store_delegates(functions: Any, options: Any, env: Any) -> Any:
    """Store a function for each head, which calls the target; returns the list of `{name, arity}`."""
    given = {key.name: value for key, value in to_pylist(options)}
    if "to" not in given:
        raise argument_error("expected to: to be given as argument")
    target = given["to"]
    stored = []
    for head in to_pylist(functions) if type(functions) is Cons else [functions]:
        if not is_call(head) or type(head[0]) is not Atom:
            raise argument_error(f"invalid syntax in defdelegate {inspect(head)}")
        if target is env.module and given.get("as", head[0]) is head[0]:
            raise argument_error(
                "defdelegate function is calling itself, which will lead to an infinite loop. "
                "You should either change the value of the :to option or specify the :as option"
            )
        head, body = delegate_definition(head, target, given.get("as"))
        stored.append(store_definition("def", head, body, True, env, check=False))
    return from_iterable(stored)


def store_guard(kind: Kind, head: Any, condition: Any, env: Any) -> Any:
    """Store the macro of a guard, its condition expanded as a guard first; returns `{name, arity}`."""
    parameters = args_of(head)
    scope = Scope()
    scope.env = env.replace(function=(head[0], len(parameters)))
    for parameter in parameters:
        if not is_call(parameter):
            raise fail(env, env.line, f"invalid syntax in defguard {inspect(head)}")
    patterns(parameters, scope)
    expanded = _strip_versions(guard(condition, scope))
    body = guard_body(parameters, expanded)
    return store_definition(kind, head, elixir_list((atom.do, body)), True, env, check=False)


def _strip_versions(form: Any) -> Any:
    """Return an expanded form as quoted code again: its variables belong to whoever expands it next."""
    if type(form) is tuple:
        if len(form) == 3 and isinstance(form[1], Cons) and (type(form[2]) is Atom or form[2] is None):
            meta = from_iterable([pair for pair in to_pylist(form[1]) if pair[0].name != "version"])
            return (form[0], meta, form[2])
        return tuple([_strip_versions(item) for item in form])
    if type(form) is Cons:
        return from_iterable([_strip_versions(item) for item in to_pylist(form)])
    return form

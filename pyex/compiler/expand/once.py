"""One step of expansion, for `Macro.expand_once` and its kin: a macro's call gives its result, the rest stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.env import Env, Scope
from pyex.compiler.expand import dispatch
from pyex.compiler.expand.aliases import concat, expand_alias
from pyex.compiler.expand.words import ALIASES, DOT, SPECIAL, is_atom_term, is_call, is_list, is_variable, items
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import from_pylist

_MODULE: Final = atom("__MODULE__")
_CONTAINERS: Final = frozenset({atom("{}"), atom("%{}"), atom("%")})
_PSEUDO: Final = frozenset({atom("__MODULE__"), atom("__DIR__"), atom("__ENV__")})


def expand_once(form: Any, env: Env) -> tuple[Any, bool]:
    """Return the form after one step, and whether there was one."""
    if is_variable(form):
        return _pseudo(form, env) if form[0] in _PSEUDO else (form, False)
    if is_call(form, ALIASES):
        return _alias(form, env)
    if type(form) is not tuple or len(form) != 3 or not is_list(form[2]):
        return form, False
    name, meta, args = form[0], form[1], items(form[2])
    scope = Scope(dict(env.versioned_vars))
    scope.env = env
    if type(name) is Atom:
        if name in SPECIAL:
            return form, False
        found = dispatch.resolve(name, len(args), meta, env)
        if found is None or not found[0]:
            return form, False
        return dispatch.expand_macro(found[1], name, meta, args, scope, found[2]), True
    if is_call(name, DOT, 2):
        module, function = items(name[2])
        module = expand_fully(module, env)
        if (
            is_atom_term(module)
            and type(function) is Atom
            and dispatch.has_macro(module, function, len(args), meta, env)
        ):
            return dispatch.expand_macro(module, function, meta, args, scope, None), True
    return form, False


def expand_fully(form: Any, env: Env) -> Any:
    """Expand the head of a form until it is no macro's call any more."""
    done = True
    while done:
        form, done = expand_once(form, env)
    return form


def expand_literals(form: Any, acc: Any, fun: Callable[[Any, Any], Any]) -> tuple[Any, Any]:
    """Replace the aliases and `__MODULE__` in a form that is made of literals by what a function makes of each."""
    if type(form) is tuple and len(form) == 2:
        left, acc = expand_literals(form[0], acc, fun)
        right, acc = expand_literals(form[1], acc, fun)
        return (left, right), acc
    if is_list(form):
        parts = []
        for item in items(form):
            part, acc = expand_literals(item, acc, fun)
            parts.append(part)
        return from_pylist(parts), acc
    if is_call(form, ALIASES) or (is_variable(form) and form[0] is _MODULE):
        found, acc = fun(form, acc)
        return found, acc
    if type(form) is tuple and len(form) == 3 and form[0] in _CONTAINERS:
        args, acc = expand_literals(form[2], acc, fun)
        return (form[0], form[1], args), acc
    return form, acc


def _pseudo(form: Any, env: Env) -> tuple[Any, bool]:
    match form[0].name:
        case "__MODULE__":
            return env.module, True
        case "__DIR__":
            return os.path.dirname(env.file) or ".", True
    from pyex.compiler.module.escape import escape

    return escape(env.to_struct().put(atom.lexical_tracker, None)), True


def _alias(form: Any, env: Env) -> tuple[Any, bool]:
    parts = items(form[2])
    if all(type(part) is Atom for part in parts):
        return expand_alias(parts, form[1], env), True
    first = expand_fully(parts[0], env)
    if is_atom_term(first):
        return concat([first, *parts[1:]]), True
    return form, False

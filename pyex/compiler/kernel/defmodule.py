"""`defmodule`: the name of a nested module, and the variables that its body may read."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.kernel.build import ALIASES, args_of, block, call, is_call, keyword_dict, meta_get, remote
from pyex.compiler.module.escape import hand_over
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import argument_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, EmptyList, elixir_list, from_iterable, split_tail

_ROOT: Final = atom("Elixir")


def defmodule(env: Any, name: Any, clauses: Any) -> Any:
    """Define a module."""
    parts = keyword_dict(clauses)
    if parts is None or set(parts) != {"do"}:
        raise argument_error(
            "expected :do option to be given to defmodule/2"
            if parts is None or "do" not in parts
            else f"unexpected option in defmodule/2: {', '.join(sorted(set(parts) - {'do'}))}"
        )
    if not is_call(name) and type(name) is not Atom:
        raise argument_error(f"invalid module name: {inspect(name)}")
    full, short, target = _names(env, name)
    body = parts["do"]
    inner = env
    forms = []
    if short is not None:
        inner = env.replace(aliases={**env.aliases, short: target})
        forms.append(_alias_form(env, target, short, full))
    elif type(full) is Atom:
        forms.append(_alias_form(env, full, full, full))
    compiled = remote(
        atom("elixir_module"), "compile", full, hand_over(env, body), _binding(env, body), hand_over(inner, inner)
    )
    return block(*forms, compiled)


def _names(env: Any, name: Any) -> tuple[Any, Any, Any]:
    """Return the module's name (an atom or a form), and the alias with its target that a nested one gets."""
    if not (is_call(name) and name[0] is ALIASES):
        return (env.module if is_pseudo(name) and env.module is not None else name), None, None
    parts = args_of(name)
    if any(type(part) is not Atom for part in parts):
        return name, None, None
    if parts[0] is _ROOT or env.module is None:
        return expand_alias(env, name), None, None
    first = atom(f"{atom_name(env.module)}.{parts[0].name}")
    full = atom(".".join([first.name, *(part.name for part in parts[1:])]))
    return full, alias(parts[0].name), first


def is_pseudo(form: Any) -> bool:
    """Tell whether a form is `__MODULE__`."""
    return is_call(form) and form[0] is atom("__MODULE__")


def expand_alias(env: Any, form: Any) -> Any:
    """Return the module atom of an alias as the environment has it; other forms as they are.

    `__MODULE__` counts as an alias, alone or in front of others.
    """
    if is_pseudo(form):
        return env.module
    if not (is_call(form) and form[0] is ALIASES):
        return form
    first, *rest = args_of(form)
    if type(first) is tuple:
        first = expand_alias(env, first)
        if type(first) is not Atom:
            return form
        base: Atom = first
    elif first is _ROOT:
        if not rest:
            return _ROOT
        base = alias(rest[0].name)
        rest = rest[1:]
    else:
        kept = meta_get(form[1], "alias")
        short = alias(first.name)
        if type(kept) is Atom:
            # A quote has seen the alias where the macro was written, with all its parts.
            return kept
        base = short if kept is False else env.aliases.get(short, short)
    return atom(".".join([base.name, *(part.name for part in rest)]))


def _alias_form(env: Any, target: Any, short: Any, full: Any) -> Any:
    """Return the `alias` that tells the expander of the module, and under which name it is known."""
    # It has a line already, so it counts as the user's own: an alias of a macro would be seen by the macro alone.
    options = elixir_list((atom("as"), short), (atom.warn, False))
    return call("alias", target, options, meta=elixir_list((atom.line, env.line), (atom.defined, full)))


def _binding(env: Any, body: Any) -> Any:
    """Return the form of `[{{name, context}, value}]` of the variables in scope; all of them count as read.

    One that begins with `_` is handed on where the body names it.
    """
    pairs = []
    known = env.versioned_vars
    if known:
        named = _names_in(body)
        for key in known:
            name, context = key
            if name in named or not name.name.startswith("_"):
                counted = type(context) is not Atom and context is not None
                line = (atom.line, env.line)  # with a line it is the caller's variable, not one of this macro
                meta = elixir_list((atom.counter, context), line) if counted else elixir_list(line)
                pairs.append(((name, context), (name, meta, None if counted else context)))
    return from_iterable(pairs)


def _names_in(form: Any) -> set[Any]:
    """Return the names of all variables that a quoted form mentions."""
    found: set[Any] = set()
    stack = [form]
    while stack:
        node = stack.pop()
        if type(node) is tuple:
            if (
                len(node) == 3
                and type(node[0]) is Atom
                and isinstance(node[1], (Cons, EmptyList))
                and (type(node[2]) is Atom or node[2] is None)
            ):
                found.add(node[0])
            else:
                stack.extend(node)
        elif type(node) is Cons:
            items, tail = split_tail(node)
            stack.extend(items)
            if tail is not EMPTY:
                stack.append(tail)
    return found

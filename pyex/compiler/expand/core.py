"""The walk: every form goes through `walk`, which knows literals, containers, variables and calls.

Special forms are looked up in `words.SPECIAL`, other calls go to `dispatch`.
"""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import fatal, warn
from pyex.compiler.env import Prematch, Scope
from pyex.compiler.expand import dispatch, ignored
from pyex.compiler.expand.variables import variable
from pyex.compiler.expand.words import (
    BLOCK,
    DOT,
    MATCH,
    NOT_SPECIAL,
    PIPE,
    SPECIAL,
    TUPLE,
    WHEN,
    call,
    code_text,
    is_atom_term,
    is_call,
    is_variable,
    meta_get,
    special,
)
from pyex.compiler.forms import Opaque
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons, EmptyList, from_pylist, split_tail, to_pylist

_PLAIN: Final = frozenset({Atom, int, str, bool, type(None), float, bytes, EmptyList, Opaque})


def walk(form: Any, s: Scope) -> Any:
    """Expand one form in a scope."""
    kind = type(form)
    if kind is tuple:
        if len(form) == 3:
            return _triple(form, s)
        if len(form) == 2:
            left, right = walk_args([form[0], form[1]], s)
            return (left, right)
        raise _invalid(form, s)
    if kind is Cons:
        return _list(form, s)
    if kind in _PLAIN:
        return form
    if s.env.function is not None and s.env.module is not None:
        raise _invalid(form, s)
    return Opaque(form)


def _invalid(form: Any, s: Scope) -> Exception:
    from pyex.terms.inspect import inspect

    return fatal(
        s.env.replace(module=None),
        EMPTY,
        f"invalid quoted expression: {inspect(form)}\n\n"
        "Please make sure your quoted expressions are made of valid AST nodes. "
        "If you would like to introduce a value into the AST, such as a four-element tuple or a map, "
        "make sure to call Macro.escape/1 before",
    )


def _triple(form: Any, s: Scope) -> Any:
    name, meta, args = form
    if type(args) is Cons or type(args) is EmptyList:
        if type(name) is Atom:
            handler = SPECIAL.get(name)
            if handler is not None:
                result = handler(form, meta, to_pylist(args), s)
                if result is not NOT_SPECIAL:
                    return result
            return dispatch.local(form, name, meta, to_pylist(args), s)
        if type(name) is tuple and len(name) == 3 and name[0] is DOT and type(name[2]) is Cons:
            return dispatch.dotted(form, name, meta, to_pylist(args), s)
        if type(name) is tuple:
            raise fatal(s.env, meta, f"invalid call {code_text(form)}")
    elif is_atom_term(args) and type(name) is Atom and type(meta) in (Cons, EmptyList):
        return variable(form, name, meta, args, s)
    raise _invalid(form, s)


def walk_args(forms: list[Any], s: Scope) -> list[Any]:
    """Expand forms that stand side by side: what one of them binds, the others do not see."""
    if s.env.context is not None:
        return [walk(form, s) for form in forms]
    base = s.vars
    written: dict[Any, int] | None = None
    result = []
    for form in forms:
        result.append(walk(form, s))
        if s.vars is not base:
            if written is None:
                written = dict(base)
            written.update((key, version) for key, version in s.vars.items() if base.get(key) != version)
            s.vars = base
    if written is not None:
        s.vars = written
    return result


def _list(form: Any, s: Scope) -> Any:
    forms, tail = split_tail(form)
    if tail is not EMPTY:
        raise _invalid(form, s)
    last = forms[-1]
    if is_call(last, PIPE, 2):
        head, rest = to_pylist(last[2])
        *front, head, rest = walk_args([*forms[:-1], head, rest], s)
        return from_pylist([*front, call(PIPE, last[1], head, rest)])
    return from_pylist(walk_args(forms, s))


@special("{}")
def tuple_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand a tuple."""
    walked = walk_args(args, s)
    if len(walked) == 2:
        return (walked[0], walked[1])
    return (TUPLE, meta, from_pylist(walked))


@special("__block__")
def block(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand a block; of the values before the last, warn of those that cannot be meant."""
    if not args:
        return None
    if len(args) == 1:
        return walk(args[0], s)
    result = []
    for item in args[:-1]:
        walked = walk(item, s)
        if form is not s.typed:  # `1; 2` at a prompt is two lines of it
            _check_unused_value(item, walked, meta, s)
            ignored.check(walked, s)
        result.append(walked)
    result.append(walk(args[-1], s))
    return (BLOCK, meta, from_pylist(result))


def _check_unused_value(item: Any, walked: Any, meta: Any, s: Scope) -> None:
    kind = type(item)
    if kind is str or kind is int or kind is float or kind is bytes:
        from pyex.terms.inspect import inspect

        message = f"code block contains unused literal {inspect(item)}"
        warn(s.env, meta, message + " (remove the literal or assign it to _ to avoid warnings)", code="unused_literal")
    elif is_variable(item) and is_variable(walked):
        text = f"variable {item[0].name} in code block has no effect as it is never returned"
        warn(s.env, item[1], text + " (remove the variable or assign it to _ to avoid warnings)", code="unused_value")
    elif is_call(item, atom("@"), 1) and is_variable(to_pylist(item[2])[0]):
        name = to_pylist(item[2])[0][0].name
        text = f"module attribute @{name} in code block has no effect as it is never returned"
        warn(s.env, item[1], text + " (remove the attribute or assign it to _ to avoid warnings)", code="unused_value")


@special("=")
def match_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `left = right`: the right side first."""
    if len(args) != 2:
        return NOT_SPECIAL
    left, right = args
    if s.env.context == "match":
        from pyex.compiler.expand import equations

        return equations.expand(meta, left, right, s)
    if s.env.context == "guard":
        raise not_in_guard("=", meta, s)
    right = walk(right, s)
    return call(MATCH, meta, patterns([left], s, meta, alone=True)[0], right)


def not_in_guard(what: str, meta: Any, s: Scope) -> Exception:
    """Return the error of a form that no guard may hold."""
    return fatal(
        s.env.replace(module=None),
        meta,
        f"invalid expression in guards, {what} is not allowed in guards. To learn more about guards, visit: "
        "https://hexdocs.pm/elixir/patterns-and-guards.html#guards",
    )


def pattern(form: Any, s: Scope) -> Any:
    """Expand one pattern: its variables are bound in the scope."""
    return patterns([form], s)[0]


def patterns(
    forms: list[Any], s: Scope, meta: Any = EMPTY, function: str | None = None, *, alone: bool = False
) -> list[Any]:
    """Expand patterns that share their variables, such as the parameters of a function.

    What is wrong with all of them together is reported at `meta`, shown as the head of `function`, as the pattern
    `alone`, or as a list.
    """
    env, outer = s.env, s.prematch
    s.prematch = Prematch(s.vars, s.next_version)
    s.env = env.matching
    try:
        walked = [walk(form, s) for form in forms]
        if s.prematch.equations:
            from pyex.compiler.expand import equations

            equations.check(walked, s, meta, function, alone=alone)
        return walked
    finally:
        s.env, s.prematch = env, outer


def guard(form: Any, s: Scope) -> Any:
    """Expand a guard; `a when b` stays, for its alternatives."""
    env = s.env
    s.env = env.guarding
    try:
        return _guard(form, s)
    finally:
        s.env = env


def _guard(form: Any, s: Scope) -> Any:
    if is_call(form, WHEN, 2):
        left, right = to_pylist(form[2])
        return call(WHEN, form[1], _guard(left, s), _guard(right, s))
    return walk(form, s)


def line_meta(meta: Any) -> Any:
    """Return metadata of the line alone."""
    line = meta_get(meta, atom.line)
    return EMPTY if line is None else from_pylist([(atom.line, line)])

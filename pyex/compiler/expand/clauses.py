"""Forms of clauses: `case`, `cond`, `fn`, `receive`, `try`, `with`, and the clauses of definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.diagnostics import fatal, warn
from pyex.compiler.env import Scope
from pyex.compiler.expand.core import guard, not_in_guard, pattern, patterns, walk
from pyex.compiler.expand.variables import report_unused
from pyex.compiler.expand.words import (
    ARROW,
    DEFINED_BY,
    DO,
    FN,
    GENERATOR,
    IN,
    NOT_SPECIAL,
    UNDERSCORE,
    WHEN,
    call,
    code_text,
    is_atom_term,
    is_call,
    is_list,
    is_variable,
    items,
    keyword_items,
    meta_get,
    special,
)
from pyex.compiler.host import host
from pyex.terms.atoms import Atom, atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, from_pylist, to_pylist

Head = Callable[[Any, list[Any], Scope], list[Any]]
"""Expands what stands before `->`: (metadata, forms, scope) → expanded forms."""


def head(meta: Any, forms: list[Any], s: Scope) -> list[Any]:
    """Expand the patterns of a clause with their guard: `[a, b]`, or `[{:when, m, [a, b, guard]}]`."""
    if len(forms) == 1 and is_call(forms[0], WHEN):
        *args, condition = to_pylist(forms[0][2])
        walked = patterns(args, s, meta)
        return [call(WHEN, forms[0][1], *walked, guard(condition, s))]
    return patterns(forms, s, meta)


def clause(form: Any, what: Head, s: Scope) -> Any:
    """Expand one `left -> right`; its variables do not leave it."""
    _, meta, parts = form
    left, right = to_pylist(parts)
    saved, first, env = s.vars, s.next_version, s.env
    walked = what(meta, to_pylist(left), s)
    body = walk(right, s)
    report_unused(s, first)
    s.vars, s.env = saved, env
    return (ARROW, meta, from_pylist([from_pylist(walked), body]))


def is_clauses(value: Any) -> bool:
    """Tell whether a form is a list of `->` clauses."""
    return type(value) is Cons and all(is_call(item, ARROW, 2) for item in items(value))


def clauses(kind: str, key: str, value: Any, meta: Any, what: Head, s: Scope) -> Any:
    """Expand the clauses under a key such as `do` of a form such as `case`."""
    if not is_clauses(value):
        raise fatal(s.env, meta, f'expected -> clauses for :{key} in "{kind}"')
    return from_pylist([clause(item, what, s) for item in to_pylist(value)])


def one(kind: str, key: str) -> Head:
    """Return a head of exactly one pattern."""

    def expand_one(meta: Any, forms: list[Any], s: Scope) -> list[Any]:
        count = len(forms)
        if count != 1 or (is_call(forms[0], WHEN) and len(items(forms[0][2])) != 2):
            raise fatal(s.env, meta, f'expected one argument for :{key} clauses (->) in "{kind}"')
        return head(meta, forms, s)

    return expand_one


def options(kind: str, form: Any, meta: Any, allowed: tuple[str, ...], s: Scope) -> dict[str, Any]:
    """Return the parts of a form of blocks (`do`, `else` …) by name, in the order of the source."""
    pairs = keyword_items(form)
    if pairs is None:
        raise fatal(s.env, meta, f'invalid arguments for "{kind}", expected keyword list with :do')
    found: dict[str, Any] = {}
    for key, value in pairs:
        name = key.name if type(key) is Atom else str(key).lower()
        if name not in allowed:
            raise fatal(s.env, meta, f'unexpected option :{name} in "{kind}"')
        if name in found:
            raise fatal(s.env, meta, f'duplicate :{name} clauses given for "{kind}"')
        found[name] = value
    return found


def _keywords(parts: dict[str, Any]) -> Any:
    return from_pylist([(atom(key), value) for key, value in parts.items()])


def outside_patterns(kind: str, meta: Any, s: Scope) -> None:
    if s.env.context == "match":
        raise fatal(s.env, meta, f"invalid pattern in match, {kind} is not allowed in matches")
    if s.env.context == "guard":
        raise not_in_guard(kind, meta, s)


@special("case")
def case_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `case`."""
    if len(args) != 2:
        return NOT_SPECIAL
    outside_patterns("case", meta, s)
    subject = walk(args[0], s)
    parts = options("case", args[1], meta, ("do",), s)
    if "do" not in parts:
        raise fatal(s.env, meta, 'missing :do option in "case"')
    parts["do"] = clauses("case", "do", parts["do"], meta, one("case", "do"), s)
    return call(atom("case"), meta, subject, _keywords(parts))


@special("cond")
def cond_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `cond`."""
    if len(args) != 1:
        return NOT_SPECIAL
    outside_patterns("cond", meta, s)
    parts = options("cond", args[0], meta, ("do",), s)
    if "do" not in parts:
        raise fatal(s.env, meta, 'missing :do option in "cond"')
    parts["do"] = clauses("cond", "do", parts["do"], meta, _condition, s)
    return call(atom("cond"), meta, _keywords(parts))


def _condition(meta: Any, forms: list[Any], s: Scope) -> list[Any]:
    if len(forms) != 1:
        raise fatal(s.env, meta, 'expected one argument for :do clauses (->) in "cond"')
    if is_variable(forms[0]) and forms[0][0] is UNDERSCORE:
        raise fatal(
            s.env,
            meta,
            'invalid use of _ inside "cond". If you want the last clause to always match, you probably meant to use: '
            "true ->",
        )
    return [walk(forms[0], s)]


@special("fn")
def fn_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand an anonymous function."""
    outside_patterns("fn", meta, s)
    if not all(is_call(item, ARROW, 2) for item in args):
        raise fatal(s.env, meta, "expected -> clauses in fn")
    walked = [clause(item, _fn_head, s) for item in args]
    arities = {_arity(item) for item in walked}
    if len(arities) > 1:
        raise fatal(s.env, meta, "cannot mix clauses with different arities in anonymous functions")
    return (FN, meta, from_pylist(walked))


def _fn_head(meta: Any, forms: list[Any], s: Scope) -> list[Any]:
    for item in forms:
        if is_call(item, atom("\\\\"), 2):
            raise fatal(s.env, meta, "anonymous functions cannot have optional arguments")
    return head(meta, forms, s)


def _arity(form: Any) -> int:
    left = items(items(form[2])[0])
    if len(left) == 1 and is_call(left[0], WHEN):
        return len(items(left[0][2])) - 1
    return len(left)


@special("receive")
def receive_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `receive`."""
    if len(args) != 1:
        return NOT_SPECIAL
    outside_patterns("receive", meta, s)
    parts = options("receive", args[0], meta, ("do", "after"), s)
    if not parts:
        raise fatal(s.env, meta, 'missing :do/:after option in "receive"')
    for key, value in parts.items():
        if key == "do":
            if value is None or (is_call(value, atom("__block__"), 0)):
                parts[key] = value
                continue
            parts[key] = clauses("receive", "do", value, meta, one("receive", "do"), s)
        else:
            if not is_clauses(value) or len(items(value)) != 1:
                raise fatal(s.env, meta, 'expected a single -> clause for :after in "receive"')
            parts[key] = clauses("receive", "after", value, meta, _timeout, s)
    return call(atom("receive"), meta, _keywords(parts))


def _timeout(meta: Any, forms: list[Any], s: Scope) -> list[Any]:
    if len(forms) != 1:
        raise fatal(s.env, meta, 'expected one argument for :after clauses (->) in "receive"')
    return [walk(forms[0], s)]


def _closed(form: Any, s: Scope) -> Any:
    """Expand a block whose variables do not leave it."""
    saved, first, env = s.vars, s.next_version, s.env
    walked = walk(form, s)
    report_unused(s, first)
    s.vars, s.env = saved, env
    return walked


@special("try")
def try_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `try`."""
    if len(args) != 1:
        return NOT_SPECIAL
    outside_patterns("try", meta, s)
    parts = options("try", args[0], meta, ("do", "rescue", "catch", "else", "after"), s)
    if "do" not in parts:
        raise fatal(s.env, meta, 'missing :do option in "try"')
    if len(parts) == 1:
        raise fatal(s.env, meta, 'missing :catch/:rescue/:after option in "try"')
    kind = _try_kind(meta)
    if set(parts) == {"do", "else"}:
        text = f'"else" shouldn\'t be used as the only clause in "{kind}", use "case" instead'
        warn(s.env.replace(function=None, module=None) if kind != "try" else s.env, meta, text, code="try_with_only_else")
    saved = s.stacktrace
    for key, value in parts.items():
        if key in ("do", "after"):
            parts[key] = _closed(value, s)
            continue
        s.stacktrace = key != "else" or saved
        what = {"rescue": _rescue, "catch": _catch, "else": one("try", "else")}[key]
        parts[key] = clauses(kind, key, value, meta, what, s)
        s.stacktrace = saved
    return call(atom("try"), meta, _keywords(parts))


def _try_kind(meta: Any) -> str:
    """Return what the user wrote: `try`, or the definition whose body has a `rescue` or its kin of its own."""
    kind = meta_get(meta, DEFINED_BY)
    return "try" if kind is None else str(kind.name)


def _catch(meta: Any, forms: list[Any], s: Scope) -> list[Any]:
    if len(forms) == 1 and is_call(forms[0], WHEN):
        *args, condition = to_pylist(forms[0][2])
        if len(args) == 1:
            forms = [(WHEN, forms[0][1], from_pylist([atom.throw, *args, condition]))]
        count = len(args)
    else:
        count = len(forms)
        if count == 1:
            forms = [atom.throw, *forms]
    if count not in (1, 2):
        raise fatal(s.env, meta, 'expected one or two args for :catch clauses (->) in "try"')
    return head(meta, forms, s)


_RESCUE_HELP: Final = 'invalid "rescue" clause. The clause should match on an alias, a variable or be in the "var in [alias]" format. Got: '


def _rescue(meta: Any, forms: list[Any], s: Scope) -> list[Any]:
    if len(forms) != 1:
        raise fatal(s.env, meta, 'expected one argument for :rescue clauses (->) in "try"')
    form = forms[0]
    if is_call(form, IN, 2):
        left, right = to_pylist(form[2])
        if not is_variable(left):
            raise fatal(s.env, meta, _RESCUE_HELP + code_text(form))
        if is_variable(right) and right[0] is UNDERSCORE:
            return [pattern(left, s)]
        names = _exception_names(walk(right, s), form, meta, s)
        _check_exceptions(names, form[1], s)
        return [call(IN, form[1], pattern(left, s), names)]
    if is_variable(form):
        return [pattern(form, s)]
    names = _exception_names(walk(form, s), form, meta, s)
    _check_exceptions(names, EMPTY, s)
    return [call(IN, EMPTY, (UNDERSCORE, EMPTY, None), names)]


def _exception_names(value: Any, form: Any, meta: Any, s: Scope) -> Any:
    names = to_pylist(value) if is_list(value) else [value]
    if not all(is_atom_term(name) for name in names):
        raise fatal(s.env, meta, _RESCUE_HELP + code_text(form))
    return from_pylist(names)


def _check_exceptions(names: Any, meta: Any, s: Scope) -> None:
    """Warn, when everything is compiled, of names after `rescue` that are no structs."""
    env = s.env
    if env.function is None or env.module is None:
        return

    def check() -> None:
        for name in reversed(to_pylist(names)):
            if name is env.module or type(name) is not Atom or host.current.function(name, "__struct__", 0) is not None:
                continue
            if host.current.ensure_compiled(name):
                reason = "there is such module but it does not define a struct"
            else:
                reason = f"module {inspect(name)} is not available or is yet to be defined"
            text = f"struct {inspect(name)} is undefined ({reason})"
            if reason.startswith("module") and name.name.count(".") == 1:
                text += (
                    ". Make sure the module name is correct and has been specified in full (or that an alias has been "
                    "defined)"
                )
            warn(env, meta, text, code="undefined_struct", subject=inspect(name))

    host.current.when_compiled(check)


@special("with")
def with_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `with`."""
    outside_patterns("with", meta, s)
    if not args or keyword_items(args[-1]) is None:
        raise fatal(s.env, meta, 'missing :do option in "with"')
    given = keyword_items(args[-1]) or []
    if not any(key is DO for key, _ in given):
        raise fatal(s.env, meta, 'missing :do option in "with"')
    saved, first, env = s.vars, s.next_version, s.env
    walked = [_with_step(item, s) for item in args[:-1]]
    body = walk(next(value for key, value in given if key is DO), s)
    report_unused(s, first)
    s.vars, s.env = saved, env
    parts = {**options("with", args[-1], meta, ("do", "else"), s), "do": body}
    if "else" in parts:
        parts["else"] = clauses("with", "else", parts["else"], meta, one("with", "else"), s)
    return (atom("with"), meta, from_pylist([*walked, _keywords({key: parts[key] for key in sorted(parts)})]))


def _with_step(form: Any, s: Scope) -> Any:
    if not is_call(form, GENERATOR, 2):
        return walk(form, s)
    left, right = to_pylist(form[2])
    right = walk(right, s)
    left = head(form[1], [left], s)[0]
    return call(GENERATOR, form[1], left, right)


def definition_clause(
    args: list[Any], guards: list[Any], body: Any, s: Scope, meta: Any = EMPTY
) -> tuple[list[Any], list[Any], Any]:
    """Expand one clause of a `def`: (patterns, guard alternatives, body), and warn of its unused variables."""
    walked = patterns(args, s, meta, s.env.function[0].name if s.env.function else None)
    conditions = [guard(item, s) for item in guards]
    body = walk(body, s)
    report_unused(s, 0)
    return walked, conditions, body

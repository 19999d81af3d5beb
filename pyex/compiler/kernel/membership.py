"""`in` and the ranges `..`, `..//`."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.env_struct import stack_entry
from pyex.compiler.kernel.build import (
    UNDERSCORE,
    block,
    call,
    case,
    clause,
    code_text,
    erlang,
    imported,
    is_call,
    is_named,
    is_var,
    map_form,
    match,
    remote,
    var,
)
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import argument_error
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, is_proper, split_tail, to_pylist

RANGE: Final = alias("Range")
_MAP: Final = atom("%{}")
_STRUCT: Final = atom("__struct__")
_DOTS: Final = atom("..")
_STEP: Final = atom("..//")
_BAR: Final = atom("|")
_INLINE: Final = 32
"""A longer list literal in a function's body is searched at run time."""


def in_(env: Any, left: Any, right: Any) -> Any:
    """Whether the left side is a member of the right."""
    if env.context == "match":
        raise argument_error(
            "invalid expression in match, in is not allowed in patterns such as function clauses, "
            "case clauses or on the left side of the = operator"
        )
    right = _expand(env, right)
    if env.context == "guard":
        return _in_guard(env, left, right)
    items, tail = split_tail(right)
    if tail is EMPTY and len(items) <= _INLINE and not (items and is_named(items[-1], _BAR, 2)):
        return _once(left, lambda x: _any_of(x, items))
    if is_named(right, _STEP, 3) or is_named(right, _DOTS, 2):
        bounds = [bound for bound in map(_constant, right[2]) if bound is not None]
        if len(bounds) == len(to_pylist(right[2])):
            first, last = bounds[:2]
            step = bounds[2] if len(bounds) == 3 else _default_step(env, first, last)
            return _once(left, lambda x: _in_range(x, first, last, step))
    return remote(alias("Enum"), "member?", right, left)


def _expand(env: Any, form: Any) -> Any:
    """Return the form with its outer macro (an attribute, a sigil) expanded, as ranges and lists must be seen."""
    if is_call(form):
        form = export(alias("Macro"), "expand", 2).fn(form, env)
    if is_call(form) and form[0] is _MAP:
        # What an attribute holds is spelled out: a range as the map that it is.
        pairs = dict(pair for pair in form[2] if len(pair) == 2)
        if pairs.get(_STRUCT) is RANGE:
            return (_STEP, EMPTY, elixir_list(pairs[atom.first], pairs[atom.last], pairs[atom.step]))
    return form


def _once(left: Any, build: Any) -> Any:
    """Evaluate the left side once, however often the test names it."""
    if is_var(left) or not is_call(left):
        return build(left)
    kept = var("left")
    return block(match(kept, left), build(kept))


def _any_of(value: Any, items: list[Any]) -> Any:
    if not items:
        return block(match(UNDERSCORE, value), False)
    result = erlang("=:=", value, items[-1])
    for item in reversed(items[:-1]):
        result = erlang("orelse", erlang("=:=", value, item), result)
    return result


def _in_guard(env: Any, left: Any, right: Any) -> Any:
    items, tail = split_tail(right)
    if tail is EMPTY and is_proper(right) and not (items and is_named(items[-1], _BAR, 2)):
        return _any_of(left, items) if items else False
    if is_named(right, _DOTS, 2):
        first, last = right[2]
        low, high = _constant(first), _constant(last)
        if low is not None and high is not None:
            return _in_range(left, low, high, _default_step(env, low, high))
        up = erlang("andalso", erlang("=<", first, last), _between(left, first, last))
        down = erlang("andalso", erlang("<", last, first), _between(left, last, first))
        return _all(
            erlang("is_integer", left),
            erlang("is_integer", first),
            erlang("is_integer", last),
            erlang("orelse", up, down),
        )
    if is_named(right, _STEP, 3):
        first, last, step = right[2]
        if type(step) is int and step != 0:
            return _in_range(left, first, last, step)
    raise argument_error(
        'invalid right argument for operator "in", it expects a compile-time proper list or compile-time range on the '
        f"right side when used in guard expressions, got: {code_text(right)}"
    )


def _all(*tests: Any) -> Any:
    result = tests[-1]
    for test in reversed(tests[:-1]):
        result = erlang("andalso", test, result)
    return result


def _between(value: Any, low: Any, high: Any) -> Any:
    return erlang("andalso", erlang(">=", value, low), erlang("=<", value, high))


def _in_range(value: Any, first: Any, last: Any, step: int) -> Any:
    low, high = (first, last) if step > 0 else (last, first)
    tests = [erlang("is_integer", value)]
    tests += [erlang("is_integer", bound) for bound in (first, last) if type(bound) is not int]
    tests.append(_between(value, low, high))
    if step not in (1, -1):
        tests.append(erlang("=:=", erlang("rem", erlang("-", value, first), step), 0))
    return _all(*tests)


def full_range(env: Any) -> Any:
    """`..`: the range of everything, `0..-1//1`."""
    return _literal(0, -1, 1)


def range_(env: Any, first: Any, last: Any) -> Any:
    """`first..last`."""
    _check_bounds(env, first, last)
    low, high = _constant(first), _constant(last)
    if low is not None and high is not None:
        return _literal(first, last, _default_step(env, low, high))
    if env.context == "match":
        text = f"{code_text(first)}..{code_text(last)}"
        warn_of_old(
            env,
            f"{text} inside match is deprecated, you must always match on the step: {text}//var or {text}//_ if you want "
            "to ignore it",
        )
        return _literal(first, last, UNDERSCORE)
    if env.context == "guard":
        return _literal(first, last, 1)
    return remote(RANGE, "new", first, last)


def _default_step(env: Any, first: int, last: int) -> int:
    """Return the step of a range written without one; a range that goes down should be written with it."""
    if first <= last:
        return 1
    warn_of_old(env, f"{first}..{last} has a default step of -1, please write {first}..{last}//-1 instead")
    return -1


def _constant(form: Any) -> int | None:
    """Return the integer that a form is, or the negative one that it writes."""
    if type(form) is int:
        return form
    value = to_pylist(form[2])[0] if is_named(form, atom("-"), 1) else None
    return -value if type(value) is int else None


def warn_of_old(env: Any, message: str) -> None:
    """Warn of what is no longer to be written."""
    place = elixir_list(stack_entry(env))
    env.collector.add(Diagnostic("warning", message, env.file, env.line, code="deprecated", stacktrace=place))


def range_step(env: Any, first: Any, last: Any, step: Any) -> Any:
    """`first..last//step`."""
    _check_bounds(env, first, last)
    if not (type(step) is int or is_call(step)):
        raise argument_error(f"ranges (first..last//step) expect the step to be a non-zero integer, got: {code_text(step)}")
    if step == 0:
        raise argument_error("ranges (first..last//step) expect the step to be a non-zero integer, got: 0")
    if env.context is not None or all(type(part) is int for part in (first, last, step)):
        return _literal(first, last, step)
    return remote(RANGE, "new", first, last, step)


def _check_bounds(env: Any, first: Any, last: Any) -> None:
    if is_named(first, _DOTS, 2):
        raise argument_error(
            f"ranges (first..last) expect both sides to be integers, got: {code_text((_DOTS, EMPTY, elixir_list(first, last)))}"
        )
    for bound in (first, last):
        if not (type(bound) is int or is_call(bound)):
            text = "..".join(code_text(b) if is_call(b) else inspect(b) for b in (first, last))
            raise argument_error(f"ranges (first..last//step) expect both sides to be integers, got: {text}")


def _literal(first: Any, last: Any, step: Any) -> Any:
    return map_form((atom("__struct__"), RANGE), (atom.first, first), (atom.last, last), (atom.step, step))


def is_struct(env: Any, term: Any) -> Any:
    """Whether the term is a struct."""
    key = atom("__struct__")
    if env.context == "guard":
        return _all(
            erlang("is_map", term), erlang("is_map_key", key, term), erlang("is_atom", erlang("map_get", key, term))
        )
    return case(term, clause(_of_any_struct(), True), clause(UNDERSCORE, False))


def _of_any_struct(*fields: tuple[Any, Any]) -> Any:
    """Return the pattern of a struct, whatever its name, with some fields."""
    return call("%", UNDERSCORE, map_form(*fields))


def is_struct_of(env: Any, term: Any, name: Any) -> Any:
    """Whether the term is a struct of that name."""
    key = atom("__struct__")
    if env.context == "guard":
        return _all(
            erlang("is_map", term),
            erlang("is_atom", name),
            erlang("is_map_key", key, term),
            erlang("=:=", erlang("map_get", key, term), name),
        )
    return remote(alias("Kernel.Utils"), "struct_of?", term, name)


def is_exception(env: Any, term: Any) -> Any:
    """Whether the term is an exception."""
    if env.context == "guard":
        key = atom("__exception__")
        return _all(
            is_struct(env, term), erlang("is_map_key", key, term), erlang("=:=", erlang("map_get", key, term), True)
        )
    return case(term, clause(_of_any_struct((atom("__exception__"), True)), True), clause(UNDERSCORE, False))


def is_exception_of(env: Any, term: Any, name: Any) -> Any:
    """Whether the term is an exception of that name."""
    return erlang("andalso", is_struct_of(env, term, name), is_exception(env, term))


def is_non_struct_map(env: Any, term: Any) -> Any:
    """Whether the term is a map and no struct."""
    key = atom("__struct__")
    return _once(term, lambda x: _all(erlang("is_map", x), erlang("not", erlang("is_map_key", key, x))))


def is_nil(env: Any, term: Any) -> Any:
    """Whether the term is `nil`."""
    return imported("==", term, None)

"""Blocks, matches, and the data constructors: tuples, lists, maps and structs."""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit.frame import Frame, control_form, value_form
from pyex.compiler.emit.keys import stored_key
from pyex.compiler.emit.patterns import bind, match, refutes
from pyex.compiler.emit.result import ANY, DISCARD, LIST, MAP, TUPLE, Assign, Dest, Discard, Result
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, EmptyList, from_iterable, split_tail
from pyex.terms.maps import LARGE, STRUCT, Map

_BAR: Final = atom("|")
_MAP_FORM: Final = atom("%{}")
_LONG: Final = 2
"""A list of more elements than this is made from a Python list, whose cells come when they are asked for."""


@control_form("__block__")
def block(frame: Frame, meta: Any, forms: list[Any], dest: Dest) -> list[ast.stmt]:
    """`a; b; c`: all for their effects, the last for its value."""
    if not forms:
        return frame.deliver(frame.value(None), dest)
    statements: list[ast.stmt] = []
    for form in forms[:-1]:
        statements += frame.into(form, DISCARD)
    return statements + frame.into(forms[-1], dest)


@control_form("=")
def match_form(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """`pattern = value`."""
    pattern, form = args
    b = frame.b
    position = b.at(meta)
    if is_variable(pattern):
        if pattern[0].name == "_":
            return frame.into(form, dest)
        name = frame.variable(pattern)
        assigned = Assign(name)
        statements = frame.into(form, assigned)
        frame.known[name] = assigned.known or ANY
        b.back(position)
        return statements if type(dest) is Discard else statements + frame.deliver(local(frame, name), dest)
    statements, subject, _ = frame.subject(form)
    b.back(position)
    tests, bindings = match(frame, pattern, subject)
    if tests:
        statements.append(b.if_(refutes(frame, tests), [b.raise_(b.call("badmatch", b.name(subject)))]))
    statements += bind(frame, bindings)
    b.back(position)
    return statements if type(dest) is Discard else statements + frame.deliver(local(frame, subject), dest)


def local(frame: Frame, name: str) -> Result:
    """Return the result that reads a local name."""
    return Result(frame.b.name(name), None, frame.known.get(name, ANY))


def is_variable(form: Any) -> bool:
    """Tell whether a form is a variable (`_` included)."""
    if type(form) is not tuple or len(form) != 3 or type(form[0]) is not Atom:
        return False
    return type(form[2]) is Atom or form[2] is None


# ---- tuples and lists


@value_form("{}")
def tuple_form(frame: Frame, meta: Any, forms: list[Any]) -> Result:
    """A tuple."""
    position = frame.b.at(meta)
    statements, results = frame.values(forms)
    if all(result.is_constant for result in results):
        return Result(None, statements, TUPLE, tuple([result.constant for result in results]))
    frame.b.back(position)
    found = Result(frame.b.pytuple([frame.expression(result) for result in results]), statements, TUPLE)
    found.items = results
    return found


@value_form("[]")
def list_form(frame: Frame, meta: Any, forms: list[Any]) -> Result:
    """A list, whose last element may be `head | tail`."""
    items, _ = split_tail(forms[0])
    tail: Any = EMPTY
    last = items[-1] if items else None
    if type(last) is tuple and len(last) == 3 and last[0] is _BAR:
        head, tail = split_tail(last[2])[0]
        items = [*items[:-1], head]
    statements, results = frame.values([*items, tail])
    if all(result.is_constant for result in results):
        constants = [result.constant for result in results]
        return Result(None, statements, LIST, from_iterable(constants[:-1], constants[-1]))
    b = frame.b
    parts = [frame.expression(result) for result in results]
    made = parts.pop()
    if len(parts) > _LONG:
        if type(tail) is EmptyList:
            return Result(b.call("from_pylist", b.pylist(parts)), statements, LIST)
        return Result(b.call("from_iterable", b.pylist(parts), made), statements, LIST)
    for part in reversed(parts):
        made = b.call("Cons", part, made)
    found = Result(made, statements, LIST)
    if type(tail) is EmptyList:
        found.items = results[:-1]
    return found


# ---- maps


@value_form("%{}")
def map_form(frame: Frame, meta: Any, pairs: list[Any]) -> Result:
    """`%{key => value}` and `%{map | key => value}`."""
    frame.b.at(meta)
    if len(pairs) == 1 and type(pairs[0]) is tuple and len(pairs[0]) == 3 and pairs[0][0] is _BAR:
        base, changes = split_tail(pairs[0][2])[0]
        return _update(frame, meta, "map_update", [base], split_tail(changes)[0])
    return _construct(frame, meta, pairs)


def _construct(frame: Frame, meta: Any, pairs: list[Any]) -> Result:
    position = frame.b.at(meta)
    statements, results = frame.values([part for pair in pairs for part in pair])
    if all(result.is_constant for result in results):
        constants = [result.constant for result in results]
        return Result(None, statements, MAP, Map.from_pairs(zip(constants[::2], constants[1::2], strict=True)))
    b = frame.b
    b.back(position)
    made = b.call("Map" if len(pairs) <= LARGE else "large_map", _dict(frame, results))
    return Result(made, statements, MAP)


def _dict(frame: Frame, results: list[Result]) -> ast.expr:
    keys = [stored_key(frame, result) for result in results[::2]]
    values = [frame.expression(result) for result in results[1::2]]
    return frame.b.pydict(keys, values)


def _update(frame: Frame, meta: Any, helper: str, leading: list[Any], pairs: list[Any]) -> Result:
    position = frame.b.at(meta)
    statements, results = frame.values([*leading, *[part for pair in pairs for part in pair]])
    count = len(leading)
    b = frame.b
    b.back(position)
    first = [frame.expression(result) for result in results[:count]]
    return Result(b.call(helper, *first, _dict(frame, results[count:])), statements, MAP)


@value_form("%")
def struct_form(frame: Frame, meta: Any, args: list[Any]) -> Result:
    """`%Module{…}` with all its fields, and `%Module{struct | …}`."""
    module, body = args
    pairs = split_tail(body[2])[0]
    if len(pairs) == 1 and type(pairs[0]) is tuple and len(pairs[0]) == 3 and pairs[0][0] is _BAR:
        base, changes = split_tail(pairs[0][2])[0]
        return _update(frame, meta, "struct_update", [base, module], split_tail(changes)[0])
    pairs = [pair for pair in pairs if pair[0] is not STRUCT]
    return _construct(frame, meta, [(STRUCT, module), *pairs])

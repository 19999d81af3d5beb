"""Calls: remote ones through export entries, local ones through globals, function values, `a.b`."""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit.frame import Frame, control_form, value_form
from pyex.compiler.emit.guards import narrowing
from pyex.compiler.emit.library import inline_call
from pyex.compiler.emit.loops import looped_call
from pyex.compiler.emit.operators import ERLANG
from pyex.compiler.emit.result import ANY, BOOL, STRING, Assign, Dest, Join, Result
from pyex.compiler.emit.tail import begun_list
from pyex.compiler.host import host
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.lists import split_tail
from pyex.terms.stacktrace import WAITING

_ERLANG: Final = atom("erlang")
_STRING_CHARS: Final = alias("String.Chars")
_NO_PARENS: Final = atom("no_parens")
_SUPER: Final = atom("super")


@value_form("local call")
def local_call(frame: Frame, meta: Any, args: list[Any]) -> Result:
    """`name(args)`: a function of the same module."""
    head, forms = args
    position = frame.b.at(meta)
    statements, results = frame.values(forms)
    frame.b.back(position)
    name = _local_name(head, meta)
    known = frame.unit.returns.get((name, len(forms)), ANY)
    operands = [frame.expression(result) for result in results]
    return Result(frame.b.call(f"{name}/{len(forms)}", *operands), statements, known)


def _local_name(head: Atom | None, meta: Any) -> str:
    if head is _SUPER:
        for key, value in split_tail(meta)[0]:
            if key is _SUPER:
                return str(value[1].name)
    return "nil" if head is None else head.name


@control_form("tail call")
def tail_call(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """A local call whose value is the function's: a call to itself loops, one inside a cycle bounces."""
    head, forms = args
    key = (_local_name(head, meta), len(forms))
    cycle = frame.unit.cycles.get(key)
    if frame.function == key:
        return _loop(frame, meta, forms)
    if frame.function is None or cycle is None or frame.unit.cycles.get(frame.function) != cycle:
        return frame.deliver(local_call(frame, meta, args), dest)
    position = frame.b.at(meta)
    statements, results = frame.values(forms)
    frame.b.back(position)
    b = frame.b
    bounce = [b.name(f"{key[0]}/{key[1]}~"), *[frame.expression(result) for result in results]]
    bounce += [b.const(None)] * (frame.unit.widths.get(cycle, 0) - len(forms))
    return [*statements, b.return_(b.pylist(bounce))]


@control_form("list into")
def list_into(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """`[head | name(tail)]` where the call is one of the function itself: the list is begun and the function loops.

    So a list may be as long as memory allows. What a stack trace tells of the calls that wait on the BEAM is their line.
    """
    assert type(dest) is Join  # others build a cell
    heads, call = begun_list(args[0], frame.function)
    if call is None:
        return frame.deliver(frame.value(args[0]), dest)
    b = frame.b
    position = b.at(call[1])
    statements, results = frame.values([*heads, *split_tail(call[2])[0]])
    b.back(position)
    for result in results[: len(heads)]:
        append = b.call(b.attribute(b.name(dest.items), "append"), frame.expression(result))
        statements.append(b.evaluate(append))
    statements.append(b.assign(WAITING, b.const(position[0])))
    return _again(frame, position, statements, results[len(heads) :])


def _loop(frame: Frame, meta: Any, forms: list[Any]) -> list[ast.stmt]:
    position = frame.b.at(meta)
    statements, results = frame.values(forms)
    return _again(frame, position, statements, results)


def _again(frame: Frame, position: tuple[int, int], statements: list[ast.stmt], results: list[Result]) -> list[ast.stmt]:
    """Give the parameters their next values, and go on with the loop."""
    b = frame.b
    b.back(position)
    names: list[str] = []
    values: list[ast.expr] = []
    appended: list[ast.stmt] = []
    for parameter, result in zip(frame.parameters, results, strict=True):
        growth = result.grown(parameter) if result.grown else None
        if growth is not None:
            statements += growth[0]
            appended.append(growth[1])
            continue
        value = frame.expression(result)
        if type(value) is not ast.Name or value.id != parameter:
            names.append(parameter)
            values.append(value)
    if len(names) == 1:
        statements.append(b.assign(names[0], values[0]))
    elif names:
        statements.append(b.assign_all(names, b.pytuple(values)))
    return [*statements, *appended, b.continue_()]


# ---- calls with a dot


@value_form("dot call")
def dot_call(frame: Frame, meta: Any, args: list[Any]) -> Result:
    """`Module.name(args)`, `fun.(args)`, `value.field`."""
    head, forms = args
    target = split_tail(head[2])[0]
    if len(target) == 1:
        return _function_call(frame, meta, target[0], forms)
    module, name = target
    text = _atom_name(name)
    if type(module) is Atom or (is_atom(module) and not _has(meta, _NO_PARENS)):
        return _remote_call(frame, meta, module, text, forms)
    if not forms and _has(meta, _NO_PARENS):
        return _field(frame, meta, module, name)
    position = frame.b.at(meta)
    statements, results = frame.values([module, *forms])
    b = frame.b
    b.back(position)
    found = b.call("remote", frame.expression(results[0]), b.const(text), b.const(len(forms)))
    return Result(b.call(found, *[frame.expression(result) for result in results[1:]]), statements)


def _atom_name(name: Any) -> str:
    return name.name if type(name) is Atom else {None: "nil", True: "true", False: "false"}[name]


def _has(meta: Any, key: Atom) -> bool:
    return any(name is key and value is True for name, value in split_tail(meta)[0])


@control_form("dot call into")
def dot_into(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """A dotted call that goes to a destination; one of the module's own functions may be part of a cycle."""
    head, forms = args
    target = split_tail(head[2])[0]
    if dest.tail and frame.function is not None and len(target) == 2 and target[0] is frame.unit.module:
        cycle = frame.unit.cycles.get(frame.function)
        if cycle is not None and frame.unit.cycles.get((_atom_name(target[1]), len(forms))) == cycle:
            return _qualified_bounce(frame, meta, target, forms)
    if dest.tail and frame.failure is None and type(dest) is not Join and _may_go_on(target, meta, forms):
        return _open_tail_call(frame, meta, target, forms)
    return frame.deliver(dot_call(frame, meta, args), dest)


def _may_go_on(target: list[Any], meta: Any, forms: list[Any]) -> bool:
    """Tell whether a dotted call may be part of a chain of tail calls without end: of a function value, or of a module
    that is none of the library's."""
    if len(target) == 1:
        return True
    if type(target[0]) is Atom:
        return not host.current.is_library(target[0])
    return not is_atom(target[0]) and bool(forms or not _has(meta, _NO_PARENS))


def _open_tail_call(frame: Frame, meta: Any, target: list[Any], forms: list[Any]) -> list[ast.stmt]:
    """A tail call that may go on for ever: when the stack is deep it drops the frames that wait for its value."""
    b = frame.b
    position = b.at(meta)
    if len(target) == 1:
        statements, callee, results = _callee(frame, position, target[0], forms)
        chosen = Result(callee)
    elif type(target[0]) is Atom:
        statements, results = frame.values(forms)
        chosen = Result(None)
    else:
        statements, (module, *results) = frame.values([target[0], *forms])
        statements += frame.spill(module)
        b.back(position)
        found = b.call("remote", frame.expression(module), b.const(_atom_name(target[1])), b.const(len(forms)))
        chosen = Result(found)
    for result in results:
        statements += frame.spill(result)
    b.back(position)
    if chosen.expression is not None:
        statements += frame.spill(chosen)

    def function() -> ast.expr:
        if chosen.expression is not None:
            return frame.again(chosen)
        return b.attribute(frame.constants.export(target[0], _atom_name(target[1]), len(forms)), "fn")

    unwinding, call = frame.temporary(), frame.temporary()
    leave = b.call("unwind", function(), b.pytuple([frame.again(result) for result in results]))
    attempt = [
        b.if_(b.name("deep"), [b.evaluate(leave)]),
        b.return_(b.call(function(), *[frame.again(result) for result in results])),
    ]
    caught = [
        b.decrease(unwinding, "left"),
        b.if_(b.attribute(b.name(unwinding), "left"), [b.raise_()]),
        b.assign(call, b.call(b.attribute(b.name(unwinding), "going"))),
    ]
    return [
        *statements,
        b.try_(attempt, unwinding, caught, kind="Unwind"),
        b.return_(b.call("resume", b.name(call))),
    ]


def _qualified_bounce(frame: Frame, meta: Any, target: list[Any], forms: list[Any]) -> list[ast.stmt]:
    """`Module.name(args)` in tail position: on to the newest version, without a frame more."""
    position = frame.b.at(meta)
    statements, results = frame.values(forms)
    b = frame.b
    b.back(position)
    entry = frame.constants.export(target[0], _atom_name(target[1]), len(forms))
    following = b.call("body_of", b.attribute(entry, "fn"))
    return [*statements, b.return_(b.pylist([following, *[frame.expression(result) for result in results]]))]


def _remote_call(frame: Frame, meta: Any, module: Any, name: str, forms: list[Any]) -> Result:
    b = frame.b
    position = b.at(meta)
    if module is _ERLANG:
        if name in ("andalso", "orelse") and len(forms) == 2:
            return _short_circuit(frame, name, forms)
        operator = ERLANG.get((name, len(forms)))
        if operator is not None:
            statements, results = frame.values(forms)
            b.back(position)
            found = operator(frame, results)
            found.statements = statements + found.statements
            return found
    looped = looped_call(frame, meta, module, name, forms)
    if looped is not None:
        return looped
    statements, results = frame.values(forms)
    b.back(position)
    if module is _STRING_CHARS and name == "to_string" and len(forms) == 1:
        return _to_string(frame, statements, results[0])
    inline = inline_call(frame, module, name, results)
    if inline is not None:
        inline.statements = statements + inline.statements
        return inline
    entry = frame.constants.export(module, name, len(forms))
    operands = [frame.expression(result) for result in results]
    return Result(b.call(b.attribute(entry, "fn"), *operands), statements)


def _to_string(frame: Frame, statements: list[ast.stmt], result: Result) -> Result:
    """`to_string(x)`, as interpolation calls it: mostly of what is text already."""
    b = frame.b
    value = frame.expression(result)
    if result.known == STRING:
        return Result(value, statements, STRING)
    return Result(b.call("to_text", value), statements)


def _short_circuit(frame: Frame, name: str, forms: list[Any]) -> Result:
    """`:erlang.andalso` and `orelse`: the left side has to be a boolean."""
    b = frame.b
    left = frame.value(forms[0])
    facts = narrowing(frame, forms[0]) if name == "andalso" else []
    before = [(local, frame.known.get(local)) for local, _ in facts]
    frame.known.update(facts)
    right = frame.value(forms[1])
    for local, known in before:
        if known is None:
            frame.known.pop(local, None)
        else:
            frame.known[local] = known
    test = frame.expression(left)
    if left.known != BOOL:
        test = b.call("logical", test, b.const(name))
    known = BOOL if right.known == BOOL else ANY
    if not right.statements:
        sides = [test, frame.expression(right)]
        return Result(b.all_of(sides) if name == "andalso" else b.any_of(sides), left.statements, known)
    dest = Assign(frame.temporary())
    then = frame.deliver(right, dest)
    constant = [b.assign(dest.name, b.const(name == "orelse"))]
    branch = b.if_(test, then, constant) if name == "andalso" else b.if_(test, constant, then)
    return Result(b.name(dest.name), [*left.statements, branch], known)


def _function_call(frame: Frame, meta: Any, function: Any, forms: list[Any]) -> Result:
    """`fun.(args)`: a plain function of that arity is called as it is."""
    b = frame.b
    position = b.at(meta)
    statements, found, results = _callee(frame, position, function, forms)
    return Result(b.call(found, *[frame.expression(result) for result in results]), statements)


def _callee(
    frame: Frame, position: tuple[int, int], function: Any, forms: list[Any]
) -> tuple[list[ast.stmt], ast.expr, list[Result]]:
    """Return what runs first, what to call for `fun.(args)`, and the arguments."""
    b = frame.b
    statements, results = frame.values([function, *forms])
    statements += frame.spill(results[0])
    b.back(position)
    callee = results[0]
    if frame.checked is not None:
        # A loop mostly calls the same function: it was found to be one of that arity in the round before.
        known = frame.temporary()
        frame.checked.append(known)
        fresh = b.walrus(known, b.call("callable", frame.again(callee), b.const(len(forms))))
        same = b.compare(frame.again(callee), "is", b.name(known))
        return statements, b.conditional(same, b.name(known), fresh), results[1:]
    arity = b.attribute(b.attribute(frame.again(callee), "__code__"), "co_argcount")
    test = b.all_of([b.is_type(frame.again(callee), "function"), b.compare(arity, "==", b.const(len(forms)))])
    found = b.conditional(test, frame.again(callee), b.call("callable", frame.again(callee), b.const(len(forms))))
    return statements, found, results[1:]


def _field(frame: Frame, meta: Any, form: Any, name: Any) -> Result:
    """`value.name`: a field of a map, or a call without arguments when the value is a module."""
    b = frame.b
    position = b.at(meta)
    result = frame.value(form)
    statements = frame.spill(result)
    b.back(position)
    key = frame.constants.key(name)
    found = frame.temporary()
    data = b.attribute(b.attribute(frame.again(result), "_data"), "get")
    read = b.call(data, key, b.name("MISSING"))
    test = b.all_of(
        [
            b.is_type(frame.again(result), "Map"),
            b.compare(b.walrus(found, read), "is not", b.name("MISSING")),
        ]
    )
    otherwise = b.call("field", frame.again(result), frame.constants.term(name))
    return Result(b.conditional(test, b.name(found), otherwise), statements)

"""`&`: captures of functions by name, and functions written as an expression with `&1`."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import fatal
from pyex.compiler.env import Scope, exported, fresh_counter
from pyex.compiler.expand import dispatch, rewrite
from pyex.compiler.expand.core import walk
from pyex.compiler.expand.words import (
    ARROW,
    BLOCK,
    COUNTER,
    DOT,
    ERLANG,
    FN,
    KERNEL,
    NOT_SPECIAL,
    SPECIAL,
    call,
    code_text,
    is_atom_term,
    is_call,
    is_list,
    is_variable,
    items,
    meta_put,
    special,
)
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_pylist, to_pylist

_AMP: Final = atom("&")
_SLASH: Final = atom("/")
_HELP: Final = (
    "invalid args for &, expected one of:\n\n"
    "  * &Mod.fun/arity to capture a remote function, such as &Enum.map/2\n"
    "  * &fun/arity to capture a local or imported function, such as &is_atom/1\n"
    "  * &some_code(&1, ...) containing at least one argument as &1, such as &List.flatten(&1)\n\n"
    "Got: "
)


@special("&")
def capture(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand a capture."""
    if len(args) != 1:
        return NOT_SPECIAL
    inner = args[0]
    if type(inner) is int:
        raise fatal(s.env, meta, f"capture argument &{inner} must be used within the capture operator &")
    if s.env.context is not None:
        from pyex.compiler.expand.clauses import outside_patterns

        outside_patterns("&", meta, s)
    while is_call(inner, BLOCK, 1):
        inner = to_pylist(inner[2])[0]
    if is_call(inner, _SLASH, 2):
        target, arity = to_pylist(inner[2])
        if type(arity) is int and type(target) is tuple and len(target) == 3:
            if is_call(target[0], DOT, 2) and not items(target[2]):
                return _by_remote(meta, target, arity, s)
            if is_variable(target):
                return _by_name(meta, target, arity, s)
    return _expression(meta, inner, s)


def _by_remote(meta: Any, target: Any, arity: int, s: Scope) -> Any:
    module, name = to_pylist(target[0][2])
    module = walk(module, s)
    if type(name) is not Atom:
        raise fatal(s.env, meta, _HELP + code_text(target))
    if type(module) is Atom and dispatch.is_required(module, target[1], s.env) and _is_macro(module, name, arity):
        return _as_function(meta, lambda args: ((DOT, meta, elixir_list(module, name)), meta, args), arity, s)
    return _remote(meta, module, name, target[0][1], target[1], arity)


def _is_macro(module: Any, name: Any, arity: int) -> bool:
    return (name, arity) in exported(module, "macros")


def _remote(meta: Any, module: Any, name: Any, dot_meta: Any, call_meta: Any, arity: int) -> Any:
    if module is KERNEL and type(name) is Atom:
        target = rewrite.INLINED.get((name.name, arity))
        if target is not None and target not in ("element", "setelement") and (name.name, arity) != ("is_map_key", 2):
            module, name = ERLANG, atom(target)
    remote = ((DOT, dot_meta, elixir_list(module, name)), call_meta, EMPTY)
    return call(_AMP, meta, call(_SLASH, EMPTY, remote, arity))


def _by_name(meta: Any, target: Any, arity: int, s: Scope) -> Any:
    name = target[0]
    if name in SPECIAL:
        return _as_function(meta, lambda args: (name, target[1], args), arity, s)
    found = dispatch.resolve(name, arity, target[1], s.env)
    if found is None:
        if s.env.function is None:
            from pyex.compiler.diagnostics import error

            text = f"{name.name}/{arity}"
            error(
                s.env,
                meta,
                f"undefined function {text} (there is no such import)",
                code="undefined_function",
                subject=text,
                length=len(name.name),
            )
        return call(_AMP, meta, call(_SLASH, EMPTY, target, arity))
    is_macro, module, _ = found
    if is_macro:
        return _as_function(meta, lambda args: (name, target[1], args), arity, s)
    return _remote(meta, module, name, meta, meta, arity)


def _as_function(meta: Any, build: Any, arity: int, s: Scope) -> Any:
    """Expand the capture of a macro: a function that calls it."""
    params = [_parameter(meta) for _ in range(arity)]
    return walk(_function(meta, params, build(from_pylist(params))), s)


def _parameter(meta: Any) -> Any:
    return (atom.capture, meta_put(meta, COUNTER, fresh_counter()), None)


def _function(meta: Any, params: list[Any], body: Any) -> Any:
    return call(FN, meta, (ARROW, meta, elixir_list(from_pylist(params), body)))


def _expression(meta: Any, inner: Any, s: Scope) -> Any:
    arity = _sequential(inner)
    if arity:
        found = _plain_call(meta, inner, arity, s)
        if found is not None:
            return found
    if is_call(inner, BLOCK) and len(items(inner[2])) != 1:
        raise fatal(
            s.env,
            meta,
            f"block expressions are not allowed inside the capture operator &, got: {code_text(inner)}",
        )
    if is_atom_term(inner) or type(inner) in (int, float, str, bytes):
        raise fatal(s.env, meta, _HELP + code_text(inner))
    params: dict[int, Any] = {}
    body = _replace(inner, params, meta, s)
    if not params:
        raise fatal(s.env, meta, _HELP + code_text(inner))
    highest = max(params)
    for number in range(1, highest):
        if number not in params:
            raise fatal(
                s.env,
                meta,
                f"capture argument &{highest} cannot be defined without &{number} (you cannot skip arguments, all "
                "arguments must be numbered)",
            )
    return walk(_function(meta, [params[number] for number in range(1, highest + 1)], body), s)


def _sequential(form: Any) -> int:
    """Return the number of arguments when they are just `&1, &2, …`, else 0."""
    if type(form) is not tuple or len(form) != 3 or not is_list(form[2]):
        return 0
    if is_call(form[0], DOT, 1) or is_call(form, BLOCK):
        return 0
    args = items(form[2])
    for number, item in enumerate(args, 1):
        if not is_call(item, _AMP, 1) or items(item[2])[0] != number:
            return 0
    return len(args)


def _plain_call(meta: Any, form: Any, arity: int, s: Scope) -> Any:
    """Expand `&name(&1, &2)` as `&name/2` when the name is a function's, else return None."""
    name = form[0]
    if type(name) is Atom:
        if name in SPECIAL:
            return None
        found = dispatch.resolve(name, arity, form[1], s.env)
        if found is not None and found[0]:
            return None
        return _by_name(form[1], (name, form[1], None), arity, s)
    if is_call(name, DOT, 2):
        left, right = items(name[2])
        if type(right) is not Atom or right.name == "{}" or not _is_static(left):
            return None
        module = walk(left, s)
        if dispatch.is_required(module, form[1], s.env) and _is_macro(module, right, arity):
            return None
        return _remote(meta, module, right, name[1], form[1], arity)
    return None


def _is_static(form: Any) -> bool:
    return (
        is_atom_term(form) or is_call(form, atom("__aliases__")) or (is_variable(form) and form[0].name == "__MODULE__")
    )


def _replace(form: Any, params: dict[int, Any], meta: Any, s: Scope) -> Any:
    """Return a form with each `&n` replaced by the parameter of that number."""
    kind = type(form)
    if kind is tuple:
        if is_call(form, _AMP, 1):
            number = items(form[2])[0]
            if type(number) is int:
                if number < 1:
                    raise fatal(s.env, form[1], f"capture argument &{number} must be numbered between 1 and 255")
                if number not in params:
                    params[number] = _parameter(form[1])
                return params[number]
            raise fatal(
                s.env,
                form[1],
                "nested captures are not allowed. You cannot define a function using the capture operator & inside "
                f"another function defined via &. Got invalid nested capture: {code_text(form)}",
            )
        return tuple([_replace(item, params, meta, s) for item in form])
    if kind is Cons:
        return from_pylist([_replace(item, params, meta, s) for item in items(form)])
    return form

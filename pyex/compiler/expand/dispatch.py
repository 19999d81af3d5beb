"""Calls: whose function or macro a name means, and what a macro gives.

A local name is an import, a macro of this module, or a function of this module, in that order of looking; a
remote one is a macro when its module is required and has it. `core` imports this file: its names are read when they are called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.diagnostics import error, fatal, warn
from pyex.compiler.env import Env, Scope, exported, fresh_counter
from pyex.compiler.expand import core, rewrite, traces
from pyex.compiler.expand.linify import linify, linify_native
from pyex.compiler.expand.words import (
    DOT,
    ERLANG,
    KERNEL,
    LINE,
    code_text,
    is_atom_term,
    is_list,
    meta_get,
    remote,
)
from pyex.compiler.forms import Opaque, WrittenFunction
from pyex.compiler.host import host
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, Cons, from_pylist, to_pylist

_BITWISE: Final = alias("Bitwise")
_FN: Final = atom("fn")
_UTILS: Final = alias("Kernel.Utils")
_IMPORTS: Final = atom("imports")
_CONTEXT: Final = atom("context")
_DEPRECATED: Final = atom("deprecated")
_NO_PARENS: Final = atom("no_parens")
_KERNEL_MACROS: dict[Any, frozenset[tuple[Any, int]]] = {}


def local(form: Any, name: Atom, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand a call without a module: `name(args)`."""
    arity = len(args)
    found = resolve(name, arity, meta, s.env)
    if found is None:
        return _own(form, name, meta, args, s)
    is_macro, module, function = found
    if not is_macro:
        return _remote_function(module, name, meta, meta, args, s)
    return _expanded(module, name, meta, args, s, function)


def resolve(name: Atom, arity: int, meta: Any, env: Env) -> tuple[bool, Any, Callable[..., Any] | None] | None:
    """Return (is it a macro, module, function of a local macro) for a name that is no function of this module."""
    definitions = env.definitions
    found = _import_of(name, arity, meta, env)
    own = None if definitions is None else definitions.local_macro(name.name, arity)
    if own is not None:
        if env.function == (name, arity):
            own = None
        elif found is not None and found[1] is not env.module:
            raise fatal(
                env,
                meta,
                f"call to local macro {name.name}/{arity} conflicts with imported {_text(found[1])}.{name.name}/{arity}, "
                "please rename the local macro or remove the conflicting import",
            )
        else:
            return True, env.module, own
    if found is None:
        return None
    if env.lexical is not None:
        env.lexical.use_import(found[1], name, arity)
    if definitions is not None and env.function is not None:
        definitions.note_import(found[1], name.name, arity)
    return found[0], found[1], None


def _import_of(name: Atom, arity: int, meta: Any, env: Env) -> tuple[bool, Any] | None:
    quoted = meta_get(meta, _IMPORTS)
    if quoted is not None and meta_get(meta, _CONTEXT, _IMPORTS) is not _IMPORTS:
        for count, module in to_pylist(quoted):
            if count == arity:
                return (name, arity) in exported(module, "macros"), module
    found = env.imports.find(name, arity)
    if not found:
        return None
    if len(found) > 1:
        modules = {module for _, module in found}
        if len(modules) > 1:
            one, two = [_text(module) for _, module in sorted(found[:-3:-1], key=lambda one: one[0])]
            raise fatal(
                env,
                meta,
                f"function {name.name}/{arity} imported from both {one} and {two}, call is ambiguous",
            )
    return found[0]


def _text(module: Any) -> str:
    from pyex.terms.inspect import inspect

    return str(inspect(module))


def _own(form: Any, name: Atom, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand the call of a function of this module, which may be defined further down."""
    env = s.env
    text = f"{name.name}/{len(args)}"
    if env.context is not None and env.function is not None:
        error(
            env,
            meta,
            f"cannot find or invoke local {text} inside a {_place(s)}. Only macros can be invoked inside a "
            f"{_place(s)} and they must be defined before their invocation. Called as: {code_text(form)}",
        )
    elif env.function is None:
        message = f"undefined function {text} (there is no such import)"
        error(env, meta, message, code="undefined_function", subject=text)
    walked = from_pylist(core.walk_args(args, s))
    if env.function is not None and env.definitions is None:
        # Evaluated with the environment of a function whose module is whole: that module's own functions are out of reach.
        return form_of(_UTILS, atom("undefined_local"), meta, meta, [name, walked])
    return (name, meta, walked)


def dotted(form: Any, dot: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `left.name(args)` and `fun.(args)`."""
    parts = to_pylist(dot[2])
    if len(parts) == 1:
        if s.env.context is not None:
            if s.env.context == "guard":
                raise core.not_in_guard("anonymous call", meta, s)
            raise fatal(s.env, meta, "invalid pattern in match, anonymous call is not allowed in matches")
        fun, *walked = core.walk_args([parts[0], *args], s)
        if is_atom_term(fun):
            raise fatal(
                s.env,
                meta,
                f"invalid function call :{fun}.()" if type(fun) is not Atom else f"invalid function call {fun!r}.()",
            )
        return ((DOT, dot[1], from_pylist([fun])), meta, from_pylist(walked))
    left, right = parts
    if not is_atom_term(right):
        raise fatal(s.env, meta, f"invalid call {code_text(form)}")
    if type(left) is not Atom or type(right) is not Atom:
        vars_before = s.vars
        left = core.walk(left, s)
        if type(left) in (int, float, str, bytes) or is_list(left):
            raise fatal(s.env, meta, f"invalid call {code_text(form)}")
        if not is_atom_term(left) or type(right) is not Atom:
            return _dynamic(form, left, right, dot[1], meta, args, s, vars_before)
    return _remote(left, right, dot[1], meta, args, s)


def _remote(module: Any, name: Atom, dot_meta: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    if has_macro(module, name, len(args), meta, s.env):
        return _expanded(module, name, meta, args, s, None)
    return _remote_function(module, name, dot_meta, meta, args, s)


def has_macro(module: Any, name: Any, arity: int, meta: Any, env: Env) -> bool:
    """Tell whether a remote call is a macro's: its module is required here and has it."""
    if module is ERLANG or module is env.module or not is_required(module, meta, env):
        return False
    return (name, arity) in _macros_of(module)


def is_required(module: Any, meta: Any, env: Env) -> bool:
    """Tell whether a module's macros may be called here."""
    return module in env.requires or module is KERNEL or meta_get(meta, atom("required")) is True


def _macros_of(module: Any) -> frozenset[tuple[Any, int]]:
    if module is KERNEL:
        found = _KERNEL_MACROS.get(module)
        if found is None:
            found = _KERNEL_MACROS[module] = exported(module, "macros")
        return found
    try:
        return exported(module, "macros")
    except ElixirError as failure:
        if failure.reason is atom.undef:  # an Erlang or Python module: it has no macros
            return frozenset()
        raise


def _remote_function(module: Any, name: Atom, dot_meta: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    context = s.env.context
    if s.env.module is None and context is None:
        _warn_deprecated(module, name, len(args), meta, s.env)
    walked = core.walk_args(args, s)
    if s.env.module is None and any(type(arg) is tuple and arg and arg[0] is _FN for arg in walked):
        walked = _as_written(module, name, walked)
    target, function = module, name.name
    if module is KERNEL or module is _BITWISE:
        inlined = rewrite.inline(function, meta, walked, rewrite.INLINED if module is KERNEL else rewrite.BITWISE)
        if inlined is not None:
            if context is None:
                return inlined
            target, function = ERLANG, inlined[0][2].tail.head.name
            walked = to_pylist(inlined[2])
    if context is not None:
        return _checked(form_of(module, name, dot_meta, meta, walked), target, function, meta, walked, s)
    return form_of(module, name, dot_meta, meta, walked)


def _as_written(module: Any, name: Atom, args: list[Any]) -> list[Any]:
    """Return the arguments of a call, its functions as forms where the function called reads them."""
    if not host.current.reads_forms(module, name.name, len(args)):
        return args
    return [Opaque(WrittenFunction(arg)) if type(arg) is tuple and arg and arg[0] is _FN else arg for arg in args]


def _warn_deprecated(module: Any, name: Atom, arity: int, meta: Any, env: Env) -> None:
    """Warn of a call of a deprecated function or macro; what functions a module calls is looked at when it is whole."""
    if type(module) is not Atom or module is KERNEL or module is ERLANG or not module.name.startswith("Elixir."):
        return
    about = host.current.function(module, "__info__", 1) if host.current.origin(module) is not None else None
    if about is None:
        return
    for signature, advice in to_pylist(about(_DEPRECATED)):
        if signature == (name, arity):
            text = f"{_text(module)}.{name.name}/{arity} is deprecated. {advice}"
            warn(env, meta, text, code="deprecated")


def form_of(module: Any, name: Atom, dot_meta: Any, meta: Any, args: list[Any]) -> Any:
    """Return the form of a remote call with the metadata that it had."""
    return ((DOT, dot_meta, from_pylist([module, name])), meta, from_pylist(args))


def _checked(form: Any, module: Any, function: str, meta: Any, args: list[Any], s: Scope) -> Any:
    """Return a remote call that stands in a pattern or a guard, or refuse it."""
    env, arity = s.env, len(args)
    if env.context == "match":
        found = rewrite.in_match(function, args) if module is ERLANG else None
        if found is not None:
            return found
    elif module is ERLANG and (function, arity) in rewrite.GUARDS:
        return remote(ERLANG, function, meta, args)
    shown = f"{_text(module)}.{_function_text(function)}/{arity}"
    if env.context == "match" and module is ERLANG and function == "++":
        raise fatal(
            env,
            meta,
            "invalid argument for ++ operator inside a match, expected a literal proper list, got: "
            + code_text(args[0]),
        )
    raise fatal(env, meta, f"cannot invoke remote function {shown} inside a {_place(s)}")


def _place(s: Scope) -> str:
    """Return what a call stands in that may hold few calls."""
    if s.prematch is not None and s.prematch.sizing:
        return "bitstring size specifier"
    return str(s.env.context)


def _function_text(name: str) -> str:
    from pyex.terms.inspect import inspect

    return str(inspect(atom(name)))[1:]


def _dynamic(form: Any, left: Any, name: Any, dot_meta: Any, meta: Any, args: list[Any], s: Scope, before: Any) -> Any:
    env = s.env
    if env.context is not None:
        if env.context == "guard" and not args and meta_get(meta, _NO_PARENS):
            return form_of(left, name, dot_meta, meta, [])
        if is_atom_term(left):
            shown = f"{_text(left)}.{_function_text(name.name if type(name) is Atom else str(name))}/{len(args)}"
        elif env.context == "guard" and not args:
            raise fatal(
                env,
                meta,
                f"cannot invoke remote function inside a {_place(s)}. If you want to do a map lookup instead, please "
                f"remove parens from {code_text(form)}",
            )
        else:
            shown = f"{code_text(dotted_name(form))}/{len(args)}"
        raise fatal(env, meta, f"cannot invoke remote function {shown} inside a {_place(s)}")
    if not args:
        return form_of(left, name, dot_meta, meta, [])
    after = s.vars
    s.vars = before
    walked = core.walk_args(args, s)
    s.vars = {**after, **{key: version for key, version in s.vars.items() if before.get(key) != version}}
    return form_of(left, name, dot_meta, meta, walked)


def dotted_name(form: Any) -> Any:
    """Return `left.name` of a remote call, as a form."""
    return (form[0], Cons((_NO_PARENS, True), form[1]), EMPTY)


def _expanded(
    module: Any, name: Atom, meta: Any, args: list[Any], s: Scope, function: Callable[..., Any] | None
) -> Any:
    """Expand a macro, and the form that it gives."""
    env: Env = s.env
    _warn_deprecated(module, name, len(args), meta, env)
    form = expand_macro(module, name, meta, args, s, function)
    try:
        return core.walk(form, s)
    except ElixirError as failure:
        traces.within(failure, module, "MACRO-" + name.name, len(args) + 1, env, meta_get(meta, LINE, 0))
        raise


def expand_macro(
    module: Any, name: Atom, meta: Any, args: list[Any], s: Scope, function: Callable[..., Any] | None
) -> Any:
    """Call a macro and return the form that it gives, with the line of the call and a counter of its own."""
    env: Env = s.env
    line = meta_get(meta, LINE, 0)
    caller = env.replace(line=line or env.line, versioned_vars=s.vars)
    if function is None:
        function = export(module, "MACRO-" + name.name, len(args) + 1).fn
    try:
        result = function(caller, *args)
    except ElixirError as failure:
        traces.expanding(failure, module, "MACRO-" + name.name, len(args) + 1, env, line)
        raise
    if type(result) is not tuple and not is_list(result):
        return result
    if is_native(module):
        return linify_native(result, line, module, fresh_counter())
    context = KERNEL if host.current.is_library(module) else module
    generated = meta_get(meta, atom.generated) is True
    return linify(result, line, module, fresh_counter(), generated=generated, context=context)


_NATIVE: Final[dict[Any, bool]] = {KERNEL: True, alias("Kernel.Utils"): True}


def is_native(module: Any) -> bool:
    """Tell whether a module's macros are Python functions of pyex: only what they add themselves lacks a line."""
    return _NATIVE.get(module, False)

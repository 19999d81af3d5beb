"""Maps and structs: `%{}`, `%{map | …}`, `%Struct{}`."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import error, fatal, warn
from pyex.compiler.env import Env, Scope
from pyex.compiler.expand import deadlocks, traces
from pyex.compiler.expand.core import walk, walk_args
from pyex.compiler.expand.words import (
    LINE,
    MAP,
    NOT_SPECIAL,
    PIN,
    PIPE,
    STRUCT_FORM,
    call,
    code_text,
    is_atom_term,
    is_call,
    is_variable,
    meta_get,
    special,
)
from pyex.compiler.host import host
from pyex.compiler.module.escape import escape
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, argument_error, elixir_error
from pyex.terms.functions import export
from pyex.terms.lists import from_pylist, to_pylist
from pyex.terms.maps import Map

STRUCT: Final = atom("__struct__")


@special("%{}")
def map_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand a map or a map update."""
    if len(args) == 1 and is_call(args[0], PIPE, 2):
        source, changes = to_pylist(args[0][2])
        if s.env.context == "match":
            raise fatal(s.env, meta, f"cannot use map/struct update syntax in match, got: {code_text(form)}")
        pairs = _pairs(to_pylist(changes), form, meta, s)
        source, *walked = walk_args([source, *pairs], s)
        _check_duplicates(walked, meta, s)
        return (MAP, meta, from_pylist([call(PIPE, args[0][1], source, from_pylist(walked))]))
    walked = _walk_pairs(_pairs(args, form, meta, s), meta, s)
    _check_duplicates(walked, meta, s)
    return (MAP, meta, from_pylist(walked))


def _pairs(args: list[Any], form: Any, meta: Any, s: Scope) -> list[Any]:
    for item in args:
        if type(item) is not tuple or len(item) != 2:
            raise fatal(s.env, meta, f"expected key-value pairs in a map, got: {code_text(item)}")
    return args


def _walk_pairs(pairs: list[Any], meta: Any, s: Scope) -> list[Any]:
    if s.env.context != "match":
        return walk_args(pairs, s)
    result = []
    for key, value in pairs:
        if is_variable(key) and key[0].name not in ("__MODULE__", "__DIR__"):
            text = code_text(key)
            raise fatal(
                s.env,
                meta,
                f"cannot use variable {text} as map key inside a pattern. Map keys in patterns can only be "
                "literals (such as atoms, strings, tuples, and the like) or an existing variable matched with the pin "
                "operator (such as ^some_var)",
            )
        result.append((walk(key, s), walk(value, s)))
    return result


def _check_duplicates(pairs: list[Any], meta: Any, s: Scope) -> None:
    seen: set[Any] = set()
    for key, _ in pairs:
        if type(key) in (Atom, str) or type(key) is int:
            marker = (type(key), key)
            if marker in seen:
                text = f"key {code_text(key)} will be overridden in map"
                warn(s.env.replace(module=None), meta, text, code="duplicate_key")
            seen.add(marker)


@special("%")
def struct_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `%Name{}`: the fields are checked here, and their defaults filled in."""
    if len(args) != 2:
        return NOT_SPECIAL
    left, right = args
    if not is_call(right, MAP):
        raise fatal(s.env, meta, f"expected struct to be followed by a map, got: {code_text(right)}")
    env = s.env
    name = walk(left, s)
    if not is_atom_term(name):
        if env.context == "match" and (is_variable(name) or is_call(name, PIN, 1)):
            return call(STRUCT_FORM, meta, name, walk(right, s))
        text = "expected struct name to be a compile time atom or alias"
        if env.context == "match":
            text = "expected struct name in a match to be a compile time atom, alias or a variable"
        raise fatal(env, meta, f"{text}, got: {code_text(left)}")
    source, pairs = _parts(right, s)
    walked_pairs = _walk_pairs(_pairs(pairs, right, meta, s), right[1], s)
    keys = _check_keys(walked_pairs, meta, s)
    if source is not None:
        if env.context == "match":
            raise fatal(env, meta, f"cannot use map/struct update syntax in match, got: {code_text(form)}")
        base = walk(source[0], s)
        _fields(name, meta, keys, s, complete=False)
        inner = call(PIPE, source[1], base, from_pylist(walked_pairs))
        return call(STRUCT_FORM, meta, name, (MAP, right[1], from_pylist([inner])))
    if env.context == "match":
        _fields(name, meta, keys, s, complete=False)
        return call(STRUCT_FORM, meta, name, (MAP, right[1], from_pylist(walked_pairs)))
    defaults = _fields(name, meta, keys, s, complete=True)
    return call(STRUCT_FORM, meta, name, (MAP, right[1], from_pylist([*defaults, *walked_pairs])))


def _parts(right: Any, s: Scope) -> tuple[tuple[Any, Any] | None, list[Any]]:
    args = to_pylist(right[2])
    if len(args) == 1 and is_call(args[0], PIPE, 2):
        source, changes = to_pylist(args[0][2])
        return (source, args[0][1]), to_pylist(changes)
    return None, args


def _check_keys(pairs: list[Any], meta: Any, s: Scope) -> list[Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if not is_atom_term(key):
            raise fatal(s.env, meta, f"invalid key {code_text(key)} for struct, struct keys must be atoms")
    return keys


def _fields(name: Any, meta: Any, keys: list[Any], s: Scope, *, complete: bool) -> list[Any]:
    """Check that a struct has the keys; return the (key, default form) of the keys not given when building one."""
    from pyex.terms.inspect import inspect

    struct = _load(name, meta, s)
    if not complete:
        for key in keys:
            if key not in struct:
                error(s.env, meta, f"unknown key {inspect(key)} for struct {inspect(name)}", code="unknown_key")
        return []
    try:
        struct = _built(name, keys, struct, s.env)
    except ElixirError as failure:
        traces.expanding(failure, name, "__struct__", 1, s.env, meta_get(meta, LINE, 0))
        raise
    given = set(map(id, keys))
    ordered = sorted(struct.items(), key=lambda pair: str(getattr(pair[0], "name", pair[0])))
    return [(key, escape(value)) for key, value in ordered if id(key) not in given and key is not STRUCT]


def _built(name: Any, keys: list[Any], struct: Map, env: Env) -> Map:
    """Return the struct as `__struct__/1` builds it: it refuses unknown keys, and those of @enforce_keys left out."""
    for key in keys:
        if key not in struct:
            raise elixir_error("KeyError", key=key, term=None, message=None)
    if _local_struct(name, env) is not None:
        _check_local(name, keys, env)
        return struct
    return export(name, "__struct__", 1).fn(from_pylist([(key, None) for key in keys]))  # type: ignore[no-any-return]


def _check_local(name: Any, keys: list[Any], env: Env) -> None:
    """Refuse what `__struct__/1` of a module that is still being built would refuse."""
    missing = [key for key in env.definitions.enforced_of(name) if key not in keys] if env.definitions else []
    if missing:
        from pyex.terms.inspect import inspect

        raise argument_error(
            f"the following keys must also be given when building struct {inspect(name)}: {inspect(from_pylist(missing))}"
        )


def _load(name: Any, meta: Any, s: Scope) -> Map:
    """Return the struct of a module with its defaults, or refuse a module that has none."""
    from pyex.terms.inspect import inspect

    env, shown = s.env, inspect(name)
    in_context = name is env.module or name in env.context_modules
    found = _local_struct(name, env) if in_context else None
    if found is not None:
        return found
    if name is not env.module:
        found = _published(name)
    if found is None and in_context and env.function is None:
        raise fatal(
            env,
            meta,
            f"cannot access struct {shown}, the struct was not yet defined or the struct is being accessed in the same "
            "context that defines it",
        )
    if found is None:
        raise fatal(env, meta, _no_struct(shown), code="undefined_struct")
    if type(found) is not Map or found.get(STRUCT) is not name:
        raise fatal(env, meta, f"expected {shown}.__struct__/0 to return a map with a :__struct__ key")
    return found


def _published(name: Any) -> Any:
    """Return what a compiled module's `__struct__/0` gives, or None when it has none."""
    if not host.current.ensure_compiled(name):
        deadlocks.refuse(name)
    try:
        return export(name, "__struct__", 0).fn()
    except ElixirError as failure:
        if failure.reason is not atom.undef:
            raise
        return None


def _no_struct(shown: str) -> str:
    return (
        f"{shown}.__struct__/1 is undefined, cannot expand struct {shown}. Make sure the struct name is "
        "correct. If the struct name exists and is correct but it still cannot be found, you likely have cyclic "
        "module usage in your code"
    )


def struct_of(name: Any, env: Env) -> Map:
    """Return the struct of a module with its defaults, for a macro that asks at compile time."""
    from pyex.terms.inspect import inspect

    found = _local_struct(name, env) or _published(name)
    if type(found) is not Map:
        raise argument_error(_no_struct(inspect(name)))
    return found


def _local_struct(name: Any, env: Env) -> Map | None:
    """Return the struct of a module being built, which its definitions know before it is published."""
    return None if env.definitions is None else env.definitions.struct_of(name)

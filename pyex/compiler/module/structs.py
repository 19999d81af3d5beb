"""`defstruct`: the fields of a module's struct, and its `__struct__/0` and `__struct__/1`."""

from __future__ import annotations

from typing import Any

from pyex.compiler.kernel.build import call, remote, var
from pyex.compiler.module.builder import BUILDERS, ModuleBuilder
from pyex.compiler.module.escape import escape
from pyex.compiler.module.reports import warn
from pyex.compiler.module.store import store_definition
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import ElixirError, argument_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, is_proper, to_pylist
from pyex.terms.maps import Map

STRUCT = atom("__struct__")


def define_struct(fields: Any, env: Any) -> Map:
    """Give the module under compilation a struct; returns the struct with its default values."""
    builder = BUILDERS[env.module]
    if builder.fields is not None:
        raise argument_error(
            f"defstruct has already been called for {builder.label}, defstruct can only be called once per module"
        )
    pairs = _pairs(fields, env)
    enforced = _enforced(builder, pairs)
    builder.fields, builder.enforced = pairs, enforced
    default = Map.from_pairs([(STRUCT, builder.name), *pairs])
    builder.write("__struct__", default, env.line)
    try:
        quoted = escape(default)
    except ElixirError as failure:
        raise argument_error(f"invalid value for struct field: {failure.reason.get(atom.message)}") from None
    _define_builders(quoted, enforced, env)
    _derive(builder, default, env)
    return default


def _pairs(fields: Any, env: Any) -> list[tuple[Any, Any]]:
    if not is_proper(fields):
        raise argument_error(f"struct fields definition must be list, got: {inspect(fields)}")
    pairs: dict[Any, Any] = {}
    for field in to_pylist(fields):
        name, value = field if type(field) is tuple and len(field) == 2 else (field, None)
        if atom_name(name) is None:
            raise argument_error(f"struct field names must be atoms, got: {inspect(name)}")
        if name in pairs:
            warn(env, env.line, f"duplicate key {inspect(name)} found in struct")
        pairs[name] = value
    pairs.pop(STRUCT, None)
    return list(pairs.items())


def _enforced(builder: ModuleBuilder, pairs: list[tuple[Any, Any]]) -> list[Any]:
    attribute = builder.attributes.get("enforce_keys")
    if attribute is None:
        return []
    value = builder.read("enforce_keys")
    keys = [value] if type(value) is Atom else to_pylist(value)
    names = {name for name, _ in pairs}
    missing = [key for key in keys if key not in names]
    if missing:
        raise argument_error(
            f"@enforce_keys required keys ({inspect(from_iterable(missing))}) that are not defined in defstruct: "
            f"{inspect(from_iterable(pairs))}"
        )
    return list(keys)


def _define_builders(quoted: Any, enforced: list[Any], env: Any) -> None:
    """Define `__struct__/0`, and `__struct__/1` that fills in the fields it is given."""
    given = var("kv")
    store_definition("def", call("__struct__"), elixir_list((atom.do, quoted)), True, env, check=False)
    built = remote(alias("Kernel.Utils"), "build_struct", quoted, given, from_iterable(enforced))
    store_definition("def", call("__struct__", given), elixir_list((atom.do, built)), True, env, check=False)


def _derive(builder: ModuleBuilder, default: Map, env: Any) -> None:
    derived = builder.attributes["derive"].value
    if derived is EMPTY:
        return
    builder.attributes["derive"].value = EMPTY
    builder.extra["derived"] = True
    from pyex.compiler.module.protocols import derive

    for one in reversed(to_pylist(derived)):
        for item in to_pylist(one) if is_proper(one) else [one]:
            protocol, options = item if type(item) is tuple else (item, EMPTY)
            derive(protocol, builder.name, default, options, env)

"""Fields and updates of maps and structs, tuples by Erlang's index."""

from __future__ import annotations

from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, Final

from pyex.terms import ops
from pyex.terms.atoms import Atom, atom, atom_name, is_atom
from pyex.terms.conversion import call_python
from pyex.terms.errors import ElixirError, erlang_error, evaluating, exception
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import elixir_list
from pyex.terms.maps import STRUCT, Map, decode_key, stored

MISSING: Final = object()
"""What a look-up gives for a key that is not there."""

_BADKEY: Final = atom("badkey")
_BADMAP: Final = atom("badmap")
_BADSTRUCT: Final = atom("badstruct")


def large_map(data: dict[Any, Any]) -> Map:
    """Return the map of many stored keys."""
    return Map(stored(data))


def map_of(pairs: tuple[tuple[Any, Any], ...]) -> Map:
    """Return a constant map."""
    return Map.from_pairs(pairs)


def map_update(value: Any, changes: dict[Any, Any]) -> Map:
    """`%{value | changes}`: keys are as stored, and must be there."""
    if type(value) is not Map:
        raise evaluating((_BADMAP, value), "maps", "put", atom("k"), atom("v"), value)
    data = value._data
    for key, new in changes.items():
        if key not in data:
            known = decode_key(key)
            raise evaluating((_BADKEY, known), "maps", "update", known, new, value)
    if type(data) is dict:
        return Map({**data, **changes})
    return Map(data.update(changes))


def struct_update(value: Any, module: Any, changes: dict[Any, Any]) -> Map:
    """`%Module{value | changes}`."""
    if type(value) is not Map or value._data.get(STRUCT) is not module:
        raise ElixirError((_BADSTRUCT, module, value))
    return map_update(value, changes)


def field(value: Any, name: Any) -> Any:
    """`value.name` of what is no map with that key: a module's function is called, all else fails."""
    text = atom_name(name) or ""
    if type(value) is Atom:
        return export(value, text, 0).fn()
    if _is_foreign(value):
        return call_python(getattr, (value, text))
    raise ElixirError((_BADKEY, name, value))


def _is_foreign(value: Any) -> bool:
    """Tell whether a value is an object of the user's Python code, whose attributes may be read."""
    kind = type(value)
    return kind is ModuleType or (kind not in _TERMS and str(getattr(kind, "__module__", "")).partition(".")[0] != "pyex")


_TERMS: Final = frozenset({int, float, bool, type(None), str, bytes, tuple, list, FunctionType, BuiltinFunctionType})
"""Python's own types whose values are terms, or stand for nothing in Elixir."""


def remote(module: Any, name: str, arity: int) -> Any:
    """Return the function that `module.name(…)` calls, for a module known at run time only."""
    if is_atom(module):
        return export(module, name, arity).fn
    if type(module) is Map and arity == 0 and atom(name) in module:
        found = module[atom(name)]
        return lambda: found
    if _is_foreign(module):
        method = call_python(getattr, (module, name))
        return lambda *args: call_python(method, args)
    return lambda *args: _misapplied(module, name, args)


def _misapplied(module: Any, name: str, args: tuple[Any, ...]) -> Any:
    if args:
        text = f"you attempted to apply a function on {inspect(module)}. "
        text += "Modules (the first argument of apply) must always be an atom"
    else:
        text = f"you attempted to apply a function named {inspect(atom(name))} on {inspect(module)}. "
        text += "If you are using Kernel.apply/3, make sure the module is an atom. If you are using the dot syntax, "
        text += "such as module.function(), make sure the left-hand side of the dot is an atom representing a module"
    frame = (atom("erlang"), "apply", (module, atom(name), elixir_list(*args)))
    raise ElixirError(exception("ArgumentError", {"message": text}), (frame,))


def capture(module: Any, name: str, arity: int) -> Any:
    """`&module.name/arity`, for a module known at run time only."""
    if not is_atom(module):
        raise erlang_error("badarg", "erlang", "make_fun", (module, atom(name), arity))
    return export(module, name, arity)


def element(index: Any, value: Any) -> Any:
    """`:erlang.element(index, value)`, counted from 1."""
    return ops.elem(value, index - 1 if type(index) is int else index)


def setelement(index: Any, value: Any, item: Any) -> Any:
    """`:erlang.setelement(index, value, item)`, counted from 1."""
    return ops.put_elem(value, index - 1 if type(index) is int else index, item)

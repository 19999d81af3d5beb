"""Function: functions on functions."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import function_clause
from pyex.terms.functions import Export, arity_of, export
from pyex.terms.lists import EMPTY, from_pylist

module = NativeModule("Function", doc="Functions on functions.")

MODULE: Final = alias("Function")


@module.function
def identity(value: Any) -> Any:
    """Return the value itself.

        iex> Function.identity(:a)
        :a
    """
    return value


@module.function
def capture(module: Any, function_name: Any, arity: Any) -> Any:
    """Return the remote function `module.function_name/arity`, as `&Mod.fun/1` does.

        iex> Function.capture(String, :length, 1)
        &String.length/1
    """
    name = atom_name(function_name)
    if name is None or type(module) is not Atom or type(arity) is not int or arity < 0:
        raise function_clause(MODULE, "capture", (module, function_name, arity))
    return export(module, name, arity)


@module.function
def info(fun: Any) -> Any:
    """Return what is known of a function: module, name, arity, type, env.

        iex> Function.info(&String.length/1)
        [module: String, name: :length, arity: 1, env: [], type: :external]
    """
    keys = ("module", "name", "arity", "env", "type")
    return from_pylist([(atom(key), _about(fun, key)) for key in keys])


@module.function("info", arity=2)
def info_of(fun: Any, item: Any) -> Any:
    """Return one item of `info/1` as a pair.

        iex> Function.info(fn x -> x end, :arity)
        {:arity, 1}
    """
    return item, _about(fun, item.name)


def _about(fun: Any, key: str) -> Any:
    if not callable(fun) or type(fun) is Atom:
        raise function_clause(MODULE, "info", (fun,))
    external = type(fun) is Export
    match key:
        case "arity":
            return arity_of(fun)
        case "type":
            return atom("external" if external else "local")
        case "module":
            return fun.module if external else getattr(fun, "__globals__", {}).get("__elixir__") or atom("erl_eval")
        case "name":
            return atom(fun.name if external else fun.__name__)
        case _:
            return EMPTY

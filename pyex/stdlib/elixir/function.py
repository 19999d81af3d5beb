"""Function: functions on functions."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom, atom_name, is_atom
from pyex.terms.errors import bad_argument
from pyex.terms.functions import Export, arity_of, export, is_function
from pyex.terms.lists import EMPTY, from_pylist

module = NativeModule("Function", doc="Functions on functions.")

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
    wrong = {}
    if not is_atom(module):
        wrong["a1"] = "not an atom"
    if name is None:
        wrong["a2"] = "not an atom"
    if type(arity) is not int:
        wrong["a3"] = "not an integer"
    elif not 0 <= arity <= 255:
        wrong["a3"] = "out of range"
    if wrong or name is None:
        raise bad_argument("erlang", "make_fun", (module, function_name, arity), **wrong)
    return export(module, name, arity)


@module.function
def info(fun: Any) -> Any:
    """Return what is known of a function: module, name, arity, type, env.

        iex> Function.info(&String.length/1)
        [module: String, name: :length, arity: 1, env: [], type: :external]
    """
    _checked(fun, "info", fun)
    keys = ("module", "name", "arity", "env", "type")
    return from_pylist([(atom(key), _about(fun, key)) for key in keys])


@module.function("info", arity=2)
def info_of(fun: Any, item: Any) -> Any:
    """Return one item of `info/1` as a pair.

        iex> Function.info(fn x -> x end, :arity)
        {:arity, 1}
    """
    _checked(fun, "fun_info", fun, item)
    return item, _about(fun, atom_name(item) or "")


def _checked(fun: Any, name: str, *args: Any) -> None:
    if not is_function(fun):
        raise bad_argument("erlang", "fun_info", args, a1="not a fun")


def _about(fun: Any, key: str) -> Any:
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
        case "env":
            return EMPTY
        case "pid" | "index" | "new_index" | "new_uniq" | "uniq":
            return atom("undefined")
        case _:
            raise bad_argument("erlang", "fun_info", (fun, atom(key)), a2="invalid item")

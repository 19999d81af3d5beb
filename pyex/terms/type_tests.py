"""The guards that ask for the type of a term."""

from __future__ import annotations

from types import FunctionType
from typing import Any

from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import bad_argument, erlang_error
from pyex.terms.functions import Export, arity_of
from pyex.terms.lists import List
from pyex.terms.maps import STRUCT, Map
from pyex.terms.pids import Pid, Port, Reference


def is_atom(a: Any) -> bool:
    """Tell whether a term is an atom."""
    return type(a) is Atom or a is None or a is True or a is False


def is_boolean(a: Any) -> bool:
    """Tell whether a term is `true` or `false`."""
    return a is True or a is False


def is_nil(a: Any) -> bool:
    """Tell whether a term is `nil`."""
    return a is None


def is_integer(a: Any) -> bool:
    """Tell whether a term is an integer."""
    return type(a) is int


def is_float(a: Any) -> bool:
    """Tell whether a term is a float."""
    return type(a) is float


def is_number(a: Any) -> bool:
    """Tell whether a term is a number."""
    return type(a) is int or type(a) is float


def is_list(a: Any) -> bool:
    """Tell whether a term is a list, a proper one or not."""
    return isinstance(a, List)


def is_tuple(a: Any) -> bool:
    """Tell whether a term is a tuple."""
    return type(a) is tuple


def is_map(a: Any) -> bool:
    """Tell whether a term is a map (a struct is one)."""
    return type(a) is Map


def is_struct(a: Any, name: Any = ...) -> bool:
    """Tell whether a term is a struct, of the given module if one is given."""
    if type(a) is not Map:
        if name is ... or is_atom(name):
            return False
    else:
        found = a._data.get(STRUCT)
        if name is ...:
            return is_atom(found) and found is not None
        if is_atom(name):
            return found is name
    raise erlang_error("badarg", "Elixir.Kernel", "is_struct", (a, name))


def is_exception(a: Any, name: Any = ...) -> bool:
    """Tell whether a term is an exception struct, of the given module if one is given."""
    return is_struct(a, name) and a.get(atom("__exception__")) is True


def is_function(a: Any, arity: Any = ...) -> bool:
    """Tell whether a term is a function, of the given arity if one is given."""
    if arity is ...:
        return type(a) is FunctionType or type(a) is Export or arity_of(a) is not None
    if type(arity) is not int:
        raise bad_argument("erlang", "is_function", (a, arity), a2="not an integer")
    if arity < 0:
        raise bad_argument("erlang", "is_function", (a, arity), a2="out of range")
    return arity_of(a) == arity


def is_pid(a: Any) -> bool:
    """Tell whether a term is a process identifier."""
    return type(a) is Pid


def is_reference(a: Any) -> bool:
    """Tell whether a term is a reference."""
    return type(a) is Reference


def is_port(a: Any) -> bool:
    """Tell whether a term is a port."""
    return type(a) is Port

"""What a process began with, as `:proc_lib` keeps it: the callback module's `init/1`, or the function that it was given."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import alias, atom
from pyex.terms.functions import Export, arity_of

INIT: Final = atom("init")
_EVALUATED: Final = (atom("erl_eval"), atom("-expr/6-fun-3-"))
_SUPERVISOR: Final = atom("supervisor")
_SUPERVISORS: Final = (_SUPERVISOR, alias("DynamicSupervisor.Server"))
_UNNAMED: Final = alias("Supervisor.Default")
_AGENT: Final = alias("Agent.Server")
_EVENTS: Final = atom("event_manager")


def of_function(function: Any) -> tuple[Any, Any, int]:
    """Return module, name and arity of a function, as the BEAM names a function without a name."""
    if type(function) is tuple:
        module, name, args = function
        return module, name, args if type(args) is int else sum(1 for _ in args)
    arity = arity_of(function) or 0
    if isinstance(function, Export):
        return function.module, atom(function.name), function.arity
    module = getattr(function, "__globals__", {}).get("__elixir__")
    if module is None:
        return (*_EVALUATED, arity)
    return module, atom(function.__code__.co_name.rpartition("/")[0]), arity


def of_server(module: Any, argument: Any) -> tuple[Any, Any, int]:
    """Return what a server began with; those of the library name what the user gave them."""
    if module in _SUPERVISORS:
        return _SUPERVISOR, argument[0] if argument[0] is not None else _UNNAMED, 1
    if module is _AGENT:
        return of_function(argument)
    if module is _EVENTS:
        return atom("gen_event"), atom("init_it"), 6
    return module, INIT, 1

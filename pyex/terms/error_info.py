"""What the frame of a built-in function tells of its failure: who knows what was wrong with its arguments, and the cause."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.bad_arguments import wrong_arguments
from pyex.terms.lists import EMPTY, List, from_iterable
from pyex.terms.maps import Map

ERROR_INFO: Final = atom("error_info")
CAUSE: Final = atom("cause")
_TELLERS: Final = {
    name: atom(teller)
    for teller, names in (
        ("erl_erts_errors", "erlang atomics counters persistent_term"),
        ("erl_stdlib_errors", "binary ets io lists maps math re unicode"),
    )
    for name in names.split()
}
"""The module of the BEAM that tells what was wrong with the arguments of a function, by the function's module."""
_TOLD_OF: Final = frozenset({"badarg", "badarith", "badkey", "badmap", "system_limit", "noproc"})
_NAMED: Final = {
    "id": "the table identifier does not refer to an existing ETS table",
    "access": "the table identifier refers to an ETS table with insufficient access rights",
}
"""The causes that have a name, each of the first argument."""


def location_of(module: Any, name: Any, args: Any, wrong: dict[str, str], reason: Any) -> Any:
    """Return the location of a function's frame: who tells, and the cause where the arguments do not say it."""
    tag = reason[0] if type(reason) is tuple and reason else reason
    teller = _TELLERS.get(atom_name(module) or "")
    if not wrong and (not isinstance(args, List) or teller is None or atom_name(tag) not in _TOLD_OF):
        return EMPTY
    pairs: list[tuple[Any, Any]] = [(atom("module"), teller or atom("erl_erts_errors"))]
    causes = {atom("general") if key == "general" else int(key[1:]): text for key, text in wrong.items()}
    if causes and not (module is atom("erlang") and causes == wrong_arguments(atom_name(name) or "", args)):
        named = next((key for key, text in _NAMED.items() if causes == {1: text}), None)
        pairs.append((CAUSE, atom(named) if named is not None else Map.from_pairs(list(causes.items()))))
    return from_iterable([(ERROR_INFO, Map.from_pairs(pairs))])


def causes_of(info: Any) -> Map | None:
    """Return the texts that an `error_info` has of arguments, by their places."""
    if type(info) is not Map:
        return None
    cause = info.get(CAUSE)
    if type(cause) is Atom and cause.name in _NAMED:
        return Map.from_pairs([(1, _NAMED[cause.name])])
    return cause if type(cause) is Map else None

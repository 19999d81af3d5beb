""":logger_filters: the filters of the log that are there already, by level and by domain."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp.log import LEVELS
from pyex.terms.atoms import atom
from pyex.terms.errors import bad_argument
from pyex.terms.lists import EMPTY, to_pylist
from pyex.terms.order import identical

module = NativeModule(":logger_filters", doc="Filters by level and by domain.")
STOP: Final = atom("stop")
LOG: Final = atom("log")
IGNORE: Final = atom("ignore")
_ORDER: Final = {"lt": (-1,), "eq": (0,), "gt": (1,), "lteq": (-1, 0), "gteq": (0, 1), "neq": (-1, 1)}


def _answer(event: Any, action: Any, matches: bool) -> Any:
    if not matches:
        return IGNORE
    return event if action is LOG else STOP


@module.function
def level(log_event: Any, extra: Any) -> Any:
    """Stop (`:stop`) or take (`:log`) what is `:lt`, `:eq`, `:gt`, `:lteq`, `:gteq` or `:neq` a level.

    iex> :logger_filters.level(%{level: :info, msg: {:string, ""}, meta: %{}}, {:stop, :lt, :error})
    :stop
    """
    action, operator, wanted = extra
    if operator.name not in _ORDER or wanted.name not in LEVELS:
        raise bad_argument("logger_filters", "level", (log_event, extra), a2="invalid filter")
    mine, other = LEVELS.index(log_event[atom("level")].name), LEVELS.index(wanted.name)
    return _answer(log_event, action, (mine > other) - (mine < other) in _ORDER[operator.name])


@module.function
def domain(log_event: Any, extra: Any) -> Any:
    """Stop or take what is of a domain: `:sub` of it, `:super`, `:equal`, `:not_equal`, or of an `:undefined` one.

    iex> :logger_filters.domain(%{level: :info, msg: {:string, ""}, meta: %{domain: [:a, :b]}}, {:stop, :sub, [:a]})
    :stop
    """
    action, compare, wanted = extra
    mine = log_event[atom("meta")].get(atom("domain"))
    given, other = to_pylist(mine if mine is not None else EMPTY), to_pylist(wanted if wanted is not atom("undefined") else EMPTY)
    is_equal = len(given) == len(other) and all(map(identical, given, other))
    matches = {
        "sub": mine is not None and given[: len(other)] == other,
        "super": mine is not None and other[: len(given)] == given,
        "equal": is_equal,
        "not_equal": not is_equal,
        "undefined": mine is None,
    }
    return _answer(log_event, action, matches[compare.name])


@module.function
def progress(log_event: Any, extra: Any) -> Any:
    """Stop or take what supervisors tell of their children's starts."""
    return IGNORE


@module.function
def remote_gl(log_event: Any, extra: Any) -> Any:
    """Stop or take what processes of other nodes say: there are none."""
    return IGNORE

"""Calls answered on the spot: an idle server whose `handle_call/3` can only compute is called like a function.

`handle_cast/2` and `init/1` likewise. `GenServer.call` and `cast` do it (`otp/gen_server.py`), with the callbacks that they find in
`Process.straight_call` and `straight_cast`: a server that is watched, or waits for a timeout, has none there (`Server.straighten`).

Such a callback sends no message, waits for none, calls no function that is unknown, has no loop and changes nothing: nobody can tell on
whose stack it ran. Its bytecode says so (`straight_code.py`). What it gives counts only when it is `{:reply, …, …}`; anything else, an
error too, is thrown away, and the request goes the usual way, through the mailbox, where the same comes of it in the server's own greenlet.

The server has no greenlet meanwhile, so the timer cuts nothing here, and code that would wait all the same is told so (`NoStack`).
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import unwrap
from types import MethodType
from typing import Any, Final

from pyex.code.versions import ModuleVersion
from pyex.otp.straight_code import VALUES, is_straight
from pyex.runtime.process import Process
from pyex.runtime.system import scheduler
from pyex.terms.atoms import atom
from pyex.terms.lists import Cons
from pyex.terms.pids import Pid, Reference

OK: Final = atom("ok")
NOBODY: Final = (Pid(0), Cons(atom("alias"), Reference()))
"""The caller, for a callback that does not look at it."""

MISSING: Final = object()
"""In place of an answer: the request has to go the usual way."""

CALL: Final = ("handle_call", 3)
CAST: Final = ("handle_cast", 2)
INIT: Final = ("init", 1)
_ATTRIBUTES: Final = {CALL: "straight handle_call", CAST: "straight handle_cast", INIT: "straight init"}
_UNKNOWN: Final[Any] = object()
_UNREAD: Final = {CALL: 1, CAST: None, INIT: None}
_UNBORN: Final = Process(Pid(0), lambda: None, (), None, None)
"""Whose `init/1` is called before there is a process."""


def begin(version: ModuleVersion, argument: Any) -> Any:
    """Return the state with which a server begins, or MISSING when that must come of a process."""
    init = callback(version, INIT)
    if init is None or (version.kind == "python" and type(argument) not in VALUES):
        return MISSING
    caller = scheduler.current
    scheduler.current = _UNBORN
    try:
        result = init(argument)
    except Exception:  # it comes again, in the new process
        return MISSING
    finally:
        scheduler.current = caller
    return result[1] if type(result) is tuple and len(result) == 2 and result[0] is OK else MISSING


def callbacks(version: ModuleVersion) -> tuple[Callable[..., Any] | None, Callable[..., Any] | None]:
    """Return a module's `handle_call/3` and `handle_cast/2`, each if it is straight."""
    known: tuple[Callable[..., Any] | None, Callable[..., Any] | None] | None = version.attributes.get("straight callbacks")
    if known is None:
        known = version.attributes["straight callbacks"] = callback(version, CALL), callback(version, CAST)
    return known


def callback(version: ModuleVersion, which: tuple[str, int]) -> Callable[..., Any] | None:
    """Return one of a module's callbacks if it is straight, else None."""
    attribute = _ATTRIBUTES[which]
    known: Callable[..., Any] | None = version.attributes.get(attribute, _UNKNOWN)
    if known is not _UNKNOWN:
        return known
    function = version.exports.get(which)
    found = _as_written(function) if function is not None and is_straight(function, _UNREAD[which]) else None
    version.attributes[attribute] = found
    return found


def _as_written(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Return a callback without what looks at its result: that it gives nothing is found out in the usual way."""
    if isinstance(callback, MethodType):
        return MethodType(unwrap(callback.__func__), callback.__self__)
    function: Callable[..., Any] = unwrap(callback)
    return function

"""Calls answered on the spot: an idle server whose `handle_call/3` can only compute is called like a function.

`handle_cast/2` and `init/1` likewise.

Such a callback sends no message, waits for none, calls no function that is unknown, has no loop and changes nothing: nobody can tell on
whose stack it ran. Its bytecode says so (`straight_code.py`). What it gives counts only when it is `{:reply, …, …}`; anything else, an
error too, is thrown away, and the request goes the usual way, through the mailbox, where the same comes of it in the server's own greenlet.

The server has no greenlet meanwhile, so the timer cuts nothing here, and code that would wait all the same is told so (`NoStack`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final

from pyex.code.versions import ModuleVersion
from pyex.otp.straight_code import is_straight, is_value
from pyex.runtime.process import EmptyMailbox, Process
from pyex.runtime.system import scheduler
from pyex.terms.atoms import atom
from pyex.terms.conversion import to_term
from pyex.terms.lists import Cons
from pyex.terms.pids import Pid, Reference

REPLY: Final = atom("reply")
NOREPLY: Final = atom("noreply")
OK: Final = atom("ok")
NOBODY: Final = (Pid(0), Cons(atom("alias"), Reference()))
"""The caller, for a callback that does not look at it."""

_PLAIN: Final = (deque, EmptyMailbox)
"""The mailboxes of processes that nobody traces."""

MISSING: Final = object()
"""In place of an answer: the request has to go the usual way."""

CALL: Final = ("handle_call", 3)
CAST: Final = ("handle_cast", 2)
INIT: Final = ("init", 1)
_ATTRIBUTES: Final = {CALL: "straight handle_call", CAST: "straight handle_cast", INIT: "straight init"}
_UNREAD: Final = {CALL: 1, CAST: None, INIT: None}
_UNBORN: Final = Process(Pid(0), lambda: None, (), None, None)
"""Whose `init/1` is called before there is a process."""


def answer(process: Process, request: Any) -> Any:
    """Return a server's answer to a call, or MISSING when it is not idle, is watched, or has something else to say."""
    server = process.server
    mailbox = process.mailbox
    if mailbox or not process.waiting or process.greenlet is not None or type(mailbox) not in _PLAIN:
        return MISSING
    if server.debug is not None or server.timer is not None or server.suspended or (server.converts and not is_value(server.state)):
        return MISSING
    caller = scheduler.current
    scheduler.current = process
    try:
        result = process.straight_call(request, NOBODY, server.state)
    except Exception:  # it comes again, in the server's own greenlet, where it belongs
        return MISSING
    finally:
        scheduler.current = caller
    if type(result) is not tuple or len(result) != 3 or result[0] is not REPLY:
        return MISSING
    process.reductions += 1
    server.state = result[2]
    return to_term(result[1]) if server.converts else result[1]


def take(process: Process, request: Any) -> bool:
    """Have a server take a cast; False when it is not idle, is watched, or does more than to change its state."""
    server = process.server
    mailbox = process.mailbox
    if mailbox or not process.waiting or process.greenlet is not None or type(mailbox) not in _PLAIN:
        return False
    if server.debug is not None or server.timer is not None or server.suspended or (server.converts and not is_value(server.state)):
        return False
    caller = scheduler.current
    scheduler.current = process
    try:
        result = process.straight_cast(request, server.state)
    except Exception:  # as above
        return False
    finally:
        scheduler.current = caller
    if type(result) is not tuple or len(result) != 2 or result[0] is not NOREPLY:
        return False
    process.reductions += 1
    server.state = result[1]
    return True


def begin(version: ModuleVersion, argument: Any) -> Any:
    """Return the state with which a server begins, or MISSING when that must come of a process."""
    init = callback(version, INIT)
    if init is None or (version.kind == "python" and not is_value(argument)):
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


def callback(version: ModuleVersion, which: tuple[str, int]) -> Callable[..., Any] | None:
    """Return one of a module's callbacks if it is straight, else None."""
    attribute = _ATTRIBUTES[which]
    if attribute in version.attributes:
        return version.attributes[attribute]  # type: ignore[no-any-return]
    function = version.exports.get(which)
    found = function if function is not None and is_straight(function, _UNREAD[which]) else None
    version.attributes[attribute] = found
    return found

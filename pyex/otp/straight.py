"""Calls answered on the spot: an idle server whose `handle_call/3` can only compute is called like a function.

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
from pyex.otp.straight_code import is_straight
from pyex.runtime.process import Process
from pyex.runtime.system import scheduler
from pyex.terms.atoms import atom
from pyex.terms.conversion import to_term
from pyex.terms.lists import Cons
from pyex.terms.pids import Pid, Reference

REPLY: Final = atom("reply")
NOBODY: Final = (Pid(0), Cons(atom("alias"), Reference()))
"""The caller, for a callback that does not look at it."""

MISSING: Final = object()
"""In place of an answer: the request has to go the usual way."""

_ATTRIBUTE: Final = "straight"


def answer(process: Process, request: Any) -> Any:
    """Return a server's answer to a call, or MISSING when it is not idle, is watched, or has something else to say."""
    server = process.server
    mailbox = process.mailbox
    if mailbox or type(mailbox) is not deque or not process.waiting or process.greenlet is not None:
        return MISSING
    if server.debug is not None or server.timer is not None or server.suspended:
        return MISSING
    caller = scheduler.current
    scheduler.current = process
    try:
        result = server.straight(request, NOBODY, server.state)
    except Exception:  # it comes again, in the server's own greenlet, where it belongs
        return MISSING
    finally:
        scheduler.current = caller
    if type(result) is not tuple or len(result) != 3 or result[0] is not REPLY:
        return MISSING
    process.reductions += 1
    server.state = result[2]
    return to_term(result[1]) if server.converts else result[1]


def callback(version: ModuleVersion) -> Callable[..., Any] | None:
    """Return a module's `handle_call/3` if it is straight, else None."""
    if _ATTRIBUTE in version.attributes:
        return version.attributes[_ATTRIBUTE]  # type: ignore[no-any-return]
    function = version.exports.get(("handle_call", 3))
    found = function if function is not None and is_straight(function) else None
    version.attributes[_ATTRIBUTE] = found
    return found

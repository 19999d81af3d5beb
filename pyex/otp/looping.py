"""What the loops of a server and of a state machine share: how they end, and how they wait while suspended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.otp import behind
from pyex.runtime import system
from pyex.runtime.process import NORMAL
from pyex.terms.atoms import atom

CALL: Final = atom("$gen_call")
CAST: Final = atom("$gen_cast")
SYSTEM: Final = atom("system")
EXIT: Final = atom("EXIT")
_SHUTDOWN: Final = atom("shutdown")


class Stop(Exception):
    """Ends the loop: the reason, the error that it came from with what was below it, and a reply to give after `terminate`."""

    def __init__(
        self,
        reason: Any,
        error: BaseException | None = None,
        reply: tuple[Any, Any] | None = None,
        frames: tuple[behind.Frame, ...] = (),
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.error = error
        self.reply = reply
        self.frames = frames


def is_system(message: Any) -> bool:
    """Tell whether a message is one of `:sys`."""
    return type(message) is tuple and len(message) == 3 and message[0] is SYSTEM


def is_parent_exit(message: Any, parent: Any) -> bool:
    """Tell whether a message says that the process's parent has ended."""
    return type(message) is tuple and len(message) == 3 and message[0] is EXIT and message[1] == parent


def handle_while_suspended(parent: Any, handle: Callable[[Any], Any]) -> None:
    """Take the next message that a suspended process looks at; all others stay in the mailbox."""
    cursor = system.begin_receive()
    while True:
        message = cursor.next()
        if is_system(message) or is_parent_exit(message, parent):
            cursor.accept()
            handle(message)
            return


def is_quiet(reason: Any) -> bool:
    """Tell whether an end is an ordinary one, of which nothing is logged: `:normal`, `:shutdown`, `{:shutdown, term}`."""
    if reason is NORMAL or reason is _SHUTDOWN:
        return True
    return type(reason) is tuple and len(reason) == 2 and reason[0] is _SHUTDOWN

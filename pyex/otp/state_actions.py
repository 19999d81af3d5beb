"""What a state machine's callback asks for besides the next state: its actions, read from their terms."""

from __future__ import annotations

from typing import Any, Final

from pyex.otp.behind import refused
from pyex.otp.looping import Stop
from pyex.runtime.system import INFINITY
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, List, to_pylist

POSTPONE: Final = atom("postpone")
HIBERNATE: Final = atom("hibernate")
NEXT_EVENT: Final = atom("next_event")
REPLY: Final = atom("reply")
TIMEOUT: Final = atom("timeout")
STATE_TIMEOUT: Final = atom("state_timeout")
CANCEL: Final = atom("cancel")
UPDATE: Final = atom("update")
ABSOLUTE: Final = atom("abs")
CHANGE_MODULE: Final = atom("change_callback_module")
PUSH_MODULE: Final = atom("push_callback_module")
POP_MODULE: Final = atom("pop_callback_module")
_TYPES: Final = frozenset({"internal", "cast", "info", "timeout", "state_timeout"})


class Actions:
    """The actions of one transition, in the order in which they count."""

    __slots__ = ("hibernates", "modules", "next_events", "postpones", "replies", "timeouts")

    def __init__(self) -> None:
        self.postpones = False
        self.hibernates = False
        self.next_events: list[tuple[Any, Any]] = []
        self.replies: list[tuple[Any, Any]] = []
        self.timeouts: list[tuple[Any, Any, Any, bool]] = []
        """Kind of the timeout, its milliseconds (or `:cancel`, `:update`), what arrives, whether the time is absolute."""
        self.modules: list[tuple[Any, Any]] = []

    def read(self, given: Any, *, entering: bool = False) -> None:
        """Add one action or a list of them. Raises Stop for what is no action, or none of a state enter call."""
        for action in to_pylist(given) if isinstance(given, List) else [given]:
            if not self._read(action):
                raise bad("bad_action_from_state_function", action)
            if entering and (self.postpones or self.next_events):
                raise bad("bad_state_enter_action_from_state_function", action)

    def _read(self, action: Any) -> bool:
        if action is POSTPONE:
            self.postpones = True
            return True
        if action is HIBERNATE:
            self.hibernates = True
            return True
        if action is POP_MODULE:
            self.modules.append((POP_MODULE, None))
            return True
        if action is INFINITY or type(action) is int:
            return self._timeout(TIMEOUT, action, action, EMPTY)
        if type(action) is not tuple or not 2 <= len(action) <= 4:
            return False
        tag = action[0]
        if tag is POSTPONE or tag is HIBERNATE:
            if tag is POSTPONE:
                self.postpones = action[1] is True
            else:
                self.hibernates = action[1] is True
            return type(action[1]) is bool
        if tag is REPLY and len(action) == 3:
            self.replies.append((action[1], action[2]))
            return type(action[1]) is tuple and len(action[1]) == 2
        if tag is NEXT_EVENT and len(action) == 3:
            self.next_events.append((action[1], action[2]))
            return is_event_type(action[1])
        if tag in (CHANGE_MODULE, PUSH_MODULE) and len(action) == 2:
            self.modules.append((tag, action[1]))
            return type(action[1]) is Atom
        if is_timeout_type(tag):
            return self._timeout_action(tag, action)
        return False

    def _timeout_action(self, kind: Any, action: tuple[Any, ...]) -> bool:
        if len(action) == 2:
            if action[1] is CANCEL:
                self.timeouts.append((kind, CANCEL, None, False))
                return True
            return kind is TIMEOUT and self._timeout(kind, action[1], action[1], EMPTY)
        if action[1] is UPDATE:
            self.timeouts.append((kind, UPDATE, action[2], False))
            return len(action) == 3
        return self._timeout(kind, action[1], action[2], action[3] if len(action) == 4 else EMPTY)

    def _timeout(self, kind: Any, time: Any, content: Any, options: Any) -> bool:
        listed = to_pylist(options) if isinstance(options, List) else [options]
        absolute = any(type(option) is tuple and option == (ABSOLUTE, True) for option in listed)
        self.timeouts.append((kind, time, content, absolute))
        return time is INFINITY or (type(time) is int and (absolute or time >= 0))


def is_timeout_type(kind: Any) -> bool:
    """Tell whether a term is the kind of a timeout: `:timeout`, `:state_timeout`, `{:timeout, name}`."""
    return kind is TIMEOUT or kind is STATE_TIMEOUT or (type(kind) is tuple and len(kind) == 2 and kind[0] is TIMEOUT)


def is_event_type(kind: Any) -> bool:
    """Tell whether a term is the type of an event."""
    if type(kind) is Atom:
        return kind.name in _TYPES
    return is_timeout_type(kind) or (type(kind) is tuple and len(kind) == 2 and kind[0] is atom("call"))


def bad(why: str, term: Any) -> Stop:
    """Return the end of a machine whose callback gave what none may give."""
    return Stop(((atom(why), term), refused(why)))

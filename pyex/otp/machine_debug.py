"""What `:sys.trace` and its kin tell of a state machine: events, replies, transitions and timers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from pyex.otp.debug import IN, OK, OUT, Debug, Text
from pyex.terms.atoms import atom
from pyex.terms.functions import shown_as
from pyex.terms.lists import EMPTY, elixir_list
from pyex.terms.order import identical

if TYPE_CHECKING:
    from pyex.otp.state_machine import Machine

CALLED: Final = atom("call")
CONSUME: Final = atom("consume")
POSTPONE: Final = atom("postpone")
ABSOLUTE: Final = elixir_list((atom("abs"), True))


class MachineDebug(Debug):
    """The debug options of one state machine."""

    printer: ClassVar[Any] = shown_as(lambda *_: OK, "0.77138149/3 in :gen_statem.print_event")

    def came(self, machine: Machine, event: Any) -> None:
        """Note an event that came in."""
        self._tell(machine, (IN, event, machine.place), " receive ", event, machine.place)

    def replied(self, machine: Machine, client: Any, value: Any) -> None:
        """Note a reply."""
        self.note(machine, (OUT, value, client), (" send ~tp to ~tw", value, client[0]))

    def handled(self, machine: Machine, event: Any, old: Any, *, postponed: bool) -> None:
        """Note an event that has been handled in a state, and the next state."""
        how = POSTPONE if postponed else CONSUME
        self._tell(machine, (how, event, old, machine.place), f" {how.name} ", event, old)

    def _tell(self, machine: Machine, noted: Any, what: str, event: Any, place: Any) -> None:
        kind, content = event
        text: Text = (what + "~tw ~tp in state ~tp", kind, content, place)
        if type(kind) is tuple and kind[0] is CALLED:
            text = (what + "~tw ~tp from ~tw in state ~tp", CALLED, content, kind[1][0], place)
        if len(noted) == 4 and not identical(noted[3], place):
            text = (text[0] + " => ~tp", *text[1:], noted[3])
        self.note(machine, noted, text)

    def timed(self, machine: Machine, kind: Any, time: Any, content: Any, absolute: bool) -> None:
        """Note a timer that starts."""
        timer = (kind, time, content, ABSOLUTE if absolute else EMPTY)
        self.note(machine, (atom("start_timer"), timer, machine.place), (" start_timer ~tp in state ~tp", timer, machine.place))

    def moved(self, machine: Machine, what: str) -> None:
        """Note that a machine begins (`enter`), or has another callback module (`module`)."""
        event = (atom(what), machine.module, machine.place)
        self.note(machine, event, (f" {what} ~tp in state ~tp", machine.module, machine.place))

    def ended(self, machine: Machine, reason: Any) -> None:
        """Note an ordinary end."""
        self.note(machine, (atom("terminate"), reason, machine.place), (" terminate ~tp in state ~tp", reason, machine.place))

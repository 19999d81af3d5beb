"""What `:sys` asks of a state machine, where it differs from a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pyex.code.server import fetch_version
from pyex.otp.machine_debug import MachineDebug
from pyex.otp.machine_reports import machine_status
from pyex.otp.status import NORMAL, as_list, formatted, formatted_by_two, header
from pyex.otp.system_messages import DATA, ERROR, OK, SystemMessages
from pyex.terms.atoms import atom
from pyex.terms.errors import Signal
from pyex.terms.lists import charlist, elixir_list, from_pylist

if TYPE_CHECKING:
    from pyex.otp.server_loop import Server
    from pyex.otp.state_machine import Machine


class MachineSystem(SystemMessages):
    """Answers the system messages of one state machine; its state is `{state, data}`."""

    debugging = MachineDebug
    behaviour = "gen_statem"

    def __init__(self, machine: Machine) -> None:
        super().__init__(cast("Server", machine))
        self.machine = machine

    def on_change_code(self, module: Any, old_version: Any, extra: Any) -> Any:
        """Move on to the newest version of the module, through its `code_change/4`; only while suspended."""
        machine = self.machine
        if not machine.suspended:
            return ERROR, (atom("unknown_system_msg"), (atom("change_code"), module, old_version, extra))
        newest = fetch_version(machine.module)
        change = newest.exports.get(("code_change", 4))
        if change is not None:
            try:
                result = change(old_version, machine.place, machine.data, extra)
            except Signal as signal:
                return ERROR, (atom("EXIT"), signal.reason)
            if not (type(result) is tuple and len(result) == 3 and result[0] is OK):
                return ERROR, result
            machine.place, machine.data = result[1], result[2]
        machine.use(newest)
        machine.read_mode()
        return OK

    def status(self) -> list[Any]:
        """Return what the report tells of a state machine itself."""
        machine = self.machine
        told = formatted(machine.module, machine.exports, machine_status(machine), hides="data")
        general = elixir_list(
            (charlist("Status"), self.running()),
            (charlist("Parent"), machine.parent),
            (charlist("Modules"), elixir_list(machine.module, *machine.pushed)),
            (charlist("Time-outs"), self._timeouts()),
            (charlist("Logged Events"), told["log"]),
            (charlist("Postponed"), told["postponed"]),
        )
        return [header(machine, "state machine"), (DATA, general), *self._shown_state(told)]

    def _timeouts(self) -> Any:
        timings = self.machine.timings.values()
        return len(timings), from_pylist([(timing.kind, timing.content) for timing in timings])

    def _shown_state(self, told: dict[str, Any]) -> list[Any]:
        older = formatted_by_two(self.machine, NORMAL, self.machine.place, self.machine.data)
        if older is not None:
            return as_list(older)
        return [(DATA, elixir_list((charlist("State"), (told["state"], told["data"]))))]

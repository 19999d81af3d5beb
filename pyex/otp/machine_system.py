"""What `:sys` asks of a state machine, where it differs from a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pyex.code.server import fetch_version
from pyex.otp.system_messages import DATA, ERROR, OK, RUNNING, SUSPENDED, SystemMessages
from pyex.runtime.dictionary import dictionary_pairs
from pyex.terms.atoms import atom
from pyex.terms.errors import Signal
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, charlist, elixir_list, from_pylist

if TYPE_CHECKING:
    from pyex.otp.server_loop import Server
    from pyex.otp.state_machine import Machine


class MachineSystem(SystemMessages):
    """Answers the system messages of one state machine; its state is `{state, data}`."""

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

    def on_get_status(self) -> Any:
        """Answer with the status report of a state machine."""
        machine = self.machine
        process = machine.process
        dictionary = dictionary_pairs(process)
        name = machine.name.name if hasattr(machine.name, "name") else inspect(process.pid)[4:]
        now = SUSPENDED if machine.suspended else RUNNING
        general = elixir_list(
            (charlist("Status"), now),
            (charlist("Parent"), machine.parent),
            (charlist("Modules"), elixir_list(machine.module, *machine.pushed)),
            (charlist("Time-outs"), self._timeouts()),
            (charlist("Logged Events"), EMPTY),
            (charlist("Postponed"), from_pylist(list(machine.postponed))),
        )
        header = charlist(f"Status for state machine {name}")
        misc = elixir_list((atom("header"), header), (DATA, general), (DATA, self._shown_state()))
        items = elixir_list(from_pylist(dictionary), now, machine.parent, EMPTY, misc)
        return atom("status"), process.pid, (atom("module"), atom("gen_statem")), items

    def _timeouts(self) -> Any:
        timings = self.machine.timings.values()
        return len(timings), from_pylist([(timing.kind, timing.content) for timing in timings])

    def _shown_state(self) -> Any:
        return elixir_list((charlist("State"), self.machine.state))

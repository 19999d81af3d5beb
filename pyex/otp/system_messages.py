"""What `:sys` asks of a server: its state, suspending it, changing its code, tracing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyex.code.server import fetch_version
from pyex.otp import gen
from pyex.otp.debug import Debug
from pyex.otp.looping import Stop
from pyex.otp.status import formatted, shown_state
from pyex.runtime.dictionary import dictionary_pairs
from pyex.terms.atoms import atom
from pyex.terms.errors import Signal
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, charlist, elixir_list, from_pylist

if TYPE_CHECKING:
    from pyex.otp.server_loop import Server

OK: Final = atom("ok")
ERROR: Final = atom("error")
RUNNING: Final = atom("running")
SUSPENDED: Final = atom("suspended")
DATA: Final = atom("data")


class SystemMessages:
    """Answers the system messages of one server."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def handle(self, client: Any, request: Any) -> None:
        """Do what a system message asks, and answer it."""
        name = request.name if hasattr(request, "name") else request[0].name
        args = request[1:] if type(request) is tuple else ()
        gen.reply(client, getattr(self, "on_" + name)(*args))

    def on_get_state(self) -> Any:
        """Answer with the state; a state that is no term says itself what is shown."""
        return OK, shown_state(self.server)

    def on_replace_state(self, fun: Any) -> Any:
        """Replace the state by a function of it; a function that fails leaves it."""
        try:
            self.server.state = fun(self.server.state)
        except Signal as signal:
            failed = (atom(signal.kind), signal.reason)
            return ERROR, (atom("callback_failed"), (atom("gen_server"), atom("system_replace_state")), failed)
        return OK, self.server.state

    def on_suspend(self) -> Any:
        """Stop looking at anything but system messages."""
        self.server.suspended = True
        return OK

    def on_resume(self) -> Any:
        """Go on."""
        self.server.suspended = False
        return OK

    def on_change_code(self, module: Any, old_version: Any, extra: Any) -> Any:
        """Move on to the newest version of the module, through its `code_change/3`; only while suspended."""
        if not self.server.suspended:
            return ERROR, (atom("unknown_system_msg"), (atom("change_code"), module, old_version, extra))
        newest = fetch_version(self.server.module)
        change = newest.exports.get(("code_change", 3))
        if change is not None:
            try:
                result = change(old_version, self.server.state, extra)
            except Signal as signal:
                return ERROR, (atom("EXIT"), signal.reason)
            if not (type(result) is tuple and len(result) == 2 and result[0] is OK):
                return ERROR, result
            self.server.state = result[1]
        self.server.use(newest)
        return OK

    def on_terminate(self, reason: Any) -> Any:
        """End the server with a reason."""
        raise Stop(reason)

    def on_debug(self, option: Any) -> Any:
        """Switch tracing, logging or statistics on or off, or answer what they hold."""
        server = self.server
        server.debug = server.debug or Debug()
        answer = server.debug.switch(server, option)
        if not server.debug.is_on:
            server.debug = None
        return answer

    def on_get_status(self) -> Any:
        """Answer with the status report of a generic server."""
        server = self.server
        process = server.process
        dictionary = dictionary_pairs(process)
        known = server.name[-1] if type(server.name) is tuple else server.name
        name = known.name if hasattr(known, "name") else inspect(process.pid)[4:]
        header = charlist(f"Status for generic server {name}")
        state_of = SUSPENDED if server.suspended else RUNNING
        logged = server.debug.logged() if server.debug is not None else EMPTY
        general = elixir_list(
            (charlist("Status"), state_of), (charlist("Parent"), server.parent), (charlist("Logged events"), logged)
        )
        misc = elixir_list((atom("header"), header), (DATA, general), *self._state_data())
        debug = server.debug.options() if server.debug is not None else EMPTY
        items = elixir_list(from_pylist(dictionary), state_of, server.parent, debug, misc)
        return atom("status"), process.pid, (atom("module"), atom("gen_server")), items

    def _state_data(self) -> list[Any]:
        server = self.server
        format_status = server.exports.get(("format_status", 2))
        if format_status is not None:
            shown = format_status(atom("normal"), elixir_list(EMPTY, server.state))
            return list(shown) if isinstance(shown, Cons) else [shown]
        logged = server.debug.logged() if server.debug is not None else EMPTY
        told = formatted(server.module, server.exports, {"log": logged, "state": shown_state(server)})
        return [(DATA, elixir_list((charlist("State"), told["state"])))]



"""What `:sys` asks of a server: its state, suspending it, changing its code, tracing it."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pyex.code.server import fetch_version
from pyex.otp import gen
from pyex.otp.debug import Debug
from pyex.otp.looping import Stop
from pyex.otp.status import NORMAL, as_list, formatted, formatted_by_two, header, shown_state
from pyex.runtime.dictionary import dictionary_pairs
from pyex.runtime.ending import bare_reason
from pyex.terms.atoms import atom
from pyex.terms.errors import Signal
from pyex.terms.lists import EMPTY, charlist, elixir_list, from_pylist

if TYPE_CHECKING:
    from pyex.otp.server_loop import Server

OK: Final = atom("ok")
ERROR: Final = atom("error")
RUNNING: Final = atom("running")
SUSPENDED: Final = atom("suspended")
DATA: Final = atom("data")


class SystemMessages:
    """Answers the system messages of one server."""

    debugging: ClassVar[type[Debug]] = Debug
    """What notes the events of such a process."""
    behaviour: ClassVar[str] = "gen_server"

    def __init__(self, server: Server) -> None:
        self.server = server

    def handle(self, client: Any, request: Any) -> None:
        """Do what a system message asks, and answer it."""
        name = request.name if hasattr(request, "name") else request[0].name
        args = request[1:] if type(request) is tuple else ()
        gen.reply(client, getattr(self, intern("on_" + name))(*args))

    def on_get_state(self) -> Any:
        """Answer with the state; a state that is no term says itself what is shown."""
        return OK, shown_state(self.server)

    def on_replace_state(self, fun: Any) -> Any:
        """Replace the state by a function of it; a function that fails leaves it."""
        try:
            self.server.state = fun(self.server.state)
        except Exception as error:
            failed = atom(error.kind if isinstance(error, Signal) else "error"), bare_reason(error)
            return ERROR, (atom("callback_failed"), (atom(self.behaviour), atom("system_replace_state")), failed)
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
        server.debug = server.debug or self.debugging()
        answer = server.debug.switch(server, option)
        if not server.debug.is_on:
            server.debug = None
        return answer

    def on_get_status(self) -> Any:
        """Answer with the status report."""
        server = self.server
        process = server.process
        debug = server.debug.options() if server.debug is not None else EMPTY
        items = elixir_list(
            from_pylist(dictionary_pairs(process)), self.running(), server.parent, debug, elixir_list(*self.status())
        )
        return atom("status"), process.pid, (atom("module"), atom(self.behaviour)), items

    def running(self) -> Any:
        """Return `:running` or `:suspended`."""
        return SUSPENDED if self.server.suspended else RUNNING

    def logged(self) -> Any:
        """Return the logged events."""
        return self.server.debug.logged() if self.server.debug is not None else EMPTY

    def status(self) -> list[Any]:
        """Return what the report tells of a server itself: its header, the general part, its state."""
        general = elixir_list(
            (charlist("Status"), self.running()),
            (charlist("Parent"), self.server.parent),
            (charlist("Logged events"), self.logged()),
        )
        return [header(self.server, "generic server"), (DATA, general), *self._state_data()]

    def _state_data(self) -> list[Any]:
        server = self.server
        older = formatted_by_two(server, NORMAL, server.state)
        if older is not None:
            return as_list(older)
        told = formatted(server.module, server.exports, {"log": self.logged(), "state": shown_state(server)})
        return [(DATA, elixir_list((charlist("State"), told["state"])))]


OWN: Final[dict[Any, type[SystemMessages]]] = {}
"""Who answers for the servers of the library that tell of themselves in another way, by their modules."""

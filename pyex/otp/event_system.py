"""What `:sys` asks and tells of an event manager, where it differs from a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from pyex.otp.debug import CALL, IN, OK, Debug
from pyex.otp.status import header
from pyex.otp.system_messages import DATA, SystemMessages
from pyex.terms.atoms import atom
from pyex.terms.functions import shown_as
from pyex.terms.lists import charlist, elixir_list, from_pylist

if TYPE_CHECKING:
    from pyex.otp.event_manager import Handler

NOTIFY: Final = atom("notify")
CALLED: Final = atom("call")


class EventDebug(Debug):
    """The debug options of one event manager, which notes only what comes in."""

    printer: ClassVar[Any] = shown_as(lambda *_: OK, "0.58435391/3 in :gen_event.print_event")

    def received(self, server: Any, message: Any) -> None:
        """Note an event, a question or another message."""
        if type(message) is not tuple or not message:
            self.note(server, (IN, message), (" got ~tp", message))
        elif message[0] is CALL:
            client, request = message[1:]
            asked = (client[0], client, request)
            if type(request) is tuple and request[0] is CALLED:
                self.note(server, (IN, asked), ("(~tp) got call ~tp", request[1], request[2]))
            else:
                self.note(server, (IN, asked), (" got ~tp", asked))
        elif message[0] is NOTIFY and len(message) == 2:
            self.note(server, (IN, message), (" got event ~tp", message[1]))
        else:
            self.note(server, (IN, message), (" got ~tp", message))

    def sent(self, server: Any, client: Any, value: Any) -> None:
        """Note nothing of a reply."""

    def changed(self, server: Any) -> None:
        """Note nothing of the handlers' states."""


class EventSystem(SystemMessages):
    """Answers the system messages of one event manager; its state is the list of its handlers."""

    debugging = EventDebug
    behaviour = "gen_event"

    def on_replace_state(self, fun: Any) -> Any:
        """Replace the state of each handler by a function of `{module, id, state}`; one that it fails for stays."""
        manager = self.server.state
        for handler in manager.handlers:
            try:
                _, _, handler.state = fun(handler.shown())
            except Exception:  # noqa: S112  # Erlang leaves such a handler as it is, and says nothing
                continue
        return OK, manager.shown(self.server.name)

    def status(self) -> list[Any]:
        """Return what the report tells of a manager itself, and its handlers."""
        server = self.server
        general = elixir_list(
            (charlist("Status"), self.running()), (charlist("Logged Events"), self.logged()), (charlist("Parent"), server.parent)
        )
        installed = from_pylist([self._record(handler) for handler in server.state.handlers])
        items = (atom("items"), (charlist("Installed handlers"), installed))
        return [header(server, "event handler"), (DATA, general), items]

    def _record(self, handler: Handler) -> Any:
        module, id, state = handler.shown()
        return atom("handler"), module, id, state, handler.watcher if handler.watcher is not None else False

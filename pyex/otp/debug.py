"""Tracing a server: what `:sys.trace`, `:sys.log` and `:sys.statistics` switch on, printed as Erlang prints it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from pyex.runtime.device import group_leader
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.functions import export
from pyex.terms.lists import elixir_list, from_pylist, split_tail

OK: Final = atom("ok")
CALL: Final = atom("$gen_call")
CAST: Final = atom("$gen_cast")


class Debug:
    """The debug options of one server."""

    def __init__(self) -> None:
        self.trace = False
        self.log: int | None = None
        self.events: list[Any] = []
        self.statistics: Any = None
        self.received_count = 0
        self.sent_count = 0

    @property
    def is_on(self) -> bool:
        """Tell whether anything is switched on."""
        return self.trace or self.log is not None or self.statistics is not None

    # ---- events

    def received(self, server: Any, message: Any) -> None:
        """Note a message that came in."""
        self.received_count += 1
        tag = message[0] if type(message) is tuple and message else None
        if tag is CALL:
            text: tuple[Any, ...] = ("got call ~tp from ~tw", message[2], message[1][0])
        else:
            text = ("got cast ~tp", message[1]) if tag is CAST else ("got ~tp", message)
        self._event(server, text, (atom("in"), message))

    def sent(self, server: Any, client: Any, value: Any) -> None:
        """Note a reply."""
        self.sent_count += 1
        text = ("sent ~tp to ~tw, new state ~tp", value, client[0], server.state)
        self._event(server, text, (atom("out"), value, client, server.state))

    def changed(self, server: Any) -> None:
        """Note the state after a message without a reply."""
        self._event(server, ("new state ~tp", server.state), (atom("noreply"), server.state))

    def _event(self, server: Any, text: tuple[Any, ...], event: Any) -> None:
        """Print and keep an event: a format of `:io.format` with its arguments, and the event as a term."""
        name = server.name if type(server.name) is Atom else server.process.pid
        if self.trace:
            _print(name, text)
        if self.log is not None:
            self.events = [*self.events, (event, name, text)][-self.log :]

    # ---- switching

    def switch(self, server: Any, option: Any) -> Any:
        """Do what a debug request says: `{:trace, bool}`, `{:log, …}`, `{:statistics, …}`, `:no_debug`."""
        if option is atom("no_debug"):
            self.__init__()  # type: ignore[misc]  # everything back to the beginning
            return OK
        kind, value = option[0].name, option[1]
        if kind == "trace":
            self.trace = value is True
            return OK
        if kind == "log":
            return self._switch_log(value)
        return self._switch_statistics(server, value)

    def _switch_log(self, value: Any) -> Any:
        if value is True or type(value) is tuple:
            self.log = value[1] if type(value) is tuple else 10
            return OK
        if value is False:
            self.log, self.events = None, []
            return OK
        if value is atom("get"):
            return OK, self.logged()
        for _, name, text in self.events:
            _print(name, text)
        return OK

    def _switch_statistics(self, server: Any, value: Any) -> Any:
        if value is True:
            self.statistics = (_local_time(), server.process.reductions)
            self.received_count = self.sent_count = 0
            return OK
        if value is False:
            self.statistics = None
            return OK
        if self.statistics is None:
            return OK, atom("no_statistics")
        since, reductions = self.statistics
        return OK, from_pylist(
            [
                (atom("start_time"), since),
                (atom("current_time"), _local_time()),
                (atom("reductions"), server.process.reductions - reductions),
                (atom("messages_in"), self.received_count),
                (atom("messages_out"), self.sent_count),
            ]
        )

    def logged(self) -> Any:
        """Return the logged events."""
        return from_pylist([event for event, _, _ in self.events])

    def options(self) -> Any:
        """Return the options as `:sys.get_status` shows them."""
        shown: list[Any] = [(atom("trace"), True)] if self.trace else []
        if self.statistics is not None:
            since, reductions = self.statistics
            counts = (since, (atom("reductions"), reductions), self.received_count, self.sent_count)
            shown.append((atom("statistics"), counts))
        return from_pylist(shown)


def from_options(options: Any, server: Any) -> Debug | None:
    """Return the Debug of a `debug:` start option, or None."""
    items = split_tail(options)[0]
    if not items:
        return None
    debug = Debug()
    for item in items:
        name = item[0] if type(item) is tuple else item
        if name.name in ("trace", "log", "statistics"):
            debug.switch(server, (name, item[1] if type(item) is tuple and name.name == "log" else True))
    return debug if debug.is_on else None


def _print(name: Any, text: tuple[Any, ...]) -> None:
    template, *values = text
    printed = export(atom("io_lib"), "format", 2).fn(f"*DBG* ~tp {template}~n", elixir_list(name, *values))
    group_leader().write(str(export(alias("IO"), "chardata_to_string", 1).fn(printed)))


def _local_time() -> Any:
    now = dt.datetime.now()
    return (now.year, now.month, now.day), (now.hour, now.minute, now.second)

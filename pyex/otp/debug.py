"""Tracing a process: what `:sys.trace`, `log`, `statistics` and `install` switch on, printed as Erlang prints it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Final

from pyex.otp.status import registered, shown_state
from pyex.runtime.device import group_leader
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import to_bytes
from pyex.terms.errors import Signal
from pyex.terms.functions import export, shown_as
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, from_pylist, is_proper, split_tail, to_pylist
from pyex.terms.order import identical

OK: Final = atom("ok")
CALL: Final = atom("$gen_call")
CAST: Final = atom("$gen_cast")
TRACE: Final = atom("trace")
LOG: Final = atom("log")
STATISTICS: Final = atom("statistics")
TO_FILE: Final = atom("log_to_file")
INSTALL: Final = atom("install")
REMOVE: Final = atom("remove")
GET: Final = atom("get")
DONE: Final = atom("done")
IN: Final = atom("in")
OUT: Final = atom("out")
UNKNOWN: Final = atom("unknown_debug")

Text = tuple[Any, ...]
"""What is printed of an event behind the process's name: a format of `:io.format`, and its arguments."""


class Option:
    """One thing that is switched on; each hears of every event."""

    key: Any
    """What it is found by: the name of the option, the id of a function."""

    def note(self, event: Any, name: Any, text: Text) -> bool:
        """Take an event of the process with a name; False when the option is over."""
        raise NotImplementedError

    def shown(self) -> Any:
        """Return the option as `:sys.get_status/1` shows it."""
        raise NotImplementedError


class Trace(Option):
    """Prints what happens."""

    key = TRACE

    def note(self, event: Any, name: Any, text: Text) -> bool:
        """Print it."""
        group_leader().write(_printed(name, text))
        return True

    def shown(self) -> Any:
        """Return `{:trace, true}`."""
        return TRACE, True


class Log(Option):
    """Keeps the last events."""

    key = LOG

    def __init__(self, limit: int, printer: Any) -> None:
        self.limit = limit
        self.printer = printer
        self.count = 0
        self.events: list[tuple[Any, Any, Text]] = []

    def note(self, event: Any, name: Any, text: Text) -> bool:
        """Keep it, and forget the oldest."""
        self.count += 1
        self.events = [*self.events, (event, name, text)][-self.limit :]
        return True

    def print_all(self) -> None:
        """Print what is kept."""
        for _, name, text in self.events:
            group_leader().write(_printed(name, text))

    def shown(self) -> Any:
        """Return the events as Erlang keeps them: those of this round, the last one first, then those of the round before."""
        kept = [(event, name, self.printer) for event, name, _ in self.events]
        left = self.limit - self.count
        if left >= 0:
            return LOG, from_pylist([left, *reversed(kept)])
        fresh = (-left - 1) % self.limit + 1
        return LOG, from_pylist([from_iterable(reversed(kept[-fresh:])), *kept[:-fresh]])


class LogToFile(Option):
    """Writes what happens into a file."""

    key = TO_FILE

    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.write_bytes(b"")

    def note(self, event: Any, name: Any, text: Text) -> bool:
        """Add a line to the file."""
        with self.path.open("ab") as file:
            file.write(_printed(name, text).encode())
        return True

    def shown(self) -> Any:
        """Return the name of the file."""
        return TO_FILE, str(self.path).encode()


class Statistics(Option):
    """Counts messages."""

    key = STATISTICS

    def __init__(self, process: Any) -> None:
        self.process = process
        self.since = _local_time()
        self.reductions = process.reductions
        self.received = self.sent = 0

    def note(self, event: Any, name: Any, text: Text) -> bool:
        """Count it."""
        if type(event) is tuple:
            self.received += event[0] is IN
            self.sent += event[0] is OUT
        return True

    def told(self) -> Any:
        """Return the counts as `:sys.statistics(pid, :get)` answers them."""
        return elixir_list(
            (atom("start_time"), self.since),
            (atom("current_time"), _local_time()),
            (atom("reductions"), self.process.reductions - self.reductions),
            (atom("messages_in"), self.received),
            (atom("messages_out"), self.sent),
        )

    def shown(self) -> Any:
        """Return when it began, and the counts."""
        return STATISTICS, (self.since, (atom("reductions"), self.reductions), self.received, self.sent)


class Function(Option):
    """A function that is given each event, and its own state; it is over when it says so, or fails."""

    def __init__(self, key: Any, function: Any, state: Any) -> None:
        self.key = key
        self.function = function
        self.state = state

    def note(self, event: Any, name: Any, text: Text) -> bool:
        """Call the function."""
        try:
            answer = self.function(self.state, event, name)
        except Signal:
            return False
        self.state = answer
        return answer is not DONE

    def shown(self) -> Any:
        """Return the function and its state, with the id if it has one."""
        if self.key is self.function:
            return self.function, self.state
        return self.key, (self.function, self.state)


class Debug:
    """The debug options of one server, the one switched on last first."""

    printer: ClassVar[Any] = shown_as(lambda *_: OK, "0.31933447/3 in :gen_server.print_event")
    """The function of Erlang's that a kept event names."""

    def __init__(self) -> None:
        self.switched: list[Option] = []

    @property
    def is_on(self) -> bool:
        """Tell whether anything is switched on."""
        return bool(self.switched)

    # ---- events

    def received(self, server: Any, message: Any) -> None:
        """Note a message that came in."""
        tag = message[0] if type(message) is tuple and message else None
        if tag is CALL:
            text: Text = (" got call ~tp from ~tw", message[2], message[1][0])
        else:
            text = (" got cast ~tp", message[1]) if tag is CAST else (" got ~tp", message)
        self.note(server, (IN, message), text)

    def sent(self, server: Any, client: Any, value: Any) -> None:
        """Note a reply."""
        state = shown_state(server)
        self.note(server, (OUT, value, client, state), (" sent ~tp to ~tw, new state ~tp", value, client[0], state))

    def changed(self, server: Any) -> None:
        """Note the state after a message without a reply."""
        state = shown_state(server)
        self.note(server, (atom("noreply"), state), (" new state ~tp", state))

    def note(self, server: Any, event: Any, text: Text) -> None:
        """Tell every option of an event."""
        name = registered(server)
        over = [option for option in self.switched if not option.note(event, name, text)]
        for option in over:
            self.switched.remove(option)

    # ---- switching

    def switch(self, server: Any, option: Any) -> Any:
        """Do what a debug request says: `{:trace, bool}`, `{:log, …}`, `{:install, …}`, `:no_debug` and the like."""
        if option is atom("no_debug"):
            self.switched.clear()
            return OK
        kind, value = option
        if kind is INSTALL:
            return self._install(value)
        if kind is REMOVE:
            self._drop(value)
            return OK
        if value is False and kind in (TRACE, LOG, STATISTICS, TO_FILE):
            self._drop(kind)
            return OK
        return self._switch_on(server, kind, value)

    def _switch_on(self, server: Any, kind: Any, value: Any) -> Any:
        if kind is TRACE and value is True:
            return self._add(Trace())
        if kind is TO_FILE:
            return self._to_file(value)
        if kind is LOG:
            return self._switch_log(value)
        if kind is STATISTICS and value is True:
            return self._add(Statistics(server.process))
        if kind is STATISTICS and value is GET:
            counting = self._find(STATISTICS)
            return OK, counting.told() if isinstance(counting, Statistics) else atom("no_statistics")
        return UNKNOWN

    def _switch_log(self, value: Any) -> Any:
        log = self._find(LOG)
        if value is GET:
            return OK, self.logged()
        if value is atom("print"):
            if isinstance(log, Log):
                log.print_all()
            return OK
        limit = value[1] if type(value) is tuple and len(value) == 2 and value[0] is True else value
        if limit is True:
            limit = 10
        if type(limit) is not int or limit < 1:
            return UNKNOWN
        return self._add(Log(limit, self.printer))

    def _to_file(self, value: Any) -> Any:
        self._drop(TO_FILE)
        try:
            name = to_bytes(export(alias("IO"), "chardata_to_string", 1).fn(value)).decode()
            return self._add(LogToFile(Path(name)))
        except (OSError, Signal):
            return atom("error"), atom("open_file")

    def _install(self, value: Any) -> Any:
        key, function, state = value if len(value) == 3 else (value[0], *value)
        return self._add(Function(key, function, state))

    def _find(self, key: Any) -> Option | None:
        return next((one for one in self.switched if one.key is key or identical(one.key, key)), None)

    def _add(self, option: Option) -> Any:
        if self._find(option.key) is None:
            self.switched.insert(0, option)
        return OK

    def _drop(self, key: Any) -> None:
        option = self._find(key)
        if option is not None:
            self.switched.remove(option)

    def logged(self) -> Any:
        """Return the logged events."""
        log = self._find(LOG)
        return from_pylist([event for event, _, _ in log.events]) if isinstance(log, Log) else EMPTY

    def options(self) -> Any:
        """Return the options as `:sys.get_status` shows them."""
        return from_pylist([option.shown() for option in self.switched])


def from_options(options: Any, server: Any, kind: type[Debug] = Debug) -> Debug | None:
    """Return the Debug of a `debug:` start option, or None."""
    debug = kind()
    for request in _requests(options):
        debug.switch(server, request)
    return debug if debug.is_on else None


def _requests(options: Any) -> Iterable[Any]:
    """Return what start options ask for; those that Erlang does not know are left out, as there."""
    for item in to_pylist(options) if is_proper(options) else split_tail(options)[0]:
        name, value = item if type(item) is tuple and len(item) == 2 else (item, True)
        if name in (TRACE, STATISTICS):
            yield name, True
        elif name is LOG:
            yield LOG, (True, value)
        elif name in (TO_FILE, INSTALL):
            yield name, value


def _printed(name: Any, text: Text) -> str:
    template, *values = text
    printed = export(atom("io_lib"), "format", 2).fn(f"*DBG* ~tp{template}~n", elixir_list(name, *values))
    return str(export(alias("IO"), "chardata_to_string", 1).fn(printed))


def _local_time() -> Any:
    now = dt.datetime.now()
    return (now.year, now.month, now.day), (now.hour, now.minute, now.second)

"""The loop of a state machine process (`:gen_statem`): one event at a time, state and data in between."""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from pyex.code.server import fetch_version
from pyex.code.versions import ModuleVersion
from pyex.otp import behind, gen, sasl
from pyex.otp.looping import CALL, CAST, SYSTEM, Stop, handle_while_suspended, is_parent_exit, is_quiet
from pyex.otp.machine_reports import machine_terminating
from pyex.otp.machine_system import MachineSystem
from pyex.otp.reports import is_failure
from pyex.otp.state_actions import CANCEL, POP_MODULE, PUSH_MODULE, STATE_TIMEOUT, TIMEOUT, UPDATE, Actions, bad
from pyex.runtime.clock import monotonic_ns
from pyex.runtime.process import IDLE, NORMAL, Process
from pyex.runtime.system import INFINITY, scheduler
from pyex.terms.atoms import Atom, atom
from pyex.terms.conversion import to_term
from pyex.terms.errors import ElixirError, Exit, Throw
from pyex.terms.lists import EMPTY, List, to_pylist
from pyex.terms.maps import encode_key
from pyex.terms.order import identical

ENTER: Final = atom("enter")
STATE_ENTER: Final = atom("state_enter")
STATE_FUNCTIONS: Final = atom("state_functions")
HANDLE_EVENT: Final = atom("handle_event_function")
OK: Final = atom("ok")
ERROR: Final = atom("error")
CALLED: Final = atom("call")
CASTED: Final = atom("cast")
INFO: Final = atom("info")
_KEEP: Final = ("keep_state", "keep_state_and_data")
_REPEAT: Final = ("repeat_state", "repeat_state_and_data")


class Timing:
    """A timeout that has been started: its kind, what arrives, and the runtime's timer."""

    __slots__ = ("content", "kind", "timer")

    def __init__(self, kind: Any, content: Any) -> None:
        self.kind = kind
        self.content = content
        self.timer: Any = None


class Machine:
    """A state machine: its module version, its place (the state), its data, and the events that wait."""

    __slots__ = (
        "asleep", "converts", "data", "debug", "enters", "exports", "mode", "module", "name", "parent", "place", "postponed", "process",
        "pushed", "queue", "suspended", "timings", "version",
    )  # fmt: skip

    """Where it is while nothing comes, as the BEAM would tell."""

    def __init__(self, process: Process, version: ModuleVersion, name: Any, parent: Any) -> None:
        self.process = process
        self.name = name
        self.parent = parent
        self.place: Any = atom("undefined")
        self.data: Any = atom("undefined")
        self.mode: Any = STATE_FUNCTIONS
        self.enters = False
        self.queue: deque[Any] = deque()
        self.postponed: list[tuple[Any, Any]] = []
        self.timings: dict[Any, Timing] = {}
        self.pushed: list[Any] = []
        self.debug: Any = None
        self.suspended = False
        self.asleep = False
        self.use(version)

    def use(self, version: ModuleVersion) -> None:
        """Go on with another version of the module, or with another module."""
        self.version = version
        self.module = version.name
        self.exports = version.exports
        self.converts = version.kind == "python"

    @property
    def waits_in(self) -> tuple[behind.Frame, ...]:
        """Where it is while nothing comes, as the BEAM would tell."""
        return behind.HIBERNATING if self.asleep else behind.MACHINE_WAITING

    @property
    def state(self) -> tuple[Any, Any]:
        """State and data together, as `:sys.get_state/1` shows them."""
        return self.place, self.data

    @state.setter
    def state(self, value: tuple[Any, Any]) -> None:
        self.place, self.data = value

    # ---- the loop

    def first(self, actions: Any) -> Any:
        """Enter the first state, take the actions of `init/1`, and go on with the loop."""
        self.process.body = self.resume
        if self.debug is not None:
            self.debug.moved(self, "enter")
        try:
            self._finish((atom("internal"), atom("init_state")), self.place, actions, changed=False, enters=True)
        except Stop as stop:
            self.end(stop, [(atom("internal"), atom("init_state"))])
            return None
        return self.resume()

    def resume(self) -> Any:
        """Handle what waits; returns IDLE when nothing does."""
        process = self.process
        event: Any = None
        try:
            while True:
                while self.suspended:
                    handle_while_suspended(self.parent, self._received)
                event = None
                if self.queue:
                    event = self.queue.popleft()
                elif process.mailbox:
                    event = self._received(process.mailbox.popleft())
                else:
                    return IDLE
                if type(event) is Timing:
                    event = self._due(event)
                if event is not None:
                    self.handle(event)
                if process.thrown is not None:
                    scheduler.strike(process)
        except Stop as stop:
            self.end(stop, [] if event is None else [event])
        return None

    def _received(self, message: Any) -> Any:
        """Return the event that a message is, noted; None for one that is none."""
        event = self._read(message)
        if self.debug is not None and type(event) is tuple:
            self.debug.came(self, event)
        return event

    def _read(self, message: Any) -> Any:
        """Return the event that a message is; None for one that is none. Raises Stop for the parent's end."""
        if type(message) is tuple and len(message) == 3:
            if message[0] is CALL:
                return (CALLED, message[1]), message[2]
            if message[0] is SYSTEM:
                MachineSystem(self).handle(message[1], message[2])
                return None
            if is_parent_exit(message, self.parent):
                raise Stop(message[2])
        elif type(message) is tuple and len(message) == 2 and message[0] is CAST:
            return CASTED, message[1]
        return message if type(message) is Timing else (INFO, message)

    def _due(self, timing: Timing) -> Any:
        """Return the event of a timeout whose time has come, None when it was cancelled meanwhile."""
        key = encode_key(timing.kind)
        if self.timings.get(key) is not timing:
            return None
        del self.timings[key]
        event = timing.kind, timing.content
        if self.debug is not None:
            self.debug.came(self, event)
        return event

    def handle(self, event: tuple[Any, Any]) -> None:
        """Call the state's callback with an event, and do what it answers."""
        self._cancel(TIMEOUT)
        self.asleep = False
        old = self.place
        result = self._callback(event[0], event[1])
        actions, changed, enters = self._take(result)
        self._finish(event, old, actions, changed=changed, enters=enters)

    def _callback(self, kind: Any, content: Any) -> Any:
        if self.mode is HANDLE_EVENT:
            name, args = "handle_event", (kind, content, self.place, self.data)
        else:
            name, args = self.place.name, (kind, content, self.data)  # type: ignore[assignment]  # one argument less
        try:
            function = self.exports.get((name, len(args)))
            if function is None:
                raise ElixirError(atom("undef"), ((self.module, name, args),))
            return function(*args)
        except Throw as thrown:
            return thrown.reason
        except Exception as error:
            frames = behind.MACHINE_EVENT if self.mode is HANDLE_EVENT else behind.MACHINE
            raise Stop(behind.reason_above(error, frames), error, frames=frames) from None

    def _take(self, result: Any) -> tuple[Any, bool, bool]:
        """Take the next state and data of a result; returns its actions, whether the state changed, and is entered."""
        parts = result if type(result) is tuple and result else (result,)
        tag = parts[0].name if type(parts[0]) is Atom else ""
        size = len(parts)
        if tag == "next_state" and size in (3, 4):
            changed = not identical(self.place, parts[1])
            if self.mode is STATE_FUNCTIONS and type(parts[1]) is not Atom:
                raise bad("bad_state_name", parts[1])
            self.place, self.data = parts[1], parts[2]
            return parts[3] if size == 4 else EMPTY, changed, changed
        if tag in ("keep_state", "repeat_state") and size in (2, 3):
            self.data = parts[1]
            return parts[2] if size == 3 else EMPTY, tag == "repeat_state", tag == "repeat_state"
        if tag in ("keep_state_and_data", "repeat_state_and_data") and size in (1, 2):
            again = tag == "repeat_state_and_data"
            return parts[1] if size == 2 else EMPTY, again, again
        if tag == "stop" and size in (1, 2, 3):
            self.data = parts[2] if size == 3 else self.data
            raise Stop(parts[1] if size > 1 else NORMAL)
        if tag == "stop_and_reply" and size in (3, 4):
            self.data = parts[3] if size == 4 else self.data
            replies = Actions()
            replies.read(to_term(parts[2]) if self.converts else parts[2])
            self._reply(replies)
            raise Stop(parts[1])
        raise bad("bad_return_from_state_function", result)

    def _finish(self, event: tuple[Any, Any], old: Any, given: Any, *, changed: bool, enters: bool) -> None:
        """Do the actions of a transition: replies, the enter call, what is tried again, what comes next, timeouts."""
        actions = Actions()
        if given is not EMPTY:
            actions.read(to_term(given) if self.converts else given)
            self._reply(actions)
            self._change_module(actions)
        if enters and self.enters:
            self._enter(old, actions)
        if self.debug is not None:
            for following in actions.next_events:
                self.debug.came(self, following)
            self.debug.handled(self, event, old, postponed=actions.postpones)
        if actions.postpones:
            self.postponed.append(event)
        if not identical(old, self.place):
            self._cancel(STATE_TIMEOUT)
        if changed:
            self.queue.extendleft(reversed(self.postponed))
            self.postponed.clear()
        self.queue.extendleft(reversed(actions.next_events))
        for kind, time, content, absolute in actions.timeouts:
            self._set_timeout(kind, time, content, absolute)
        self.asleep = actions.hibernates

    def _enter(self, old: Any, actions: Actions) -> None:
        place = self.place
        while True:
            data = self.data
            result = self._callback(ENTER, old)
            more, _, again = self._take(result)
            if not identical(place, self.place):
                self.place, self.data = place, data
                raise bad("bad_state_enter_return_from_state_function", result)
            entered = Actions()
            entered.read(to_term(more) if self.converts else more, entering=True)
            self._reply(entered)
            actions.timeouts += entered.timeouts
            actions.hibernates = actions.hibernates or entered.hibernates
            if not again:
                return
            old = place

    def _reply(self, actions: Actions) -> None:
        for client, value in actions.replies:
            answer = to_term(value) if self.converts else value
            gen.reply(client, answer)
            if self.debug is not None:
                self.debug.replied(self, client, answer)
        actions.replies.clear()

    def _change_module(self, actions: Actions) -> None:
        for how, name in actions.modules:
            if how is PUSH_MODULE:
                self.pushed.append(self.module)
            self.use(fetch_version(self.pushed.pop() if how is POP_MODULE else name))
            self.read_mode()
            if self.debug is not None:
                self.debug.moved(self, "module")

    # ---- timeouts

    def _cancel(self, kind: Any) -> None:
        timing = self.timings.pop(encode_key(kind), None)
        if timing is not None and timing.timer is not None:
            timing.timer.cancelled = True

    def _set_timeout(self, kind: Any, time: Any, content: Any, absolute: bool) -> None:
        key = encode_key(kind)
        starts = time is not UPDATE
        if not starts:
            if key in self.timings:
                self.timings[key].content = content
                return
            time = 0
        self._cancel(kind)
        if time is INFINITY or time is CANCEL:
            return
        if self.debug is not None and starts:
            self.debug.timed(self, kind, time, content, absolute)
        timing = self.timings[key] = Timing(kind, content)
        seconds = (time - monotonic_ns() / 10**6 if absolute else time) / 1000
        if seconds <= 0:
            self.queue.append(timing)
            return
        process = self.process
        timing.timer = scheduler.at(seconds, lambda: gen.deliver(process, timing))

    # ---- beginning and end

    def read_mode(self) -> None:
        """Ask the module how its callbacks are called. Raises Stop when it answers nonsense."""
        answer = self.exports["callback_mode", 0]()
        modes = to_pylist(answer) if isinstance(answer, List) else [answer]
        self.enters = STATE_ENTER in modes
        chosen = [mode for mode in modes if mode is not STATE_ENTER]
        if len(chosen) != 1 or chosen[0] not in (STATE_FUNCTIONS, HANDLE_EVENT):
            raise bad("bad_return_from_callback_mode", answer)
        self.mode = chosen[0]

    def end(self, stop: Stop, events: list[Any]) -> None:
        """Call `terminate/3`, report what went wrong, and let the process die of the reason."""
        reason, error, frames = stop.reason, stop.error, stop.frames
        for timing in self.timings.values():
            if timing.timer is not None:
                timing.timer.cancelled = True
        terminate = self.exports.get(("terminate", 3))
        if terminate is not None:
            try:
                terminate(reason[0] if is_failure(reason) else reason, self.place, self.data)
            except Throw:
                pass  # what terminate throws counts as returned, and its return is not looked at
            except Exception as failure:
                error, frames = failure, behind.MACHINE_END
                reason = behind.reason_above(failure, frames)
        if not is_quiet(reason):
            machine_terminating(self, reason, behind.exit_frames(error, frames), events)
        elif self.debug is not None:
            self.debug.ended(self, reason)
        if not is_quiet(reason):
            sasl.crashed(self.process, reason, behind.exit_frames(error, frames))
        if reason is not NORMAL:
            raise Exit(reason)


def initialise(machine: Machine, argument: Any) -> tuple[Any, Any]:
    """Call `init/1`; returns what `gen.start` wants: the start's value, and the loop or an Ending."""
    try:
        result = machine.exports["init", 1](argument)
    except Throw as thrown:
        result = thrown.reason
    except Exception as error:
        return _start_failed(machine, error)
    if type(result) is tuple and len(result) in (3, 4) and result[0] is OK:
        machine.place, machine.data = result[1], result[2]
        try:
            machine.read_mode()
        except Stop as stop:
            return (ERROR, stop.reason[0]), gen.Ending(stop.reason)
        actions = result[3] if len(result) == 4 else EMPTY
        return (OK, machine.process.pid), lambda: machine.first(actions)
    if type(result) is tuple and len(result) == 2 and result[0] in (atom("stop"), ERROR):
        return (ERROR, result[1]), gen.Ending(NORMAL if result[0] is ERROR else result[1])
    if result is gen.IGNORE:
        return result, gen.Ending(NORMAL)
    reason = bad("bad_return_from_init", result).reason
    machine.place = machine.data = atom("undefined")
    machine_terminating(machine, reason, [], [])
    return (ERROR, reason[0]), gen.Ending(reason)


def _start_failed(machine: Machine, error: Exception) -> tuple[Any, Any]:
    """Report a failure of `init/1`, and return what `gen.start` wants of it: the bare reason, as Erlang tells it."""
    reason = behind.reason_above(error, behind.MACHINE_START)
    machine.place = machine.data = atom("undefined")
    machine_terminating(machine, reason, behind.exit_frames(error, behind.MACHINE_START), [])
    return (ERROR, error.reason if isinstance(error, Exit) else reason[0]), gen.Ending(reason)

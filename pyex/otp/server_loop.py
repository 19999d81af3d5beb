"""The loop of a GenServer process: one message at a time, state in between, no greenlet while it is idle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.versions import ModuleVersion, current
from pyex.otp import behind, gen, reports, sasl, straight
from pyex.otp.call_tracing import traced
from pyex.otp.looping import CALL, CAST, EXIT, SYSTEM, Stop, handle_while_suspended, is_quiet, is_system
from pyex.otp.system_messages import OWN, SystemMessages
from pyex.runtime.process import IDLE, NORMAL, Process
from pyex.runtime.system import INFINITY, scheduler
from pyex.terms.atoms import atom
from pyex.terms.conversion import to_term
from pyex.terms.errors import ElixirError, Exit, Throw

REPLY: Final = atom("reply")
NOREPLY: Final = atom("noreply")
STOP: Final = atom("stop")
CONTINUE: Final = atom("continue")
HIBERNATE: Final = atom("hibernate")
TIMEOUT: Final = atom("timeout")
OK: Final = atom("ok")
ERROR: Final = atom("error")
IGNORE: Final = atom("ignore")
BAD_RETURN: Final = atom("bad_return_value")
ASLEEP: Final = object()
"""In place of a timer: the server hibernates until the next message."""


class Server:
    """A GenServer: its pinned module version, its state, and what the loop needs to know in between."""

    __slots__ = (
        "converts",
        "debug",
        "exports",
        "follows_latest",
        "interrupted",
        "last",
        "module",
        "name",
        "on_call",
        "on_cast",
        "parent",
        "period",
        "process",
        "state",
        "suspended",
        "timer",
        "version",
    )

    def __init__(self, process: Process, version: ModuleVersion, name: Any, parent: Any, follows_latest: bool) -> None:
        self.process = process
        self.follows_latest = follows_latest
        self.debug: Any = None
        self.timer: Any = None
        self.use(version)
        self.module = version.name
        self.name = name
        self.parent = parent
        self.state: Any = None
        self.last: Any = None
        self.period = 0
        self.interrupted: int | None = None
        self.suspended = False

    def use(self, version: ModuleVersion) -> None:
        """Go on with another version of the module."""
        self.version = version
        self.exports = version.exports
        self.converts = version.kind == "python"
        # The two callbacks of every day, at hand; a server that follows the newest code looks each time.
        known = {} if self.follows_latest else version.exports
        self.on_call: Any = known.get(("handle_call", 3))
        self.on_cast: Any = known.get(("handle_cast", 2))
        self.straighten()

    def straighten(self) -> None:
        """Have requests answered on the spot (`straight.py`) while the server is neither watched nor waits for a timeout."""
        process = self.process
        if self.debug is None and self.timer is None and not self.follows_latest and traced(process.pid) is None:
            process.straight_call, process.straight_cast = straight.callbacks(self.version)
        else:
            process.straight_call = process.straight_cast = None

    def callback(self, name: str, args: tuple[Any, ...]) -> Callable[..., Any]:
        """Return the pinned version's callback function for arguments; raises UndefinedFunctionError."""
        if self.follows_latest:
            newest = current(self.module)
            if newest is not None and newest is not self.version:
                self.use(newest)
        found = self.exports.get((name, len(args)))
        if found is None:
            raise ElixirError(atom("undef"), ((self.module, name, args),))
        return found

    @property
    def waits_in(self) -> tuple[behind.Frame, ...]:
        """Where it is while nothing comes, as the BEAM would tell."""
        if self.timer is ASLEEP:
            return behind.HIBERNATING
        return behind.EVENTS_WAITING if self.module is _EVENTS else behind.WAITING

    # ---- the loop

    def resume(self) -> Any:
        """Handle what is in the mailbox; returns IDLE when it is empty."""
        process = self.process
        mailbox = process.mailbox
        try:
            while True:
                while self.suspended:
                    handle_while_suspended(self.parent, self.handle)
                if not mailbox:
                    if not process.mailbox:
                        return IDLE
                    mailbox = process.mailbox  # it has another one since it is traced
                message = mailbox.popleft()
                if self.timer is not None:
                    self._interrupt(message)
                if self.debug is not None or type(message) is not tuple or not message:
                    self.handle(message)
                elif message[0] is CALL and len(message) == 3 and self.on_call is not None:
                    self._answer(message)
                elif message[0] is CAST and len(message) == 2 and self.on_cast is not None:
                    self._take_cast(message)
                else:
                    self.handle(message)
                if process.thrown is not None:
                    scheduler.strike(process)
        except Stop as stop:
            self.end(stop)
        return None

    def _interrupt(self, message: Any) -> None:
        """Stop the timeout, which any message cuts short; after a system message it begins anew."""
        timer, self.timer = self.timer, None
        self.straighten()
        if timer is not ASLEEP:
            timer.cancelled = True
            self.interrupted = self.period if is_system(message) else None

    def _answer(self, message: Any) -> None:
        """Handle a call; the usual way, `{:reply, …}` to one who waits, is straight, since it is most of all messages."""
        _, client, request = self.last = message
        try:
            result = self.on_call(request, client, self.state)
        except Throw as thrown:
            result = thrown.reason
        except Stop:
            raise
        except Exception as error:
            raise _failed(self, error, "handle_call", message[2]) from None
        if type(result) is not tuple or len(result) != 3 or result[0] is not REPLY:
            self._called(client, result)
            return
        _, value, self.state = result
        if self.converts:
            value = to_term(value)
        pid, tag = client
        process = pid.process
        if process is not None and process.awaiting is tag and process.answer is gen.NOTHING:
            process.answer = value
            if process.waiting:
                process.waiting = False
                if process is not scheduler.handing_back:
                    scheduler.schedule(process)
        else:
            gen.reply(client, value)

    def _take_cast(self, message: Any) -> None:
        """Handle a cast."""
        self.last = message
        try:
            result = self.on_cast(message[1], self.state)
        except Throw as thrown:
            result = thrown.reason
        except Stop:
            raise
        except Exception as error:
            raise _failed(self, error, "handle_cast", message[1]) from None
        if type(result) is tuple and len(result) == 2 and result[0] is NOREPLY:
            self.state = result[1]
        else:
            self._settle(result)

    def begin(self, extra: Any) -> Any:
        """Go into the loop with what `init/1` gave besides the state: a timeout, `:hibernate`, or `{:continue, term}`."""
        self.process.body = self.resume
        try:
            self._extra(extra)
        except Stop as stop:
            self.end(stop)
            return None
        return self.resume()

    def handle(self, message: Any) -> None:
        """Handle one message of any kind."""
        if self.debug is not None and not is_system(message):
            self.debug.received(self, message)
        if type(message) is tuple and message:
            tag = message[0]
            if tag is CALL and len(message) == 3:
                self._call(message[1], message[2])
                return
            if tag is CAST and len(message) == 2:
                self.last = message
                self._settle(self._run("handle_cast", message[1], self.state))
                return
            if tag is SYSTEM and len(message) == 3:
                OWN.get(self.module, SystemMessages)(self).handle(message[1], message[2])
                self.straighten()
                if self.interrupted is not None and not self.suspended:
                    self.set_timeout(self.interrupted)
                    self.interrupted = None
                return
            if tag is EXIT and len(message) == 3 and message[1] == self.parent:
                self.last = message
                raise Stop(message[2])
        self.last = message
        self._settle(self._run("handle_info", message, self.state))

    def _call(self, client: Any, request: Any) -> None:
        self.last = (CALL, client, request)
        self._called(client, self._run("handle_call", request, client, self.state))

    def _called(self, client: Any, result: Any) -> None:
        """Take what handle_call returned."""
        if type(result) is tuple:
            size = len(result)
            if size >= 3 and result[0] is REPLY:
                if size == 3:
                    self.state = result[2]
                    self._reply(client, result[1])
                    return
                if size == 4 and _is_extra(result[3]):
                    self.state = result[2]
                    self._reply(client, result[1])
                    self._extra(result[3])
                    return
            if size == 4 and result[0] is STOP:
                self.state = result[3]
                raise Stop(result[1], reply=(client, result[2]))
        self._settle(result)

    def _reply(self, client: Any, value: Any) -> None:
        if self.converts:
            value = to_term(value)
        if self.debug is not None:
            self.debug.sent(self, client, value)
        gen.reply(client, value)

    def _settle(self, result: Any) -> None:
        """Take what a callback other than a replying handle_call returned."""
        if type(result) is tuple:
            size = len(result)
            if size >= 2 and result[0] is NOREPLY:
                if size == 2:
                    self.state = result[1]
                    if self.debug is not None:
                        self.debug.changed(self)
                    return
                if size == 3 and _is_extra(result[2]):
                    self.state = result[1]
                    if self.debug is not None:
                        self.debug.changed(self)
                    self._extra(result[2])
                    return
            if size == 3 and result[0] is STOP:
                self.state = result[2]
                raise Stop(result[1])
        raise Stop((BAD_RETURN, result))

    def _extra(self, extra: Any) -> None:
        """Take the last part of a return: a timeout, `:hibernate`, or `{:continue, term}`."""
        if type(extra) is int:
            self.set_timeout(extra)
        elif extra is HIBERNATE:
            self.timer = ASLEEP
            self.straighten()
        elif type(extra) is tuple:
            self.last = extra
            self._settle(self._run("handle_continue", extra[1], self.state))

    def set_timeout(self, milliseconds: int) -> None:
        """Have `:timeout` arrive unless another message comes first."""
        process = self.process

        def over() -> None:
            self.timer = None
            self.straighten()
            if not process.mailbox:
                gen.deliver(process, TIMEOUT)

        self.period = milliseconds
        self.timer = scheduler.at(milliseconds / 1000, over)
        self.straighten()

    def _run(self, name: str, *args: Any) -> Any:
        """Call a callback; a thrown value counts as returned, anything else that is raised stops the server."""
        try:
            return self.callback(name, args)(*args)
        except Throw as thrown:
            return thrown.reason
        except Stop:
            raise
        except Exception as error:
            raise _failed(self, error, name, *args) from None

    # ---- the end

    def end(self, stop: Stop) -> None:
        """Call `terminate`, report what went wrong, and let the process die of the reason."""
        reason, error, frames = stop.reason, stop.error, stop.frames
        if ("terminate", 2) in self.exports:
            try:
                self.exports["terminate", 2](reason, self.state)
            except Throw:
                pass  # what terminate throws counts as returned, and its return is not looked at
            except Exception as failure:
                error, frames = failure, behind.SERVER["terminate"]
                reason = behind.reason_above(failure, frames)
        exit_frames = behind.exit_frames(error, frames)
        if not is_quiet(reason):
            reports.server_terminating(self, reason, exit_frames)
        if stop.reply is not None:
            self._reply(*stop.reply)
        sasl.crashed(self.process, reason, exit_frames)
        if reason is not NORMAL:
            raise Exit(reason)


_EVENTS: Final = atom("event_manager")


def _is_extra(extra: Any) -> bool:
    """Tell whether a term may be the last part of a return: a timeout, `:hibernate`, or `{:continue, term}`."""
    if type(extra) is int:
        return extra >= 0
    if type(extra) is tuple:
        return len(extra) == 2 and extra[0] is CONTINUE
    return extra is HIBERNATE or extra is INFINITY


def _failed(server: Server, error: BaseException, callback: str, *args: Any) -> Stop:
    """Return the end of a server by the failure of a callback."""
    frames = behind.server(server.module, callback, args)
    return Stop(behind.reason_above(error, frames), error, frames=frames)


def initialise(server: Server, argument: Any) -> tuple[Any, Any]:
    """Call `init/1`; returns what `gen.start` wants: the start's value, and the loop or an Ending."""
    try:
        result = server.callback("init", (argument,))(argument)
    except Throw as thrown:
        result = thrown.reason
    except Exception as error:
        reason = behind.reason_above(error, behind.server(server.module, "init", (argument,)))
        return (ERROR, reason), gen.Ending(reason)
    me = server.process.pid
    if type(result) is tuple and result:
        if result[0] is OK and (len(result) == 2 or (len(result) == 3 and _is_extra(result[2]))):
            server.state = result[1]
            if len(result) == 2:
                return (OK, me), server.resume
            return (OK, me), lambda: server.begin(result[2])
        if result[0] is STOP and len(result) == 2:
            return (ERROR, result[1]), gen.Ending(result[1])
        if result[0] is ERROR and len(result) == 2:
            return (ERROR, result[1]), gen.Ending(NORMAL)
    if result is IGNORE:
        return IGNORE, gen.Ending(NORMAL)
    reason = (BAD_RETURN, result)
    return (ERROR, reason), gen.Ending(reason)

"""The server behind `:gen_event`: a list of handlers, each a module with a state of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.code.server import ensure_loaded
from pyex.otp.behind import HANDLER, reason_above
from pyex.otp.event_system import EventSystem
from pyex.otp.machine_reports import handler_terminating
from pyex.otp.status import Telling
from pyex.otp.system_messages import OWN
from pyex.runtime import facts, system
from pyex.runtime.process import NORMAL
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, Throw
from pyex.terms.lists import from_pylist
from pyex.terms.order import identical
from pyex.terms.pids import Pid

CALL: Final = atom("$gen_call")
NOTIFY: Final = atom("notify")
OK: Final = atom("ok")
ERROR: Final = atom("error")
EXIT: Final = atom("EXIT")
REPLY: Final = atom("reply")
NOREPLY: Final = atom("noreply")
REMOVE: Final = atom("remove_handler")
SWAP: Final = atom("swap_handler")
HIBERNATE: Final = atom("hibernate")
GONE: Final = atom("gen_event_EXIT")
STOP: Final = atom("stop")
UNDEF: Final = atom("undef")
module = NativeModule(":event_manager", doc="The server behind :gen_event.")
OWN[module.name] = EventSystem


@dataclass(slots=True, eq=False)
class Handler:
    """One handler: its module, its id (None when it was added by its module alone), its state, and whom its end is told."""

    module: Any
    id: Any
    named: bool
    state: Any = None
    watcher: Pid | None = None

    @property
    def name(self) -> Any:
        """The handler as it was given: `module` or `{module, id}`."""
        return (self.module, self.id) if self.named else self.module

    def shown(self) -> Any:
        """Return the handler as its manager's state has it: `{module, id, state}`."""
        return self.module, self.id if self.named else False, self.state

    def defines(self, name: str, arity: int) -> bool:
        """Tell whether its module has a callback."""
        version = ensure_loaded(self.module)
        return version is not None and version.defines(name, arity)

    def call(self, name: str, *args: Any) -> Any:
        """Call one of its callbacks; what is thrown counts as returned."""
        version = ensure_loaded(self.module)
        if version is None or not version.defines(name, len(args)):
            raise ElixirError(UNDEF, ((self.module, name, args),))
        try:
            return version.exports[name, len(args)](*args)
        except Throw as thrown:
            return thrown.reason


class Manager(Telling):
    """The handlers of one manager, the last one added first."""

    def __init__(self) -> None:
        self.handlers: list[Handler] = []
        self.hibernates = False
        """Whether a handler has asked for that since the last message came."""

    def shown(self, name: Any) -> Any:
        """The handlers as `:sys.get_state/1` shows them: `{module, id, state}`."""
        return from_pylist([one.shown() for one in self.handlers])

    def find(self, name: Any) -> Handler | None:
        """Return the handler of a name."""
        return next((one for one in self.handlers if identical(one.name, name)), None)

    def add(self, name: Any, args: Any, watcher: Pid | None, place: int = 0) -> Any:
        """Start a handler; `:ok` or what its `init/1` answered."""
        named = type(name) is tuple and len(name) == 2
        handler = Handler(name[0] if named else name, name[1] if named else None, named, watcher=watcher)
        if watcher is not None:
            system.link(watcher)
        try:
            result = handler.call("init", args)
        except Exception as error:
            return EXIT, reason_above(error, HANDLER["init"])
        if type(result) is tuple and result[0] is OK and (len(result) == 2 or (len(result) == 3 and result[2] is HIBERNATE)):
            handler.state = result[1]
            self.hibernates = self.hibernates or len(result) == 3
            self.handlers.insert(place, handler)
            return OK
        return result

    def end(self, handler: Handler, args: Any, told: Any) -> Any:
        """Take a handler out: call its `terminate/2`, tell its watcher; returns what `terminate/2` did."""
        self.handlers.remove(handler)
        result: Any = OK
        if handler.defines("terminate", 2):
            try:
                result = handler.call("terminate", args, handler.state)
            except Exception as error:
                result = EXIT, reason_above(error, HANDLER["terminate"])
        if handler.watcher is not None:
            system.send(handler.watcher, (GONE, handler.name, told))
            mine = handler.watcher == system.current().server.parent
            if not mine and not any(one.watcher == handler.watcher for one in self.handlers):
                system.unlink(handler.watcher)
        return result

    def swap(self, handler: Handler | None, args: Any, new: Any, new_args: Any, watcher: Pid | None) -> Any:
        """Put a new handler in the place of one, or add it when there is none."""
        if handler is None:
            return self.add(new, (new_args, ERROR), watcher)
        place = self.handlers.index(handler)
        told = atom("swapped"), new, watcher
        return self.add(new, (new_args, self.end(handler, args, told)), watcher or handler.watcher, place)

    def crashed(self, handler: Handler, why: Any, last: Any) -> Any:
        """End a handler whose callback failed, and log it; returns the error as a caller gets it."""
        me = system.current()
        self.end(handler, (ERROR, why), why)
        reason = why[1] if type(why) is tuple and len(why) == 2 and why[0] is EXIT else why
        handler_terminating(handler.name, me.name if me.name is not None else me.pid, reason, last, handler.state)
        return ERROR, why

    def notify(self, callback: str, event: Any) -> None:
        """Hand an event, or a message, to each handler."""
        for handler in list(self.handlers):
            if callback == "handle_info" and not handler.defines(callback, 2):
                continue
            try:
                result = handler.call(callback, event, handler.state)
            except Exception as error:
                self.crashed(handler, (EXIT, reason_above(error, HANDLER[callback])), event)
                continue
            self._update(handler, result, event)

    def _update(self, handler: Handler, result: Any, event: Any) -> None:
        parts = result if type(result) is tuple and result else (result,)
        if parts[0] is OK and (len(parts) == 2 or (len(parts) == 3 and parts[2] is HIBERNATE)):
            handler.state = parts[1]
            self.hibernates = self.hibernates or len(parts) == 3
        elif result is REMOVE:
            self.end(handler, REMOVE, NORMAL)
        elif parts[0] is SWAP and len(parts) == 5:
            handler.state = parts[2]
            self.swap(handler, parts[1], parts[3], parts[4], handler.watcher)
        else:
            self.crashed(handler, result, event)

    def call(self, name: Any, request: Any) -> Any:
        """Ask one handler; returns its reply, or an error."""
        handler = self.find(name)
        if handler is None:
            return ERROR, atom("bad_module")
        try:
            result = handler.call("handle_call", request, handler.state)
        except Exception as error:
            return self.crashed(handler, (EXIT, reason_above(error, HANDLER["handle_call"])), request)
        parts = result if type(result) is tuple and result else (result,)
        if parts[0] is OK and len(parts) in (3, 4):
            handler.state = parts[2]
            self.hibernates = len(parts) == 4
        elif parts[0] is REMOVE and len(parts) == 2:
            self.end(handler, REMOVE, NORMAL)
        elif parts[0] is SWAP and len(parts) == 6:
            handler.state = parts[3]
            self.swap(handler, parts[2], parts[4], parts[5], handler.watcher)
        else:
            return self.crashed(handler, result, request)
        return parts[1]


# ---- the callbacks of its server


@module.function
def init(argument: Any) -> Any:
    """Begin without handlers; the end of a watcher arrives as a message."""
    facts.process_flag(Atom("trap_exit"), True)
    return OK, Manager()


@module.function
def handle_call(request: Any, client: Any, manager: Any) -> Any:
    """Do what a caller asks."""
    manager.hibernates = False
    answer = _answer(request, manager)
    return (REPLY, answer, manager, HIBERNATE) if manager.hibernates else (REPLY, answer, manager)


def _answer(request: Any, manager: Manager) -> Any:
    if type(request) is not tuple:
        return from_pylist([handler.name for handler in manager.handlers])
    match request[0].name:
        case "sync_notify":
            manager.notify("handle_event", request[1])
            return OK
        case "call":
            return manager.call(request[1], request[2])
        case "add_handler":
            return manager.add(request[1], request[2], None)
        case "add_sup_handler":
            return manager.add(*request[1:])
        case "delete_handler":
            handler = manager.find(request[1])
            return (ERROR, atom("module_not_found")) if handler is None else manager.end(handler, request[2], NORMAL)
    old, args, new, new_args, *sup = request[1:]
    watcher = sup[0] if sup else None
    result = manager.swap(manager.find(old), args, new, new_args, watcher)
    return result if result is OK else (ERROR, result)


@module.function
def handle_info(message: Any, manager: Any) -> Any:
    """Hand an event or a message to the handlers; the end of a watcher ends its handlers."""
    manager.hibernates = False
    _take(message, manager)
    return (NOREPLY, manager, HIBERNATE) if manager.hibernates else (NOREPLY, manager)


def _take(message: Any, manager: Manager) -> None:
    if type(message) is tuple and len(message) == 2 and message[0] is NOTIFY:
        manager.notify("handle_event", message[1])
        return
    if type(message) is tuple and len(message) == 3 and message[0] is EXIT:
        mine = [handler for handler in manager.handlers if handler.watcher == message[1]]
        for handler in mine:
            handler.watcher = None
            manager.end(handler, (STOP, message[2]), message[2])
        if mine:
            return
    manager.notify("handle_info", message)


@module.function
def terminate(reason: Any, manager: Any) -> Any:
    """End all handlers with the manager."""
    for handler in list(manager.handlers):
        manager.end(handler, STOP, atom("shutdown"))
    return OK

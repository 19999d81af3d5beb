""":gen_event: a manager process that hands events to the handlers added to it."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp import event_manager, gen, gen_server
from pyex.otp.stopping import stop as stop_process
from pyex.runtime import system
from pyex.runtime.process import NORMAL
from pyex.runtime.system import INFINITY
from pyex.stdlib.erlang import requests
from pyex.stdlib.erlang.gen_statem import elixir_name
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit, erlang_error
from pyex.terms.lists import EMPTY, Cons, List, elixir_list
from pyex.terms.maps import Map

module = NativeModule(
    ":gen_event",
    doc="A manager process that hands events to the handlers added to it.",
    behaviour=[
        ("code_change", 3), ("format_status", 1), ("format_status", 2), ("handle_call", 2), ("handle_event", 2),
        ("handle_info", 2), ("init", 1), ("terminate", 2),
    ],
)  # fmt: skip
module.optional_callbacks = (
    ("code_change", 3), ("format_status", 1), ("format_status", 2), ("handle_info", 2), ("terminate", 2),
)  # fmt: skip

OK: Final = atom("ok")
GEN_EVENT: Final = atom("gen_event")
NAME: Final = atom("name")


def _start(first: Any, options: Any, *, link: bool) -> Any:
    given = first if isinstance(first, List) else options
    if type(first) is tuple:
        given = Cons((NAME, elixir_name(first)), given)
    start = gen_server.start_link if link else gen_server.start
    return start(event_manager.module.name, None, given)


@module.function("start_link", arity=(0, 1, 2))
def start_link(name: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Start a manager linked to the caller, under a name `{:local, name}` if one is given."""
    return _start(name, options, link=True)


@module.function("start", arity=(0, 1, 2))
def start(name: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Start a manager without a link."""
    return _start(name, options, link=False)


@module.function("start_monitor", arity=(0, 1, 2))
def start_monitor(name: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Start a manager and watch it: `{:ok, {pid, reference}}`."""
    started = _start(name, options, link=False)
    return (OK, (started[1], system.monitor(started[1]))) if type(started) is tuple and started[0] is OK else started


def _ask(manager: Any, request: Any, timeout: Any, name: str, *args: Any) -> Any:
    process = gen.find(elixir_name(manager))
    try:
        if process is None:
            raise Exit(atom("noproc"))
        return gen.call(process, event_manager.CALL, request, timeout)
    except Exit as ended:
        raise Exit((ended.reason, (GEN_EVENT, atom(name), elixir_list(manager, *args)))) from None


@module.function
def add_handler(manager: Any, handler: Any, args: Any) -> Any:
    """Add a handler, a module or `{module, id}`; `:ok`, or what its `init/1` returned instead."""
    return _ask(manager, (atom("add_handler"), handler, args), INFINITY, "add_handler", handler, args)


@module.function
def add_sup_handler(manager: Any, handler: Any, args: Any) -> Any:
    """Add a handler whose end is told to the caller, and which ends with the caller."""
    request = (atom("add_sup_handler"), handler, args, system.self_pid())
    return _ask(manager, request, INFINITY, "add_sup_handler", handler, args)


@module.function
def delete_handler(manager: Any, handler: Any, args: Any) -> Any:
    """Take a handler away; returns what its `terminate/2` returned."""
    return _ask(manager, (atom("delete_handler"), handler, args), INFINITY, "delete_handler", handler, args)


@module.function
def swap_handler(manager: Any, old: Any, new: Any) -> Any:
    """Put a handler in the place of another: `{old, args}` and `{new, args}`."""
    return _ask(manager, (atom("swap_handler"), *old, *new), INFINITY, "swap_handler", old, new)


@module.function
def swap_sup_handler(manager: Any, old: Any, new: Any) -> Any:
    """Put a handler in the place of another; its end is told to the caller."""
    request = (atom("swap_sup_handler"), *old, *new, system.self_pid())
    return _ask(manager, request, INFINITY, "swap_sup_handler", old, new)


@module.function
def which_handlers(manager: Any) -> Any:
    """The handlers, the last one added first."""
    return _ask(manager, atom("which_handlers"), INFINITY, "which_handlers")


@module.function
def call(manager: Any, handler: Any, request: Any, timeout: Any = 5000) -> Any:
    """Ask one handler, and wait for its reply."""
    extra = () if timeout == 5000 else (timeout,)
    return _ask(manager, (atom("call"), handler, request), timeout, "call", handler, request, *extra)


@module.function("send_request", arity=3)
def send_request(event_mgr_ref: Any, handler: Any, request: Any) -> Any:
    """Ask one handler, and return at once; the reference is what its answer is waited for with."""
    return requests.begin(event_mgr_ref, event_manager.CALL, (atom("call"), handler, request))


@module.function("send_request", arity=5)
def send_collected(event_mgr_ref: Any, handler: Any, request: Any, label: Any, collection: Any) -> Any:
    """Ask one handler, and return the collection of requests with this one under a label."""
    if type(collection) is not Map:
        asked = event_mgr_ref, system.self_pid(), (atom("call"), handler, request), label, collection
        raise erlang_error("function_clause", "gen", "send_request", asked)
    return collection.put(send_request(event_mgr_ref, handler, request), label)


def _answer(reply: Any) -> Any:
    """Return what a caller gets of a reply: an error is the manager's own."""
    value = reply[1]
    return value if type(value) is tuple and len(value) == 2 and value[0] is atom("error") else reply


requests.Requests(module, _answer).offer()


@module.function
def notify(manager: Any, event: Any) -> Any:
    """Send an event to all handlers; `:ok` at once."""
    name = elixir_name(manager)
    process = gen.find(name)
    if process is not None:
        gen.deliver(process, (event_manager.NOTIFY, event))
    elif name is manager and hasattr(manager, "name"):
        raise erlang_error("badarg")
    return OK


@module.function
def sync_notify(manager: Any, event: Any) -> Any:
    """Send an event to all handlers, and wait until they have handled it."""
    return _ask(manager, (atom("sync_notify"), event), INFINITY, "sync_notify", event)


@module.function("stop", arity=(1, 3))
def stop(manager: Any, reason: Any = NORMAL, timeout: Any = INFINITY) -> Any:
    """End a manager, and with it its handlers."""
    process = gen.find(elixir_name(manager))
    if process is None:
        raise Exit(atom("noproc"))
    return stop_process(process, reason, timeout)

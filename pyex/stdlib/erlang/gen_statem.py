""":gen_statem: state machines with calls, casts, timeouts and postponed events."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.finder import module_atom
from pyex.code.native import NativeModule
from pyex.code.server import ensure_loaded, fetch_version
from pyex.otp import gen
from pyex.otp.debug import from_options
from pyex.otp.looping import CALL, CAST
from pyex.otp.machine_debug import MachineDebug
from pyex.otp.options import by_name
from pyex.otp.state_machine import Machine, initialise
from pyex.otp.stopping import stop as stop_process
from pyex.runtime import system
from pyex.runtime.process import NORMAL, Process
from pyex.runtime.system import INFINITY, scheduler
from pyex.stdlib.erlang import requests
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit
from pyex.terms.lists import EMPTY, List, elixir_list, to_pylist

module = NativeModule(
    ":gen_statem",
    doc="State machines: a process whose callbacks depend on its state.",
    behaviour=[
        ("callback_mode", 0), ("code_change", 4), ("format_status", 1), ("format_status", 2), ("handle_event", 4),
        ("init", 1), ("state_name", 3), ("terminate", 3),
    ],
)  # fmt: skip
module.optional_callbacks = (
    ("code_change", 4), ("format_status", 1), ("format_status", 2), ("handle_event", 4), ("state_name", 3),
    ("terminate", 3),
)  # fmt: skip
requests.offer(module, waits_for_ever=True)

GEN_STATEM: Final = atom("gen_statem")
OK: Final = atom("ok")
NOPROC: Final = atom("noproc")


def elixir_name(name: Any) -> Any:
    """Return an Erlang name, `{:local, name}`, `{:global, term}` or `{:via, module, term}`, as Elixir gives names."""
    return name[1] if type(name) is tuple and name[0] is atom("local") else name


def _start(name: Any, callback_module: Any, argument: Any, options: Any, *, link: bool) -> Any:
    callback_module = module_atom(callback_module)
    ensure_loaded(callback_module)
    settings = by_name(options)
    registered = elixir_name(name)
    parent = scheduler.current

    def run(process: Process) -> tuple[Any, Any]:
        mine = parent.pid if parent is not None and link else process.pid
        machine = Machine(process, fetch_version(callback_module), registered, mine)
        process.server = machine
        machine.debug = from_options(settings.get("debug", EMPTY), machine, MachineDebug)
        return initialise(machine, argument)

    return gen.start(
        run,
        link=link,
        name=registered,
        timeout=settings.get("timeout", INFINITY),
        initial_call=(callback_module, atom("init"), 1),
    )


@module.function("start_link", arity=3)
def start_link(module: Any, argument: Any, options: Any) -> Any:
    """Start a state machine linked to the caller: `{:ok, pid}`, `{:error, reason}` or `:ignore`."""
    return _start(None, module, argument, options, link=True)


@module.function("start_link", arity=4)
def start_link_named(name: Any, module: Any, argument: Any, options: Any) -> Any:
    """Start a state machine under a name, linked to the caller."""
    return _start(name, module, argument, options, link=True)


@module.function("start", arity=3)
def start(module: Any, argument: Any, options: Any) -> Any:
    """Start a state machine without a link."""
    return _start(None, module, argument, options, link=False)


@module.function("start", arity=4)
def start_named(name: Any, module: Any, argument: Any, options: Any) -> Any:
    """Start a state machine under a name, without a link."""
    return _start(name, module, argument, options, link=False)


def _monitored(started: Any) -> Any:
    return (OK, (started[1], system.monitor(started[1]))) if type(started) is tuple and started[0] is OK else started


@module.function("start_monitor", arity=3)
def start_monitor(module: Any, argument: Any, options: Any) -> Any:
    """Start a state machine and watch it: `{:ok, {pid, reference}}`."""
    return _monitored(start(module, argument, options))


@module.function("start_monitor", arity=4)
def start_monitor_named(name: Any, module: Any, argument: Any, options: Any) -> Any:
    """Start a state machine under a name and watch it: `{:ok, {pid, reference}}`."""
    return _monitored(start_named(name, module, argument, options))


@module.function
def call(server: Any, request: Any, timeout: Any = INFINITY) -> Any:
    """Send a request and wait for the reply, for ever unless a time in milliseconds is given."""
    limit = timeout[1] if type(timeout) is tuple and len(timeout) == 2 else timeout
    process = gen.find(elixir_name(server))
    try:
        if process is None:
            raise Exit(NOPROC)
        return gen.call(process, CALL, request, limit)
    except Exit as ended:
        raise Exit((ended.reason, (GEN_STATEM, atom("call"), elixir_list(server, request, timeout)))) from None


@module.function
def cast(server: Any, message: Any) -> Any:
    """Send an event that wants no reply; `:ok` at once."""
    process = gen.find(elixir_name(server))
    if process is not None:
        gen.deliver(process, (CAST, message))
    return OK


@module.function("reply", arity=1)
def reply_all(replies: Any) -> Any:
    """Send the replies of actions `{:reply, from, reply}`."""
    for _, client, value in to_pylist(replies) if isinstance(replies, List) else [replies]:
        gen.reply(client, value)
    return OK


@module.function("reply", arity=2)
def reply(client: Any, reply: Any) -> Any:
    """Answer a call from outside of the callback."""
    gen.reply(client, reply)
    return OK


@module.function("stop", arity=(1, 3))
def stop(server: Any, reason: Any = NORMAL, timeout: Any = INFINITY) -> Any:
    """Stop a state machine and wait until it has ended."""
    process = gen.find(elixir_name(server))
    if process is None:
        raise Exit(NOPROC)
    return stop_process(process, reason, timeout)


@module.function("enter_loop", arity=(4, 5, 6))
def enter_loop(module: Any, options: Any, state: Any, data: Any, server: Any = None, actions: Any = EMPTY) -> Any:
    """Make the calling process a state machine; it does not return."""
    if isinstance(server, List):
        server, actions = None, server
    process = system.current()
    parent = process.parent if process.parent is not None else process.pid
    machine = Machine(process, fetch_version(module_atom(module)), elixir_name(server), parent)
    machine.place, machine.data = state, data
    machine.read_mode()
    process.server = machine
    gen.become(process, lambda: machine.first(actions))
    return OK

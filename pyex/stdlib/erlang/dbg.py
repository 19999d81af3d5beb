""":dbg: what processes do, printed as it happens: the calls of functions, and the messages that arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import call_tracing
from pyex.otp.call_tracing import ANY, Everyone, processes
from pyex.runtime.device import group_leader
from pyex.stdlib.erlang.bifs import tracing
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import argument_error
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, elixir_list, from_pylist, is_proper, to_pylist
from pyex.terms.node import this_node
from pyex.terms.pids import Pid

module = NativeModule(":dbg", doc="Prints the calls of functions and the messages of processes while a program runs.")

OK: Final = atom("ok")
ERROR: Final = atom("error")
DBG: Final = atom("dbg")
STOP: Final = atom("$stop")
HANDLER: Final = atom("$handler")
_SHORT: Final = {
    "c": ("call",), "r": ("receive",), "s": ("send",), "m": ("send", "receive"), "p": ("procs",),
    "sos": ("set_on_spawn",), "sofs": ("set_on_first_spawn",), "sol": ("set_on_link",), "sofl": ("set_on_first_link",),
}  # fmt: skip


class Session:
    """The tracer that prints, and the match specifications that were given so far."""

    server: Pid | None = None
    prints: bool = False
    saved: list[Any] = []  # one for all, as the server of Erlang's is


def _action(*names: str) -> Any:
    """Return a match specification that wants something of every call; `message` is who called."""
    line = (atom("message"), (atom("caller_line"),))
    actions = [line if name == "message" else (atom(name),) for name in names]
    return elixir_list((ANY, EMPTY, from_pylist(actions)))


_BUILT_IN: Final = {
    "x": _action("exception_trace"), "exception_trace": _action("exception_trace"),
    "c": _action("message"), "caller_trace": _action("message"),
    "cx": _action("exception_trace", "message"), "caller_exception_trace": _action("exception_trace", "message"),
}  # fmt: skip


# ---- the tracer


def _text(template: str, *values: Any) -> str:
    printed = export(atom("io_lib"), "format", 2).fn(template, elixir_list(*values))
    return str(export(atom("unicode"), "characters_to_binary", 1).fn(printed))


def _function(mfa: Any) -> str:
    target, name, args = mfa
    if isinstance(args, List):
        return _text("~tw:~tw", target, name) + f"({','.join(_text('~tp', arg) for arg in to_pylist(args))})"
    return _text("~tw:~tw/~w", target, name, args)


def _line(event: tuple[Any, ...]) -> str:
    """Return how an event is printed."""
    _, pid, kind, what, *more = event
    if kind is atom("call"):
        return _text("(~p) call ~ts (~tp)~n" if more else "(~p) call ~ts~n", pid, _function(what), *more)
    if kind is atom("return_from"):
        return _text("(~p) returned from ~ts -> ~tp~n", pid, _function(what), *more)
    if kind is atom("receive"):
        return _text("(~p) << ~tp~n", pid, what)
    return _text("(~p) ~p" + " ~tp" * (1 + len(more)) + "~n", pid, kind, what, *more)


def _printing(event: Any, state: Any) -> Any:
    group_leader().write(_line(event))
    return state


def _loop() -> None:
    handler, state = _printing, None
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next()
        cursor.accept()
        if message is STOP:
            return
        if type(message) is tuple and message and message[0] is HANDLER:
            _, handler, state = message
        elif type(message) is tuple and message and message[0] is call_tracing.TRACE:
            state = handler(message, state)
        cursor = runtime.begin_receive()


@module.function("tracer", arity=0)
def tracer() -> Any:
    """Begin to print what will be traced.

        iex> {:ok, pid} = :dbg.tracer()
        iex> :dbg.tracer()
        {:error, :already_started}
        iex> :dbg.stop()
        :ok
        iex> is_pid(pid)
        true
    """
    return _begin(_printing, None)


@module.function("tracer", arity=2)
def tracer_with(type: Any, parameters: Any) -> Any:
    """Begin with a function of one's own: `:dbg.tracer(:process, {fn event, state -> state end, state})`."""
    if type is not atom("process") or not isinstance(parameters, tuple):
        raise argument_error("argument error")
    return _begin(*parameters)


def _begin(handler: Callable[[Any, Any], Any], state: Any) -> Any:
    if _running() is not None:
        return ERROR, atom("already_started")
    started = start()
    runtime.send(started[1], (HANDLER, handler, state))
    Session.prints, Session.saved = True, []
    return started


@module.function("start", arity=0)
def start() -> Any:
    """Begin, without printing anything before `tracer/0` says so."""
    pid = Session.server
    if pid is None or pid.process is None:
        pid = Session.server = runtime.spawn(_loop, ())
        Session.prints = False
        runtime.register(pid, DBG)
    return OK, pid


def _running() -> Pid | None:
    pid = Session.server
    return pid if Session.prints and pid is not None and pid.process is not None else None


@module.function("get_tracer", arity=0)
def get_tracer() -> Any:
    """The process that prints, or whose function is called.

        iex> :dbg.get_tracer()
        {:error, {:no_tracer_on_node, :nonode@nohost}}
    """
    pid = _running()
    return _no_tracer() if pid is None else (OK, pid)


def _no_tracer() -> Any:
    return ERROR, (atom("no_tracer_on_node"), this_node.name)


@module.function("stop", arity=0)
def stop() -> Any:
    """End all tracing."""
    for pattern in list(call_tracing.patterns.values()):
        pattern.restore()
    call_tracing.patterns.clear()
    for pid in list(processes):
        if pid.process is not None:
            tracing.trace(pid, False, elixir_list(atom("all")))
    processes.clear()
    Everyone.traced = None
    server = Session.server
    if server is not None and server.process is not None:
        runtime.unregister(DBG)
        runtime.send(server, STOP)
    Session.server, Session.prints = None, False
    return OK


@module.function("stop_clear", arity=0)
def stop_clear() -> Any:
    """End all tracing."""
    return stop()


# ---- which processes


def _matched(count: int, *more: Any) -> Any:
    return OK, from_pylist([(atom("matched"), this_node.name, count, *more[:1]), *more[1:]])


@module.function("p", arity=1)
def p_messages(item: Any) -> Any:
    """Look at the messages of processes."""
    return p(item, elixir_list(atom("m")))


@module.function("p", arity=2)
def p(item: Any, flags: Any) -> Any:
    """Look at a process, `:all` of them or `:new` ones: at calls (`:c`), what they receive (`:r`), or nothing any more (`:clear`)."""
    given = to_pylist(flags) if isinstance(flags, List) else [flags]
    names: list[Any] = []
    for flag in given:
        name = flag.name if type(flag) is Atom else ""
        names += [atom(one) for one in _SHORT.get(name, (name,))] if name else [flag]
    unknown = [name for name in names if not (type(name) is Atom and name.name in {*tracing.FLAGS, "clear"})]
    if unknown:
        return ERROR, (atom("bad_flags"), from_pylist(unknown))
    pid = _running()
    if pid is None:
        return _no_tracer()
    target = _process(item)
    if target is None:
        return (ERROR, (atom("badpid"), item)) if not is_atom(item) else _matched(0, (atom("no_proc"), item))
    clears = atom("clear") in names
    options = [atom("all") if clears else (atom("tracer"), pid)] + [name for name in names if name is not atom("clear")]
    return _matched(tracing.trace(target, not clears, from_pylist(options)))


def _process(item: Any) -> Any:
    if type(item) is Pid:
        return item if item.process is not None else None
    if is_atom(item):
        return item if item in (atom("all"), atom("new"), atom("existing"), atom("processes")) else runtime.whereis(item)
    return None


# ---- which functions


def _pattern(name: str, args: tuple[Any, ...], *, local: bool) -> Any:
    """Trace functions: `(module, spec)`, `({module, name, arity}, spec)`, `(module, name, spec)`, `(module, name, arity, spec)`."""
    *which, given = args
    target = which[0] if type(which[0]) is tuple else (*which, *(ANY,) * (3 - len(which)))
    if len(target) != 3 or not is_atom(target[0]) or not is_atom(target[1]):
        raise argument_error("argument error")
    spec, saved = _spec(given)
    if spec is None:
        return saved
    if _running() is None:
        return OK, EMPTY
    count = call_tracing.set_pattern(*target, spec, local=local)
    return OK, from_pylist([(atom("matched"), this_node.name, count), *saved])


def _spec(given: Any) -> tuple[Any, Any]:
    """Return a match specification, and how it is called from now on; without one, the error."""
    if type(given) is Atom and given.name in _BUILT_IN:
        return _BUILT_IN[given.name], [(atom("saved"), given)]
    if type(given) is int and 0 < given <= len(Session.saved):
        return Session.saved[given - 1], [(atom("saved"), given)]
    if given is EMPTY:
        return given, []
    if not is_proper(given):
        return None, (ERROR, atom("unknown_pattern"))
    if any(type(clause) is not tuple or len(clause) != 3 for clause in to_pylist(given)):
        why = from_pylist(list(b"Match program part is not a tuple of arity 3."))
        return None, (ERROR, elixir_list((ERROR, why)))
    Session.saved.append(given)
    return given, [(atom("saved"), len(Session.saved))]


def _tracing(name: str, doc: str, *, local: bool) -> None:
    def of_module(target: Any, spec: Any) -> Any:
        return _pattern(name, (target, spec), local=local)

    def of_name(target: Any, function: Any, spec: Any) -> Any:
        return _pattern(name, (target, function, spec), local=local)

    def of_arity(target: Any, function: Any, arity: Any, spec: Any) -> Any:
        return _pattern(name, (target, function, arity, spec), local=local)

    for arity, made in ((2, of_module), (3, of_name), (4, of_arity)):
        made.__doc__ = doc
        module.function(name, arity=arity)(made)


_tracing("tp", "Trace calls of exported functions from other modules; `:x` as specification tells of returns too.", local=False)
_tracing("tpl", "Trace all calls of functions, private ones too; `:x` as specification tells of returns too.", local=True)


def _ending(name: str, doc: str) -> None:
    def end(target: Any = ANY, function: Any = ANY, arity: Any = ANY) -> Any:
        chosen, name, count = target if type(target) is tuple else (target, function, arity)
        return _matched(call_tracing.set_pattern(chosen, name, count, None, local=True))

    end.__doc__ = doc
    module.function(name, arity=(0, 1, 2, 3))(end)


for _name in ("ctp", "ctpl", "ctpg"):
    _ending(_name, "Trace calls of functions no longer.")


@module.function("c", arity=(3, 4))
def c(target: Any, function: Any, args: Any, flags: Any = None) -> Any:
    """Call a function in a process of its own that is looked at, and return its value."""
    if _running() is None:
        tracer()
    wanted = flags if flags is not None else elixir_list(atom("c"))
    me = runtime.self_pid()
    given = to_pylist(args)

    def run() -> None:
        p(runtime.self_pid(), wanted)
        runtime.send(me, (DBG, export(target, function.name, len(given)).fn(*given)))

    runtime.spawn(run, ())
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next()
        if type(message) is tuple and len(message) == 2 and message[0] is DBG:
            cursor.accept()
            return message[1]


# ---- what there is


@module.function("i", arity=0)
def i() -> Any:
    """Print which processes are looked at."""
    lines = [f"{'Pid':<13}{'Initial call':<22}Trace \n"]
    for pid, traced in processes.items():
        if pid.process is not None:
            begun = pid.process.initial_call or (atom("erlang"), atom("apply"), 2)
            lines.append(f"{_text('~p', pid):<13}{_text('~w:~w/~w', *begun):<22}{' '.join(sorted(traced.flags))} \n")
    group_leader().write(f"\nNode {this_node.name.name}:\n{''.join(lines)}")
    return OK


@module.function("ltp", arity=0)
def ltp() -> Any:
    """Print the match specifications that have a name or a number."""
    leader = group_leader()
    for number, spec in enumerate(Session.saved, 1):
        leader.write(_text("~w: ~tp~n", number, spec))
    for name in ("c", "caller_exception_trace", "caller_trace", "cx", "exception_trace", "x"):
        shown = _text("~tp", _BUILT_IN[name]) if len(name) < 3 else {"caller_exception_trace": "cx", "caller_trace": "c"}.get(name, "x")
        leader.write(f"{name}: {shown}\n")
    return OK


@module.function("ln", arity=0)
def ln() -> Any:
    """Print the nodes that are traced: this one."""
    group_leader().write(this_node.name.name + "\n")
    return OK

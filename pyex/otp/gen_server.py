"""GenServer: a process that keeps a state and answers calls, its callbacks in a module of Elixir or Python."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.finder import module_atom
from pyex.code.native import NativeModule
from pyex.code.server import ensure_loaded, fetch_version
from pyex.code.versions import ModuleVersion
from pyex.compiler.kernel import build
from pyex.otp import behind, debug, gen, log, origins, server_loop, straight
from pyex.otp.applications import environments
from pyex.otp.hibernation import HibernatingServer
from pyex.otp.looping import CALL, CAST
from pyex.otp.options import by_name
from pyex.otp.report_metadata import of_unexpected
from pyex.otp.server_loop import NOREPLY, REPLY, Server, initialise
from pyex.otp.straight_code import VALUES
from pyex.runtime import system
from pyex.runtime.facts import set_options
from pyex.runtime.process import Process
from pyex.runtime.system import INFINITY, scheduler
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.conversion import to_term
from pyex.terms.errors import ElixirError, Exit, elixir_error, function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map
from pyex.terms.node import this_node
from pyex.terms.pids import Pid

module = NativeModule(
    "GenServer",
    doc="A process that keeps a state, answers calls one at a time, and takes messages that want no answer.",
    behaviour=[
        ("code_change", 3),
        ("format_status", 1),
        ("format_status", 2),
        ("handle_call", 3),
        ("handle_cast", 2),
        ("handle_continue", 2),
        ("handle_info", 2),
        ("init", 1),
        ("terminate", 2),
    ],
)
module.optional_callbacks = (
    ("code_change", 3),
    ("format_status", 1),
    ("format_status", 2),
    ("handle_call", 3),
    ("handle_cast", 2),
    ("handle_continue", 2),
    ("handle_info", 2),
    ("terminate", 2),
)

GEN_SERVER: Final = alias("GenServer")
OK: Final = atom("ok")
NORMAL: Final = atom("normal")
DEFAULT_TIMEOUT: Final = 5000


PYEX: Final = atom("pyex")
CODE_SWAP: Final = atom("code_swap")
LATEST: Final = atom("latest")


def _follows_latest() -> bool:
    """Tell what `config :pyex, code_swap: …` says: `:latest` is the BEAM's rule, else a server keeps its version until told."""
    ours = environments.get(PYEX)
    return ours is not None and ours.get(CODE_SWAP) is LATEST


# ---- starting


@module.function
def start_link(module: Any, init_arg: Any, options: Any = EMPTY) -> Any:
    """Start a server linked to the caller: `{:ok, pid}`, `{:error, reason}` or `:ignore`.

    Options: `name`, `timeout` (milliseconds for `init/1`), `debug`, `spawn_opt`, `hibernate_after`.

        iex> defmodule Tally do
        ...>   use GenServer
        ...>   def init(number), do: {:ok, number}
        ...>   def handle_call(:next, _from, number), do: {:reply, number, number + 1}
        ...>   def handle_cast({:add, more}, number), do: {:noreply, number + more}
        ...> end
        iex> {:ok, pid} = GenServer.start_link(Tally, 100)
        iex> GenServer.call(pid, :next)
        100
    """
    return _start(module, init_arg, options, link=True)


@module.function
def start(module: Any, init_arg: Any, options: Any = EMPTY) -> Any:
    """Start a server without a link; otherwise as `start_link/3`.

        iex> defmodule Tally do
        ...>   use GenServer
        ...>   def init(number), do: {:ok, number}
        ...>   def handle_call(:next, _from, number), do: {:reply, number, number + 1}
        ...>   def handle_cast({:add, more}, number), do: {:noreply, number + more}
        ...> end
        iex> {:ok, pid} = GenServer.start(Tally, 7)
        iex> pid in elem(Process.info(self(), :links), 1)
        false
    """
    return _start(module, init_arg, options, link=False)


def _start(callback_module: Any, argument: Any, options: Any, *, link: bool) -> Any:
    if type(callback_module) is not Atom:
        callback_module = module_atom(callback_module)
        if type(callback_module) is not Atom:
            raise function_clause(GEN_SERVER, "start_link" if link else "start", (callback_module, argument, options))
    # Compiled here, not in the new process: what is wrong with its source is the caller's to hear.
    version = ensure_loaded(callback_module)
    settings = by_name(options) if options is not EMPTY else {}
    registered = settings.get("name")
    if version is not None and len(settings) == (registered is not None):
        pid = _start_idle(version, argument, registered, link)
        if pid is not None:
            return OK, pid
    return _start_process(callback_module, argument, settings, link)


def _start_process(callback_module: Any, argument: Any, settings: dict[str, Any], link: bool) -> Any:
    """Start a server whose `init/1` runs in its process."""
    parent = scheduler.current
    parent_pid = parent.pid if parent is not None else None
    registered = settings.get("name")

    def run(process: Process) -> tuple[Any, Any]:
        try:
            version = fetch_version(callback_module, "init", (argument,))
        except ElixirError as error:
            reason = behind.reason_above(error, behind.SERVER["init"])
            return (server_loop.ERROR, reason), gen.Ending(reason)
        set_options(process, to_pylist(settings.get("spawn_opt", EMPTY)))
        known = process, version, registered, parent_pid, _follows_latest()
        server = HibernatingServer(*known, settings["hibernate_after"]) if "hibernate_after" in settings else Server(*known)
        process.server = server
        if parent_pid is None or not link:
            server.parent = process.pid
        server.debug = debug.from_options(settings.get("debug", EMPTY), server)
        server.straighten()
        return initialise(server, argument)

    return gen.start(
        run,
        link=link,
        name=registered,
        timeout=settings.get("timeout", INFINITY),
        initial_call=origins.of_server(callback_module, argument),
    )


def _start_idle(version: ModuleVersion, argument: Any, name: Any, link: bool) -> Pid | None:
    """Start a server whose `init/1` only computes: it is idle at once. None where that takes a process, or the name is no free atom."""
    if name is not None and (type(name) is not Atom or name in system.names):
        return None
    state = straight.begin(version, argument)
    if state is straight.MISSING:
        return None
    parent = scheduler.current
    process = system.settle(link=link, initial_call=origins.of_server(version.name, argument))
    if name is not None:
        system.register(process.pid, name)
    server = Server(process, version, name, parent.pid if parent is not None and link else process.pid, _follows_latest())
    server.state = state
    process.server = server
    process.body = server.resume
    return process.pid


# ---- talking


@module.function
def call(server: Any, request: Any, timeout: Any = DEFAULT_TIMEOUT) -> Any:
    """Send a request and wait for the reply, for `timeout` milliseconds or `:infinity`.

    Exits the caller when the server is not there, ends meanwhile, or does not answer in time.

        iex> defmodule Tally do
        ...>   use GenServer
        ...>   def init(number), do: {:ok, number}
        ...>   def handle_call(:next, _from, number), do: {:reply, number, number + 1}
        ...>   def handle_cast({:add, more}, number), do: {:noreply, number + more}
        ...> end
        iex> {:ok, pid} = GenServer.start_link(Tally, 1)
        iex> GenServer.call(pid, :next)
        1
        iex> GenServer.call(pid, :next, 1000)
        2
    """
    if not (timeout is INFINITY or (type(timeout) is int and timeout >= 0)):
        raise function_clause(GEN_SERVER, "call", (server, request, timeout))
    process = server.process if type(server) is Pid else gen.find(server)
    if process is not None and process.straight_call is not None and process.waiting and process.greenlet is None:
        its = process.server
        if not its.converts or type(its.state) in VALUES:
            caller, scheduler.current = scheduler.current, process
            try:
                result = process.straight_call(request, straight.NOBODY, its.state)
            except Exception:  # it comes again, in the server's own greenlet, where it belongs
                result = None
            finally:
                scheduler.current = caller
            if type(result) is tuple and len(result) == 3 and result[0] is REPLY:
                process.reductions += 1
                its.state = result[2]
                return to_term(result[1]) if its.converts else result[1]
    try:
        if process is None:
            raise Exit(gen.why_absent(server))
        return gen.call(process, CALL, request, timeout)
    except Exit as ended:
        raise Exit((ended.reason, (GEN_SERVER, atom("call"), elixir_list(server, request, timeout)))) from None


@module.function
def cast(server: Any, request: Any) -> Any:
    """Send a request that wants no reply; `:ok` at once, whether the server is there or not.

        iex> defmodule Tally do
        ...>   use GenServer
        ...>   def init(number), do: {:ok, number}
        ...>   def handle_call(:next, _from, number), do: {:reply, number, number + 1}
        ...>   def handle_cast({:add, more}, number), do: {:noreply, number + more}
        ...> end
        iex> {:ok, pid} = GenServer.start_link(Tally, 1)
        iex> GenServer.cast(pid, {:add, 41})
        :ok
        iex> GenServer.call(pid, :next)
        42
    """
    if type(server) is Pid:
        process = server.process
    elif type(server) is tuple or is_atom(server):
        process = gen.find(server)
    else:
        raise function_clause(GEN_SERVER, "cast", (server, request))
    if process is None:
        return OK
    if process.straight_cast is not None and process.waiting and process.greenlet is None:
        its = process.server
        if not its.converts or type(its.state) in VALUES:
            caller, scheduler.current = scheduler.current, process
            try:
                result = process.straight_cast(request, its.state)
            except Exception:  # as above
                result = None
            finally:
                scheduler.current = caller
            if type(result) is tuple and len(result) == 2 and result[0] is NOREPLY:
                process.reductions += 1
                its.state = result[1]
                return OK
    gen.deliver(process, (CAST, request))
    return OK


@module.function
def reply(client: Any, reply: Any) -> Any:
    """Answer a call later, or from another process; `client` is the `from` of `handle_call/3`.

        iex> defmodule Patient do
        ...>   use GenServer
        ...>   def init(_), do: {:ok, nil}
        ...>   def handle_call(:wait, from, _), do: {:noreply, from}
        ...>   def handle_info(:done, from), do: (GenServer.reply(from, :finished); {:noreply, nil})
        ...> end
        iex> {:ok, pid} = GenServer.start_link(Patient, nil)
        iex> Process.send_after(pid, :done, 1)
        iex> GenServer.call(pid, :wait)
        :finished
    """
    answer = to_term(reply)
    if type(client) is not tuple or len(client) != 2:
        raise function_clause(atom("gen"), "reply", (client, answer))
    if type(client[0]) is Pid:
        gen.reply(client, answer)
    elif (named := runtime.whereis(client[0])) is not None:
        runtime.send(named, (client[1], answer))
    return OK


@module.function
def stop(server: Any, reason: Any = NORMAL, timeout: Any = INFINITY) -> Any:
    """Stop a server and wait until it has ended; exits the caller when it ends for another reason.

        iex> defmodule Tally do
        ...>   use GenServer
        ...>   def init(number), do: {:ok, number}
        ...>   def handle_call(:next, _from, number), do: {:reply, number, number + 1}
        ...>   def handle_cast({:add, more}, number), do: {:noreply, number + more}
        ...> end
        iex> {:ok, pid} = GenServer.start(Tally, 1)
        iex> GenServer.stop(pid)
        :ok
        iex> Process.alive?(pid)
        false
    """
    from pyex.otp.stopping import stop as stop_process

    args = elixir_list(server, reason, timeout)
    process = gen.find(server)
    if process is None:
        raise Exit((gen.why_absent(server), (GEN_SERVER, atom("stop"), args)))
    try:
        return stop_process(process, reason, timeout)
    except Exit as ended:
        raise Exit((ended.reason, (GEN_SERVER, atom("stop"), args))) from None


@module.function
def whereis(server: Any) -> Any:
    """Return the pid of a server reference, `{name, node}` of another node's, or nil.

        iex> GenServer.whereis(:nobody_at_all)
        nil
    """
    return gen.whereis(server)


@module.function
def abcast(nodes: Any, name: Any, request: Any) -> Any:
    """Cast to the server of a name on all nodes given (here: this one); `:abcast`.

        iex> GenServer.abcast([node()], :nobody_at_all, :hello)
        :abcast
    """
    if this_node.name in to_pylist(nodes):
        cast(name, request)
    return atom("abcast")


@module.function("abcast", arity=2)
def abcast_here(name: Any, request: Any) -> Any:
    """Cast to the server of a name on all nodes; `:abcast`.

        iex> GenServer.abcast(:nobody_at_all, :hello)
        :abcast
    """
    return abcast(elixir_list(this_node.name), name, request)


@module.function("multi_call", arity=(2, 3, 4))
def multi_call(first: Any, second: Any, third: Any = None, fourth: Any = INFINITY) -> Any:
    """Call the server of a name on all nodes given; `{replies, bad_nodes}`.

        iex> GenServer.multi_call(:nobody_at_all, :hello)
        {[], [:nonode@nohost]}
    """
    nodes, name, request = ([this_node.name], first, second) if is_atom(first) else (to_pylist(first), second, third)
    replies: list[Any] = []
    for node in nodes:
        try:
            if node is this_node.name:
                replies.append((node, call(name, request, fourth)))
        except Exit:
            continue  # it is among the bad ones
    return from_pylist(replies), from_pylist([node for node in nodes if all(node is not one for one, _ in replies)])


# ---- `use GenServer`


@module.macro("__using__", doc=False)
def using(env: Any, opts: Any) -> Any:
    """Make a module a GenServer: the behaviour, `child_spec/1`, and a default for each optional callback."""
    names = ("init", "handle_call", "handle_cast", "handle_info", "terminate", "code_change")
    arities = (1, 3, 2, 2, 2, 3)
    forms = [
        build.kernel("@", build.call("behaviour", GEN_SERVER)),
        _child_spec(opts),
        build.kernel("@", build.call("before_compile", GEN_SERVER)),
        build.kernel("@", build.call("doc", False)),
    ]
    for name, arity in zip(names, arities, strict=True):
        if name == "init":
            continue
        args = [build.var(f"arg{place}") for place in range(arity)]
        body = build.remote(GEN_SERVER, "default_" + name, (atom("__MODULE__"), EMPTY, None), *args)
        forms.append(build.kernel("@", build.call("doc", False)))
        forms.append(
            build.kernel("def", build.call(name, *args), elixir_list((atom("do"), body)))
        )
    overridable = [(atom(name), arity) for name, arity in zip(names, arities, strict=True) if name != "init"]
    forms.append(build.kernel("defoverridable", from_pylist([*overridable, (atom("child_spec"), 1)])))
    return build.block(*forms)


def _child_spec(opts: Any) -> Any:
    """Quote `def child_spec(init_arg)`: the default map with the options of `use` put over it."""
    init_arg = build.var("init_arg")
    me = (atom("__MODULE__"), EMPTY, None)
    body = build.remote(GEN_SERVER, "default_child_spec", me, init_arg, opts)
    return build.kernel("def", build.call("child_spec", init_arg), elixir_list((atom("do"), body)))


@module.macro("__before_compile__", doc=False)
def before_compile(env: Any, module_env: Any) -> Any:
    """Give the module an `init/1`, with a warning, when it has none of its own."""
    if env.definitions is not None and env.definitions.defines("init", 1):
        return None
    from pyex.compiler.diagnostics import Diagnostic

    shown = inspect(env.module)
    message = (
        f"function init/1 required by behaviour GenServer is not implemented (in module {shown}).\n\n"
        "We will inject a default implementation for now:\n\n    def init(init_arg) do\n      {:ok, init_arg}\n    end\n\n"
        "You can copy the implementation above or define your own that converts the arguments given to "
        "GenServer.start_link/3 to the server state.\n"
    )
    env.collector.add(
        Diagnostic("warning", message, env.file, env.line, None, 1, f"{shown} (module)", "missing_init", "init")
    )
    init_arg = build.var("init_arg")
    body = build.tuple_form(OK, init_arg)
    return build.block(
        build.kernel("@", build.call("doc", False)),
        build.kernel("def", build.call("init", init_arg), elixir_list((atom("do"), body))),
        build.kernel("defoverridable", elixir_list((atom("init"), 1))),
    )


@module.function(doc=False)
def default_child_spec(module: Any, init_arg: Any, opts: Any) -> Any:
    """Return `%{id: module, start: {module, :start_link, [init_arg]}}` with the options of `use GenServer` over it."""
    spec = Map.from_pairs(
        [(atom("id"), module), (atom("start"), (module, atom("start_link"), elixir_list(init_arg)))]
    )
    return export(alias("Supervisor"), "child_spec", 2).fn(spec, opts)


def _me(module: Any) -> str:
    process = scheduler.current
    name = process.name if process is not None else None
    if name is not None:
        return inspect(name)
    return inspect(process.pid) if process is not None else inspect(module)


@module.function(doc=False)
def default_handle_call(module: Any, message: Any, client: Any, state: Any) -> Any:
    """Refuse a call that the module has no clause for, because it has no handle_call/3 at all."""
    raise _missing(module, "call", "handle_call/3")


@module.function(doc=False)
def default_handle_cast(module: Any, message: Any, state: Any) -> Any:
    """Refuse a cast to a module without handle_cast/2."""
    raise _missing(module, "cast", "handle_cast/2")


def _missing(module: Any, what: str, callback: str) -> ElixirError:
    # The name of the process, as it would be asked for: the registered one, or the pid.
    return elixir_error(
        "RuntimeError", message=f"attempted to {what} GenServer {_me(module)} but no {callback} clause was provided"
    )


@module.function(doc=False)
def default_handle_info(module: Any, message: Any, state: Any) -> Any:
    """Log a message that nobody expected."""
    process = system.current()
    name = process.name if process.name is not None else process.pid
    log.log(
        "error",
        f"{inspect(module)} {inspect(name)} received unexpected message in handle_info/2: {inspect(message)}\n",
        of_unexpected(),
    )
    return NOREPLY, state


@module.function(doc=False)
def default_terminate(module: Any, reason: Any, state: Any) -> Any:
    """Do nothing at the end."""
    return OK


@module.function(doc=False)
def default_code_change(module: Any, old: Any, state: Any, extra: Any) -> Any:
    """Keep the state."""
    return OK, state



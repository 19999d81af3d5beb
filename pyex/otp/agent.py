"""Agent: a process that keeps a state, which functions read and change."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.otp import behind, child_specs, gen_server
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, to_pylist

NAME: Final = alias("Agent")
SERVER: Final = alias("Agent.Server")
OK: Final = atom("ok")
REPLY: Final = atom("reply")
NOREPLY: Final = atom("noreply")
STOP: Final = atom("stop")
INFINITY: Final = atom("infinity")
module = NativeModule("Agent", doc="A process that keeps a state; functions that are sent to it read and change it.")
server = NativeModule("Agent.Server", doc="The server behind an agent.")


# ---- the server

_LINES: Final = {"init": 8, "get": 12, "get_and_update": 16, "update": 23, "cast": 27}


def _frames(callback: str, args: tuple[Any, ...]) -> tuple[behind.Frame, ...]:
    """Return what is below the function that an agent called."""
    if callback != "init" and not (type(args[0]) is tuple and len(args[0]) == 2):
        return behind.SERVER[callback]
    kind, call = ("init", args[0]) if callback == "init" else (args[0][0].name, args[0][1])
    arity = {"init": 1, "handle_call": 3, "handle_cast": 2}[callback]
    own = behind.frame(SERVER, callback, arity, "lib/agent/server.ex", _LINES[kind])
    return behind.under(call, (own, *behind.SERVER[callback]))


behind.OWN[SERVER] = _frames


def _run(call: Any, *extra: Any) -> Any:
    """Call what an agent was sent: a function, or `{module, function, args}` with the state before the args."""
    if type(call) is tuple and len(call) == 3:
        target, name, args = call
        given = [*extra, *to_pylist(args)]
        return export(target, name.name, len(given)).fn(*given)
    return call(*extra)


@server.function
def init(fun: Any) -> Any:
    """Make the first state."""
    return OK, _run(fun)


@server.function
def handle_call(request: Any, client: Any, state: Any) -> Any:
    """Read or change the state, and answer."""
    if not (type(request) is tuple and len(request) == 2):
        raise function_clause(SERVER, "handle_call", (request, client, state))
    kind, fun = request
    if kind is atom("get"):
        return REPLY, _run(fun, state), state
    if kind is atom("update"):
        return REPLY, OK, _run(fun, state)
    result = _run(fun, state)
    if type(result) is tuple and len(result) == 2:
        return REPLY, result[0], result[1]
    return STOP, (atom("bad_return_value"), result), state


@server.function
def handle_cast(request: Any, state: Any) -> Any:
    """Change the state."""
    if not (type(request) is tuple and len(request) == 2):
        raise function_clause(SERVER, "handle_cast", (request, state))
    return NOREPLY, _run(request[1], state)


@server.function
def handle_info(message: Any, state: Any) -> Any:
    """Log a message that is no request."""
    return gen_server.default_handle_info(SERVER, message, state)


@server.function
def code_change(old: Any, state: Any, fun: Any) -> Any:
    """Change the state for a new version."""
    return OK, _run(fun, state)


@server.function
def terminate(reason: Any, state: Any) -> Any:
    """Do nothing at the end."""
    return OK


# ---- the client


def _checked(name: str, fun: Any, arity: int, args: tuple[Any, ...]) -> Any:
    if not is_function(fun, arity):
        raise function_clause(NAME, name, args)
    return fun


@module.function("start_link", arity=(1, 2))
def start_link(fun: Any, options: Any = EMPTY) -> Any:
    """Start an agent linked to the caller; the function makes its first state.

        iex> {:ok, pid} = Agent.start_link(fn -> 42 end)
        iex> Agent.get(pid, fn state -> state end)
        42
    """
    return gen_server.start_link(SERVER, _checked("start_link", fun, 0, (fun, options)), options)


@module.function("start", arity=(1, 2))
def start(fun: Any, options: Any = EMPTY) -> Any:
    """Start an agent without a link.

        iex> {:ok, pid} = Agent.start(fn -> [] end)
        iex> Agent.stop(pid)
        :ok
    """
    return gen_server.start(SERVER, _checked("start", fun, 0, (fun, options)), options)


@module.function("start_link", arity=(3, 4))
def start_link_call(module: Any, fun: Any, args: Any, options: Any = EMPTY) -> Any:
    """Start an agent linked to the caller; a module's function makes its first state."""
    return gen_server.start_link(SERVER, (module, fun, args), options)


@module.function("start", arity=(3, 4))
def start_call(module: Any, fun: Any, args: Any, options: Any = EMPTY) -> Any:
    """Start an agent without a link; a module's function makes its first state."""
    return gen_server.start(SERVER, (module, fun, args), options)


def _is_call(fun: Any) -> bool:
    return type(fun) is Atom


def _request(name: str, agent: Any, given: tuple[Any, ...]) -> Any:
    if len(given) in (1, 2) and not _is_call(given[0]):
        timeout = given[1] if len(given) == 2 else gen_server.DEFAULT_TIMEOUT
        return gen_server.call(agent, (atom(name), _checked(name, given[0], 1, (agent, given[0], timeout))), timeout)
    timeout = given[3] if len(given) == 4 else gen_server.DEFAULT_TIMEOUT
    return gen_server.call(agent, (atom(name), given[:3]), timeout)


@module.function("get", arity=(2, 3))
def get(agent: Any, fun: Any, timeout: Any = gen_server.DEFAULT_TIMEOUT) -> Any:
    """What the function makes of the state; the function runs in the agent.

        iex> {:ok, pid} = Agent.start_link(fn -> %{a: 1} end)
        iex> Agent.get(pid, &Map.get(&1, :a))
        1
    """
    return _request("get", agent, (fun, timeout))


@module.function("get", arity=(4, 5))
def get_call(agent: Any, module: Any, fun: Any, args: Any, timeout: Any = gen_server.DEFAULT_TIMEOUT) -> Any:
    """What a module's function makes of the state and more arguments."""
    return _request("get", agent, (module, fun, args, timeout))


@module.function("get_and_update", arity=(2, 3))
def get_and_update(agent: Any, fun: Any, timeout: Any = gen_server.DEFAULT_TIMEOUT) -> Any:
    """Change the state: the function returns `{what to return, new state}`.

        iex> {:ok, pid} = Agent.start_link(fn -> 1 end)
        iex> Agent.get_and_update(pid, fn n -> {n, n + 1} end)
        1
        iex> Agent.get(pid, & &1)
        2
    """
    return _request("get_and_update", agent, (fun, timeout))


@module.function("get_and_update", arity=(4, 5))
def get_and_update_call(
    agent: Any, module: Any, fun: Any, args: Any, timeout: Any = gen_server.DEFAULT_TIMEOUT
) -> Any:
    """Change the state with a module's function that returns `{what to return, new state}`."""
    return _request("get_and_update", agent, (module, fun, args, timeout))


@module.function("update", arity=(2, 3))
def update(agent: Any, fun: Any, timeout: Any = gen_server.DEFAULT_TIMEOUT) -> Any:
    """Change the state to what the function makes of it.

        iex> {:ok, pid} = Agent.start_link(fn -> 1 end)
        iex> Agent.update(pid, &(&1 + 1))
        :ok
        iex> Agent.get(pid, & &1)
        2
    """
    return _request("update", agent, (fun, timeout))


@module.function("update", arity=(4, 5))
def update_call(agent: Any, module: Any, fun: Any, args: Any, timeout: Any = gen_server.DEFAULT_TIMEOUT) -> Any:
    """Change the state to what a module's function makes of it and more arguments."""
    return _request("update", agent, (module, fun, args, timeout))


@module.function("cast", arity=2)
def cast(agent: Any, fun: Any) -> Any:
    """Change the state without waiting for it.

        iex> {:ok, pid} = Agent.start_link(fn -> 1 end)
        iex> Agent.cast(pid, &(&1 * 10))
        :ok
        iex> Agent.get(pid, & &1)
        10
    """
    return gen_server.cast(agent, (atom("cast"), _checked("cast", fun, 1, (agent, fun))))


@module.function("cast", arity=4)
def cast_call(agent: Any, module: Any, fun: Any, args: Any) -> Any:
    """Change the state with a module's function, without waiting for it."""
    return gen_server.cast(agent, (atom("cast"), (module, fun, args)))


@module.function
def stop(agent: Any, reason: Any = gen_server.NORMAL, timeout: Any = INFINITY) -> Any:
    """End an agent.

        iex> {:ok, pid} = Agent.start_link(fn -> 1 end)
        iex> Agent.stop(pid)
        :ok
        iex> Process.alive?(pid)
        false
    """
    return gen_server.stop(agent, reason, timeout)


@module.function
def child_spec(arg: Any) -> Any:
    """The specification of an agent under a supervisor.

        iex> Agent.child_spec(fn -> 0 end).id
        Agent
    """
    return child_specs.spec_map(NAME, arg)


@module.macro("__using__", doc=False)
def using(env: Any, opts: Any) -> Any:
    """Give a module a `child_spec/1` that starts it as an agent."""
    return build.block(*child_specs.define_child_spec(opts))

"""`:sys`: looking into a server that speaks OTP, and steering it."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp import gen
from pyex.runtime.system import INFINITY
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit, erlang_error
from pyex.terms.lists import elixir_list

module = NativeModule(":sys", doc="System messages: state, suspension, code change and tracing of OTP processes.")

SYSTEM: Final = atom("system")
SYS: Final = atom("sys")
OK: Final = atom("ok")
NOPROC: Final = atom("noproc")
TIMEOUT: Final = 5000


_TOLD_AS_SENT: Final = ("no_debug", "replace_state")
"""The functions whose failure tells the request that was sent in the place of the call."""


def _ask(server: Any, request: Any, timeout: Any, name: str, *args: Any) -> Any:
    if timeout != TIMEOUT:
        args = (*args, timeout)
    process = gen.find(server)
    try:
        if process is None:
            raise Exit(NOPROC)
        return gen.call(process, SYSTEM, request, timeout)
    except Exit as ended:
        if name in _TOLD_AS_SENT and ended.reason is NOPROC:
            raise Exit((NOPROC, (SYS, request, elixir_list(server)))) from None
        raise Exit((ended.reason, (SYS, atom(name), elixir_list(server, *args)))) from None


@module.function
def get_state(name: Any, timeout: Any = TIMEOUT) -> Any:
    """Return the state of a server.

        :sys.get_state(pid)
    """
    return _ask(name, atom("get_state"), timeout, "get_state")[1]


@module.function
def replace_state(name: Any, fun: Any, timeout: Any = TIMEOUT) -> Any:
    """Replace the state of a server by a function of it; returns the new state.

        :sys.replace_state(pid, fn state -> state + 1 end)
    """
    tag, value = _ask(name, (atom("replace_state"), fun), timeout, "replace_state", fun)
    if tag is not OK:
        raise erlang_error(value)
    return value


@module.function
def get_status(name: Any, timeout: Any = TIMEOUT) -> Any:
    """Return the status report of a server.

        :sys.get_status(pid)
    """
    return _ask(name, atom("get_status"), timeout, "get_status")


@module.function
def suspend(name: Any, timeout: Any = TIMEOUT) -> Any:
    """Make a server look at system messages only.

        :sys.suspend(pid)
    """
    return _ask(name, atom("suspend"), timeout, "suspend")


@module.function
def resume(name: Any, timeout: Any = TIMEOUT) -> Any:
    """Let a suspended server go on.

        :sys.resume(pid)
    """
    return _ask(name, atom("resume"), timeout, "resume")


@module.function
def change_code(name: Any, module: Any, old_vsn: Any, extra: Any, timeout: Any = TIMEOUT) -> Any:
    """Move a suspended server on to the newest version of its module, through `code_change/3`.

        :sys.change_code(pid, Sequence.Server, nil, [])
    """
    request = (atom("change_code"), module, old_vsn, extra)
    return _ask(name, request, timeout, "change_code", module, old_vsn, extra)


@module.function
def terminate(name: Any, reason: Any, timeout: Any = INFINITY) -> Any:
    """Make a server end with a reason.

        :sys.terminate(pid, :normal)
    """
    from pyex.otp.stopping import stop

    process = gen.find(name)
    if process is None:
        given = (name, reason) if timeout is INFINITY else (name, reason, timeout)
        raise Exit((NOPROC, (SYS, atom("terminate"), elixir_list(*given))))
    return stop(process, reason, timeout)


@module.function
def trace(name: Any, flag: Any, timeout: Any = TIMEOUT) -> Any:
    """Print what a server receives and sends, or stop doing so.

        :sys.trace(pid, true)
    """
    return _ask(name, (atom("debug"), (atom("trace"), flag)), timeout, "trace", flag)


@module.function
def log(name: Any, flag: Any, timeout: Any = TIMEOUT) -> Any:
    """Keep the last events of a server (`true`, `{true, n}`), answer them (`:get`), or stop (`false`).

        :sys.log(pid, true)
    """
    return _ask(name, (atom("debug"), (atom("log"), flag)), timeout, "log", flag)


@module.function
def statistics(name: Any, flag: Any, timeout: Any = TIMEOUT) -> Any:
    """Count the messages of a server (`true`), answer the counts (`:get`), or stop (`false`).

        :sys.statistics(pid, :get)
    """
    return _ask(name, (atom("debug"), (atom("statistics"), flag)), timeout, "statistics", flag)


@module.function
def no_debug(name: Any, timeout: Any = TIMEOUT) -> Any:
    """Switch off everything that traces a server.

        :sys.no_debug(pid)
    """
    return _ask(name, (atom("debug"), atom("no_debug")), timeout, "no_debug")


@module.function
def install(name: Any, func_spec: Any, timeout: Any = TIMEOUT) -> Any:
    """Have a server call a function for each of its events: `{fun, state}`, or `{id, fun, state}`.

    The function is given its state, the event and the server's name, and returns its next state, or `:done` to be removed.

        :sys.install(pid, {fn count, event, name -> count + 1 end, 0})
    """
    return _ask(name, (atom("debug"), (atom("install"), func_spec)), timeout, "install", func_spec)


@module.function
def remove(name: Any, func_or_id: Any, timeout: Any = TIMEOUT) -> Any:
    """Take back what `install/2` installed, by its id or the function.

        :sys.remove(pid, :counter)
    """
    return _ask(name, (atom("debug"), (atom("remove"), func_or_id)), timeout, "remove", func_or_id)


@module.function
def log_to_file(name: Any, flag: Any, timeout: Any = TIMEOUT) -> Any:
    """Write the events of a server into a file, or stop doing so (`false`).

        :sys.log_to_file(pid, "events.log")
    """
    return _ask(name, (atom("debug"), (atom("log_to_file"), flag)), timeout, "log_to_file", flag)

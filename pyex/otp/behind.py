"""The frames of a behaviour, below those of a callback that failed.

The callbacks are called from Python here, whose frames nobody who knows OTP could read. A crash report tells by these
which callback it was and what the server was doing, so they stand where the BEAM has those of its own code, eight in all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.runtime.ending import reason_of
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import Exit
from pyex.terms.lists import EMPTY, elixir_list, from_pylist, to_pylist
from pyex.terms.stacktrace import DEPTH, RAISED, is_stacktrace, of_exception

Frame = tuple[Any, Any, int, Any]


def frame(module: Any, name: str, arity: int, file: str, line: int) -> Frame:
    """Return a frame of a stack trace."""
    location = elixir_list((atom("file"), from_pylist(list(file.encode()))), (atom("line"), line))
    return module, atom(name), arity, location


def _erlang(name: str, function: str, arity: int, line: int) -> Frame:
    return frame(atom(name), function, arity, f"{name}.erl", line)


_BEGIN: Final = _erlang("proc_lib", "init_p_do_apply", 3, 329)
_MESSAGE: Final = _erlang("gen_server", "handle_msg", 6, 2433)
WAITING: Final = (_erlang("gen_server", "loop", 7, 2250), _BEGIN)
"""Where a server waits for messages."""
HIBERNATING: Final = ((atom("erlang"), atom("hibernate"), 3, EMPTY),)
MACHINE_WAITING: Final = (_erlang("gen_statem", "loop_receive", 3, 3590), _BEGIN)
EVENTS_WAITING: Final = (_erlang("gen_event", "fetch_msg", 6, 1614), _BEGIN)
SERVER: Final[dict[str, tuple[Frame, ...]]] = {
    "init": (_erlang("gen_server", "init_it", 2, 2229), _erlang("gen_server", "init_it", 6, 2184), _BEGIN),
    "handle_call": (
        _erlang("gen_server", "try_handle_call", 4, 2381),
        _erlang("gen_server", "handle_msg", 6, 2410),
        _BEGIN,
    ),
    "handle_cast": (_erlang("gen_server", "try_handle_cast", 3, 2371), _MESSAGE, _BEGIN),
    "handle_info": (_erlang("gen_server", "try_handle_info", 3, 2345), _MESSAGE, _BEGIN),
    "handle_continue": (
        _erlang("gen_server", "try_handle_continue", 3, 2335),
        _erlang("gen_server", "loop", 7, 2244),
        _BEGIN,
    ),
    "terminate": (
        _erlang("gen_server", "try_terminate", 3, 2393),
        _erlang("gen_server", "terminate", 10, 2594),
        _BEGIN,
    ),
}
"""What is below a callback of a server."""

MACHINE: Final = (_erlang("gen_statem", "loop_state_callback", 11, 3735), _BEGIN)
"""What is below a state function of a machine."""
MACHINE_EVENT: Final = (_erlang("gen_statem", "loop_state_callback", 11, 3737), _BEGIN)
"""What is below `handle_event/4`."""
_REFUSED: Final = {
    "bad_return_from_init": _erlang("gen_statem", "init_result", 8, 3370),
    "bad_action_from_state_function": _erlang("gen_statem", "loop_actions_list", 13, 4222),
}
_REFUSED_RESULT: Final = _erlang("gen_statem", "loop_state_callback_result", 11, 3889)


def refused(why: str) -> Any:
    """Return the stack trace of a machine that cannot go on with what a callback returned."""
    return elixir_list(_REFUSED.get(why, _REFUSED_RESULT), _BEGIN)


MACHINE_END: Final = (_erlang("gen_statem", "terminate", 7, 4911), _BEGIN)
MACHINE_START: Final = (_erlang("gen_statem", "init_it", 6, 3312), _BEGIN)
_NOTIFIED: Final = _erlang("gen_event", "server_update", 4, 1921), _erlang("gen_event", "server_notify", 4, 1903)
HANDLER: Final[dict[str, tuple[Frame, ...]]] = {
    "init": (
        _erlang("gen_event", "server_add_handler", 4, 1817),
        _erlang("gen_event", "handle_msg", 6, 1654),
        _BEGIN,
    ),
    "handle_event": (*_NOTIFIED, _erlang("gen_event", "handle_msg", 6, 1640), _BEGIN),
    "handle_info": (*_NOTIFIED, _erlang("gen_event", "handle_msg", 6, 1687), _BEGIN),
    "handle_call": (
        _erlang("gen_event", "server_call_update", 3, 2044),
        _erlang("gen_event", "server_call", 4, 1993),
        _erlang("gen_event", "handle_msg", 6, 1650),
        _BEGIN,
    ),
    "terminate": (
        _erlang("gen_event", "do_terminate", 7, 2065),
        _erlang("gen_event", "server_delete_handler", 4, 1848),
        _erlang("gen_event", "handle_msg", 6, 1662),
        _BEGIN,
    ),
}
"""What is below a callback of an event handler."""

APPLICATION: Final = (
    _erlang("application_master", "start_supervisor", 3, 349),
    _erlang("application_master", "start_the_app", 5, 331),
    _erlang("application_master", "start_it_new", 7, 317),
)
"""What is below the functions that start an application."""
_SUPERVISOR: Final = atom("supervisor")
OWN: Final[dict[Any, Callable[[str, tuple[Any, ...]], tuple[Frame, ...]]]] = {}
"""The frames below a function of the user's that a server of the library called, by the server's module."""


def server(module: Any, callback: str, args: tuple[Any, ...]) -> tuple[Frame, ...]:
    """Return the frames below a callback of a server, or below what it called if it is one of the library."""
    own = OWN.get(module)
    return own(callback, args) if own is not None else SERVER[callback]


_STARTED: Final = (_erlang("supervisor", "do_start_child_i", 3, 959), _erlang("supervisor", "do_start_child", 3, 945))
CHILD_AT_START: Final = (
    *_STARTED,
    _erlang("supervisor", "-start_children/2-fun-0-", 3, 929),
    _erlang("supervisor", "children_map", 4, 1820),
    _erlang("supervisor", "init_children", 2, 889),
    *SERVER["init"],
)
"""What is below the start function of a child that a supervisor begins with."""
CHILD_ADDED: Final = (
    *_STARTED,
    _erlang("supervisor", "handle_start_child", 2, 1256),
    _erlang("supervisor", "handle_call", 3, 1001),
    *SERVER["handle_call"],
)
"""What is below the start function of a child that was added later."""
CHILD_SIMPLE: Final = (
    _erlang("supervisor", "do_start_child_i", 3, 959),
    _erlang("supervisor", "handle_call", 3, 985),
    *SERVER["handle_call"],
)
"""What is below the start function of a child of a supervisor whose children are of one kind."""
CHILD_DYNAMIC: Final = (
    frame(alias("DynamicSupervisor"), "start_child", 3, "lib/dynamic_supervisor.ex", 800),
    frame(alias("DynamicSupervisor"), "handle_start_child", 2, "lib/dynamic_supervisor.ex", 786),
    *SERVER["handle_call"],
)
"""What is below the start function of a dynamic supervisor's child."""


def _of_supervisor(callback: str, args: tuple[Any, ...]) -> tuple[Frame, ...]:
    return (_erlang("supervisor", "init", 1, 869), *SERVER["init"]) if callback == "init" else SERVER[callback]


OWN[_SUPERVISOR] = _of_supervisor

TASK: Final = (
    frame(alias("Task.Supervised"), "invoke_mfa", 2, "lib/task/supervised.ex", 101),
    frame(alias("Task.Supervised"), "reply", 4, "lib/task/supervised.ex", 36),
)
_EVALUATED: Final = frame(atom("elixir"), "eval_external_handler", 3, "src/elixir.erl", 388)


_STOPPED: Final = (_erlang("gen_server", "init_it", 6, 2210), _BEGIN)


def ended_at_start(reason: Any) -> list[Any]:
    """Return the frames of a server whose `init/1` said that it stops; a failure has its own."""
    return [] if type(reason) is tuple and len(reason) == 2 and is_stacktrace(reason[1]) else list(_STOPPED)


def under(function: Any, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """Return the frames below a function that a behaviour was given.

    One that was typed at the prompt leaves the frame of the evaluator, which hides the process's first.
    """
    namespace = getattr(function, "__globals__", {})
    return (_EVALUATED, *frames[:-1]) if namespace.get("__elixir__", _EVALUATED) is None else frames


def reason_above(error: BaseException, frames: tuple[Frame, ...]) -> Any:
    """Return the exit reason of a callback's failure: an exit's own reason, else `{reason, stacktrace}` with frames below."""
    if isinstance(error, Exit):
        return error.reason
    reason, stacktrace = reason_of(error)
    own = to_pylist(stacktrace)
    if not own and frames and getattr(error, "raised", False):
        module, name, arity, location = frames[0]
        frames = ((module, name, arity, from_pylist([*to_pylist(location), RAISED])), *frames[1:])
    return reason, from_pylist([*own, *frames][:DEPTH])


def exit_frames(error: BaseException | None, frames: tuple[Frame, ...]) -> list[Any]:
    """Return the frames of where a callback said `exit(reason)`: such a reason has no stack trace of its own."""
    return [*to_pylist(of_exception(error)), *frames][:DEPTH] if isinstance(error, Exit) else []

"""pyex: iex for Python. An interactive shell that reads Elixir, and OTP for Python programs.

    from pyex import GenServer, atom as a, call, start_link

Names are loaded when they are first asked for: importing pyex costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pyex.otp.python_logging import LogHandler, log_to_python
    from pyex.otp.python_otp import Agent, Application, GenStateMachine, Registry, receive, run, sleep
    from pyex.otp.python_server import GenServer, abcast, call, cast, multi_call, reply, send, start_link, stop, whereis
    from pyex.otp.python_supervisors import DynamicSupervisor, PartitionSupervisor, Supervisor
    from pyex.otp.python_tasks import Task, TaskSupervisor
    from pyex.runtime import demonitor, link, monitor, self_pid, spawn, unlink
    from pyex.terms.atoms import alias, atom
    from pyex.terms.errors import ElixirError, Exit, Throw

_WHERE: Final = {
    "Agent": "pyex.otp.python_otp",
    "Application": "pyex.otp.python_otp",
    "GenStateMachine": "pyex.otp.python_otp",
    "Registry": "pyex.otp.python_otp",
    "DynamicSupervisor": "pyex.otp.python_supervisors",
    "PartitionSupervisor": "pyex.otp.python_supervisors",
    "Supervisor": "pyex.otp.python_supervisors",
    "Task": "pyex.otp.python_tasks",
    "TaskSupervisor": "pyex.otp.python_tasks",
    "receive": "pyex.otp.python_otp",
    "run": "pyex.otp.python_otp",
    "sleep": "pyex.otp.python_otp",
    "LogHandler": "pyex.otp.python_logging",
    "log_to_python": "pyex.otp.python_logging",
    "GenServer": "pyex.otp.python_server",
    "abcast": "pyex.otp.python_server",
    "call": "pyex.otp.python_server",
    "cast": "pyex.otp.python_server",
    "multi_call": "pyex.otp.python_server",
    "reply": "pyex.otp.python_server",
    "send": "pyex.otp.python_server",
    "start_link": "pyex.otp.python_server",
    "stop": "pyex.otp.python_server",
    "whereis": "pyex.otp.python_server",
    "demonitor": "pyex.runtime",
    "link": "pyex.runtime",
    "monitor": "pyex.runtime",
    "self_pid": "pyex.runtime",
    "spawn": "pyex.runtime",
    "unlink": "pyex.runtime",
    "alias": "pyex.terms.atoms",
    "atom": "pyex.terms.atoms",
    "ElixirError": "pyex.terms.errors",
    "Exit": "pyex.terms.errors",
    "Throw": "pyex.terms.errors",
}

__all__ = [
    "Agent",
    "Application",
    "DynamicSupervisor",
    "ElixirError",
    "Exit",
    "GenServer",
    "GenStateMachine",
    "LogHandler",
    "PartitionSupervisor",
    "Registry",
    "Supervisor",
    "Task",
    "TaskSupervisor",
    "Throw",
    "abcast",
    "alias",
    "atom",
    "call",
    "cast",
    "demonitor",
    "link",
    "log_to_python",
    "monitor",
    "multi_call",
    "receive",
    "reply",
    "run",
    "self_pid",
    "send",
    "sleep",
    "spawn",
    "start_link",
    "stop",
    "unlink",
    "whereis",
]


def __getattr__(name: str) -> Any:
    where = _WHERE.get(name)
    if where is None:
        raise AttributeError(f"module 'pyex' has no attribute {name!r}")
    if not where.startswith("pyex.terms"):
        importlib.import_module("pyex.code")
    value = getattr(importlib.import_module(where), name)
    globals()[name] = value
    return value

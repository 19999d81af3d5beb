"""Exit reasons as text: what `Exception.format_exit` says."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import Atom, atom_name
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List
from pyex.terms.stacktrace import format_entry, format_mfa, is_stacktrace

_PLAIN: Final = {
    "normal": "normal",
    "noproc": (
        "no process: the process is not alive or there's no process currently associated with the given name, "
        "possibly because its application isn't started"
    ),
    "noconnection": "no connection",
    "killed": "killed",
    "shutdown": "shutdown",
    "calling_self": "process attempted to call itself",
    "timeout": "time out",
}
_SUPERVISOR_DATA: Final = {
    "invalid_type": "type",
    "invalid_strategy": "strategy",
    "invalid_intensity": "max_restarts (intensity)",
    "invalid_period": "max_seconds (period)",
    "invalid_max_children": "max_children",
    "invalid_extra_arguments": "extra_arguments",
}
_START_SPEC: Final = {
    "invalid_child_spec": "child specification",
    "invalid_child_type": "child type",
    "invalid_mfa": "mfa",
    "invalid_restart_type": "restart type",
    "invalid_shutdown": "shutdown",
    "invalid_modules": "modules",
}


def format_exit(reason: Any, joiner: str = "\n    ") -> str:
    """Return the text of an exit reason; `joiner` starts each further line."""
    return _format(reason, joiner)


def _format(reason: Any, joiner: str) -> str:
    if type(reason) is tuple and len(reason) == 2:
        first, second = reason
        text = _pair(first, second, joiner)
        if text is not None:
            return text
    if type(reason) is Atom and reason.name in _PLAIN:
        return _PLAIN[reason.name]
    return inspect(reason)


def _pair(first: Any, second: Any, joiner: str) -> str | None:
    """Return the text of a reason that is a pair, or None when it is just a term."""
    if _is_mfa(second):
        module, function, args = second
        return f"exited in: {format_mfa(module, function, args)}{_nested(first, joiner)}"
    name = atom_name(first)
    if name == "shutdown":
        if type(second) is tuple and len(second) == 3 and atom_name(second[0]) == "failed_to_start_child":
            child, why = second[1], second[2]
            if type(why) is tuple and len(why) == 2 and atom_name(why[0]) == "EXIT":
                why = why[1]
            return f"shutdown: failed to start child: {inspect(child)}{_nested(why, joiner)}"
        return f"shutdown: {inspect(second)}"
    if name == "bad_return_value":
        return f"bad return value: {inspect(second)}"
    if name == "bad_return" and type(second) is tuple and len(second) == 3 and atom_name(second[1]) == "init":
        return f"{inspect(second[0])}.init/1 returned a bad value: {inspect(second[2])}"
    if name == "nodedown":
        return f"no connection to {atom_name(second) or inspect(second)}"
    if name == "already_started" and not isinstance(second, List):
        return f"already started: {inspect(second)}"
    if name == "bad_start_spec":
        return f"bad child specification, invalid children: {inspect(second)}"
    if name == "start_spec":
        if type(second) is tuple and len(second) == 2 and atom_name(second[0]) == "duplicate_child_name":
            return _TWICE.format(inspect(second[1]))
        return "bad child specification, " + _detail(second, _START_SPEC)
    if name == "supervisor_data":
        return "bad supervisor configuration, " + _detail(second, _SUPERVISOR_DATA)
    if second is not EMPTY and isinstance(second, List) and is_stacktrace(second):
        return _raised(first, second, joiner)
    return None


def _detail(value: Any, names: dict[str, str]) -> str:
    if type(value) is tuple and len(value) == 2 and (known := names.get(atom_name(value[0]) or "")):
        return f"invalid {known}: {inspect(value[1])}"
    return f"got: {inspect(value)}"


def _is_mfa(value: Any) -> bool:
    return (
        type(value) is tuple
        and len(value) == 3
        and type(value[0]) is Atom
        and type(value[1]) is Atom
        and isinstance(value[2], List)
    )


def _nested(reason: Any, joiner: str) -> str:
    return f"{joiner}** (EXIT) {_format(reason, joiner + '    ')}"


def _raised(reason: Any, stacktrace: Any, joiner: str) -> str:
    from pyex.terms.exceptions import format_banner

    inner = joiner + "    "
    banner = format_banner("error", reason, stacktrace).replace("\n", inner)
    frames = "".join([f"{inner}{format_entry(entry)}" for entry in stacktrace])
    return f"an exception was raised:{joiner}{banner.rstrip(' ')}{frames}"


_TWICE: Final = """bad child specification, more than one child specification has the id: {}.
If using maps as child specifications, make sure the :id keys are unique.
If using a module or {{module, arg}} as child, use Supervisor.child_spec/2 to change the :id, for example:

    children = [
      Supervisor.child_spec({{MyWorker, arg}}, id: :my_worker_1),
      Supervisor.child_spec({{MyWorker, arg}}, id: :my_worker_2)
    ]
"""

__all__ = ["format_exit"]

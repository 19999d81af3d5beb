"""Reports that are only told on demand (`config :logger, handle_sasl_reports: true`, `--logger-sasl-reports true`).

What supervisors do with their children, and which process ended badly, with what was known of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyex.otp.log import log
from pyex.otp.looping import is_quiet
from pyex.runtime import system
from pyex.runtime.dictionary import dictionary_pairs
from pyex.runtime.process import ANCESTORS, INITIAL_CALL, Process
from pyex.terms.atoms import atom
from pyex.terms.exit_reasons import format_exit
from pyex.terms.inspect import inspect
from pyex.terms.lists import from_pylist
from pyex.terms.pids import Pid
from pyex.terms.stacktrace import format_mfa

if TYPE_CHECKING:
    from pyex.otp.children import Child

_LOGGER: Final = atom("logger")
_HANDLES: Final = atom("handle_sasl_reports")


def wanted() -> bool:
    """Tell whether such reports are to be logged."""
    from pyex.otp.applications import environments

    return environments[_LOGGER].get(_HANDLES) is True


# ---- supervisors


def started(child: Child) -> None:
    """Log that a child has started."""
    if wanted() and type(child.pid) is Pid:
        log("info", "\n".join([_headline(child, "started"), *_lines(child, child.pid)]))


def failed(child: Child, reason: Any) -> None:
    """Log that a child could not be started."""
    _ended(child, "failed to start", reason, None)


def terminated(child: Child, pid: Any, reason: Any) -> None:
    """Log that a child has ended that was not to."""
    _ended(child, "terminated", reason, pid)


def gave_up(child: Child, pid: Any) -> None:
    """Log that a child ended more often than its supervisor takes."""
    _ended(child, "caused shutdown", atom("reached_max_restart_intensity"), pid)


def _ended(child: Child, what: str, reason: Any, pid: Any) -> None:
    if wanted():
        log("error", "\n".join([_headline(child, what), f"** (exit) {format_exit(reason)}", *_lines(child, pid)]))


def _headline(child: Child, what: str) -> str:
    me = system.current()
    callback = me.initial_call[1]
    name = inspect(me.name) if me.name is not None else f"{inspect(me.pid)} ({inspect(callback)})"
    shown = "" if child.id is atom("undefined") else f" {inspect(child.id)}"
    return f"Child{shown} of Supervisor {name} {what}"


def _lines(child: Child, pid: Any) -> list[str]:
    target, name, args = child.start
    return [
        *([f"Pid: {inspect(pid)}"] if type(pid) is Pid else []),
        f"Start Call: {format_mfa(target, name, args)}",
        f"Restart: {inspect(child.restart)}",
        f"Shutdown: {inspect(child.shutdown)}",
        f"Type: {inspect(child.type)}",
    ]


# ---- processes


def crashed(process: Process, reason: Any, exit_frames: list[Any]) -> None:
    """Log the bad end of a process that `:proc_lib` has started."""
    if is_quiet(reason) or not wanted():
        return
    from pyex.otp.reports import indented, stop_text

    pid = inspect(process.pid)
    name = pid if process.name is None else f"{inspect(process.name)} ({pid})"
    begun = process.initial_call or (atom("erlang"), atom("apply"), 2)
    pairs = [pair for pair in dictionary_pairs(process) if pair[0] not in (INITIAL_CALL, ANCESTORS)]
    text = stop_text(reason)
    size = 233 + 8 * len(process.mailbox)
    lines = [
        f"Process {name} terminating",
        text.replace("** (stop)", "** (exit)", 1) if text.startswith("** (stop)") else text,
        *indented(exit_frames),
        f"Initial Call: {format_mfa(*begun)}",
        f"Ancestors: {inspect(from_pylist(list(process.ancestors)))}",
        f"Message Queue Length: {len(process.mailbox)}",
        f"Messages: {inspect(from_pylist(list(process.mailbox)))}",
        f"Links: {inspect(from_pylist(list(process.links)))}",
        f"Dictionary: {inspect(from_pylist(pairs))}",
        f"Trapping Exits: {inspect(process.trap_exit)}",
        "Status: :running",
        f"Heap Size: {size}",
        "Stack Size: 29",
        f"Reductions: {process.reductions}",
    ]
    log("error", "\n".join(lines))


__all__ = ["crashed", "failed", "gave_up", "started", "terminated", "wanted"]

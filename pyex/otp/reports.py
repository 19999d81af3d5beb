"""What is logged when a process or a server ends badly, in the words of Elixir's logger."""

from __future__ import annotations

from typing import Any, Final

from pyex.otp import sasl
from pyex.otp.log import log
from pyex.otp.report_metadata import of_behaviour, of_process
from pyex.otp.status import TERMINATE, formatted, formatted_by_two, registered, shown_state
from pyex.runtime.process import Process
from pyex.terms.atoms import atom
from pyex.terms.exceptions import format_banner
from pyex.terms.exit_reasons import format_exit
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, to_pylist
from pyex.terms.order import identical
from pyex.terms.stacktrace import format_entry

CALL: Final = atom("$gen_call")
INIT: Final = atom("init")
OUTSIDE_NUMBER: Final = 0


def server_terminating(server: Any, reason: Any, exit_frames: list[Any]) -> None:
    """Log `GenServer … terminating`: why and where it said `exit`, the last message, the state, whether the client lives."""
    why, stacktrace = reason if is_failure(reason) else (reason, EMPTY)
    logged = server.debug.logged() if server.debug is not None else EMPTY
    sender, message = _last_message(server.last)
    status = {"message": message, "reason": why, "log": logged, "state": shown_state(server)}
    told = formatted(server.module, server.exports, status)
    if not identical(told["reason"], why):
        reason = (told["reason"], stacktrace) if stacktrace is not EMPTY else told["reason"]
    older = formatted_by_two(server, TERMINATE, told["state"])
    lines = [f"GenServer {inspect(registered(server))} terminating", stop_text(reason), *indented(exit_frames)]
    lines.append(f"Last message{sender}: {inspect(told['message'])}")
    lines.append(f"State: {inspect(told['state'] if older is None else older)}")
    lines += client_lines(server.last)
    log("error", "\n".join(lines), of_behaviour("gen_server", server.process.name, reason, exit_frames))


def _last_message(last: Any) -> tuple[str, Any]:
    """Return whom the last message came from, as the report says it, and the message: of a call, what was asked."""
    if type(last) is tuple and len(last) == 3 and last[0] is CALL:
        pid = last[1][0]
        return f" (from {_client(pid)})" if pid.number != OUTSIDE_NUMBER else "", last[2]
    return "", EMPTY if last is None else last


def client_lines(last: Any) -> list[str]:
    """Return the lines that tell of the client whose call came last, if it was a call."""
    if not (type(last) is tuple and len(last) == 3 and last[0] is CALL):
        return []
    pid = last[1][0]
    if pid.number == OUTSIDE_NUMBER:
        return []
    if pid.process is None:
        return [f"Client {inspect(pid)} is dead"]
    return [f"Client {_client(pid)} is alive\n"]


def _client(pid: Any) -> str:
    """Return how a client is called: by its registered name, if it lives and has one."""
    name = pid.process.name if pid.process is not None else None
    return inspect(name if name is not None else pid)


def _frames(stacktrace: Any) -> list[str]:
    """Return the lines of a stack trace, indented."""
    return indented(to_pylist(stacktrace))


def indented(frames: list[Any]) -> list[str]:
    """Return the lines of frames, as they stand in a report."""
    return [f"    {format_entry(entry)}" for entry in frames]


def stop_text(reason: Any) -> str:
    """Return how an exit reason is shown in a report: an exception's banner and stack, or `** (stop) …`."""
    if is_failure(reason):
        banner = format_banner(atom("error"), reason[0], reason[1])
        if banner.startswith("** (ErlangError)"):
            return "\n".join([f"** (stop) {inspect(reason[0])}", *_frames(reason[1])])
        return "\n".join([banner, *_frames(reason[1])])
    return f"** (stop) {format_exit(reason)}"


def is_failure(reason: Any) -> bool:
    """Tell whether an exit reason is one of an error that nobody caught: `{reason, stacktrace}`."""
    return type(reason) is tuple and len(reason) == 2 and _is_stacktrace(reason[1])


def _is_stacktrace(value: Any) -> bool:
    if value is EMPTY:
        return True
    return type(value) is Cons and type(value.head) is tuple and len(value.head) == 4


def process_ended(process: Process, error: BaseException, reason: Any) -> None:
    """Log `Process … raised an exception` for a plain process that ended by an error nobody caught."""
    begun = process.server is not None or (process.initial_call is not None and process.initial_call[1] is INIT)
    if begun and isinstance(error, Exception):
        return  # a server tells of its end itself, and who starts it hears of a start that failed
    if process.ancestors:  # `:proc_lib` started it, whose reports are those of sasl
        sasl.crashed(process, reason, [])
        return
    pid = inspect(process.name if process.name is not None else process.pid)
    text = format_banner(atom("error"), reason[0], reason[1])
    log("error", "\n".join([f"Process {pid} raised an exception", text, *_frames(reason[1])]), of_process(reason))


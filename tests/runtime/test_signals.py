"""Links, monitors and exit signals, by Erlang's rules."""

from __future__ import annotations

from typing import Any

import pytest

from pyex import runtime
from pyex.runtime.process import NORMAL
from pyex.runtime.system import DOWN, EXIT, KILL, KILLED, NOPROC, PROCESS
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, Exit, Throw
from tests.runtime.programs import idle, received, run

TRAP = atom("trap_exit")
BOOM = atom("boom")


def ends_with(reason: Any) -> Any:
    """Return the body of a process that ends of a reason."""

    def body() -> None:
        if reason is not NORMAL:
            raise Exit(reason)

    return body


@pytest.mark.parametrize("reason", [NORMAL, BOOM, KILL, atom("shutdown"), (atom("shutdown"), 1)])
def test_a_trapping_process_is_told_how_a_linked_one_ended(reason: Any) -> None:
    def program() -> tuple[Any, list[Any]]:
        runtime.process_flag(TRAP, True)
        pid = runtime.spawn(ends_with(reason), link=True)
        return pid, received()

    pid, messages = run(program)
    assert messages == [(EXIT, pid, reason)]


@pytest.mark.parametrize(("reason", "survives"), [(NORMAL, True), (BOOM, False), (KILL, False)])
def test_a_link_ends_a_process_unless_the_reason_is_normal(reason: Any, survives: bool) -> None:
    def program() -> tuple[bool, Any]:
        def linked() -> None:
            runtime.spawn(ends_with(reason), link=True)
            idle()

        pid = runtime.spawn(linked)
        received()
        alive = runtime.is_alive(pid)
        runtime.exit_signal(pid, KILL)
        return alive, runtime.exit_reason(pid)

    alive, ended_of = run(program)
    assert alive is survives
    if not survives:
        assert ended_of is reason


@pytest.mark.parametrize(
    ("signal", "traps", "outcome"),
    [
        (NORMAL, False, "lives"),
        (NORMAL, True, NORMAL),
        (BOOM, False, "dies"),
        (BOOM, True, BOOM),
        (KILL, False, "dies"),
        (KILL, True, "dies"),
    ],
)
def test_what_an_exit_signal_does(signal: Any, traps: bool, outcome: Any) -> None:
    def program() -> Any:
        seen: list[Any] = []

        def target() -> None:
            runtime.process_flag(TRAP, traps)
            cursor = runtime.begin_receive()
            seen.append(cursor.next())
            cursor.accept()
            idle()

        pid = runtime.spawn(target)
        runtime.pause(0)
        me = runtime.self_pid()
        runtime.exit_signal(pid, signal)
        received()
        alive = runtime.is_alive(pid)
        reason = runtime.exit_reason(pid)
        runtime.exit_signal(pid, KILL)
        if not alive:
            assert reason is (KILLED if signal is KILL else signal)
            return "dies"
        if seen:
            assert seen[0][:2] == (EXIT, me)
            return seen[0][2]
        return "lives"

    assert run(program) is outcome or run(program) == outcome


def test_killed_is_what_the_links_of_a_killed_process_see() -> None:
    def program() -> list[Any]:
        runtime.process_flag(TRAP, True)
        pid = runtime.spawn(idle, link=True)
        runtime.pause(0)
        runtime.exit_signal(pid, KILL)
        return [message[2] for message in received()]

    assert run(program) == [KILLED]


def test_a_monitor_tells_the_end_once() -> None:
    def program() -> Any:
        pid, reference = runtime.spawn(ends_with(BOOM), monitor=True)
        return received() == [(DOWN, reference, PROCESS, pid, BOOM)]

    assert run(program) is True


def test_a_monitor_of_a_dead_process_says_noproc() -> None:
    def program() -> Any:
        pid = runtime.spawn(ends_with(NORMAL))
        received()
        reference = runtime.monitor(pid)
        return received() == [(DOWN, reference, PROCESS, pid, NOPROC)]

    assert run(program) is True


def test_demonitor_with_flush_takes_the_message_back() -> None:
    def program() -> list[Any]:
        _, reference = runtime.spawn(ends_with(BOOM), monitor=True)
        runtime.pause(0)
        runtime.demonitor(reference, flush=True)
        return received()

    assert run(program) == []


def test_an_unlinked_process_does_not_take_the_other_with_it() -> None:
    def program() -> str:
        pid = runtime.spawn(ends_with(BOOM), link=True)
        runtime.unlink(pid)
        received()
        return "alive"

    assert run(program) == "alive"


def test_the_reason_of_an_error_holds_the_stack_and_a_throw_is_nocatch() -> None:
    def program() -> list[Any]:
        def errs() -> None:
            raise ElixirError(atom("badarith"))

        def throws() -> None:
            raise Throw(atom("ball"))

        runtime.spawn(errs, monitor=True)
        runtime.spawn(throws, monitor=True)
        return [message[4][0] for message in received()]

    assert run(program) == [atom("badarith"), (atom("nocatch"), atom("ball"))]


def test_thousands_of_short_lives_leave_nothing() -> None:
    def program() -> int:
        before = len(runtime.processes())
        for _ in range(2000):
            runtime.spawn(ends_with(NORMAL))
        received()
        return len(runtime.processes()) - before

    assert run(program) == 0

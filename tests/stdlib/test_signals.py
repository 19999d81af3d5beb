"""Functions that signals of the operating system call."""

from __future__ import annotations

from pyex.shell.configuration import Configuration
from pyex.shell.session import Session


def test_a_trapped_signal_calls_its_functions_the_last_one_first() -> None:
    session = Session(Configuration())
    try:
        session.enter("me = self()", 5)
        session.enter("{:ok, id} = System.trap_signal(:sigusr2, fn -> send(me, :first) end)", 5)
        session.enter("System.trap_signal(:sigusr2, :again, fn -> send(me, :second) end)", 5)
        session.printed()
        session.enter('System.cmd("kill", ["-USR2", System.pid()])', 5)
        session.enter("receive do :second -> (receive do :first -> :both end) end", 5)
        assert ":both" in session.printed()
        session.enter("{System.untrap_signal(:sigusr2, id), System.untrap_signal(:sigusr2, :again)}", 5)
        assert "{:ok, :ok}" in session.printed()
    finally:
        session.close()

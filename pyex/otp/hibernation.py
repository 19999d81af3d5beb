"""GenServers with `hibernate_after`: they hibernate when nothing has come for some time."""

from __future__ import annotations

from typing import Any

from pyex.code.versions import ModuleVersion
from pyex.otp import behind
from pyex.otp.server_loop import Server
from pyex.runtime.process import IDLE, Process
from pyex.runtime.system import INFINITY, scheduler
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError


class HibernatingServer(Server):
    """A server that hibernates when it has been idle for so many milliseconds; idle ones give their memory back in any case."""

    __slots__ = ("after", "since")

    def __init__(
        self, process: Process, version: ModuleVersion, name: Any, parent: Any, follows_latest: bool, after: Any
    ) -> None:
        super().__init__(process, version, name, parent, follows_latest)
        self.after = after
        self.since = scheduler.clock.now()

    def straighten(self) -> None:
        """Take every request from the mailbox: each is the end of what the server has slept."""
        self.process.straight_call = self.process.straight_cast = None

    def resume(self) -> Any:
        """Handle what is in the mailbox, and note since when it is empty. Raises `:timeout_value` for a time that is none."""
        if self.after is not INFINITY and not (type(self.after) is int and self.after >= 0):
            raise ElixirError(atom("timeout_value"), ((atom("gen_server"), "loop", 7),))
        outcome = super().resume()
        if outcome is IDLE:
            self.since = scheduler.clock.now()
        return outcome

    @property
    def waits_in(self) -> tuple[behind.Frame, ...]:
        """Where it is while nothing comes, as the BEAM would tell."""
        sleeps = type(self.after) is int and scheduler.clock.now() >= self.since + self.after / 1000
        return behind.HIBERNATING if sleeps else super().waits_in

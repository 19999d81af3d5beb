"""Random programs of links, traps, monitors and exits, against a model of Erlang's rules in plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyex import runtime
from pyex.runtime.process import NORMAL
from pyex.runtime.system import DOWN, EXIT, KILL, KILLED
from pyex.terms.atoms import atom
from tests.runtime.programs import run

TRAP = atom("trap_exit")
BOOM = atom("boom")
COUNT = 4
MEMBERS = st.integers(0, COUNT - 1)
REASONS = st.sampled_from([NORMAL, BOOM, KILL])
STEPS = st.one_of(
    st.tuples(st.just("link"), MEMBERS, MEMBERS),
    st.tuples(st.just("unlink"), MEMBERS, MEMBERS),
    st.tuples(st.just("trap"), MEMBERS, st.booleans()),
    st.tuples(st.just("monitor"), MEMBERS, MEMBERS),
    st.tuples(st.just("signal"), MEMBERS, REASONS),
    st.tuples(st.just("end"), MEMBERS, REASONS),
)


@dataclass
class Member:
    """One process of the model."""

    alive: bool = True
    traps: bool = False
    links: set[int] = field(default_factory=set)
    watchers: list[int] = field(default_factory=list)
    inbox: list[Any] = field(default_factory=list)
    reason: Any = None


class Model:
    """What the rules say of a program."""

    def __init__(self) -> None:
        self.members = [Member() for _ in range(COUNT)]

    def end(self, who: int, reason: Any) -> None:
        """End a process: tell its links and its watchers."""
        member = self.members[who]
        if not member.alive:
            return
        member.alive, member.reason = False, reason
        for other in sorted(member.links):
            self.members[other].links.discard(who)
            self.signal(other, who, reason, direct=False)
        for watcher in member.watchers:
            if self.members[watcher].alive:
                self.members[watcher].inbox.append(("down", who, reason))

    def signal(self, who: int, sender: int | None, reason: Any, *, direct: bool) -> None:
        """Let an exit signal arrive."""
        member = self.members[who]
        if not member.alive:
            return
        if direct and reason is KILL:
            self.end(who, KILLED)
        elif member.traps:
            member.inbox.append(("exit", sender, reason))
        elif reason is not NORMAL:
            self.end(who, reason)

    def take(self, step: tuple[Any, ...]) -> None:
        """Take one step of a program; one that a dead process would have to take is left out."""
        kind, who, what = step
        member = self.members[who]
        if kind == "signal":
            self.signal(who, None, what, direct=True)
        elif not member.alive:
            return
        elif kind == "trap":
            member.traps = what
        elif kind == "end":
            self.end(who, what)
        elif who == what or not self.members[what].alive:
            return
        elif kind == "link":
            member.links.add(what)
            self.members[what].links.add(who)
        elif kind == "unlink":
            member.links.discard(what)
            self.members[what].links.discard(who)
        elif kind == "monitor":
            self.members[what].watchers.append(who)


def obey() -> None:
    """The body of a process: do what it is sent as a function."""
    while True:
        cursor = runtime.begin_receive()
        while not callable(task := cursor.next()):
            pass
        cursor.accept()
        task()


def leave(reason: Any) -> None:
    """End the running process."""
    from pyex.terms.errors import Exit

    raise Exit(reason)


def real(steps: list[tuple[Any, ...]]) -> list[Any]:
    """Return what each process came to, on the runtime."""
    pids = [runtime.spawn(obey) for _ in range(COUNT)]
    runtime.pause(0)
    reasons: dict[int, Any] = {}
    inboxes: list[list[Any]] = []
    for kind, who, what in steps:
        pid = pids[who]
        tasks: dict[str, Any] = {
            "trap": lambda what=what: runtime.process_flag(TRAP, what),
            "end": lambda what=what: leave(what),
            "link": lambda what=what: runtime.link(pids[what]),
            "unlink": lambda what=what: runtime.unlink(pids[what]),
            "monitor": lambda what=what: runtime.monitor(pids[what]),
        }
        if kind == "signal":
            runtime.exit_signal(pid, what)
        elif kind in ("trap", "end") or (who != what and runtime.is_alive(pids[what])):
            runtime.send(pid, tasks[kind])
        for _ in range(COUNT + 1):  # a signal may go through all of them, one turn each
            runtime.pause(0)
    for place, pid in enumerate(pids):
        reasons[place] = None if runtime.is_alive(pid) else runtime.exit_reason(pid)
    me = runtime.self_pid()
    for pid in pids:
        process = runtime.find(pid)
        inboxes.append([] if process is None else [shown(message, pids, me) for message in process.mailbox])
    for pid in pids:
        runtime.exit_signal(pid, KILL)
    runtime.pause(0)
    return [(reasons[place], sorted(map(repr, inboxes[place]))) for place in range(COUNT)]


def shown(message: Any, pids: list[Any], me: Any) -> Any:
    """Return a message as the model writes it."""
    if message[0] is EXIT:
        return ("exit", None if message[1] == me else pids.index(message[1]), message[2])
    assert message[0] is DOWN
    return ("down", pids.index(message[3]), message[4])


@pytest.mark.slow  # sixty random programs
@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_random_programs_end_as_the_rules_say(steps: list[tuple[Any, ...]]) -> None:
    model = Model()
    for step in steps:
        model.take(step)
    expected = [
        (member.reason, sorted(map(repr, member.inbox if member.alive else []))) for member in model.members
    ]
    assert run(lambda: real(steps)) == expected

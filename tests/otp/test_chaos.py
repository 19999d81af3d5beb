"""Chaos in virtual time: a tree of servers under thousands of kills is whole at the end, and nothing is left of it."""

from __future__ import annotations

import random
from typing import Any

import pytest

import pyex
from pyex import Exit, GenServer, Supervisor, runtime
from pyex import atom as a

BRANCHES, LEAVES, KILLS = 10, 100, 10_000
KINDS = ("kill", "shutdown", "normal", "error", "stop", "call", "call", "loop")


class Leaf(GenServer):
    def init(self, argument: Any) -> Any:
        return a.ok, (argument, 0)

    def handle_call(self, request: Any, sender: Any, state: Any) -> Any:
        number, calls = state
        if request is a.error:
            raise ValueError("as asked")
        return a.reply, (number, calls, pyex.self_pid()), (number, calls + 1)

    def handle_cast(self, request: Any, state: Any) -> Any:
        if request is a.error:
            raise ValueError("as asked")
        if request is a.loop:
            while True:
                runtime.scheduler.give_way()  # as the timer would have it do, whenever it goes off
        return a.stop, a.normal, state

    @classmethod
    def start_link(cls, argument: Any = None, *, name: Any = None, timeout: Any = None) -> Any:
        return super().start_link(argument, name=name or f"leaf{argument}", timeout=timeout)


def strike(number: int, kind: str, seen: dict[Any, int]) -> None:
    """Do one thing to a leaf; whatever it answers is its own, and counted by the very process that answers."""
    name = f"leaf{number}"
    pid = runtime.whereis(name)
    if pid is None:
        runtime.run_ready()
        return
    if kind in ("kill", "shutdown", "normal"):
        runtime.exit_signal(pid, a(kind))
    elif kind == "loop":
        pyex.cast(name, a.loop)
        for _ in range(3):
            runtime.scheduler.run_some()
        runtime.exit_signal(pid, a.kill)  # nothing else ends it
    elif kind in ("error", "stop"):
        pyex.cast(name, a(kind))
    else:
        try:
            owner, calls, answered_by = pyex.call(pid, a.get)
        except Exit:
            return
        assert (owner, answered_by) == (number, pid)
        assert calls == seen.get(pid, 0)
        seen[pid] = calls + 1


@pytest.mark.slow  # ten thousand kills, each with a restart
def test_a_tree_under_random_kills_is_whole_at_the_end(virtual_time: None) -> None:
    chance = random.Random(1)
    branches = []
    for branch in range(BRANCHES):
        leaves = [
            {"id": number, "start": (Leaf, "start_link", [number])}
            for number in range(branch * LEAVES, (branch + 1) * LEAVES)
        ]
        strategy = {0: "one_for_all", 1: "rest_for_one"}.get(branch, "one_for_one")
        branches.append(Supervisor.start_link(leaves, strategy=strategy, max_restarts=10**6, max_seconds=1))
    seen: dict[Any, int] = {}
    for _ in range(KILLS):
        strike(chance.randrange(BRANCHES * LEAVES), chance.choice(KINDS), seen)
        if chance.random() < 0.3:
            runtime.run_ready()
    runtime.run_ready()
    for number in range(BRANCHES * LEAVES):
        assert pyex.call(f"leaf{number}", a.get)[0] == number
    assert [len(Supervisor.which_children(branch)) for branch in branches] == [LEAVES] * BRANCHES
    before = set(runtime.processes())
    for branch in branches:
        Supervisor.stop(branch)
    assert len(before - set(runtime.processes())) == BRANCHES * (LEAVES + 1)

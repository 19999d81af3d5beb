"""OTP for Python programs: each kind of supervisor, tasks, registries, and servers by names of any kind."""

from __future__ import annotations

from typing import Any

import pytest

import pyex
from pyex import (
    Agent,
    Application,
    DynamicSupervisor,
    Exit,
    GenServer,
    GenStateMachine,
    PartitionSupervisor,
    Registry,
    Supervisor,
    Task,
    TaskSupervisor,
    call,
    run,
    self_pid,
)
from pyex import atom as a


class Room(GenServer):
    """Keeps a number of seats; asked later, it answers from another callback."""

    def handle_call(self, request: Any, sender: Any, seats: Any) -> Any:
        match request:
            case a.seats:
                return a.reply, seats, seats
            case a.later:
                pyex.send(self_pid(), (a.answer, sender))
                return a.noreply, seats

    def handle_cast(self, request: Any, seats: Any) -> Any:
        return a.noreply, request

    def handle_info(self, message: Any, seats: Any) -> Any:
        match message:
            case (a.answer, sender):
                pyex.reply(sender, seats + 1)
                return a.noreply, seats


class Lamp(GenStateMachine):
    def init(self, argument: Any) -> Any:
        return a.ok, a.off, argument

    def handle_event(self, kind: Any, content: Any, state: Any, data: Any) -> Any:
        match kind:
            case (a.call, sender):
                return a.keep_state_and_data, [(a.reply, sender, (state, data))]


def reason_of(fun: Any, *args: Any) -> Any:
    with pytest.raises(Exit) as caught:
        fun(*args)
    return caught.value.reason


def test_a_dynamic_supervisor_starts_as_many_children_as_it_may() -> None:
    DynamicSupervisor.start_link(name="py_rooms", max_children=2)
    small, large = (DynamicSupervisor.start_child("py_rooms", (Room, seats)) for seats in (40, 60))
    assert reason_of(DynamicSupervisor.start_child, "py_rooms", (Room, 1)) is a.max_children
    DynamicSupervisor.terminate_child("py_rooms", small)
    assert reason_of(DynamicSupervisor.terminate_child, "py_rooms", small) is a.not_found
    assert [pid for _, pid, *_ in DynamicSupervisor.which_children("py_rooms")] == [large]
    assert DynamicSupervisor.count_children("py_rooms")["active"] == 1
    DynamicSupervisor.stop("py_rooms")
    assert pyex.whereis("py_rooms") is None


def test_a_partition_supervisor_shares_keys_out() -> None:
    PartitionSupervisor.start_link((Room, 5), name="py_parts", partitions=3)
    assert PartitionSupervisor.partitions("py_parts") == 3
    assert call(PartitionSupervisor.via("py_parts", "joe"), a.seats) == 5
    assert pyex.whereis(PartitionSupervisor.via("py_parts", 4)) == pyex.whereis(PartitionSupervisor.via("py_parts", 1))
    PartitionSupervisor.stop("py_parts")


def test_a_child_is_ended_started_again_and_forgotten_by_its_class() -> None:
    supervisor = Supervisor.start_link([(Room, 1), (Lamp, 2)])
    Supervisor.terminate_child(supervisor, Room)
    assert Supervisor.count_children(supervisor) == {"specs": 2, "active": 1, "supervisors": 0, "workers": 2}
    assert call(Supervisor.restart_child(supervisor, Room), a.seats) == 1
    assert reason_of(Supervisor.delete_child, supervisor, Room) is a.running
    Supervisor.terminate_child(supervisor, Room)
    Supervisor.delete_child(supervisor, Room)
    [(_, lamp, *_)] = Supervisor.which_children(supervisor)
    assert call(lamp, a.state) == (a.off, 2)
    Supervisor.stop(supervisor)


def test_tasks_are_polled_ended_and_streamed() -> None:
    def body() -> list[Any]:
        slow = Task.start(lambda: pyex.receive(lambda message: message, timeout=5, after=lambda: "slow"))
        polled = [Task.poll(slow), Task.poll(slow, 100)]
        hanging = Task.start(lambda: pyex.sleep(10_000))
        ended = [Task.poll_many([hanging], 0)[0][1], Task.shutdown(hanging, brutal_kill=True)]
        streamed = Task.async_stream([1, -2, 3], abs, max_concurrency=2)
        late = Task.async_stream([0, 10_000], pyex.sleep, timeout=5, kill_on_timeout=True)
        return [polled, ended, Task.wait_many([Task.start(lambda: 1), Task.completed(2)]), streamed, late]

    assert run(body) == [
        [None, (a.ok, "slow")],
        [None, None],
        [1, 2],
        [(a.ok, 1), (a.ok, 2), (a.ok, 3)],
        [(a.ok, None), (a.exit, a.timeout)],
    ]


def test_a_supervisor_of_tasks_keeps_their_failures_to_itself() -> None:
    def body() -> list[Any]:
        TaskSupervisor.start_link(name="py_tasks")
        leaves = TaskSupervisor.start_nolink("py_tasks", lambda: exit_with("why"))
        found: list[Any] = [Task.wait(TaskSupervisor.start("py_tasks", lambda: 3)), Task.poll(leaves, 100)]
        streamed = TaskSupervisor.async_stream("py_tasks", ["a", "b"], str.upper, link=False)
        child = TaskSupervisor.start_child("py_tasks", lambda: pyex.sleep(10_000))
        running = TaskSupervisor.children("py_tasks") == [child]
        TaskSupervisor.terminate_child("py_tasks", child)
        return [*found, streamed, running, TaskSupervisor.children("py_tasks")]

    def exit_with(reason: str) -> None:
        raise Exit((a.shutdown, reason))

    assert run(body) == [3, (a.exit, (a.shutdown, "why")), [(a.ok, "A"), (a.ok, "B")], True, []]


def test_a_registry_tells_of_its_entries_and_hands_them_to_a_function() -> None:
    def body() -> list[Any]:
        Registry.start_link("py_topics", keys="duplicate")
        me = self_pid()
        for value in (1, 2):
            Registry.register("py_topics", "news", value)
        handed: list[Any] = []
        Registry.dispatch("py_topics", "news", handed.extend)
        found = [
            handed == Registry.lookup("py_topics", "news") == [(me, 1), (me, 2)],
            Registry.match("py_topics", "news", 2) == [(me, 2)],
            Registry.keys("py_topics", me),
            Registry.values("py_topics", "news", me),
            Registry.select("py_topics", [((a("$1"), a("_"), a("$2")), [], [((a("$1"), a("$2")),)])]),
        ]
        Registry.unregister("py_topics", "news")
        Registry.put_meta("py_topics", "kept", [1])
        return [*found, Registry.count("py_topics"), Registry.meta("py_topics", "kept"), Registry.meta("py_topics", "none", 5)]

    assert run(body) == [True, True, ["news", "news"], [1, 2], [("news", 1), ("news", 2)], 0, [1], 5]


def test_a_value_of_a_unique_key_is_replaced_by_its_owner_alone() -> None:
    def body() -> list[Any]:
        Registry.start_link("py_unique")
        Registry.register("py_unique", 1, {"n": 1})
        updated = [Registry.update_value("py_unique", key, lambda value: {"n": value["n"] + 1}) for key in (1, 2)]
        return [*updated, [value for _, value in Registry.lookup("py_unique", 1)]]

    assert run(body) == [True, False, [{"n": 2}]]


def test_servers_are_reached_by_global_names_and_on_all_nodes() -> None:
    name = (a("global"), "room")
    _, pid = Room.start(9, name=name)
    assert (call(name, a.seats), call(name, a.later), pyex.whereis(name)) == (9, 10, pid)
    pyex.cast(name, 7)
    assert call(name, a.seats) == 7
    pyex.stop(name)
    assert pyex.whereis(name) is None
    Room.start(3, name="py_local")
    pyex.abcast("py_local", 4)
    assert [reply for _, reply in pyex.multi_call("py_local", a.seats)[0]] == [4]
    pyex.stop("py_local")
    assert reason_of(pyex.stop, "py_local")[0] is a.noproc


def test_an_agent_without_a_link_is_told_to_change_its_state() -> None:
    agent = Agent.start(lambda: 1)
    Agent.cast(agent, lambda number: number + 1)
    assert Agent.get(agent, lambda number: number, timeout=100) == 2
    Agent.stop(agent, "shutdown")


def test_settings_are_listed_and_forgotten() -> None:
    Application.put_env("py_shop", "open", True)
    assert Application.get_all_env("py_shop") == {"open": True}
    Application.delete_env("py_shop", "open")
    assert Application.get_all_env("py_shop") == {}
    assert "kernel" in Application.started_applications()
    assert reason_of(Application.stop, "py_shop") == (a.not_started, a.py_shop)

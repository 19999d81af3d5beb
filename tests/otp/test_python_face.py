"""OTP for Python programs: supervisors, agents, tasks, registries, state machines, and calls from outside."""

from __future__ import annotations

import asyncio
import signal
import threading
from functools import partial
from typing import Any

import pytest

import pyex
from pyex import Agent, Application, Exit, GenServer, GenStateMachine, Registry, Supervisor, Task, aio, runtime
from pyex import atom as a
from pyex.terms.lists import from_iterable


class Counter(GenServer):
    def handle_call(self, request: Any, sender: Any, count: Any) -> Any:
        match request:
            case a.next:
                return a.reply, count, count + 1
            case a.crash:
                raise ValueError("as asked")

    @classmethod
    def start_link(cls, argument: Any = None, *, name: Any = "face_counter", timeout: Any = None) -> Any:
        return super().start_link(argument, name=name, timeout=timeout)


class Switch(GenStateMachine):
    def init(self, argument: Any) -> Any:
        return a.ok, a.off, argument

    def handle_event(self, kind: Any, content: Any, state: Any, data: Any) -> Any:
        match kind, content:
            case (a.call, sender), a.flip:
                other = a.on if state is a.off else a.off
                return a.next_state, other, data + 1, [(a.reply, sender, other), (a.state_timeout, 5, a.back)]
            case (a.call, sender), a.count:
                return a.keep_state_and_data, [(a.reply, sender, [state, data])]
            case a.state_timeout, a.back:
                return a.next_state, a.off, data


def test_a_supervisor_starts_a_crashed_server_again() -> None:
    supervisor = Supervisor.start_link([(Counter, 7)])
    assert pyex.call("face_counter", a.next) == 7
    assert pyex.call("face_counter", a.next) == 8
    with pytest.raises(Exit):
        pyex.call("face_counter", a.crash)
    runtime.run_ready(0.1)
    assert pyex.call("face_counter", a.next) == 7
    assert len(Supervisor.which_children(supervisor)) == 1
    Supervisor.stop(supervisor)
    assert runtime.whereis(a.face_counter) is None


def test_an_agent_keeps_any_python_value() -> None:
    agent = Agent.start_link(lambda: {"n": 1})
    Agent.update(agent, lambda state: state | {"m": 2})
    assert Agent.get(agent, lambda state: state["m"]) == 2
    assert Agent.get_and_update(agent, lambda state: (state["n"], {})) == 1
    Agent.stop(agent)


def test_tasks_run_side_by_side_inside_a_process() -> None:
    def sums() -> list[int]:
        tasks = [Task.start(partial(sum, range(n))) for n in (3, 4)]
        return [Task.wait(task) for task in tasks]

    assert pyex.run(sums) == [3, 6]


def test_receive_takes_the_message_that_matches_and_leaves_the_others() -> None:
    def body() -> Any:
        me = pyex.self_pid()
        pyex.send(me, "other")
        pyex.send(me, (a.hello, "you"))

        def take(message: Any) -> Any:
            match message:
                case (a.hello, name):
                    return name

        found = pyex.receive(take)
        return found, pyex.receive(take, timeout=1, after=lambda: "late"), pyex.receive(lambda message: message)

    assert pyex.run(body) == ("you", "late", "other")


def test_a_registry_finds_a_server_by_its_key() -> None:
    registry = Registry.start_link("face_rooms")
    _, pid = Counter.start_link(1, name=Registry.via("face_rooms", ("room", 7)))
    assert pyex.call(Registry.via("face_rooms", ("room", 7)), a.next) == 1
    assert Registry.lookup("face_rooms", ("room", 7)) == [(pid, None)]
    runtime.exit_signal(pid, a.kill)
    runtime.exit_signal(registry, a.kill)
    runtime.run_ready(0.1)


def test_a_state_machine_in_python_changes_state_and_times_out() -> None:
    _, pid = Switch.start_link(0)
    assert pyex.call(pid, a.flip) is a.on
    runtime.run_for(0.02)
    assert pyex.call(pid, a.count) == from_iterable([a.off, 1])
    runtime.exit_signal(pid, a.kill)


def test_settings_are_those_that_elixir_sees() -> None:
    Application.put_env("face", "sizes", [1, {"a": 2}])
    assert Application.get_env("face", "sizes") == [1, {"a": 2}]


def test_asyncio_programs_call_servers() -> None:
    _, pid = Counter.start_link(5, name=None)

    async def main() -> tuple[Any, ...]:
        return await asyncio.gather(aio.call(pid, a.next), aio.call(pid, a.next), asyncio.sleep(0, "loop"))

    assert sorted(map(str, asyncio.run(main()))) == ["5", "6", "loop"]
    runtime.exit_signal(pid, a.kill)
    with pytest.raises(Exit):
        asyncio.run(aio.call(pid, a.next))


class Late(GenServer):
    """A server that tells when its timer has gone off, and when it was told something that takes a process."""

    def init(self, heard: Any) -> Any:
        return a.ok, heard, 1

    def handle_cast(self, request: Any, heard: Any) -> Any:
        pyex.sleep(1)
        heard(request)
        return a.noreply, heard

    def handle_info(self, message: Any, heard: Any) -> Any:
        heard(message)
        return a.noreply, heard


def test_the_processes_run_on_a_loop_that_awaits_something_else() -> None:
    async def main() -> list[Any]:
        aio.attach()
        heard: asyncio.Queue[Any] = asyncio.Queue()
        _, pid = Late.start(heard.put_nowait)
        first = await heard.get()
        pyex.cast(pid, a.told)
        second = await heard.get()
        runtime.exit_signal(pid, a.kill)
        return [first, second]

    assert asyncio.run(main()) == [a.timeout, a.told]


def test_another_thread_calls_while_an_asyncio_program_awaits_something_else() -> None:
    _, pid = Counter.start_link(1, name=None)

    async def main() -> Any:
        aio.attach()
        return await asyncio.to_thread(pyex.call, pid, a.next)

    assert [asyncio.run(main()), asyncio.run(main())] == [1, 2]
    runtime.exit_signal(pid, a.kill)


def test_another_thread_calls_while_the_main_one_runs_the_processes() -> None:
    _, pid = Counter.start_link(1, name=None)
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(pyex.call(pid, a.next))) for _ in range(3)]
    for thread in threads:
        thread.start()
    while len(answers) < 3:
        runtime.run_for(0.01)
    assert sorted(answers) == [1, 2, 3]
    runtime.exit_signal(pid, a.kill)


def test_ctrl_c_in_a_process_ends_the_program_that_runs_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        pyex.run(lambda: signal.raise_signal(signal.SIGINT))
    assert pyex.run(lambda: 5) == 5

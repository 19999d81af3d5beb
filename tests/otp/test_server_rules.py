"""The rules of gen_server's manual, on servers written in Elixir and in Python: starts, ends, names, timeouts, replies.

What is expected was asked of a real Elixir.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import pyex
from pyex import Exit, Supervisor, runtime
from pyex import atom as a
from pyex.code.finder import module_atom
from pyex.otp import gen_server
from pyex.runtime.facts import process_flag
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, elixir_list
from pyex.terms.pids import Pid, Reference
from tests.otp.servers import STATE, start
from tests.runtime.programs import received, run

REASONS = [a.normal, a.shutdown, (a.shutdown, 1), a.why]
SYS = a.sys


def told(term: Any) -> Any:
    """Return a term with pids and references by what they are."""
    if type(term) is Pid:
        return a.pid
    if type(term) is Reference:
        return a.ref
    if type(term) is tuple:
        return tuple(map(told, term))
    return term


def mailbox() -> str:
    """Return the messages that have come, as text."""
    return inspect(elixir_list(*map(told, received())))


def trapping(body: Callable[[], Any]) -> Any:
    """Run a function in a process that traps exits."""

    def program() -> Any:
        process_flag(a.trap_exit, True)
        return body()

    return run(program)


def teller() -> tuple[Any, Callable[[Any], Any]]:
    """Return the state with which `terminate` sends its reason to the running process."""
    me = runtime.self_pid()
    return a.tell, lambda reason: runtime.send(me, (a.terminated, bare(reason)))


def bare(reason: Any) -> Any:
    """Return a reason without a stack trace."""
    return reason[0] if type(reason) is tuple and isinstance(reason[1], Cons) else reason


def link(server: Any, shape: Callable[[], Any], **options: Any) -> Any:
    """Start a linked server whose `init/1` returns what `shape` does."""
    return gen_server.start_link(server, shape, elixir_list(*((a(name), value) for name, value in options.items())))


def begun(server: Any, state: Any = 1, **options: Any) -> Any:
    """Start a linked server with a state; return its pid."""
    return link(server, lambda: (a.ok, state), **options)[1]


def do(pid: Any, shape: Callable[[Any, Any], Any], timeout: Any = 5000) -> Any:
    """Call a server that returns what `shape` makes."""
    return pyex.call(pid, (a.do, shape), timeout)


def state_of(pid: Any) -> Any:
    """Return a server's state."""
    return export(SYS, "get_state", 1).fn(pid)


def exits(body: Callable[[], Any]) -> str:
    """Return, as text, the reason that a call exits with, without its stack trace, and the function that was called."""
    with pytest.raises(Exit) as ended:
        body()
    reason, (_, name, _) = ended.value.reason
    return inspect((bare(reason), name))


# ---- starts that fail


def exit_of(reason: Any) -> Any:
    """Exit with a reason."""
    raise Exit(reason)


def die() -> None:
    """Have the running process killed."""
    runtime.exit_signal(runtime.self_pid(), a.kill)


def fails() -> None:
    """Raise an error."""
    raise ElixirError(a.badarith)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (lambda: a.ignore, ":ignore"),
        (lambda: (a.stop, a.why), "{:error, :why}"),
        (lambda: (a.stop, a.normal), "{:error, :normal}"),
        (lambda: (a.stop, a.shutdown), "{:error, :shutdown}"),
        (lambda: (a.error, a.why), "{:error, :why}"),
        (lambda: exit_of(a.bye), "{:error, :bye}"),
        (lambda: exit_of(a.normal), "{:error, :normal}"),
        (die, "{:error, :killed}"),
        (fails, "{:error, :badarith}"),
        (lambda: (a.ok, 1, -1), "{:error, {:bad_return_value, {:ok, 1, -1}}}"),
        (lambda: (a.stop, a.a, a.b), "{:error, {:bad_return_value, {:stop, :a, :b}}}"),
    ],
)
def test_a_start_that_fails_says_why_and_leaves_no_signal_and_no_name(server: Any, shape: Any, expected: str) -> None:
    def body() -> tuple[str, str, Any]:
        result = link(server, shape, name=a.never_there)
        shown = (result[0], bare(result[1])) if type(result) is tuple else result
        return inspect(shown), mailbox(), runtime.whereis("never_there")

    assert trapping(body) == (expected, "[]", None)


def test_a_start_that_takes_too_long_is_given_up(server: Any) -> None:
    def body() -> tuple[str, str]:
        return inspect(link(server, lambda: runtime.pause(None), timeout=5)), mailbox()

    assert trapping(body) == ("{:error, :timeout}", "[]")


@pytest.mark.parametrize("name", [a.taken, (getattr(a, "global"), (a.taken, 1))])
def test_a_name_belongs_to_one_server_until_it_ends(server: Any, name: Any) -> None:
    def body() -> list[Any]:
        pid = begun(server, name=name)
        again = link(server, lambda: (a.ok, 2), name=name)
        found = gen_server.whereis(name) == pid
        gen_server.stop(name)
        return [again == (a.error, (a.already_started, pid)), found, gen_server.whereis(name), mailbox()]

    assert trapping(body) == [True, True, None, "[{:EXIT, :pid, :normal}]"]


def test_a_registry_names_a_server(server: Any) -> None:
    def body() -> list[Any]:
        _, registry = export(pyex.alias("Registry"), "start_link", 1).fn(
            elixir_list((a.keys, a.unique), (a.name, pyex.alias("Rules.Registry")))
        )
        name = (a.via, pyex.alias("Registry"), (pyex.alias("Rules.Registry"), a.key))
        pid = begun(server, name=name)
        again = link(server, lambda: (a.ok, 2), name=name)
        answer = do(name, STATE)
        gen_server.stop(name)
        absent = exits(lambda: do(name, STATE))
        Supervisor.stop(registry)
        return [again == (a.error, (a.already_started, pid)), answer, absent]

    assert trapping(body) == [True, 1, "{:noproc, :call}"]


@pytest.mark.parametrize("name", ["text", (a.foo, 1), (a.via, "Registry", 1), (getattr(a, "global"),)])
def test_what_is_no_name_is_refused(server: Any, name: Any) -> None:
    with pytest.raises(ElixirError):
        gen_server.start(server, lambda: (a.ok, 1), elixir_list((a.name, name)))


# ---- ends


@pytest.mark.parametrize("reason", REASONS)
def test_stop_waits_for_terminate_and_the_links_hear_the_reason(server: Any, reason: Any) -> None:
    def body() -> tuple[Any, str]:
        return gen_server.stop(begun(server, teller()), reason), mailbox()

    text = inspect(reason)
    assert trapping(body) == (a.ok, f"[{{:terminated, {text}}}, {{:EXIT, :pid, {text}}}]")


@pytest.mark.parametrize("reason", REASONS)
def test_a_server_that_does_not_trap_dies_of_its_parents_signal_without_terminate(server: Any, reason: Any) -> None:
    def body() -> str:
        pid = begun(server, teller())
        runtime.exit_signal(pid, reason)
        return mailbox()

    assert trapping(body) == ("[]" if reason is a.normal else f"[{{:EXIT, :pid, {inspect(reason)}}}]")


@pytest.mark.parametrize("reason", REASONS)
def test_a_server_that_traps_terminates_when_its_parent_ends(server: Any, reason: Any) -> None:
    def body() -> str:
        state = teller()
        _, pid = link(server, lambda: (process_flag(a.trap_exit, True), (a.ok, state))[1])
        runtime.exit_signal(pid, reason)
        return mailbox()

    text = inspect(reason)
    assert trapping(body) == f"[{{:terminated, {text}}}, {{:EXIT, :pid, {text}}}]"


@pytest.mark.parametrize("reason", REASONS)
def test_a_server_that_traps_is_told_of_other_ends(server: Any, reason: Any) -> None:
    def body() -> str:
        _, pid = link(server, lambda: (process_flag(a.trap_exit, True), (a.ok, 1))[1])
        runtime.spawn(lambda: runtime.exit_signal(pid, reason))
        runtime.pause(0.001)
        return inspect(told(state_of(pid)))

    assert trapping(body) == f"{{{{:EXIT, :pid, {inspect(reason)}}}, 1}}"


def test_a_killed_server_terminates_nothing(server: Any) -> None:
    def body() -> str:
        runtime.exit_signal(begun(server, teller()), a.kill)
        return mailbox()

    assert trapping(body) == "[{:EXIT, :pid, :killed}]"


@pytest.mark.parametrize(
    ("shape", "answer", "reason"),
    [
        (lambda c, s: (a.stop, a.normal, s), "{:normal, :call}", ":normal"),
        (lambda c, s: (a.stop, (a.shutdown, 1), s), "{{:shutdown, 1}, :call}", "{:shutdown, 1}"),
        (lambda c, s: exit_of(a.why), "{:why, :call}", ":why"),
        (lambda c, s: exit_of(a.normal), "{:normal, :call}", ":normal"),
        (lambda c, s: a.what, "{{:bad_return_value, :what}, :call}", "{:bad_return_value, :what}"),
    ],
)
def test_who_waits_for_an_answer_hears_the_end(server: Any, shape: Any, answer: str, reason: str) -> None:
    def body() -> tuple[str, str]:
        pid = begun(server, teller())
        return exits(lambda: do(pid, shape)), mailbox()

    assert trapping(body) == (answer, f"[{{:terminated, {reason}}}, {{:EXIT, :pid, {reason}}}]")


def test_an_error_ends_the_server_with_its_stack_trace(server: Any) -> None:
    def body() -> list[Any]:
        pid = begun(server, teller())
        pyex.cast(pid, (a.do, lambda state: fails()))
        first, last = received()
        return [first, last[2][0], isinstance(last[2][1], Cons)]

    assert trapping(body) == [(a.terminated, a.badarith), a.badarith, True]


def test_what_fails_in_terminate_is_the_reason(server: Any) -> None:
    def body() -> tuple[str, str]:
        pid = begun(server, (a.tell, lambda reason: exit_of(a.at_the_end)))
        return exits(lambda: gen_server.stop(pid)), mailbox()

    assert trapping(body) == ("{:at_the_end, :stop}", "[{:EXIT, :pid, :at_the_end}]")


def test_stop_gives_up_and_the_server_ends_when_it_is_ready(server: Any) -> None:
    def body() -> tuple[str, bool, str]:
        pid = begun(server, (a.tell, lambda reason: runtime.pause(0.05)))
        answer = exits(lambda: gen_server.stop(pid, a.normal, 5))
        alive = runtime.is_alive(pid)
        runtime.pause(0.1)
        return answer, alive, mailbox()

    assert trapping(body) == ("{:timeout, :stop}", True, "[{:EXIT, :pid, :normal}]")


# ---- timeouts


def test_a_late_reply_is_dropped(server: Any) -> None:
    def slow(client: Any, state: Any) -> Any:
        runtime.pause(0.02)
        return a.reply, a.late, state

    def body() -> list[Any]:
        pid = begun(server)
        answer = exits(lambda: do(pid, slow, 5))
        runtime.pause(0.05)
        return [answer, mailbox(), do(pid, STATE)]

    assert trapping(body) == ["{:timeout, :call}", "[]", 1]


@pytest.mark.parametrize(
    ("meanwhile", "expected"),
    [
        (lambda pid: None, "{:timed_out, 1}"),
        (lambda pid: runtime.send(pid, a.hello), "{:hello, 1}"),
        (state_of, "{:timed_out, 1}"),
    ],
)
def test_a_timeout_is_cut_short_by_any_message_but_those_of_sys(server: Any, meanwhile: Any, expected: str) -> None:
    def body() -> str:
        pid = begun(server)
        do(pid, lambda c, s: (a.reply, a.ok, s, 10))
        meanwhile(pid)
        runtime.pause(0.02)
        return inspect(state_of(pid))

    assert trapping(body) == expected


def test_a_timeout_of_nothing_comes_after_what_is_in_the_mailbox_already(server: Any) -> None:
    def queues(state: Any) -> Any:
        runtime.send(runtime.self_pid(), a.queued)
        return a.noreply, state, 0

    def body() -> str:
        pid = begun(server)
        pyex.cast(pid, (a.do, queues))
        runtime.pause(0.01)
        return inspect(state_of(pid))

    assert trapping(body) == "{:queued, 1}"


def test_continue_comes_before_any_message(server: Any) -> None:
    def queues(state: Any) -> Any:
        runtime.send(runtime.self_pid(), a.queued)
        return a.noreply, state, (getattr(a, "continue"), lambda state: (a.noreply, (a.first, state), (getattr(a, "continue"), a.next)))

    def body() -> str:
        pid = begun(server)
        pyex.cast(pid, (a.do, queues))
        runtime.pause(0.01)
        return inspect(state_of(pid))

    assert trapping(body) == "{:queued, {:next, {:first, 1}}}"


def test_a_hibernating_server_says_so_and_answers(server: Any) -> None:
    def body() -> tuple[str, Any]:
        pid = begun(server)
        do(pid, lambda c, s: (a.reply, a.ok, s, a.hibernate))
        runtime.pause(0.001)
        return inspect(export(pyex.alias("Process"), "info", 2).fn(pid, a.current_function)), do(pid, STATE)

    assert trapping(body) == ("{:current_function, {:erlang, :hibernate, 3}}", 1)


def test_one_that_nobody_asks_hibernates_after_its_time(server: Any) -> None:
    def body() -> list[str]:
        options = elixir_list((a.hibernate_after, 20))
        pid = gen_server.start(server, lambda: (a.ok, 1), options)[1]
        info = export(pyex.alias("Process"), "info", 2).fn
        seen = []
        for pause in (0.0, 0.03, 0.0):
            runtime.pause(pause)
            seen.append(inspect(info(pid, a.current_function)[1]))
            do(pid, STATE)
        return seen

    loop = "{:gen_server, :loop, 7}"
    assert trapping(body) == [loop, "{:erlang, :hibernate, 3}", loop]


# ---- replies


def test_a_second_reply_is_a_message_of_its_own(server: Any) -> None:
    def twice(client: Any, state: Any) -> Any:
        gen_server.reply(client, a.one)
        return a.reply, a.two, state

    def body() -> list[Any]:
        pid = begun(server)
        answer = do(pid, twice)
        return [answer, [message[1] for message in received()]]

    assert trapping(body) == [a.one, [a.two]]


def test_a_reply_may_come_before_the_end(server: Any) -> None:
    def ends(client: Any, state: Any) -> Any:
        gen_server.reply(client, a.one)
        return a.stop, a.normal, state

    assert trapping(lambda: (do(begun(server), ends), mailbox())) == (a.one, "[{:EXIT, :pid, :normal}]")


def test_a_request_may_be_sent_by_hand(server: Any) -> None:
    def body() -> str:
        pid = begun(server)
        runtime.send(pid, (a("$gen_call"), (runtime.self_pid(), a.tag), (a.do, STATE)))
        runtime.send(pid, (a("$gen_cast"), (a.do, lambda state: (a.noreply, 2))))
        return mailbox() + inspect(state_of(pid))

    assert trapping(body) == "[tag: 1]2"


@pytest.mark.parametrize(
    ("server_name", "reason"),
    [
        (a.nobody, "{:noproc, :call}"),
        ((getattr(a, "global"), a.nobody), "{:noproc, :call}"),
        ((a.nobody, a("nonode@nohost")), "{:noproc, :call}"),
        ((a.nobody, a("other@host")), "{{:nodedown, :other@host}, :call}"),
    ],
)
def test_a_call_to_nobody_exits(server_name: Any, reason: str) -> None:
    assert exits(lambda: gen_server.call(server_name, 1)) == reason
    assert gen_server.cast(server_name, 1) is a.ok


def test_a_server_does_not_call_itself(server: Any) -> None:
    def calls(client: Any, state: Any) -> Any:
        return a.reply, exits(lambda: do(runtime.self_pid(), STATE)), state

    assert trapping(lambda: do(begun(server), calls)) == "{:calling_self, :call}"


def test_a_process_becomes_a_server(server: Any) -> None:
    def enter(*more: Any) -> Any:
        module = module_atom(server)
        return lambda: export(a.gen_server, "enter_loop", 3 + len(more)).fn(module, EMPTY, 1, *more)

    def body() -> list[str]:
        plain = runtime.spawn(enter())
        timed = runtime.spawn(enter(5))
        further = runtime.spawn(enter((getattr(a, "continue"), a.more)))
        unnamed = runtime.spawn(enter((a.local, a.not_its_name)))
        runtime.pause(0.01)
        states = [inspect(state_of(pid)) for pid in (plain, timed, further)]
        gen_server.stop(plain)
        return [*states, inspect(runtime.exit_reason(plain)), inspect(runtime.exit_reason(unnamed))]

    assert trapping(body) == ["1", "{:timed_out, 1}", "{:more, 1}", ":normal", ":process_not_registered"]


def test_all_nodes_are_asked_and_told(server: Any) -> None:
    def body() -> str:
        begun(server, name=a.one_of_all)
        nodes = elixir_list(a("nonode@nohost"), a("other@host"))
        answers = gen_server.multi_call(nodes, a.one_of_all, (a.do, STATE), 100)
        gen_server.abcast(nodes, a.one_of_all, (a.do, lambda state: (a.noreply, 2)))
        return inspect((answers, state_of(a.one_of_all)))

    assert trapping(body) == "{{[nonode@nohost: 1], [:other@host]}, 2}"


def test_its_child_specification_names_the_module_and_takes_options(server: Any) -> None:
    def body() -> list[Any]:
        module = module_atom(server)
        plain = export(module, "child_spec", 1).fn(7)
        chosen = export(pyex.alias("Supervisor"), "child_spec", 2).fn((module, 7), elixir_list((a.restart, a.temporary)))
        return [plain[a.start] == (module, a.start_link, elixir_list(7)), plain[a.id] is module, chosen[a.restart]]

    assert trapping(body) == [True, True, a.temporary]


def test_a_server_is_started_directly(server: Any) -> None:
    assert inspect(start(server, lambda: (a.stop, a.why))) == "{:error, :why}"

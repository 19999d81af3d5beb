"""Calls answered on the spot: which callbacks are called like functions, and that nobody can tell."""

from __future__ import annotations

import os
from typing import Any

import pytest

from pyex import call
from pyex.code import versions
from pyex.otp import straight
from pyex.otp.python_server import GenServer
from pyex.otp.straight_code import is_straight
from pyex.terms.atoms import alias, atom
from tests.conftest import Iex

STRAIGHT = {
    "counts": "def handle_call(:next, _from, n), do: {:reply, n, n + 1}",
    "keeps a map": "def handle_call({:put, k, v}, _from, m), do: {:reply, :ok, Map.put(m, k, v)}\ndef handle_call(k, _, m), do: {:reply, m[k], m}",
    "is a stack": "def handle_call(:pop, _from, [h | t]), do: {:reply, h, t}\ndef handle_call({:push, x}, _, s), do: {:reply, :ok, [x | s]}",
    "decides": "def handle_call(x, _, s) do\nnew = s.balance + x\nif new < 0, do: {:reply, :error, s}, else: {:reply, :ok, %{s | balance: new}}\nend",
    "has a helper": "def handle_call(x, _, s), do: {:reply, twice(x), s}\ndefp twice(x), do: x * 2",
    "may stop": "def handle_call(:stop, _, s), do: {:stop, :normal, :bye, s}\ndef handle_call(_, _, s), do: {:reply, s, s}",
}

THROUGH_THE_MAILBOX = {
    "prints": "def handle_call(x, _, s), do: (IO.puts(x); {:reply, :ok, s})",
    "tells who it is": "def handle_call(_, _, s), do: {:reply, self(), s}",
    "knows its caller": "def handle_call(_, from, s), do: {:reply, elem(from, 0), s}",
    "sleeps": "def handle_call(n, _, s), do: {:reply, Process.sleep(n), s}",
    "calls a function of its state": "def handle_call(x, _, f), do: {:reply, f.(x), f}",
    "recurs": "def handle_call(n, _, s), do: {:reply, down(n), s}\ndefp down(0), do: 0\ndefp down(n), do: 1 + down(n - 1)",
    "goes round": "def handle_call(n, _, s), do: {:reply, Enum.sum(1..n), s}",
    "handles errors": "def handle_call(x, _, s) do\n{:reply, 1 / x, s}\nrescue\n_ -> {:reply, :error, s}\nend",
    "asks a module of its state": "def handle_call(x, _, m), do: {:reply, m.answer(x), m}",
}


def defined(iex: Iex, callbacks: str) -> Any:
    """Define a server with these callbacks; returns its `handle_call/3` if it is straight."""
    iex(f"defmodule Straightly do\nuse GenServer\ndef init(s), do: {{:ok, s}}\n{callbacks}\nend; :defined")
    version = versions.current(alias("Straightly"))
    assert version is not None
    return straight.callback(version, straight.CALL)


@pytest.mark.parametrize("callbacks", STRAIGHT.values(), ids=STRAIGHT)
def test_a_callback_that_only_computes_is_called_like_a_function(iex: Iex, callbacks: str) -> None:
    assert defined(iex, callbacks) is not None


@pytest.mark.parametrize("callbacks", THROUGH_THE_MAILBOX.values(), ids=THROUGH_THE_MAILBOX)
def test_one_that_does_more_runs_in_its_process(iex: Iex, callbacks: str) -> None:
    assert defined(iex, callbacks) is None


def started(iex: Iex, callbacks: str, state: str, *lines: str) -> str:
    """Start such a server as `pid`, type lines, and return what the last one shows."""
    assert defined(iex, callbacks) is not None
    return iex("\n".join([f"{{:ok, pid}} = GenServer.start(Straightly, {state}); IO.puts(\"begun\")", *lines])).split("begun\n:ok\n")[1]


def test_it_answers_and_keeps_its_state(iex: Iex) -> None:
    assert started(iex, STRAIGHT["counts"], "7", "{(for _ <- 1..3, do: GenServer.call(pid, :next)), :sys.get_state(pid)}") == "{~c\"\\a\\b\\t\", 10}"


def test_messages_that_came_before_are_handled_before(iex: Iex) -> None:
    callbacks = STRAIGHT["counts"] + "\ndef handle_cast(k, n), do: {:noreply, n + k}"
    assert started(iex, callbacks, "1", "GenServer.call(pid, :next); GenServer.cast(pid, 40); GenServer.call(pid, :next)") == "42"


def test_casts_are_taken_at_once_and_in_order(iex: Iex) -> None:
    callbacks = STRAIGHT["is a stack"] + "\ndef handle_cast(x, s), do: {:noreply, [x | s]}"
    assert started(iex, callbacks, "[]", "for x <- 1..3, do: GenServer.cast(pid, x); GenServer.call(pid, {:push, 4}); :sys.get_state(pid)") == "[4, 3, 2, 1]"


def test_a_cast_that_fails_stops_the_server_and_not_the_caller(iex: Iex) -> None:
    callbacks = STRAIGHT["counts"] + "\ndef handle_cast(k, n), do: {:noreply, n + k}"
    shown = started(iex, callbacks, "1", "GenServer.cast(pid, :no)", "Process.alive?(pid)")
    assert ":badarith" in shown or "bad argument in arithmetic" in shown
    assert shown.endswith("false")


def test_what_cannot_be_answered_stops_the_server_in_its_own_process(iex: Iex) -> None:
    shown = started(iex, STRAIGHT["is a stack"], "[1]", "GenServer.call(pid, :pop)", "GenServer.call(pid, :pop)", "Process.alive?(pid)")
    assert "no function clause matching in Straightly.handle_call/3" in shown
    assert "Last message (from #PID<" in shown
    assert shown.endswith("\nfalse")


def test_a_stop_is_one(iex: Iex) -> None:
    assert started(iex, STRAIGHT["may stop"], "1", "{GenServer.call(pid, :stop), Process.alive?(pid)}") == "{:bye, false}"


def test_a_server_that_is_watched_takes_its_mailbox(iex: Iex) -> None:
    shown = started(iex, STRAIGHT["counts"], "1", ":sys.statistics(pid, true); GenServer.call(pid, :next); :sys.statistics(pid, :get)")
    assert "messages_in: 1" in shown


def test_a_server_whose_calls_are_traced_is_seen_once_and_as_what_it_is(iex: Iex) -> None:
    trace = "GenServer.call(pid, 1); :erlang.trace(pid, true, [:call]); :erlang.trace_pattern({Straightly, :handle_call, 3}, true, [])"
    called = "try do GenServer.call(pid, :no) catch :exit, _ -> :ok end; receive do {:trace, ^pid, :call, {_, _, [what, {from, _}, _]}} -> {what, from == self()} end"
    again = "receive do {:trace, _, _, _} = more -> more after 1 -> :once end"
    assert started(iex, STRAIGHT["decides"], "%{balance: 1}", trace, called, again).split("\n")[-1] == ":once"


def test_a_server_that_is_suspended_answers_nobody(iex: Iex) -> None:
    late = "try do GenServer.call(pid, :next, 1) catch :exit, {why, _} -> why end"
    assert started(iex, STRAIGHT["counts"], "1", f":sys.suspend(pid); {late}") == ":timeout"


def test_a_field_that_turns_out_to_be_a_function_that_waits_runs_in_the_process(iex: Iex) -> None:
    iex("defmodule Waiting do\ndef balance, do: (Process.sleep(1); 5)\nend; :defined")
    assert started(iex, "def handle_call(x, _, s), do: {:reply, s.balance + x, s}", "Waiting", "GenServer.call(pid, 1)") == "6"


BEGINS = "use GenServer\ndef handle_call(_, _, s), do: {:reply, s, s}"


def test_a_server_whose_init_only_computes_is_idle_at_once(iex: Iex) -> None:
    iex(f"defmodule Straightly do\n{BEGINS}\ndef init(n), do: {{:ok, n * 2}}\nend; :defined")
    version = versions.current(alias("Straightly"))
    assert version is not None
    assert straight.begin(version, 21) == 42
    assert iex("{:ok, pid} = GenServer.start_link(Straightly, 21, name: :begun); {GenServer.call(:begun, :get), Process.info(self(), :links) == {:links, [pid]}}") == "{42, true}"


def test_one_whose_init_fails_does_so_in_its_own_process(iex: Iex) -> None:
    iex(f"defmodule Straightly do\n{BEGINS}\ndef init(n) when n > 0, do: {{:ok, n}}\nend; :defined")
    shown = iex("{:error, {:function_clause, [{module, name, args, _} | _]}} = GenServer.start(Straightly, 0); {module, name, args}")
    assert shown.endswith("{Straightly, :init, [0]}")


def test_a_name_that_is_taken_keeps_init_from_running(iex: Iex) -> None:
    iex(f"defmodule Straightly do\n{BEGINS}\ndef init(n), do: {{:ok, n}}\nend; :defined")
    assert iex("{:ok, pid} = GenServer.start(Straightly, 1, name: :taken); GenServer.start(Straightly, 2, name: :taken) == {:error, {:already_started, pid}}") == "true"
    assert iex("Process.exit(Process.whereis(:taken), :kill)") == "true"


class Counts(GenServer):
    """A server that only computes."""

    def init(self, number: int) -> int:
        """Begin with a number."""
        return number

    def handle_call(self, request: Any, sender: Any, number: int) -> Any:
        """Give the number and count on, or a list of Python's."""
        if request == "list":
            return atom("reply"), [number], number
        return atom("reply"), number, number + 1


class Changes(GenServer):
    """A server that changes its state in place."""

    def handle_call(self, request: Any, sender: Any, state: dict[str, int]) -> Any:
        """Count in the dictionary."""
        state["n"] += 1
        return atom("reply"), state["n"], state


def test_servers_written_in_python_too() -> None:
    assert is_straight(Counts().handle_call, 1)
    assert not is_straight(Changes().handle_call, 1)


class Noisy:
    """A state that can tell how often it was looked at."""

    seen = 0

    def __getitem__(self, key: str) -> int:
        """Count."""
        self.seen += 1
        return self.seen


class Stops(GenServer):
    """A server that ends with an answer."""

    def handle_call(self, request: Any, sender: Any, state: Any) -> Any:
        """Look once."""
        return atom("stop"), atom("normal"), state["it"], state


class Moves(GenServer):
    """A server that changes something outside of it."""

    @property
    def place(self) -> str:
        """Where to."""
        return os.getcwd()

    def handle_call(self, request: Any, sender: Any, state: Any) -> Any:
        """Call a function of a module."""
        os.replace(request, state)
        return atom("reply"), True, state

    def handle_cast(self, request: Any, state: Any) -> Any:
        """Ask a property."""
        return atom("noreply"), self.place


def test_a_callback_of_a_python_server_runs_once_though_its_state_does_more_than_to_compute() -> None:
    state = Noisy()
    _, server = Stops.start(state)
    assert call(server, "it") == 1
    assert state.seen == 1


def test_functions_of_modules_and_properties_of_python_may_do_anything() -> None:
    assert not is_straight(Moves().handle_call, 1)
    assert not is_straight(Moves().handle_cast)

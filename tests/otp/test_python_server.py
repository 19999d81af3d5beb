"""GenServers written as Python classes, used by a Python program and at the prompt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pyex
from pyex import ElixirError, Exit, GenServer
from pyex import atom as a
from pyex.otp import log
from tests.conftest import Iex


class Stack(GenServer):
    restart = "transient"

    def handle_call(self, request: Any, sender: Any, items: Any) -> Any:
        match request:
            case a.pop:
                return a.reply, items[0], items[1:]
            case a.all:
                return a.reply, {"items": items}, items
            case a.slow:
                return a.noreply, items

    def handle_cast(self, request: Any, items: Any) -> Any:
        match request:
            case (a.push, item):
                return a.noreply, [item, *items]
            case a.stop:
                return a.stop, a.normal, items


class Plain(GenServer):
    """A server that defines nothing."""


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which every report is added."""
    found: list[str] = []
    monkeypatch.setattr(log.Console, "write", staticmethod(found.append))
    return found


def _stack(*items: Any, name: str | None = None) -> Any:
    ok, pid = Stack.start(list(items), name=name)
    assert ok is a.ok
    return pid


def test_a_program_calls_and_casts_from_outside_of_any_process() -> None:
    stack = _stack(2, 1)
    assert pyex.call(stack, a.pop) == 2
    assert pyex.cast(stack, (a.push, 3)) is a.ok
    assert pyex.call(stack, a.pop) == 3


def test_the_state_stays_a_python_value_and_the_reply_becomes_a_term() -> None:
    reply = pyex.call(_stack(1), a.all)
    assert list(reply["items"]) == [1]


def test_a_server_is_called_by_its_name() -> None:
    _stack(1, name="python_stack")
    assert pyex.call("python_stack", a.pop) == 1
    pyex.cast("python_stack", a.stop)
    with pytest.raises(Exit, match="normal"):
        pyex.call("python_stack", a.pop)
    with pytest.raises(Exit, match="no process"):
        pyex.call("python_stack", a.pop)


def test_a_call_without_an_answer_ends_with_the_time() -> None:
    with pytest.raises(Exit, match="time out"):
        pyex.call(_stack(), a.slow, timeout=1)


def test_an_exception_of_a_callback_ends_the_server_and_the_call(logged: list[str]) -> None:
    with pytest.raises(Exit, match="IndexError"):
        pyex.call(_stack(), a.pop)
    assert "IndexError" in "".join(logged)


def test_a_request_that_no_callback_takes_is_bad(logged: list[str]) -> None:
    _, plain = Plain.start(0)
    with pytest.raises(Exit, match="attempted to call GenServer"):
        pyex.call(plain, a.anything)
    assert "Last message: :anything" in "".join(logged)


def test_a_server_started_outside_of_a_process_has_no_link() -> None:
    ok, pid = Stack.start_link([1])
    assert (ok, pyex.call(pid, a.pop)) == (a.ok, 1)


def test_a_class_says_how_it_is_to_be_restarted() -> None:
    spec = Stack().child_spec([1])
    assert spec[a.restart] is a.transient
    assert spec[a.id] is spec[a.start][0]
    assert a.restart not in Plain().child_spec(1)


def test_a_missing_clause_of_a_callback_is_a_function_clause_error() -> None:
    with pytest.raises(ElixirError, match="no function clause matches"):
        Stack().handle_call(a.unknown, None, [])


def test_a_class_of_a_program_is_a_module_at_the_prompt(iex: Iex) -> None:
    _stack(7, name="shown_stack")
    assert iex("GenServer.call(:shown_stack, :pop)") == "7"
    assert iex("GenServer.stop(:shown_stack)") == ":ok"


def test_an_error_in_a_python_callback_is_told_by_its_elixir_name_and_place(
    iex: Iex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "failing.py").write_text(
        "from pyex import GenServer\n\n\nclass Failing(GenServer):\n"
        "    def handle_call(self, request, sender, state):\n        raise ValueError('no')\n"
    )
    monkeypatch.chdir(tmp_path)
    output = iex("{:ok, pid} = GenServer.start(Failing, 1)\nGenServer.call(pid, :x)")
    assert "** (Python.Error) ValueError: no\n    lib/failing.py:6: Failing.handle_call/3\n" in output


def test_the_traceback_of_a_python_error_has_frames_of_the_users_code_only(
    iex: Iex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "raising.py").write_text("def now():\n    raise ValueError('no')\n")
    monkeypatch.chdir(tmp_path)
    output = iex("try do Raising.now() rescue e -> IO.puts(e.traceback) end")
    assert "raising.py" in output
    assert "/pyex/" not in output

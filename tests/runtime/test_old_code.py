"""Two versions of a module at a time: who is ended by a third, and what `:code` says of them."""

from __future__ import annotations

from tests.conftest import Iex


def _begun(name: str) -> tuple[str, str]:
    """Return a module whose loop waits, and that with a process in it."""
    loop = f"defmodule {name} do\n  def loop do\n    receive do\n      :swap -> __MODULE__.loop()\n    end\n  end\nend\n"
    return loop, f"{loop}pid = spawn(&{name}.loop/0)\nProcess.sleep(0)\n"


def _answers(shown: str) -> list[str]:
    return [line for line in shown.split() if line in ("true", "false")]


def test_a_third_version_ends_who_runs_the_first(iex: Iex) -> None:
    loop, begun = _begun("ThreeTimes")
    assert _answers(iex(f"{begun}{loop}Process.alive?(pid)\n{loop}Process.alive?(pid)\n")) == ["true", "false"]


def test_who_has_gone_over_to_the_newer_version_lives_on(iex: Iex) -> None:
    loop, begun = _begun("GoneOver")
    moved = f"{loop}send(pid, :swap)\nProcess.sleep(0)\n{loop}Process.alive?(pid)\nProcess.exit(pid, :kill)\n"
    assert _answers(iex(begun + moved)) == ["true", "true"]


def test_deleted_code_cannot_be_called_and_runs_until_it_is_purged(iex: Iex) -> None:
    _, begun = _begun("Deleted")
    steps = ":code.delete(Deleted)\nProcess.alive?(pid)\n:code.soft_purge(Deleted)\n:code.purge(Deleted)\nProcess.alive?(pid)\n"
    assert _answers(iex(begun + steps)) == ["true", "true", "false", "true", "false"]

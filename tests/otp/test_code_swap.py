"""Which version of its code a server runs after a reload."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ONE = """defmodule Swapped do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:which, _from, n), do: {:reply, helper(n), n}
  def code_change(_old, n, extra), do: {:ok, n + extra}
  defp helper(n), do: {:one, n}
end
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "swapped.ex").write_text(ONE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


EDIT = 'File.write!("lib/swapped.ex", String.replace(File.read!("lib/swapped.ex"), ":one", ":two"))'


def _script(*lines: str) -> str:
    return "\n".join([*lines, EDIT, "r Swapped", "GenServer.call(pid, :which)"])


@pytest.mark.usefixtures("project")
def test_a_server_keeps_the_version_it_started_with(iex: Callable[..., str]) -> None:
    assert iex(_script("{:ok, pid} = GenServer.start(Swapped, 1)")).endswith("{:one, 1}")


@pytest.mark.usefixtures("project")
def test_a_server_follows_the_newest_code_where_the_configuration_says_so(iex: Callable[..., str]) -> None:
    output = iex(
        _script("Application.put_env(:pyex, :code_swap, :latest)", "{:ok, pid} = GenServer.start(Swapped, 1)")
        + "\nApplication.delete_env(:pyex, :code_swap)\nGenServer.call(pid, :which)"
    )
    assert output.endswith("{:two, 1}")


@pytest.mark.usefixtures("project")
def test_change_code_moves_an_old_server_on(iex: Callable[..., str]) -> None:
    output = iex(
        _script("{:ok, pid} = GenServer.start(Swapped, 1)")
        + "\n:sys.suspend(pid)\n:sys.change_code(pid, Swapped, nil, 10)\n:sys.resume(pid)\nGenServer.call(pid, :which)"
    )
    assert output.endswith("{:two, 11}")

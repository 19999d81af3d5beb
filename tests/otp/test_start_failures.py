"""What is said of a server or supervisor whose callback module, or whose init/1, is not there."""

from __future__ import annotations

import pytest

from tests.conftest import Iex

UNDEFINED = "** (UndefinedFunctionError) function NotThere.init/1 is undefined (module NotThere is not available)"


@pytest.mark.parametrize("behaviour", ["GenServer", "Supervisor", "DynamicSupervisor"])
def test_a_module_that_is_not_there_lacks_init(iex: Iex, behaviour: str) -> None:
    shown = iex(f"Process.flag(:trap_exit, true); {{:error, reason}} = {behaviour}.start_link(NotThere, 1)\n"
                "IO.puts(Exception.format_exit(reason))")  # fmt: skip
    assert UNDEFINED in shown
    assert "NotThere.init(1)" in shown


def test_a_module_without_init_fails_with_the_call(iex: Iex) -> None:
    shown = iex("defmodule Empty do end\n{:error, {:undef, [frame | below]}} = GenServer.start(Empty, 1)\n{frame, hd(below)}")
    assert shown.endswith(
        '{{Empty, :init, [1], []},\n {:gen_server, :init_it, 2, [file: ~c"gen_server.erl", line: 2229]}}'
    )


def test_a_supervisor_without_init_fails_with_the_call(iex: Iex) -> None:
    shown = iex(
        "defmodule Empty do end; Process.flag(:trap_exit, true)\n"
        "{:error, {:undef, [frame | _]}} = Supervisor.start_link(Empty, 1); frame"
    )
    assert shown.endswith("{Empty, :init, [1], []}")

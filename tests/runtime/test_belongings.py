"""What a process has goes with it: tables, which an heir may get, and timers; and how timers are set and stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pyex.otp import log

Iex = Callable[..., str]


def test_a_table_goes_to_its_heir_when_its_owner_ends(iex: Iex) -> None:
    printed = iex("""
me = self()
pid = spawn(fn -> :ets.insert(:ets.new(:left, [:named_table, {:heir, me, :data}]), {1, 2}) end)
receive do {:"ETS-TRANSFER", table, ^pid, :data} -> {table, :ets.lookup(:left, 1), :ets.info(:left, :owner) == me} end
""")
    assert printed.endswith("{:left, [{1, 2}], true}")


def test_a_table_without_an_heir_is_gone_before_anybody_hears_of_its_owners_end(iex: Iex) -> None:
    printed = iex("""
{_, ref} = spawn_monitor(fn -> :ets.new(:gone, [:named_table]) end)
receive do {:DOWN, ^ref, _, _, _} -> :ets.whereis(:gone) end
""")
    assert printed.endswith(":undefined")


def test_a_timer_ends_with_the_process_it_is_for(iex: Iex) -> None:
    printed = iex("""
pid = spawn(fn -> receive do :end -> :ok end end)
timer = Process.send_after(pid, :late, 100_000)
before = is_integer(Process.read_timer(timer))
send(pid, :end)
Process.sleep(0)
{before, Process.read_timer(timer), Process.read_timer(Process.send_after(pid, :late, 100_000))}
""")
    assert printed.endswith("{true, false, false}")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Process.read_timer(Process.send_after(self(), :x, System.monotonic_time(:millisecond) + 60_000, abs: true)) in 59_000..60_000", "true"),
        ("Process.send_after(self(), :past, System.monotonic_time(:millisecond) - 9, abs: true); receive do :past -> :came after 100 -> :lost end", ":came"),
        ("Process.cancel_timer(Process.send_after(self(), :x, 60_000), info: false)", ":ok"),
        ("Process.cancel_timer(Process.send_after(self(), :x, 60_000), async: true, info: false)", ":ok"),
        (
            "t = Process.send_after(self(), :x, 60_000); Process.cancel_timer(t, async: true);"
            " receive do {:cancel_timer, ^t, left} -> left in 59_000..60_000 end",
            "true",
        ),
        (
            "m = Process.monitor(spawn(fn -> :ok end), tag: :over); receive do {:over, ^m, _, _, why} -> why end",
            ":normal",
        ),
        (
            "p = spawn(fn -> receive do :end -> 1 end end); m = Process.monitor(p, alias: :reply_demonitor); send(m, 1); send(m, 2);"
            " send(p, :end); {Process.info(self(), :messages), Process.demonitor(m, [:info])}",
            "{{:messages, [1]}, false}",
        ),
        ("a = Process.alias([:reply]); send(a, 1); send(a, 2); Process.info(self(), :messages)", "{:messages, [1]}"),
    ],
)  # fmt: skip
def test_options_of_timers_monitors_and_aliases(
    iex: Iex, line: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log.Console, "level", "none")
    assert iex(line).split("\n")[-1] == answer


def test_what_a_hibernating_process_was_to_do_is_forgotten(iex: Iex) -> None:
    printed = iex("""
me = self()
pid = spawn(fn -> try do :erlang.hibernate(Kernel, :send, [me, :awake]) after send(me, :after) end end)
send(pid, :wake)
receive do message -> message end
Process.info(me, :message_queue_len)
""")
    assert printed.split("\n")[-2:] == [":awake", "{:message_queue_len, 0}"]

"""Ports: programs of the operating system, written to and read as messages."""

from __future__ import annotations

from collections.abc import Callable

Iex = Callable[..., str]

NEXT = "receive do {^p, x} -> x after 5000 -> :none end"


def test_what_a_program_writes_comes_as_messages(iex: Iex) -> None:
    shown = iex(f'p = Port.open({{:spawn, "cat"}}, [:binary])\nPort.command(p, "hi")\n{NEXT}\nPort.close(p)\nPort.info(p)')
    assert '{:data, "hi"}' in shown
    assert shown.rstrip().endswith("nil")


def test_the_exit_status_comes_last(iex: Iex) -> None:
    shown = iex(f"p = Port.open({{:spawn, \"sh -c 'echo hi; exit 3'\"}}, [:binary, :exit_status])\n{NEXT}\n{NEXT}")
    assert shown.index('{:data, "hi\\n"}') < shown.index("{:exit_status, 3}")


def test_output_is_cut_into_lines(iex: Iex) -> None:
    shown = iex(f"p = Port.open({{:spawn, \"printf 'a\\nb'\"}}, [:binary, line: 10])\n{NEXT}\n{NEXT}")
    assert '{:data, {:eol, "a"}}' in shown
    assert '{:data, {:noeol, "b"}}' in shown


def test_a_closed_port_takes_nothing(iex: Iex) -> None:
    shown = iex('p = Port.open({:spawn, "cat"}, [])\nPort.close(p)\nPort.command(p, "x")')
    assert "** (ArgumentError) argument error" in shown


def test_an_unknown_option_is_refused(iex: Iex) -> None:
    assert "2nd argument: invalid option in list" in iex('Port.open({:spawn, "cat"}, [:foo])')


def test_a_port_takes_messages(iex: Iex) -> None:
    shown = iex(
        'p = Port.open({:spawn, "cat"}, [:binary])\n'
        f'send(p, {{self(), {{:command, "hey"}}}})\n{NEXT}\nsend(p, {{self(), :close}})\n{NEXT}'
    )
    assert '{:data, "hey"}' in shown
    assert shown.rstrip().endswith(":closed")

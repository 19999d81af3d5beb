"""`:pg`, groups of processes, and `:global`'s locks."""

from __future__ import annotations

from tests.conftest import Iex


def test_a_group_has_a_process_as_often_as_it_joined(iex: Iex) -> None:
    shown = iex("""
{:ok, _} = :pg.start_link(:scope)
:pg.join(:scope, :red, self()); :pg.join(:scope, :red, [self(), self()])
length(:pg.get_members(:scope, :red))
for _ <- 1..4, do: :pg.leave(:scope, :red, self())
:pg.which_groups(:scope)
""").split("\n")
    assert shown[-3:] == ["3", "[:ok, :ok, :ok, :not_joined]", "[]"]


def test_who_watches_a_group_hears_of_joins_and_of_ends(iex: Iex) -> None:
    shown = iex("""
{:ok, _} = :pg.start_link(:watched)
{ref, []} = :pg.monitor(:watched, :red)
pid = spawn(fn -> Process.sleep(:infinity) end)
:pg.join(:watched, :blue, pid); :pg.join(:watched, :red, pid)
Process.exit(pid, :kill); Process.sleep(1)
receive do {^ref, :join, :red, [^pid]} -> :joined after 0 -> :nothing end
receive do {^ref, :leave, :red, [^pid]} -> :left after 0 -> :nothing end
{:pg.which_groups(:watched), :pg.demonitor(:watched, ref), :pg.demonitor(:watched, ref)}
""").split("\n")
    assert shown[-3:] == [":joined", ":left", "{[], :ok, false}"]


def test_a_scope_that_does_not_run_has_no_members_and_takes_none(iex: Iex) -> None:
    shown = iex(":pg.get_members(:none, :red)\n:pg.join(:none, :red, self())")
    assert shown.startswith("[]\n")
    assert "exited in: :gen_server.call(:none, {:join_local, :red, #PID<" in shown


def test_a_global_lock_is_held_by_one(iex: Iex) -> None:
    shown = iex("""
:global.set_lock({:table, :me}, [node()], 0)
:global.set_lock({:table, :you}, [node()], 0)
:global.trans({:table, :you}, fn -> :inside end, [node()], 0)
:global.del_lock({:table, :me})
:global.trans({:table, :you}, fn -> :inside end, [node()], 0)
""").split("\n")
    assert shown[-5:] == ["true", "false", ":aborted", "true", ":inside"]

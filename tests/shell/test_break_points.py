"""Looking around inside running code: `IEx.pry()`, `break!`, and what is typed at a stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pyex import runtime
from pyex.code.native import call
from pyex.compiler.kernel.debugging import CALLBACK
from pyex.shell import break_points
from pyex.shell.pry import use_for_dbg
from pyex.terms.atoms import atom
from tests.conftest import Iex

SHOP = """\
defmodule Shop do
  def total(price, count) do
    sum = price * count
    tax = div(sum, 5)
    sum + tax
  end

  def look(order) do
    price = order * 2
    require IEx
    IEx.pry()
    price
  end

  defp hidden(x), do: x
  def visible(x), do: hidden(x)
end
"""


@pytest.fixture(autouse=True)
def no_break_points() -> Iterator[None]:
    yield
    break_points.remove()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "shop.ex").write_text(SHOP)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("shop")
def test_a_break_point_stops_before_the_first_expression(iex: Iex) -> None:
    shown = iex("break! Shop.total/2\nShop.total(10, 3)\nbinding()")
    assert "Break reached: Shop.total/2 (lib/shop.ex:3)" in shown
    assert "    3:     sum = price * count" in shown
    assert shown.endswith("[count: 3, price: 10]")


@pytest.mark.usefixtures("shop")
def test_n_goes_on_expression_by_expression(iex: Iex) -> None:
    shown = iex("break! Shop.total/2\nShop.total(10, 3)\nn\nsum\nn\n{sum, tax}")
    assert "(lib/shop.ex:4)" in shown
    assert "\n30\n" in shown
    assert shown.endswith("{30, 6}")


@pytest.mark.usefixtures("shop")
def test_after_a_stop_in_its_own_process_the_shell_starts_anew(iex: Iex) -> None:
    shown = iex("break! Shop.total/2\nShop.total(10, 3)\ncontinue\nShop.total(1, 5)")
    assert "36\n** (EXIT from #PID<" in shown
    assert "shell process exited with reason: normal" in shown
    assert shown.endswith("\n6")


@pytest.mark.usefixtures("shop")
def test_a_break_point_may_ask_for_arguments(iex: Iex) -> None:
    shown = iex("break! Shop.total(_, count) when count > 2\nShop.total(10, 2)\nShop.total(10, 3)\ncount")
    assert shown.startswith("1\n24\nBreak reached")
    assert shown.endswith("\n3")


@pytest.mark.usefixtures("shop")
def test_private_functions_stop_too(iex: Iex) -> None:
    assert "Break reached: Shop.hidden/1" in iex("break! Shop.hidden/1\nShop.visible(1)")


@pytest.mark.usefixtures("shop")
def test_break_points_are_listed_reset_and_removed(iex: Iex) -> None:
    shown = iex("break! Shop.total/2, 3\nbreaks\nreset_break 1\nbreaks\nremove_breaks\nbreaks\nShop.total(10, 1)")
    assert " 1    Shop.total/2            3" in shown
    assert " 1    Shop.total/2            0" in shown
    assert shown.endswith(":ok\nNo breakpoints set\n12")


@pytest.mark.usefixtures("shop")
def test_a_module_that_is_loaded_anew_has_no_break_points(iex: Iex) -> None:
    assert iex("break! Shop.total/2\nr Shop\nbreaks").endswith("No breakpoints set")


@pytest.mark.usefixtures("shop")
def test_what_cannot_stop_is_refused(iex: Iex) -> None:
    shown = iex("break! Shop.other/1\nbreak! Nowhere.f/1\nbreak! :lists.map/2")
    assert "could not set breakpoint, unknown function/macro Shop.other/1" in shown
    assert "could not set breakpoint, could not find .beam file for Nowhere" in shown
    assert "could not set breakpoint, module :lists was not written in Elixir" in shown


@pytest.mark.usefixtures("shop")
def test_pry_stops_with_the_variables_of_its_place(iex: Iex) -> None:
    shown = iex("Shop.look(4)\n{order, price}\n__MODULE__\nwhereami(1)\ncontinue")
    assert "Break reached: Shop.look/1 (lib/shop.ex:11)" in shown
    assert "{4, 8}\nShop\n" in shown
    assert "Location: lib/shop.ex:11" in shown
    assert "    lib/shop.ex:11: Shop.look/1" in shown


@pytest.mark.usefixtures("shop")
def test_the_functions_of_the_module_are_out_of_reach_at_a_stop(iex: Iex) -> None:
    assert "function hidden/1 is undefined (there is no such import)" in iex("Shop.look(1)\nhidden(1)")


@pytest.mark.usefixtures("shop")
def test_another_process_asks_before_it_stops(iex: Iex) -> None:
    shown = iex("pid = spawn(fn -> Shop.look(7) end)\nY\n{order, self() == order}\nrespawn\n1 + 1")
    assert "{7, false}" in shown
    assert shown.endswith("\n2")


def test_library_functions_stop_with_their_arguments(iex: Iex) -> None:
    shown = iex("break! Enum.sum/1\nEnum.sum([1, 2])\nbinding()\ncontinue\nremove_breaks")
    assert "Break reached: Enum.sum/1" in shown
    assert "[enumerable: [1, 2]]" in shown


def test_helpers_of_stops_say_so_elsewhere(iex: Iex) -> None:
    assert iex("whereami\nbreaks") == "Pry session is not currently enabled\nNo breakpoints set"


@pytest.mark.usefixtures("shop")
def test_pry_without_a_shell_tells_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    values: list[object] = []
    pid = runtime.spawn(lambda: values.append(call("Shop", "look", 2)), ())
    runtime.run(until=lambda: not runtime.is_alive(pid))
    assert values == [4]
    assert "Is an IEx shell running?" in capsys.readouterr().out


def test_dbg_stops_at_each_line_of_a_pipeline(iex: Iex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lines.ex").write_text(
        "defmodule Lines do\n  def run(list) do\n    list\n    |> Enum.map(&(&1 + 1))\n    |> Enum.sum()\n    |> dbg()\n  end\nend\n"
    )
    monkeypatch.chdir(tmp_path)
    use_for_dbg()
    try:
        shown = iex('c "lines.ex"\nLines.run([1, 2])\nlist\nn\ncontinue')
    finally:
        call("Application", "delete_env", atom("elixir"), CALLBACK)
    assert "Break reached: Lines.run/1 (lines.ex:3)" in shown
    assert "[1, 2]\nlist #=> [1, 2]\n\nBreak reached: Lines.run/1 (lines.ex:4)" in shown
    assert "|> Enum.map(&(&1 + 1)) #=> [2, 3]\n\n|> Enum.sum() #=> 5\n\n5\n** (EXIT" in shown

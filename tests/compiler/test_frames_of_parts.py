"""Stack traces of what is a function of its own on the BEAM alone: the body of `for`, the `else` of `with`."""

from __future__ import annotations

from tests.conftest import Iex

MODULE = """
defmodule Parts do
  def each(l), do: for(x <- l, do: x + :a)
  def pairs(l, k), do: for(x <- l, y <- l, do: x + y + k)
  def kept(l) do
    for x <- l, x > 0 do
      x + :a
    end
  end
  def calls(l), do: {:ok, for(x <- l, do: each([x]))}
  def reduced(l), do: {for(x <- l, reduce: 0, do: (acc -> acc + x + :a)), 1}
  def chosen(x) do
    with {:ok, y} <- x do
      y
    else
      :error -> 1
    end
  end
end
"""


def frames(iex: Iex, call: str) -> list[str]:
    """Return the frames of a failing call of the module, without the library's."""
    iex(MODULE)
    lines = [line.strip() for line in iex(call).splitlines()]
    return [line for line in lines if line.startswith("iex:")]


def test_the_body_of_a_comprehension_is_told_as_a_function(iex: Iex) -> None:
    assert frames(iex, "Parts.kept([1])")[:2] == ["iex:6: anonymous fn/2 in Parts.kept/1", "iex:5: Parts.kept/1"]
    assert "in Parts.reduced/1" in frames(iex, "Parts.reduced([1])")[0]


def test_a_function_that_only_goes_over_elements_has_left(iex: Iex) -> None:
    shown = frames(iex, "Parts.each([1])")
    assert shown[0] == "iex:2: anonymous fn/1 in Parts.each/1"
    assert shown[1].endswith("(file)")


def test_inner_generators_are_called_in_tail_position_and_capture_what_they_use(iex: Iex) -> None:
    shown = frames(iex, "Parts.pairs([1], :b)")
    assert shown[:2] == ["iex:3: anonymous fn/4 in Parts.pairs/2", "iex:3: Parts.pairs/2"]


def test_a_body_that_ends_in_a_call_has_left_when_that_fails(iex: Iex) -> None:
    shown = frames(iex, "Parts.calls([1])")
    assert shown[:2] == ["iex:2: anonymous fn/1 in Parts.each/1", "iex:9: Parts.calls/1"]


def test_the_clauses_of_else_are_told_as_a_function(iex: Iex) -> None:
    assert frames(iex, "Parts.chosen(:no)")[0] == "iex:12: anonymous fn/1 in Parts.chosen/1"


def test_at_the_prompt_each_generator_has_a_frame(iex: Iex) -> None:
    assert iex("for x <- [1], y <- [2], do: x + y + :a").count("(file)") == 3

"""What the library tells besides its values: similar functions, deprecated ways to call, ranges downwards."""

from __future__ import annotations

from tests.conftest import Iex


def test_a_hint_names_no_deprecated_function(iex: Iex) -> None:
    shown = iex("Enum.uniqq([1])")
    assert "* uniq/1\n" in shown
    assert "* uniq/2" not in shown


def test_keys_that_are_no_list_are_taken_with_a_warning(iex: Iex) -> None:
    shown = iex("Map.take(%{a: 1}, MapSet.new([:a]))")
    assert "Map.take/2 with an Enumerable of keys that is not a list is deprecated" in shown
    assert shown.rstrip().endswith("%{a: 1}")


def test_a_sum_of_results_begins_with_what_was_summed_before(iex: Iex) -> None:
    assert "bad argument in arithmetic expression: 0 + \"1\"" in iex('Enum.sum_by([1], fn x -> "#{x}" end)')


def test_code_that_the_prompt_evaluates_ends_its_stack_trace(iex: Iex) -> None:
    shown = iex('Code.eval_string("1 / 0")')
    assert shown.count("(file)") == 1
    assert "nofile:1: (file)" in shown

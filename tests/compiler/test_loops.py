"""Functions written in calls of the library's become loops: what they give, and what stack traces tell of them, stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import pyex.code.hosting  # noqa: F401  # connects the compiler with the code server
from pyex.code import versions
from pyex.compiler.emit.loops import LOOPS
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.lists import to_pylist
from pyex.terms.stacktrace import of_exception
from tests.conftest import Iex

ANY = ("fn x -> rem(x, 3) end", "fn x -> x > 2 && x end", "fn 2 -> nil; x -> x * 1.5 end")
"""Functions of an element that the tests hand to the library, written in the call and as a value."""
NUMBER = ("fn x -> x * 2 end", "fn 2 -> 0.5; x -> x + 1 end")
PAIR = ("fn x -> {rem(x, 3), x} end", "fn 2 -> List.to_tuple([:two, 2]); x -> {x / 1, x} end")
SPREAD = ("fn x -> [x, -x] end", "fn 2 -> []; 3 -> 1..2; x -> List.duplicate(x, 2) end")
TWO = ("fn x, acc -> x - acc end", "fn 2, acc -> acc; x, acc -> (fn -> x * acc end).() end")
FUNCTIONS = {
    "new/2": PAIR, "flat_map/2": SPREAD, "map_join/2": NUMBER, "map_join/3": NUMBER, "sum_by/2": NUMBER,
    "product_by/2": NUMBER, "reduce/2": TWO, "reduce/3": TWO, "scan/2": TWO, "scan/3": TWO,
}  # fmt: skip
BETWEEN = {"reduce/3": "7", "scan/3": "7", "find/3": ":none", "find_value/3": ":none", "into/3": "[]", "map_join/3": '"-"'}
"""What stands between the enumerable and the function."""
SOURCES = ("[1, 2, 3, 4]", "2..7//2", "Stream.drop(1..4, 1)", "Enum.reverse(MapSet.new([1, 2]))")


def evaluated(text: str) -> Any:
    return eval_quoted(parse(text, file="probe.ex"), {}, default_env(file="probe.ex")).value


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Forget the module Probe afterwards."""
    yield
    versions.forget(alias("Probe"))


def frames(text: str) -> list[str]:
    """Return the functions that the stack trace of a text's failure names in the module Probe."""
    with pytest.raises(ElixirError) as raised:
        evaluated(text)
    trace = to_pylist(of_exception(raised.value))
    return [f"{name.name}/{arity}" for module, name, arity, _ in trace if module is alias("Probe")]


@pytest.mark.parametrize(("module", "name", "arity"), LOOPS)
def test_a_written_function_gives_what_the_same_function_gives_as_a_value(module: Any, name: str, arity: int) -> None:
    key = f"{name}/{arity}"
    for fun in FUNCTIONS.get(key, ANY):
        for source in SOURCES:
            start = f"{module.name[7:]}.{name}({', '.join([source, *([BETWEEN[key]] if arity == 3 else [])])}, "
            walked = [f"then({start}{given}), &if(is_struct(&1, Stream), do: Enum.to_list(&1), else: &1))" for given in (fun, "f")]
            left, right = map(inspect, evaluated(f"f = {fun}; {{{', '.join(walked)}}}"))
            assert left == right


def test_streams_are_walked_while_the_function_runs() -> None:
    text = """
    try do
      1..2 |> Stream.map(fn 2 -> throw(:made); x -> x end) |> Enum.map(fn 1 -> throw(:used); x -> x end)
    catch
      which -> which
    end
    """
    assert inspect(evaluated(text)) == ":used"


def test_a_closure_made_in_a_loop_keeps_the_values_of_its_round() -> None:
    text = "Enum.map(Enum.map(1..3, fn x -> y = x * 2; fn z -> {x, y, z} end end), fn f -> f.(0) end)"
    assert inspect(evaluated(text)) == "[{1, 2, 0}, {2, 4, 0}, {3, 6, 0}]"


def test_a_loop_checks_the_arity_of_each_function_that_it_calls() -> None:
    assert inspect(evaluated("Enum.map([fn x -> x end, &abs/1, &abs/1, fn x -> x * 2 end], fn f -> f.(-1) end)")) == "[-1, 1, 1, -2]"
    with pytest.raises(ElixirError) as raised:
        evaluated("Enum.map([fn x -> x end, fn -> 1 end], fn f -> f.(-1) end)")
    assert raised.value.reason[0] is atom("badarity")


def test_what_a_loop_does_with_a_value_is_outside_of_a_try() -> None:
    with pytest.raises(ElixirError) as raised:
        evaluated("Enum.flat_map([[1], 2], fn x -> try do x rescue _ -> [:rescued] end end)")
    assert "Protocol.UndefinedError" in inspect(raised.value.reason)
    text = "1..3 |> Stream.map(fn x -> try do 6 / (x - 2) rescue _ -> :zero after x end end) |> Enum.to_list()"
    assert inspect(evaluated(text)) == "[-6.0, :zero, 6.0]"


def test_loops_inside_loops_have_accumulators_of_their_own() -> None:
    text = "Enum.reduce([[1, 2], [3]], 0, fn l, acc -> Enum.reduce(l, acc, fn x, acc -> acc + x end) + length(l) end)"
    assert evaluated(text) == 9


@pytest.mark.usefixtures("forgotten")
def test_a_stack_trace_names_the_function_and_counts_what_it_captures() -> None:
    module = "defmodule Probe do\ndef f(l, y) do\nr = Enum.map(l, fn x -> x + y end)\n{r}\nend\nend\n"
    assert frames(module + "Probe.f([1], :a)") == ["-f/2-fun-0-/2", "f/2"]


@pytest.mark.usefixtures("forgotten")
def test_a_function_has_left_the_stack_when_its_last_call_fails() -> None:
    module = "defmodule Probe do\ndef f(l) do\nr = Enum.map(l, fn x -> g(x) end)\n{r}\nend\ndef g(x) do\n{hd(x)}\nend\nend\n"
    assert frames(module + "Probe.f([[1], 2])") == ["g/1", "f/1"]


@pytest.mark.usefixtures("forgotten")
def test_a_failure_of_the_stream_that_a_loop_walks_is_not_the_loops_own() -> None:
    module = """defmodule Probe do
    def f(l) do
      r = l |> Stream.map(fn x -> x + 1 end) |> Enum.map(fn x -> x * 2 end)
      {r}
    end
    end
    """
    assert frames(module + "Probe.f([:a])") == ["-f/1-fun-0-/1", "f/1"]


def test_a_library_module_that_is_defined_anew_gets_a_plain_function() -> None:
    evaluated("Enum.map([], fn x -> x end)")
    before = versions.current(alias("Enum"))
    assert before is not None
    try:
        text = "defmodule Enum do\ndef map(x, fun), do: {:mine, fun.(x)}\nend\nEnum.map(5, fn x -> x * 2 end)"
        assert inspect(evaluated(text)) == "{:mine, 10}"
    finally:
        versions.publish(before)


def test_pairs_that_only_a_loop_sees_are_not_made_into_a_list() -> None:
    assert inspect(evaluated("for {x, i} <- Enum.with_index([:a, :b], 1), do: {i, x}")) == "[{1, :a}, {2, :b}]"
    text = "Enum.zip([1, 2], [3, 4]) |> Enum.map(fn {a, b} -> a * b end)"
    assert to_pylist(evaluated(text)) == [3, 8]


def test_a_division_in_a_module_fails_without_naming_its_operands(forgotten: None) -> None:
    evaluated("defmodule Probe do\ndef f(x, y), do: x / y\nend")
    with pytest.raises(ElixirError) as raised:
        evaluated("Probe.f(1, 0)")
    assert raised.value.frames == ()
    with pytest.raises(ElixirError) as typed:
        evaluated("x = 0; 1 / x")
    assert typed.value.frames


def test_a_function_in_a_comprehension_at_the_prompt_sees_a_variable_of_an_earlier_line(iex: Iex) -> None:
    # Its name is a parameter of what makes the function there, and was taken for no variable from outside.
    assert iex("n = 5\nfor i <- [1, 2], do: (fn -> n + i end).()").endswith("[6, 7]")

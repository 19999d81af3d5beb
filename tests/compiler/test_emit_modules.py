"""Modules: functions of clauses, tail calls, recursion, processes, what a stack trace names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pyex import runtime
from pyex.code import versions
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.lists import to_pylist
from pyex.terms.stacktrace import of_exception

Evaluate = Callable[[str], Any]


@pytest.fixture
def define() -> Iterator[Evaluate]:
    """Return a function that defines the module `Probe` with the given body."""

    def compiled(body: str) -> Any:
        return evaluated(f"defmodule Probe do\n{body}\nend")

    yield compiled
    versions.forget(alias("Probe"))


def evaluated(text: str) -> Any:
    return eval_quoted(parse(text, file="probe.ex"), {}, default_env(file="probe.ex")).value


def shown(text: str) -> str:
    return inspect(evaluated(text))


def trace(text: str) -> list[tuple[str, int]]:
    """Return (function, line) of the frames of what evaluating a text raises."""
    with pytest.raises(ElixirError) as raised:
        evaluated(text)
    frames = []
    for _, name, _, location in to_pylist(of_exception(raised.value)):
        lines = [value for key, value in to_pylist(location) if key is atom.line]
        frames.append((name.name, lines[0] if lines else 0))
        if name.name == "__FILE__":
            break  # what follows are the frames of the test
    return frames


def test_clauses_are_tried_in_order(define: Evaluate) -> None:
    define("""
    def f(0), do: :zero
    def f(n) when is_integer(n) and n > 10, do: :big
    def f(n) when is_integer(n), do: n
    def f([x | _]) when x == 1 when hd(x) == 2, do: :list
    def f(%{a: x}), do: {:map, x}
    def f(_), do: :other
    """)
    expected = "[:zero, :big, 5, :list, :list, :other, {:map, 1}, :other]"
    assert shown("Enum.map([0, 11, 5, [1], [[2]], [3], %{a: 1}, 0.0], &Probe.f/1)") == expected


def test_a_call_that_no_clause_matches_carries_its_arguments(define: Evaluate) -> None:
    define("def f(1, 2), do: 3")
    with pytest.raises(ElixirError) as raised:
        evaluated("Probe.f(1, :x)")
    assert raised.value.reason is atom.function_clause
    assert raised.value.frames == ((alias("Probe"), "f", (1, atom.x)),)


def test_a_call_to_itself_loops(define: Evaluate) -> None:
    define("""
    def down(0, acc), do: acc
    def down(n, acc), do: down(n - 1, acc + 1)
    def swap(0, a, b), do: {a, b}
    def swap(n, a, b), do: swap(n - 1, b, a)
    """)
    assert evaluated("Probe.down(300_000, 0)") == 300_000
    assert evaluated("Probe.swap(300_001, 1, 2)") == (2, 1)


@pytest.mark.parametrize(
    "body",
    [
        "def f(n), do: if(n == 0, do: :done, else: f(n - 1))",
        "def f(n), do: (cond do n == 0 -> :done; true -> f(n - 1) end)",
        "def f(n), do: (with true <- n > 0, m = n - 1 do f(m) else false -> :done end)",
        "def f(0), do: :done\n def f(n), do: (try do throw(n) catch x -> f(x - 1) end)",
        "def f(0), do: :done\n def f(n), do: (receive do x -> x after 0 -> f(n - 1) end)",
        "def f(0), do: :done\n def f(n), do: g(n)\n defp g(n), do: f(n - 1)",
        "def f(0), do: :done\n def f(n), do: g(n, 1)\n defp g(n, k), do: (case k do 1 -> f(n - 1) end)",
        "def f(0), do: :done\n def f(n), do: __MODULE__.f(n - 1)",
        "def f(0), do: :done\n def f(n), do: g(n)\n def g(n), do: __MODULE__.f(n - 1)",
    ],
)
def test_tail_calls_run_in_constant_space(define: Evaluate, body: str) -> None:
    define(body)
    result: list[Any] = []
    pid = runtime.spawn(lambda: result.append(evaluated("Probe.f(20_000)")))
    limited(lambda: runtime.run(until=lambda: bool(result)))
    assert result == [atom.done]
    assert pid.process is None or not pid.process.mailbox


def limited(action: Callable[[], Any]) -> None:
    """Run with room for a few thousand frames: what piles up fails."""
    import sys

    before = sys.getrecursionlimit()
    sys.setrecursionlimit(5_000)
    try:
        action()
    finally:
        sys.setrecursionlimit(before)


def test_recursion_may_be_a_hundred_thousand_deep(define: Evaluate) -> None:
    define("def f(0), do: 0\n def f(n), do: 1 + f(n - 1)")
    assert evaluated("Probe.f(100_000)") == 100_000


def test_closures_in_a_loop_keep_the_values_they_were_made_with(define: Evaluate) -> None:
    define("""
    def f(0, acc), do: for g <- acc, do: g.()
    def f(n, acc) do
      m = n * 10
      f(n - 1, [fn -> {n, m} end | acc])
    end
    """)
    assert shown("Probe.f(2, [])") == "[{1, 10}, {2, 20}]"


def test_a_binary_that_grows_in_a_loop_is_the_same_as_one_built_at_once(define: Evaluate) -> None:
    define("""
    def f(0, acc), do: acc
    def f(n, acc), do: f(n - 1, acc <> "#{n}," <> <<255>>)
    def g(0, acc, all), do: {acc, all}
    def g(n, acc, all), do: g(n - 1, acc <> "x", [acc | all])
    """)
    assert evaluated('Probe.f(2, "")') == b"2,\xff1,\xff"
    assert shown('Probe.g(2, "", [])') == '{"xx", ["x", ""]}'


def test_what_is_appended_is_read_before_parameters_change(define: Evaluate) -> None:
    define("""
    def bytes([], acc, _), do: acc
    def bytes([head | tail], acc, more), do: bytes(tail, acc <> more, head)
    """)
    assert shown('Probe.bytes([<<1>>, <<254>>, "x", "y"], "", <<255>>)') == "<<255, 1, 254, 120>>"


def test_what_a_closure_or_a_caller_holds_does_not_grow(define: Evaluate) -> None:
    define("""
    def closed(acc) do
      fun = fn -> acc end
      more = acc <> "x"
      {fun.(), more, acc <> "y", fun.()}
    end
    def grow(acc), do: acc <> "z"
    def held(text), do: {Enum.reduce(1..3, text, fn _, acc -> grow(acc) end), text}
    """)
    assert shown('Probe.closed("a")') == '{"a", "ax", "ay", "a"}'
    assert shown('Probe.held("a" <> "b")') == '{"abzzz", "ab"}'


def test_a_stack_trace_names_functions_and_lines(define: Evaluate) -> None:
    define("""
    def f(x) do
      g(x) + 1
    end

    def g(x) do
      y = Enum.map([x], fn
        z ->
          z + 1
      end)

      hd(y)
    end
    """)
    assert trace("\n\nProbe.f(:a)") == [
        ("+", 0),
        ("-g/1-fun-0-", 10),
        ("g", 8),
        ("f", 4),
        ("__FILE__", 3),
    ]


def test_the_line_of_a_call_over_many_lines_is_where_its_name_stands(define: Evaluate) -> None:
    define("""
    def f(x) do
      x
      |> Enum.map(& &1)
      |> g(
        1
      )
      |> hd()
    end
    def g(_, _), do: raise "no"
    """)
    assert trace("Probe.f([])") == [("g", 11), ("f", 6), ("__FILE__", 1)]


def test_a_caller_in_tail_position_has_left_the_stack(define: Evaluate) -> None:
    define("""
    def f(x), do: g(x)
    def g(x), do: hd(h(x))
    def h(x), do: String.length(x)
    def i(x) do
      try do
        h(x)
      rescue
        KeyError -> 1
      end
    end
    """)
    assert trace("Probe.f(1)") == [("length", 0), ("g", 4), ("__FILE__", 1)]
    assert trace("Probe.i(1)") == [("length", 0), ("i", 8), ("__FILE__", 1)]


def test_try_catches_what_its_clauses_name(define: Evaluate) -> None:
    define("""
    def f(fun) do
      try do
        fun.()
      rescue
        e in [RuntimeError, ArgumentError] -> {:rescued, e.message}
        ArithmeticError -> :arithmetic
      catch
        :throw, x when x > 1 -> {:big, x}
        :exit, reason -> {:exit, reason}
        kind, x -> {kind, x}
      else
        1 -> :one
        x -> {:value, x}
      end
    end
    """)
    cases = {
        'raise "a"': '{:rescued, "a"}',
        "1 + :a": ":arithmetic",
        "throw(5)": "{:big, 5}",
        "throw(1)": "{:throw, 1}",
        "exit(:bye)": "{:exit, :bye}",
        "1": ":one",
        "2": "{:value, 2}",
        ":erlang.error(:odd)": "{:error, :odd}",
    }
    for text, value in cases.items():
        assert shown(f"x = :a; _ = x; Probe.f(fn -> {text} end)") == value


def test_after_runs_however_the_body_ends(define: Evaluate) -> None:
    define("""
    def f(fun, note) do
      try do
        fun.()
      after
        note.(:after)
      end
    end
    """)
    notes: list[Any] = []
    form = parse("try do Probe.f(fn -> throw(1) end, note) catch x -> x end", file="probe.ex")
    assert eval_quoted(form, {"note": notes.append}, default_env()).value == 1
    form = parse("Probe.f(fn -> 2 end, note)", file="probe.ex")
    assert eval_quoted(form, {"note": notes.append}, default_env()).value == 2
    assert notes == [atom("after")] * 2


def test_receive_takes_the_first_message_that_matches(define: Evaluate) -> None:
    define("""
    def f do
      send(self(), :a)
      send(self(), {:b, 1})
      send(self(), nil)
      b = receive do {:b, n} -> n end
      a = receive do x -> x end
      c = receive do x -> {:got, x} after 0 -> :none end
      {a, b, c, receive do x -> x after 0 -> :none end}
    end
    """)
    result: list[Any] = []
    runtime.spawn(lambda: result.append(shown("Probe.f()")))
    runtime.run(until=lambda: bool(result))
    assert result == ["{:a, 1, {:got, nil}, :none}"]


def test_a_modules_code_can_be_stored(define: Evaluate) -> None:
    import marshal

    from pyex.compiler.emit.module import emit_module
    from pyex.compiler.forms import Clause, Definition, ModuleForms
    from pyex.terms.lists import from_iterable
    from pyex.terms.maps import Map

    constant = from_iterable([(atom.a, Map.of({1.5: b"\xff"}))])
    form = ModuleForms(alias("Probe"), "probe.ex", 1, [Definition("def", "f", 0, 1, [Clause([], [], constant)])])
    assert marshal.loads(marshal.dumps(emit_module(form)))


def test_what_a_with_did_not_match_is_one_of_the_values_of_its_function(define: Evaluate) -> None:
    define("""
    def tree(words), do: (with {one, rest} <- leaf(words), do: {[one], rest})
    defp leaf(["(" | rest]), do: (with {inner, [")" | rest]} <- tree(rest), do: {inner, rest})
    defp leaf([word | rest]) when word != ")", do: {word, rest}
    defp leaf(_), do: nil
    """)
    assert shown('{Probe.tree(["(", "a", ")"]), Probe.tree(["(", ")"]), Probe.tree([])}') == '{{[["a"]], []}, nil, nil}'

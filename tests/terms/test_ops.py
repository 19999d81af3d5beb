from __future__ import annotations

from typing import Any

import pytest

from pyex.terms import exceptions, ops, stacktrace
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, elixir_list
from pyex.terms.maps import Map


def failure(function: Any, *args: Any) -> str:
    with pytest.raises(ElixirError) as caught:
        function(*args)
    trace = stacktrace.of_exception(caught.value)
    reason, _ = exceptions.blame("error", caught.value.reason, trace)
    return exceptions.message_of(reason)


@pytest.mark.parametrize(
    ("function", "args", "expected"),
    [
        (ops.div, (-7, 2), -3),
        (ops.rem, (-7, 2), -1),
        (ops.rem, (7, -2), 1),
        (ops.round_, (2.5,), 3),
        (ops.round_, (-2.5,), -3),
        (ops.round_, (0.49999999999999994,), 0),
        (ops.bsl, (1, -3), 0),
        (ops.bsr, (-5, 1), -3),
        (ops.divide, (7, 2), 3.5),
        (ops.binary_part, ("abc", 3, -2), "bc"),
        (ops.binary_part, ("é", 1, 1), b"\xa9"),
        (ops.byte_size, ("é",), 2),
        (ops.elem, ((1, 2), 1), 2),
        (ops.put_elem, ((1, 2), 0, 3), (3, 2)),
    ],
)
def test_an_operator_gives_what_elixir_gives(function: Any, args: tuple[Any, ...], expected: Any) -> None:
    assert function(*args) == expected


@pytest.mark.parametrize(
    ("function", "args", "message"),
    [
        (ops.add, (1, "a"), 'bad argument in arithmetic expression: 1 + "a"'),
        (ops.add, (1, True), "bad argument in arithmetic expression: 1 + true"),
        (ops.negate, ("a",), 'bad argument in arithmetic expression: -("a")'),
        (ops.div, (1, 0), "bad argument in arithmetic expression: div(1, 0)"),
        (ops.divide, (10**400, 1.0), f"bad argument in arithmetic expression: {10**400} / 1.0"),
        (ops.multiply, (1e308, 10), "bad argument in arithmetic expression: 1.0e308 * 10"),
        (ops.band, (1, 1.0), "bad argument in arithmetic expression: Bitwise.band(1, 1.0)"),
        (ops.bsl, (1, 10**11), "a system limit has been reached"),
        (ops.hd, (EMPTY,), "errors were found at the given arguments:\n\n  * 1st argument: not a nonempty list\n"),
        (ops.elem, ((1,), 1), "errors were found at the given arguments:\n\n  * 1st argument: out of range\n"),
        (ops.elem, (1, 0), "errors were found at the given arguments:\n\n  * 2nd argument: not a tuple\n"),
        (ops.length, (Cons(1, 2),), "errors were found at the given arguments:\n\n  * 1st argument: not a list\n"),
        (ops.map_size, (1,), "expected a map, got: 1"),
        (ops.map_get, (atom.a, Map.of({})), "key :a not found in: %{}"),
        (ops.not_, (1,), "argument error"),
        (ops.strict_bool, (1, "and"), 'expected a boolean on left-side of "and", got: 1'),
        (ops.concat_lists, (Cons(1, 2), EMPTY), "argument error"),
    ],
)
def test_an_operator_fails_in_elixirs_words(function: Any, args: tuple[Any, ...], message: str) -> None:
    assert failure(function, *args) == message


def test_lists_are_joined_and_subtracted() -> None:
    assert inspect(ops.concat_lists(elixir_list(1), 2)) == "[1 | 2]"
    assert ops.concat_lists(EMPTY, atom.a) is atom.a
    assert inspect(ops.subtract_lists(elixir_list(1, 2, 1.0, 1), elixir_list(1, 1))) == "[2, 1.0]"


def test_the_frame_of_a_failed_bif_carries_its_arguments() -> None:
    with pytest.raises(ElixirError) as caught:
        ops.add(1, "a")
    trace = stacktrace.of_exception(caught.value)
    assert stacktrace.format_entry(trace.head) == ':erlang.+(1, "a")'

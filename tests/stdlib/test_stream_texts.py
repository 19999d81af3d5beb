"""How streams are inspected."""

from __future__ import annotations

from pyex.code.native import call
from pyex.stdlib.elixir.enumerable import Lazy
from pyex.terms.atoms import alias, atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import from_pylist


def _same(value: object) -> object:
    return value


def test_a_stream_shows_its_source_and_what_is_applied_to_it() -> None:
    stream = call("Stream", "take", call("Stream", "map", from_pylist([1, 2]), _same), 1)
    assert inspect(stream) == (
        "#Stream<[enum: [1, 2], funs: [#Function<49.117496853/1 in Stream.map/2>, "
        "#Function<57.117496853/1 in Stream.take_after_guards/2>]]>"
    )


def test_a_stream_that_is_a_function_is_shown_as_one() -> None:
    stream = call("Stream", "cycle", from_pylist([1]))
    assert type(stream) is Lazy
    assert inspect(stream) == "#Function<64.117496853/2 in Stream.unfold/2>"


def test_a_lazy_stream_is_a_struct_that_knows_its_source() -> None:
    stream = call("Stream", "map", from_pylist([1, 2]), _same)
    assert call("Kernel", "inspect", call("Map", "get", stream, atom("enum"))) == "[1, 2]"
    assert call("Enumerable", "impl_for", stream) is alias("Enumerable.Stream")
    assert list(call("Enum", "to_list", stream)) == [1, 2]

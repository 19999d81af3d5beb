"""Python's values that are no terms: how they are shown, held as keys, and read."""

from __future__ import annotations

import signal

import pytest

from pyex.terms.conversion import call_python, to_term
from pyex.terms.errors import ElixirError, exception
from pyex.terms.exceptions import message_of
from pyex.terms.inspect import inspect
from pyex.terms.lists import elixir_list
from pyex.terms.maps import Map


class Unhashable:
    __hash__ = None  # type: ignore[assignment]  # what is tested


class Untold:
    def __repr__(self) -> str:
        raise ValueError("no text")


def test_an_object_without_a_hash_is_a_key_equal_to_itself_alone() -> None:
    one, other = Unhashable(), Unhashable()
    held = Map.from_pairs([(one, 1), (other, 2), (elixir_list(one), 3), ((one, 1), 4)])
    assert [held[one], held[other], held[elixir_list(one)], held[one, 1]] == [1, 2, 3, 4]
    assert any(key is one for key, _ in held.items())


def test_an_object_whose_own_text_fails_is_shown_by_its_class() -> None:
    assert "Untold object at 0x" in inspect(Untold())


def test_floats_that_elixir_lacks_are_shown_as_pythons() -> None:
    assert [inspect(float(text)) for text in ("nan", "inf", "-inf")] == ["#Python<nan>", "#Python<inf>", "#Python<-inf>"]


def test_a_text_with_lone_surrogates_is_a_binary_of_bytes() -> None:
    assert to_term("caf\udce9") == b"caf\xe9"
    assert to_term(["\ud800"]).head == b"\xed\xa0\x80"
    assert to_term("é") == "é"


@pytest.mark.parametrize("kind", [SystemExit, GeneratorExit, BaseException])
def test_an_exception_that_is_no_error_in_python_is_one_in_elixir(kind: type[BaseException]) -> None:
    def leave() -> None:
        raise kind

    with pytest.raises(ElixirError):
        call_python(leave, ())


def test_ctrl_c_goes_through_python_code_where_nobody_takes_its_signal() -> None:
    with pytest.raises(KeyboardInterrupt):
        call_python(signal.raise_signal, (signal.SIGINT,))


def test_an_error_without_a_message_is_told_by_its_type() -> None:
    error = exception("Python.Error", {"type": "ValueError", "message": "", "traceback": ""})
    assert message_of(error) == "ValueError"

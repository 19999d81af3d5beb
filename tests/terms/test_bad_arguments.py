from __future__ import annotations

from typing import Any

import pytest

from pyex.terms.atoms import atom
from pyex.terms.bad_arguments import wrong_arguments
from pyex.terms.exceptions import message_of, normalize
from pyex.terms.lists import EMPTY, elixir_list


@pytest.mark.parametrize(
    ("name", "args", "wrong"),
    [
        ("binary_to_integer", ("x",), {1: "not a textual representation of an integer"}),
        ("binary_to_integer", ("x", 99), {2: "not an integer in the range 2 through 36"}),
        ("binary_to_integer", (1,), {1: "not a binary"}),
        ("register", ("a", 1), {1: "not an atom", 2: "not a pid or port"}),
        ("send", (atom.nobody, 1), {1: "invalid destination"}),
        ("make_tuple", ("a", 1), {1: "not an integer"}),
        ("++", (1, 2), {}),
    ],
)
def test_the_arguments_of_a_failed_bif_tell_what_is_wrong(name: str, args: tuple[Any, ...], wrong: dict[int, str]) -> None:
    assert wrong_arguments(name, elixir_list(*args)) == wrong


def test_a_bare_badarg_is_told_from_the_first_frame() -> None:
    stack = elixir_list((atom.erlang, atom.list_to_tuple, elixir_list(1), EMPTY))
    assert message_of(normalize(atom.badarg, stack)) == (
        "errors were found at the given arguments:\n\n  * 1st argument: not a list\n"
    )

"""What Tab offers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pyex.shell.completion import Context, complete
from pyex.shell.introspection import Function
from pyex.terms.atoms import alias, atom
from pyex.terms.maps import Map

_MAP = Map.from_pairs([(atom("alpha"), 1), (atom("alphabet"), Map.from_pairs([(atom("inner"), 2)])), (atom("beta"), 3)])


def _offered(text: str, **binding: Any) -> list[str]:
    context = Context(binding, {"Short": alias("Enum")}, lambda: [Function("div", 2), Function("if", 2, True)])
    return [candidate.display for candidate in complete(text, context)]


def _completed(text: str, **binding: Any) -> list[str]:
    """The whole text after each candidate is taken."""
    return [text[: candidate.start] + candidate.text for candidate in complete(text, Context(binding))]


def test_modules_are_completed_without_loading_them() -> None:
    assert _completed("Enu") == ["Enum", "Enumerable"]


def test_functions_of_a_module_show_their_arities() -> None:
    offered = _offered("Enum.ma")
    assert offered[:2] == ["map/2", "map_every/3"]
    assert "max_by/4" in offered


def test_a_function_is_inserted_without_its_arity() -> None:
    assert set(_completed("x = Enum.member")) == {"x = Enum.member?"}


def test_aliases_of_the_shell_are_followed() -> None:
    assert "map/2" in _offered("Short.map")


def test_an_open_parenthesis_shows_how_to_call() -> None:
    assert "map(enumerable, fun)" in _offered("Enum.map(")


def test_a_capture_offers_arities() -> None:
    assert _offered("&Enum.map/") == ["map/2"]


def test_keys_of_a_bound_map_follow_its_dot() -> None:
    assert _offered("map.al", map=_MAP) == ["alpha", "alphabet"]


def test_keys_of_nested_maps_follow_theirs() -> None:
    assert _completed("map.alphabet.i", map=_MAP) == ["map.alphabet.inner"]


def test_a_map_update_offers_the_keys_that_are_left() -> None:
    assert _offered("%{map | alpha: 1, ", map=_MAP) == ["alphabet:", "beta:"]


def test_variables_come_before_functions() -> None:
    assert _offered("di", divisor=2) == ["divisor", "div/2"]


def test_bitstring_types_leave_out_what_is_used() -> None:
    offered = _offered("<<x::big-")
    assert "big" not in offered
    assert "signed" in offered


def test_erlang_modules_are_told_from_atoms_by_the_colon() -> None:
    assert _completed(":maps.") == _completed(":maps.") and _completed("nothing_at_all_fits") == []


def test_paths_are_completed_inside_strings(tmp_path: Path) -> None:
    (tmp_path / "hosts").touch()
    (tmp_path / "folder").mkdir()
    assert _offered(f'"{tmp_path}{os.sep}') == ["folder/", "hosts"]


@pytest.mark.parametrize("text", ["", "1 + ", "((", '"', "%{", "nosuchthing", "Nope.", "&Nope.x/", "x.y.z."])
def test_what_cannot_be_completed_offers_nothing(text: str) -> None:
    assert _offered(text) == []

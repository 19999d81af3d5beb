"""A module of the library has the functions and macros that Elixir's module has, but for those listed as absent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyex.code.native import load_native
from pyex.terms.atoms import alias
from tests.stdlib.exports import STORED

EXPORTS: dict[str, list[str]] = json.loads(STORED.read_text(encoding="utf-8"))
ABSENT: dict[str, list[str]] = json.loads(Path(__file__).with_name("absent.json").read_text(encoding="utf-8"))
"""What is absent on purpose, or not there yet: docs/differences.md gives the reasons."""

OWN = {"IEx.Helpers": {"call/2", "call/3", "cast/2", "exit/0", "start_link/1", "start_link/2", "start_link/3"}}
"""The shell's own short names for what the books type most."""


def _public(name: str) -> set[str] | None:
    module = load_native(alias(name))
    if module is None:
        return None
    module.all_exports()
    keys = [*module.exports, *module.macros]
    return {f"{function}/{arity}" for function, arity in keys if function[0] != "_" and function != "module_info"}


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_a_module_exports_what_elixirs_module_exports(name: str) -> None:
    public = _public(name)
    if public is None:
        assert ABSENT.get(name) == ["*"], "the module is missing"
        return
    absent = set(EXPORTS[name]) - public
    assert "*" in ABSENT.get(name, []) or not absent - set(ABSENT.get(name, []))


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_a_module_exports_nothing_more(name: str) -> None:
    hidden = load_native(alias(name)).hidden if load_native(alias(name)) else set()  # type: ignore[union-attr]
    more = (_public(name) or set()) - set(EXPORTS[name]) - {f"{function}/{arity}" for function, arity in hidden}
    assert not more - OWN.get(name, set())

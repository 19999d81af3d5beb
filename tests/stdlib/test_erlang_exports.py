"""A module of Erlang's has the functions that Erlang's has, but for those listed as absent; the list holds nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyex.code.native import load_native
from pyex.terms.atoms import atom
from tests.stdlib.erlang_exports import STORED

EXPORTS: dict[str, list[str]] = json.loads(STORED.read_text(encoding="utf-8"))
ABSENT: dict[str, list[str]] = json.loads(Path(__file__).with_name("erlang_absent.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_a_module_lacks_only_what_is_listed_as_absent(name: str) -> None:
    module = load_native(atom(name))
    assert module is not None
    module.all_exports()
    public = {f"{function}/{arity}" for function, arity in module.exports}
    assert set(EXPORTS[name]) - public == set(ABSENT.get(name, []))

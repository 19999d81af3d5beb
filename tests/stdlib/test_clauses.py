"""The heads of library functions that iex shows when no clause matches."""

from __future__ import annotations

import pytest

from pyex.code.server import attempted_clauses, fetch_version
from pyex.stdlib.clauses import heads_of, known
from pyex.terms.atoms import alias, atom
from pyex.terms.lists import to_pylist


def test_what_did_not_match_is_marked() -> None:
    fetch_version(alias("String"))
    found = attempted_clauses(alias("String"), "length", (1,))
    assert found is not None
    kind, clauses = found
    assert kind is atom("def")
    assert to_pylist(clauses) == ["def length(string) when -is_binary(string)-"]


def test_a_function_without_known_heads_is_not_told_of() -> None:
    assert attempted_clauses(alias("String"), "no_such_function", (1,)) is None


@pytest.mark.parametrize("module", known())
def test_every_head_can_be_read(module: str) -> None:
    assert all(any(heads_of(module, name, arity) for arity in range(13)) for name in known()[module])

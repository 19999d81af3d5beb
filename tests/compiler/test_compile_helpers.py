"""What compiles quickly and must give what the slow way gives."""

from __future__ import annotations

import ast
import gc

import pytest

from pyex.compiler.emit.closures import free_names
from pyex.compiler.emit.support.limits import collecting_rarely


def test_the_free_names_of_a_body_are_the_locals_that_it_does_not_set() -> None:
    module = ast.parse("y = x + f(z)\nfor i in xs:\n    w = [i, y, {'k': v}]\ndef g(p):\n    return p + q\n")
    for node in ast.walk(module):
        # Locals of emitted code are told by an @.
        if type(node) is ast.Name:
            node.id += "@"
        elif type(node) is ast.arg:
            node.arg += "@"
    assert free_names(["z@"], module.body) == {"x@", "f@", "xs@", "v@", "q@"}


def test_the_collector_is_as_before_after_a_compilation_that_failed() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="no"), collecting_rarely():
        with collecting_rarely():
            assert gc.get_threshold()[0] > before[0]
        assert gc.get_threshold()[0] > before[0]
        raise ValueError("no")
    assert gc.get_threshold() == before

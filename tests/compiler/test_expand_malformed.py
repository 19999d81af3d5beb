"""Any quoted form, however malformed, is expanded or refused with an error of the user's."""

from __future__ import annotations

import contextlib
import random
from typing import Any

import pytest

from pyex.compiler.env import Scope
from pyex.compiler.expand import expand
from pyex.compiler.expand.words import SPECIAL
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import Signal
from pyex.terms.lists import EMPTY, from_iterable
from tests.compiler.expansion import environment

LEAVES = [
    1,
    -1,
    2.5,
    "a",
    b"\xff",
    None,
    True,
    atom("a"),
    alias("Enum"),
    EMPTY,
    *[(atom(n), EMPTY, None) for n in "x_y"],
]
KEYS = ["do", "else", "rescue", "catch", "after", "into", "as", "only"]
NAMES = [
    *SPECIAL,
    *map(atom, "x foo if |> and def + - in .. @ defmodule <> ++ when \\\\ <- not raise :: / unquote".split()),
]


def form(random_: random.Random, depth: int) -> Any:
    """Return a quoted form that nobody would write."""

    def forms(most: int) -> Any:
        return from_iterable([form(random_, depth - 1) for _ in range(random_.randint(0, most))])

    choice = random_.random() if depth else 0
    if choice < 0.25:
        return random_.choice(LEAVES)
    if choice < 0.35:
        return (form(random_, depth - 1), form(random_, depth - 1))
    if choice < 0.45:
        return forms(3)
    if choice < 0.55:
        return from_iterable([(atom(random_.choice(KEYS)), form(random_, depth - 1))])
    if choice < 0.62:
        return ((atom("."), EMPTY, forms(2)), EMPTY, forms(2))
    if choice < 0.68:
        return from_iterable([(atom("->"), EMPTY, from_iterable([forms(2), form(random_, depth - 1)]))])
    return (random_.choice(NAMES), EMPTY, forms(3))


@pytest.mark.parametrize("seed", range(8))
def test_a_malformed_form_never_fails_otherwise_than_with_the_users_error(seed: int) -> None:
    random_ = random.Random(seed)
    for _ in range(100):
        env, _ = environment()
        with contextlib.suppress(Signal):
            expand(form(random_, 4), Scope(), env)

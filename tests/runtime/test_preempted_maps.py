"""Large maps that processes share, under a timer of 50 microseconds: each version keeps its content."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from pyex import runtime
from pyex.terms.maps import Map
from tests.runtime.slices import slices_of


@pytest.fixture(autouse=True)
def tiny_slices() -> Iterator[None]:
    """Cut after 50 microseconds."""
    with slices_of(0.00005):
        yield


def test_processes_that_change_the_same_versions_do_not_see_each_other() -> None:
    shared = [Map.from_pairs([(index, 0) for index in range(50)])]
    wrong: list[Any] = []

    def change(number: int) -> None:
        random = Random(number)
        for _ in range(300):
            found = shared[random.randrange(len(shared))]
            before = dict(found._data.items())
            key = random.randrange(50)
            changed = found.put(key, number).delete(random.randrange(50)).put(-number, key)
            if random.random() < 0.1:
                shared[random.randrange(len(shared))] = changed
                shared.append(changed)
            for each in range(10):
                if found.get(each) != before.get(each):
                    wrong.append((number, each))
            if dict(found._data.items()) != before or changed.get(-number) != key:
                wrong.append(number)

    processes = [runtime.spawn(lambda number=number: change(number)) for number in range(1, 5)]
    runtime.run(until=lambda: not any(map(runtime.is_alive, processes)))
    assert wrong == []
    assert len(shared) > 10

from __future__ import annotations

import threading
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map as Trie

from pyex.terms.atoms import atom
from pyex.terms.lists import elixir_list
from pyex.terms.map_versions import Version
from pyex.terms.maps import LARGE, Map, decode_key

KEYS = st.integers(0, 60) | st.sampled_from(["a", "b", atom.a, None, True, 1.0, 0.0, -0.0, (1, "a"), (1, 2.0), elixir_list(1)])
CHANGES = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from("put delete read merge forget update".split()), KEYS, st.integers())
)


def large(count: int = 2 * LARGE) -> Map:
    return Map.from_pairs([(index, index) for index in range(count)])


def content(value: Map) -> list[tuple[Any, Any]]:
    return sorted(((repr(key), item) for key, item in value._data.items()), key=str)


def shown(model: dict[Any, Any]) -> list[tuple[Any, Any]]:
    return content(Map(dict(model)))


@settings(deadline=None)
@given(st.integers(0, 70), CHANGES)
def test_every_version_keeps_its_content_whatever_is_made_of_it(size: int, changes: list[Any]) -> None:
    start = large(size)
    versions = [(start, dict(start._data.items()))]
    for which, change, key, value in changes:
        found, model = versions[which % len(versions)]
        encoded = next(iter(Map.of({key: 0})._data))
        if change == "put":
            versions.append((found.put(key, value), {**model, encoded: value}))
        elif change == "delete":
            versions.append((found.delete(key), {each: item for each, item in model.items() if each != encoded}))
        elif change == "merge":
            other, more = versions[value % len(versions)]
            versions.append((found.merge(other), {**model, **more}))
        elif change == "update":
            few = dict.fromkeys(range(value % 40), value)
            versions.append((found.merge(Map.of(few)), {**model, **few}))
        elif change == "forget":
            versions[which % len(versions)] = (found, model)
            del versions[which % len(versions) + 1 :]
        else:
            assert found.get(key, "none") == model.get(encoded, "none")
    for found, model in versions:
        assert len(found) == len(model)
        assert content(found) == shown(model)
        assert all(found[decode_key(key)] == value for key, value in model.items())


def test_versions_in_a_row_write_into_one_dict() -> None:
    before = large()
    after = before.put(1, "new")
    assert type(after._data) is Version
    assert type(after._data.table) is dict
    assert before._data.table is None


def test_an_older_version_that_is_read_becomes_a_trie_and_shares_it_with_the_newer() -> None:
    before = large()
    after = before.put(1, "new").put(2, "newer").delete(3)
    assert (before[1], before[2], before[3]) == (1, 2, 3)
    assert (after[1], after[2], 3 in after) == ("new", "newer", False)
    assert type(before._data.table) is Trie
    assert type(after._data.table) is Trie
    assert type(after.put(4, 4)._data) is Trie


def test_two_maps_made_of_one_version_do_not_see_each_other() -> None:
    before = large()
    left, right = before.put(1, "left"), before.put(1, "right")
    assert (before[1], left[1], right[1]) == (1, "left", "right")


def test_an_old_version_holds_no_more_changes_than_it_has_keys() -> None:
    first = found = large()
    for index in range(10 * len(first)):
        found = found.put(1, index)
    held = first._data
    changes = 0
    while held.table is None:
        held, changes = held.newer, changes + 1
    assert changes <= len(first) + 1
    assert found[1] == 10 * len(first) - 1
    assert first[1] == 1


def test_a_key_that_python_code_compares_is_kept_in_a_trie() -> None:
    before = large()
    after = before.put(1.5, "float").put(elixir_list(1), "list")
    assert (after[1.5], after[elixir_list(1)], after[1]) == ("float", "list", 1)
    assert 1.5 not in before


def test_threads_that_read_an_old_version_never_see_a_newer_one() -> None:
    wrong: list[Any] = []
    done = threading.Event()
    current = [large()]

    def read() -> None:
        while not done.is_set():
            seen = current[0]
            if seen.get(0) != seen.get(0) or dict(seen._data.items())[0] != seen[0]:
                wrong.append(seen)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for index in range(3000):
        current[0] = current[0].put(0, index)
        if index % 100 == 0:
            current[0] = large()
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []

"""Versions of modules: which is current, who keeps an old one, and what a failed file takes back."""

from __future__ import annotations

from typing import Any

import pytest

from pyex.code import versions
from pyex.code.versions import ModuleVersion
from pyex.terms.atoms import alias
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export

pytestmark = pytest.mark.usefixtures("write")
NAME = alias("Versioned")


def _publish(answer: str, name: Any = NAME) -> ModuleVersion:
    return versions.publish(ModuleVersion(name, "elixir", {("answer", 0): lambda: answer}))


def test_a_published_version_is_current_and_numbered() -> None:
    first = _publish("one")
    second = _publish("two")
    assert versions.current(NAME) is second
    assert second.number == first.number + 1


def test_an_export_entry_goes_to_the_newest_and_a_held_version_stays() -> None:
    entry = export(NAME, "answer", 0)
    first = _publish("one")
    held = entry.fn
    _publish("two")
    assert (entry.fn(), held(), first.exports["answer", 0]()) == ("two", "one", "one")


def test_an_entry_that_the_newest_version_lacks_is_undefined() -> None:
    entry = export(NAME, "answer", 0)
    _publish("one")
    versions.publish(ModuleVersion(NAME, "elixir", {}))
    with pytest.raises(ElixirError, match="undef"):
        entry.fn()


def test_a_forgotten_module_is_undefined() -> None:
    _publish("one")
    assert versions.forget(NAME)
    assert versions.current(NAME) is None
    assert not versions.forget(NAME)
    with pytest.raises(ElixirError, match="undef"):
        export(NAME, "answer", 0).fn()


def _publish_and_fail() -> None:
    _publish("two")
    _publish("other", alias("Versioned.Other"))
    raise RuntimeError("the file is broken")


def test_a_file_that_fails_takes_back_what_it_published() -> None:
    first = _publish("one")
    with pytest.raises(RuntimeError), versions.all_or_nothing():
        _publish_and_fail()
    assert versions.current(NAME) is first
    assert versions.current(alias("Versioned.Other")) is None
    assert export(NAME, "answer", 0).fn() == "one"
    assert _publish("again").number == first.number + 1


def test_a_failure_inside_a_file_that_goes_well_takes_back_its_own_part_only() -> None:
    with versions.all_or_nothing():
        first = _publish("one")
        with pytest.raises(RuntimeError), versions.all_or_nothing():
            _publish_and_fail()
    assert versions.current(NAME) is first


def test_whoever_watches_is_told_of_each_version(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[ModuleVersion, ModuleVersion | None]] = []
    monkeypatch.setattr(versions, "watchers", [*versions.watchers, lambda *told: seen.append(told)])
    first = _publish("one")
    second = _publish("two")
    assert [new for new, _ in seen] == [first, second] and seen[1][1] is first


def test_a_file_compiled_for_another_ends_without_it() -> None:
    with versions.all_or_nothing():
        with versions.all_or_nothing():
            _publish("inner")
        outer = _publish("outer")
    assert versions.current(NAME) is outer
    with pytest.raises(RuntimeError), versions.all_or_nothing():
        with versions.all_or_nothing():
            _publish("inner")
        raise RuntimeError("the outer file is broken")
    assert versions.current(NAME) is outer

"""Which tests run: `include` and `exclude` of the settings, and the tag `skip`."""

from __future__ import annotations

import os
from typing import Any

from pyex.code.native import call
from pyex.stdlib.elixir.ex_unit.suite import suite
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import is_binary
from pyex.terms.lists import EMPTY, List, to_pylist
from pyex.terms.maps import Map
from pyex.terms.order import equals


def verdict(tags: Map, lines: list[int]) -> tuple[str, str]:
    """Return what becomes of a test, `passed` where it is to run, and why; `lines` are those of its module's tests."""
    include = to_pylist(suite.setting("include", EMPTY))
    exclude = to_pylist(suite.setting("exclude", EMPTY))
    included = any(_has(tags, wanted, lines) for wanted in include)
    skip = tags.get(atom("skip"))
    if skip is not None and skip is not False and not any(_names(wanted, "skip") for wanted in include if included):
        return ("skipped", str(skip) if is_binary(skip) else "due to skip tag")
    for unwanted in exclude:
        if _has(tags, unwanted, lines) and not included:
            return ("excluded", "due to filter")
    return ("passed", "")


def _names(wanted: Any, name: str) -> bool:
    return (wanted[0] if type(wanted) is tuple else wanted) is atom(name)


def _has(tags: Map, wanted: Any, lines: list[int]) -> bool:
    """Tell whether tags have one by name, or by name and value."""
    if type(wanted) is Atom:
        return wanted is atom("test") or tags.get(wanted) is not None
    key, value = wanted
    if key is atom("location"):
        path = os.path.abspath(str(value[0]))
        return tags[atom.file] == path and any(_is_at(tags, int(str(line)), lines) for line in _lines(value))
    if key is atom.line:
        return _is_at(tags, int(str(value)), lines)
    if key not in tags:
        return False
    found = tags[key]
    if type(value) is Map and value.struct is not None and value.struct.name == "Elixir.Regex":
        return is_binary(found) and bool(call("Regex", "match?", value, found))
    if equals(found, value):
        return True
    if type(found) is Atom and type(value) is str:
        return found.name == value or found.name == f"Elixir.{value}"
    return not isinstance(found, (List, Map)) and is_binary(value) and call("Kernel", "to_string", found) == value


def _lines(value: Any) -> list[Any]:
    lines = value[1]
    return to_pylist(lines) if isinstance(lines, List) else [lines]


def _is_at(tags: Map, line: int, lines: list[int]) -> bool:
    """Tell whether a line is one of a test, from its first line to the next test, or the first of its group."""
    own = tags[atom.line]
    later = [other for other in lines if other > own]
    return tags.get(atom("describe_line")) == line or bool(own <= line and (not later or line < later[0]))

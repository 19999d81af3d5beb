from __future__ import annotations

from types import FunctionType
from typing import Any

import pytest

from pyex.terms import stacktrace
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError, erlang_error
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist

LOCATION = from_iterable([(atom.file, from_iterable(map(ord, "foo.ex"))), (atom.line, 3)])


def elixir_function(name: str, module: Any, body: Any) -> FunctionType:
    """Return a function that looks as compiled Elixir code does."""
    namespace = {"__elixir__": module, "body": body}
    exec("def run():\n    value = body(); return value", namespace)
    run = namespace["run"]
    assert isinstance(run, FunctionType)
    return FunctionType(run.__code__.replace(co_name=name, co_filename="lib/foo.ex"), namespace)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ((alias("Foo"), atom.bar, 1, LOCATION), "foo.ex:3: Foo.bar/1"),
        ((atom.erlang, atom("+"), elixir_list(1, "a"), EMPTY), ':erlang.+(1, "a")'),
        ((alias("Foo"), atom("-bar/1-fun-0-"), 2, LOCATION), "foo.ex:3: anonymous fn/2 in Foo.bar/1"),
        ((alias("Foo"), atom("__MODULE__"), 0, LOCATION), "foo.ex:3: Foo (module)"),
        ((atom.elixir_eval, atom("__FILE__"), 1, LOCATION), "foo.ex:3: (file)"),
        ((atom.lists, atom.map, 2, EMPTY), "(stdlib 6.2.2.1) :lists.map/2"),
        ((alias("Enum"), atom.map, 2, EMPTY), "(elixir 1.18.3) Enum.map/2"),
        ((alias("Inspect.Mine"), atom.inspect, 2, LOCATION), "foo.ex:3: Inspect.Mine.inspect/2"),
        ((alias("Foo"), atom("a b"), elixir_list(1, 2), EMPTY), 'Foo."a b"(1, 2)'),
    ],
)
def test_a_frame_is_written_as_elixir_writes_it(entry: Any, text: str) -> None:
    assert stacktrace.format_entry(entry) == text


def test_a_traceback_keeps_elixir_frames_only_innermost_first() -> None:
    def fail() -> None:
        raise erlang_error("badarith", "erlang", "+", (1, "a"))

    inner = elixir_function("-start/0-fun-0-/0", alias("Demo"), fail)
    outer = elixir_function("start/0", alias("Demo"), inner)
    with pytest.raises(ElixirError) as caught:
        outer()
    shown = [stacktrace.format_entry(entry) for entry in to_pylist(stacktrace.of_exception(caught.value))]
    assert shown[0] == ':erlang.+(1, "a")'
    own = [line for line in shown if "lib/foo.ex" in line]
    assert own == [
        "lib/foo.ex:2: anonymous fn/0 in Demo.start/0",
        "lib/foo.ex:2: Demo.start/0",
    ]


def test_top_level_code_is_the_file() -> None:
    top = elixir_function("(file)", None, stacktrace.current)
    assert "lib/foo.ex:2: (file)" in stacktrace.format_stacktrace(top())


def test_an_empty_stack_trace_is_an_empty_line() -> None:
    assert stacktrace.format_stacktrace(EMPTY) == "\n"


def test_only_lists_of_frames_are_stack_traces() -> None:
    assert stacktrace.is_stacktrace(elixir_list((alias("Foo"), atom.bar, 1, EMPTY)))
    assert not stacktrace.is_stacktrace(elixir_list(1))


def test_a_projects_frames_name_its_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacktrace, "project_application", lambda module: "demo 0.1.0" if module is alias("Demo") else None)
    assert stacktrace.format_entry((alias("Demo"), atom.f, 1, LOCATION)) == "(demo 0.1.0) foo.ex:3: Demo.f/1"

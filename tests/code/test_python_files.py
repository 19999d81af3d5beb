"""Python files of a project as Elixir modules: names, arities, versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pyex.code import server, versions
from pyex.code.python_modules import camel
from pyex.compiler.diagnostics import Diagnostic
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export
from tests.code.conftest import Write
from tests.conftest import Iex

COUNTER = """\
from pyex import GenServer, atom as a


def step():
    return {step}


class Counter(GenServer):
    def handle_call(self, request, sender, count):
        match request:
            case a.next:
                return a.reply, count, count + step()

    def code_change(self, old_version, state, extra):
        return a.ok, state + extra


class Unrelated:
    def answer(self, value, other=2):
        return [value, other]
"""
NEXT_TWO = "{GenServer.call(:counter, :next), GenServer.call(:counter, :next)}"


def call(module: str, name: str, *args: Any) -> Any:
    return export(alias(module), name, len(args)).fn(*args)


def _write_counter(write: Write, step: int) -> None:
    write("lib/pycounters/counter.py", COUNTER.replace("{step}", str(step)))


def test_names_of_files_become_names_of_modules() -> None:
    assert camel("sequence.number_server") == "Sequence.NumberServer"


def test_the_functions_of_a_file_are_the_module_of_its_name(write: Write) -> None:
    write("lib/pytools/words.py", "def shout(text):\n    return text.upper()\n\n\ndef _hidden():\n    return 1\n")
    assert call("Pytools.Words", "shout", "abc") == "ABC"
    with pytest.raises(ElixirError, match="undef"):
        call("Pytools.Words", "_hidden")


def test_the_class_named_like_its_file_is_the_module_and_others_stand_below_it(write: Write) -> None:
    _write_counter(write, 1)
    assert server.fetch_version(alias("Pycounters.Counter")).defines("handle_call", 3)
    assert versions.current(alias("Pycounters.Counter.Unrelated")) is not None


def test_a_default_gives_the_lower_arity_too_and_results_are_terms(write: Write) -> None:
    write("lib/pytools/pair.py", "class Pair:\n    def of(self, value, other=2):\n        return [value, other]\n")
    version = server.fetch_version(alias("Pytools.Pair"))
    assert [version.defines("of", arity) for arity in (0, 1, 2, 3)] == [False, True, True, False]
    assert list(call("Pytools.Pair", "of", 1)) == [1, 2]


def test_information_on_a_python_module_lists_its_functions(write: Write) -> None:
    write("lib/pytools/one.py", "def only():\n    return 1\n")
    assert list(call("Pytools.One", "__info__", atom.functions)) == [(atom.only, 0)]
    assert call("Pytools.One", "__info__", atom.module) is alias("Pytools.One")


def test_a_reloaded_file_is_a_new_version_and_the_old_one_keeps_its_helpers(
    write: Write, diagnostics: list[Diagnostic]
) -> None:
    source = "def answer():\n    return helper()\n\n\ndef helper():\n    return {}\n"
    write("lib/pytools/kept.py", source.format(1))
    held = server.fetch_version(alias("Pytools.Kept")).exports["answer", 0]
    write("lib/pytools/kept.py", source.format(2))
    server.reload(alias("Pytools.Kept"))
    assert (call("Pytools.Kept", "answer"), held()) == (2, 1)
    assert [found.code for found in diagnostics] == ["redefined_module"]


def test_a_reload_that_fails_leaves_the_module_as_it_was(write: Write, diagnostics: list[Diagnostic]) -> None:
    write("lib/pytools/whole.py", "def answer():\n    return 1\n")
    assert call("Pytools.Whole", "answer") == 1
    write("lib/pytools/whole.py", "raise RuntimeError('broken')\n")
    with pytest.raises(RuntimeError):
        server.reload(alias("Pytools.Whole"))
    assert call("Pytools.Whole", "answer") == 1


@pytest.fixture
def counter(write: Write, iex: Iex) -> Iterator[Iex]:
    """Start a server of the counter that steps by 1, then reload it as one that steps by 100."""
    _write_counter(write, 1)
    assert iex("{:ok, _} = GenServer.start(Pycounters.Counter, 1, name: :counter); GenServer.call(:counter, :next)") == "1"
    _write_counter(write, 100)
    assert "{:reloaded, [" in iex("r Pycounters.Counter")
    yield iex
    iex("GenServer.stop(:counter)")


def test_a_running_python_server_keeps_its_helper(counter: Iex) -> None:
    assert counter(NEXT_TWO) == "{2, 3}"


def test_a_new_python_server_has_the_new_helper(counter: Iex) -> None:
    assert counter("""
{:ok, pid} = GenServer.start(Pycounters.Counter, 1); GenServer.call(pid, :next)
GenServer.call(pid, :next)
""") == "1\n101"


def test_change_code_moves_a_python_server_on(counter: Iex) -> None:
    assert counter("""
:sys.suspend(:counter); :sys.change_code(:counter, Pycounters.Counter, nil, 10); :sys.resume(:counter)
{GenServer.call(:counter, :next), GenServer.call(:counter, :next)}
""") == ":ok\n{12, 112}"


def test_a_python_server_follows_the_newest_code_where_the_configuration_says_so(write: Write, iex: Iex) -> None:
    _write_counter(write, 1)
    iex("Application.put_env(:pyex, :code_swap, :latest); {:ok, _} = GenServer.start(Pycounters.Counter, 1, name: :counter)")
    iex("Application.delete_env(:pyex, :code_swap)")
    assert iex(NEXT_TWO) == "{1, 2}"
    _write_counter(write, 100)
    iex("r Pycounters.Counter")
    assert iex(NEXT_TWO) == "{3, 103}"
    iex("GenServer.stop(:counter)")


def test_a_request_that_a_python_server_does_not_know_is_a_missing_clause(write: Write, iex: Iex) -> None:
    _write_counter(write, 1)
    shown = iex("{:ok, pid} = GenServer.start(Pycounters.Counter, 1); GenServer.call(pid, :unknown)")
    assert "no function clause matching in Pycounters.Counter.handle_call/3" in shown

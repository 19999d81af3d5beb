"""What a person sees who types at the prompt."""

from __future__ import annotations

from typing import Any

import pytest

from pyex.code.server import ensure_loaded
from pyex.stdlib.elixir import integer
from pyex.terms.atoms import alias
from pyex.terms.functions import export
from tests.conftest import Iex


def test_a_value_is_inspected(iex: Iex) -> None:
    assert iex("1 + 1") == "2"


def test_variables_stay(iex: Iex) -> None:
    assert iex("x = 1\nx + 1") == "1\n2"


def test_an_expression_may_take_several_lines(iex: Iex) -> None:
    assert iex("[1,\n2,\n3]") == "[1, 2, 3]"


def test_an_empty_line_is_nil(iex: Iex) -> None:
    assert iex("1\n\n2") == "1\nnil\n2"


def test_a_line_that_begins_with_an_operator_goes_on_with_the_last_value(iex: Iex) -> None:
    assert iex("[1, [2], 3]\n|> List.flatten()") == "[1, [2], 3]\n[1, 2, 3]"


def test_an_operator_after_a_match_is_refused(iex: Iex) -> None:
    assert "pipe shorthand is not allowed immediately after a match expression in IEx" in iex("x = [1]\n|> hd()")


def test_imports_and_aliases_stay(iex: Iex) -> None:
    assert iex("import Enum, only: [sum: 1]\nsum([1, 2])") == "Enum\n3"
    assert iex("alias Enum, as: E\nE.count([1])") == "Enum\n1"


def test_a_module_is_defined(iex: Iex) -> None:
    shown = iex("defmodule Interaction do\n  def one, do: 1\nend\nInteraction.one()")
    assert shown.startswith("{:module, Interaction,\n <<70, 79, 82, 49,")
    assert shown.endswith("{:one, 0}}\n1")


def test_break_leaves_an_expression_that_is_not_whole(iex: Iex) -> None:
    shown = iex('["ab\n#iex:break\n1')
    assert shown.startswith("** (TokenMissingError) token missing on iex:1:")
    assert shown.endswith("\n1")


def test_an_undefined_variable_is_reported_with_its_line(iex: Iex) -> None:
    assert iex("1\nunbound") == (
        '1\nerror: undefined variable "unbound"\n└─ iex:2\n\n'
        "** (CompileError) cannot compile code (errors have been logged)"
    )


def test_an_error_shows_where_it_happened(iex: Iex) -> None:
    assert iex('1 + "a"') == (
        '** (ArithmeticError) bad argument in arithmetic expression: 1 + "a"\n'
        '    :erlang.+(1, "a")\n'
        "    iex:1: (file)"
    )


def test_an_error_does_not_count(iex: Iex) -> None:
    assert iex('raise "oops"\n7\nv(1)') == "** (RuntimeError) oops\n    iex:1: (file)\n7\n7"


def test_throws_and_exits_do_not_end_the_shell(iex: Iex) -> None:
    assert iex("x = 1\nthrow :ball\nexit(:quit)\nx") == (
        "1\n** (throw) :ball\n    iex:2: (file)\n** (exit) :quit\n    iex:2: (file)\n1"
    )


def test_a_linked_process_that_dies_takes_the_shell_along(iex: Iex) -> None:
    shown = iex("x = 1\nspawn_link(fn -> exit(:boom) end); Process.sleep(10)\nx")
    assert "shell process exited with reason: :boom\n\nInteractive Elixir (1.18.3)" in shown
    assert 'error: undefined variable "x"\n└─ iex:2' in shown


def test_reading_asks_for_a_line(iex: Iex) -> None:
    assert iex('name = IO.gets("name? ")\nJosé\nname') == '"José\\n"\n"José\\n"'


def test_output_stands_before_the_value(iex: Iex) -> None:
    assert iex('IO.puts("hi")') == "hi\n:ok"


def test_messages_are_flushed(iex: Iex) -> None:
    assert iex("send(self(), :hi)\nflush\nflush()") == ":hi\n:hi\n:ok\n:ok"


def test_what_another_process_prints_is_shown(iex: Iex) -> None:
    assert iex('spawn(fn -> IO.puts("from elsewhere") end)\n1').endswith("from elsewhere\n1")


def test_a_fault_of_pyex_says_so_and_the_shell_goes_on(iex: Iex, monkeypatch: pytest.MonkeyPatch) -> None:
    # A fault cannot be had from a program without one: a function of the library is broken for this test.
    source = compile("def integer_fault(number):\n    raise KeyError(number)\n", integer.__file__, "exec")
    namespace: dict[str, Any] = {"__name__": integer.__name__}
    exec(source, namespace)
    ensure_loaded(alias("Integer"))
    monkeypatch.setattr(export(alias("Integer"), "is_broken", 1), "fn", namespace["integer_fault"])
    shown = iex("x = 7\nInteger.is_broken(1)\nx")
    assert "This is a fault of pyex, not of your code" in shown
    assert shown.endswith("\n7")


def test_i_tells_about_a_value(iex: Iex) -> None:
    assert iex("i 1.5").split("\n") == [
        "Term",
        "  1.5",
        "Data type",
        "  Float",
        "Reference modules",
        "  Float",
        "Implemented protocols",
        "  IEx.Info, Inspect, JSON.Encoder, List.Chars, String.Chars",
    ]


def test_h_shows_the_documentation_of_a_function(iex: Iex) -> None:
    shown = iex("h Enum.at")
    assert shown.split("\n")[1].strip() == "def at(enumerable, index, default \\\\ nil)"


def test_h_names_what_it_does_not_find(iex: Iex) -> None:
    assert iex("h Enum.nope") == "No documentation for Enum.nope was found"
    assert iex("h NoSuchModule") == "Could not load module NoSuchModule, got: nofile"


def test_exports_are_listed_in_columns(iex: Iex) -> None:
    assert iex("exports Tuple").startswith("append/2        delete_at/2     duplicate/2     ")


def test_pids_and_references_are_read_from_their_text(iex: Iex) -> None:
    assert iex('pid("0.1.0")\nref("0.1.2.3")\nport("0.4")') == "#PID<0.1.0>\n#Reference<0.1.2.3>\n#Port<0.4>"


def test_the_short_forms_speak_to_a_server(iex: Iex) -> None:
    server = """
defmodule Short do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:next, _from, n), do: {:reply, n, n + 1}
  def handle_cast({:add, m}, n), do: {:noreply, n + m}
end
{:ok, pid} = start_link(Short, 100)
call pid, :next
cast pid, {:add, 10}
call pid, :next"""
    assert iex(server).endswith("\n100\n:ok\n111")


def test_settings_change_prompt_and_history(iex: Iex) -> None:
    shown = iex("IEx.configure(history_size: 2)\n1\n2\n3\nv(1)")
    assert "the currently preserved history ranges from 3 to 4" in shown


def test_respawn_forgets_variables_and_keeps_counting(iex: Iex) -> None:
    shown = iex("x = 1\nrespawn()\nx")
    assert "\n\nInteractive Elixir (1.18.3)" in shown
    assert 'undefined variable "x"' in shown


def test_the_old_message_style_says_an_error_in_one_line(iex: Iex) -> None:
    assert iex("new_number", messages="1.1") == "** (CompileError) iex:1: function new_number/0 undefined"


@pytest.mark.parametrize("typed", ["1; 2; 3", "x = 1; x; 3", "(1; 3)", "[1]; {1, 2}; 3"])
def test_values_thrown_away_on_a_line_of_the_prompt_are_no_mistake(iex: Iex, typed: str) -> None:
    assert iex(typed) == "3"


def test_values_thrown_away_inside_a_form_are_told(iex: Iex) -> None:
    assert "code block contains unused literal 1" in iex("if true do 1; 2 end")


def test_a_recursion_is_told_by_the_place_that_failed_and_one_caller(iex: Iex) -> None:
    shown = iex("defmodule Deep do\n def sum([]), do: 0\n def sum([h | t]), do: h + sum(t)\nend\nDeep.sum([1, 2, 3, 4, 5, 6, 7, 8, 9, :a])")
    assert shown.endswith(
        "    :erlang.+(:a, 0)\n    iex:3: Deep.sum/1\n    iex:3: Deep.sum/1\n    iex:2: (file)"
    )


def test_a_function_that_the_library_called_is_told_with_the_line_that_called_the_library(iex: Iex) -> None:
    assert iex("add = fn x -> x + 1 end\nEnum.map([:a], add)").endswith(
        "    :erlang.+(:a, 1)\n    iex:1: (file)\n    iex:2: (file)"
    )
    assert iex("add = fn x -> x + 1 end\nadd.(:a)").endswith("    :erlang.+(:a, 1)\n    iex:1: (file)")


def test_python_code_that_exits_ends_neither_the_shell_nor_its_variables(iex: Iex) -> None:
    assert iex("x = 1\nPython.sys.exit(3)\nx") == "1\n** (Python.Error) SystemExit: 3\n    iex:2: (file)\n1"


def test_a_process_that_exits_in_python_code_is_reported(iex: Iex) -> None:
    assert "** (Python.Error) SystemExit: 3" in iex("spawn(fn -> Python.sys.exit(3) end); Process.sleep(1)")


def test_attributes_of_any_python_object_are_reached_with_a_dot(iex: Iex) -> None:
    assert iex("Python.complex(1, 2).imag") == "2.0"
    assert "AttributeError: module 'math' has no attribute 'nosuch'" in iex("Python.math.nosuch(1)")

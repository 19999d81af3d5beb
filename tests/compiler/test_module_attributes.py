"""Module attributes: set, read, accumulated, persisted."""

from __future__ import annotations

import pytest

from tests.compiler.modules import failure, said, value


def test_a_function_has_the_value_at_its_place() -> None:
    source = "defmodule Q do\n @foo 1\n def f, do: @foo\n @foo 2\n def g, do: @foo\nend\n{Q.f, Q.g}"

    assert value(source) == "{1, 2}"


def test_an_attribute_may_accumulate_and_persist() -> None:
    source = """
    defmodule Q do
      Module.register_attribute(__MODULE__, :acc, accumulate: true, persist: true)
      @acc 1
      @acc 2
      def all, do: @acc
    end
    {Q.all, Keyword.get_values(Q.__info__(:attributes), :acc)}
    """
    assert value(source) == "{[2, 1], [[1], [2]]}"


def test_an_attribute_that_nobody_reads_is_told() -> None:
    assert said("defmodule Q do\n @foo 1\nend") == ["warning: module attribute @foo was set but never used"]


def test_an_attribute_that_was_never_set_is_told() -> None:
    assert said("defmodule Q do\n def f, do: @nope\nend") == [
        "warning: undefined module attribute @nope, please remove access to @nope or explicitly set it before access"
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("@foo 1, 2", "expected 0 or 1 argument for @foo, got: 2"),
        (
            "@doc 1",
            "@doc is a built-in module attribute for documentation. It should be either false, nil, a string, or a "
            "keyword list, got: 1",
        ),
        ("@behaviour 1", "@behaviour expects a module, got: 1"),
        ("def f do\n @x 1\n end", "cannot set attribute @x inside function/macro"),
        (
            "Module.get_attribute(Kernel, :foo)",
            "could not call Module.get_attribute/2 because the module Kernel is already compiled. Use the "
            "Module.__info__/1 callback or Code.fetch_docs/1 instead",
        ),
    ],
)
def test_what_attributes_are_refused_for(body: str, message: str) -> None:
    assert failure(f"defmodule Q do\n {body}\nend") == message


def test_a_function_value_cannot_go_into_a_function() -> None:
    message = failure("defmodule Q do\n @foo fn -> 1 end\n def f, do: @foo\nend")

    assert message.startswith("cannot inject attribute @foo into function/macro because cannot escape #Function<")


def test_a_second_doc_is_told() -> None:
    assert said('defmodule Q do\n @doc "a"\n @doc "b"\n def f, do: 1\nend') == [
        "warning: redefining @doc attribute previously set at line 2"
    ]


def test_an_attribute_that_a_macro_has_quoted_is_not_missed() -> None:
    quoted = "defmodule Quoting do\n defmacro __using__(_), do: quote(do: @kept 1)\nend\n"
    assert said(quoted + "defmodule Q do\n use Quoting\n @own 2\nend") == ["warning: module attribute @own was set but never used"]

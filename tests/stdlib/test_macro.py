"""Macro: names, walks, pipes, calls, validity, as recorded from Elixir."""

from __future__ import annotations

from typing import Any

import pytest

from pyex.stdlib.elixir import macro
from pyex.stdlib.elixir.enumerable import elements
from pyex.stdlib.elixir.macro_walk import is_special_form
from pyex.syntax import parse
from pyex.syntax.formatter import to_string
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY

NAMES = [
    ("FooBar", "foo_bar", "FooBar"),
    ("Foo.Bar", "foo/bar", "Foo.Bar"),
    ("foo_bar", "foo_bar", "FooBar"),
    ("HTTPServer", "http_server", "HTTPServer"),
    ("SAP", "sap", "SAP"),
    ("foo/bar", "foo/bar", "Foo.Bar"),
    ("_foo", "_foo", "Foo"),
    ("foo__bar", "foo__bar", "FooBar"),
    ("API.V1.User", "api/v1/user", "API.V1.User"),
    ("FooBar/Baz", "foo_bar/_baz", "FooBar.Baz"),
    ("FOO_BAR", "foo_bar", "FOO_BAR"),
    ("", "", ""),
]


@pytest.mark.parametrize(("name", "lower", "camel"), NAMES)
def test_names_of_modules_and_files(name: str, lower: str, camel: str) -> None:
    assert macro.underscore(name) == lower
    assert macro.camelize(name) == camel


def quoted(text: str) -> Any:
    return parse(text, columns=False)


PIPES = [
    ("foo(2)", 0, "foo(1, 2)"),
    ("foo(2)", 1, "foo(2, 1)"),
    ("foo", 0, "foo(1)"),
    ("Foo.bar", 0, "Foo.bar(1)"),
    ("foo.()", 0, "foo.(1)"),
]


@pytest.mark.parametrize(("step", "position", "wanted"), PIPES)
def test_a_value_is_piped_into_a_call(step: str, position: int, wanted: str) -> None:
    assert to_string(macro.pipe(1, quoted(step), position)) == wanted


@pytest.mark.parametrize("step", ["fn x -> x end", "& &1", "a + b", "Foo", "{1, 2}", "<<1>>", "-x"])
def test_what_is_no_call_takes_no_pipe(step: str) -> None:
    with pytest.raises(ElixirError) as caught:
        macro.pipe(1, quoted(step), 0)
    assert caught.value.reason.struct is alias("ArgumentError")


def test_a_pipeline_comes_apart() -> None:
    steps = macro.unpipe(quoted("100 |> div(5) |> div(2)"))
    assert [(to_string(form), position) for form, position in steps] == [("100", 0), ("div(5)", 0), ("div(2)", 0)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("foo", "{:foo, []}"), ("foo()", "{:foo, []}"), ("{1, 2, 3}", ":error"), ("foo.()", ":error"), ("1", ":error")],
)
def test_a_call_comes_apart(text: str, wanted: str) -> None:
    assert inspect(macro.decompose_call(quoted(text))) == wanted


def test_walks_change_every_part() -> None:
    def renamed(form: Any) -> Any:
        return (atom.b, form[1], form[2]) if type(form) is tuple and form[0] is atom.a else form

    assert to_string(macro.prewalk(quoted("a + f(a, [a])"), renamed)) == "b + f(b, [b])"
    assert to_string(macro.postwalk(quoted("a + f(a, [a])"), renamed)) == "b + f(b, [b])"


def test_the_order_of_walks() -> None:
    form = quoted("f(1, [2])")
    assert [inspect(part) for part in elements(macro.prewalker(form))][1:] == ["1", "[2]", "2"]
    assert [inspect(part) for part in elements(macro.postwalker(form))][:3] == ["1", "2", "[2]"]


def test_only_quoted_forms_are_valid() -> None:
    assert macro.validate(quoted("foo(1, [a: 2])")) is atom.ok
    assert macro.validate((1, 2, 3)) == (atom.error, (1, 2, 3))


def test_operators_and_special_forms() -> None:
    assert macro.is_operator(atom("+"), 1)
    assert macro.is_operator(atom("..//"), 3)
    assert not macro.is_operator(atom("=>"), 2)
    assert is_special_form(atom("{}"), 7)
    assert not is_special_form(atom("when"), 2)


def test_escaping_makes_literals() -> None:
    assert to_string(macro.escape((1, (2, 3, atom.a)))) == "{1, {2, 3, :a}}"
    assert macro.var(atom.x, alias("Foo")) == (atom.x, EMPTY, alias("Foo"))

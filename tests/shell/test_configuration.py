"""What `IEx.configure` sets, and what colours come of it."""

from __future__ import annotations

from typing import Any

import pytest

from pyex.shell import prompts, render
from pyex.shell.configuration import Configuration
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, keyword
from pyex.terms.inspect import inspect


def _configured(ansi: bool = False, **options: Any) -> Configuration:
    configuration = Configuration(ansi=ansi)
    configuration.configure(keyword(**options))
    return configuration


def test_the_defaults_are_those_of_iex() -> None:
    assert inspect(Configuration().to_keyword()) == (
        '[alive_prompt: "%prefix(%node)%counter>", auto_reload: false, colors: [], '
        'history_size: 20, inspect: [pretty: true], default_prompt: "%prefix(%counter)>"]'
    )


def test_inspect_options_add_to_those_before() -> None:
    configuration = _configured(inspect=keyword(base=atom.hex))
    configuration.configure(keyword(inspect=keyword(limit=3)))
    assert render.value(255, configuration) == "0xFF"
    assert "..." in inspect([1], configuration.inspect_options()) or configuration.inspect_options().limit == 3


@pytest.mark.parametrize(("name", "value"), [("nope", 1), ("width", "x"), ("history_size", None), ("default_prompt", 1)])
def test_a_wrong_option_is_refused_in_words_of_iex(name: str, value: Any) -> None:
    with pytest.raises(ElixirError) as caught:
        _configured(**{name: value})
    assert f"invalid configuration {inspect((atom(name), value))}" in inspect(caught.value.reason).replace('\\"', '"')


def test_a_refused_option_leaves_the_others_unset() -> None:
    configuration = Configuration()
    with pytest.raises(ElixirError):
        configuration.configure(keyword(history_size=3, nope=1))
    assert configuration.history_size == 20


def test_results_are_plain_without_a_terminal() -> None:
    assert render.value(1, Configuration()) == "1"


def test_results_have_the_colours_of_iex_on_a_terminal() -> None:
    assert render.value(1, Configuration(ansi=True)) == "\x1b[33m\x1b[33m1\x1b[0m\x1b[33m\x1b[0m"
    assert render.value(atom("a"), Configuration(ansi=True)) == "\x1b[33m\x1b[36m:a\x1b[0m\x1b[33m\x1b[0m"


def test_colours_can_be_switched_off() -> None:
    assert render.value(1, _configured(ansi=True, colors=keyword(enabled=False))) == "1"


def test_prompts_replace_what_stands_for_counter_and_prefix() -> None:
    assert prompts.render_prompt("%prefix(%counter)>", "...", 12) == "...(12)> "


def test_columns_are_filled_line_by_line() -> None:
    names = ["append/2", "delete_at/2", "duplicate/2", "insert_at/3", "product/1", "sum/1", "to_list/1"]
    assert render.columns(names, 80) == (
        "append/2        delete_at/2     duplicate/2     insert_at/3     product/1       \n"
        "sum/1           to_list/1       "
    )

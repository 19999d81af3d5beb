"""What `h` says above a text: the call as Elixir shows it, since when it is there, what has taken its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Iex


def shown(iex: Iex, code: str) -> list[str]:
    """Return the lines that are not empty."""
    return [line.strip() for line in iex(code).splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("code", "head"),
    [
        ("h Enum.find", "def find(enumerable, default \\\\ nil, fun)"),
        ("h Enum.find/2", "def find(enumerable, default \\\\ nil, fun)"),
        ("h Kernel.==", "def left == right"),
        ("h def", "defmacro def(call, expr \\\\ nil)"),
        ("h case", "defmacro case(condition, clauses)"),
        ("h Kernel.SpecialForms.quote/2", "defmacro quote(opts, block)"),
        ("h GenServer.call", "def call(server, request, timeout \\\\ 5000)"),
    ],
)
def test_a_head_is_elixirs(iex: Iex, code: str, head: str) -> None:
    assert shown(iex, code)[0] == head


def test_the_version_that_brought_a_function_stands_below(iex: Iex) -> None:
    assert shown(iex, "h Enum.chunk_every/2")[1] == "since: 1.5.0"


def test_all_arities_of_a_name_are_shown(iex: Iex) -> None:
    heads = [line for line in shown(iex, "h Enum.reduce") if line.startswith("def ")]
    assert heads == ["def reduce(enumerable, fun)", "def reduce(enumerable, acc, fun)"]


def test_helpers_of_pyex_alone_are_documented_too(iex: Iex) -> None:
    assert shown(iex, "h call/2")[0].startswith("def call(")


def test_what_doc_is_given_besides_a_text_is_told(iex: Iex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dated.ex").write_text(
        'defmodule Dated do\n  @doc since: "1.2.0", deprecated: "use b/0"\n  @doc "Text."\n  def a, do: 1\nend\n', encoding="utf-8"
    )
    assert shown(iex, 'c "dated.ex"\nh Dated.a')[1:] == ["def a()", "deprecated: use b/0", "since: 1.2.0", "Text."]
    facts = iex("{:docs_v1, _, _, _, _, _, [{_, _, _, _, facts}]} = Code.fetch_docs(Dated); {facts.since, facts.deprecated}")
    assert facts.endswith('{"1.2.0", "use b/0"}')


def test_a_special_form_is_not_called(iex: Iex) -> None:
    assert "must not be invoked directly" in iex("require Kernel.SpecialForms; Kernel.SpecialForms.case(1, do: 2)")

"""Configuration files: what is collected while one is evaluated, and how settings are merged."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any, Final

from pyex.code.evaluation import evaluate_file
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import argument_error, elixir_error
from pyex.terms.lists import EMPTY, List, from_pylist, is_proper, to_pylist

Settings = list[tuple[Any, Any]]


@dataclass(slots=True)
class Evaluation:
    """One configuration being read: its environment and target (None when not given), its settings, its files."""

    env: Any = None
    target: Any = None
    imports: bool = True
    settings: Settings = field(default_factory=list)
    files: list[str] = field(default_factory=list)


_under_way: Final[list[Evaluation]] = []


def evaluation() -> Evaluation:
    """Return the configuration that is being read. Raises RuntimeError outside of a configuration file."""
    if not _under_way:
        raise elixir_error(
            "RuntimeError",
            message="could not set configuration via Config. This usually means you are trying to execute a configuration "
            "file directly, instead of reading it with Config.Reader",
        )
    return _under_way[-1]


def read(path: str, evaluation: Evaluation, text: str | None = None) -> Settings:
    """Evaluate a configuration file and return its settings: what `config` set, or the keyword list it ends in."""
    _under_way.append(evaluation)
    try:
        value = _evaluate(path, evaluation, text)
    finally:
        _under_way.pop()
    if not evaluation.settings and is_keyword(value) and value is not EMPTY:
        return to_pylist(value)
    return evaluation.settings


def import_file(path: str) -> Any:
    """Evaluate another file in the configuration under way."""
    return _evaluate(path, evaluation(), None)


def _evaluate(path: str, evaluation: Evaluation, text: str | None) -> Any:
    if path in evaluation.files:
        raise argument_error(f"attempting to load configuration {os.path.relpath(path)} recursively")
    if text is None and not os.path.isfile(path):
        raise elixir_error("File.Error", action="read file", reason=atom("enoent"), path=path)
    evaluation.files.append(path)
    if text is not None:
        return evaluate_file(text.encode(), path)[0]
    with open(path, "rb") as file:
        return evaluate_file(file.read(), path)[0]


# ---- merging


def is_keyword(value: Any) -> bool:
    """Tell whether a term is a keyword list."""
    return (
        isinstance(value, List)
        and is_proper(value)
        and all(type(item) is tuple and len(item) == 2 and is_atom(item[0]) for item in to_pylist(value))
    )


def merge(old: Settings, new: Settings) -> Settings:
    """Return both settings as one; keyword lists of the same key are merged, of other values the new one counts."""
    given = [key for key, _ in new]
    before = dict(old)
    kept = [pair for pair in old if not any(key is pair[0] for key in given)]
    return [*kept, *((key, _merged(before[key], value) if key in before else value) for key, value in new)]


def _merged(old: Any, new: Any) -> Any:
    if old is not EMPTY and new is not EMPTY and is_keyword(old) and is_keyword(new):
        return from_pylist(merge(to_pylist(old), to_pylist(new)))
    return new

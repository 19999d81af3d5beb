"""Config.Reader: configuration files read from code."""

from __future__ import annotations

import os
from typing import Any

from pyex.code.configuring import Evaluation, Settings, merge, read
from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, from_pylist, to_pylist

module = NativeModule("Config.Reader", doc="Reads configuration files, and merges what they set.")
DISABLED = atom("disabled")


def _read(file: Any, opts: Any, text: str | None = None) -> tuple[Settings, Evaluation]:
    given = dict(to_pylist(opts))
    imports = given.get(atom("imports")) is not DISABLED
    evaluation = Evaluation(given.get(atom("env")), given.get(atom("target")), imports)
    return read(os.path.abspath(str(file)), evaluation, text), evaluation


@module.function("eval!")
def evaluate(file: Any, contents: Any, opts: Any = EMPTY) -> Any:
    """Evaluate a text as a configuration file; `env`, `target` and `imports` are its options.

        iex> Config.Reader.eval!("some.exs", "import Config; config :example, size: 1")
        [example: [size: 1]]
    """
    return from_pylist(_read(file, opts, contents)[0])


@module.function("read!")
def read_file(file: Any, opts: Any = EMPTY) -> Any:
    """Read a configuration file; `env`, `target` and `imports` are its options."""
    return from_pylist(_read(file, opts)[0])


@module.function("read_imports!")
def read_imports(file: Any, opts: Any = EMPTY) -> Any:
    """Read a configuration file: `{settings, the files that were read}`."""
    settings, evaluation = _read(file, opts)
    return from_pylist(settings), from_pylist(evaluation.files)


@module.function("merge")
def merge_configs(config1: Any, config2: Any) -> Any:
    """Merge two configurations deeply.

        iex> Config.Reader.merge([app: [k: [v1: 1]]], [app: [k: [v2: 2]]])
        [app: [k: [v1: 1, v2: 2]]]
    """
    return from_pylist(merge(to_pylist(config1), to_pylist(config2)))

"""Configuration files, and applications that go down in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyex.code.configuring import Evaluation, read
from pyex.terms.atoms import atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import from_pylist
from tests.conftest import Iex


def test_settings_are_merged_deeply_and_files_imported(tmp_path: Path) -> None:
    (tmp_path / "config.exs").write_text(
        "import Config\nconfig :app, key: 1, list: [a: 1, b: [c: 2]]\nconfig :app, App, x: 1\n"
        'config :app, list: [b: [d: 3]]\nimport_config "#{config_env()}.exs"\n'
    )
    (tmp_path / "dev.exs").write_text("import Config\nconfig :app, App, y: config_env()\n")
    settings = read(str(tmp_path / "config.exs"), Evaluation(atom("dev"), atom("host")))
    assert inspect(from_pylist(settings)) == (
        "[app: [{:key, 1}, {:list, [a: 1, b: [c: 2, d: 3]]}, {App, [x: 1, y: :dev]}]]"
    )


def test_a_configuration_without_an_environment_says_so(iex: Iex) -> None:
    shown = iex('Config.Reader.eval!("x.exs", "import Config\\nconfig_env()")')
    assert shown.startswith("** (RuntimeError) no :env key was given to this configuration file")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Config.config(:a, b: 1)", "** (RuntimeError) could not set configuration via Config."),
        ('Config.Reader.eval!("x.exs", "import Config\\nconfig :a, [B]")', "** (ArgumentError) config/2 expected a"),
    ],
)
def test_wrong_settings_are_refused(iex: Iex, line: str, message: str) -> None:
    assert iex(line).startswith(message)

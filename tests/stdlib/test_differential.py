"""What the library gives is what Elixir gives, for usual, unusual and wrong arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyex.shell.configuration import Configuration
from pyex.shell.session import Session
from tests.stdlib.differential import FOLDER, SHOW, read

LIMIT = 10


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_expressions_give_what_elixir_gives(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow because a file has hundreds of expressions, evaluated in one shell; in a folder for the files that they write."""
    monkeypatch.chdir(tmp_path)
    session = Session(Configuration())
    failed = []
    try:
        for line in SHOW.read_text(encoding="utf-8").splitlines():
            session.enter(line, LIMIT)
        defined = session.printed()
        assert "{:module, Differential" in defined, defined
        for expression, expected in read(path):
            text = json.dumps(expression, ensure_ascii=False).replace("#{", "\\#{")
            session.enter(f"IO.puts(Differential.show({text}))", LIMIT)
            actual = session.printed().split("\n")
            given = actual[-2] if len(actual) > 1 and actual[-1] == "" else actual[-1]
            shown = actual[-3] if given == ":ok" else "\n".join(actual)
            if shown != expected:
                failed.append(f"{expression}\n  Elixir: {expected}\n  pyex:   {shown}")
    finally:
        session.close()
    assert not failed, f"{len(failed)} differ\n" + "\n".join(failed)

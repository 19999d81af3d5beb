"""Record what Elixir makes of the snippets: run it after adding to snippets.json.

`PYEX_ELIXIR` is the command that starts Elixir 1.18 (default: `elixir`).
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
SNIPPETS = FOLDER / "snippets.json"
RECORDED = FOLDER / "recorded.json"
PRINTED = FOLDER / "printed.json"
FORMATTED = FOLDER / "formatted.json"


def main() -> None:
    """Write recorded.json (`[snippet, result, warnings, error tuple]`), printed.json (`[snippet, text]`) and formatted.json."""
    snippets: list[str] = json.loads(SNIPPETS.read_text())
    rows = [[text, *result.split("\x1f")] for text, result in zip(snippets, ask("record.exs", snippets), strict=True)]
    RECORDED.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n")
    printed: list[str] = [row[0] for row in json.loads(PRINTED.read_text())]
    pairs = [list(pair) for pair in zip(printed, ask("printed.exs", printed), strict=True)]
    PRINTED.write_text(json.dumps(pairs, ensure_ascii=False, indent=0) + "\n")
    texts = [row[:2] for row in json.loads(FORMATTED.read_text())]
    FORMATTED.write_text(json.dumps(format_all(texts), ensure_ascii=False, indent=0) + "\n")


def format_all(texts: list[list[str]]) -> list[list[str]]:
    """Return texts and the formatter's options with what the formatter makes of them."""
    (FOLDER / "input.tmp").write_text(json.dumps(texts))
    _run("formatted.exs")
    found: list[list[str]] = json.loads((FOLDER / "output.tmp").read_text())
    _forget()
    return found


def ask(script: str, snippets: list[str]) -> list[str]:
    """Return what a script of Elixir says to each snippet."""
    (FOLDER / "input.tmp").write_text("\x1e".join(snippets))
    _run(script)
    results = (FOLDER / "output.tmp").read_text().split("\x1e")
    _forget()
    return results


def _run(script: str) -> None:
    command = shlex.split(os.environ.get("PYEX_ELIXIR", "elixir"))
    subprocess.run([*command, script, "input.tmp", "output.tmp"], cwd=FOLDER, check=True, stderr=subprocess.DEVNULL)


def _forget() -> None:
    (FOLDER / "input.tmp").unlink()
    (FOLDER / "output.tmp").unlink()


if __name__ == "__main__":
    main()

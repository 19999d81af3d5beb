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


def main() -> None:
    """Write recorded.json (`[snippet, result, warnings, error tuple]`) and printed.json (`[snippet, text]`)."""
    snippets: list[str] = json.loads(SNIPPETS.read_text())
    rows = [[text, *result.split("\x1f")] for text, result in zip(snippets, ask("record.exs", snippets), strict=True)]
    RECORDED.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n")
    printed: list[str] = [row[0] for row in json.loads(PRINTED.read_text())]
    pairs = [list(pair) for pair in zip(printed, ask("printed.exs", printed), strict=True)]
    PRINTED.write_text(json.dumps(pairs, ensure_ascii=False, indent=0) + "\n")


def ask(script: str, snippets: list[str]) -> list[str]:
    """Return what a script of Elixir says to each snippet."""
    (FOLDER / "input.tmp").write_text("\x1e".join(snippets))
    command = shlex.split(os.environ.get("PYEX_ELIXIR", "elixir"))
    subprocess.run([*command, script, "input.tmp", "output.tmp"], cwd=FOLDER, check=True, stderr=subprocess.DEVNULL)
    results = (FOLDER / "output.tmp").read_text().split("\x1e")
    (FOLDER / "input.tmp").unlink()
    (FOLDER / "output.tmp").unlink()
    return results


if __name__ == "__main__":
    main()

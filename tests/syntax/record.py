"""Record what Elixir makes of the snippets: run it after adding to snippets.txt.

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


def main() -> None:
    """Write recorded.json: `[snippet, result, warnings, error tuple]` for each snippet."""
    snippets: list[str] = json.loads(SNIPPETS.read_text())
    (FOLDER / "input.tmp").write_text("\x1e".join(snippets))
    command = shlex.split(os.environ.get("PYEX_ELIXIR", "elixir"))
    subprocess.run(
        [*command, "record.exs", "input.tmp", "output.tmp"], cwd=FOLDER, check=True, stderr=subprocess.DEVNULL
    )
    results = (FOLDER / "output.tmp").read_text().split("\x1e")
    rows = [[text, *result.split("\x1f")] for text, result in zip(snippets, results, strict=True)]
    RECORDED.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n")
    (FOLDER / "input.tmp").unlink()
    (FOLDER / "output.tmp").unlink()


if __name__ == "__main__":
    main()

"""The functions of Erlang's modules, recorded from a real Erlang: `python -m tests.stdlib.erlang_exports`.

`PYEX_ORACLE` names a program that runs `elixir` when it is given that word; without it the `elixir` on the PATH is asked.
`erlang_absent.json` lists what is not there.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from tests.stdlib.record import command

STORED: Final = Path(__file__).with_name("erlang_exports.json")
NAMES: Final = (
    "erlang lists maps math binary string io io_lib timer calendar queue rand sets ordsets gb_sets gb_trees orddict array dict "
    "proplists crypto zlib base64 unicode re file filename filelib os inet digraph digraph_utils persistent_term atomics counters ets"
)
_SCRIPT: Final = """
for name <- File.stream!("names.txt"), module = String.to_atom(String.trim(name)) do
  Code.ensure_loaded(module)
  public = for {name, arity} <- module.module_info(:exports), name != :module_info, do: "#{name}/#{arity}"
  IO.puts(Enum.join([module | Enum.sort(public)], " "))
end
"""


def record() -> None:
    """Ask a real Erlang, and store what it says."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "names.txt").write_text("\n".join(NAMES.split()), encoding="utf-8")
        Path(folder, "exports.exs").write_text(_SCRIPT, encoding="utf-8")
        run = subprocess.run([*command(), "exports.exs"], cwd=folder, capture_output=True, check=True, text=True)
    lists = {line.split()[0]: line.split()[1:] for line in run.stdout.splitlines()}
    STORED.write_text(json.dumps(lists, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()

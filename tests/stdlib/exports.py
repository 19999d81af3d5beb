"""The functions and macros of Elixir's modules, recorded from a real Elixir: `python -m tests.stdlib.exports`.

The variable PYEX_ORACLE names a program that runs `elixir` when it is given `elixir` as its argument; without it, the
`elixir` on the PATH is asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Final

STORED: Final = Path(__file__).with_name("exports.json")
NAMES: Final = (
    "Access Agent Application Atom Base Bitwise Calendar Calendar.ISO Calendar.TimeZoneDatabase "
    "Calendar.UTCOnlyTimeZoneDatabase Code Collectable Date Date.Range DateTime Duration DynamicSupervisor Enum Enumerable "
    "Exception File File.Stat File.Stream Float Function GenServer IO IO.ANSI IO.Stream IEx IEx.Helpers Inspect "
    "Inspect.Algebra Inspect.Opts Integer JSON Kernel Keyword List List.Chars Logger Macro Macro.Env Map MapSet Module "
    "NaiveDateTime Node OptionParser PartitionSupervisor Path Port Process Protocol Range Record Regex Registry Stream String "
    "String.Chars StringIO Supervisor System Task Task.Supervisor Time Tuple URI Version Version.Requirement"
)
_SCRIPT: Final = """
for line <- File.stream!("names.txt"), module = Module.concat([String.trim(line)]), Code.ensure_loaded?(module) do
  all = module.__info__(:functions) ++ module.__info__(:macros)
  public = for {name, arity} <- all, not String.starts_with?("#{name}", "_"), do: "#{name}/#{arity}"
  IO.puts(Enum.join([inspect(module) | Enum.sort(public)], " "))
end
"""


def record() -> None:
    """Ask a real Elixir, and store what it says."""
    oracle = os.environ.get("PYEX_ORACLE")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "names.txt").write_text("\n".join(NAMES.split()), encoding="utf-8")
        Path(folder, "exports.exs").write_text(_SCRIPT, encoding="utf-8")
        command = [*([oracle] if oracle else []), "elixir", "exports.exs"]
        run = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    lists = {line.split()[0]: line.split()[1:] for line in run.stdout.splitlines()}
    STORED.write_text(json.dumps(lists, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()

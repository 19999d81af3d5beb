"""Names, arities and parameters of the library's functions, recorded from a real Elixir: `python -m tests.stdlib.signatures`.

What is stored is what a call looks like and since which version it is there: no line of documentation. The variable PYEX_ORACLE names a program
that runs `elixir` when it is given `elixir` as its argument; without it, the `elixir` on the PATH is asked.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Final

import pyex.stdlib.elixir
from tests.stdlib.exports import NAMES

STORED: Final = Path(pyex.stdlib.elixir.__path__[0], "signatures.txt")
MORE: Final = (
    "Bitwise Code.Fragment EEx ExUnit ExUnit.Assertions ExUnit.Callbacks ExUnit.CaptureIO ExUnit.CaptureLog ExUnit.Case ExUnit.DocTest "
    "IEx.Pry Kernel.SpecialForms"
)
_SCRIPT: Final = """
for line <- File.stream!("names.txt"), name = String.trim(line), {:docs_v1, _, _, _, _, _, docs} <- [Code.fetch_docs(Module.concat([name]))],
    {{kind, function, arity}, _, [_ | _] = signature, doc, meta} <- docs, kind in [:function, :macro] do
  head = signature |> Enum.join(" ") |> String.replace("\n", "␤")
  IO.puts(Enum.join([name, if(doc == :hidden, do: "hidden", else: "shown"), kind, function, arity, meta[:defaults] || 0, meta[:since] || "", head], "\\t"))
end
"""


def record() -> None:
    """Ask a real Elixir, and store what it says."""
    oracle = os.environ.get("PYEX_ORACLE")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "names.txt").write_text("\n".join(sorted([*NAMES.split(), *MORE.split()])), encoding="utf-8")
        Path(folder, "signatures.exs").write_text(_SCRIPT, encoding="utf-8")
        command = [*([oracle] if oracle else []), "elixir", "signatures.exs"]
        run = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    STORED.write_text(run.stdout, encoding="utf-8")


if __name__ == "__main__":
    record()

"""Records the atom table of a fresh iex, which says in what order small maps are walked.

    python -m tests.terms.record_atoms [starts]

`PYEX_ORACLE` names a program that runs `iex` when it is given that word; without it `iex` itself is run. Modules that
load side by side while iex starts race, so about a third of the atoms take other places from one start to the next. Of many
starts the one is kept that agrees best with all of them; `a` stands before `b` in it, as in the documentation of Elixir.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Final

from pyex.terms.atom_order import MARK, NAMELESS, TABLE
from tests.oracle_driver import command

MARKS: Final = ("zz_first_text", "zz_second_text")
LINES: Final = """:zz_first_text
:zz_second_text
n = :erlang.system_info(:atom_count) - 1
name = &Base.encode16(Atom.to_string(&1))
File.write!("atoms", Enum.join(for(i <- 0..n, do: name.(:erlang.binary_to_term(<<131, 75, i::24>>))), "\\n"))
apps = [:elixir, :logger, :stdlib, :kernel]
modules = for app <- apps, {:ok, found} = :application.get_key(app, :modules), do: found
found = for module <- List.flatten(modules), file = :code.which(module), is_list(file), do: {module, file}
atoms = for {m, f} <- found, {:ok, {_, [atoms: got]}} <- [:beam_lib.chunks(f, [:atoms])], do: {m, got}
lines = for {module, got} <- atoms, do: Enum.map_join([module | Enum.map(Enum.sort(got), &elem(&1, 1))], " ", name)
File.write!("modules", Enum.join(lines, "\\n"))
"""
_SHORT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*[?!]?")
_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]{0,8}[?!]?")


Modules = dict[str, list[str]]
"""The atoms of each module of the library, in the order in which loading it brings them."""


def start() -> tuple[list[str], Modules]:
    """Start iex once; return the names in the order of its atom table, up to the second line, and those of modules."""
    found = command()
    if found is None:
        raise SystemExit("no iex: set PYEX_ORACLE")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(found, input=LINES, cwd=folder, text=True, stdout=subprocess.DEVNULL, check=True)
        names = [bytes.fromhex(line).decode() for line in (Path(folder) / "atoms").read_text().split("\n")]
        lines = (Path(folder) / "modules").read_text().split("\n")
    modules = [[bytes.fromhex(name).decode() for name in line.split(" ")] for line in lines]
    return names[: names.index(MARKS[1])], {module: atoms for module, *atoms in modules}


def typical(tables: list[list[str]]) -> list[str]:
    """Return the table that agrees with most of the others about the order of ordinary words."""
    places = [{name: place for place, name in enumerate(table)} for table in tables]
    words = [name for name in tables[0] if _PLAIN.fullmatch(name) and all(name in each for each in places)]
    pairs = list(pairwise(random.Random(1).choices(words, k=20_000)))
    before = [sum(each[a] < each[b] for each in places) * 2 >= len(places) for a, b in pairs]

    def agreement(index: int) -> int:
        found = places[index]
        return sum((found[a] < found[b]) == common for (a, b), common in zip(pairs, before, strict=True))

    usual = [index for index, found in enumerate(places) if found["a"] < found["b"]]
    return tables[max(usual, key=agreement)]


def main(starts: int) -> None:
    """Record and store; names that no program can mean by chance (of anonymous functions) only keep their place."""
    found = [start() for _ in range(starts)]
    names = typical([each for each, _ in found])
    split = names.index(MARKS[0])
    shown = [NAMELESS if name.startswith("-") or set(name) & set("\0\1\n") else name for name in names]
    known = set(shown)
    lines = []
    for module, atoms in sorted(found[0][1].items()):
        new = [name for name in atoms if name not in known and _SHORT.fullmatch(name)]
        if new:
            lines.append(" ".join([module, *new]))
    text = MARK.join(["\n".join(part) for part in (shown[:split], shown[split + 1 :], lines)])
    size = Path(TABLE).write_bytes(zlib.compress(text.encode(), 9))
    print(f"{len(names)} atoms, {len(lines)} modules, {size} bytes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)

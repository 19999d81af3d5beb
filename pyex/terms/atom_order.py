"""The order of atoms in which small maps are walked: that of the BEAM's atom table.

The BEAM numbers its atoms as they appear. What a fresh iex knows was recorded (`tests/terms/record_atoms.py`) and is read when
the first map with several atoms for keys is walked; every other atom takes the next number when it is first read in a
source (`read_atom`, which the tokenizer calls) or first asked for.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any, Final

from pyex.terms.atoms import Atom, atom, atom_name

MARK: Final = "\n\0\n"
"""Stands between the parts of the table: what iex knows before its first line and what reading that brings; what each
module of the library that is not loaded then brings (a line of names, the module's first).
"""

NAMELESS: Final = "\1"
"""Stands in the table for each atom whose name nobody types: it only keeps its place."""

_read: Final[dict[Any, None]] = {}
"""Names in the order in which sources had them; None where the first source ended; modules (atoms) that were loaded."""


TABLE: Final = __file__.removesuffix("atom_order.py") + "atom_table.z"
"""The file that holds the recorded names, compressed."""


@cache
def _recorded() -> tuple[dict[str, int], str, str]:
    """Return the numbers of the names that a fresh iex knows, and the two other parts of the table as they are stored."""
    import zlib

    with open(TABLE, "rb") as file:
        before, after, modules = zlib.decompress(file.read()).decode().split(MARK)
    names = before.split("\n")
    return dict(zip(names, range(len(names)), strict=True)), after, f"\n{modules}\n"


def is_recorded(name: str) -> bool:
    """Tell whether a fresh iex knows an atom of that name."""
    return name in _recorded()[0]


def _brought(event: Any) -> list[str]:
    """Return the names that the end of the first source (None) or the loading of a module brings."""
    _, after, modules = _recorded()
    if event is None:
        return after.split("\n")
    head = f"\n{event.name} "
    begin = modules.find(head)
    return modules[begin + len(head) : modules.index("\n", begin + 1)].split(" ") if begin >= 0 else []


class _Numbers(dict[Any, int]):
    """The number of each atom that was asked for; an atom that is asked for first gets its number here."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.done = 0
        self.next = 0

    def __missing__(self, term: Any) -> int:
        name = atom_name(term)
        assert name is not None  # only atoms are asked for
        self._number_what_was_read()
        if name not in self.names:
            _read[name] = None
            self._number_what_was_read()
        found = self[term] = self.names[name]
        return found

    def _number_what_was_read(self) -> None:
        if not self.names:
            self._start()
        for name in list(islice(_read, self.done, None)):
            for each in (name,) if type(name) is str else _brought(name):
                if each not in self.names:
                    self.names[each] = self.next
                    self.next += 1
        self.done = len(_read)

    def _start(self) -> None:
        """Number what a fresh iex knows."""
        self.names = dict(_recorded()[0])
        self.next = 1 + max(self.names.values())


numbers: Final = _Numbers()
"""`numbers[atom]`: its place in the table. `numbers.__getitem__` is a sort key."""


def read_atom(name: str) -> Any:
    """Return the atom of a name that stands in a source, and remember that it has appeared."""
    _read[name] = None
    return atom(name)


def text_was_read() -> None:
    """Say that a text was read to its end: after the first one iex knows some hundred atoms more."""
    _read[None] = None


def module_was_loaded(module: Atom) -> None:
    """Say that a module of the library was loaded, which brings the atoms that it uses."""
    _read[module] = None


def start_afresh() -> None:
    """Forget what has appeared: a new session knows what a fresh iex knows."""
    _read.clear()
    numbers.clear()
    numbers.names = {}
    numbers.done = 0

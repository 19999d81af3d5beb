"""The atoms and entries of a compiled module, made from the texts that its code holds."""

from __future__ import annotations

from typing import Any

from pyex.terms.atoms import atom
from pyex.terms.functions import export


def pool(namespace: dict[str, Any], atoms: tuple[str, ...], entries: tuple[tuple[str, str, int], ...]) -> None:
    """Put atoms (`a1`, `a2` …) and export entries (`e1`, `e2` …) into a module's namespace.

    One call instead of a statement for each: a module has dozens, and each statement would have to be compiled.
    """
    for number, text in enumerate(atoms, 1):
        namespace[f"a{number}"] = atom(text)
    for number, (module, name, arity) in enumerate(entries, 1):
        namespace[f"e{number}"] = export(atom(module), name, arity)

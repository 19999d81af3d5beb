"""`Enumerable.List`, `Enumerable.Map` and the others: the library's implementations under the names that users' own call."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir import enumerable
from pyex.terms.atoms import Atom, alias
from pyex.terms.errors import function_clause

TYPES: Final = ("List", "Map", "Function", "Range", "MapSet", "Stream")


def _define(kind: str) -> None:
    module = NativeModule(f"Enumerable.{kind}")
    answers = {"for": alias(kind), "protocol": alias("Enumerable"), "target": module.name}
    for name, arity in (("reduce", 3), ("count", 1), ("member?", 2), ("slice", 1)):
        module.function(name, arity=arity, doc=False)(enumerable.module.exports[name, arity])

    def about(key: Atom) -> Any:
        if key.name not in answers:
            raise function_clause(module.name, "__impl__", (key,))
        return answers[key.name]

    module.function("__impl__", doc=False)(about)


for _kind in TYPES:
    _define(_kind)

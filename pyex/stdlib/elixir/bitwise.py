"""Bitwise: operations on the bits of integers; the compiler turns calls of them into `:erlang`'s."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.compiler.diagnostics import Diagnostic, where_of
from pyex.terms import ops
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, elixir_list

module = NativeModule("Bitwise", doc="Operations on the bits of integers.")

for _names, _function in (
    (("band", "&&&"), ops.band),
    (("bor", "|||"), ops.bor),
    (("bxor", "^^^"), ops.bxor),
    (("bsl", "<<<"), ops.bsl),
    (("bsr", ">>>"), ops.bsr),
    (("bnot", "~~~"), ops.bnot),
):
    for _name in _names:
        module.function(_name, arity=_function.__code__.co_argcount)(_function)


@module.macro("__using__", doc=False)
def using(env: Any, options: Any) -> Any:
    """Import the module's functions."""
    text = "use Bitwise is deprecated. import Bitwise instead"
    env.collector.add(Diagnostic("warning", text, env.file, env.line, where=where_of(env)))
    return (atom("import"), EMPTY, elixir_list(module.name))

"""How functions are shown: `&Mod.fun/1`, `#Function<0.1234/1 in Mod.fun/2>`."""

from __future__ import annotations

import re
import zlib
from types import FunctionType
from typing import Any, Final

from pyex.terms.atoms import Atom
from pyex.terms.functions import Export, arity_of
from pyex.terms.inspect.literals import atom_text, function_name

_ANONYMOUS: Final = re.compile(r"-(?P<outer>.+)-(?:fun|anonymous)-(?P<index>\d+)-/\d+\Z", re.DOTALL)
_SHELL_UNIQUE: Final = 81571850
_SHELL_CLAUSES: Final = 43
"""In the shell, the number of a function of arity A is 43 - A: the clauses of the evaluator's own function."""


def mfa_text(module: Any, name: str, arity: Any) -> str:
    """Return `Mod.fun/arity`."""
    return f"{atom_text(module)}.{function_name(name)}/{arity}"


def function_text(fun: Any) -> str:
    """Return the text of a function."""
    if type(fun) is Export:
        return "&" + mfa_text(fun.module, fun.name, fun.arity)
    arity = arity_of(fun)
    if type(fun) is FunctionType and "__elixir__" in fun.__globals__:
        return _elixir_function(fun, arity)
    shown = getattr(fun, "elixir_text", None)
    if type(shown) is str:
        return shown
    module, name = getattr(fun, "__module__", None), getattr(fun, "__qualname__", type(fun).__qualname__)
    return f"#Function<{name}/{arity} in Python.{module}>" if module else f"#Function<{name}/{arity} in Python>"


def _elixir_function(fun: FunctionType, arity: int | None) -> str:
    module = fun.__globals__["__elixir__"]
    code = fun.__code__
    found = _ANONYMOUS.match(code.co_name)
    outer, index = (found["outer"], found["index"]) if found else (code.co_name, "0")
    if type(module) is not Atom:
        if code.co_filename.endswith((".exs", ".ex")):
            return f"#Function<{index}.{_unique(code.co_filename)} in file:{code.co_filename}>"
        return f"#Function<{_SHELL_CLAUSES - (arity or 0)}.{_SHELL_UNIQUE}/{arity} in :erl_eval.expr/6>"
    name, _, outer_arity = outer.rpartition("/")
    return f"#Function<{index}.{_unique(module.name)}/{arity} in {mfa_text(module, name, outer_arity)}>"


def _unique(text: str) -> int:
    """Return the number that stands for one version of a module's code in the text of its functions."""
    return zlib.crc32(text.encode()) % 134217728

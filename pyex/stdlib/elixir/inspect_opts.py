"""Inspect.Opts: the options of `inspect/2`."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias
from pyex.terms.functions import export
from pyex.terms.inspect.opts import Opts

module = NativeModule("Inspect.Opts", doc="The options of `inspect/2`, as a struct.")

_FIELDS = {key.name: value for key, value in Opts().to_struct().items() if key.name != "__struct__"}
module.struct({name: _FIELDS[name] for name in sorted(_FIELDS)})


@module.function
def new(options: Any) -> Any:
    """Return the struct of the options that a keyword list gives.

        iex> Inspect.Opts.new(limit: 4).limit
        4
    """
    return Opts.from_keyword(options).to_struct()


@module.function
def default_inspect_fun() -> Any:
    """Return the function that gives the documents of terms."""
    return export(alias("Inspect"), "inspect", 2)

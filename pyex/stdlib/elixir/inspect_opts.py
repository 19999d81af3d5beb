"""Inspect.Opts: the options of `inspect/2`."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.inspect import use_inspect_fun
from pyex.terms.inspect.opts import Opts

module = NativeModule("Inspect.Opts", doc="The options of `inspect/2`, as a struct.")

_INSPECT: Final = export(alias("Inspect"), "inspect", 2)
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
    """Return the function that gives the documents of terms where none is named."""
    return Opts.usual_inspect_fun or _INSPECT


@module.function("default_inspect_fun", arity=1)
def use_as_default(fun: Any) -> Any:
    """Have a function of a term and options give the documents of terms where none is named.

        iex> Inspect.Opts.default_inspect_fun(&Inspect.inspect/2)
        :ok
    """
    if not is_function(fun, 2):
        raise function_clause(module.name, "default_inspect_fun", (fun,))
    use_inspect_fun(None if fun is _INSPECT else fun)
    return atom("ok")

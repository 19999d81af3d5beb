"""Inspect: the protocol of what `inspect/2` shows."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.protocols import complete
from pyex.terms.atoms import Atom, alias
from pyex.terms.exception_structs import type_name
from pyex.terms.inspect.documents import plain_doc
from pyex.terms.inspect.known import KNOWN, OPTIONAL
from pyex.terms.inspect.opts import Opts
from pyex.terms.inspect.structs import implementation, implemented_doc
from pyex.terms.maps import STRUCT, Map

module = NativeModule("Inspect", doc="The protocol of what `inspect/2` shows of a value.", behaviour=[("inspect", 2)])

PROTOCOL: Final = alias("Inspect")


@module.function
def inspect(term: Any, opts: Any) -> Any:
    """Return the document of a term, by its implementation of the protocol.

        iex> Inspect.inspect(:ok, %Inspect.Opts{})
        ":ok"
    """
    options = opts if type(opts) is Opts else Opts.from_keyword(opts)
    if type(term) is Map and type(term.get(STRUCT)) is Atom:
        return implemented_doc(term, options)
    return plain_doc(term, options)


@module.function
def impl_for(term: Any) -> Any:
    """Return the module that implements Inspect for a value.

        iex> Inspect.impl_for(1)
        Inspect.Integer
    """
    if type(term) is Map and type(term.get(STRUCT)) is Atom:
        name = term[STRUCT]
        if name in KNOWN or name in OPTIONAL or implementation(name) is not None:
            return alias("Inspect." + name.name.removeprefix("Elixir."))
        return alias("Inspect.Any")
    return alias("Inspect." + type_name(term))


complete(module, impl_for, example="1", type="Integer")

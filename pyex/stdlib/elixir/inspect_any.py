"""Inspect.Any: how structs without an implementation of Inspect are shown."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.inspect.opts import Opts
from pyex.terms.inspect.structs import any_doc, derived_doc

module = NativeModule("Inspect.Any", doc="How structs without an implementation of Inspect are shown.")


@module.function
def inspect(struct: Any, opts: Any) -> Any:
    """Return the document of a struct by its fields."""
    return any_doc(struct, opts if type(opts) is Opts else Opts.from_keyword(opts))


@module.function("__derived__", doc=False)
def derived(struct: Any, opts: Any, options: Any) -> Any:
    """Return the document of a struct by the fields that a derivation names."""
    return derived_doc(struct, opts if type(opts) is Opts else Opts.from_keyword(opts), options)


@module.macro("__deriving__", doc=False)
def deriving(env: Any, target: Any, struct: Any, options: Any) -> Any:
    """Define nothing: what `@derive {Inspect, …}` says is read from the struct's module when it is shown."""
    return None

"""What the library's own protocols have as every protocol has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import from_iterable


def complete(
    module: NativeModule, impl_for: Callable[[Any], Atom | None], *, example: str, type: str, description: str = ""
) -> Callable[[Any], Atom]:
    """Give a protocol that finds implementations by `impl_for` its `impl_for!/1` and `__protocol__/1`; returns the first.

    The example is a value of a type; the description is what the error of a value without an implementation adds.
    """
    protocol = inspect(module.name)

    def impl_for_bang(term: Any) -> Atom:
        found = impl_for(term)
        if found is None:
            raise elixir_error("Protocol.UndefinedError", protocol=module.name, value=term, description=description)
        return found

    def reflection(key: Any) -> Any:
        if key is atom("module"):
            return module.name
        if key is atom("functions"):
            return from_iterable([(atom(name), arity) for name, arity in sorted(module.callbacks)])
        if key is atom("consolidated?"):
            return False
        if key is atom("impls"):
            return atom("not_consolidated")
        raise function_clause(module.name, "__protocol__", (key,))

    impl_for_bang.__doc__ = (
        f"Return the module that implements {protocol} for a value; raises Protocol.UndefinedError.\n\n"
        f"    iex> {protocol}.impl_for!({example})\n    {protocol}.{type}\n"
    )
    module.function("impl_for!")(impl_for_bang)
    module.function("__protocol__", doc=False)(reflection)
    return impl_for_bang

"""Functions as terms, and the table of export entries.

A function term is a plain Python function whose number of positional parameters is its arity, or
an `Export`: the entry of one remote function, `&Mod.fun/arity`. There is one entry for each
(module, name, arity) that anybody mentions; compiled code keeps the entry and calls
`entry.fn(...)`, so a remote call costs one slot read. The code server sets `fn` when it publishes
a version of the module; until then `fn` asks `Export.resolve` to load it.
"""

from __future__ import annotations

import inspect as python_inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any, ClassVar, Final

from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.rounds import Loop, plain


class Export:
    """The entry of the remote function `module.name/arity`; callable, and a term: `&Mod.fun/1`."""

    __slots__ = ("arity", "fn", "loop", "module", "name")
    module: Any
    name: str
    arity: int
    fn: Callable[..., Any]
    """The current function, or `unresolved` while the module is not loaded or does not define it."""

    loop: Callable[..., Any]
    """The function's twin that takes a loop in the place of its last argument, a function."""

    resolve: ClassVar[Callable[[Export, tuple[Any, ...]], Callable[..., Any]]]
    """Set by the code server: loads the module of an entry and returns the function, or raises
    UndefinedFunctionError (`erlang_error("undef")` with the call as its first frame)."""

    def __init__(self, module: Any, name: str, arity: int) -> None:
        self.module = module
        self.name = name
        self.arity = arity
        self.fn = self.unresolved
        self.loop = self.through

    def unresolved(self, *args: Any) -> Any:
        """Load the module, then call: what `fn` is until the code server has set it."""
        return Export.resolve(self, args)(*args)

    def through(self, *args: Any) -> Any:
        """Call the function itself, with a plain function made of the loop: what `loop` is where there is no twin."""
        return self.fn(*args[:-1], plain(args[-1]))

    def __call__(self, *args: Any) -> Any:
        if len(args) != self.arity:
            raise self.misapplied(args)
        return self.fn(*args)

    def misapplied(self, args: tuple[Any, ...]) -> Exception:
        """Return the error of a call with another number of arguments."""
        from pyex.terms.errors import erlang_error
        from pyex.terms.lists import from_iterable

        return erlang_error((atom("badarity"), (self, from_iterable(args))))

    def __repr__(self) -> str:
        return f"&{atom_name(self.module)}.{self.name}/{self.arity}"

    def __reduce__(self) -> tuple[Any, ...]:
        return export, (self.module, self.name, self.arity)


EXPORTS: Final[dict[tuple[Any, str, int], Export]] = {}
BY_MODULE: Final[dict[Any, list[Export]]] = {}
"""The entries of each module: what a new version of it has to be told to."""


def export(module: Any, name: str, arity: int) -> Export:
    """Return the one entry of `module.name/arity`; it need not be loaded, nor exist."""
    key = (module, name, arity)
    entry = EXPORTS.get(key)
    if entry is None:
        entry = EXPORTS[key] = Export(module, name, arity)
        BY_MODULE.setdefault(module, []).append(entry)
    return entry


def shown_as(fun: Any, place: str) -> Any:
    """Return a closure of the library's, shown from now on as the one of Elixir's that it stands for: `0.12/2 in Mod.fun/1`."""
    fun.elixir_text = f"#Function<{place}>"
    return fun


def arity_of(fun: Any) -> int | None:
    """Return the arity of a function term, or None when the value is not callable.

    Of a Python callable it is the number of its positional parameters without a default.
    """
    if type(fun) is FunctionType:
        return fun.__code__.co_argcount - len(fun.__defaults__ or ())
    if type(fun) is Export:
        return fun.arity
    if type(fun) is Loop:
        return 1
    if not callable(fun) or type(fun) is Atom:
        return None
    try:
        parameters = python_inspect.signature(fun).parameters.values()
    except (TypeError, ValueError):
        return 1  # a C function without a signature, such as `max`: taken as a function of one argument
    positional = (python_inspect.Parameter.POSITIONAL_ONLY, python_inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(p.kind in positional and p.default is p.empty for p in parameters)


def is_function(value: Any, arity: int | None = None) -> bool:
    """Tell whether a term is a function, of the given arity if one is given."""
    if type(value) is FunctionType:
        return arity is None or value.__code__.co_argcount == arity or arity_of(value) == arity
    found = arity_of(value)
    return found is not None and (arity is None or found == arity)

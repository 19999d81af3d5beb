"""`:elixir_quote`: what the code of a `quote` calls where a form is known only when it runs."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import argument_error
from pyex.terms.lists import EMPTY, Cons, EmptyList, elixir_list, from_iterable, split_tail

module = NativeModule(":elixir_quote")


@module.function("list", doc=False)
def list_(left: Any, right: Any) -> Any:
    """Return the elements that `unquote_splicing` puts before the rest of a list."""
    return from_iterable(_elements(left), right)


@module.function(doc=False)
def tail_list(left: Any) -> Any:
    """Return the elements that `unquote_splicing` puts at the end of a list."""
    _elements(left)
    return left


def _elements(value: Any) -> list[Any]:
    items, tail = split_tail(value)
    if tail is not EMPTY:
        from pyex.terms.inspect import inspect

        raise argument_error(f"expected a list with quoted expressions in unquote_splicing/1, got: {inspect(value)}")
    return items


@module.function(doc=False)
def dot(meta: Any, left: Any, right: Any, args: Any, context: Any, file: Any) -> Any:
    """Return `left.right(args)` for a name that `unquote` gave; without args, a field or an alias."""
    if is_atom(right):
        if type(right) is Atom and right.name.startswith("Elixir.") and args is None:
            return _alias(meta, left, elixir_list(right))
        return _remote(meta, left, right, args)
    if type(right) is tuple and len(right) == 3:
        name, right_meta, rest = right
        if name is atom("__aliases__") and args is None:
            return _alias(meta, left, rest)
        if type(name) is Atom and is_atom(rest):
            return _remote(meta, left, name, args)
        if type(name) is Atom and isinstance(rest, (Cons, EmptyList)):
            if args is None:
                return _remote(right_meta, left, name, rest)
            return (_remote(right_meta, left, name, rest), meta, args)
    from pyex.terms.inspect import inspect

    raise argument_error(
        f"expected unquote after dot to return an atom, an alias or a quoted call, got: {inspect(right)}"
    )


def _alias(meta: Any, left: Any, parts: Any) -> Any:
    if type(left) is tuple and len(left) == 3 and left[0] is atom("__aliases__"):
        return (left[0], left[1], from_iterable([*split_tail(left[2])[0], *split_tail(parts)[0]]))
    return (atom("__aliases__"), meta, Cons(left, parts))


def _remote(meta: Any, left: Any, name: Any, args: Any) -> Any:
    if args is None:
        return ((atom("."), meta, elixir_list(left, name)), Cons((atom.no_parens, True), meta), EMPTY)
    return ((atom("."), meta, elixir_list(left, name)), meta, args)

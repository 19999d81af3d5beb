"""`:elixir_quote`: what the code of a `quote` calls where a form is known only when it runs."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.syntax.formatter import to_string
from pyex.terms.atoms import Atom, atom, atom_name, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error
from pyex.terms.functions import arity_of
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, EmptyList, List, elixir_list, from_iterable, split_tail
from pyex.terms.pids import Pid

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
    if tail is not EMPTY or not all(map(_is_list_or_form, items)):
            raise argument_error(f"expected a list with quoted expressions in unquote_splicing/1, got: {inspect(value)}")
    return items


@module.function(doc=False)
def shallow_validate_ast(value: Any) -> Any:
    """Return what `unquote` was given, when it may be a quoted form: arguments of calls are not looked into."""
    if _is_form(value):
        return value
    raise argument_error(
        f"tried to unquote invalid AST: {inspect(value)}\nDid you forget to escape term using Macro.escape/1?"
    )


def _is_form(value: Any) -> bool:
    kind = type(value)
    if kind is tuple:
        if len(value) == 2:
            return _is_list_or_form(value[0]) and _is_list_or_form(value[1])
        return len(value) == 3 and isinstance(value[1], List) and (isinstance(value[2], List) or is_atom(value[2]))
    if kind is Cons:
        items, tail = split_tail(value)
        return tail is EMPTY and all(map(_is_list_or_form, items))
    return kind in _PLAIN or is_atom(value) or arity_of(value) is not None


def _is_list_or_form(value: Any) -> bool:
    return isinstance(value, List) or _is_form(value)


_PLAIN: Final = frozenset({int, float, str, bytes, EmptyList, Pid})


@module.function(doc=False)
def validate_runtime(option: Any, value: Any) -> Any:
    """Return the value of an option of `quote` that is known only at run time."""
    match atom_name(option):
        case "line":
            valid = type(value) in (int, bool)
        case "file":
            valid = value is None or is_binary(value)
        case _:
            valid = value is not None and is_atom(value)
    if valid:
        return value
    raise argument_error(f"invalid runtime value for option {inspect(option)} in quote, got: {inspect(value)}")


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
    if args is not None:
        shown = to_string(right) if type(right) is tuple else inspect(right)
        raise argument_error(f"expected unquote after dot with args to return an atom or a quoted call, got: {shown}")
    raise argument_error(
        f"expected unquote after dot to return an atom, an alias or a quoted call, got: {inspect(right)}"
    )


def _alias(meta: Any, left: Any, parts: Any) -> Any:
    return (atom("__aliases__"), meta, Cons(left, parts))


def _remote(meta: Any, left: Any, name: Any, args: Any) -> Any:
    if args is None:
        return ((atom("."), meta, elixir_list(left, name)), Cons((atom.no_parens, True), meta), EMPTY)
    return ((atom("."), meta, elixir_list(left, name)), meta, args)

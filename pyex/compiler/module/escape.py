"""Values in code: the form that gives a term, with or without `unquote` fragments in it."""

from __future__ import annotations

from typing import Any

from pyex.compiler.forms import Opaque
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import Bits, binary
from pyex.terms.errors import argument_error
from pyex.terms.functions import Export
from pyex.terms.lists import EMPTY, Cons, EmptyList, elixir_list, from_iterable, split_tail
from pyex.terms.maps import Map
from pyex.terms.order import sort_key
from pyex.terms.pids import Pid

_UNQUOTE = atom("unquote")
_SPLICING = atom("unquote_splicing")
_QUOTE = atom("quote")
_PLAIN = frozenset({int, float, str, bytes, bool, type(None), Atom, EmptyList})


def hand_over(env: Any, value: Any, *, fragments: bool = False) -> Any:
    """Return the form that hands a term (or an Env) to code that runs while a module is built.

    In a module's body and at the prompt the code is evaluated, so the value goes as it is. In a
    function it will be marshalled, so it is spelled out.
    """
    if fragments and has_unquote(value):
        return escape(value, unquote=True)
    if type(value) in _PLAIN:
        return value
    if env.function is None:
        return Opaque(value)
    if value is env:
        return (atom("__ENV__"), EMPTY, None)
    return escape(value)


def has_unquote(form: Any) -> bool:
    """Tell whether a quoted form holds an `unquote` that belongs to it, not to a `quote` inside."""
    stack = [form]
    while stack:
        node = stack.pop()
        if type(node) is tuple:
            if len(node) != 3:
                stack += [part for part in node if type(part) is tuple or type(part) is Cons]
                continue
            head, _, node = node  # metadata holds no code
            if type(head) is not Atom:
                stack.append(head)
            elif type(node) is Cons:
                if head is _UNQUOTE or head is _SPLICING:
                    return True
                if head is _QUOTE:
                    continue
            if type(node) is tuple:
                stack.append(node)
        if type(node) is Cons:
            items, tail = split_tail(node)
            for item in items:
                # A variable is a tuple whose last part is no list: there are as many of them as of all else.
                if type(item) is Cons or (type(item) is tuple and (len(item) != 3 or item[2] is not None)):
                    stack.append(item)
            if type(tail) is tuple:
                stack.append(tail)
    return False


def escape(value: Any, *, unquote: bool = False) -> Any:
    """Return the quoted form of a term, made of literals only.

    Raises ArgumentError for what has no literal: a reference, an anonymous function. A pid stands for itself.
    """
    kind = type(value)
    if kind in _PLAIN or kind is Opaque:
        return value
    if kind is tuple:
        return _escape_tuple(value, unquote)
    if kind is Cons:
        return _escape_list(value, unquote)
    if kind is Map:
        pairs = [(escape(key, unquote=unquote), escape(item, unquote=unquote)) for key, item in sorted(value.items(), key=_key_order)]
        return (atom("%{}"), EMPTY, from_iterable(pairs))
    if kind is Export:
        remote = ((atom("."), EMPTY, elixir_list(value.module, atom(value.name))), elixir_list((atom.no_parens, True)), EMPTY)
        return (atom("&"), EMPTY, elixir_list((atom("/"), EMPTY, elixir_list(remote, value.arity))))
    if kind is Bits:
        return _escape_bits(value)
    if kind is Pid:
        return value
    from pyex.terms.inspect import inspect

    raise argument_error(
        f"cannot escape {inspect(value)}. The supported values are: lists, tuples, maps, atoms, numbers, bitstrings, "
        "PIDs and remote functions in the format &Mod.fun/arity"
    )


def _key_order(pair: tuple[Any, Any]) -> Any:
    """Return by what the pairs of a map stand in code: the order of terms, whatever the map's own is."""
    return sort_key(pair[0])


def _escape_tuple(value: tuple[Any, ...], unquote: bool) -> Any:
    if unquote and len(value) == 3 and isinstance(value[2], (Cons, EmptyList)):
        head = value[0]
        if head is _UNQUOTE and type(value[2]) is Cons:
            return value[2].head
        if head is atom("quote"):
            unquote = False
        elif type(head) is tuple and len(head) == 3 and head[0] is atom(".") and type(head[2]) is Cons:
            target, *rest = head[2]
            if rest and rest[0] is _UNQUOTE and type(value[2]) is Cons:
                # `target.unquote(name)` with no arguments of its own: the name stands where they would.
                return _tuple_form((_dynamic_dot(head[1], target, value[2].head), escape(value[1]), EMPTY))
            if rest and type(rest[0]) is tuple and rest[0][0] is _UNQUOTE:
                callee = _dynamic_dot(head[1], target, rest[0][2].head)
                return _tuple_form((callee, escape(value[1]), escape(value[2], unquote=True)))
    if unquote and len(value) == 2 and any(_is_splicing(item) for item in value):
        value = (atom("{}"), EMPTY, elixir_list(*value))
    items = tuple([escape(item, unquote=unquote) for item in value])
    return _tuple_form(items)


def _dynamic_dot(meta: Any, target: Any, name: Any) -> Any:
    """Return the form of `target.unquote(name)` as a callee."""
    return _tuple_form((atom("."), escape(meta), elixir_list(escape(target, unquote=True), name)))


def _tuple_form(items: tuple[Any, ...]) -> Any:
    return items if len(items) == 2 else (atom("{}"), EMPTY, from_iterable(items))


def _escape_list(value: Any, unquote: bool) -> Any:
    items, tail = split_tail(value)
    if unquote and any(_is_splicing(item) for item in items):
        return _spliced(items, escape(tail, unquote=True))
    escaped = [escape(item, unquote=unquote) for item in items]
    if tail is EMPTY:
        return from_iterable(escaped)
    last = (atom("|"), EMPTY, elixir_list(escaped[-1], escape(tail, unquote=unquote)))
    return from_iterable([*escaped[:-1], last])


def _is_splicing(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and form[0] is _SPLICING and type(form[2]) is Cons


def _spliced(items: list[Any], rest: Any) -> Any:
    """Return the form of a list with spliced parts: `:erlang.++` of the pieces."""
    result = rest
    for item in reversed(items):
        if _is_splicing(item):
            piece = item[2].head
            plus = (atom("."), EMPTY, elixir_list(atom("erlang"), atom("++")))
            result = piece if result is EMPTY else (plus, EMPTY, elixir_list(piece, result))
        else:
            result = elixir_list((atom("|"), EMPTY, elixir_list(escape(item, unquote=True), result)))
    return result


def _escape_bits(value: Bits) -> Any:
    """Return `<<first::size(n), bytes::binary>>`."""
    whole, rest = divmod(value.size, 8)
    number = int.from_bytes(value.data, "big") >> (8 - rest)
    size = (atom("size"), EMPTY, elixir_list(rest))
    first = (atom("::"), EMPTY, elixir_list(number >> 8 * whole, size))
    others = binary((number % (1 << 8 * whole)).to_bytes(whole, "big"))
    return (atom("<<>>"), EMPTY, elixir_list(first, (atom("::"), EMPTY, elixir_list(others, (atom("binary"), EMPTY, None)))))

"""The names and small constructors that the expander's files share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.env import Scope
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.lists import EMPTY, Cons, EmptyList, from_pylist, split_tail

DOT: Final = atom(".")
WHEN: Final = atom("when")
ARROW: Final = atom("->")
GENERATOR: Final = atom("<-")
BLOCK: Final = atom("__block__")
TUPLE: Final = atom("{}")
MAP: Final = atom("%{}")
STRUCT_FORM: Final = atom("%")
BITS: Final = atom("<<>>")
PIPE: Final = atom("|")
PIN: Final = atom("^")
MATCH: Final = atom("=")
TYPED: Final = atom("::")
FN: Final = atom("fn")
ALIASES: Final = atom("__aliases__")
UNDERSCORE: Final = atom("_")
IN: Final = atom("in")
DO: Final = atom("do")
DEFINED_BY: Final = atom("defined_by")
"""Metadata of the `try` that a definition's `rescue` and its kin make: `:def` or its kin."""
VERSION: Final = atom("version")
COUNTER: Final = atom("counter")
LINE: Final = atom("line")
ERLANG: Final = atom("erlang")
KERNEL: Final = alias("Kernel")

Handler = Callable[[Any, Any, list[Any], Scope], Any]
"""Expands one special form: (the whole form, its metadata, its arguments, scope) → expanded form."""

SPECIAL: Final[dict[Any, Handler]] = {}
"""The special forms by name. A handler that does not take so many arguments returns NOT_SPECIAL."""

NOT_SPECIAL: Final = object()


def special(*names: str) -> Callable[[Handler], Handler]:
    """Register the handler of special forms."""

    def register(handler: Handler) -> Handler:
        for name in names:
            SPECIAL[atom(name)] = handler
        return handler

    return register


def is_list(value: Any) -> bool:
    """Tell whether a term is an Elixir list."""
    return type(value) is Cons or type(value) is EmptyList


def is_call(form: Any, name: Any, arity: int | None = None) -> bool:
    """Tell whether a form is a call of a plain name, with so many arguments if a number is given."""
    return (
        type(form) is tuple
        and len(form) == 3
        and form[0] is name
        and is_list(form[2])
        and (arity is None or len(split_tail(form[2])[0]) == arity)
    )


def is_atom_term(value: Any) -> bool:
    """Tell whether a term is an atom, `nil` and the booleans included."""
    return type(value) is Atom or value is None or value is True or value is False


def is_variable(form: Any) -> bool:
    """Tell whether a form is a variable or a bare name."""
    return type(form) is tuple and len(form) == 3 and type(form[0]) is Atom and is_atom_term(form[2])


def meta_get(meta: Any, key: Any, default: Any = None) -> Any:
    """Return one entry of a form's metadata."""
    while type(meta) is Cons:
        item = meta.head
        if item[0] is key:
            return item[1]
        meta = meta.tail
    return default


def meta_put(meta: Any, key: Any, value: Any) -> Any:
    """Return metadata with one more entry in front."""
    return Cons((key, value), meta)


def items(value: Any) -> list[Any]:
    """Return the elements of a proper list."""
    return split_tail(value)[0]


def call(name: Any, meta: Any, *args: Any) -> Any:
    """Return the form of a call of a plain name."""
    return (name, meta, from_pylist(list(args)))


def remote(module: Any, name: str, meta: Any, args: list[Any]) -> Any:
    """Return the form of a remote call."""
    return ((DOT, meta, from_pylist([module, atom(name)])), meta, from_pylist(args))


def keyword_items(form: Any) -> list[tuple[Any, Any]] | None:
    """Return the pairs of a keyword list in a form, or None when it is none."""
    pairs, tail = split_tail(form)
    if tail is not EMPTY:
        return None
    for item in pairs:
        if type(item) is not tuple or len(item) != 2 or not is_atom_term(item[0]):
            return None
    return pairs


def code_text(form: Any) -> str:
    """Return the source text of a quoted form, for a message."""
    from pyex.syntax.formatter import to_string

    return to_string(form)

"""Structs to documents: user implementations of Inspect, Elixir's own structs, and the rest by their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.terms import hooks
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import Export, export
from pyex.terms.inspect.documents import MORE, each_doc, pair_doc, pairs_doc, plain_doc
from pyex.terms.inspect.error import inspect_error_doc
from pyex.terms.inspect.known import FIELDS, KNOWN, OPTIONAL
from pyex.terms.inspect.literals import atom_text
from pyex.terms.inspect.opts import Opts
from pyex.terms.lists import to_pylist
from pyex.terms.maps import STRUCT, Map
from pyex.terms.order import identical

_EXCEPTION: Final = atom("__exception__")
_FIELD: Final = atom("field")
_DEFAULT: Final = atom("default")

Fields = tuple[tuple[Any, Any], ...]


def struct_doc(term: Map, opts: Opts) -> Any:
    """Return the document of a map with a key `:__struct__`."""
    module = term[STRUCT]
    if not is_atom(module) or module is None:
        return plain_doc(term, opts)
    if opts.inspect_fun is not None:
        return opts.inspect_fun(term, opts.to_struct())
    return implemented_doc(term, opts)


def implemented_doc(term: Map, opts: Opts) -> Any:
    """Return the document of a struct by its implementation of Inspect; `inspect_fun` is not asked."""
    module = term[STRUCT]
    if type(module) is not Atom:
        return plain_doc(term, opts)
    try:
        user = implementation(module)
        if user is not None:
            return user(term, opts.to_struct())
        derived = hooks.inspect_derivation(module) if hooks.inspect_derivation is not None else None
        if derived is not None:
            return derived_doc(term, opts, derived)
        doc = own_doc(term, opts)
        return any_doc(term, opts) if doc is None else doc
    except ElixirError as error:
        if opts.safe is False:
            raise
        return inspect_error_doc(term, error, opts)


def own_doc(term: Map, opts: Opts) -> Any:
    """Return the document of one of Elixir's own structs; None when it is shown by its fields."""
    known = KNOWN.get(term[STRUCT])
    return known(term, opts) if known is not None else None


_missing: Final[set[Any]] = {export(atom("Elixir.Inspect." + name.name[7:]), "inspect", 2) for name in (*KNOWN, *OPTIONAL)}
"""Implementations that nobody wrote: those of the library are known here, under their own names they are functions of the library."""


def loaded(entry: Export) -> Callable[..., Any] | None:
    """Return an export's function, loading its module; None when there is none."""
    if getattr(entry.fn, "__func__", None) is not Export.unresolved:
        return entry.fn
    if not hasattr(Export, "resolve"):
        return None
    try:
        return Export.resolve(entry, ())
    except ElixirError:
        return None


def implementation(module: Atom) -> Callable[..., Any] | None:
    """Return the `inspect/2` of a user's `defimpl Inspect, for: module`, or None."""
    entry = export(atom("Elixir.Inspect." + module.name.removeprefix("Elixir.")), "inspect", 2)
    if getattr(entry.fn, "__func__", None) is not Export.unresolved:
        return entry.fn
    if entry in _missing:
        return None  # looked for once; publishing the implementation sets the entry
    found = loaded(entry)
    if found is None:
        _missing.add(entry)
    return found


_fields: Final[dict[Any, tuple[Any, Fields]]] = {}


def fields_of(module: Atom) -> Fields | None:
    """Return the fields of a struct's module in order, with their defaults; None when it is not known."""
    function = loaded(export(module, "__info__", 1))
    if function is None:
        return FIELDS.get(module)
    cached = _fields.get(module)
    if cached is not None and cached[0] is function:
        return cached[1]
    info = function(atom("struct"))
    if info is None:
        return None
    fields = tuple((item[_FIELD], item.get(_DEFAULT)) for item in to_pylist(info))
    _fields[module] = (function, fields)
    return fields


def any_doc(term: Map, opts: Opts, *, hidden: Iterable[Any] = (), optional: Iterable[Any] = ()) -> Any:
    """Return the document of a struct by its fields.

    `hidden` are fields not to show (`@derive {Inspect, except: …}`), `optional` those to show only
    when they differ from their default.
    """
    module = term[STRUCT]
    fields = fields_of(module)
    if fields is None:
        return plain_doc(term, opts)
    names = {name for name, _ in fields} | {STRUCT}
    if _EXCEPTION in term:
        names.add(_EXCEPTION)
    if len(names) != len(term) or any(name not in term for name in names):
        return plain_doc(term, opts)
    hidden = set(hidden)
    optional = set(optional) or OPTIONAL.get(module, frozenset())
    pairs = [
        (name, term[name])
        for name, default in fields
        if name is not _EXCEPTION and name not in hidden and not (name in optional and identical(term[name], default))
    ]
    docs = each_doc(pairs, opts, pair_doc)
    name = atom_text(module)
    if not hidden:
        return pairs_doc(f"%{name}{{", docs, "}", opts)
    if not docs or docs[-1] is not MORE:
        docs.append(MORE)
    return pairs_doc(f"#{name}<", docs, ">", opts)


def derived_doc(term: Map, opts: Opts, options: Any) -> Any:
    """Return the document of a struct whose module says `@derive {Inspect, options}`."""
    given = dict(to_pylist(options))
    fields = fields_of(term[STRUCT])
    if fields is None:
        return plain_doc(term, opts)
    hidden: set[Any] = set(to_pylist(given[atom("except")])) if atom("except") in given else set()
    if atom("only") in given and given[atom("only")] is not atom("all"):
        only = set(to_pylist(given[atom("only")]))
        hidden |= {name for name, _ in fields if name not in only and name is not _EXCEPTION}
    optional: Iterable[Any] = ()
    if atom("optional") in given:
        wanted = given[atom("optional")]
        optional = [name for name, _ in fields] if wanted is atom("all") else to_pylist(wanted)
    return any_doc(term, opts, hidden=hidden, optional=optional)


__all__ = ["any_doc", "derived_doc", "fields_of", "implementation", "implemented_doc", "struct_doc"]

"""`Enumerable.List`, `String.Chars.Date` and the others: what the library implements of its protocols, under Elixir's names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib import IMPLEMENTED
from pyex.stdlib.elixir import collectable, enumerable, list_chars, string_chars
from pyex.stdlib.elixir import json as encoding
from pyex.terms.atoms import Atom, alias
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.inspect.documents import plain_doc
from pyex.terms.inspect.opts import Opts
from pyex.terms.inspect.structs import any_doc, own_doc
from pyex.terms.maps import Map

PLAIN: Final = frozenset("Atom BitString Float Function Integer List Map PID Port Reference Tuple".split())
"""The types that are no structs: the protocols' own functions know them."""

FUNCTIONS: Final = {
    "Collectable": [("into", 1)],
    "Enumerable": [("count", 1), ("member?", 2), ("reduce", 3), ("slice", 1)],
    "Inspect": [("inspect", 2)],
    "JSON.Encoder": [("encode", 2)],
    "List.Chars": [("to_charlist", 1)],
    "String.Chars": [("to_string", 1)],
}
PROTOCOLS: Final = {
    "Collectable": collectable.module,
    "Enumerable": enumerable.module,
    "JSON.Encoder": encoding.Encoder,
    "List.Chars": list_chars.module,
    "String.Chars": string_chars.module,
}


def _inspect(term: Any, opts: Any) -> Any:
    """Return the document of a term as the library writes it, whatever else is implemented."""
    options = opts if type(opts) is Opts else Opts.from_keyword(opts)
    if type(term) is not Map or term.struct is None:
        return plain_doc(term, options)
    found = own_doc(term, options)
    return any_doc(term, options) if found is None else found


def _function(protocol: str, kind: str, name: str, arity: int) -> Callable[..., Any]:
    """Return the function that implements one of a protocol's for a type."""
    if protocol == "Inspect":
        return _inspect
    if protocol == "String.Chars" and kind not in PLAIN:
        return export(alias(kind), "to_string", 1).fn
    if protocol == "JSON.Encoder" and kind not in PLAIN:
        return lambda term, _encoder: encoding.quoted_text(export(alias(kind), "to_iso8601", 1).fn(term))
    return PROTOCOLS[protocol].exports[name, arity]


def _define(protocol: str, kind: str) -> None:
    module = NativeModule(f"{protocol}.{kind}")
    answers = {"for": alias(kind), "protocol": alias(protocol), "target": module.name}

    def about(key: Atom) -> Any:
        if key.name not in answers:
            raise function_clause(module.name, "__impl__", (key,))
        return answers[key.name]

    module.function("__impl__", doc=False)(about)
    for name, arity in FUNCTIONS[protocol]:
        module.function(name, arity=arity, doc=False)(_function(protocol, kind, name, arity))


for _protocol, _kinds in IMPLEMENTED.items():
    for _kind in _kinds.split():
        _define(_protocol, _kind)

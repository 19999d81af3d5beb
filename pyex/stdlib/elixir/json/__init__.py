"""JSON: terms as JSON and back; `JSON.Encoder` is the protocol of what a struct is written as."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.code.server import ensure_loaded
from pyex.compiler.kernel.build import kernel, remote, var
from pyex.compiler.module.protocols import type_of
from pyex.stdlib.elixir.enumerable import pairs
from pyex.stdlib.elixir.json.reading import USUAL, Malformed, Reader
from pyex.stdlib.protocols import complete
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.binaries import to_bytes
from pyex.terms.errors import argument_error, elixir_error, erlang_error, function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, from_pylist, split_tail, to_pylist
from pyex.terms.maps import Map
from pyex.terms.numbers import float_to_string

module = NativeModule("JSON", doc="Terms as JSON and back.")
Encoder: Final = NativeModule(
    "JSON.Encoder", doc="The protocol of what a term is as JSON; structs may derive it.", behaviour=[("encode", 2)]
)
Any_: Final = NativeModule("JSON.Encoder.Any")

MODULE: Final = alias("JSON")
PROTOCOL: Final = alias("JSON.Encoder")
OK: Final = atom("ok")
ERROR: Final = atom("error")

_DESCRIPTION: Final = """the protocol must be explicitly implemented.

If you have a struct, you can derive the implementation specifying which fields should be encoded to JSON:

    @derive {JSON.Encoder, only: [....]}
    defstruct ...

It is also possible to encode all fields, although this should be used carefully to avoid accidentally leaking \
private information when new fields are added:

    @derive JSON.Encoder
    defstruct ...

Finally, if you don't own the struct you want to encode to JSON, you may use Protocol.derive/3 placed outside \
of any module:

    Protocol.derive(JSON.Encoder, NameOfTheStruct, only: [...])
    Protocol.derive(JSON.Encoder, NameOfTheStruct)"""
_ESCAPED: Final = re.compile(r'["\\\x00-\x1f]')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\r": "\\r"}


def quoted_text(text: Any) -> str:
    """Return a text as JSON writes it; raises for one that is no UTF-8."""
    if type(text) is bytes:
        try:
            text = text.decode()
        except UnicodeDecodeError as error:
            if error.reason == "unexpected end of data":
                raise erlang_error("unexpected_end", "json", "encode_binary", (text,)) from None
            byte = error.object[error.start]
            raise erlang_error((atom("invalid_byte"), byte), "json", "encode_binary", (text,)) from None
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _written(term: Any, encode: Callable[[Any], Any]) -> Any:
    """Return the iodata of a term; `encode` writes what is inside it."""
    kind = type(term)
    if kind is str or kind is bytes:
        return quoted_text(term)
    if kind is int:
        return str(term)
    if kind is float:
        return float_to_string(term)
    if term is None:
        return "null"
    if kind is bool:
        return "true" if term else "false"
    if kind is Atom:
        return quoted_text(term.name)
    if isinstance(term, List):
        items, tail = split_tail(term)
        if tail is not EMPTY:
            raise function_clause(atom("elixir_json"), "list_loop", (tail, None))
        return _joined("[", [encode(item) for item in items], "]")
    if kind is Map and term.struct is None:
        return _joined("{", [_member(key, encode(value)) for key, value in pairs(term)], "}")
    return None


def _joined(left: str, parts: list[Any], right: str) -> Any:
    if all(type(part) is str for part in parts):
        return left + ",".join(parts) + right
    spaced = [piece for part in parts for piece in (",", part)][1:]
    return from_pylist([left, *spaced, right])


def _member(key: Any, value: Any) -> Any:
    if type(key) not in (str, bytes):
        key = atom_name(key) if atom_name(key) is not None else call("String.Chars", "to_string", key)
    name = quoted_text(key)
    return f"{name}:{value}" if type(value) is str else from_pylist([name, ":", value])


def _usual(term: Any) -> Any:
    """Return the iodata of a term as the protocol says."""
    found = _written(term, _usual)
    return _implemented(term, export(MODULE, "protocol_encode", 2)) if found is None else found


def _implementation(term: Any) -> Atom | None:
    name = type_of(term)
    found = alias(f"JSON.Encoder.{name.name.removeprefix('Elixir.')}")
    return found if ensure_loaded(found) is not None else None


def _implemented(term: Any, encoder: Any) -> Any:
    found = _implementation(term)
    if found is not None:
        return export(found, "encode", 2).fn(term, encoder)
    raise elixir_error("Protocol.UndefinedError", protocol=PROTOCOL, value=term, description=_DESCRIPTION)


@module.function
def protocol_encode(value: Any, encoder: Any) -> Any:
    """Write a term as the protocol says; `encoder` writes what is inside it.

        iex> JSON.protocol_encode(1, &JSON.protocol_encode/2)
        "1"
    """
    found = _written(value, lambda inner: encoder(inner, encoder))
    return _implemented(value, encoder) if found is None else found


@module.function("encode_to_iodata!")
def encode_to_iodata(term: Any, encoder: Any = None) -> Any:
    """Return a term as JSON, as iodata.

        iex> IO.iodata_to_binary(JSON.encode_to_iodata!([1, 2]))
        "[1,2]"
    """
    return _usual(term) if encoder is None else encoder(term, encoder)


@module.function("encode!")
def encode_bang(term: Any, encoder: Any = None) -> Any:
    """Return a term as JSON.

        iex> JSON.encode!(%{"a" => [1, nil]})
        "{\\"a\\":[1,null]}"
    """
    found = encode_to_iodata(term, encoder)
    return found if type(found) is str else call("IO", "iodata_to_binary", found)


# Reading


class _Odd(Exception):
    """What Python's reader takes and JSON does not have."""


def _converted(value: Any) -> Any:
    return from_pylist([_converted(item) for item in value]) if type(value) is list else value


def _map(members: list[tuple[str, Any]]) -> Map:
    """Return an object; of equal keys the first counts."""
    return Map.from_pairs([(key, _converted(value)) for key, value in reversed(members)])


def _refuse(text: str) -> Any:
    raise _Odd(text)


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise _Odd(text)
    return value


_fast: Final = json.JSONDecoder(object_pairs_hook=_map, parse_constant=_refuse, parse_float=_float)


def _read(string: Any) -> Any:
    """Return the value of a whole text; raises Malformed."""
    if type(string) is str and "\\u" not in string:
        try:
            return _converted(_fast.decode(string))
        except (ValueError, RecursionError, _Odd):
            pass  # the reader below says where the fault is
    data = to_bytes(string)
    reader = Reader(data, USUAL)
    value, _ = reader.value(None)
    end = reader.at
    if reader.next() != -1:
        reader.at = end
        raise reader.unexpected()
    return value


@module.function
def decode(binary: Any) -> Any:
    """Return `{:ok, term}`, or `{:error, reason}` with the place of the fault.

        iex> JSON.decode("[1, nul]")
        {:error, {:invalid_byte, 7, 93}}
    """
    if type(binary) not in (str, bytes):
        raise function_clause(MODULE, "decode", (binary,))
    try:
        return OK, _read(binary)
    except Malformed as error:
        return ERROR, error.reason


@module.function("decode", arity=3)
def decode_with(binary: Any, acc: Any, decoders: Any) -> Any:
    """Read a value with functions that make terms of its parts; return `{value, acc, rest}`.

        iex> JSON.decode("[1] x", :acc, integer: &String.to_float(&1 <> ".0"))
        {[1.0], :acc, " x"}
    """
    if type(binary) not in (str, bytes) or not isinstance(decoders, List):
        raise function_clause(MODULE, "decode", (binary, acc, decoders))
    given = {str(atom_name(key)): value for key, value in to_pylist(decoders)}
    for name, value in given.items():
        if name not in USUAL._fields or (name != "null" and not is_function(value)):
            raise argument_error(f"unknown decoder {inspect(atom(name))}")
    data = to_bytes(binary)
    reader = Reader(data, USUAL._replace(**given))
    try:
        value, acc = reader.value(acc)
    except Malformed as error:
        return ERROR, error.reason
    from pyex.terms.binaries import binary as text

    return value, acc, text(data[reader.at :])


@module.function("decode!")
def decode_bang(binary: Any) -> Any:
    """Return the term of a JSON text; raises JSON.DecodeError.

        iex> JSON.decode!("[1, null]")
        [1, nil]
    """
    if type(binary) not in (str, bytes):
        raise function_clause(MODULE, "decode!", (binary,))
    try:
        return _read(binary)
    except Malformed as error:
        kind, offset, *what = error.reason
        text = {
            "unexpected_end": "unexpected end of JSON binary",
            "invalid_byte": f"invalid byte {what[0] if what else ''}",
            "unexpected_sequence": f"unexpected sequence {inspect(what[0]) if what else ''}",
        }[kind.name]
        message = f"{text} at position (byte offset) {offset}"
        raise elixir_error("JSON.DecodeError", message=message, data=binary, offset=offset) from None


# The protocol


@Encoder.function
def encode(term: Any, encoder: Any) -> Any:
    """Return the iodata of a term; `encoder` writes what is inside it.

        iex> JSON.Encoder.encode([1], &JSON.protocol_encode/2)
        "[1]"
    """
    return protocol_encode(term, encoder)


@Encoder.function
def impl_for(term: Any) -> Any:
    """Return the module that implements JSON.Encoder for a term, or nil.

        iex> JSON.Encoder.impl_for(1)
        JSON.Encoder.Integer
    """
    return _implementation(term)


complete(Encoder, impl_for, example='"a"', type="BitString", description=_DESCRIPTION)


@Any_.macro("__deriving__", doc=False)
def deriving(env: Any, target: Any, struct: Any, options: Any) -> Any:
    """Define the implementation of a struct that writes the fields which `@derive` names."""
    given = {atom_name(key): to_pylist(value) for key, value in to_pylist(options or EMPTY)}
    names = [name for name, _ in pairs(struct) if name is not atom("__struct__")]
    for option in ("only", "except"):
        unknown = [name for name in given.get(option, ()) if name not in names]
        if unknown:
            raise argument_error(
                f"unknown struct fields {inspect(from_pylist(unknown))} specified in :{option}. "
                f"Expected one of: {inspect(from_pylist(names))}"
            )
    kept = given.get("only", [name for name in names if name not in given.get("except", ())])
    value, encoder = var("value"), var("encoder")
    head = (atom("encode"), EMPTY, elixir_list(value, encoder))
    body = remote(alias("JSON.Encoder.Any"), "encode_fields", value, from_pylist(kept), encoder)
    define = kernel("def", head, elixir_list((atom("do"), body)))
    return kernel("defimpl", PROTOCOL, elixir_list((atom("for"), target)), elixir_list((atom("do"), define)))


@Any_.function(doc=False)
def encode_fields(value: Any, names: Any, encoder: Any) -> Any:
    """Write some fields of a struct."""
    return _joined("{", [_member(name, encoder(value[name], encoder)) for name in to_pylist(names)], "}")

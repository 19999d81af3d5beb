"""Record: tuples with a tag and named fields, as Erlang's records are."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.kernel.build import UNDERSCORE, code_text, erlang, keyword_pairs, remote, tuple_form, var
from pyex.compiler.module.escape import escape, hand_over
from pyex.compiler.module.store import store_definition
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.errors import ElixirError, argument_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, from_iterable, to_pylist

module = NativeModule("Record", doc="Tuples with a tag and named fields, as Erlang's records are.")

RECORD: Final = alias("Record")


@module.macro(arity=1)
def is_record(env: Any, data: Any) -> Any:
    """Whether the term is a tuple whose first element is an atom."""
    return _tagged(data, erlang("is_atom", erlang("element", 1, data)))


@module.macro("is_record", arity=2)
def is_record_of(env: Any, data: Any, kind: Any) -> Any:
    """Whether the term is a record of that tag."""
    return _tagged(data, erlang("=:=", erlang("element", 1, data), kind))


def _tagged(data: Any, test: Any) -> Any:
    filled = erlang("andalso", erlang(">", erlang("tuple_size", data), 0), test)
    return erlang("andalso", erlang("is_tuple", data), filled)


@module.macro(arity=(2, 3))
def defrecord(env: Any, name: Any, tag: Any, fields: Any = None) -> Any:
    """Define macros that make, read, change and match a record."""
    return _definition(env, "defmacro", name, tag, fields)


@module.macro(arity=(2, 3))
def defrecordp(env: Any, name: Any, tag: Any, fields: Any = None) -> Any:
    """Define the macros of a record for this module alone."""
    return _definition(env, "defmacrop", name, tag, fields)


def _definition(env: Any, kind: str, name: Any, tag: Any, fields: Any) -> Any:
    if fields is None:
        tag, fields = name, tag
    return remote(RECORD, "__record__", atom(kind), name, tag, fields, hand_over(env, env))


@module.function("__record__", doc=False)
def define(kind: Any, name: Any, tag: Any, fields: Any, env: Any) -> Any:
    """Store the macros of a record in the module under compilation."""
    known = escape(_fields(fields))
    record, args = var("record"), var("args")
    caller = (atom("__CALLER__"), EMPTY, None)
    for given, parameters in (((EMPTY,), ()), ((args,), (args,)), ((record, args), (record, args))):
        head = (name, EMPTY, from_iterable(parameters))
        body = remote(RECORD, "__access__", tag, known, *given, caller)
        store_definition(kind.name, head, elixir_list((atom.do, body)), True, Env.of(env), check=False)
    return (name, 2)


def _fields(fields: Any) -> Any:
    if not isinstance(fields, List):
        raise ElixirError((atom("case_clause"), fields))
    pairs = []
    for field in to_pylist(fields):
        name, value = field if type(field) is tuple and len(field) == 2 else (field, None)
        if atom_name(name) is None:
            raise argument_error(f"defrecord fields must be atoms, got: {inspect(field)}")
        pairs.append((name, escape(value)))
    return from_iterable(pairs)


@module.function("__access__", arity=4, doc=False)
def access(tag: Any, fields: Any, args: Any, caller: Any) -> Any:
    """Return the form of a record's macro with one argument: a new record, a field's index, or a keyword list."""
    if atom_name(args) is not None:
        return _index(tag, fields, args)
    pairs = keyword_pairs(args)
    if pairs is None:
        return remote(RECORD, "__keyword__", tag, escape(from_iterable(_names(fields))), args)
    given = dict(pairs)
    in_match = Env.of(caller).context == "match"
    otherwise = given.pop(atom("_"), None if not in_match else UNDERSCORE)
    values = []
    for name, default in to_pylist(fields):
        values.append(given.pop(name, default if otherwise is None else otherwise))
    _refuse_unknown(tag, given)
    return tuple_form(tag, *values)


@module.function("__access__", arity=5, doc=False)
def access_in(tag: Any, fields: Any, record: Any, args: Any, caller: Any) -> Any:
    """Return the form of a record's macro with two arguments: a field read, or fields changed."""
    if atom_name(args) is not None:
        return erlang("element", _index(tag, fields, args) + 1, record)
    pairs = keyword_pairs(args)
    if pairs is None:
        raise argument_error(f"expected arguments to be a compile time atom or a keyword list, got: {code_text(args)}")
    for name, value in pairs:
        record = erlang("setelement", _index(tag, fields, name) + 1, record, value)
    return record


def _names(fields: Any) -> list[Any]:
    return [name for name, _ in to_pylist(fields)]


def _index(tag: Any, fields: Any, name: Any) -> int:
    """Return the place of a field in the tuple, counted from 0; the tag stands at 0."""
    names = _names(fields)
    if name not in names:
        _refuse_unknown(tag, {name: None})
    return names.index(name) + 1


def _refuse_unknown(tag: Any, given: dict[Any, Any]) -> None:
    for name in given:
        raise argument_error(f"record {inspect(tag)} does not have the key: {inspect(name)}")


@module.function("__keyword__", doc=False)
def keyword(tag: Any, names: Any, record: Any) -> Any:
    """Return a record's fields as a keyword list."""
    found = to_pylist(names)
    if type(record) is not tuple or not record or record[0] is not tag:
        words = f"expected argument to be a literal atom, literal keyword or a {inspect(tag)} record"
        raise argument_error(f"{words}, got runtime: {inspect(record)}")
    if len(record) != len(found) + 1:
        raise argument_error(
            f"expected argument to be a {inspect(tag)} record with {len(found)} fields, got: {inspect(record)}"
        )
    return from_iterable(zip(found, record[1:], strict=True))

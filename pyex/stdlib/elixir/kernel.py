"""Kernel: what every module and the prompt have without asking; the functions here, the macros from the compiler."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.code.native import call as remote_call
from pyex.compiler.kernel.table import MACROS
from pyex.stdlib.elixir import kernel_docs
from pyex.terms import ops, order
from pyex.terms.atoms import Atom, alias, atom, atom_name, is_atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import Exit, Throw, argument_error, elixir_error, erlang_error, function_clause
from pyex.terms.functions import export, is_function, shown_as
from pyex.terms.lists import EMPTY, Cons, List, is_proper, to_pylist
from pyex.terms.maps import Map
from pyex.terms.node import this_node
from pyex.terms.pids import Reference

module = NativeModule(
    "Kernel",
    doc="""The functions and macros that are imported everywhere: operators, type tests, control of processes,
    definitions of modules and functions.""",
)

for _name, _arity, _macro in MACROS:
    module.macro(_name, arity=_arity)(_macro)


def _operator(name: str, function: Callable[..., Any]) -> None:
    module.function(name, arity=function.__code__.co_argcount)(function)


for _symbol, _function in (
    ("+", ops.add),
    ("-", ops.subtract),
    ("*", ops.multiply),
    ("/", ops.divide),
    ("++", ops.concat_lists),
    ("--", ops.subtract_lists),
    ("!=", ops.not_equal),
    ("!==", ops.not_identical),
    ("==", ops.equal),
    ("not", ops.not_),
    ("div", ops.div),
    ("rem", ops.rem),
    ("abs", ops.abs_),
    ("round", ops.round_),
    ("trunc", ops.trunc),
    ("floor", ops.floor),
    ("ceil", ops.ceil),
    ("hd", ops.hd),
    ("tl", ops.tl),
    ("length", ops.length),
    ("elem", ops.elem),
    ("put_elem", ops.put_elem),
    ("tuple_size", ops.tuple_size),
    ("map_size", ops.map_size),
    ("is_map_key", ops.is_map_key),
    ("byte_size", ops.byte_size),
    ("bit_size", ops.bit_size),
    ("binary_part", ops.binary_part),
    ("is_atom", ops.is_atom),
    ("is_boolean", ops.is_boolean),
    ("is_integer", ops.is_integer),
    ("is_float", ops.is_float),
    ("is_number", ops.is_number),
    ("is_list", ops.is_list),
    ("is_tuple", ops.is_tuple),
    ("is_map", ops.is_map),
    ("is_pid", ops.is_pid),
    ("is_reference", ops.is_reference),
    ("is_port", ops.is_port),
):
    _operator(_symbol, _function)

module.function("+", arity=1)(ops.plus)
module.function("-", arity=1)(ops.negate)


@module.function("===")
def identical(left: Any, right: Any) -> bool:
    """Whether two terms are equal and of the same type: `1 === 1.0` is false."""
    return order.identical(left, right)


@module.function("<")
def less(left: Any, right: Any) -> bool:
    """Whether the left term comes before the right one in the order of terms."""
    return order.compare(left, right) < 0


@module.function(">")
def greater(left: Any, right: Any) -> bool:
    """Whether the left term comes after the right one in the order of terms."""
    return order.compare(left, right) > 0


@module.function("<=")
def at_most(left: Any, right: Any) -> bool:
    """Whether the left term does not come after the right one."""
    return order.compare(left, right) <= 0


@module.function(">=")
def at_least(left: Any, right: Any) -> bool:
    """Whether the left term does not come before the right one."""
    return order.compare(left, right) >= 0


@module.function("=~")
def matches(left: Any, right: Any) -> bool:
    """Whether the text holds the string, or matches the regular expression, on the right."""
    if not is_binary(left):
        raise function_clause(atom("Elixir.Kernel"), "=~", (left, right))
    if is_binary(right):
        return to_bytes(right) in to_bytes(left)
    return bool(remote_call("Regex", "match?", right, left))


@module.function("**")
def power(base: Any, exponent: Any) -> Any:
    """The base to the power of the exponent: an integer for two integers, else a float."""
    if type(base) is int and type(exponent) is int and exponent >= 0:
        return base**exponent
    if type(base) not in (int, float) or type(exponent) not in (int, float):
        raise function_clause(alias("Kernel"), "**", (base, exponent))
    try:
        found = float(base) ** float(exponent)
    except (OverflowError, ZeroDivisionError):
        raise erlang_error("badarith", "math", "pow", (base, exponent)) from None
    if type(found) is complex:
        raise erlang_error("badarith", "math", "pow", (base, exponent))
    return found


@module.function
def max(first: Any, second: Any) -> Any:
    """The greater of two terms."""
    return second if order.compare(first, second) < 0 else first


@module.function
def min(first: Any, second: Any) -> Any:
    """The smaller of two terms."""
    return second if order.compare(second, first) < 0 else first


@module.function("is_binary")
def is_binary_(term: Any) -> bool:
    """Whether the term is a binary."""
    return is_binary(term)


@module.function
def is_bitstring(term: Any) -> bool:
    """Whether the term is a bitstring; every binary is one."""
    from pyex.terms.binaries import is_bitstring as test

    return test(term)


@module.function("is_function", arity=1)
def is_function_(term: Any) -> bool:
    """Whether the term is a function."""
    return is_function(term)


@module.function("is_function", arity=2)
def is_function_of(term: Any, arity: Any) -> bool:
    """Whether the term is a function of that arity."""
    return is_function(term, arity)


@module.function("apply", arity=2)
def apply_fun(fun: Any, args: Any) -> Any:
    """Call a function with a list of arguments."""
    given = _arguments(args, (fun, args))
    if not is_function(fun):
        raise erlang_error((atom.badfun, fun))
    if not is_function(fun, len(given)):
        raise erlang_error((atom.badarity, (fun, args)))
    return fun(*given)


@module.function("apply", arity=3)
def apply_remote(target: Any, name: Any, args: Any) -> Any:
    """Call a function of a module with a list of arguments."""
    given = _arguments(args, (target, name, args))
    function_name = atom_name(name)
    if function_name is None or atom_name(target) is None:
        raise erlang_error("badarg", "erlang", "apply", (target, name, args))
    return export(target, function_name, len(given)).fn(*given)


def _arguments(args: Any, call: tuple[Any, ...]) -> list[Any]:
    if not is_proper(args):
        raise erlang_error("badarg", "erlang", "apply", call)
    return to_pylist(args)


@module.function
def exit(reason: Any) -> Any:
    """Stop the calling process with a reason."""
    raise Exit(reason)


@module.function
def throw(term: Any) -> Any:
    """Throw a term, for a `catch` to catch."""
    raise Throw(term)


@module.function
def inspect(term: Any, options: Any = EMPTY) -> Any:
    """The term as text, as the prompt prints it."""
    from pyex.terms.inspect import Opts
    from pyex.terms.inspect import inspect as show

    if not isinstance(options, List):
        raise function_clause(alias("Kernel"), "inspect", (term, options))
    return show(term) if options is EMPTY else show(term, Opts.from_keyword(options))


@module.function
def self() -> Any:
    """The pid of the calling process."""
    return runtime.self_pid()


@module.function
def send(dest: Any, message: Any) -> Any:
    """Send a message to a process; returns the message."""
    runtime.send(dest, message)
    return message


@module.function
def make_ref() -> Reference:
    """A unique reference."""
    return Reference()


@module.function("node", arity=0)
def node() -> Any:
    """The name of this node."""
    return this_node.name


@module.function("node", arity=1)
def node_of(owner: Any) -> Any:
    """The node of a pid, reference or port."""
    return this_node.name


def _spawner(name: str, **how: bool) -> None:
    def spawn(fun: Any) -> Any:
        if not is_function(fun, 0):
            raise erlang_error("badarg", "erlang", name, (fun,))
        return runtime.spawn(fun, (), **how)

    def spawn_call(target: Any, function: Any, args: Any) -> Any:
        given = _arguments(args, (target, function, args))
        return runtime.spawn(export(target, function.name, len(given)), tuple(given), **how)

    spawn.__doc__ = f"Start a process that calls the function (`{name}`)."
    spawn_call.__doc__ = f"Start a process that calls the module's function (`{name}`)."
    module.function(name, arity=1)(spawn)
    module.function(name, arity=3)(spawn_call)


_spawner("spawn")
_spawner("spawn_link", link=True)
_spawner("spawn_monitor", monitor=True)


@module.function("function_exported?")
def function_exported(target: Any, name: Any, arity: Any) -> bool:
    """Whether a loaded module exports the function."""
    return bool(export(atom("erlang"), "function_exported", 3).fn(target, name, arity))


@module.function("macro_exported?")
def macro_exported(target: Any, name: Any, arity: Any) -> bool:
    """Whether a loaded module exports the macro."""
    from pyex.code.versions import current

    if not is_atom(target) or not is_atom(name) or type(arity) is not int:
        raise function_clause(alias("Kernel"), "macro_exported?", (target, name, arity))
    version = current(target)
    return version is not None and version.defines(f"MACRO-{atom_name(name)}", arity + 1)


_SETTER: Final = shown_as(lambda pair, values: values.put(*pair), "20.86684446/2 in Kernel.struct/2")
"""What sets one field, under the name that an error shows."""


@module.function
def struct(target: Any, fields: Any = EMPTY) -> Any:
    """A struct of the module with fields set; keys that the struct does not have are left out."""
    if type(target) is not Map and not is_atom(target):
        raise function_clause(alias("Kernel"), "struct", (target, fields, _SETTER))
    result = target if type(target) is Map else export(target, "__struct__", 0).fn()
    for key, value in _fields(fields):
        if key is not atom("__struct__") and key in result:
            result = result.put(key, value)
    return result


@module.function("struct!")
def struct_strict(target: Any, fields: Any = EMPTY) -> Any:
    """A struct of the module with fields set; raises KeyError for a key that it does not have."""
    if type(target) is Atom:
        return export(target, "__struct__", 1).fn(fields)
    result = target
    for key, value in _fields(fields):
        if key not in result:
            raise elixir_error("KeyError", key=key, term=target, message=None)
        result = result.put(key, value)
    return result


def _fields(fields: Any) -> list[tuple[Any, Any]]:
    return list(fields.items()) if type(fields) is Map else to_pylist(fields)


@module.function
def get_in(data: Any, keys: Any) -> Any:
    """The value at the end of a path of keys."""
    if type(keys) is not Cons:
        raise function_clause(atom("Elixir.Kernel"), "get_in", (data, keys))
    for key in to_pylist(keys):
        if is_function(key, 3):
            rest = keys.tail
            return key(atom.get, data, lambda value, rest=rest: get_in(value, rest) if rest is not EMPTY else value)
        data = remote_call("Access", "get", data, key)
        keys = keys.tail
    return data


@module.function
def put_in(data: Any, keys: Any, value: Any) -> Any:
    """The data with the value set at the end of a path of keys."""
    return _update(data, _path(keys, "put_in", data, keys, value), lambda _: (None, value))[1]


@module.function
def update_in(data: Any, keys: Any, fun: Any) -> Any:
    """The data with the function applied to the value at the end of a path of keys."""
    return _update(data, _path(keys, "update_in", data, keys, fun), lambda value: (None, fun(value)))[1]


@module.function
def get_and_update_in(data: Any, keys: Any, fun: Any) -> Any:
    """What the function returns beside the new value at the end of a path of keys, and the new data."""
    return _update(data, _path(keys, "get_and_update_in", data, keys, fun), fun)


@module.function
def pop_in(data: Any, keys: Any) -> Any:
    """The value at the end of a path of keys, and the data without it."""
    return _pop(data, _path(keys, "pop_in", data, keys))


def _path(keys: Any, name: str, *args: Any) -> Any:
    """Return the keys of a path, which are one or more."""
    if type(keys) is not Cons:
        raise function_clause(atom("Elixir.Kernel"), name, args)
    return keys


def _pop(data: Any, keys: Any) -> Any:
    key, rest = keys.head, keys.tail

    def inner(value: Any) -> Any:
        return atom.pop if rest is EMPTY or value is None else _pop(value, rest)

    if is_function(key, 3):
        return key(atom.get_and_update, data, inner)
    if rest is EMPTY:
        return remote_call("Access", "pop", data, key)
    return remote_call("Access", "get_and_update", data, key, inner)


def _update(data: Any, keys: Any, fun: Any) -> Any:
    key, rest = keys.head, keys.tail

    def inner(value: Any) -> Any:
        return fun(value) if rest is EMPTY else _update(value, rest, fun)

    if is_function(key, 3):
        return key(atom.get_and_update, data, inner)
    return remote_call("Access", "get_and_update", data, key, inner)


@module.function("binary_slice", arity=2)
def binary_slice(data: Any, bounds: Any) -> Any:
    """The bytes of a binary in a range."""
    if not is_binary(data) or type(bounds) is not Map or bounds.struct is not _RANGE:
        raise function_clause(atom("Elixir.Kernel"), "binary_slice", (data, bounds))
    content, step = to_bytes(data), bounds[atom.step]
    if step < 0:
        raise argument_error(f"binary_slice/2 does not accept ranges with negative steps, got: {inspect(bounds)}")
    first, last = bounds[atom.first], bounds[atom.last]
    first = max(first + len(content), 0) if first < 0 else first
    last = last + len(content) if last < 0 else last
    return binary(content[first : last + 1 : step]) if first <= last else ""


@module.function("binary_slice", arity=3)
def binary_slice_from(data: Any, start: Any, size: Any) -> Any:
    """So many bytes of a binary from an offset."""
    if not is_binary(data) or type(start) is not int or type(size) is not int or size < 0:
        raise function_clause(atom("Elixir.Kernel"), "binary_slice", (data, start, size))
    content = to_bytes(data)
    start = max(start + len(content), 0) if start < 0 else start
    return binary(content[start : start + size])


_RANGE = atom("Elixir.Range")
_UNITS = {"week": 604_800_000, "day": 86_400_000, "hour": 3_600_000, "minute": 60_000, "second": 1000, "millisecond": 1}


@module.function
def to_timeout(duration: Any) -> Any:
    """A number of milliseconds from a keyword list of units or a Duration, or `:infinity`."""
    if type(duration) is int and duration >= 0 or duration is atom.infinity:
        return duration
    if type(duration) is Map and duration.struct is atom("Elixir.Duration"):
        return _duration_in_milliseconds(duration)
    if type(duration) is not Cons and duration is not EMPTY:
        raise function_clause(atom("Elixir.Kernel"), "to_timeout", (duration,))
    total, seen = 0, set()
    for unit, amount in to_pylist(duration):
        shown = f"timeout component {inspect(unit)}"
        if type(unit) is not Atom or unit.name not in _UNITS:
            names = ", ".join(f":{name}" for name in _UNITS)
            raise argument_error(f"{shown} is not a valid timeout component, valid values are: {names}")
        if unit in seen:
            raise argument_error(f"{shown} is duplicated")
        if type(amount) is not int or amount < 0:
            raise argument_error(f"{shown} must be a non-negative integer, got: {inspect(amount)}")
        seen.add(unit)
        total += _UNITS[unit.name] * amount
    return total


_UNARY: Final = (("+", 1), ("-", 1))
module.document({key: kernel_docs.DOCS[key[0]] for key in module.exports if key[0] in kernel_docs.DOCS and key not in _UNARY})


def _duration_in_milliseconds(duration: Map) -> int:
    for unit in ("year", "month"):
        if duration[atom(unit)] != 0:
            raise argument_error(f"duration with a non-zero {unit} cannot be reliably converted to timeouts")
    whole = sum(duration[atom(unit)] * _UNITS[unit] for unit in ("week", "day", "hour", "minute", "second"))
    return int(whole + duration[atom.microsecond][0] // 1000)

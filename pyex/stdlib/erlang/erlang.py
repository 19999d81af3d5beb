""":erlang: the built-in functions, those that Elixir's own library and its books call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.kernel_docs import DOCS
from pyex.stdlib.erlang.bifs import (
    checksums,
    code_and_memory,
    conversions,
    formats,
    nodes,
    packets,
    ports,
    processes,
    records,
    starting,
    system,
    tracing,
    tuples,
)
from pyex.stdlib.erlang.erlang_examples import EXAMPLES
from pyex.terms import ops, order

module = NativeModule(":erlang", doc="The built-in functions of the machine.")

for _name, _function in (
    ("+", ops.add), ("-", ops.subtract), ("*", ops.multiply), ("/", ops.divide), ("++", ops.concat_lists),
    ("--", ops.subtract_lists), ("div", ops.div), ("rem", ops.rem), ("not", ops.not_), ("and", ops.and_), ("or", ops.or_),
    ("xor", ops.xor), ("==", ops.equal), ("/=", ops.not_equal), ("=:=", order.identical), ("=/=", ops.not_identical),
    ("<", order.less), (">", order.greater), ("=<", order.less_equal), (">=", order.greater_equal), ("abs", ops.abs_),
    ("round", ops.round_), ("trunc", ops.trunc), ("floor", ops.floor), ("ceil", ops.ceil), ("band", ops.band),
    ("bor", ops.bor), ("bxor", ops.bxor), ("bnot", ops.bnot), ("bsl", ops.bsl), ("bsr", ops.bsr), ("hd", ops.hd),
    ("tl", ops.tl), ("length", ops.length), ("tuple_size", ops.tuple_size), ("map_size", ops.map_size),
    ("map_get", ops.map_get), ("byte_size", ops.byte_size), ("bit_size", ops.bit_size), ("max", order.maximum),
    ("min", order.minimum), ("is_atom", ops.is_atom), ("is_binary", ops.is_binary), ("is_bitstring", ops.is_bitstring),
    ("is_boolean", ops.is_boolean), ("is_float", ops.is_float), ("is_integer", ops.is_integer), ("is_list", ops.is_list),
    ("is_map", ops.is_map), ("is_number", ops.is_number), ("is_pid", ops.is_pid), ("is_port", ops.is_port),
    ("is_reference", ops.is_reference), ("is_tuple", ops.is_tuple),
):  # fmt: skip
    module.function(_name, arity=_function.__code__.co_argcount)(_function)

module.function("+", arity=1)(ops.plus)
module.function("-", arity=1)(ops.negate)
module.function("binary_part", arity=(2, 3))(tuples.binary_part)
module.function("is_function", arity=(1, 2))(ops.is_function)

for _group in (
    checksums, code_and_memory, conversions, formats, nodes, packets, ports, processes, records, starting, system, tracing, tuples,
):  # fmt: skip
    for _bif in _group.BIFS:
        module.function(_bif)

_NAMED: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("!", 2, processes.bang), ("exit", 1, processes.exit_self), ("exit", 2, processes.exit_other),
    ("throw", 1, processes.throw_term), ("self", 0, processes.self_pid), ("float", 1, tuples.to_float),
    ("apply", 2, processes.apply_fun), ("apply", 3, processes.apply_remote),
)  # fmt: skip
for _name, _arity, _named in _NAMED:
    module.function(_name, arity=_arity)(_named)


def _documentation(key: tuple[str, int]) -> str:
    """Return what a function does, in Kernel's words where it is Kernel's, with an example."""
    words = DOCS[key[0]].strip().partition("\n\n")[0] if key[0] in DOCS else module.docs[key]
    return f"{words}\n\n{EXAMPLES[key[0]].strip(chr(10))}"


module.document({key: _documentation(key) for key in module.docs if key[0] in EXAMPLES and "iex>" not in module.docs[key]})

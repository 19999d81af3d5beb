"""The names that emitted code uses: what every namespace of compiled Elixir is filled with.

The runtime adds what a `receive` calls when it is imported. A name in Elixir code never clashes with one of
these: locals hold an `@`, functions a `/`, constants a letter and a number.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any, Final

from pyex.compiler.emit.support import (
    access,
    bits,
    calling,
    failures,
    handling,
    iteration,
    limits,
    pool,
    texts,
    unwinding,
)
from pyex.terms import atoms, binaries, errors, float_ops, lists, map_versions, maps, ops, order, owned_maps, pids

PRELUDE: Final[dict[str, Any]] = {
    "__elixir__": None,
    # terms
    "Atom": atoms.Atom,
    "Cons": lists.Cons,
    "EMPTY": lists.EMPTY,
    "LAZY": lists.LAZY,
    "Map": maps.Map,
    "Bits": binaries.Bits,
    "Pid": pids.Pid,
    "Reference": pids.Reference,
    "Port": pids.Port,
    "Signal": errors.Signal,
    "function": FunctionType,
    "PLAIN": map_versions.PLAIN,
    "encode_key": maps.encode_key,
    "from_pylist": lists.from_pylist,
    "from_iterable": lists.from_iterable,
    "joined": lists.joined,
    "equals": order.equals,
    # emitted code's own
    "callable": calling.callable_,
    **{name: value for name, value in vars(ops).items() if type(value) is FunctionType and name[0] != "_"},
    **float_ops.FLOAT_OPS,
    "put_owned": owned_maps.put_owned,
    "update_owned": owned_maps.update_owned,
    **{
        function.__name__: function
        for function in (
            access.capture,
            access.element,
            access.field,
            access.large_map,
            access.map_of,
            access.map_update,
            access.remote,
            access.setelement,
            access.struct_update,
            calling.body_of,
            calling.trampoline,
            errors.function_clause,
            failures.anonymous_clause,
            failures.badmatch,
            failures.case_clause,
            failures.cond_clause,
            failures.logical,
            failures.try_clause,
            failures.with_clause,
            handling.caller,
            handling.caught,
            handling.rescued,
            handling.stack_of,
            bits.after_prefix,
            bits.binary_piece,
            bits.evaluated_binary_piece,
            bits.first_byte,
            bits.first_character,
            bits.float_piece,
            bits.integer_piece,
            bits.joined_bits,
            bits.reader,
            bits.text_pieces,
            bits.utf_piece,
            iteration.bit_source,
            iteration.code_points,
            iteration.whole_bytes,
            iteration.collect,
            iteration.elements,
            iteration.feed,
            iteration.generated,
            iteration.put_pair,
            iteration.running_sums,
            iteration.summed,
            pool.pool,
            texts.to_text,
            unwinding.resume,
            unwinding.unwind,
        )
    },
    "MISSING": access.MISSING,
    "Unwind": unwinding.Unwind,
    "deep": unwinding.DEEP,
}

limits.allow_deep_recursion()
limits.collect_less_often()

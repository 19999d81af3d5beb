"""Values that are computed and thrown away: what Erlang's compiler says of such lines of a function."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import Diagnostic, position
from pyex.compiler.env import Scope
from pyex.compiler.expand.words import DOT, ERLANG, is_list, items
from pyex.terms.atoms import Atom

_COMPARISONS: Final = {
    "==": "==",
    "=:=": "===",
    "/=": "!=",
    "=/=": "!==",
    "<": "<",
    ">": ">",
    "=<": "<=",
    ">=": ">=",
}
_OPERATORS: Final = frozenset({"+", "-", "*", "/", "++", "--", "div", "rem", "not"})
_SAFE: Final = frozenset(
    "is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 is_float/1 is_function/1 is_integer/1 is_list/1 is_map/1 "
    "is_number/1 is_pid/1 is_port/1 is_reference/1 is_tuple/1 self/0 node/0 max/2 min/2 make_ref/0".split()
)
_PURE: Final = frozenset(
    "abs/1 binary_part/3 bit_size/1 byte_size/1 ceil/1 element/2 floor/1 hd/1 is_function/2 is_map_key/2 length/1 "
    "round/1 setelement/3 tl/1 trunc/1 tuple_size/1 atom_to_list/1".split()
)
_IGNORED: Final = "is ignored (suppress the warning by assigning the expression to the _ variable)"


def check(form: Any, s: Scope) -> None:
    """Note a warning when an expanded form, not the last of its block, computes a value and does nothing else."""
    if s.env.function is None or s.env.lexical is None or type(form) is not tuple or len(form) != 3:
        return
    head, meta, args = form
    if type(head) is not tuple or len(head) != 3 or head[0] is not DOT or not is_list(args):
        return
    target = items(head[2])
    if len(target) != 2 or target[0] is not ERLANG or type(target[1]) is not Atom:
        return
    if len(items(args)) == 1 and type(items(args)[0]) in (int, float):
        return  # a number with its sign
    text = _text(target[1].name, len(items(args)))
    line, column = position(meta)
    if text is not None and column is not None:
        s.env.lexical.deferred.append(
            (s.env, Diagnostic("warning", text, s.env.file, line, column, code="unused_value"))
        )


def _text(name: str, arity: int) -> str | None:
    call = f"{name}/{arity}"
    if arity == 2 and name in _COMPARISONS:
        return f"use of operator {_COMPARISONS[name]} has no effect"
    if name in _OPERATORS:
        return f"the result of evaluating operator '{name}'/{arity} {_IGNORED}"
    if call in _SAFE:
        return f"the call to {call} has no effect"
    return f"the result of calling {call} {_IGNORED}" if call in _PURE else None

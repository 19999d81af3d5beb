"""What a callback can do, read off its bytecode: whether it only computes, so that it may run on anybody's stack."""

from __future__ import annotations

import builtins
import dis
import inspect
from collections.abc import Callable
from types import FunctionType, MethodType, NoneType
from typing import Any, Final

from pyex.code.versions import MODULES
from pyex.compiler.emit.prelude import PRELUDE
from pyex.terms import ops
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.functions import Export
from pyex.terms.pids import Pid, Reference

_OPERATIONS: Final = frozenset(
    "BINARY_OP BINARY_SUBSCR BUILD_CONST_KEY_MAP BUILD_LIST BUILD_MAP BUILD_STRING BUILD_TUPLE CACHE CALL COMPARE_OP CONTAINS_OP COPY "
    "COPY_FREE_VARS EXTENDED_ARG FORMAT_VALUE GET_LEN IS_OP JUMP_FORWARD JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP KW_NAMES LIST_EXTEND LIST_TO_TUPLE "
    "DICT_UPDATE LOAD_ATTR LOAD_CONST LOAD_DEREF LOAD_FAST LOAD_GLOBAL LOAD_METHOD MATCH_CLASS MATCH_KEYS MATCH_MAPPING MATCH_SEQUENCE NOP "
    "POP_JUMP_FORWARD_IF_FALSE POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE POP_JUMP_FORWARD_IF_TRUE POP_TOP PRECALL "
    "RAISE_VARARGS RESUME RETURN_VALUE STORE_FAST SWAP UNARY_INVERT UNARY_NEGATIVE UNARY_NOT UNPACK_SEQUENCE".split()
)
"""No loop, no handler, no store but in a local variable, no function made, and no call of a value: `PUSH_NULL` is not among them."""

_IN_PLACE: Final = 13
"""From this number on a `BINARY_OP` changes its left operand, `+=`."""

_EMITTED: Final = frozenset(
    "Bits Cons Map anonymous_clause badmatch case_clause cond_clause element encode_key equals field from_pylist function_clause large_map "
    "logical map_of map_update setelement struct_update with_clause".split()
)
"""What emitted code may call besides the operators."""

_MODULES: Final = frozenset(
    [alias(name) for name in ("Access", "Atom", "Float", "Integer", "Keyword", "List", "Map", "MapSet", "Tuple")]
    + [atom(name) for name in ("lists", "maps", "math", "queue", "sets", "ordsets", "gb_trees", "gb_sets", "proplists")]
)
"""Modules of the library that wait for nothing; what calls a function is of no use here, since none can be made."""

_BUILT_IN: Final = frozenset(
    (
        abs, alias, atom, bool, bytes, chr, dict, divmod, float, frozenset, int, isinstance, len, list, max, min, ord, round, set, sorted,
        str, sum, tuple, type,
    )
)

_METHODS: Final = frozenset(
    "_grow copy count difference endswith get index intersection isdigit items join keys lower lstrip put replace rstrip split startswith strip "
    "title union upper values".split()
)
"""What may be called on a value: methods of terms and of Python's own containers that change nothing."""

_DEPTH: Final = 4
_SELF: Final = "self"


def is_straight(callback: Callable[..., Any], unread: int | None = None) -> bool:
    """Tell whether a callback only computes, and does not look at one of its arguments, which is given by its place."""
    function, owner = _plain(callback)
    if function is None:
        return False
    names = function.__code__.co_varnames[0 if owner is None else 1 : function.__code__.co_argcount]
    return _computes(function, owner, None if unread is None else names[unread], _DEPTH)


def _plain(callback: Any) -> tuple[FunctionType | None, Any]:
    """Return the function as it was written, and what `self` is in it, None in an Elixir one."""
    owner = callback.__self__ if isinstance(callback, MethodType) else None
    function = inspect.unwrap(callback.__func__ if isinstance(callback, MethodType) else callback)
    return (function if isinstance(function, FunctionType) else None), owner


def _computes(function: FunctionType, owner: Any, unread: str | None, depth: int) -> bool:
    """Tell whether a function only computes, and reads the parameter that must stay unread for nothing but an error."""
    code = function.__code__
    if depth == 0 or code.co_flags & _NOT_PLAIN or code.co_cellvars:
        return False
    reads = 0
    before: dis.Instruction | None = None
    for each in dis.get_instructions(code):
        if each.opname not in _OPERATIONS or (each.opname == "BINARY_OP" and (each.arg or 0) >= _IN_PLACE):
            return False
        if each.opname == "LOAD_FAST" and each.argval == unread:
            reads += 1
        elif each.opname == "LOAD_GLOBAL":
            if not _may_be_named(function, each, depth):
                return False
        elif each.opname in ("LOAD_METHOD", "LOAD_ATTR") and not _may_be_taken(function, owner, before, each, depth):
            return False
        before = each
    return reads <= (1 if "function_clause" in code.co_names else 0)


_NOT_PLAIN: Final = 0x20 | 0x80 | 0x100 | 0x200
"""Generators and coroutines."""


def _may_be_named(function: FunctionType, instruction: dis.Instruction, depth: int) -> bool:
    """Tell whether a global may be loaded: one that is called, which its argument's lowest bit tells, must be known."""
    namespace = function.__globals__
    name = instruction.argval
    value = namespace.get(name, getattr(builtins, name, None))
    if not callable(value) or type(value) is Export or type(value) is Atom:
        return "__elixir__" in namespace or not (instruction.arg or 0) & 1  # `os.remove(…)`: a module, and its function is called
    if PRELUDE.get(name) is value and (name in _EMITTED or vars(ops).get(name) is value):
        return True
    if isinstance(value, type) or value in _BUILT_IN:
        return value in _BUILT_IN or "__elixir__" in namespace or not (instruction.arg or 0) & 1
    return isinstance(value, FunctionType) and value.__globals__ is namespace and _computes(value, None, None, depth - 1)


def _may_be_taken(
    function: FunctionType, owner: Any, before: dis.Instruction | None, instruction: dis.Instruction, depth: int
) -> bool:
    """Tell whether an attribute or a method may be taken of what the instruction before has loaded."""
    name = instruction.argval
    if before is not None and before.opname == "LOAD_GLOBAL":
        value = function.__globals__.get(before.argval)
        if type(value) is Export:
            current = MODULES.get(value.module)
            return name == "fn" and value.module in _MODULES and (current is None or current.kind == "native")
    of_self = owner is not None and before is not None and before.opname == "LOAD_FAST" and before.argval == _SELF
    if instruction.opname == "LOAD_ATTR":
        return name not in ("fn", "loop") and not (of_self and hasattr(inspect.getattr_static(owner, name, None), "__get__"))
    if of_self:
        method, _ = _plain(getattr(owner, name, None))
        return method is not None and _computes(method, owner, None, depth - 1)
    if "__elixir__" not in function.__globals__ and before is not None and before.opname in _FOREIGN:
        return False
    return name in _METHODS


_FOREIGN: Final = ("LOAD_GLOBAL", "LOAD_ATTR")
"""What gives modules (`os.replace`) and objects that a server keeps (`self.jobs.put`): their methods are anything."""

VALUES: Final = frozenset(
    (Atom, Pid, Reference, NoneType, bool, bytes, dict, float, frozenset, int, list, set, str, tuple)
)
"""On whose values operators and methods only compute; those of other classes may do anything."""

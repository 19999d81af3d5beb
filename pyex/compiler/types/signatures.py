"""What functions take and return: those of `:erlang` that Elixir inlines, and the library's that stand for them."""

from __future__ import annotations

from typing import Final

from pyex.compiler.types.descr import ANY_LIST, TERM, Type, one, simple, union
from pyex.terms.atoms import atom

Signature = tuple[tuple[Type, ...], Type]

INTEGER: Final = simple("integer")
FLOAT: Final = simple("float")
BINARY: Final = simple("binary")
FUN: Final = simple("fun")
BOOLEAN: Final = union([one("atom", True), one("atom", False)])
ATOM: Final = one("atom")
TUPLE: Final = one("tuple", (), True)
MAP: Final = one("map", (), True)
NON_EMPTY: Final = one("list", TERM, TERM)
_NUMBER: Final = simple("integer", "float")
_PAIR: Final = one("tuple", (ATOM, ATOM), False)
_DESTINATION: Final = union([ATOM, simple("pid", "port", "reference"), _PAIR])

_ARITHMETIC: Final[list[Signature]] = [
    ((INTEGER, INTEGER), INTEGER),
    ((INTEGER, FLOAT), FLOAT),
    ((FLOAT, INTEGER), FLOAT),
    ((FLOAT, FLOAT), FLOAT),
]
_DIVISION: Final[list[Signature]] = [(arguments, FLOAT) for arguments, _ in _ARITHMETIC]
_SIGN: Final[list[Signature]] = [((INTEGER,), INTEGER), ((FLOAT,), FLOAT)]


def _is(name: str) -> dict[tuple[str, int], list[Signature]]:
    return {(name, 1): [((TERM,), one("atom", True)), ((TERM,), one("atom", False))]}


ERLANG: Final[dict[tuple[str, int], list[Signature]]] = {
    **{(name, 2): _ARITHMETIC for name in ("+", "-", "*")},
    ("/", 2): _DIVISION,
    **{(name, 1): _SIGN for name in ("+", "-", "abs")},
    **{(name, 2): [((INTEGER, INTEGER), INTEGER)] for name in ("div", "rem", "band", "bor", "bxor", "bsl", "bsr")},
    **{(name, 1): [((_NUMBER,), INTEGER)] for name in ("round", "trunc", "ceil", "floor")},
    ("bnot", 1): [((INTEGER,), INTEGER)],
    ("not", 1): [((one("atom", False),), one("atom", True)), ((one("atom", True),), one("atom", False))],
    ("++", 2): [((ANY_LIST, TERM), TERM)],
    ("--", 2): [((ANY_LIST, ANY_LIST), ANY_LIST)],
    ("length", 1): [((ANY_LIST,), INTEGER)],
    ("hd", 1): [((NON_EMPTY,), TERM)],
    ("tl", 1): [((NON_EMPTY,), TERM)],
    ("map_size", 1): [((MAP,), INTEGER)],
    ("is_map_key", 2): [((TERM, MAP), BOOLEAN)],
    ("tuple_size", 1): [((TUPLE,), INTEGER)],
    ("byte_size", 1): [((BINARY,), INTEGER)],
    ("bit_size", 1): [((BINARY,), INTEGER)],
    ("binary_part", 3): [((BINARY, INTEGER, INTEGER), BINARY)],
    ("element", 2): [((INTEGER, TUPLE), TERM)],
    ("!", 2): [((_DESTINATION, TERM), TERM)],
    ("send", 2): [((_DESTINATION, TERM), TERM)],
    ("spawn", 1): [((FUN,), simple("pid"))],
    ("spawn_link", 1): [((FUN,), simple("pid"))],
    ("self", 0): [((), simple("pid"))],
    ("make_ref", 0): [((), simple("reference"))],
    **{
        key: found
        for kind in "atom binary bitstring boolean float function integer list map number pid port reference tuple".split()
        for key, found in _is(f"is_{kind}").items()
    },
}
"""`:erlang`'s functions by name and arity: what each of their clauses takes, and gives."""

LIBRARY: Final[dict[tuple[str, str, int], list[Signature]]] = {
    ("Integer", "to_string", 1): [((INTEGER,), BINARY)],
    ("Integer", "to_string", 2): [((INTEGER, INTEGER), BINARY)],
    ("Integer", "to_charlist", 1): [((INTEGER,), one("list", INTEGER, None))],
    ("Atom", "to_string", 1): [((ATOM,), BINARY)],
    ("Atom", "to_charlist", 1): [((ATOM,), ANY_LIST)],
    ("String", "to_integer", 1): [((BINARY,), INTEGER)],
    ("String", "to_float", 1): [((BINARY,), FLOAT)],
    ("String", "to_atom", 1): [((BINARY,), ATOM)],
    ("String", "to_existing_atom", 1): [((BINARY,), ATOM)],
    ("Tuple", "to_list", 1): [((TUPLE,), ANY_LIST)],
    ("List", "to_tuple", 1): [((ANY_LIST,), TUPLE)],
}
"""Functions of Elixir's library that are `:erlang`'s under another name."""

INLINED: Final = {
    ("Integer", "to_string", 1): "integer_to_binary",
    ("Atom", "to_string", 1): "atom_to_binary",
    ("String", "to_integer", 1): "binary_to_integer",
    ("String", "to_float", 1): "binary_to_float",
    ("String", "to_atom", 1): "binary_to_atom",
    ("Tuple", "to_list", 1): "tuple_to_list",
    ("List", "to_tuple", 1): "list_to_tuple",
}
"""The name that Erlang's compiler knows a library function by."""

STRUCT: Final = atom("__struct__")

"""Types as sets of parts: what a value can be, whether two types have a value in common, and how a type is shown.

A part is a tuple: a name alone (`("integer",)`), `("atom", value)` or `("atom",)` for all of them, `("tuple",
elements, open)`, `("list", element, tail)` for one that is not empty (the tail is None in a proper list), `("map",
fields, open)`. A dynamic type is what is known of a value that comes from elsewhere: parts may be missing at run time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pyex.terms.atoms import Atom, atom
from pyex.terms.inspect import inspect

Part = tuple[Any, ...]
_STRUCT: Final = atom("__struct__")
_INDIVISIBLE: Final = frozenset("integer float binary pid port reference fun empty_list".split())


@dataclass(frozen=True, slots=True)
class Type:
    """What a value can be: any of `parts`; no parts when the expression never returns."""

    parts: frozenset[Part]
    dynamic: bool = False


@cache
def simple(*names: str) -> Type:
    """Return the union of types that are names alone: `simple("integer", "float")`."""
    return Type(frozenset((name,) for name in names))


TERM: Final = simple("term")
DYNAMIC: Final = Type(TERM.parts, dynamic=True)
NONE: Final = Type(frozenset())
ANY_LIST: Final = Type(frozenset({("empty_list",), ("list", TERM, None)}))


def one(*part: Any, dynamic: bool = False) -> Type:
    """Return the type of one part."""
    return Type(frozenset({part}), dynamic and part[0] not in _INDIVISIBLE)


def dynamic(given: Type) -> Type:
    """Return what is known of a value of unknown origin; a type that cannot be divided stays as it is."""
    if given is TERM:
        return DYNAMIC
    if given.dynamic or not given.parts:
        return given
    if len(given.parts) == 1 and next(iter(given.parts))[0] in _INDIVISIBLE:
        return given
    return Type(given.parts, dynamic=True)


def static(given: Type) -> Type:
    """Return the type as it stands inside of a larger one, which carries the mark `dynamic` itself."""
    return Type(given.parts) if given.dynamic else given


def union(types: Iterable[Type]) -> Type:
    """Return the type of a value that has one of these types."""
    given = list(types)
    if len(given) == 1:
        return given[0]
    parts = frozenset(part for item in given for part in item.parts)
    if ("term",) in parts:
        parts = TERM.parts
    elif ("atom",) in parts:
        parts = frozenset(part for part in parts if part[0] != "atom" or len(part) == 1)
    whole = Type(parts)
    return dynamic(whole) if any(item.dynamic for item in given) else whole


def is_unknown(given: Type) -> bool:
    """Tell whether nothing is known that a check could stand on."""
    if given is DYNAMIC or given is TERM:
        return True
    return not given.parts or ("term",) in given.parts


def truth_of(given: Type) -> bool | None:
    """Return whether every value of a type counts as true (or none does), None where that is open."""
    if is_unknown(given) or ("atom",) in given.parts:
        return None
    false = [part[0] == "atom" and part[1] in (None, False) for part in given.parts]
    return None if any(false) and not all(false) else not false[0]


def disjoint(left: Type, right: Type) -> bool:
    """Tell whether no value has both types."""
    if left is DYNAMIC or right is DYNAMIC or left is TERM or right is TERM:
        return False
    if not left.parts or not right.parts:
        return False
    return all(_apart(one_part, other) for one_part in left.parts for other in right.parts)


def _apart(left: Part, right: Part) -> bool:
    if left[0] == "term" or right[0] == "term":
        return False
    if left[0] != right[0]:
        return True
    if left[0] == "atom":
        return len(left) == 2 and len(right) == 2 and left[1] is not right[1]
    if left[0] == "tuple":
        return _tuples_apart(left, right)
    if left[0] == "list":
        return disjoint(left[1], right[1]) or _tails_apart(left[2], right[2])
    return left[0] == "map" and _maps_apart(left, right)


def _tuples_apart(left: Part, right: Part) -> bool:
    if len(left[1]) > len(right[1]):
        left, right = right, left
    if len(left[1]) < len(right[1]) and not left[2]:
        return True
    return any(disjoint(*pair) for pair in zip(left[1], right[1], strict=False))


def _tails_apart(left: Type | None, right: Type | None) -> bool:
    if left is None and right is None:
        return False
    return disjoint(left or simple("empty_list"), right or simple("empty_list"))


def _maps_apart(left: Part, right: Part) -> bool:
    ours, theirs = dict(left[1]), dict(right[1])
    for key in ours.keys() | theirs.keys():
        if key in ours and key in theirs:
            if disjoint(ours[key], theirs[key]):
                return True
        elif not (right[2] if key in ours else left[2]):
            return True
    return False


def map_type(fields: dict[Any, Type], *, is_open: bool) -> Type:
    """Return the type of a map with these fields, and others too when it is open."""
    pairs = tuple((key, static(fields[key])) for key in sorted(fields, key=_key_text))
    whole = one("map", pairs, is_open)
    return dynamic(whole) if any(value.dynamic for value in fields.values()) else whole


def fields_of(given: Type) -> tuple[dict[Any, Type], bool] | None:
    """Return (fields, open) of a type that is one kind of map, else None."""
    if len(given.parts) != 1:
        return None
    part = next(iter(given.parts))
    return (dict(part[1]), part[2]) if part[0] == "map" else None


def struct_name(given: Type) -> Any:
    """Return the module of a type that is one struct, else None."""
    found = fields_of(given)
    named = found[0].get(_STRUCT) if found is not None else None
    part = next(iter(named.parts)) if named is not None and len(named.parts) == 1 else ("atom",)
    return part[1] if len(part) == 2 else None


def show(given: Type, *, collapse: bool = False) -> str:
    """Return a type as text; `collapse` leaves out the fields of structs of which nothing is known."""
    if not given.parts:
        return "none()"
    if given.dynamic and ("term",) in given.parts:
        return "dynamic()"
    atoms = [part for part in given.parts if part[0] == "atom"]
    values = {part[1] for part in atoms if len(part) == 2 and isinstance(part[1], bool)}
    texts = [_atom(part) for part in atoms]
    if len(values) == 2:
        texts = [text for text in texts if text not in ("true", "false")] + ["boolean()"]
    texts.sort()
    texts += sorted(_part(part, collapse) for part in _lists_joined(given.parts) if part[0] != "atom")
    text = " or ".join(texts)
    return f"dynamic({text})" if given.dynamic else text


def _lists_joined(parts: frozenset[Part]) -> Iterable[Part]:
    """Return the parts, a list that may be empty as one of them."""
    lists = [part for part in parts if part[0] == "list"]
    if ("empty_list",) not in parts or len(lists) != 1:
        return parts
    return (parts - {("empty_list",), lists[0]}) | {("any_list", *lists[0][1:])}


def _atom(part: Part) -> str:
    return inspect(part[1]) if len(part) == 2 else "atom()"


def _part(part: Part, collapse: bool) -> str:
    if part[0] == "tuple":
        items = [show(item, collapse=collapse) for item in part[1]]
        return "{" + ", ".join([*items, "..."] if part[2] else items) + "}"
    if part[0] in ("list", "any_list"):
        item, name = show(part[1], collapse=collapse), "list" if part[0] == "any_list" else "non_empty_list"
        if part[2] is None:
            return f"{name}({item})"
        return f"{name}({item}, {show(part[2], collapse=collapse)})"
    if part[0] == "map":
        return _map(dict(part[1]), part[2], collapse)
    return f"{part[0]}()"


def _map(fields: dict[Any, Type], is_open: bool, collapse: bool) -> str:
    named = fields.get(_STRUCT)
    name = ""
    if named is not None and not is_open and len(named.parts) == 1 and len(next(iter(named.parts))) == 2:
        name = inspect(next(iter(named.parts))[1])
        fields = {key: value for key, value in fields.items() if key is not _STRUCT}
        if collapse:
            fields = {key: value for key, value in fields.items() if value != TERM}
    if not fields and not name:
        return "%{...}" if is_open else "empty_map()"
    pairs = [f"{_key_text(key)}: {show(value, collapse=collapse)}" for key, value in fields.items()]
    return f"%{name}{{" + ", ".join(["...", *pairs] if is_open else pairs) + "}"


def _key_text(key: Any) -> str:
    return inspect(key).removeprefix(":") if type(key) is Atom else str(inspect(key))

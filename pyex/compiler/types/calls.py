"""What a call gives, and whether its arguments can be right."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.types.descr import (
    DYNAMIC,
    NONE,
    TERM,
    Type,
    disjoint,
    dynamic,
    fields_of,
    is_unknown,
    map_type,
    static,
    struct_name,
    union,
)
from pyex.compiler.types.patterns import literal
from pyex.compiler.types.report import Report
from pyex.compiler.types.signatures import ATOM, BOOLEAN, ERLANG, FUN, LIBRARY, MAP, Signature
from pyex.terms.atoms import Atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import to_pylist

_EQUAL: Final = frozenset({"==", "/=", "=:=", "=/="})
_ORDER: Final = frozenset({"<", ">", "=<", ">=", "min", "max"})
_NUMBERS: Final = frozenset({("integer",), ("float",)})


def remote(report: Report, form: Any, module: Atom, name: str, given: list[Type]) -> Type:
    """Return what a call of a known module's function gives."""
    if module.name == "erlang":
        if len(given) == 2 and (name in _EQUAL or name in _ORDER):
            return _compare(report, form, name, given)
        if name in ("andalso", "orelse"):
            return dynamic(BOOLEAN)
        special = _by_structure(report, form, name, given)
        if special is not None:
            return special
    signatures = (
        ERLANG.get((name, len(given)))
        if module.name == "erlang"
        else LIBRARY.get((module.name.removeprefix("Elixir."), name, len(given)))
    )
    return DYNAMIC if signatures is None else _apply(report, form, signatures, given)


def _apply(report: Report, form: Any, signatures: list[Signature], given: list[Type]) -> Type:
    fitting = [
        (taken, result)
        for taken, result in signatures
        if not any(disjoint(*pair) for pair in zip(taken, given, strict=True))
    ]
    if not fitting:
        wrong = [all(disjoint(taken[position], kind) for taken, _ in signatures) for position, kind in enumerate(given)]
        report.arguments(form, signatures, given, wrong)
        return DYNAMIC
    result = union(result for _, result in fitting)
    unsure = len(fitting) > 1 and any(kind.dynamic for kind in given)
    return dynamic(result) if unsure or ("term",) in result.parts else result


def _by_structure(report: Report, form: Any, name: str, given: list[Type]) -> Type | None:
    """Return what a call gives that looks into a tuple or a list whose shape is known."""
    if name == "element" and len(given) == 2:
        position = to_pylist(form[2])[0]
        parts = [part for part in given[1].parts if part[0] == "tuple"]
        if type(position) is int and len(parts) == 1 and len(given[1].parts) == 1 and not parts[0][2]:
            if position > len(parts[0][1]):
                report.index(form, position, given[1])
                return DYNAMIC
            found = parts[0][1][position - 1] if position > 0 else TERM
            return dynamic(found) if given[1].dynamic or found == TERM else found
    if name in ("hd", "tl") and len(given) == 1 and not is_unknown(given[0]):
        parts = [part for part in given[0].parts if part[0] == "list"]
        if parts and name == "hd":
            kind = union(part[1] for part in parts)
            return dynamic(kind) if given[0].dynamic or kind == TERM else kind
    return None


def _compare(report: Report, form: Any, name: str, given: list[Type]) -> Type:
    left, right = given
    unsure = left.dynamic or right.dynamic
    result = union([left, right]) if name in ("min", "max") else BOOLEAN
    result = dynamic(result) if unsure else result
    if is_unknown(left) or is_unknown(right):
        return result
    if name in _ORDER and (_has_struct(left) or _has_struct(right)):
        report.comparison(form, name, given, structs=True)
        return result
    numbers = left.parts <= _NUMBERS and right.parts <= _NUMBERS
    literals = all(literal(arg) is not None for arg in form[2])
    if disjoint(left, right) and not (numbers and name not in ("=:=", "=/=")) and not (literals and name in _EQUAL):
        report.comparison(form, name, given)
    return result


def _has_struct(given: Type) -> bool:
    return struct_name(given) is not None


def field(report: Report, form: Any, target: Any, given: Type, name: Atom) -> Type:
    """Return what `target.name` gives."""
    if is_unknown(given):
        return DYNAMIC
    if disjoint(given, MAP):
        report.not_a_map(form, target, given, name)
        return DYNAMIC
    found = fields_of(given)
    if found is None:
        return DYNAMIC
    if name not in found[0]:
        if not found[1] or not given.dynamic:  # an exception of any kind is asked for what all have
            report.unknown_key(form, given, name)
        return DYNAMIC
    kind = found[0][name]
    return dynamic(kind) if given.dynamic or kind == TERM else kind


def update(report: Report, form: Any, given: Type, key: Atom, value: Type) -> Type:
    """Return the type of `%{map | key: value}`."""
    if is_unknown(given):
        return dynamic(map_type({key: static(value)}, is_open=True))
    found = fields_of(given)
    if found is None:
        return DYNAMIC
    if key not in found[0] and not found[1]:
        report.no_key_to_update(form, given, key)
        return DYNAMIC
    changed = map_type({**found[0], key: static(value)}, is_open=found[1])
    return dynamic(changed) if given.dynamic or value.dynamic else changed


def function(report: Report, form: Any, given: Type, arity: int) -> Type:
    """Return what calling a function's value gives."""
    if not is_unknown(given) and disjoint(given, FUN):
        report.not_a_function(form, given, arity)
    return DYNAMIC


def on_value(report: Report, form: Any, target: Any, given: Type, name: str, arity: int) -> Type:
    """Return what `value.name(…)` gives, where the module is a value."""
    if not is_unknown(given) and disjoint(given, ATOM):
        report.not_a_module(form, target, given, f"{inspect_name(name)}/{arity}")
    return DYNAMIC if given.parts else NONE


def inspect_name(name: str) -> str:
    """Return a function's name as it is written after a dot."""
    return name if name.isidentifier() or name[-1:] in "?!" else str(inspect(name))

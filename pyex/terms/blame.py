"""Blame: what an error's message says more when the stack trace and similar names are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pyex.terms import hooks
from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.exception_structs import available, field, key_message, undefined_function
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.inspect.literals import function_name
from pyex.terms.inspect.structs import loaded
from pyex.terms.lists import EMPTY, Cons, List, from_pylist, split_tail, to_pylist
from pyex.terms.maps import STRUCT, Map

THRESHOLD: Final = 0.77
_MOST: Final = 5


def blame_error(error: Map, stacktrace: Any) -> tuple[Any, Any]:
    """Return an exception and its stack trace with more to see."""
    name = error[STRUCT].name.removeprefix("Elixir.")
    if name == "ArithmeticError":
        return _with_operands(error, stacktrace), stacktrace
    if name == "FunctionClauseError":
        return _with_arguments(error, stacktrace)
    if name == "KeyError":
        return _with_similar_keys(error), stacktrace
    if name == "UndefinedFunctionError":
        return _with_hint(error), stacktrace
    user = loaded(export(error[STRUCT], "blame", 2))
    if user is not None:
        found = user(error, stacktrace)
        if type(found) is tuple and len(found) == 2:
            return found
    return error, stacktrace


def _entry(stacktrace: Any) -> Any:
    items = split_tail(stacktrace)[0] if stacktrace is not None else []
    return items[0] if items and type(items[0]) is tuple and len(items[0]) == 4 else None


# ---- operands

_INFIX: Final = frozenset({"+", "-", "*", "/"})
_BITWISE: Final = frozenset({"band", "bor", "bxor", "bsl", "bsr", "bnot"})


def _with_operands(error: Map, stacktrace: Any) -> Map:
    entry = _entry(stacktrace)
    if entry is None or entry[0] is not atom("erlang") or not isinstance(entry[2], List):
        return error
    name = atom_name(entry[1]) or ""
    args = [inspect(argument) for argument in to_pylist(entry[2])]
    if name in _INFIX:
        shown = f"{name}({args[0]})" if len(args) == 1 else f"{args[0]} {name} {args[1]}"
    elif name in ("div", "rem"):
        shown = f"{name}({', '.join(args)})"
    elif name in _BITWISE:
        shown = f"Bitwise.{name}({', '.join(args)})"
    else:
        return error
    return error.put(atom("message"), f"{field(error, 'message')}: {shown}")


# ---- clauses


def _with_arguments(error: Map, stacktrace: Any) -> tuple[Map, Any]:
    entry = _entry(stacktrace)
    if entry is None or not isinstance(entry[2], List) or field(error, "args") is not None:
        return error, stacktrace
    module, function, args, location = entry
    given = to_pylist(args)
    if module is not field(error, "module") or function is not field(error, "function"):
        return error, stacktrace
    error = error.put(atom("args"), args)
    if hooks.attempted_clauses is not None:
        found = hooks.attempted_clauses(module, atom_name(function) or "", tuple(given))
        if found is not None:
            error = error.put(atom("kind"), found[0]).put(atom("clauses"), found[1])
    top = (module, function, len(given), location)
    return error, from_pylist([top, *split_tail(stacktrace)[0][1:]])


# ---- similar names


def jaro(left: str, right: str) -> float:
    """Return the Jaro similarity of two texts, from 0.0 to 1.0."""
    if left == right:
        return 1.0
    if not left or not right:
        return 0.0
    window = max(max(len(left), len(right)) // 2 - 1, 0)
    used = [False] * len(right)
    matched: list[str] = []
    for place, char in enumerate(left):
        for other in range(max(0, place - window), min(len(right), place + window + 1)):
            if not used[other] and right[other] == char:
                used[other] = True
                matched.append(char)
                break
    if not matched:
        return 0.0
    others = [char for char, flag in zip(right, used, strict=True) if flag]
    swaps = sum(a != b for a, b in zip(matched, others, strict=True)) / 2
    count = len(matched)
    return (count / len(left) + count / len(right) + (count - swaps) / count) / 3


def did_you_mean(name: str, candidates: Iterable[str], threshold: float = THRESHOLD) -> list[str]:
    """Return the candidates that are like a name, the most similar five, sorted by name."""
    scored = [(jaro(name, candidate), candidate) for candidate in dict.fromkeys(candidates)]
    close = sorted((pair for pair in scored if pair[0] > threshold), key=lambda pair: -pair[0])
    return sorted(candidate for _, candidate in close[:_MOST])


def _bullets(lines: Iterable[str]) -> str:
    return ". Did you mean:\n\n" + "".join(f"      * {line}\n" for line in lines)


def _with_similar_keys(error: Map) -> Map:
    key, term = field(error, "key"), field(error, "term")
    if field(error, "message") is not None:
        return error
    text = key_message(key, term)
    similar: list[Any] = []
    if type(key) is Atom and (type(term) is Map or type(term) is Cons):
        keys = list(term) if type(term) is Map else [pair[0] for pair in split_tail(term)[0] if type(pair) is tuple and pair]
        names = {name.name: name for name in keys if type(name) is Atom}
        similar = [names[name] for name in did_you_mean(key.name, names)]
    if similar:
        text += _bullets(map(inspect, similar))
    return error.put(atom("message"), text)


def _with_hint(error: Map) -> Map:
    if field(error, "message") is not None:
        return error
    module, function, arity = (field(error, name) for name in ("module", "function", "arity"))
    text = undefined_function(error)
    if module is None:
        text += (
            ". If you are using the dot syntax, such as module.function(), "
            "make sure the left-hand side of the dot is a module atom"
        )
    elif text.endswith("is undefined or private"):
        text += undefined_hint(module, atom_name(function) or "", arity)
    return error.put(atom("message"), text)


def undefined_hint(module: Any, name: str, arity: int) -> str:
    """Return what to add to `… is undefined or private`: the macro of that name, or similar functions."""
    if not available(module):
        return ""
    functions = _exports(module, "functions")
    macros = _exports(module, "macros")
    if (name, arity) in macros:
        called = inspect(module)
        return (
            ". However, there is a macro with the same name and arity. "
            f"Be sure to require {called} if you intend to invoke this macro"
        )
    behaviour = _expecting(module, name, arity)
    if behaviour is not None:
        return f", but the behaviour {inspect(behaviour)} expects it to be present"
    old = _deprecated(module)
    known = [pair for pair in functions + macros if pair not in old]
    same = [(other, size) for other, size in known if other == name]
    if not same:
        close = set(did_you_mean(name, [other for other, _ in known]))
        same = [(other, size) for other, size in known if other in close]
        ranked = sorted(same, key=lambda pair: (-jaro(name, pair[0]), pair))[:_MOST]
        same = sorted(ranked)
    return _bullets(f"{function_name(other)}/{size}" for other, size in sorted(same)) if same else ""


def _expecting(module: Any, name: str, arity: int) -> Any:
    """Return the behaviour that a module names and that asks for a function, or None."""
    function = loaded(export(module, "module_info", 1))
    attributes = to_pylist(function(atom("attributes"))) if function is not None else []
    for behaviour in [each for key, value in attributes if key is atom.behaviour for each in to_pylist(value)]:
        callbacks = loaded(export(behaviour, "behaviour_info", 1))
        if callbacks is not None and any(pair == (atom(name), arity) for pair in to_pylist(callbacks(atom("callbacks")))):
            return behaviour
    return None


def _exports(module: Any, kind: str) -> list[tuple[str, int]]:
    function = loaded(export(module, "__info__", 1))
    if function is None:
        return []
    pairs = function(atom(kind))
    found = [(atom_name(name) or "", arity) for name, arity in to_pylist(pairs)] if isinstance(pairs, List) else []
    return [pair for pair in found if not pair[0].startswith("__")]


def _deprecated(module: Any) -> set[tuple[str, int]]:
    """Return the functions that nobody is to be told to use."""
    function = loaded(export(module, "__info__", 1))
    pairs = function(atom("deprecated")) if function is not None else EMPTY
    return {(atom_name(name) or "", arity) for (name, arity), _ in to_pylist(pairs)} if isinstance(pairs, List) else set()


__all__ = ["blame_error", "did_you_mean", "jaro", "undefined_hint"]

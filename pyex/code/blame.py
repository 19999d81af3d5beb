"""Which clauses of a function were tried for given arguments, and which of their parts did not match.

A part that did not match stands between signs: `def upcase(-""-, _mode)`. Only a project's modules and the library are
told of, as on the BEAM, where the clauses are read from what is kept on disk.
"""

from __future__ import annotations

import importlib
from typing import Any

from pyex.code import project, versions
from pyex.compiler.diagnostics import Collector
from pyex.compiler.env import Env, default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.compiler.forms import Opaque
from pyex.syntax.formatter import to_string
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_iterable, from_pylist, to_pylist
from pyex.terms.maps import Map
from pyex.terms.order import identical

_WIDTH = 10_000
_WHOLE = "whole_part"


def clauses_of(module: Any, name: str, args: tuple[Any, ...]) -> tuple[Any, Any] | None:
    """Return the kind of a function and the texts of its clauses as an Elixir list, or None when they are not known."""
    found = _heads_of(module, name, len(args))
    if found is None:
        return None
    heads, env = found
    return atom(heads[0][0]), from_pylist([f"{kind} {marked_head(head, args, env)}" for kind, head in heads])


def blamed_clauses(module: Any, name: str, args: tuple[Any, ...]) -> tuple[Any, Any] | None:
    """Return the kind of a function and its clauses as parameters and guards, each part with whether it matched."""
    found = _heads_of(module, name, len(args))
    if found is None or any(type(head) is not tuple for _, head in found[0]):
        return None
    heads, env = found
    return atom(heads[0][0]), from_pylist([_Head(head, args, env).parts() for _, head in heads])


def _heads_of(module: Any, name: str, arity: int) -> tuple[list[tuple[str, Any]], Env] | None:
    """Return the heads of a function's clauses, each with its kind, and what they are evaluated in."""
    version = versions.current(module)
    if version is None or version.kind == "native":
        library = importlib.import_module("pyex.stdlib.clauses")
        heads = library.heads_of(module.name.removeprefix("Elixir."), name, arity)
        return (heads, _quiet_env("nofile")) if heads else None
    if version.kind != "elixir" or project.application_of(module) is None:
        return None
    known = version.info.clauses.get((name, arity))
    return ([(known[0], head) for head in known[1]], _quiet_env(version.file or "nofile")) if known else None


def _quiet_env(file: str) -> Env:
    return default_env(file=file, collector=Collector(lambda diagnostic: None))


def marked_head(head: Any, args: tuple[Any, ...], env: Env) -> str:
    """Return the text of a clause's head, what does not match the arguments between signs."""
    return _Head(head, args, env).text()


class _Head:
    """The head of one clause, with the marks for given arguments."""

    def __init__(self, head: Any, args: tuple[Any, ...], env: Env) -> None:
        self.head = head
        self.args = args
        self.env = env
        self.binding: dict[Any, Any] = {}
        self.marked: dict[str, Any] = {}

    def text(self) -> str:
        """Return the text of the head, what does not match between signs."""
        if type(self.head) is not tuple:
            return str(self.head)
        name, meta, rest = self.head
        if name is atom("when"):
            (call_name, call_meta, parameters), guard = to_pylist(rest)
            call = (call_name, call_meta, self._arguments(parameters))
            form: Any = (name, meta, elixir_list(call, self._guard(guard)))
        else:
            form = (name, meta, self._arguments(rest))
        text = to_string(form, _WIDTH)
        for placeholder, part in reversed(self.marked.items()):
            shown = to_string(part)
            text = text.replace(placeholder, shown if placeholder.startswith(_WHOLE) else f"-{shown}-")
        return text

    def parts(self) -> tuple[Any, Any]:
        """Return the parameters and the guards, each part a map of its form and whether it matched."""
        name, _, rest = self.head
        guarded = name is atom("when")
        call, guard = to_pylist(rest) if guarded else (self.head, None)
        patterns = to_pylist(call[2]) if call[2] is not None else []
        pairs = zip(patterns, self.args, strict=True)
        parameters = from_iterable([_part(pattern, self._matches(pattern, value)) for pattern, value in pairs])
        return parameters, from_iterable(map(self._guard_part, _alternatives(guard))) if guarded else EMPTY

    def _guard_part(self, guard: Any) -> Any:
        holds = self._holds(guard)
        if not _is_operator(guard, "and", "or"):
            return _part(guard, holds)
        name, meta, sides = guard
        told = [self._guard_part(side) for side in to_pylist(sides)]
        return name, Cons((atom("value"), holds), meta), from_iterable(told)

    def _holds(self, guard: Any) -> bool:
        try:
            return eval_quoted(guard, self.binding, self.env).value is True
        except Exception:  # a guard that fails does not hold
            return False

    def _mark(self, form: Any, kind: str = "blamed_part") -> Any:
        placeholder = f"{kind}_{len(self.marked)}_"
        self.marked[placeholder] = form
        return (atom(placeholder), EMPTY, None)

    def _arguments(self, parameters: Any) -> Any:
        patterns = to_pylist(parameters) if parameters is not None else []
        pairs = zip(patterns, self.args, strict=True)
        return from_iterable([pattern if self._matches(pattern, value) else self._mark(pattern) for pattern, value in pairs])

    def _matches(self, pattern: Any, value: Any) -> bool:
        form = (atom("="), EMPTY, elixir_list(pattern, Opaque(value)))
        try:
            bound = eval_quoted(form, {}, self.env).binding
        except Exception:  # a pattern that cannot be evaluated outside its module is told as one that did not match
            return False
        if any(key in self.binding and not identical(self.binding[key], item) for key, item in bound.items()):
            return False
        self.binding.update(bound)
        return True

    def _guard(self, guard: Any) -> Any:
        if _is_operator(guard, "and", "or", "when"):
            name, meta, sides = guard
            told = [self._guard(side) for side in to_pylist(sides)]
            if name.name == "or":  # here `and` binds tighter than `or` without the parentheses that the formatter would write
                told = [self._mark(side, _WHOLE) if _is_operator(side, "and") else side for side in told]
            return (name, meta, from_iterable(told))
        return guard if self._holds(guard) else self._mark(guard)


def _part(node: Any, matched: bool) -> Map:
    return Map.from_pairs([(atom("node"), node), (atom("match?"), matched)])


def _alternatives(guard: Any) -> list[Any]:
    """Return what stands between the `when` of a guard."""
    return [part for side in to_pylist(guard[2]) for part in _alternatives(side)] if _is_operator(guard, "when") else [guard]


def _is_operator(form: Any, *names: str) -> bool:
    return type(form) is tuple and len(form) == 3 and type(form[0]) is Atom and form[0].name in names

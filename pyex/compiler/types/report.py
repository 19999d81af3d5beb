"""The warnings about types, made of the words of `wording` and handed on with their place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pyex.compiler.kernel.build import is_call, is_var, meta_get
from pyex.compiler.module.reports import located
from pyex.compiler.types import wording
from pyex.compiler.types.descr import Type, disjoint, fields_of, is_unknown, show, simple
from pyex.compiler.types.patterns import segment_type
from pyex.compiler.types.signatures import Signature
from pyex.terms.atoms import Atom, atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import from_iterable, to_pylist
from pyex.terms.syntax_messages import shown_path

_OPERATORS: Final = {"/=": "!=", "=:=": "===", "=/=": "!==", "=<": "<="}
_TURNED: Final = frozenset({"element", "is_map_key"})
"""`:erlang`'s functions that take their arguments the other way round than Kernel's."""
_HARMLESS: Final = frozenset({"comparison", "condition"})
"""What is told of code that works all the same."""
_EXCEPTION: Final = atom("__exception__")
_INTEGER: Final = atom("integer")


class Report:
    """Takes what was found in one function at a time."""

    def __init__(self, env: Any) -> None:
        self.env = env
        self.line = 0
        """Where the clause stands: the place of what tells none."""
        self.origins: dict[int, wording.Origin] = {}
        self._muted = 0
        self.failed = False
        """Something in the clause cannot work: what comes after it is not looked at."""

    @contextlib.contextmanager
    def muted(self) -> Iterator[None]:
        """Say nothing inside the block: a function is only asked what it gives."""
        kept, failed, self.origins = self.origins, self.failed, {}
        self._muted += 1
        try:
            yield
        finally:
            self._muted -= 1
            self.origins, self.failed = kept, failed

    @contextlib.contextmanager
    def clause_of_its_own(self) -> Iterator[None]:
        """Keep what fails inside the block from muting what stands after it."""
        kept = self.failed
        try:
            yield
        finally:
            self.failed = kept

    def _say(self, meta: Any, text: str, form: Any, *, code: str = "types", after: str = "", length: int = 1) -> None:
        if self._muted or self.failed or meta_get(meta, "generated") is True:
            return
        where = wording.traces(form, self.origins, shown_path(self.env.file)) if form is not None else ""
        message = f"{text}\n\n{where}{after}".rstrip() + "\n"
        located(self.env, meta, message, length=length, code=code, lead="typing violation found at:")
        self.failed = code not in _HARMLESS

    def _quoted(self, form: Any) -> str:
        return wording.indented(wording.source(form))

    def arguments(self, form: Any, signatures: list[Signature], given: list[Type], wrong: list[bool]) -> None:
        """Report that the arguments of a call are such that no clause takes them."""
        if to_pylist(form[0][2])[1].name in _TURNED:
            given, wrong = given[::-1], wrong[::-1]
            signatures = [(taken[::-1], result) for taken, result in signatures]
        self._say(
            form[1],
            f"incompatible types given to {_callee(form)}:\n\n{self._quoted(form)}\n\ngiven types:\n\n"
            f"{wording.indented(wording.arguments(given, wrong))}\n\nbut expected one of:\n\n"
            f"{wording.expected(signatures)}",
            form,
        )

    def index(self, form: Any, size: int, given: Type) -> None:
        """Report that a tuple has fewer elements than the one that is asked for."""
        self._say(
            form[1],
            f"expected a tuple with at least {size} element{'s' if size > 1 else ''} in Kernel.elem/2:\n\n"
            f"{self._quoted(form)}\n\nthe given type does not have the given index:\n\n"
            f"{wording.indented(wording.type_text(given))}",
            form,
        )

    def comparison(self, form: Any, name: str, given: list[Type], *, structs: bool = False) -> None:
        """Report that two values are compared that have nothing to do with each other."""
        operator = _OPERATORS.get(name, name)
        left, right = (show(kind, collapse=True) for kind in given)
        types = f"{operator}({left}, {right})" if operator in ("min", "max") else f"{left} {operator} {right}"
        self._say(
            form[1],
            f"comparison {'with structs' if structs else 'between distinct types'} found:\n\n{self._quoted(form)}\n\n"
            f"given types:\n\n{wording.indented(wording.laid_out(types))}",
            form,
            code="comparison",
            after=wording.STRUCTS if structs else wording.DISTINCT,
        )

    def condition(self, clause: Any, form: Any, given: Type, truth: bool) -> None:
        """Report that a clause of `cond`, which is not the last, is taken always or never."""
        self._say(
            clause[1],
            f"this clause in cond will {'always' if truth else 'never'} match:\n\n{self._quoted(form)}\n\n"
            f"since it has type:\n\n{wording.indented(wording.type_text(given))}",
            form,
            code="condition",
        )

    def unknown_key(self, form: Any, given: Type, name: Atom) -> None:
        """Report that a map has no such key."""
        found = fields_of(given)
        self._say(
            form[1],
            f"unknown key .{name.name} in expression:\n\n{self._quoted(form)}\n\n"
            f"the given type does not have the given key:\n\n{wording.indented(wording.type_text(given))}",
            form,
            code="fields",
            after=wording.RESCUE_HINT if found is not None and found[1] and _EXCEPTION in found[0] else "",
            length=len(name.name),
        )

    def no_key_to_update(self, form: Any, given: Type, key: Atom) -> None:
        """Report that a map has no such key to put a new value under."""
        self._say(
            form[1],
            f"expected a map with key {inspect(key)} in map update syntax:\n\n{self._quoted(form)}\n\nbut got type:\n\n"
            f"{wording.indented(wording.type_text(given))}",
            form,
            code="fields",
        )

    def not_a_map(self, form: Any, target: Any, given: Type, name: Atom) -> None:
        """Report that a field is asked of what is no map."""
        text = f"expected a map or struct when accessing .{name.name} in expression:\n\n{self._quoted(form)}"
        self._say(form[1], text + _got(target, given), form, code="fields", after=wording.FIELD_HINT)

    def not_a_module(self, form: Any, target: Any, given: Type, called: str) -> None:
        """Report that a function is called of what is no module."""
        text = f"expected a module (an atom) when invoking {called} in expression:\n\n{self._quoted(form)}"
        self._say(form[1], text + _got(target, given), form, code="fields", after=wording.FIELD_HINT)

    def not_a_function(self, form: Any, given: Type, arity: int) -> None:
        """Report that what is no function is called."""
        self._say(
            form[1],
            f"expected a {arity}-arity function on call:\n\n{self._quoted(form)}\n\nbut got type:\n\n"
            f"{wording.indented(wording.type_text(given))}",
            form,
            code="fields",
        )

    def pattern(self, form: Any, pattern: Type, given: Type) -> bool:
        """Tell whether `pattern = value` can match, and report it when it cannot."""
        if is_unknown(given) or not disjoint(pattern, given):
            return True
        value = to_pylist(form[2])[1]
        self._say(
            form[1],
            f"the following pattern will never match:\n\n{self._quoted(form)}\n\n"
            f"because the right-hand side has type:\n\n{wording.indented(wording.type_text(given))}",
            value,
            code="patterns",
        )
        return False

    def clause(self, clause: Any, pattern: Any, kind: Type, subject: Any, given: Type) -> bool:
        """Tell whether a clause of `case` can match, and report it when it cannot."""
        if is_unknown(given) or not disjoint(kind, given):
            return True
        self._say(
            pattern[1] if is_call(pattern) else _without_column(clause[1]),
            f"the following clause will never match:\n\n{self._quoted(pattern)}\n\nbecause it attempts to match on the "
            f"result of:\n\n{self._quoted(subject)}\n\nwhich has type:\n\n{wording.indented(wording.type_text(given))}",
            None,
            code="patterns",
        )
        return False

    def segment(self, form: Any, segments: Sequence[Any], position: int, value: Any, spec: Any, given: Type) -> None:
        """Report a segment of a bitstring that holds a value of another type; whole numbers do for floats."""
        wanted = simple("integer") if spec is None else segment_type(spec)
        if is_unknown(given) or not disjoint(wanted, given) or _fits(wanted, given, value, spec):
            return
        plain = spec is None or (type(spec) is tuple and spec[0] is _INTEGER)
        shown = wording.ellipsis([value if plain else segments[position]] if len(segments) == 1 else segments, position)
        self._say(
            segments[position][1] if spec is not None and not plain else (value[1] if is_var(value) else form[1]),
            f"incompatible types in expression:\n\n{self._quoted(shown)}\n\ngot type:\n\n"
            f"{wording.indented(wording.type_text(given))}\n\nbut expected type:\n\n{wording.indented(show(wanted))}",
            value,
            code="segments",
            after=wording.SEGMENT_HINT if plain else "",
        )


def _fits(wanted: Type, given: Type, value: Any, spec: Any) -> bool:
    """Tell whether a segment takes a value after all: a literal text, or an integer for a float."""
    return isinstance(value, (str, bytes)) or (("float",) in wanted.parts and ("integer",) in given.parts)


def _got(target: Any, given: Type) -> str:
    if is_var(target):
        return ""
    return f"\n\nbut got type:\n\n{wording.indented(wording.type_text(given))}"


def _without_column(meta: Any) -> Any:
    return from_iterable([pair for pair in meta if pair[0].name != "column"])


def _callee(form: Any) -> str:
    """Return what a call calls, as the user knows it: `Kernel.+/2`."""
    target, name = to_pylist(form[0][2])
    shown = wording.written(form)
    if target.name == "erlang" and type(shown[0]) is Atom:
        return f"Kernel.{shown[0].name}/{len(shown[2])}"
    return f"{inspect(target)}.{name.name}/{len(form[2])}"

"""The state of one Python function being emitted, and the dispatch of forms to their handlers.

Handlers register themselves in `VALUES` (forms that give a `Result`) or `CONTROL` (forms with
branches, which hand their destination down).
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.compiler.emit.builder import Builder
from pyex.compiler.emit.constants import Constants
from pyex.compiler.emit.result import ANY, NOT_CONSTANT, Assign, Dest, Discard, Join, Next, Result, Return, known_type
from pyex.compiler.forms import Opaque
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import PyexBug
from pyex.terms.lists import EMPTY, Cons, EmptyList, split_tail

ValueHandler = Callable[["Frame", Any, list[Any]], Result]
ControlHandler = Callable[["Frame", Any, list[Any], Dest], list[ast.stmt]]

VALUES: Final[dict[Atom, ValueHandler]] = {}
CONTROL: Final[dict[Atom, ControlHandler]] = {}
_VERSION: Final = atom("version")


def version_of(form: Any) -> int:
    """Return the version of a variable; the expander has put it in front of the metadata."""
    meta = form[1]
    while type(meta) is Cons:
        entry: tuple[Any, int] = meta.head
        if entry[0] is _VERSION:
            return entry[1]
        meta = meta.tail
    raise PyexBug(f"variable {form[0].name} was not expanded")


def value_form(name: str) -> Callable[[ValueHandler], ValueHandler]:
    """Register the handler of a special form that has no branches."""

    def register(handler: ValueHandler) -> ValueHandler:
        VALUES[atom(name)] = handler
        return handler

    return register


def control_form(name: str) -> Callable[[ControlHandler], ControlHandler]:
    """Register the handler of a special form that delivers to a destination itself."""

    def register(handler: ControlHandler) -> ControlHandler:
        CONTROL[atom(name)] = handler
        return handler

    return register


class Unit:
    """One compilation: a module, or one evaluation (`module` is None at top level)."""

    __slots__ = ("b", "constants", "cycles", "file", "functions", "module", "returns", "rounds", "widths")

    def __init__(self, module: Any, file: str, evaluated: bool) -> None:
        self.module = module
        self.file = file
        self.b = Builder()
        self.constants = Constants(self.b, evaluated)
        self.functions: set[tuple[str, int]] = set()
        """Emitted names and arities of the module's own functions."""
        self.cycles: dict[tuple[str, int], int] = {}
        """The number of the cycle of tail calls that a function is part of, if it is part of one."""
        self.widths: dict[int, int] = {}
        """The number of parameters that the bodies of a cycle's functions take; none where each takes its own."""
        self.rounds: list[tuple[int, int, int, bool]] = []
        """The parts that are functions of their own on the BEAM (see `terms.rounds_table`)."""
        self.returns: dict[tuple[str, int], int] = {}
        """What is known of the values that a function returns."""


class Frame:
    """One Python function being emitted.

    `label` is the Elixir name that its closures are named after; `names` maps a variable's version to the local that
    holds it where that is not the usual one; `function` is the definition whose tail calls to itself loop, `parameters`
    its Python parameters; `repeats` tells that the body may run again in the same Python frame, so that closures must
    not capture its cells.
    """

    __slots__ = (
        "b",
        "checked",
        "closures",
        "constants",
        "encloses",
        "failure",
        "function",
        "known",
        "label",
        "names",
        "numbers",
        "parameters",
        "part",
        "repeats",
        "unit",
    )

    def __init__(self, unit: Unit, label: str, parent: Frame | None = None) -> None:
        self.unit = unit
        self.b = unit.b
        self.constants = unit.constants
        self.label = label
        self.numbers: Iterator[int] = parent.numbers if parent else itertools.count(1)
        self.closures: Iterator[int] = parent.closures if parent else itertools.count()
        self.names: dict[int, str] = dict(parent.names) if parent else {}
        self.known: dict[str, int] = dict(parent.known) if parent else {}
        self.function: tuple[str, int] | None = None
        self.parameters: list[str] = []
        self.part = 0
        """The part being emitted, of those in the unit's `rounds`."""
        self.repeats = False
        self.checked: list[str] | None = None
        """Of a function that loops: locals that hold functions whose arity was found right; they are None before the loop."""
        self.encloses = False
        """Whether a closure was made that may see the locals: then no parameter is given another value."""
        self.failure: str | None = parent.failure if parent else None
        """The local that holds the exception being handled: what `__STACKTRACE__` is read off."""

    def remembering(self, loop: list[ast.stmt]) -> list[ast.stmt]:
        """Return a loop after the assignments of what it remembers from round to round."""
        return [*[self.b.assign(name, self.b.const(None)) for name in self.checked or ()], *loop]

    # ---- names

    def temporary(self) -> str:
        """Return a new local name."""
        return f"@{next(self.numbers)}"

    def variable(self, form: Any) -> str:
        """Return the local name of a variable."""
        version = version_of(form)
        return self.names.get(version) or f"{form[0].name}@{version}"

    def rename(self, form: Any, local: str) -> None:
        """Let a variable be another name of a local that never changes."""
        self.names[version_of(form)] = local

    # ---- dispatch

    def value(self, form: Any) -> Result:
        """Emit a form whose value is wanted as an expression."""
        kind = type(form)
        if kind is tuple:
            if len(form) == 3:
                return self._node(form)
            return VALUES[_TUPLE](self, EMPTY, list(form))
        if kind is Cons:
            return VALUES[_LIST](self, EMPTY, [form])
        if kind is Opaque:
            return Result(self.constants.opaque(form.value))
        return Result(None, None, known_type(form), form)

    def _node(self, form: Any) -> Result:
        head, meta, args = form
        if type(head) is Atom:
            if type(args) is not Cons and type(args) is not EmptyList:
                return self._variable(form)
            handler = VALUES.get(head)
            if handler is not None:
                return handler(self, meta, split_tail(args)[0])
            control = CONTROL.get(head)
            if control is not None:
                return self._through(control, meta, split_tail(args)[0])
            return VALUES[_LOCAL_CALL](self, meta, [head, split_tail(args)[0]])
        return VALUES[_DOT_CALL](self, meta, [head, split_tail(args)[0]])

    def _variable(self, form: Any) -> Result:
        special = VALUES.get(form[0])
        if special is not None and form[0].name.startswith("__"):
            return special(self, form[1], [])
        name = self.variable(form)
        return Result(self.b.name(name), None, self.known.get(name, ANY))

    def _through(self, handler: ControlHandler, meta: Any, args: list[Any]) -> Result:
        name = self.temporary()
        dest = Assign(name)
        statements = handler(self, meta, args, dest)
        return Result(self.b.name(name), statements, dest.known)

    def into(self, form: Any, dest: Dest) -> list[ast.stmt]:
        """Emit a form whose value goes to a destination."""
        if type(form) is tuple and len(form) == 3:
            head, meta, args = form
            if type(args) is Cons or type(args) is EmptyList:
                if type(head) is Atom:
                    handler = CONTROL.get(head)
                    if handler is not None:
                        return handler(self, meta, split_tail(args)[0], dest)
                    if dest.tail and head not in VALUES:
                        return CONTROL[_TAIL_CALL](self, meta, [head, split_tail(args)[0]], dest)
                elif type(dest) is not Assign:
                    return CONTROL[_DOT_INTO](self, meta, [head, split_tail(args)[0]], dest)
        elif type(form) is Cons and type(dest) is Join and dest.tail:
            return CONTROL[_LIST_INTO](self, EMPTY, [form], dest)
        return self.deliver(self.value(form), dest)

    def deliver(self, result: Result, dest: Dest) -> list[ast.stmt]:
        """Hand a result to a destination."""
        if type(dest) is Discard and result.is_constant:
            return result.statements
        if type(dest) is Assign:
            dest.known |= result.known
        if isinstance(dest, Return) and result.grown and not self.encloses:
            for parameter in self.parameters:
                growth = result.grown(parameter)
                if growth is not None:
                    return [*result.statements, *growth[0], growth[1], *dest.finish(self.b, self.b.name(parameter))]
        if type(dest) is Next:
            return [*result.statements, *dest.use(result), self.b.continue_()]
        return result.statements + dest.finish(self.b, self.expression(result))

    # ---- results

    def expression(self, result: Result) -> ast.expr:
        """Return the pending expression of a result."""
        if result.expression is None:
            return self.constants.term(result.constant)
        return result.expression

    def simple(self, result: Result) -> bool:
        """Tell whether a result may be evaluated later, or twice, with no difference."""
        kind = type(result.expression)
        return result.expression is None or kind is ast.Name or kind is ast.Constant

    def again(self, result: Result) -> ast.expr:
        """Return a second copy of a simple result's expression."""
        found = result.expression
        if found is None:
            return self.constants.term(result.constant)
        return self.b.name(found.id) if type(found) is ast.Name else found

    def values(self, forms: list[Any]) -> tuple[list[ast.stmt], list[Result]]:
        """Emit operands in their order; what runs before a later operand's statements is kept in temporaries."""
        results = [self.value(form) for form in forms]
        return self.ordered(results), results

    def ordered(self, results: list[Result]) -> list[ast.stmt]:
        """Return the statements of operands, with pending expressions spilled where order asks for it."""
        last = -1
        for index, result in enumerate(results):
            if result.statements:
                last = index
        if last < 0:
            return []
        statements: list[ast.stmt] = []
        for index, result in enumerate(results):
            statements += result.statements
            result.statements = []
            if index < last and not self.simple(result):
                statements += self.spill(result)
        return statements

    def spill(self, result: Result) -> list[ast.stmt]:
        """Make a result simple: keep its value in a temporary, unless it is simple already."""
        if self.simple(result):
            statements, result.statements = result.statements, []
            return statements
        name = self.temporary()
        statements = [*result.statements, self.b.assign(name, self.expression(result))]
        result.statements = []
        result.items = None
        result.expression = self.b.name(name)
        self.known[name] = result.known
        return statements

    def subject(self, form: Any) -> tuple[list[ast.stmt], str, int]:
        """Emit a form and return the local name that holds its value: what patterns are matched against."""
        result = self.value(form)
        if type(result.expression) is ast.Name and "@" in result.expression.id:
            return result.statements, result.expression.id, result.known
        name = self.temporary()
        statements = [*result.statements, self.b.assign(name, self.expression(result))]
        self.known[name] = result.known
        return statements, name, result.known


_TUPLE: Final = atom("{}")
_LIST: Final = atom("[]")
_LOCAL_CALL: Final = atom("local call")
_DOT_CALL: Final = atom("dot call")
_DOT_INTO: Final = atom("dot call into")
_TAIL_CALL: Final = atom("tail call")
_LIST_INTO: Final = atom("list into")

__all__ = [
    "CONTROL",
    "NOT_CONSTANT",
    "VALUES",
    "Frame",
    "Return",
    "Unit",
    "control_form",
    "value_form",
]

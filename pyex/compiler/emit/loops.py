"""What the library does for every element, as a loop: `Enum.map(list, fn x -> … end)` without a call for each.

A function that is written in the call itself is seen by nobody else. It becomes a Python function that takes all elements and
goes round its body, with the name that the function would have, so that stack traces tell the same; it is handed to the twin
of the library's function that takes such a loop, `Export.loop`. Where the module is not loaded yet or is not the library's, the twin
makes a plain function of the loop (`support.rounds`).
"""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit.branches import truth
from pyex.compiler.emit.clauses import emit_clauses, split_arrow
from pyex.compiler.emit.closures import define, no_clause
from pyex.compiler.emit.expressions import is_variable
from pyex.compiler.emit.frame import Frame, version_of
from pyex.compiler.emit.keys import stored_key
from pyex.compiler.emit.result import INT, STRING, TUPLE, Next, Result
from pyex.compiler.forms import Clause, Opaque
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.lists import EMPTY, Cons, split_tail
from pyex.terms.rounds import ANSWER, PLAIN, STILL

COLLECT: Final = "collect"
"""The results, in a list."""
SPREAD: Final = "spread"
"""The elements of the results, in a list."""
PAIRS: Final = "pairs"
"""The results, pairs, as the dict of a map; a result that is none is under MISSING."""
KEEP: Final = "keep"
"""The elements for which the result is truthy."""
DROP: Final = "drop"
"""The elements for which it is not."""
PART: Final = "part"
"""Both."""
EFFECT: Final = "effect"
"""Nothing."""
FOLD: Final = "fold"
"""The last accumulator, which is the second parameter."""
SCAN: Final = "scan"
"""All accumulators."""
FIND: Final = "find"
"""The first element with a truthy result, and the result, in a list; or None."""
REFUTE: Final = "refute"
"""The same for the first result that is not."""
FLOW: Final = "flow"
"""The results one at a time, as they are asked for: a generator."""
FLOW_KEPT: Final = "flow_kept"
FLOW_OTHERS: Final = "flow_others"
"""The elements for which the result is truthy, or is not, one at a time."""

_FN: Final = atom("fn")
_ENUM_MODULE: Final = alias("Enum")
_ENUM: Final = {
    COLLECT: "map/2 map_join/2 map_join/3 sum_by/2 product_by/2 group_by/2 uniq_by/2 dedup_by/2 sort_by/2 into/3 min_by/2 "
    "max_by/2 frequencies_by/2",
    SPREAD: "flat_map/2",
    KEEP: "filter/2 count/2",
    DROP: "reject/2",
    PART: "split_with/2",
    EFFECT: "each/2",
    FOLD: "reduce/2 reduce/3",
    SCAN: "scan/2 scan/3",
    FIND: "find/2 find/3 find_value/2 find_value/3 any?/2",
    REFUTE: "all?/2",
}
_OF_MODULES: Final = {
    "Enum": _ENUM,
    "Map": {PAIRS: "new/2"},
    "MapSet": {COLLECT: "new/2"},
    "Stream": {FLOW: "map/2", FLOW_KEPT: "filter/2", FLOW_OTHERS: "reject/2"},
}


def _kinds() -> dict[tuple[Any, str, int], str]:
    found: dict[tuple[Any, str, int], str] = {}
    for module, kinds in _OF_MODULES.items():
        for kind, names in kinds.items():
            for text in names.split():
                name, _, arity = text.partition("/")
                found[alias(module), name, int(arity)] = kind
    return found


LOOPS: Final = _kinds()
"""What kind of loop the last argument of a function becomes."""


def looped_call(frame: Frame, meta: Any, module: Any, name: str, forms: list[Any]) -> Result | None:
    """Return the call of a library function with a loop, or None when it takes none, or its last argument is no `fn`."""
    kind = LOOPS.get((module, name, len(forms)))
    if kind is None or type(forms[-1]) is not tuple or len(forms[-1]) != 3 or forms[-1][0] is not _FN:
        return None
    _, fn_meta, fn_clauses = forms[-1]
    clauses = [split_arrow(clause) for clause in split_tail(fn_clauses)[0]]
    if len(clauses[0].args) != (2 if kind in (FOLD, SCAN) else 1):
        return None
    b = frame.b
    position = b.at(meta)
    results = [fed(frame, forms[0]), *map(frame.value, forms[1:-1])]
    statements = frame.ordered(results)
    for result in results:
        statements += frame.spill(result)
    b.at(fn_meta)
    loop, made = _loop(frame, kind, clauses)
    b.back(position)
    entry = b.attribute(frame.constants.export(module, name, len(forms)), "loop")
    operands = [frame.expression(result) for result in results]
    return Result(b.call(entry, *operands, b.name(loop)), statements + made)


_FEEDING: Final = frozenset({("zip", 2), ("with_index", 1), ("with_index", 2)})
_DOT: Final = atom(".")


def fed(frame: Frame, form: Any) -> Result:
    """Emit what a loop goes through. A list that a function of Enum makes for it needs not be made whole."""
    if type(form) is tuple and len(form) == 3 and type(form[0]) is tuple and form[0][0] is _DOT:
        target = split_tail(form[0][2])[0]
        args = split_tail(form[2])[0]
        if len(target) == 2 and target[0] is _ENUM_MODULE and (_name(target[1]), len(args)) in _FEEDING:
            position = frame.b.at(form[1])
            statements, results = frame.values(args)
            frame.b.back(position)
            entry = frame.constants.export(target[0], target[1].name, len(args))
            return Result(frame.b.call("feed", entry, *map(frame.expression, results)), statements)
    return frame.value(form)


def _name(value: Any) -> str:
    return value.name if type(value) is Atom else ""


def _loop(frame: Frame, kind: str, clauses: list[Clause]) -> tuple[str, list[ast.stmt]]:
    """Emit the loop of a function's clauses; returns its local name and the statements that make it."""
    b = frame.b
    position = b.line, b.column
    label = f"-{frame.label}-fun-{next(frame.closures)}-"
    frame.encloses = True
    child = Frame(frame.unit, frame.label, frame)
    child.repeats = True
    child.checked = []
    still = STILL if kind == PAIRS and all(only_operators(clause.body) for clause in clauses) else ""
    items, item, found = f"{child.temporary()}{kind}{still}", child.temporary(), child.temporary()
    answer = child.temporary() + ANSWER
    subjects, parameters = [item], [items]
    if kind in (FOLD, SCAN):
        subjects.append(answer)
        parameters.append(answer)
        child.parameters = [answer]
    use = _Use(child, kind, item, found, answer)
    body = emit_clauses(child, subjects, clauses, Next(use), lambda: no_clause(child, position, label, subjects))
    b.back(position)
    if kind == COLLECT and use.known in (INT, STRING):
        items = parameters[0] = items + PLAIN
    whole = child.remembering([b.for_(item, b.name(items), body)])
    if kind in (COLLECT, SPREAD, KEEP, DROP, SCAN):
        whole = [b.assign(found, b.pylist([])), *whole, b.return_(b.name(found))]
    elif kind == PAIRS:
        whole = [b.assign(found, b.pydict([], [])), *whole, b.return_(b.name(found))]
    elif kind == PART:
        both = [b.assign(name, b.pylist([])) for name in (found, use.others)]
        whole = [*both, *whole, b.return_(b.pytuple([b.name(found), b.name(use.others)]))]
    elif kind == FOLD:
        whole.append(b.return_(b.name(answer)))
    if kind in _IN_C and _adds_up(clauses):
        sums = b.call(_IN_C[kind], b.name(items), b.name(answer))
        whole = [b.assign(found, sums), b.if_(b.compare(b.name(found), "is not", b.const(None)), [b.return_(b.name(found))]), *whole]
    return define(frame, label, len(subjects), parameters, whole)


_IN_C: Final = {FOLD: "summed", SCAN: "running_sums"}
"""What does the work of a loop that only adds up, where all it meets are integers."""
_PLUS: Final = atom("+")
_ERLANG: Final = atom("erlang")


def _adds_up(clauses: list[Clause]) -> bool:
    """Tell whether a function of two variables returns their sum, and does nothing else."""
    if len(clauses) != 1 or clauses[0].guards or not all(map(is_variable, clauses[0].args)):
        return False
    body = clauses[0].body
    if type(body) is not tuple or len(body) != 3 or type(body[0]) is not tuple or body[0][0] is not _DOT:
        return False
    operands = split_tail(body[2])[0]
    if split_tail(body[0][2])[0] != [_ERLANG, _PLUS] or len(operands) != 2 or not all(map(is_variable, operands)):
        return False
    first, second = map(version_of, clauses[0].args)
    return first != second and {first, second} == set(map(version_of, operands))


_TUPLE: Final = atom("{}")
_OPERATORS: Final = frozenset(map(atom, "+ - * / div rem abs == != =:= =/= < > <= =< >= not band bor bxor bsl bsr".split()))


def only_operators(form: Any) -> bool:
    """Tell whether a form is made of variables, literals, tuples, lists and operators of Erlang's, so that it has no effect but to fail."""
    if type(form) is Cons:
        items, tail = split_tail(form)
        return tail is EMPTY and all(map(only_operators, items))
    if type(form) is not tuple:
        return type(form) is not Opaque
    if len(form) == 2:
        return only_operators(form[0]) and only_operators(form[1])
    if is_variable(form):
        return True
    head, _, args = form
    if type(head) is tuple and len(head) == 3 and head[0] is _DOT:
        target = split_tail(head[2])[0]
        if target[0] is not _ERLANG or target[1] not in _OPERATORS:
            return False
    elif head is not _TUPLE:
        return False
    return all(map(only_operators, split_tail(args)[0]))


class _Use:
    """What a loop does with the result for an element, before it goes on to the next."""

    __slots__ = ("answer", "found", "frame", "item", "kind", "known", "others")

    def __init__(self, frame: Frame, kind: str, item: str, found: str, answer: str) -> None:
        self.frame = frame
        self.kind = kind
        self.item = item
        self.found = found
        self.answer = answer
        self.others = frame.temporary()
        self.known = 0

    def __call__(self, result: Result) -> list[ast.stmt]:
        """Return the statements. What a call returns is held under a name that tells stack traces of a tail call."""
        frame, b = self.frame, self.frame.b
        self.known |= result.known
        if result.items is not None and self.kind == SPREAD:
            return [self._append(self.found, frame.expression(item)) for item in result.items]
        if result.items is not None and self.kind == PAIRS and len(result.items) == 2 and result.known == TUPLE:
            return self._pair(*result.items)
        statements: list[ast.stmt] = []
        if self.kind in (FOLD, SCAN) or type(result.expression) is ast.Call:
            value = frame.expression(result)
            if type(value) is not ast.Name or value.id != self.answer:
                statements.append(b.assign(self.answer, value))
            result = Result(b.name(self.answer), None, result.known)
        if self.kind in (COLLECT, SCAN):
            statements.append(self._append(self.found, frame.expression(result)))
        elif self.kind == SPREAD:
            extend = b.attribute(b.name(self.found), "extend")
            statements.append(b.evaluate(b.call(extend, b.call("elements", frame.expression(result)))))
        elif self.kind == PAIRS:
            statements.append(b.evaluate(b.call("put_pair", b.name(self.found), frame.expression(result))))
        elif self.kind == FLOW:
            statements.append(b.yield_(frame.expression(result)))
        elif self.kind == EFFECT:
            if not frame.simple(result):
                statements.append(b.evaluate(frame.expression(result)))
        elif self.kind != FOLD:
            statements += self._asked(result)
        return statements

    def _append(self, to: str, value: ast.expr) -> ast.stmt:
        b = self.frame.b
        return b.evaluate(b.call(b.attribute(b.name(to), "append"), value))

    def _pair(self, key: Result, value: Result) -> list[ast.stmt]:
        """Put a pair that is written out into the dict: the key is worked out before the value, in Python's assignment after it."""
        frame, b = self.frame, self.frame.b
        statements = frame.spill(key)
        return [*statements, b.put(self.found, stored_key(frame, key), frame.expression(value))]

    def _asked(self, result: Result) -> list[ast.stmt]:
        """Do what depends on whether the result is truthy."""
        frame, b = self.frame, self.frame.b
        if self.kind in (FIND, REFUTE):
            statements = frame.spill(result)
        else:
            statements = []
        before, test = truth(frame, result)
        statements += before
        if self.kind == PART:
            yes, no = (self._append(to, b.name(self.item)) for to in (self.found, self.others))
            return [*statements, b.if_(test, [yes], [no])]
        if self.kind in (DROP, REFUTE, FLOW_OTHERS):
            test = b.not_(test)
        if self.kind in (FIND, REFUTE):
            then = b.return_(b.pylist([b.name(self.item), frame.again(result)]))
        elif self.kind in (FLOW_KEPT, FLOW_OTHERS):
            then = b.yield_(b.name(self.item))
        else:
            then = self._append(self.found, b.name(self.item))
        return [*statements, b.if_(test, [then])]

"""Break points in compiled functions: a place to stop before each expression of a body.

A definition of expanded forms is given calls of `IEx.Pry`: `__break__` before the first expression of a clause's
body, `__next__` before each other one, with the variables that are bound there. What either returns tells the next
whether to stop too: so `n` goes on expression by expression, and only in this call of the function.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from pyex.compiler.forms import Clause, Definition
from pyex.compiler.kernel.build import meta_get
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_iterable, split_tail, to_pylist

PRY: Final = alias("IEx.Pry")

_FIRST_VERSION: Final = 1_000_000
"""Versions of the variables added here: above all that a function of the user's has."""
_MATCH: Final = atom("=")
_PIN: Final = atom("^")
_BLOCK: Final = atom("__block__")
_OWN_SCOPE: Final = frozenset(map(atom, "fn case cond receive try for with & quote".split()))
"""Forms whose inner matches bind nothing outside of them."""

Variables = dict[str, Any]


def with_stops(definition: Definition, number: int) -> Definition:
    """Return the definition with a stop before each expression of its clauses' bodies, for break point `number`."""
    return dataclasses.replace(definition, clauses=[_clause(clause, number) for clause in definition.clauses])


def _clause(clause: Clause, number: int) -> Clause:
    given = [_variable("argument", position) for position in range(len(clause.args))]
    # The caller of a macro is its first parameter, and no pattern of the user's.
    args = [(_MATCH, EMPTY, elixir_list(*pair)) for pair in zip(clause.args, given, strict=True)]
    known: Variables = {}
    for pattern in clause.args:
        _bind(pattern, known)
    expressions = _expressions(clause.body)
    body = []
    for index, expression in enumerate(expressions):
        line = _line(expression) or clause.line
        state = _variable("next", len(given) + index)
        if index == 0:
            stop = _call("__break__", number, from_iterable(given), _binding(known), line)
        else:
            stop = _call("__next__", number, _variable("next", len(given) + index - 1), _binding(known), line)
        last = index == len(expressions) - 1
        body += [stop if last else (_MATCH, EMPTY, elixir_list(state, stop)), expression]
        _matches(expression, known)
    return dataclasses.replace(clause, args=args, body=(_BLOCK, EMPTY, from_iterable(body)))


def _variable(name: str, offset: int) -> Any:
    version = _FIRST_VERSION + offset
    return (atom(name), elixir_list((atom.version, version), (atom.generated, True)), PRY)


def _call(name: str, *args: Any) -> Any:
    meta = elixir_list((atom.generated, True))
    return ((atom("."), meta, elixir_list(PRY, atom(name))), meta, elixir_list(*args))


def _binding(known: Variables) -> Any:
    return from_iterable([(atom(name), variable) for name, variable in sorted(known.items())])


def _expressions(body: Any) -> list[Any]:
    if type(body) is tuple and len(body) == 3 and body[0] is _BLOCK and type(body[2]) is Cons:
        return to_pylist(body[2])
    return [body]


def _line(form: Any) -> int:
    """Return the first line that a form tells, 0 when it tells none."""
    if type(form) is not tuple or len(form) != 3:
        return 0
    line = meta_get(form[1], "line")
    if type(line) is int and line:
        return line
    return _line(form[0])


def _is_variable(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and type(form[0]) is Atom and meta_get(form[1], "version") is not None


def _bind(pattern: Any, known: Variables) -> None:
    """Add the variables of a pattern; one of a macro's own is no name that a user could ask for."""
    if type(pattern) is Cons:
        items, tail = split_tail(pattern)
        for item in (*items, tail):
            _bind(item, known)
    elif _is_variable(pattern):
        if pattern[2] is None and meta_get(pattern[1], "counter") is None:
            known[pattern[0].name] = (pattern[0], elixir_list((atom.version, meta_get(pattern[1], "version"))), None)
    elif type(pattern) is tuple and not (len(pattern) == 3 and pattern[0] is _PIN):
        for part in pattern:
            _bind(part, known)


def _matches(form: Any, known: Variables) -> None:
    """Add the variables that an expression binds for those after it."""
    if type(form) is Cons:
        items, tail = split_tail(form)
        for item in (*items, tail):
            _matches(item, known)
    elif type(form) is tuple:
        if len(form) == 3 and form[0] in _OWN_SCOPE:
            _matches(_subject(form), known)
            return
        if len(form) == 3 and form[0] is _MATCH and type(form[2]) is Cons:
            pattern, value = to_pylist(form[2])
            _matches(value, known)
            _bind(pattern, known)
            return
        for part in form:
            _matches(part, known)


def _subject(form: Any) -> Any:
    """Return what a `case` chooses by: what is matched there is bound afterwards too."""
    return form[2].head if form[0] is atom.case and type(form[2]) is Cons else EMPTY

"""What makes a match specification none: forms that stand for nothing, functions that it may not call, variables that no head binds.

The texts are those of the BEAM, which `:ets.test_ms/2` and `:erlang.match_spec_test/3` return.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons, List, is_proper, split_tail, to_pylist
from pyex.terms.maps import Map

Dialect = Literal["table", "trace"]
_ALWAYS: Final = frozenset({"_", "$_", "$$"})
_FUNCTIONS: Final = {
    name: frozenset(arities)
    for arities, names in (
        ((0, 1), "node"),
        ((1,), "bnot not is_atom is_float is_integer is_list is_number is_pid is_port is_reference is_tuple is_map"),
        ((1,), "is_binary is_bitstring is_boolean abs hd length round size map_size bit_size byte_size tl trunc float"),
        ((1,), "tuple_size ceil floor"),
        ((1, 2), "+ - is_function"),
        ((2,), "* / div rem band bor bxor bsl bsr > >= < =< =:= == =/= /= xor is_map_key element map_get max min"),
        ((2, 3), "binary_part"),
        ((3,), "is_record"),
    )
    for name in names.split()
}
_OF_TRACING: Final = {
    name: name
    for name in (
        "is_seq_trace message display exception_trace return_trace process_dump trace caller caller_line "
        "current_stacktrace enable_trace disable_trace get_seq_token silent"
    ).split()
} | {"set_seq_token": "set_seq_trace"}
"""What only a tracer is asked to do, and what the BEAM calls it."""
_CONTROL_WORD: Final = {"get_tcw": 0, "set_tcw": 1}
_IN_ORDER: Final = frozenset({"andalso", "andthen", "orelse"})


def faults(spec: Any, dialect: Dialect = "table") -> list[str]:
    """Return what is wrong with a match specification: all that is wrong with the first clause that is."""
    if not isinstance(spec, List) or spec is EMPTY:
        return ["Match programs are not in a list."]
    if not is_proper(spec):
        return ["Match programs are not in a proper list."]
    clauses = to_pylist(spec)
    if any(type(clause) is not tuple or len(clause) != 3 for clause in clauses):
        return ["Match program part is not a tuple of arity 3."]
    return next((found for clause in clauses if (found := _Clause(dialect).faults(*clause))), [])


class _Clause:
    """One clause while it is read: what its head has bound."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.bound: set[int] = set()
        self.in_guard = True

    def faults(self, head: Any, guards: Any, body: Any) -> list[str]:
        """Return what is wrong with the clause."""
        if self.dialect == "trace" and not (isinstance(head, List) or variable(head) is not None or head is _ANY):
            return ["Match head is invalid in this context."]
        if not isinstance(guards, List):
            return ["Match expression is not a list."]
        if not isinstance(body, List) or (body is EMPTY and self.dialect == "table"):
            return ["Body clause does not return anything."]
        if not is_proper(guards) or not is_proper(body):
            return ["Match expression is not a proper list."]
        found = list(self._in_head(head))
        for form in to_pylist(guards):
            found += self._in_form(form)
        self.in_guard = False
        for form in to_pylist(body):
            found += self._in_form(form)
        return found

    def _in_head(self, pattern: Any) -> Iterator[str]:
        number = variable(pattern)
        if number is not None:
            self.bound.add(number)
        elif type(pattern) is tuple:
            for part in pattern:
                yield from self._in_head(part)
        elif type(pattern) is Cons:
            items, tail = split_tail(pattern)
            for part in [*items, tail]:
                yield from self._in_head(part)
        elif type(pattern) is Map:
            if any(variable(key) is not None or key is _ANY for key, _ in pattern.items()):
                yield "Variable found in map key."
            for part in pattern.values():
                yield from self._in_head(part)

    def _in_form(self, form: Any) -> Iterator[str]:
        number = variable(form)
        if number is not None:
            if number not in self.bound:
                yield f"Variable {form.name} is unbound."
        elif type(form) is Cons:
            items, tail = split_tail(form)
            yield from self._in_all([*items, tail])
        elif type(form) is Map:
            yield from self._in_all([part for pair in reversed(form.pairs()) for part in pair])
        elif type(form) is tuple:
            yield from self._in_tuple(form)

    def _in_all(self, forms: list[Any]) -> Iterator[str]:
        for form in forms:
            yield from self._in_form(form)

    def _in_tuple(self, form: tuple[Any, ...]) -> Iterator[str]:
        name = form[0].name if form and type(form[0]) is Atom else None
        if len(form) == 1 and type(form[0]) is tuple:
            yield from self._in_all(list(reversed(form[0])))
        elif name is None:
            yield f"{_text(form)} is neither a function call, nor a tuple (tuples are written {{{{ ... }}}})."
        elif (fault := self._of_call(name, form)) is not None:
            yield fault
        elif name != "const":
            yield from self._in_all(list(form[1:] if name in _IN_ORDER else reversed(form[1:])))

    def _of_call(self, name: str, form: tuple[Any, ...]) -> str | None:
        """Return what is wrong with a call itself."""
        arity = len(form) - 1
        if name in _IN_ORDER or name in ("and", "or"):
            special = "andalso" if name == "andthen" else name
            return None if arity else f"Special form '{special}' called without arguments in {_text(form)}."
        if name == "const":
            return None if arity == 1 else f"Special form 'const' called with more than one argument in {_text(form)}."
        if name == "self":
            return f"Special form 'self' called with arguments in {_text(form)}." if arity else None
        if name in _OF_TRACING:
            if self.dialect == "table":
                return f"Special form '{_OF_TRACING[name]}' used in wrong dialect."
            wrong = self.in_guard and name not in ("is_seq_trace", "get_seq_token")
            return f"Special form '{_OF_TRACING[name]}' called in guard context." if wrong else None
        if _CONTROL_WORD.get(name) == arity:
            return None if self.dialect == "trace" else f"Function {name}/{arity} cannot be called in this context."
        return None if arity in _FUNCTIONS.get(name, ()) else f"Function {_text(form[0])}/{arity} does_not_exist."


_ANY: Final = atom("_")


def variable(term: Any) -> int | None:
    """Return the number of a variable `:"$1"`."""
    if type(term) is Atom and term.name[:1] == "$" and term.name[1:].isdecimal():
        return int(term.name[1:])
    return None


def _text(term: Any) -> str:
    """Return a form as the BEAM writes it, where only a name that does not begin like one stands in quotes."""
    from pyex.stdlib.erlang.io_lib.write import Style, write

    if type(term) is tuple:
        return "{" + ",".join([_text(part) for part in term]) + "}"
    return term.name if type(term) is Atom and term.name.isidentifier() else write(term, Style())

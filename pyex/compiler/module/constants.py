"""Calls of `:erlang`'s functions with constants that fail: what Erlang's compiler finds when it folds constants."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.kernel.build import is_call, is_var, meta_get
from pyex.compiler.module.builder import ModuleBuilder
from pyex.compiler.types.patterns import literal, tuple_items
from pyex.compiler.types.signatures import INLINED
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, from_iterable, split_tail, to_pylist
from pyex.terms.maps import EMPTY_MAP

_OPERATORS: Final = frozenset(
    "+ - * / div rem ++ -- not and or xor band bor bxor bnot bsl bsr < > =< >= == /= =:= =/=".split()
)
_PURE: Final = frozenset(
    """abs atom_to_binary binary_part binary_to_atom binary_to_float binary_to_integer bit_size byte_size ceil element
    float floor hd integer_to_binary is_map_key length list_to_tuple map_get round setelement size tl trunc tuple_size
    tuple_to_list is_atom is_binary is_boolean is_float is_integer is_list is_map is_number is_pid is_reference
    is_tuple""".split()
)
_SCOPES: Final = frozenset("fn case cond receive try for with quote &".split())
_ERLANG: Final = atom("erlang")


class _Unknown:
    """A value that is only known when the program runs."""


UNKNOWN: Final = _Unknown()


def check(builder: ModuleBuilder) -> list[tuple[Any, Diagnostic]]:
    """Return warnings of calls with constants that fail, each with the environment that it belongs to."""
    found: list[Diagnostic] = []
    for stored in builder.functions():
        if stored.check:
            for clause in stored.definition.clauses:
                _Folding(builder.file, found).value(clause.body)
    return [(builder.env, one) for one in found]


class _Folding:
    """Follows the constants through one body: what is assigned to a variable, and what calls of them give."""

    def __init__(self, file: str, found: list[Diagnostic]) -> None:
        self.file = file
        self.found = found
        self.known: dict[int, Any] = {}

    def value(self, form: Any) -> Any:
        """Return the constant that an expression stands for, or UNKNOWN."""
        if literal(form) is not None:
            return form
        if type(form) is Cons:
            items, tail = split_tail(form)
            given = [self.value(item) for item in items]
            return UNKNOWN if UNKNOWN in given else from_iterable(given, tail)
        items = tuple_items(form)  # type: ignore[assignment]
        if items is not None:
            given = [self.value(item) for item in items]
            return UNKNOWN if any(one is UNKNOWN for one in given) else tuple(given)
        if type(form) is not tuple:
            return UNKNOWN
        if is_var(form):
            return self.known.get(meta_get(form[1], "version"), UNKNOWN)
        if type(form[0]) is tuple:
            return self._call(form)
        name = form[0].name
        if name == "__block__":
            return [self.value(item) for item in form[2]][-1] if type(form[2]) is Cons else None
        if name == "=":
            return self._match(*to_pylist(form[2]))
        if name == "%{}" and type(form[2]) is not Cons:
            return EMPTY_MAP
        if type(form[2]) is Cons:
            self._inside(form[2])
        return UNKNOWN

    def _inside(self, form: Any) -> None:
        """Look at the expressions inside a form; patterns hold none that a constant could make fail."""
        if type(form) is Cons:
            for item in split_tail(form)[0]:
                self._inside(item)
        elif type(form) is tuple and len(form) == 2:
            self._inside(form[1])
        elif is_call(form) and type(form[0]) is Atom and form[0].name == "->":
            self.value(to_pylist(form[2])[1])
        elif is_call(form) and type(form[0]) is Atom and form[0].name == "::":
            self.value(form[2].head)
        elif type(form) is tuple:
            self.value(form)

    def _match(self, pattern: Any, value: Any) -> Any:
        given = self.value(value)
        self._bind(pattern, given)
        return given

    def _bind(self, pattern: Any, given: Any) -> None:
        if given is UNKNOWN:
            return
        if is_var(pattern):
            version = meta_get(pattern[1], "version")
            if type(version) is int:
                self.known[version] = given
            return
        items = tuple_items(pattern)
        if items is not None and type(given) is tuple and len(given) == len(items):
            for item, value in zip(items, given, strict=True):
                self._bind(item, value)

    def _call(self, form: Any) -> Any:
        head, meta, args = form
        given = [self.value(arg) for arg in args]
        target = to_pylist(head[2]) if head[0].name == "." else []
        if not target or type(target[0]) is not Atom:
            for part in target[:1]:
                self.value(part)
            return UNKNOWN
        module, function = target[0], target[1].name
        name = (
            function
            if module is _ERLANG
            else INLINED.get((module.name.removeprefix("Elixir."), function, len(given)), "")
        )
        if any(one is UNKNOWN for one in given) or not (name in _OPERATORS or name in _PURE):
            return UNKNOWN
        return self._folded(meta, name, given, module, function)

    def _folded(self, meta: Any, name: str, given: list[Any], module: Any, function: str) -> Any:
        try:
            return export(module, function, len(given)).fn(*given)
        except ElixirError as failed:
            reason = failed.reason
        kind = inspect(reason).removeprefix(":") if type(reason) is Atom else "badarg"
        arity = len(given)
        text = (
            f"evaluation of operator '{name}'/{arity} will fail with a '{kind}' exception"
            if name in _OPERATORS
            else f"the call to {name}/{arity} will fail with a '{kind}' exception"
        )
        line, column = meta_get(meta, "line"), meta_get(meta, "column")
        if line:
            self.found.append(Diagnostic("warning", text, self.file, line, column))
        return UNKNOWN

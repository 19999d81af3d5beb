"""Calls of `:erlang`'s functions with constants that fail: what Erlang's compiler finds when it folds constants."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.kernel.build import is_call, is_var, meta_get
from pyex.compiler.module.builder import ModuleBuilder
from pyex.compiler.types.patterns import list_parts, literal, tuple_items
from pyex.compiler.types.signatures import INLINED
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, from_iterable, split_tail, to_pylist
from pyex.terms.maps import Map

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
_OF_MAPS: Final = {
    ("Elixir.Map", "fetch!"): ("map_get", 0),
    ("Elixir.Map", "has_key?"): ("is_map_key", 0),
    ("Elixir.Map", "put"): ("put", 0),
    ("maps", "get"): ("map_get", 1),
    ("maps", "is_key"): ("is_map_key", 1),
}
"""What the compiler makes of functions of maps, and which of their arguments is the map."""
_UPDATE: Final = "map update will fail with a 'badmap' exception"
_NO_MODULE: Final = "invalid module and/or function name; this call will always fail"


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
            items, tail = list_parts(form)
            given = [self.value(item) for item in [*items, tail]]
            return UNKNOWN if any(one is UNKNOWN for one in given) else from_iterable(given[:-1], given[-1])
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
        if name == "%{}":
            return self._map(to_pylist(form[2]))
        if name == "&":  # it names a function, and calls none
            return UNKNOWN
        if type(form[2]) is Cons:
            self._inside(form[2])
        return UNKNOWN

    def _map(self, pairs: list[Any]) -> Any:
        if any(type(pair) is not tuple or len(pair) != 2 for pair in pairs):
            self._inside(from_iterable(pairs))
            return UNKNOWN
        given = [(self.value(key), self.value(value)) for key, value in pairs]
        if any(one is UNKNOWN for pair in given for one in pair):
            return UNKNOWN
        return Map.from_pairs(given)

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
                self._called(meta, self.value(part), is_remote=len(target) == 2)
            return UNKNOWN
        module, function = target[0], target[1].name
        if any(one is UNKNOWN for one in given):
            return UNKNOWN
        of_map = _OF_MAPS.get((module.name, function))
        if of_map is not None:
            name, position = of_map
            subject = given.pop(position)
            if name == "put":
                return UNKNOWN if type(subject) is Map else self._say(meta, _UPDATE)
            return self._folded(meta, name, [*given, subject], _ERLANG, name) if len(given) == 1 else UNKNOWN
        name = (
            function
            if module is _ERLANG
            else INLINED.get((module.name.removeprefix("Elixir."), function, len(given)), "")
        )
        if not (name in _OPERATORS or name in _PURE):
            return UNKNOWN
        return self._folded(meta, name, given, module, function)

    def _folded(self, meta: Any, name: str, given: list[Any], module: Any, function: str) -> Any:
        try:
            return export(module, function, len(given)).fn(*given)
        except ElixirError as failed:
            reason = failed.reason
        kind = _erlang(reason)
        arity = len(given)
        text = (
            f"evaluation of operator '{name}'/{arity} will fail with a '{kind}' exception"
            if name in _OPERATORS
            else f"the call to {name}/{arity} will fail with a '{kind}' exception"
        )
        return self._say(meta, text)

    def _called(self, meta: Any, target: Any, *, is_remote: bool) -> None:
        """Tell of a call of a constant that is no module or no function; `x.name` without parentheses may read a map."""
        if target is UNKNOWN or meta_get(meta, "no_parens") is True or (is_remote and is_atom(target)):
            return
        self._say(meta, _NO_MODULE if is_remote else "invalid function call")

    def _say(self, meta: Any, text: str) -> _Unknown:
        line, column = meta_get(meta, "line"), meta_get(meta, "column")
        if line:
            self.found.append(Diagnostic("warning", text, self.file, line, column))
        return UNKNOWN


def _erlang(reason: Any) -> str:
    """Return an error's reason as Erlang's compiler shows it: `badarith`, `{badkey,b}`."""
    if type(reason) is Atom:
        return inspect(reason).removeprefix(":")
    if type(reason) is not tuple:
        return "badarg"
    shown = export(atom("io_lib"), "format", 2).fn(from_iterable(map(ord, "~w")), from_iterable([reason[:2]]))
    return "".join(map(chr, to_pylist(shown)))

""":ets: match specifications written as functions, at the prompt: `:ets.fun2ms(fn {name, age} when age > 17 -> name end)`."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import call
from pyex.compiler.forms import WrittenFunction
from pyex.stdlib.erlang.ets.base import module
from pyex.stdlib.erlang.io_lib.write import write_atom
from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.errors import Exit, function_clause
from pyex.terms.functions import arity_of
from pyex.terms.lists import EMPTY, List, elixir_list, from_iterable, from_pylist, split_tail, to_pylist
from pyex.terms.maps import Map

_ETS: Final = atom("ets")
_ERLANG: Final = atom("erlang")
_ANY: Final = atom("_")
_WHOLE: Final = atom("$_")
_STRUCT: Final = atom("__struct__")
_TESTS: Final = "map binary reference port pid number integer float tuple list atom function".split()
_KNOWN: Final = frozenset(
    [(f"is_{name}", 1) for name in _TESTS]
    + [(name, 1) for name in "map_size bit_size byte_size + - bnot not trunc tl size round node length hd float abs".split()]
    + [(name, 2) for name in "bsr bsl bxor band bor rem div / * - + /= =/= == =:= =< < >= > xor or and element".split()]
    + [(name, 2) for name in "andalso orelse max min is_map_key map_get binary_part is_record".split()]
    + [("binary_part", 3), ("self", 0), ("node", 0)]
)
_BODY: Final = "body"
_GUARD: Final = "guard"
_HEAD: Final = "head"


class _Untranslatable(Exception):
    """No match specification says what the function says."""


class _Clause:
    """Turns one clause of a function into a clause of a match specification."""

    def __init__(self) -> None:
        self.variables: dict[tuple[Any, Any], Any] = {}

    def translated(self, clause: Any) -> list[Any]:
        """Return a clause for each of the alternatives that `when` gives."""
        heads, body = to_pylist(clause[2])
        parts = to_pylist(heads)
        guards: list[Any] = []
        if len(parts) == 1 and _is_call(parts[0], "when"):
            *parts, guard = to_pylist(parts[0][2])
            guards = _alternatives(guard)
        if len(parts) != 1:
            raise _Untranslatable("ets:fun2ms requires fun with single variable or tuple parameter")
        head = self._head(parts[0])
        steps = to_pylist(body[2]) if _is_call(body, "__block__") else [body]
        made = from_pylist([self._expression(step, _BODY) for step in steps])
        tests = [elixir_list(self._expression(guard, _GUARD)) for guard in guards] or [EMPTY]
        return [(head, test, made) for test in tests]

    def _head(self, pattern: Any) -> Any:
        while _is_call(pattern, "="):
            left, right = to_pylist(pattern[2])
            named, pattern = (left, right) if _is_variable(left) else (right, left)
            if not _is_variable(named):
                raise _Untranslatable("in fun head, only matching (=) on toplevel can be translated into match_spec")
            self.variables[_key(named)] = _WHOLE
        if not _is_variable(pattern) and not (type(pattern) is tuple and (len(pattern) == 2 or pattern[0] is atom("{}"))):
            raise _Untranslatable("ets:fun2ms requires fun with single variable or tuple parameter")
        return self._pattern(pattern)

    def _pattern(self, form: Any) -> Any:
        if _is_variable(form):
            if form[0] is _ANY:
                return _ANY
            return self.variables.setdefault(_key(form), atom(f"${len(self._numbered()) + 1}"))
        if _is_call(form, "="):
            raise _Untranslatable("in fun head, only matching (=) on toplevel can be translated into match_spec")
        return self._data(form, self._pattern, _HEAD)

    def _numbered(self) -> list[Any]:
        return [value for value in self.variables.values() if value is not _WHOLE]

    def _data(self, form: Any, each: Any, where: str) -> Any:
        """Return a tuple, list, map or constant with its parts translated; tuples of bodies stand in one more."""
        if type(form) is tuple and (len(form) == 2 or form[0] is atom("{}")):
            made = tuple(each(item) for item in (form if len(form) == 2 else to_pylist(form[2])))
            return made if where is _HEAD else (made,)
        if isinstance(form, List):
            return self._list(form, each)
        if type(form) is not tuple:
            return form
        if form[0] is atom("%{}"):
            return Map.from_pairs([(each(key), each(value)) for key, value in to_pylist(form[2])])
        if form[0] is atom("%"):
            name, fields = to_pylist(form[2])
            pairs = [(each(key), each(value)) for key, value in to_pylist(fields[2])]
            return Map.from_pairs([(_STRUCT, name), *pairs])
        if form[0] is atom("<<>>") and where is _HEAD:
            raise _Untranslatable("fun head contains bit syntax matching, which cannot be translated into match_spec")
        what = "case" if form[0] is atom("case") else str(atom_name(form[0]) or "call")
        raise _Untranslatable(f"the language element {what} (in {where}) cannot be translated into match_spec")

    def _list(self, form: Any, each: Any) -> Any:
        items, tail = split_tail(form)
        if items and _is_call(items[-1], "|"):
            last, tail = to_pylist(items[-1][2])
            return from_iterable([*map(each, items[:-1]), each(last)], each(tail))
        return from_iterable([each(item) for item in items], tail)

    def _expression(self, form: Any, where: str) -> Any:
        if _is_variable(form):
            found = self.variables.get(_key(form))
            if found is None:
                raise function_clause(atom("ms_transform"), "normalise", ((atom("EXIT"), atom("badarg")),))
            return found
        if _is_call(form, "="):
            raise _Untranslatable(f"fun with {where} matching ('=' in {where}) is illegal as match_spec")
        if type(form) is tuple and len(form) == 3 and type(form[0]) is tuple:
            return self._call(form, where)
        return self._data(form, lambda part: self._expression(part, where), where)

    def _call(self, form: Any, where: str) -> Any:
        target, name = to_pylist(form[0][2]) if form[0][0] is atom(".") else (None, None)
        args = to_pylist(form[2])
        if target is _ERLANG and (atom_name(name), len(args)) in _KNOWN:
            return (name, *(self._expression(arg, where) for arg in args))
        shown = write_atom(atom_name(target) or "call")
        called = f"{shown}:{write_atom(atom_name(name) or '')}/{len(args)}"
        found = f"fun containing the remote function call '{called}' (called in {where})"
        raise _Untranslatable(f"{found} cannot be translated into match_spec")


def _alternatives(guard: Any) -> list[Any]:
    if not _is_call(guard, "when"):
        return [guard]
    left, right = to_pylist(guard[2])
    return [*_alternatives(left), *_alternatives(right)]


def _is_call(form: Any, name: str) -> bool:
    return type(form) is tuple and len(form) == 3 and form[0] is atom(name) and isinstance(form[2], List)


def _is_variable(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and type(form[0]) is Atom and not isinstance(form[2], List)


def _key(form: Any) -> tuple[Any, Any]:
    versions = [item[1] for item in to_pylist(form[1]) if item[0] is atom("version")]
    return form[0], versions[0] if versions else form[2]


_WORDS: Final = (
    "ets fun2ms function called with real fun should be transformed with parse_transform "
    "or called with a fun generated in the shell"
)


@module.function
def fun2ms(literal_fun: Any) -> Any:
    """Return the match specification that says what a function says, which is written in the call at the prompt.

    iex> :ets.fun2ms(fn {name, age} when age > 17 -> name end)
    [{{:"$1", :"$2"}, [{:>, :"$2", 17}], [:"$1"]}]
    """
    if type(literal_fun) is WrittenFunction:
        try:
            clauses = [made for clause in to_pylist(literal_fun.form[2]) for made in _Clause().translated(clause)]
            return from_pylist(clauses)
        except _Untranslatable as failure:
            call("IO", "puts", f"Error: {failure}")
            return atom("error"), atom("transform_error")
    if arity_of(literal_fun) is None:
        raise function_clause(_ETS, "fun2ms", (literal_fun,))
    ets, name, *words = (atom(word) for word in _WORDS.split())
    raise Exit((atom("badarg"), (ets, name, from_pylist(words))))


module.form_readers.add(("fun2ms", 1))

"""Reading the head of a definition: name, parameters, guards, default values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pyex.compiler.kernel.build import WHEN, args_of, is_call, is_named, meta_get
from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist

DEFAULT: Final = atom("\\\\")
_SUPER: Final = atom("super")


@dataclass(slots=True)
class Head:
    """`name(parameters) when guard`, taken apart; `defaults` are (index, form) of parameters with a default."""

    name: str
    meta: Any
    parameters: list[Any]
    guard: Any
    defaults: list[tuple[int, Any]]

    @property
    def arity(self) -> int:
        return len(self.parameters)


def read_head(form: Any) -> Head | None:
    """Return the parts of a definition's head, or None when it is no head."""
    guard = None
    if is_named(form, WHEN, 2):
        form, guard = to_pylist(form[2])
    if not is_call(form) or atom_name(form[0]) is None:
        return None
    if type(form[0]) is Atom and form[0].name in ("{}", "%{}", "%", "<<>>", "__aliases__", "__block__", "->", "."):
        return None
    parameters: list[Any] = []
    defaults: list[tuple[int, Any]] = []
    for index, parameter in enumerate(args_of(form)):
        if is_named(parameter, DEFAULT, 2):
            parameter, value = to_pylist(parameter[2])
            defaults.append((index, value))
        parameters.append(parameter)
    name = atom_name(form[0])
    assert name is not None
    return Head(name, form[1], parameters, guard, defaults)


def split_guards(guard: Any) -> list[Any]:
    """Return the alternatives of `a when b`; none for no guard."""
    if guard is None:
        return []
    found = []
    while is_named(guard, WHEN, 2):
        first, guard = to_pylist(guard[2])
        found.append(first)
    return [*found, guard]


def default_clauses(kind: str, head: Head) -> list[tuple[list[Any], Any]]:
    """Return parameters and body of each clause of lower arity that the default values stand for, longest last.

    A macro's clause calls the macro's own function, with the same caller.
    """
    found = []
    count = len(head.defaults)
    for given in range(count):
        parameters: list[Any] = []
        passed: list[Any] = []
        defaults = dict(head.defaults[given:])
        for index in range(head.arity):
            if index in defaults:
                passed.append(defaults[index])
            else:
                variable = (atom(f"x{index}"), EMPTY, atom("elixir_def"))
                parameters.append(variable)
                passed.append(variable)
        name, meta = atom(head.name), head.meta
        if kind in ("defmacro", "defmacrop"):
            name = atom("MACRO-" + head.name)
            passed.insert(0, (atom("__CALLER__"), EMPTY, None))
        body = (_SUPER, from_iterable([(_SUPER, name), *to_pylist(meta)]), from_iterable(passed))
        found.append((parameters, body))
    return found


def bare(head: Head) -> Any:
    """Return the head as a quoted form without default values and guards."""
    return (atom(head.name), head.meta, from_iterable(head.parameters))


def signature_of(name: str, parameters: list[Any], defaults: list[tuple[int, Any]]) -> list[Any]:
    """Return the parameters as the documentation shows them: names for patterns, default values kept."""
    values = dict(defaults)
    names: list[str] = []
    for index, parameter in enumerate(parameters):
        names.append(_parameter_name(parameter, index))
    for one in list(names):
        if names.count(one) > 1:
            positions = [place for place, other in enumerate(names) if other == one]
            for number, place in enumerate(positions, 1):
                names[place] = f"{one}{number}"
    shown: list[Any] = []
    for index, one in enumerate(names):
        variable = (atom(one), EMPTY, None)
        shown.append((DEFAULT, EMPTY, elixir_list(variable, values[index])) if index in values else variable)
    return shown


def _parameter_name(parameter: Any, index: int) -> str:
    """Return the name that a parameter goes by in a signature."""
    if is_call(parameter):
        name = atom_name(parameter[0])
        if not isinstance(parameter[2], type(EMPTY)) and (type(parameter[2]) is Atom or parameter[2] is None):
            text = (name or "arg").lstrip("_")
            return text or "arg"
        if name == "=":
            for side in to_pylist(parameter[2])[::-1]:
                found = _parameter_name(side, index)
                if is_call(side) and (type(side[2]) is Atom or side[2] is None):
                    return found
            return _parameter_name(to_pylist(parameter[2])[0], index)
        if name == "%{}":
            return "map"
        if name == "%":
            struct_name = to_pylist(parameter[2])[0]
            if is_call(struct_name) and atom_name(struct_name[0]) == "__aliases__":
                last = to_pylist(struct_name[2])[-1]
                return _underscore(atom_name(last) or "struct")
            return "struct"
        if name == "<<>>" or name == "<>":
            return "binary"
        if name == "{}":
            return "tuple"
        if name == "__aliases__":
            return "module"
    if type(parameter) is tuple:
        return "tuple"
    return _literal_name(parameter)


def _literal_name(parameter: Any) -> str:
    if type(parameter) is bool:
        return "bool"
    if type(parameter) is int:
        return "int"
    if type(parameter) is float:
        return "float"
    if type(parameter) in (str, bytes):
        return "binary"
    if atom_name(parameter) is not None:
        return "atom"
    return "list"


def _underscore(name: str) -> str:
    from re import sub

    return sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def line_in(meta: Any, default: int) -> int:
    """Return the line of some metadata."""
    found = meta_get(meta, "line")
    return found if type(found) is int else default


def column_in(meta: Any) -> int:
    """Return the column of some metadata, 0 when it has none."""
    found = meta_get(meta, "column")
    return found if type(found) is int else 0

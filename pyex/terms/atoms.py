"""Atoms: interned names, compared by identity.

`nil`, `true` and `false` are atoms in Elixir and `None`, `True`, `False` in Python, so
`atom("nil")` is `None`; an `Atom` object never carries one of these three names.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

_TABLE: dict[str, Atom] = {}
_CONSTANTS: Final[dict[str, bool | None]] = {"nil": None, "true": True, "false": False}


class Atom:
    """An Elixir atom other than `nil`, `true` and `false`; made by `atom(name)` only.

    Two atoms of the same name are the same object, so `is` and `==` agree.
    """

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str) -> Atom:
        found = _TABLE.get(name)
        if found is None:
            if name in _CONSTANTS:
                raise ValueError(f"{name} is {_CONSTANTS[name]!r} in Python: use atom({name!r})")
            found = object.__new__(cls)
            object.__setattr__(found, "name", name)
            found = _TABLE.setdefault(name, found)
        return found

    def __setattr__(self, key: str, value: object) -> NoReturn:
        raise AttributeError("atoms are immutable")

    def __repr__(self) -> str:
        if self.name.startswith("Elixir."):
            return self.name[7:]
        return ":" + self.name if self.name.isidentifier() else f':"{self.name}"'

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Atom, (self.name,)

    def __copy__(self) -> Atom:
        return self

    def __deepcopy__(self, memo: object) -> Atom:
        return self


class AtomNamespace:
    """`atom.next_number` is the atom `:next_number`; `atom("next number")` names any other.

    The attribute form is what a Python `match` statement needs for a value pattern.
    """

    def __call__(self, name: str) -> Any:
        """Return the atom of that name; `nil`, `true`, `false` give `None`, `True`, `False`."""
        found = _TABLE.get(name)
        if found is not None:
            return found
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        return Atom(name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        value = self(name)
        self.__dict__[name] = value
        return value


atom: Final = AtomNamespace()


def exists(name: str) -> bool:
    """Tell whether there is an atom of that name already: `String.to_existing_atom` makes no new one.

    What a fresh iex knows is there, whether or not pyex has loaded the module that brings it.
    """
    if name in _TABLE or name in _CONSTANTS:
        return True
    from pyex.terms.atom_order import is_recorded  # the table is read when it is wanted

    return is_recorded(name)


def names() -> list[str]:
    """Return the names of all atoms there are, but for `nil`, `true` and `false`."""
    return list(_TABLE)


def alias(name: str) -> Atom:
    """Return the atom of a module name as Elixir source writes it: `alias("Sequence.Server")`."""
    return Atom("Elixir." + name)


def atom_name(value: Any) -> str | None:
    """Return the name of an atom of either representation, or None when it is no atom."""
    if type(value) is Atom:
        return value.name
    if value is None:
        return "nil"
    if value is True:
        return "true"
    return "false" if value is False else None


def is_atom(value: Any) -> bool:
    """Tell whether a term is an atom (`nil` and the booleans included)."""
    return type(value) is Atom or value is None or value is True or value is False

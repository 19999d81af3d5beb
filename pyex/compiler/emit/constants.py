"""The constants of a compilation unit: atoms, export entries and literal terms as globals of its namespace.

A module's code is stored, so it can hold Python's own constants only: one call before its functions, `pool`, makes
the atoms and entries from texts, and statements build the other terms of them. In evaluated code the terms themselves are
put into the namespace.
"""

from __future__ import annotations

import ast
from typing import Any

from pyex.compiler.emit.builder import Builder
from pyex.terms.atoms import Atom, atom_name
from pyex.terms.binaries import Bits
from pyex.terms.errors import PyexBug
from pyex.terms.functions import Export, export
from pyex.terms.lists import Cons, EmptyList, split_tail
from pyex.terms.maps import Key, Map, encode_key

_PLAIN = frozenset({int, float, str, bytes, bool, type(None)})


class Constants:
    """The pool of one unit; `values` holds what evaluated code gets, `prologue()` is what a module runs first."""

    __slots__ = ("_atoms", "_builder", "_exports", "_statements", "_terms", "evaluated", "values")

    def __init__(self, builder: Builder, evaluated: bool) -> None:
        self._builder = builder
        self._atoms: dict[Atom, str] = {}
        self._exports: dict[tuple[Any, str, int], str] = {}
        self._terms: dict[Any, str] = {}
        self.evaluated = evaluated
        self.values: dict[str, Any] = {}
        self._statements: list[ast.stmt] = []

    def prologue(self) -> list[ast.stmt]:
        """Return what a module runs first: it gives the constants their names."""
        b = self._builder
        if not self._atoms and not self._exports:
            return self._statements
        atoms = tuple(value.name for value in self._atoms)
        entries = tuple((atom_name(module), name, arity) for module, name, arity in self._exports)
        named = b.call("pool", b.call("globals"), b.const(atoms), b.const(entries))
        return [b.evaluate(named), *self._statements]

    def atom(self, value: Atom) -> ast.expr:
        """Return an expression for an atom that is not nil, true or false."""
        name = self._atoms.get(value)
        if name is None:
            name = self._atoms[value] = f"a{len(self._atoms) + 1}"
            if self.evaluated:
                self.values[name] = value
        return self._builder.name(name)

    def export(self, module: Any, name: str, arity: int) -> ast.expr:
        """Return an expression for the export entry of `module.name/arity`."""
        key = (module, name, arity)
        known = self._exports.get(key)
        if known is None:
            known = self._exports[key] = f"e{len(self._exports) + 1}"
            if self.evaluated:
                self.values[known] = export(module, name, arity)
        return self._builder.name(known)

    def opaque(self, value: Any) -> ast.expr:
        """Return an expression for an object that stays what it is; evaluated code only."""
        if not self.evaluated:
            raise PyexBug(f"a module's code cannot hold {value!r}")
        name = f"o{len(self.values)}"
        self.values[name] = value
        return self._builder.name(name)

    def term(self, value: Any) -> ast.expr:
        """Return an expression for a term that is known at compile time."""
        kind = type(value)
        if kind in _PLAIN:
            return self._builder.const(value)
        if kind is Atom:
            return self.atom(value)
        if kind is EmptyList:
            return self._builder.name("EMPTY")
        if kind is Export:
            return self.export(value.module, value.name, value.arity)
        if kind is tuple and not value:
            return self._builder.const(())
        return self._hoisted(value)

    def key(self, value: Any) -> ast.expr:
        """Return an expression for a constant key of a map as the map stores it."""
        return self.term(encode_key(value))

    def _hoisted(self, value: Any) -> ast.expr:
        if type(value) not in _BUILT:
            return self.opaque(value)
        new = f"k{len(self._terms) + 1}"
        name = self._terms.setdefault(encode_key(value), new)  # one search: the hash of a list takes time
        if name is new:
            if self.evaluated:
                self.values[name] = value
            else:
                made = self._build(value)
                self._statements.append(self._builder.assign(name, made))
        return self._builder.name(name)

    def _build(self, value: Any) -> ast.expr:
        b = self._builder
        kind = type(value)
        if kind is tuple:
            return b.pytuple([self._part(item) for item in value])
        if kind is Cons:
            items, tail = split_tail(value)
            elements = b.pylist([self._part(item) for item in items])
            if type(tail) is EmptyList:
                return b.call("from_pylist", elements)
            return b.call("from_iterable", elements, self._part(tail))
        if kind is Map:
            return b.call("map_of", b.pytuple([b.pytuple([self._part(k), self._part(v)]) for k, v in value.items()]))
        if kind is Key:
            return b.call("encode_key", self._part(value.value))
        return b.call("Bits", b.const(value.data), b.const(value.size))

    def _part(self, value: Any) -> ast.expr:
        """Return an expression for a part of a literal term: it needs no name of its own."""
        return self._build(value) if type(value) in _BUILT and value != () else self.term(value)


_BUILT = frozenset({tuple, Cons, Map, Key, Bits})

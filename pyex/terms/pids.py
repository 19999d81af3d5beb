"""Pids, references and ports: identities that print as the BEAM prints them."""

from __future__ import annotations

import itertools
from typing import Any, Final

_references = itertools.count(1)


class Pid:
    """A process identifier, `#PID<0.number.serial>`. The runtime keeps the process behind it."""

    __slots__ = ("number", "process", "serial")
    number: int
    serial: int
    process: Any
    """The runtime's process object while it lives, else None: one attribute, no table, on the way of a message."""

    def __init__(self, number: int, serial: int = 0, process: Any = None) -> None:
        self.number = number
        self.serial = serial
        self.process = process

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Pid and other.number == self.number and other.serial == self.serial)

    def __hash__(self) -> int:
        return self.number

    def __repr__(self) -> str:
        return f"#PID<0.{self.number}.{self.serial}>"


class Reference:
    """A unique reference, made by `make_ref()`; prints `#Reference<0.a.b.c>`.

    Its number is drawn when somebody looks at it: most references tag one call and are only ever compared by
    identity, and making one must cost next to nothing.
    """

    __slots__ = ("_id", "held")
    _id: int
    held: Any
    """What the library keeps behind a reference that stands for something, as an array of `:atomics`; others have it not."""

    @classmethod
    def holding(cls, value: Any) -> Reference:
        """Return a new reference that stands for a value of the library's."""
        made = cls()
        made.held = value
        return made

    @classmethod
    def numbered(cls, number: int) -> Reference:
        """Return the reference of a known number."""
        made = cls()
        made._id = number
        return made

    @property
    def id(self) -> int:
        """The number, drawn now if nobody has asked before."""
        try:
            return self._id
        except AttributeError:
            self._id = next(_references)
            return self._id

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Reference and other.id == self.id)

    def __hash__(self) -> int:
        return hash(("#Ref", self.id))

    @classmethod
    def of(cls, first: int, second: int, third: int) -> Reference:
        """Return the reference that prints `#Reference<0.first.second.third>`."""
        if second == _WORD and third >= _SALT:
            return cls.numbered(first + ((third - _SALT) << 32))
        return cls.numbered(_FOREIGN | third << 64 | second << 32 | first)

    def __repr__(self) -> str:
        if self.id & _FOREIGN:
            third = (self.id ^ _FOREIGN) >> 64
            return f"#Reference<0.{self.id & 0xFFFFFFFF}.{self.id >> 32 & 0xFFFFFFFF}.{third}>"
        return f"#Reference<0.{self.id & 0xFFFFFFFF}.{_WORD}.{_SALT + (self.id >> 32)}>"


_WORD: Final = 739522696
_SALT: Final = 234968
_FOREIGN: Final = 1 << 128
"""Marks a reference that `make_ref()` did not make: its three numbers are what was written."""


class Port:
    """A port identifier, `#Port<0.number>`."""

    __slots__ = ("number",)
    number: int

    def __init__(self, number: int) -> None:
        self.number = number

    def __repr__(self) -> str:
        return f"#Port<0.{self.number}>"

"""The segments of `<<>>` as the expander writes them: value, type, size, unit, byte order, sign."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from pyex.terms.atoms import atom
from pyex.terms.lists import Cons, split_tail

_DEFAULT_UNITS: Final = {"binary": 8}
_TYPES: Final = frozenset({"integer", "float", "binary", "bitstring", "utf8", "utf16", "utf32"})
_SYNONYMS: Final = {"bytes": "binary", "bits": "bitstring"}


class Segment(NamedTuple):
    """One segment. `size` is a form, or None when it is not given."""

    value: Any
    type: str
    size: Any
    unit: int
    endian: str
    signed: bool

    @property
    def actual_size(self) -> Any:
        """The size form, with the default of numbers."""
        if self.size is not None or self.type not in ("integer", "float"):
            return self.size
        return 8 if self.type == "integer" else 64


def read_segments(items: list[Any]) -> list[Segment]:
    """Return the segments of an expanded `<<>>`."""
    return [_segment(item) for item in items]


def _segment(item: Any) -> Segment:
    value, spec = split_tail(item[2])[0]
    kind, size, unit, endian, signed = "integer", None, None, "big", False
    for name, args in _parts(spec):
        name = _SYNONYMS.get(name, name)
        if name in _TYPES:
            kind = name
        elif name == "size":
            size = args[0]
        elif name == "unit":
            unit = args[0]
        elif name in ("big", "little", "native"):
            endian = name
        else:
            signed = name == "signed"
    return Segment(value, kind, size, unit or _DEFAULT_UNITS.get(kind, 1), endian, signed)


def _parts(spec: Any) -> list[tuple[str, list[Any]]]:
    found: list[tuple[str, list[Any]]] = []
    while type(spec) is tuple and spec[0] is _MINUS:
        spec, right = split_tail(spec[2])[0]
        found.append((right[0].name, split_tail(right[2])[0] if type(right[2]) is Cons else []))
    found.append((spec[0].name, split_tail(spec[2])[0] if type(spec[2]) is Cons else []))
    return found


_MINUS: Final = atom("-")

"""File: the modes with which a file is opened, and what they ask of the operating system."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from typing import Any, Final

from pyex.terms.atoms import alias, atom, is_atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import List, to_pylist

ENCODING: Final = atom("encoding")
_CODECS: Final = {
    "latin1": "latin-1",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "utf16": "utf-16-be",
    "utf32": "utf-32-be",
}
_ENDS: Final = {"big": "be", "little": "le"}


@dataclass(frozen=True)
class Modes:
    """What a list of modes says: its words, how characters are written as bytes, and where reading begins."""

    words: frozenset[str]
    codec: str
    offset: int

    def open(self, path: str) -> Any:
        """Open a file as bytes."""
        kind = self._kind()
        file = open(path, kind, opener=lambda name, _flags: os.open(name, self._flags(), 0o666))  # noqa: SIM115  # the caller closes it
        if "compressed" not in self.words or (kind == "rb" and not _is_compressed(file)):
            return file
        return gzip.open(file, kind.replace("+", ""))

    def _kind(self) -> str:
        reading = "read" in self.words
        if "append" in self.words:
            return "a+b" if reading else "ab"
        if "write" in self.words or "exclusive" in self.words:
            return "r+b" if reading else "wb"
        return "rb"

    def _flags(self) -> int:
        kind = self._kind()
        flags = os.O_RDWR if "+" in kind else os.O_RDONLY if kind == "rb" else os.O_WRONLY
        if kind != "rb":
            flags |= os.O_CREAT
        if "exclusive" in self.words:
            return flags | os.O_EXCL
        return flags | {"wb": os.O_TRUNC, "ab": os.O_APPEND, "a+b": os.O_APPEND}.get(kind, 0)


def _is_compressed(file: Any) -> bool:
    start = file.read(2)
    file.seek(0)
    return bool(start == b"\x1f\x8b")


def read_modes(modes: Any, with_raw: bool) -> Modes:
    """Return what a list of modes says; raises ValueError where it names an unknown encoding."""
    if not isinstance(modes, List):
        raise function_clause(alias("File"), "normalize_modes", (modes, with_raw))
    items = to_pylist(modes)
    words = frozenset(item.name for item in items if is_atom(item) and item not in (None, True, False))
    pairs = {item[0].name: item[1] for item in items if type(item) is tuple and len(item) == 2 and is_atom(item[0])}
    codec = _codec(pairs["encoding"]) if "encoding" in pairs else "utf-8" if "utf8" in words else "latin-1"
    return Modes(words, "latin-1" if "raw" in words else codec, pairs.get("read_offset", 0))


def _codec(encoding: Any) -> str:
    name, end = encoding if type(encoding) is tuple and len(encoding) == 2 else (encoding, atom("big"))
    codec = _CODECS.get(getattr(name, "name", ""))
    if codec is None or getattr(end, "name", "") not in _ENDS:
        raise ValueError(f"no encoding: {encoding}")
    return codec[:-2] + _ENDS[end.name] if codec.endswith("be") else codec

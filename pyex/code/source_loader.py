"""What the loaders of `.ex` and `.py` files share: a cache of their own, and compiling afresh.

Python's bytecode cache is used as it is (`__pycache__`, importlib's own checks), under a name of
our own: `server.ex` and `server.py` may stand in one folder, and other versions of pyex must not read our code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from typing import Any, Final

from pyex import __version__

_afresh: Final[set[str]] = set()
"""Paths that are being reloaded: compiled from their source, whatever the cache holds."""


class CachedSourceLoader(SourceFileLoader):
    """A source loader whose bytecode stands in `__pycache__/NAME.pyex-VERSION.TAG.pyc`."""

    def _own_cache(self, path: str) -> str:
        folder, name = os.path.dirname(path), os.path.basename(self.path)
        return os.path.join(folder, f"{name}.pyex-{__version__}.{sys.implementation.cache_tag}.pyc")

    def path_stats(self, path: str) -> dict[str, Any]:
        """Return time and size for importlib's check; raises OSError while the file is compiled afresh.

        The time counts microseconds: a file saved twice within a second is two files.
        """
        if self.path in _afresh:
            raise OSError("compiled from source")
        status = os.stat(path)
        return {"mtime": status.st_mtime_ns // 1000, "size": status.st_size}

    def is_cached(self) -> bool:
        """Tell whether the cache holds this source as it is now."""
        try:
            header = self.get_data(cache_from_source(self.path))[:16]
            status = self.path_stats(self.path)
        except OSError:
            return False
        stamp = (status["mtime"] & 0xFFFFFFFF).to_bytes(4, "little") + (status["size"] & 0xFFFFFFFF).to_bytes(4, "little")
        return bool(header == MAGIC_NUMBER + bytes(4) + stamp)

    def get_data(self, path: str) -> bytes:
        """Return a file's bytes; the bytecode is read under its own name."""
        return super().get_data(self._own_cache(path) if path.endswith(".pyc") else path)

    def _cache_bytecode(self, source_path: str, cache_path: str, data: bytes) -> None:
        super()._cache_bytecode(source_path, self._own_cache(cache_path), data)  # type: ignore[misc]  # importlib's documented hook, absent from typeshed


@contextmanager
def afresh(path: str) -> Iterator[None]:
    """While the block runs, the loader of `path` compiles from source."""
    _afresh.add(path)
    try:
        yield
    finally:
        _afresh.discard(path)

"""What lower floors ask of higher ones (the code server, the runtime), which fill these when they are imported."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

inspect_derivation: Callable[[Any], Any] | None = None
"""The options (a keyword list) with which a struct's module derives Inspect, or None."""

attempted_clauses: Callable[[Any, str, tuple[Any, ...]], tuple[Any, Any] | None] | None = None
"""The kind of a compiled function and the texts of its clauses for arguments that none of them matched, or None."""

await_coroutine: Callable[[Coroutine[Any, Any, Any]], Any] | None = None
"""What a coroutine returns; the running process waits for it. Always there once the runtime is."""

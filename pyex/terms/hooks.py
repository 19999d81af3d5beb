"""What the ground asks the code server, which fills these when it is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

inspect_derivation: Callable[[Any], Any] | None = None
"""The options (a keyword list) with which a struct's module derives Inspect, or None."""

attempted_clauses: Callable[[Any, str, tuple[Any, ...]], tuple[Any, Any] | None] | None = None
"""The kind of a compiled function and the texts of its clauses for arguments that none of them matched, or None."""

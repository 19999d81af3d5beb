"""Arithmetic that gives a float whatever comes, in compiled modules: as on the BEAM, whose own instructions do it there, it
fails without a frame that names the operator and its operands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.terms import ops
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError

_BADARITH: Final = atom("badarith")

Operation = Callable[[Any, Any], Any]


def _bare(operation: Operation) -> Operation:
    """Return an operation that tells nothing of its operands when it fails."""

    def operate(a: Any, b: Any) -> Any:
        try:
            return operation(a, b)
        except ElixirError:
            raise ElixirError(_BADARITH) from None

    return operate


FLOAT_OPS: Final = {f"float_{op.__name__}": _bare(op) for op in (ops.add, ops.subtract, ops.multiply, ops.divide)}
"""By the name that emitted code calls them by."""

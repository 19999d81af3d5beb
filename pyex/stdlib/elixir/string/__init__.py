"""String: functions on UTF-8 binaries."""

from pyex.stdlib.elixir.string import (  # noqa: F401  # each registers its functions on the module
    casing,
    comparing,
    parts,
    replacing,
    splitting,
    whole,
)
from pyex.stdlib.elixir.string.base import module

__all__ = ["module"]

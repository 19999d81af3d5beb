"""Enum: eager functions over everything enumerable."""

from pyex.stdlib.elixir.enum import (  # noqa: F401  # each registers its functions on the module
    chunking,
    finding,
    folding,
    loops,
    mapping,
    ordering,
    slicing,
)
from pyex.stdlib.elixir.enum.base import module

__all__ = ["module"]

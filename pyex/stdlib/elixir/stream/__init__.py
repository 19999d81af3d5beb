"""Stream: enumerables that are walked only as far as somebody asks."""

from pyex.stdlib.elixir.stream import combining, passing, sources  # noqa: F401  # each registers its functions on the module
from pyex.stdlib.elixir.stream.base import module

__all__ = ["module"]

""":io: reading and writing, Erlang's way."""

from pyex.stdlib.erlang.io import requests  # noqa: F401  # registers its functions
from pyex.stdlib.erlang.io.writing import module

__all__ = ["module"]

"""Keyword: lists of pairs whose first part is an atom; a key may stand more than once."""

from pyex.stdlib.elixir.keyword import entries, whole  # noqa: F401  # each registers its functions on the module
from pyex.stdlib.elixir.keyword.base import module
from pyex.stdlib.elixir.keyword.entries import fetch, get_and_update, pop

__all__ = ["fetch", "get_and_update", "module", "pop"]

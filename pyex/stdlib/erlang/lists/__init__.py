""":lists: functions on lists, as Erlang names them and orders their arguments."""

from pyex.stdlib.erlang.lists import keys, mapping, parts, sorting, zipping  # noqa: F401  # each registers its functions
from pyex.stdlib.erlang.lists.base import module

__all__ = ["module"]

""":ets: tables of tuples, kept outside of the processes, owned by one."""

from pyex.stdlib.erlang.ets import files, matching, objects, tables, walking, written  # noqa: F401  # each registers its functions
from pyex.stdlib.erlang.ets.base import module

__all__ = ["module"]

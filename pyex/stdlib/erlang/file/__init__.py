""":file: files and folders, with Erlang's answers."""

from pyex.stdlib.erlang.file import facts, opened, terms, whole  # noqa: F401  # each registers its functions
from pyex.stdlib.erlang.file.base import module

__all__ = ["module"]

"""File: files and folders."""

from pyex.stdlib.elixir.file import (  # noqa: F401  # each registers its functions on the module
    contents,
    devices,
    folders,
    links,
    questions,
    streams,
)
from pyex.stdlib.elixir.file.base import module

__all__ = ["module"]

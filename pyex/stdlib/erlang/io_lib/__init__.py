""":io_lib: terms written the way Erlang writes them, and texts made by a format."""

from pyex.stdlib.erlang.io_lib import characters, fread  # noqa: F401  # each registers its functions
from pyex.stdlib.erlang.io_lib.functions import module

__all__ = ["module"]

"""`:string`: functions on strings, which are binaries or charlists."""

from pyex.stdlib.erlang.string import charlists, texts, words
from pyex.stdlib.erlang.string.texts import module

__all__ = ["charlists", "module", "texts", "words"]

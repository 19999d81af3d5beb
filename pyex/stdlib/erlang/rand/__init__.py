"""`:rand`: pseudo random numbers by Erlang's algorithms, whose numbers are the same for the same seed."""

from pyex.stdlib.erlang.rand import drawing, numbers, seeding
from pyex.stdlib.erlang.rand.base import module

__all__ = ["drawing", "module", "numbers", "seeding"]

"""List: functions on linked lists."""

from pyex.stdlib.elixir.list import difference, elements, keyed, texts  # noqa: F401  # each registers its functions on the module
from pyex.stdlib.elixir.list.base import module
from pyex.stdlib.elixir.list.difference import shortest_edit
from pyex.stdlib.elixir.list.texts import to_string

__all__ = ["module", "shortest_edit", "to_string"]

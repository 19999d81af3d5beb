"""Functions of the library in stack traces: which of them replace on the stack a function that calls them in tail position."""

from __future__ import annotations

import os
import re
from types import CodeType
from typing import Final

_PYEX: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_NATIVE: Final = re.compile(r"(?:otp|stdlib/elixir|stdlib/erlang(?=/lists)|terms(?=/owned_maps))/(?P<module>\w+)")
_BUILT_IN: Final = {
    module: frozenset(names.split())
    for module, names in {
        "gen_server": "default_handle_call default_handle_cast default_handle_info",
        "bitwise": "band bnot bor bsl bsr bxor",
        "integer": "to_string to_charlist",
        "kernel": "abs apply binary_part bit_size byte_size ceil div elem exit floor hd length map_size max min node put_elem "
        "rem round self send spawn_link throw tl trunc tuple_size",
        "list": "to_float to_tuple",
        "lists": "keyfind keymember keysearch member reverse",
        "map": "delete fetch has_key keys merge put values",
        "process": "alive demonitor exit flag group_leader link monitor send_after unlink",
        "tuple": "append delete_at duplicate insert_at to_list",
    }.items()
}
"""Functions in whose place stands one of the BEAM's own, or the code of a callback itself."""


def leaves_caller(code: CodeType) -> bool:
    """Tell whether native code is a function that is written in Elixir or Erlang there, or is not there at all.

    A function of the BEAM's own leaves its caller on the stack, and the compiler puts those in the place of some of Elixir's.
    """
    path = code.co_filename.removeprefix(_PYEX)
    if path == "code/server.py":
        return True
    found = _NATIVE.match(path)
    return found is not None and code.co_name.removesuffix("_bang") not in _BUILT_IN.get(found["module"], ())


__all__ = ["leaves_caller"]

"""The modules of Elixir's own exceptions: `RuntimeError`, `ArgumentError`, `KeyError` and the others.

Each has a struct, `exception/1` and `message/1`; their fields and the wording of the messages are `terms.exception_structs`'.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import elixir_error, function_clause
from pyex.terms.exception_structs import EXCEPTIONS
from pyex.terms.lists import List, to_pylist
from pyex.terms.maps import Map


def _constructor(module: NativeModule, default: Map) -> Callable[[Any], Any]:
    takes_text = atom.message in default

    def exception(given: Any) -> Any:
        """Return the exception of a message or of fields."""
        if is_binary(given) and takes_text:
            return default.put(atom.message, given)
        if not isinstance(given, List):
            raise function_clause(module.name, "exception", (given,))
        result = default
        for key, value in to_pylist(given):
            if key not in default:
                raise elixir_error("KeyError", key=key, term=None, message=None)
            result = result.put(key, value)
        return result

    return exception


def _message(exception: Any) -> str:
    """Return the message of the exception."""
    from pyex.terms.exceptions import message_of

    return str(message_of(exception))


def _define(name: str, fields: dict[str, Any]) -> None:
    module = NativeModule(name)
    module.struct({"__exception__": True, **fields})
    default = module.exports["__struct__", 0]()
    module.function("exception")(_constructor(module, default))
    module.function("message")(_message)


for _name, _fields in EXCEPTIONS.items():
    _define(_name, _fields)

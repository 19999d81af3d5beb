"""`defstruct` and `defexception`."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.kernel.build import (
    MODULE,
    block,
    call,
    erlang,
    kernel,
    refuse_scope,
    remote,
    var,
)
from pyex.compiler.module.escape import hand_over
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_iterable, split_tail

_EXCEPTION_FLAG: Final = (atom("__exception__"), True)


def defstruct(env: Any, fields: Any) -> Any:
    """Define the module's struct."""
    if env.module is None:
        # Elixir asks the table of open modules before anything else, and this is how it fails.
        raise argument_error(
            "errors were found at the given arguments:\n\n  * 2nd argument: not a key that exists in the table\n"
        )
    refuse_scope(env, "defstruct", 1)
    return remote(alias("Kernel.Utils"), "defstruct", fields, hand_over(env, env))


def defexception(env: Any, fields: Any) -> Any:
    """Define the module's exception: a struct with `exception/1`, and `message/1` when it has a message."""
    refuse_scope(env, "defexception", 1)
    items, tail = split_tail(fields)
    if isinstance(fields, (Cons, type(EMPTY))) and tail is EMPTY:
        listed: Any = from_iterable([*_as_pairs(items), _EXCEPTION_FLAG])
    else:
        listed = erlang("++", fields, elixir_list(_EXCEPTION_FLAG))
    forms = [
        call("@", call("behaviour", alias("Exception"))),
        kernel("defstruct", listed),
        *_message_functions(items),
        _exception_function(),
        kernel("defoverridable", elixir_list((atom.exception, 1))),
    ]
    return block(*forms)


def _as_pairs(items: list[Any]) -> list[Any]:
    """Return the fields with those without a default spelled out, so that the flag may follow."""
    return [(item, None) if type(item) is Atom else item for item in items]


def _message_functions(items: list[Any]) -> list[Any]:
    names = {item[0] if type(item) is tuple and len(item) == 2 else item for item in items}
    if atom.message not in names:
        return []
    exception, message = var("exception"), var("message")
    field = ((atom("."), EMPTY, elixir_list(exception, atom.message)), elixir_list((atom.no_parens, True)), EMPTY)
    new = call("exception", elixir_list((atom.message, message)))
    guard = erlang("is_binary", message)
    return [
        _define(call("message", exception), field),
        kernel("defoverridable", elixir_list((atom.message, 1))),
        _define(call("when", call("exception", message), guard), new),
    ]


def _exception_function() -> Any:
    args = var("args")
    head = call("when", call("exception", args), erlang("is_list", args))
    return _define(head, remote(alias("Kernel.Utils"), "new_exception", MODULE, args))


def _define(head: Any, body: Any) -> Any:
    return kernel("def", head, elixir_list((atom.do, body)))

"""`raise` and `reraise`."""

from __future__ import annotations

from typing import Any

from pyex.compiler.kernel import build
from pyex.compiler.kernel.build import ALIASES, erlang, is_call, remote
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.lists import EMPTY, elixir_list

UTILS = alias("Kernel.Utils")
RUNTIME_ERROR = alias("RuntimeError")


def raise_(env: Any, message: Any) -> Any:
    """Raise an exception: a message, a module name or an exception struct."""
    info = build.map_form((atom("module"), alias("Exception")))
    return erlang("error", _exception(message), atom("none"), elixir_list((atom("error_info"), info)))


def raise_with(env: Any, name: Any, attributes: Any) -> Any:
    """Raise the exception of a module, made of attributes."""
    return erlang("error", remote(name, "exception", attributes))


def reraise(env: Any, message: Any, stacktrace: Any) -> Any:
    """Raise an exception with a stack trace of an earlier one."""
    return erlang("raise", atom.error, _exception(message), stacktrace)


def reraise_with(env: Any, name: Any, attributes: Any, stacktrace: Any) -> Any:
    """Raise the exception of a module with a stack trace of an earlier one."""
    return erlang("raise", atom.error, remote(name, "exception", attributes), stacktrace)


def _exception(message: Any) -> Any:
    """Return the form that makes the exception; what is known at compile time is decided there."""
    if type(message) is str or type(message) is bytes:
        return remote(RUNTIME_ERROR, "exception", message)
    if is_call(message):
        name = message[0]
        if type(name) is Atom and name.name == "<<>>":
            return remote(RUNTIME_ERROR, "exception", message)
        if name is ALIASES:
            return remote(message, "exception", EMPTY)
    elif type(message) is Atom:
        return remote(message, "exception", EMPTY)
    return remote(UTILS, "raise", message)

"""Ports by Erlang's names; the module Port does the work."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import call
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY


def open_port(name: Any, options: Any) -> Any:
    """Start a program and return the port that speaks with it."""
    return call("Port", "open", name, options)


def port_close(port: Any) -> Any:
    """Close a port."""
    return call("Port", "close", port)


def port_command(port: Any, data: Any, options: Any = EMPTY) -> Any:
    """Send data to the program of a port."""
    return call("Port", "command", port, data, options)


def port_connect(port: Any, pid: Any) -> Any:
    """Give a port to another process."""
    return call("Port", "connect", port, pid)


_ABSENT: Final = object()
_NAME: Final = atom("registered_name")


def port_info(port: Any, item: Any = _ABSENT) -> Any:
    """What is known of a port, or one item of it."""
    found = call("Port", "info", port) if item is _ABSENT else call("Port", "info", port, item)
    if found == (_NAME, EMPTY):
        return EMPTY
    return atom("undefined") if found is None else found


BIFS: Final = (open_port, port_close, port_command, port_connect, port_info)

"""This node: its name and its cookie. A name makes it alive; it is connected to no other."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import Atom, atom

NOBODY: Final = atom("nonode@nohost")


class ThisNode:
    """The node that runs this program."""

    __slots__ = ("cookie", "name")

    def __init__(self) -> None:
        self.name: Any = NOBODY
        self.cookie: Any = atom("nocookie")

    @property
    def is_alive(self) -> bool:
        """Tell whether it has a name."""
        return self.name is not NOBODY

    def start(self, name: str, *, long: bool = False, cookie: str | None = None) -> None:
        """Give the node a name; the host is added when it is not told (`foo` → `foo@host`)."""
        import socket  # only a node that is given a name needs it

        host = socket.getfqdn() if long else socket.gethostname().split(".")[0]
        self.name = atom(name if "@" in name else f"{name}@{host}")
        if cookie is not None:
            self.cookie = atom(cookie)
        elif self.cookie is atom("nocookie"):
            self.cookie = _home_cookie()

    def stop(self) -> None:
        """Take the name away."""
        self.name, self.cookie = NOBODY, atom("nocookie")


def _home_cookie() -> Atom:
    """Return the cookie of the user's file, or a new one that lasts as long as the program."""
    import os
    import secrets

    try:
        with open(os.path.expanduser("~/.erlang.cookie"), encoding="latin-1") as file:
            return Atom(file.read().strip())
    except OSError:
        return Atom("".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(20)))


this_node: Final = ThisNode()

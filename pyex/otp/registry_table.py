"""The tables of registries: who has registered which key with which value."""

from __future__ import annotations

from typing import Any, Final

from pyex.runtime import system
from pyex.stdlib.erlang.ets.slots import FEWEST, hashes, slots
from pyex.terms.atoms import atom
from pyex.terms.errors import argument_error
from pyex.terms.inspect import inspect
from pyex.terms.maps import decode_key, encode_key
from pyex.terms.pids import Pid

UNIQUE: Final = atom("unique")


class Table:
    """One registry: its entries by key, each a list of `(pid, value)` in the order of their registration."""

    def __init__(self, kind: Any, listeners: list[Any], meta: dict[Any, Any], partitions: int) -> None:
        self.kind = kind
        self.listeners = listeners
        self.meta = meta
        self.entries: dict[Any, list[tuple[Pid, Any]]] = {}
        self.owners: dict[Pid, dict[Any, None]] = {}
        self.servers: list[Pid | None] = [None] * partitions

    @property
    def is_unique(self) -> bool:
        """Tell whether a key belongs to one process."""
        return self.kind is UNIQUE

    def place(self, pid: Pid) -> int:
        """Return the number of the process that looks after another's entries."""
        return pid.number % len(self.servers)

    def keeper(self, pid: Pid) -> Pid:
        """Return the process that forgets the entries of another when that one ends."""
        keeper = self.servers[self.place(pid)]
        assert keeper is not None  # they run before the table can be found
        return keeper

    def lookup(self, key: Any) -> list[tuple[Pid, Any]]:
        """Return the living entries of a key."""
        return [entry for entry in self.entries.get(encode_key(key), ()) if entry[0].process is not None]

    def add(self, key: Any, pid: Pid, value: Any) -> None:
        """Add an entry."""
        encoded = encode_key(key)
        found = [entry for entry in self.entries.get(encoded, ()) if not self.is_unique or entry[0].process is not None]
        self.entries[encoded] = [*found, (pid, value)]
        self.owners.setdefault(pid, {})[encoded] = None

    def replace(self, key: Any, entries: list[tuple[Pid, Any]], pid: Pid) -> None:
        """Set the entries of a key; `pid` is who may have no entry of it any more."""
        encoded = encode_key(key)
        if entries:
            self.entries[encoded] = entries
        else:
            self.entries.pop(encoded, None)
        if all(entry[0] != pid for entry in entries):
            keys = self.owners.get(pid, {})
            keys.pop(encoded, None)
            if not keys:
                self.owners.pop(pid, None)

    def forget(self, pid: Pid) -> list[Any]:
        """Take all entries of a process away; returns their keys."""
        keys = list(self.owners.pop(pid, {}))
        for encoded in keys:
            rest = [entry for entry in self.entries.get(encoded, ()) if entry[0] != pid]
            if rest:
                self.entries[encoded] = rest
            else:
                self.entries.pop(encoded, None)
        return [decode_key(key) for key in keys]

    def keys_of(self, pid: Pid) -> list[Any]:
        """Return the keys of a process, one for each of its entries."""
        keys = []
        for encoded in self.owners.get(pid, {}):
            keys += [decode_key(encoded) for entry in self.entries.get(encoded, ()) if entry[0] == pid]
        return keys

    def objects(self) -> list[tuple[Any, Pid, Any]]:
        """Return every living entry as `{key, pid, value}`, in the order in which a table gives what is stored in it."""
        keys = [decode_key(key) for key in self.entries]
        count = max(sum(map(len, self.entries.values())), FEWEST)
        places = slots(hashes(keys), count)
        order = sorted(range(len(keys)), key=places.__getitem__)[::-1]
        stored = list(self.entries.values())
        return [(keys[at], pid, value) for at in order for pid, value in stored[at] if pid.process is not None]


tables: Final[dict[Any, Table]] = {}


def table(name: Any) -> Table:
    """Return a registry's table. Raises ArgumentError for a registry that does not run."""
    found = tables.get(name)
    if found is None or system.whereis(name) is None:
        raise argument_error(f"unknown registry: {inspect(name)}")
    return found

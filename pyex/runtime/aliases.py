"""Aliases: references that messages to a process can be sent to, until it takes them back, is answered, or ends."""

from __future__ import annotations

from typing import Any, Final

from pyex.runtime.process import Process
from pyex.terms.atoms import Atom, atom
from pyex.terms.pids import Pid, Reference

EXPLICIT: Final = atom("explicit_unalias")
REPLY: Final = atom("reply")
DEMONITOR: Final = atom("demonitor")
REPLY_DEMONITOR: Final = atom("reply_demonitor")

_owners: Final[dict[Reference, Process]] = {}
_until: Final[dict[Reference, Atom]] = {}
"""What ends an alias, where that is not only its being taken back."""
_of: Final[dict[Process, set[Reference]]] = {}


def open_alias(owner: Process, reference: Reference, until: Atom = EXPLICIT) -> Reference:
    """Make a reference stand for a process until something happens; returns the reference."""
    _owners[reference] = owner
    _of.setdefault(owner, set()).add(reference)
    if until is not EXPLICIT:
        _until[reference] = until
    return reference


def close_alias(owner: Process, reference: Any) -> bool:
    """Take an alias back; tells whether it was one of this process."""
    if _owners.get(reference) is not owner:
        return False
    del _owners[reference]
    _until.pop(reference, None)
    mine = _of[owner]
    mine.discard(reference)
    if not mine:
        del _of[owner]
    return True


def addressee(reference: Reference) -> Process | None:
    """Return the process that a message to a reference goes to; an alias for one reply is over then."""
    owner = _owners.get(reference)
    until = _until.get(reference)
    if owner is not None and until is not None and until is not DEMONITOR:
        close_alias(owner, reference)
        if until is REPLY_DEMONITOR:
            unwatch(owner, reference)
    return owner


def close_with_monitor(owner: Process, reference: Reference) -> None:
    """Close the alias that goes with a monitor, now that there is none any more."""
    if _until.get(reference) in (DEMONITOR, REPLY_DEMONITOR):
        close_alias(owner, reference)


def unwatch(owner: Process, reference: Reference) -> bool:
    """Forget a monitor on both sides; tells whether there was one."""
    target = owner.monitors.pop(reference, None)
    if target is None:
        return False
    pid: Pid = target[0] if type(target) is tuple else target
    if pid.process is not None:
        pid.process.watchers.pop(reference, None)
    return True


def forget_aliases(owner: Process) -> None:
    """Close all aliases of a process that has ended."""
    for reference in _of.pop(owner, ()):
        del _owners[reference]
        _until.pop(reference, None)

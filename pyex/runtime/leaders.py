"""Group leaders as pids: a device that is no process has a pid of its own, as on the BEAM."""

from __future__ import annotations

from typing import Any, Final

from pyex.runtime.system import current
from pyex.terms.pids import Pid

FIRST: Final = 66
_pids: Final[dict[int, Pid]] = {}
_devices: Final[dict[Pid, Any]] = {}


def pid_of(device: Any) -> Pid:
    """Return the pid that stands for a device."""
    if type(device) is Pid:
        return device
    pid = _pids.get(id(device))
    if pid is None:
        pid = _pids[id(device)] = Pid(FIRST + len(_pids))
        _devices[pid] = device
    return pid


def device_of(leader: Any) -> Any:
    """Return the device that a pid stands for, or what was given when it is a process or a device itself."""
    return _devices.get(leader, leader) if type(leader) is Pid else leader


def group_leader_pid() -> Pid:
    """Return the pid of the running process's group leader."""
    return pid_of(current().group_leader)

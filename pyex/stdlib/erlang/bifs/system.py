"""The machine: time, unique numbers, hashes, the external term format, what runs here."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.runtime import clock, halting
from pyex.stdlib.erlang.bifs.hashing import old_hash, term_hash
from pyex.stdlib.erlang.bifs.starting import is_option, list_fault
from pyex.terms.atoms import atom, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import ElixirError, bad_argument, erlang_error, refused
from pyex.terms.functions import arity_of, is_function
from pyex.terms.lists import EMPTY, charlist, from_pylist, is_proper, to_pylist
from pyex.terms.pids import Pid, Reference

NATIVE: Final = atom("native")
_PER_SECOND: Final = {
    "second": 1, "millisecond": 10**3, "microsecond": 10**6, "nanosecond": 10**9, "native": 10**9, "seconds": 1,
    "milli_seconds": 10**3, "micro_seconds": 10**6, "nano_seconds": 10**9, "perf_counter": 10**9,
}  # fmt: skip
_unique: Final = itertools.count(-576460752303423488 + 3)
_monotonic: Final = itertools.count(1)
_uptime: Final = [0.0, 0.0]


def _known_rate(unit: Any) -> int | None:
    return unit if type(unit) is int and unit > 0 else _PER_SECOND.get(getattr(unit, "name", ""))


def _rate(unit: Any, name: str) -> int:
    rate = _known_rate(unit)
    if rate is None:
        raise bad_argument("erlang", name, (unit,), a1="invalid time unit")
    return rate


def monotonic_time(unit: Any = NATIVE) -> int:
    """A time that never goes back, since some point."""
    return clock.monotonic_ns() * _rate(unit, "monotonic_time") // 10**9


def system_time(unit: Any = NATIVE) -> int:
    """The time since 1970."""
    return time.time_ns() * _rate(unit, "system_time") // 10**9


def time_offset(unit: Any = NATIVE) -> int:
    """What lies between monotonic and system time."""
    return system_time(unit) - monotonic_time(unit)


def convert_time_unit(amount: Any, from_unit: Any, to_unit: Any) -> int:
    """An amount of time in another unit, rounded down."""
    before, after = _known_rate(from_unit), _known_rate(to_unit)
    if type(amount) is not int or before is None or after is None:
        faults = [None if rate else "invalid time unit" for rate in (before, after)]
        no_integer = None if type(amount) is int else "not an integer"
        raise refused("erlang", "convert_time_unit", (amount, from_unit, to_unit), no_integer, *faults)
    return amount * after // before


def timestamp() -> Any:
    """The time as `{megaseconds, seconds, microseconds}`."""
    micros = time.time_ns() // 1000
    return micros // 10**12, micros // 10**6 % 10**6, micros % 10**6


def unique_integer(modifiers: Any = EMPTY) -> int:
    """An integer that was not given before."""
    chosen = to_pylist(modifiers)
    if any(item not in (atom("monotonic"), atom("positive")) for item in chosen):
        raise bad_argument("erlang", "unique_integer", (modifiers,), a1="invalid modifier")
    if atom("monotonic") in chosen or atom("positive") in chosen:
        return next(_monotonic)
    return next(_unique)


def date() -> Any:
    """Today, as `{year, month, day}`."""
    now = dt.datetime.now()
    return now.year, now.month, now.day


def time_of_day() -> Any:
    """The local time, as `{hour, minute, second}`."""
    now = dt.datetime.now()
    return now.hour, now.minute, now.second


def localtime() -> Any:
    """The local date and time."""
    return date(), time_of_day()


def universaltime() -> Any:
    """Date and time in UTC."""
    now = dt.datetime.now(dt.UTC)
    return (now.year, now.month, now.day), (now.hour, now.minute, now.second)


def phash2(term: Any, limit: Any = 1 << 27) -> int:
    """A hash of a term, from 0 up: the same in every run and on every machine."""
    if type(limit) is not int or limit < 1:
        wrong = "out of range" if type(limit) is int else "not an integer"
        raise bad_argument("erlang", "phash2", (term, limit), a2=wrong)
    if limit > 1 << 32:
        raise bad_argument("erlang", "phash2", (term, limit))
    return term_hash(term) % limit


def phash(term: Any, limit: Any) -> int:
    """A hash of a term, from 1 up: the one that phash2 has replaced."""
    if type(limit) is not int or not 1 <= limit <= 1 << 32:
        raise bad_argument("erlang", "phash", (term, limit), a2="out of range")
    return old_hash(term) % limit + 1


def pid_to_list(pid: Any) -> Any:
    """A pid as a charlist."""
    if type(pid) is not Pid:
        raise bad_argument("erlang", "pid_to_list", (pid,), a1="not a pid")
    return charlist(f"<0.{pid.number}.{pid.serial}>")


def list_to_pid(text: Any) -> Any:
    """The pid that a charlist shows."""
    if not is_proper(text):
        raise bad_argument("erlang", "list_to_pid", (text,), a1="not a list")
    shown = "".join(chr(item) if type(item) is int and 0 <= item < 128 else " " for item in to_pylist(text))
    parts = shown.strip("<>").split(".")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise bad_argument("erlang", "list_to_pid", (text,), a1="not a textual representation of a pid")
    number, serial = int(parts[1]), int(parts[2])
    return runtime.find_process(number, serial) or Pid(number, serial)


def ref_to_list(reference: Any) -> Any:
    """A reference as a charlist."""
    if type(reference) is not Reference:
        raise bad_argument("erlang", "ref_to_list", (reference,), a1="not a reference")
    return charlist(repr(reference)[len("#Reference") :].replace("<", "#Ref<", 1))


_OF_WRITTEN_FUNCTIONS: Final = frozenset(atom(name) for name in ("index", "new_index", "new_uniq", "uniq", "pid"))


def fun_info(fun: Any, item: Any = None) -> Any:
    """What is known of a function."""
    if not is_function(fun):
        raise bad_argument("erlang", "fun_info", (fun,), a1="not a fun")
    code = getattr(fun, "__globals__", {})
    module = getattr(fun, "module", None) or code.get("__elixir__") or atom("erl_eval")
    name = getattr(fun, "name", None) or getattr(fun, "__name__", "fun")
    known = {
        "module": module,
        "name": atom(str(name)),
        "arity": arity_of(fun),
        "env": EMPTY,
        "type": atom("external" if hasattr(fun, "module") else "local"),
    }
    if item is not None:
        if getattr(item, "name", "") not in known and item not in _OF_WRITTEN_FUNCTIONS:
            raise bad_argument("erlang", "fun_info", (fun, item), a2="invalid item")
        return item, known.get(item.name, atom("undefined"))
    return from_pylist([(atom(key), value) for key, value in known.items()])


def fun_to_list(fun: Any) -> Any:
    """A function as a charlist."""
    if not is_function(fun):
        raise bad_argument("erlang", "fun_to_list", (fun,), a1="not a fun")
    from pyex.stdlib.erlang.io_lib.write import Style, write

    return charlist(write(fun, Style()))


_MEMORY: Final = ("total", "processes", "processes_used", "system", "atom", "atom_used", "binary", "code", "ets")
_KINDS_OF_MEMORY: Final = frozenset(atom(name) for name in _MEMORY)


def memory(kind: Any = None) -> Any:
    """The bytes in use; one number for each kind that the machine tells apart."""
    with open("/proc/self/statm", encoding="ascii") as file:
        total = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if kind is None:
        return from_pylist([(atom(name), total) for name in _MEMORY])
    kinds = to_pylist(kind) if is_proper(kind) else [kind]
    if not all(item in _KINDS_OF_MEMORY for item in kinds):
        fault = "invalid memory type option" if is_atom(kind) else "not an atom or a list of atoms"
        raise bad_argument("erlang", "memory", (kind,), a1="invalid option in list" if is_proper(kind) else fault)
    return from_pylist([(item, total) for item in kinds]) if is_proper(kind) else total


_INFO: Final[dict[str, Callable[[], Any]]] = {
    "otp_release": lambda: from_pylist([50, 55]),
    "version": lambda: charlist("15.2.7"),
    "process_count": lambda: len(runtime.processes()),
    "process_limit": lambda: 1048576,
    "schedulers": lambda: 1,
    "schedulers_online": lambda: 1,
    "logical_processors": lambda: os.cpu_count() or 1,
    "logical_processors_available": lambda: os.cpu_count() or 1,
    "wordsize": lambda: 8,
    "atom_limit": lambda: 1048576,
    "system_architecture": lambda: charlist(f"{os.uname().machine}-pc-linux-gnu"),
    "machine": lambda: from_pylist([66, 69, 65, 77]),
    "endian": lambda: atom(sys.byteorder),
}


def system_info(item: Any) -> Any:
    """A fact about the machine."""
    found = _INFO.get(getattr(item, "name", ""))
    if found is None:
        raise erlang_error("badarg", "erlang", "system_info", (item,))
    return found()


def statistics(item: Any) -> Any:
    """Figures of the machine since its start, and since the last call."""
    name = getattr(item, "name", "")
    if name in ("wall_clock", "runtime"):
        place = 0 if name == "wall_clock" else 1
        now = clock.seconds_since_start() if place == 0 else time.process_time()
        since, _uptime[place] = now - _uptime[place], now
        return int(now * 1000), int(since * 1000)
    if name == "reductions":
        total = sum(process.reductions for process in runtime.scheduler.processes.values())
        return total, 0
    if name == "run_queue":
        return len(runtime.scheduler.queue) + len(runtime.scheduler.busy)
    raise erlang_error("badarg", "erlang", "statistics", (item,))


_NOTHING: Final = object()


def _is_halt_option(option: Any) -> bool:
    return is_option(option, "flush") and type(option[1]) is bool or is_option(option, "flush_timeout")


def halt(status: Any = 0, options: Any = _NOTHING) -> Any:
    """End the program."""
    args = (status,) if options is _NOTHING else (status, options)
    slogan = is_binary(status) or is_proper(status)
    right = status is atom("abort") or slogan or (type(status) is int and status >= 0)
    faults = [None if right else "invalid status", None if options is _NOTHING else list_fault(options)]
    if faults[1] is None and options is not _NOTHING and not all(map(_is_halt_option, to_pylist(options))):
        faults[1] = "invalid option in list"
    if any(faults):
        raise refused("erlang", "halt", args, *faults)
    if status is atom("abort"):
        os.abort()
    halting.halt(status if type(status) is int else 1)
    return True




def nif_error(reason: Any, args: Any = None) -> Any:
    """Raise an error of a function that no native code has replaced."""
    raise ElixirError(reason)


time_of_day.__name__ = "time"

BIFS: Final = (
    monotonic_time, system_time, time_offset, convert_time_unit, timestamp, unique_integer, date, time_of_day, localtime,
    universaltime, phash2, phash, pid_to_list, list_to_pid,
    ref_to_list, fun_info, fun_to_list, memory, system_info, statistics,
    halt, nif_error,
)  # fmt: skip

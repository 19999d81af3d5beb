"""Records, functions by name, times in other zones, and built-in functions that have no group of their own."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any, Final

from pyex.stdlib.erlang.bifs.conversions import iodata_bytes
from pyex.stdlib.erlang.bifs.formats import written
from pyex.stdlib.erlang.bifs.processes import deliver
from pyex.stdlib.erlang.bifs.starting import list_fault
from pyex.terms import ops
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.binaries import Bits, binary, is_binary, is_bitstring, to_bytes
from pyex.terms.errors import bad_argument, refused
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, charlist, from_iterable, from_pylist, is_proper, to_pylist
from pyex.terms.pids import Pid, Port

_EPOCH: Final = dt.datetime(1970, 1, 1)
_ISO: Final = atom("undefined")


def is_record(term: Any, tag: Any, size: Any = None) -> bool:
    """Whether a term is a tuple whose first element is an atom, of a size."""
    if not is_atom(tag) or (size is not None and type(size) is not int):
        no_atom = None if is_atom(tag) else "not an atom"
        if size is None:
            raise refused("erlang", "is_record", (term, tag), no_atom)
        no_integer = None if type(size) is int else "not an integer"
        raise refused("erlang", "is_record", (term, tag, size), None, no_atom, no_integer)
    return type(term) is tuple and len(term) > 0 and term[0] is tag and (size is None or len(term) == size)


_MOST_PARAMETERS: Final = 255


def make_fun(module: Any, name: Any, arity: Any) -> Any:
    """The function of a module, by its name and arity."""
    no_arity = "not an integer" if type(arity) is not int else None if 0 <= arity <= _MOST_PARAMETERS else "out of range"
    if type(module) is not Atom or type(name) is not Atom or no_arity:
        faults = [None if type(given) is Atom else "not an atom" for given in (module, name)]
        raise refused("erlang", "make_fun", (module, name, arity), *faults, no_arity)
    return export(module, name.name, arity)


def is_builtin(module: Any, name: Any, arity: Any) -> bool:
    """Whether a function is one of the machine's own."""
    from pyex.code.native import load_native

    native = load_native(module) if module is atom("erlang") else None
    return native is not None and (name.name, arity) in native.exports


def append(left: Any, right: Any) -> Any:
    """Two lists joined: `++`."""
    if not is_proper(left):
        raise bad_argument("erlang", "append", (left, right), a1="not a list")
    return ops.concat_lists(left, right)


def subtract(left: Any, right: Any) -> Any:
    """A list without the elements of another: `--`."""
    if not is_proper(left) or not is_proper(right):
        faults = [None if is_proper(given) else "not a list" for given in (left, right)]
        raise refused("erlang", "subtract", (left, right), *faults)
    return ops.subtract_lists(left, right)


def ports() -> Any:
    """The ports that are open."""
    return export(atom("Elixir.Port"), "list", 0).fn()


def port_to_list(port: Any) -> Any:
    """A port as a charlist."""
    if type(port) is not Port:
        raise bad_argument("erlang", "port_to_list", (port,), a1="not a port")
    return charlist(f"#Port<0.{port.number}>")


def now() -> Any:
    """The time as `{megaseconds, seconds, microseconds}`; each call gives another."""
    micros = max(time.time_ns() // 1000, _last[0] + 1)
    _last[0] = micros
    return micros // 10**12, micros // 10**6 % 10**6, micros % 10**6


_last: Final = [0]


def _moment(value: Any, name: str) -> dt.datetime:
    fault = _fault_of_moment(value, "local" if name.startswith("local") else "universal")
    if fault:
        raise bad_argument("erlang", name, (value,), a1=fault)
    (year, month, day), (hour, minute, second) = value
    return dt.datetime(year, month, day, hour, minute, second)


def _fault_of_moment(value: Any, kind: str) -> str | None:
    try:
        (year, month, day), (hour, minute, second) = value
        dt.datetime(year, month, day, hour, minute, second)
    except (TypeError, ValueError):
        return f"not a valid {kind} time"
    return None


def _parts(moment: dt.datetime) -> Any:
    return (moment.year, moment.month, moment.day), (moment.hour, moment.minute, moment.second)


def localtime_to_universaltime(local: Any, is_dst: Any = _ISO) -> Any:
    """A local time in UTC."""
    if is_dst is not _ISO and type(is_dst) is not bool and is_dst is not atom("undefined"):
        faults = [_fault_of_moment(local, "local"), "not 'true', 'false', or 'undefined'"]
        raise refused("erlang", "localtime_to_universaltime", (local, is_dst), *faults)
    moment = _moment(local, "localtime_to_universaltime")
    summer = int(is_dst) if type(is_dst) is bool else -1
    seconds = time.mktime((*moment.timetuple()[:6], 0, 0, summer))
    return _parts(dt.datetime.fromtimestamp(seconds, dt.UTC))


def universaltime_to_localtime(universal: Any) -> Any:
    """A time of UTC as a local one."""
    return _parts(_moment(universal, "universaltime_to_localtime").replace(tzinfo=dt.UTC).astimezone())


def universaltime_to_posixtime(universal: Any) -> int:
    """A time of UTC as seconds since 1970."""
    return (_moment(universal, "universaltime_to_posixtime") - _EPOCH) // dt.timedelta(seconds=1)


def posixtime_to_universaltime(seconds: Any) -> Any:
    """Seconds since 1970 as a time of UTC."""
    try:
        return _parts(_EPOCH + dt.timedelta(seconds=_integer(seconds, "posixtime_to_universaltime")))
    except OverflowError:
        raise bad_argument("erlang", "posixtime_to_universaltime", (seconds,)) from None


def _integer(value: Any, name: str) -> int:
    if type(value) is not int:
        raise bad_argument("erlang", name, (value,), a1="not an integer")
    return value


def bitstring_to_list(bitstring: Any) -> Any:
    """The bytes of a bitstring; bits that are left over stand as a bitstring at the end."""
    if not is_bitstring(bitstring):
        raise bad_argument("erlang", "bitstring_to_list", (bitstring,), a1="not a bitstring")
    if is_binary(bitstring):
        return from_pylist(list(to_bytes(bitstring)))
    whole, bits = divmod(bitstring.size, 8)
    return from_iterable([*bitstring.data[:whole], Bits(bitstring.data[whole:], bits)])


def iolist_to_iovec(data: Any) -> Any:
    """Iodata as a list of binaries."""
    whole = iodata_bytes(data)
    if whole is None:
        raise bad_argument("erlang", "iolist_to_iovec", (data,))
    return from_pylist([binary(whole)]) if whole else EMPTY


def term_to_iovec(term: Any, options: Any = EMPTY) -> Any:
    """A term in the external term format, as a list of binaries."""
    return from_pylist([written(term, options, "term_to_iovec")])


def bump_reductions(count: Any) -> bool:
    """Count work as done."""
    if type(count) is not int or count < 1:
        wrong = "not an integer" if type(count) is not int else "out of range"
        raise bad_argument("erlang", "bump_reductions", (count,), a1=wrong)
    return True


def pre_loaded() -> Any:
    """The modules that the machine brings along."""
    names = "erl_tracer erts_internal atomics counters persistent_term erlang zlib"
    return from_pylist([atom(name) for name in names.split()])


def process_display(pid: Any, kind: Any) -> bool:
    """Show what a process is doing, on the standard error."""
    if type(pid) is not Pid:
        raise bad_argument("erlang", "process_display", (pid, kind), a1="not a pid")
    if kind is not atom("backtrace"):
        raise bad_argument("erlang", "process_display", (pid, kind), a2="invalid value")
    return export(atom("erlang"), "display", 1).fn(pid) is True


_NO_OPTIONS: Final = object()


def send_nosuspend(receiver: Any, message: Any, options: Any = _NO_OPTIONS) -> bool:
    """Send a message; nothing here has to wait for it."""
    args = (receiver, message) if options is _NO_OPTIONS else (receiver, message, options)
    fault = None if options is _NO_OPTIONS else list_fault(options)
    if fault is None and any(option is not atom("noconnect") for option in to_pylist(args[2] if len(args) > 2 else EMPTY)):
        fault = "invalid option in list"
    if fault is not None:
        raise bad_argument("erlang", "send_nosuspend", args, a3=fault)
    deliver("send_nosuspend", *args)
    return True


BIFS: Final = (
    is_record, make_fun, is_builtin, append, subtract, ports, port_to_list, now, localtime_to_universaltime,
    universaltime_to_localtime, universaltime_to_posixtime, posixtime_to_universaltime, bitstring_to_list, iolist_to_iovec,
    term_to_iovec, bump_reductions, pre_loaded, process_display, send_nosuspend,
)  # fmt: skip

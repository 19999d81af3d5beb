""":os: the operating system, its environment and its commands."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.io_lib.directives import text_of
from pyex.terms.atoms import atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import bad_argument, function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, charlist, from_pylist, is_proper
from pyex.terms.maps import EMPTY_MAP, Map

module = NativeModule(":os", doc="The operating system.")
UNIX: Final = atom("unix")
_INFINITY: Final = atom("infinity")


def _characters(text: str) -> Any:
    return charlist(text)


def _name(value: Any, name: str, *args: Any) -> str:
    if not is_proper(value):
        raise bad_argument("os", name, args or (value,), a1="not a list")
    return text_of(value)


@module.function
def type() -> Any:
    """Return the family and the name of the operating system.

    iex> {family, _name} = :os.type()
    iex> family in [:unix, :win32]
    true
    """
    return (atom("win32"), atom("nt")) if os.name == "nt" else (UNIX, atom(sys.platform))


@module.function
def version() -> Any:
    """Return the version of the operating system.

        iex> tuple_size(:os.version())
        3
    """
    numbers = [int(part) for part in platform.release().replace("-", ".").split(".")[:3] if part.isdigit()]
    return (*numbers, 0, 0, 0)[:3]


@module.function("getenv", arity=(0, 1, 2))
def getenv(name: Any = None, default: Any = False) -> Any:
    """Return a variable of the environment as a charlist, false or the default when there is none; or all as `name=value`.

    iex> :os.getenv(~c"NO_SUCH_VARIABLE")
    false
    """
    if name is None:
        return from_pylist([_characters(f"{key}={value}") for key, value in sorted(os.environ.items())])
    found = os.environ.get(_name(name, "getenv"))
    return default if found is None else _characters(found)


@module.function
def env() -> Any:
    """Return all variables as pairs of charlists.

        iex> is_list(:os.env())
        true
    """
    return from_pylist([(_characters(key), _characters(value)) for key, value in sorted(os.environ.items())])


@module.function
def putenv(name: Any, value: Any) -> Any:
    """Set a variable of the environment.

        iex> :os.putenv(~c"PYEX_LAMP", ~c"on")
        true
        iex> :os.getenv(~c"PYEX_LAMP")
        ~c"on"
    """
    variable = _name(name, "putenv", name, value)
    if "=" in variable:
        wrong = '"=" characters is not allowed in environment variable names'
        raise bad_argument("os", "putenv", (name, value), a1=wrong)
    os.environ[variable] = text_of(value)
    return True


@module.function
def unsetenv(name: Any) -> Any:
    """Take a variable of the environment away.

        iex> :os.putenv(~c"PYEX_LAMP", ~c"on")
        iex> :os.unsetenv(~c"PYEX_LAMP")
        true
        iex> :os.getenv(~c"PYEX_LAMP")
        false
    """
    os.environ.pop(_name(name, "unsetenv"), None)
    return True


@module.function
def getpid() -> Any:
    """Return the number of the operating system's process, as a charlist.

        iex> is_list(:os.getpid())
        true
    """
    return _characters(str(os.getpid()))


@module.function
def find_executable(name: Any, path: Any = None) -> Any:
    """Return the path of a program, or false.

    iex> :os.find_executable(~c"no_such_program")
    false
    """
    relative = export(atom("filename"), "pathtype", 1).fn(name) is atom("relative")
    if path is not None and not isinstance(path, List):
        raise function_clause(atom("os"), "split_path", (path, ord(":"), EMPTY, EMPTY))
    if is_binary(name):
        raise bad_argument("os", "find_executable", (name,))
    text = _text(name)
    folders = (os.environ.get("PATH", "") if path is None else text_of(path)).split(":") if relative else [""]
    found = [os.path.join(folder, text) for folder in folders if text]
    runnable = next((file for file in found if os.path.isfile(file) and os.access(file, os.X_OK)), None)
    return False if runnable is None else _characters(runnable)


def _text(name: Any) -> str:
    found = atom_name(name)
    return text_of(name) if found is None else found


@module.function
def cmd(command: Any, options: Any = EMPTY_MAP) -> Any:
    """Run a command in the system's shell, and return what it prints, no more than the option `:max_size` of it.

    iex> :os.cmd(~c"echo hello")
    ~c"hello\\n"
    """
    name = atom_name(command)
    if not isinstance(options, Map):
        raise bad_argument("os", "cmd", (command, options), a2="not a map")
    if is_binary(command) or (name is None and not is_proper(command)):
        raise bad_argument("os", "cmd", (command,), a1="not a list of characters")
    size = options.get(atom("max_size"), _INFINITY)
    run = subprocess.run(  # noqa: S602  # a shell is what this function promises
        text_of(command) if name is None else name,
        shell=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    printed = run.stdout[:size] if isinstance(size, int) else run.stdout
    return _characters(printed.decode("utf-8", "replace"))


@module.function("system_time", arity=(0, 1))
def system_time(unit: Any = None) -> Any:
    """Return the operating system's time since 1970, in nanoseconds or a unit.

    iex> :os.system_time(:second) > 1_700_000_000
    true
    """
    return time.time_ns() if unit is None else export(atom("erlang"), "system_time", 1).fn(unit)


@module.function
def timestamp() -> Any:
    """Return the time as `{megaseconds, seconds, microseconds}`.

        iex> tuple_size(:os.timestamp())
        3
    """
    now = time.time_ns() // 1000
    return now // 10**12, now // 10**6 % 10**6, now % 10**6


@module.function("perf_counter", arity=(0, 1))
def perf_counter(unit: Any = None) -> Any:
    """Return a counter of high precision, in nanoseconds or a unit.

        iex> is_integer(:os.perf_counter())
        true
    """
    return time.perf_counter_ns() if unit is None else export(atom("erlang"), "monotonic_time", 1).fn(unit)

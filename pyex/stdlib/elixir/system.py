"""System: the operating system, the environment, time, and the end of it all."""

from __future__ import annotations

import os
import shutil
import signal as os_signals
import subprocess
import sys
import tempfile
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.runtime import halting, signals
from pyex.stdlib.elixir.enumerable import elements
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, argument_error, bad_argument, elixir_error, erlang_error, function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, from_iterable, is_proper, to_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Reference

module = NativeModule("System", doc="The operating system, the environment, time, and the end of it all.")

ELIXIR_VERSION: Final = "1.18.3"
_NATIVE: Final = atom("native")
_UNITS: Final = frozenset({"second", "millisecond", "microsecond", "nanosecond", "native"})
_OLD_UNITS: Final = {"seconds": "second", "milliseconds": "millisecond", "microseconds": "microsecond"}
_arguments: Final[list[Any]] = []


@module.function
def halt(status: Any = 0) -> Any:
    """End the system at once, with an exit status."""
    if status is atom("abort"):
        os.abort()
    if is_binary(status):
        print(status, file=sys.stderr)
        status = 1
    if type(status) is not int:
        raise function_clause(module.name, "halt", (status,))
    if status < 0:
        raise bad_argument("erlang", "halt", (status, EMPTY), a1="invalid status")
    halting.halt(status)
    return atom("ok")


@module.function
def stop(status: Any = 0) -> Any:
    """End the system in order, with an exit status."""
    if type(status) is not int:
        raise function_clause(module.name, "stop", (status,))
    halting.stop(status)
    return atom("ok")


@module.function
def at_exit(fun: Any) -> Any:
    """Have a function called with the exit status when the system stops."""
    if not is_function(fun, 1):
        raise function_clause(module.name, "at_exit", (fun,))
    halting.at_exit.append(fun)
    return atom("ok")


@module.function
def argv() -> Any:
    """Return the arguments of the command line, without those of pyex itself.

    iex> is_list(System.argv())
    true
    """
    return from_iterable(_arguments)


@module.function("argv", arity=1)
def set_argv(args: Any) -> Any:
    """Change what `argv/0` returns."""
    _arguments[:] = to_pylist(args)
    return atom("ok")


@module.function
def version() -> Any:
    """Return the version of Elixir that pyex follows.

    iex> System.version()
    "1.18.3"
    """
    return ELIXIR_VERSION


@module.function
def otp_release() -> Any:
    """Return the OTP release that pyex follows.

    iex> System.otp_release()
    "27"
    """
    return "27"


@module.function
def build_info() -> Any:
    """Return the version and build of Elixir that pyex follows.

    iex> System.build_info()[:version]
    "1.18.3"
    """
    build = {"version": ELIXIR_VERSION, "date": "", "otp_release": "27", "revision": ""}
    build["build"] = f"{ELIXIR_VERSION} (pyex on Python {sys.version.split()[0]})"
    return Map.from_pairs([(atom(key), value) for key, value in build.items()])


# ---- the environment


@module.function
def get_env() -> Any:
    """Return all environment variables.

    iex> is_map(System.get_env())
    true
    """
    return Map.of(dict(os.environ))


@module.function("get_env", arity=(1, 2))
def get_env_variable(varname: Any, default: Any = None) -> Any:
    """Return an environment variable, or the default.

    iex> System.get_env("NO_SUCH_VARIABLE", "none")
    "none"
    """
    if not is_binary(varname) or not (is_binary(default) or default is None):
        raise function_clause(module.name, "get_env", (varname, default))
    return os.environ.get(varname, default)


@module.function
def fetch_env(varname: Any) -> Any:
    """Return `{:ok, value}` of an environment variable, or `:error`.

    iex> System.fetch_env("NO_SUCH_VARIABLE")
    :error
    """
    if not is_binary(varname):
        raise function_clause(module.name, "fetch_env", (varname,))
    found = os.environ.get(varname)
    return atom("error") if found is None else (atom("ok"), found)


@module.function("fetch_env!")
def fetch_env_bang(varname: Any) -> Any:
    """Return an environment variable. Raises `System.EnvError` when it is not set.

        iex> System.put_env("PYEX_COLOR", "red")
        iex> System.fetch_env!("PYEX_COLOR")
        "red"
    """
    if not is_binary(varname):
        raise function_clause(module.name, "fetch_env!", (varname,))
    found = os.environ.get(varname)
    if found is None:
        raise elixir_error("System.EnvError", env=varname)
    return found


@module.function
def put_env(enum: Any) -> Any:
    """Set several environment variables; nil unsets one.

        iex> System.put_env("PYEX_SIZE", "7")
        iex> System.get_env("PYEX_SIZE")
        "7"
        iex> System.put_env(%{"PYEX_SIZE" => nil})
        iex> System.get_env("PYEX_SIZE")
        nil
    """
    pairs = elements(enum)
    for key, value in pairs:
        name = key.name if type(key) is Atom else str(key)
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = str(value)
    return atom("ok")


@module.function("put_env", arity=2)
def put_env_variable(varname: Any, value: Any) -> Any:
    """Set an environment variable."""
    if not is_binary(varname) or not is_binary(value):
        raise function_clause(module.name, "put_env", (varname, value))
    if "=" in varname:
        raise argument_error(f"cannot execute System.put_env/2 for key with \"=\", got: {inspect(varname)}")
    os.environ[varname] = value
    return atom("ok")


@module.function
def delete_env(varname: Any) -> Any:
    """Unset an environment variable.

    iex> System.delete_env("NEVER_SET")
    :ok
    """
    if not is_binary(varname):
        raise function_clause(alias("String"), "to_charlist", (varname,))
    os.environ.pop(str(varname), None)
    return atom("ok")


@module.function
def user_home() -> Any:
    """Return the user's home folder.

    iex> is_binary(System.user_home())
    true
    """
    return os.path.expanduser("~")


module.exports["user_home!", 0] = user_home


@module.function
def tmp_dir() -> Any:
    """Return a folder for temporary files.

    iex> is_binary(System.tmp_dir())
    true
    """
    return tempfile.gettempdir()


module.exports["tmp_dir!", 0] = tmp_dir


@module.function
def find_executable(program: Any) -> Any:
    """Return the path of a program, or nil.

    iex> System.find_executable("no such program")
    nil
    """
    if not is_binary(program):
        raise function_clause(module.name, "find_executable", (program,))
    return shutil.which(program)


@module.function
def pid() -> Any:
    """Return the operating system's number of this process.

    iex> is_binary(System.pid())
    true
    """
    return str(os.getpid())


@module.function
def schedulers() -> Any:
    """Return the number of schedulers: pyex runs all processes on one thread.

    iex> System.schedulers()
    1
    """
    return 1


module.exports["schedulers_online", 0] = schedulers


@module.function
def endianness() -> Any:
    """Return the order of bytes of the machine.

    iex> System.endianness() in [:little, :big]
    true
    """
    return atom(sys.byteorder)


module.exports["compiled_endianness", 0] = endianness


@module.function
def no_halt() -> Any:
    """Tell whether the system goes on when a script has ended.

    iex> System.no_halt()
    false
    """
    return halting.goes_on


@module.function("no_halt", arity=1)
def set_no_halt(boolean: Any) -> Any:
    """Say whether the system goes on when a script has ended.

    iex> System.no_halt(false)
    :ok
    """
    if type(boolean) is not bool:
        raise function_clause(module.name, "no_halt", (boolean,))
    halting.goes_on = boolean
    return atom("ok")


# ---- commands


@module.function
def cmd(command: Any, args: Any, opts: Any = EMPTY) -> Any:
    """Run a program with arguments; returns its output and exit status.

    iex> System.cmd("echo", ["hi"])
    {"hi\\n", 0}
    """
    if not is_binary(command) or not isinstance(args, List):
        raise function_clause(module.name, "cmd", (command, args, opts))
    if "\0" in str(command):
        shown = inspect(command)
        raise argument_error(f"cannot execute System.cmd/3 for program with null byte, got: {shown}")
    words = [_argument(item).partition("\0")[0] for item in to_pylist(args)]
    if os.path.isabs(str(command)) and not os.path.exists(str(command)):
        raise _no_program(command, args, opts)
    if shutil.which(command) is None:
        raise erlang_error("enoent", module.name, "cmd", (command, args, opts))
    return _run([command, *words], to_pylist(opts))


@module.function
def shell(command: Any, opts: Any = EMPTY) -> Any:
    """Run a command line in the operating system's shell; returns its output and exit status.

    iex> System.shell("echo hi")
    {"hi\\n", 0}
    """
    if not is_binary(command):
        raise function_clause(module.name, "shell", (command, opts))
    if "\0" in str(command):
        raise argument_error(f"cannot execute System.shell/2 for program with null byte, got: {inspect(command)}")
    return _run(["/bin/sh", "-c", command], to_pylist(opts))


def _no_program(*args: Any) -> ElixirError:
    wrong = {"a1": "invalid port name"}
    return ElixirError(atom("enoent"), ((atom("erlang"), "open_port", args, wrong),))


def _argument(item: Any) -> str:
    if not is_binary(item):
        raise argument_error("all arguments for System.cmd/3 must be binaries")
    return str(item)


def _run(words: list[str], opts: list[Any]) -> Any:
    into: Any = ""
    by_lines = False
    settings: dict[str, Any] = {"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    for key, value in opts:
        match key.name:
            case "into":
                into = value
            case "cd":
                settings["cwd"] = value
            case "env":
                settings["env"] = _environment(value)
            case "stderr_to_stdout":
                settings["stderr"] = subprocess.STDOUT if value else None
            case "lines":
                by_lines = True
            case "parallelism" | "use_stdio" | "close_stdin":
                continue
            case "arg0":
                settings["executable"], words = words[0], [value, *words[1:]]
            case _:
                raise argument_error(f"invalid option {inspect(key)} with value {inspect(value)}")
    done = subprocess.run(words, check=False, **settings)
    output = binary(done.stdout)
    if into == "" and not by_lines:
        return output, done.returncode
    parts = done.stdout.removesuffix(b"\n").split(b"\n") if by_lines else [done.stdout]
    chunks = from_iterable([binary(part) for part in parts] if done.stdout else [])
    return export(alias("Enum"), "into", 2).fn(chunks, into), done.returncode


def _environment(pairs: Any) -> dict[str, str]:
    environment = dict(os.environ)
    for key, value in pairs.items() if isinstance(pairs, Map) else to_pylist(pairs):
        if value is None:
            environment.pop(str(key), None)
        else:
            environment[str(key)] = to_bytes(value).decode()
    return environment


# ---- signals

_SIGNALS: Final = frozenset(
    {"sigabrt", "sigalrm", "sigchld", "sighup", "sigquit", "sigstop", "sigterm", "sigtstp", "sigusr1", "sigusr2"}
)


@module.function
def trap_signal(signal: Any, fun: Any) -> Any:
    """Have a function called when the operating system sends a signal: `{:ok, reference}` to take it back with.

    iex> {:ok, id} = System.trap_signal(:sigusr2, fn -> :ok end)
    iex> System.untrap_signal(:sigusr2, id)
    :ok
    """
    return trap_signal_as(signal, Reference(), fun)


@module.function("trap_signal", arity=3)
def trap_signal_as(signal: Any, id: Any, fun: Any) -> Any:
    """Have a function called when the operating system sends a signal, under a name of its own.

    iex> System.trap_signal(:sigusr2, :mine, fn -> :ok end)
    {:ok, :mine}
    iex> System.trap_signal(:sigusr2, :mine, fn -> :ok end)
    {:error, :already_registered}
    iex> System.untrap_signal(:sigusr2, :mine)
    :ok
    """
    if type(signal) is not Atom or signal.name not in _SIGNALS or not is_function(fun, 0):
        raise function_clause(module.name, "trap_signal", (signal, id, fun))
    failure = signals.trap(getattr(os_signals, signal.name.upper()), id, fun)
    return (atom("ok"), id) if failure is None else (atom("error"), atom(failure))


@module.function
def untrap_signal(signal: Any, id: Any) -> Any:
    """Take back a function that a signal calls.

    iex> System.untrap_signal(:sigusr2, :unknown)
    {:error, :not_found}
    """
    if type(signal) is not Atom or signal.name not in _SIGNALS:
        raise function_clause(module.name, "untrap_signal", (signal, id))
    known = signals.untrap(getattr(os_signals, signal.name.upper()), id)
    return atom("ok") if known else (atom("error"), atom("not_found"))


# ---- time


def _unit(unit: Any) -> Any:
    name = unit.name if type(unit) is Atom else None
    if name in _UNITS or (type(unit) is int and unit > 0):
        return unit
    if name in _OLD_UNITS:
        return atom(_OLD_UNITS[name])
    raise argument_error(
        "unsupported time unit. Expected :second, :millisecond, :microsecond, :nanosecond, or a positive integer, "
        f"got {inspect(unit)}"
    )


def _clock(name: str) -> None:
    """Export a clock of `:erlang` in both its arities."""
    plain, in_unit = export(atom("erlang"), name, 0), export(atom("erlang"), name, 1)

    def native() -> Any:
        return plain.fn()

    def converted(unit: Any) -> Any:
        return in_unit.fn(_unit(unit))

    native.__doc__ = f"Return `:erlang.{name}()`, in the native unit."
    converted.__doc__ = f"Return `:erlang.{name}/1` in a unit."
    module.function(name, arity=0)(native)
    module.function(name, arity=1)(converted)


for _name in ("monotonic_time", "system_time", "time_offset"):
    _clock(_name)


@module.function
def os_time(unit: Any = _NATIVE) -> Any:
    """Return the operating system's time.

    iex> is_integer(System.os_time())
    true
    """
    return export(atom("erlang"), "system_time", 1).fn(_unit(unit))


@module.function
def unique_integer(modifiers: Any = EMPTY) -> Any:
    """Return an integer that is not returned again; `[:positive, :monotonic]` ask for more.

    iex> System.unique_integer([:positive]) > 0
    true
    """
    if not is_proper(modifiers):
        raise bad_argument("erlang", "unique_integer", (modifiers,), a1="not a list")
    return export(atom("erlang"), "unique_integer", 1).fn(modifiers)


@module.function
def convert_time_unit(time: Any, from_unit: Any, to_unit: Any) -> Any:
    """Convert a time from one unit to another.

    iex> System.convert_time_unit(1, :second, :millisecond)
    1000
    """
    return export(atom("erlang"), "convert_time_unit", 3).fn(time, _unit(from_unit), _unit(to_unit))

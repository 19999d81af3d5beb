"""Helpers on the shell itself: its history, mailbox and screen, its processes, and the short forms of servers."""

from __future__ import annotations

import os
from typing import Any

from pyex import runtime
from pyex.code.native import call
from pyex.shell import evaluator, render
from pyex.shell.ansi import CLEAR
from pyex.shell.helpers.module import DONT_DISPLAY, configuration, display, helpers, puts
from pyex.terms.atoms import atom, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.folder import current_folder
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, charlist


@helpers.function
def v(n: Any = -1) -> Any:
    """Return the value of a former expression: `v(3)` is that of prompt 3, `v(-1)` or `v()` the last one.

        iex> 40 + 2
        42
        iex> v() + 1
        43
    """
    return evaluator.current().history.nth(n)


@helpers.function
def flush() -> Any:
    """Print and drop all messages in the mailbox of the shell."""
    from pyex.terms.inspect import inspect

    cursor = runtime.begin_receive()
    while (message := cursor.next(0)) is not runtime.TIMEOUT:
        cursor.accept()
        puts(inspect(message, configuration().inspect_options()))
        cursor = runtime.begin_receive()
    return atom.ok


@helpers.function
def clear() -> Any:
    """Clear the screen."""
    if not configuration().colors_enabled:
        return display("Cannot clear the screen because ANSI escape codes are not enabled on this shell")
    call("IO", "write", CLEAR)
    return DONT_DISPLAY


@helpers.function("exit")
def exit_shell() -> Any:
    """Leave the shell. `exit(reason)` is Kernel's, and ends the process that calls it."""
    evaluator.current().server.halt()
    return DONT_DISPLAY


@helpers.function
def respawn() -> Any:
    """Start the shell's process anew: variables, imports and aliases are gone, modules stay."""
    raise evaluator.Respawn(silent=True)


@helpers.function("start_link")
def start_link(module: Any, argument: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Start a server linked to the shell: short for `GenServer.start_link(module, argument, options)`."""
    return call("GenServer", "start_link", module, argument, options)


@helpers.function("call")
def call_server(server: Any, request: Any, timeout: Any = 5000) -> Any:
    """Ask a server and wait for its reply: short for `GenServer.call(server, request, timeout)`."""
    return call("GenServer", "call", server, request, timeout)


@helpers.function("cast")
def cast_server(server: Any, request: Any) -> Any:
    """Send a server a request that has no reply: short for `GenServer.cast(server, request)`."""
    return call("GenServer", "cast", server, request)


@helpers.function("pid", arity=1)
def pid_of(text: Any) -> Any:
    """Return the pid of a text, or the one registered under a name.

        iex> pid("0.21.32")
        #PID<0.21.32>
    """
    if is_atom(text):
        found = runtime.whereis(text)
        if found is None:
            from pyex.terms.inspect import inspect

            raise argument_error(f"could not find registered process with name: {inspect(text)}")
        return found
    return _read("pid", "<{}>", text)


@helpers.function("pid", arity=3)
def pid_of_numbers(x: Any, y: Any, z: Any) -> Any:
    """Return the pid of three numbers.

        iex> pid(0, 21, 32)
        #PID<0.21.32>
    """
    return _read("pid", "<{}>", *_numbers("pid", x, y, z))


@helpers.function("ref", arity=1)
def ref_of(text: Any) -> Any:
    """Return the reference of a text.

        iex> ref("0.1.2.3")
        #Reference<0.1.2.3>
    """
    return _read("ref", "#Ref<{}>", text)


@helpers.function("ref", arity=4)
def ref_of_numbers(w: Any, x: Any, y: Any, z: Any) -> Any:
    """Return the reference of four numbers."""
    return _read("ref", "#Ref<{}>", *_numbers("ref", w, x, y, z))


@helpers.function("port", arity=1)
def port_of(text: Any) -> Any:
    """Return the port of a text.

        iex> port("0.4")
        #Port<0.4>
    """
    return _read("port", "#Port<{}>", text)


@helpers.function("port", arity=2)
def port_of_numbers(major: Any, minor: Any) -> Any:
    """Return the port of two numbers."""
    return _read("port", "#Port<{}>", *_numbers("port", major, minor))


def _numbers(name: str, *given: Any) -> tuple[int, ...]:
    if not all(type(number) is int and number >= 0 for number in given):
        raise function_clause(helpers.name, name, given)
    return given


def _read(name: str, shape: str, *parts: Any) -> Any:
    """Return what Erlang reads from a text made of its parts."""
    if len(parts) == 1 and not is_binary(parts[0]):
        raise function_clause(helpers.name, name, parts)
    return export(atom("erlang"), f"list_to_{name}", 1).fn(charlist(shape.format(".".join(map(str, parts)))))


@helpers.function
def pwd() -> Any:
    """Print the current directory."""
    return display(render.info(current_folder(), configuration()))


@helpers.function
def cd(directory: Any) -> Any:
    """Change the current directory, and print the new one."""
    if not is_binary(directory):
        raise function_clause(helpers.name, "cd", (directory,))
    path = os.path.expanduser(directory)
    try:
        os.chdir(path)
    except OSError:
        return display(render.info(f"No directory {path}", configuration(), "eval_error"))
    return pwd()


@helpers.function
def ls(path: Any = ".") -> Any:
    """List a folder."""
    path = os.path.expanduser(path)
    try:
        names = sorted(os.listdir(path))
    except NotADirectoryError:
        return display(render.info(os.path.abspath(path), configuration()))
    except OSError:
        return display(render.info(f"No such file or directory {path}", configuration(), "eval_error"))
    settings = configuration()

    def paint(name: str, cell: str) -> str:
        if settings.colors_enabled and os.path.isdir(os.path.join(path, name)):
            return render.info(cell, settings, "ls_directory")
        return cell

    return display(render.columns(names, settings.width, paint)) if names else DONT_DISPLAY

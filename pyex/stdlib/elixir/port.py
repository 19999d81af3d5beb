"""Port: programs of the operating system, which a process writes to and whose output comes as messages."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import subprocess
import threading
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule, call
from pyex.runtime.system import port_messages
from pyex.stdlib.elixir import process
from pyex.stdlib.elixir.port_options import Settings, settings_of
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument, erlang_error
from pyex.terms.lists import EMPTY, List, charlist, from_iterable, from_pylist, to_pylist
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Port, Reference

module = NativeModule("Port", doc="Programs of the operating system: written to, and read as messages.")

DOWN: Final = atom("DOWN")
_numbers: Final = itertools.count(5)


class Program:
    """A running program: its pipes, its owner, and who watches it."""

    def __init__(self, port: Port, name: str, process: subprocess.Popen[bytes], settings: Settings) -> None:
        self.port = port
        self.name = name
        self.process = process
        self.settings = settings
        self.owner: Pid = runtime.self_pid()
        self.watchers: dict[Reference, Pid] = {}
        self.line = b""
        self.read = 0
        self.written = 0

    def listen(self) -> None:
        """Read the output on a thread of its own; what comes is handed to the runtime's."""
        out = self.process.stdout
        if out is not None:
            while data := os.read(out.fileno(), 65_536):
                runtime.scheduler.post(lambda data=data: self.deliver(data))  # type: ignore[misc]
        status = self.process.wait()
        runtime.scheduler.post(lambda: self.ended(status))

    def deliver(self, data: bytes) -> None:
        """Send output to the owner, in lines where the owner wants lines."""
        self.read += len(data)
        if self.port not in PROGRAMS:
            return
        if self.settings.packet:
            self.deliver_packets(data)
            return
        length = self.settings.line
        if length is None:
            self.tell((atom("data"), self.term(data)))
            return
        *lines, self.line = (self.line + data).split(b"\n")
        for line in lines:
            while len(line) > length:
                self.tell((atom("data"), (atom("noeol"), self.term(line[:length]))))
                line = line[length:]
            self.tell((atom("data"), (atom("eol"), self.term(line))))
        while len(self.line) > length:
            self.tell((atom("data"), (atom("noeol"), self.term(self.line[:length]))))
            self.line = self.line[length:]

    def deliver_packets(self, data: bytes) -> None:
        """Send what the program wrote packet by packet: each is led by its length."""
        head = self.settings.packet
        self.line += data
        while len(self.line) >= head and len(self.line) >= (end := head + int.from_bytes(self.line[:head], "big")):
            packet, self.line = self.line[head:end], self.line[end:]
            self.tell((atom("data"), self.term(packet)))

    def term(self, data: bytes) -> Any:
        """Return output as a binary, or as a list of bytes."""
        return binary(data) if self.settings.binary else from_pylist(list(data))

    def tell(self, what: Any) -> None:
        """Send `{port, what}` to the owner."""
        runtime.send(self.owner, (self.port, what))

    def ended(self, status: int) -> None:
        """Tell the owner that the program has ended."""
        if self.port not in PROGRAMS:
            return
        if self.line and not self.settings.packet:
            self.tell((atom("data"), (atom("noeol"), self.term(self.line))))
        if self.settings.eof:
            self.tell(atom("eof"))
        if self.settings.exit_status:
            self.tell((atom("exit_status"), status if status >= 0 else 128 - status))
        if self.settings.eof:
            return  # it is the owner who closes a port that told of the end of its output
        owner = self.owner.process
        if owner is not None and owner.trap_exit:
            runtime.send(self.owner, (atom("EXIT"), self.port, atom("normal")))
        self.forget()

    def forget(self) -> None:
        """Take the port off the list, and tell those who watch it."""
        PROGRAMS.pop(self.port, None)
        for reference, pid in self.watchers.items():
            runtime.send(pid, (DOWN, reference, atom("port"), self.port, atom("normal")))

    def close(self) -> None:
        """Close the program's pipes and end it."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.terminate()
        self.forget()


PROGRAMS: Final[dict[Port, Program]] = {}


@atexit.register
def _end_all() -> None:
    for program in list(PROGRAMS.values()):
        program.process.terminate()


def _program(port: Any, name: str, *args: Any) -> Program:
    found = PROGRAMS.get(port) if type(port) is Port else None
    if found is None:
        if type(port) not in (Port, Atom):  # an atom could be the name of one
            raise bad_argument("erlang", name, args or (port,), a1="not a port")
        raise erlang_error("badarg", "erlang", name, args or (port,))
    return found


def bad_port(name: Any, reason: str = "badarg") -> ElixirError:
    """Return the error of a name of a program that cannot be started."""
    wrong = {"a1": "invalid port name"}
    return ElixirError(atom(reason), ((atom("erlang"), "open_port", (name, EMPTY), wrong),))


def _words(name: Any, settings: Settings) -> list[str]:
    """Return the command that starts the program `{:spawn, command}` or `{:spawn_executable, file}`."""
    kind, command = name
    text = command if is_binary(command) else call("List", "to_string", command)
    if kind is atom("spawn"):
        return ["/bin/sh", "-c", f"exec {text}"]
    if not os.path.isfile(text) and not shutil.which(text):
        raise bad_port(name, "enoent")
    if not os.access(shutil.which(text) or text, os.X_OK):
        raise bad_port(name, "eacces")
    return [text, *settings.args]


@module.function("open")
def open_port(name: Any, options: Any) -> Any:
    """Start a program; its output comes to the caller as messages `{port, {:data, data}}`.

        iex> port = Port.open({:spawn, "cat"}, [:binary])
        iex> Port.command(port, "hello")
        iex> receive do {^port, {:data, data}} -> data end
        "hello"
    """
    kinds = (atom("spawn"), atom("spawn_executable"))
    if type(name) is tuple and not isinstance(options, List):
        raise bad_argument("erlang", "open_port", (name, options), a2="invalid option in list")
    if type(name) is not tuple:
        raise erlang_error("badarg", "erlang", "open_port", (name, options))
    if len(name) != 2 or name[0] not in kinds or not (is_binary(name[1]) or isinstance(name[1], List)):
        raise bad_port(name)
    settings = settings_of(name, options)
    process = subprocess.Popen(
        _words(name, settings),
        stdin=subprocess.PIPE if settings.writes else subprocess.DEVNULL,
        stdout=subprocess.PIPE if settings.reads else None,
        stderr=subprocess.STDOUT if settings.errors_too else None,
        env={**os.environ, **settings.env} if settings.env else None,
        cwd=settings.folder,
        start_new_session=True,
        bufsize=0,
    )
    port = Port(next(_numbers))
    shown = name[1] if is_binary(name[1]) else call("List", "to_string", name[1])
    program = PROGRAMS[port] = Program(port, str(shown), process, settings)
    threading.Thread(target=program.listen, daemon=True, name=repr(port)).start()
    return port


@module.function
def command(port: Any, data: Any, options: Any = EMPTY) -> Any:
    """Write iodata to a program.

        iex> port = Port.open({:spawn, "cat"}, [:binary])
        iex> Port.command(port, ["a", ?b])
        true
    """
    program = _program(port, "port_command", port, data)
    for option in to_pylist(options):
        if option is atom("force"):
            raise erlang_error("notsup", "erlang", "port_command", (port, data, options))
        if option is not atom("nosuspend"):
            raise bad_argument("erlang", "port_command", (port, data, options), a3="invalid option in list")
    try:
        raw = to_bytes(call("IO", "iodata_to_binary", data))
    except ElixirError:
        raise bad_argument("erlang", "port_command", (port, data), a2="not an iodata term") from None
    if program.settings.packet:
        raw = len(raw).to_bytes(program.settings.packet, "big") + raw
    if program.process.stdin is None:
        raise erlang_error("badarg", "erlang", "port_command", (port, data))
    program.written += len(raw)
    try:
        while raw:
            raw = raw[program.process.stdin.write(raw) :]
    except BrokenPipeError:
        return True  # the program has ended: the message that says so is on its way
    return True


@module.function
def close(port: Any) -> Any:
    """Close a port.

        iex> port = Port.open({:spawn, "cat"}, [])
        iex> Port.close(port)
        true
    """
    _program(port, "port_close").close()
    return True


@module.function
def connect(port: Any, pid: Any) -> Any:
    """Make another process the owner of a port, to which its messages go.

        iex> port = Port.open({:spawn, "cat"}, [])
        iex> Port.connect(port, self())
        true
    """
    program = _program(port, "port_connect", port, pid)
    if type(pid) is not Pid:
        raise bad_argument("erlang", "port_connect", (port, pid), a2="not a pid")
    program.owner = pid
    return True


@module.function
def info(port: Any) -> Any:
    """Return what is known of a port as a keyword list, or nil when it is closed.

        iex> port = Port.open({:spawn, "cat"}, [])
        iex> Port.info(port)[:name]
        ~c"cat"
    """
    if type(port) is Atom:
        return None
    if type(port) is not Port:
        raise bad_argument("erlang", "port_info", (port,), a1="not a port")
    program = PROGRAMS.get(port)
    return None if program is None else from_iterable(_facts(program).items())


def _facts(program: Program) -> dict[Any, Any]:
    return {
        atom("name"): charlist(program.name),
        atom("links"): from_pylist([program.owner]),
        atom("id"): program.port.number * 8,
        atom("connected"): program.owner,
        atom("input"): program.read,
        atom("output"): program.written,
        atom("os_pid"): program.process.pid,
    }


@module.function("info", arity=2)
def info_of(port: Any, item: Any) -> Any:
    """Return one thing that is known of a port, or nil when it is closed.

        iex> port = Port.open({:spawn, "cat"}, [])
        iex> Port.info(port, :name)
        {:name, ~c"cat"}
    """
    if type(port) is Atom:
        return None
    if type(port) is not Port:
        raise bad_argument("erlang", "port_info", (port, item), a1="not a port")
    program = PROGRAMS.get(port)
    if program is None:
        return None
    facts = {**_facts(program), **_more_facts(program)}
    if item not in facts:
        raise bad_argument("erlang", "port_info", (port, item), a2="invalid option in list")
    return item, facts[item]


def _more_facts(program: Program) -> dict[Any, Any]:
    return {
        atom("registered_name"): EMPTY,
        atom("monitors"): EMPTY,
        atom("monitored_by"): from_iterable(program.watchers.values()),
        atom("queue_size"): 0,
        atom("parallelism"): False,
        atom("locking"): atom("port_level"),
        atom("memory"): len(program.line),
    }


def _take(port: Port, message: Any) -> None:
    """Do what a message to a port says: `{owner, {:command, data}}`, `{owner, {:connect, pid}}`, `{owner, :close}`."""
    program = PROGRAMS.get(port)
    if program is None:
        return
    match message:
        case (owner, (verb, what)) if owner is program.owner and verb is atom("command"):
            command(port, what)
        case (owner, (verb, what)) if owner is program.owner and verb is atom("connect"):
            connect(port, what)
            runtime.send(owner, (port, atom("connected")))
        case (owner, verb) if owner is program.owner and verb is atom("close"):
            program.close()
            program.tell(atom("closed"))


port_messages.append(_take)


@module.function("list")
def open_ports() -> Any:
    """Return all open ports.

        iex> port = Port.open({:spawn, "cat"}, [])
        iex> port in Port.list()
        true
    """
    return from_iterable(PROGRAMS)


@module.function
def monitor(port: Any) -> Any:
    """Have a message `{:DOWN, reference, :port, port, reason}` sent when a port closes.

        iex> port = Port.open({:spawn, "cat"}, [])
        iex> is_reference(Port.monitor(port))
        true
    """
    reference = Reference()
    if type(port) is not Port and type(port) is not Atom:
        raise bad_argument("erlang", "monitor", (atom("port"), port), a2="not a port")
    program = PROGRAMS.get(port) if type(port) is Port else None
    if program is None:
        gone = port if type(port) is Port else (port, this_node.name)
        runtime.send(runtime.self_pid(), (DOWN, reference, atom("port"), gone, atom("noproc")))
    else:
        program.watchers[reference] = runtime.self_pid()
    return reference


@module.function
def demonitor(reference: Any, options: Any = EMPTY) -> Any:
    """Stop watching a port.

        iex> port = Port.open({:spawn, "cat"}, [])
        iex> Port.demonitor(Port.monitor(port))
        true
    """
    known = process.demonitor(reference, options)
    watched = [program.watchers.pop(reference, None) for program in PROGRAMS.values()]
    return bool(known) or any(watcher is not None for watcher in watched)

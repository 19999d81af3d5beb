"""From options to a running shell: what is evaluated first, which face the shell gets, how it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pyex.runtime import halting
from pyex.shell import plain, prompts, script
from pyex.shell.configuration import Configuration
from pyex.shell.device import Sink, Stream
from pyex.shell.server import Server
from pyex.terms.atoms import atom
from pyex.terms.node import this_node

if TYPE_CHECKING:
    from pyex.shell.options import Options


def run(options: Options) -> int:
    """Do what the command line asks for; returns the exit status."""
    configuration = Configuration(messages=options.messages)
    configuration.ansi = sys.stdout.isatty() if options.color is None else options.color
    if not options.only_evaluates and sys.stdin.isatty() and sys.stdout.isatty():
        return _console(options, configuration)
    server = _server(configuration, _write)
    try:
        with _ended_by_ctrl_c():
            if options.only_evaluates:
                script.run_steps(server, options)
            else:
                prepare(server, options)
                plain.run(server, plain.Lines(sys.stdin.fileno()))
    except script.Failed:
        return 1
    except script.Ended as ended:
        return ended.status
    return server.halted or 0


def run_program(program: Callable[[Server], int]) -> int:
    """Run what has no shell after it, a script or the tests of a project; returns its exit status."""
    configuration = Configuration()
    configuration.ansi = sys.stdout.isatty()
    with _ended_by_ctrl_c():
        return program(_server(configuration, _write))


@contextlib.contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Have Ctrl-C end the program, whichever process is running: without a console nobody would read a prompt after it."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _console(options: Options, configuration: Configuration) -> int:
    from pyex.shell.console import Console

    configuration.terminal_width = os.get_terminal_size().columns
    console = Console(history_file())
    server = _server(configuration, console.sink)
    signal.signal(signal.SIGINT, lambda _, frame: server.interrupt(frame))
    try:
        prepare(server, options)
    except script.Failed:
        return 1
    except script.Ended as ended:
        return ended.status
    return console.run(server)


def _server(configuration: Configuration, sink: Sink) -> Server:
    server = Server(configuration, sink)
    server.connect()
    return server


def _write(text: str, stream: Stream) -> None:
    target = sys.stderr if stream == "stderr" else sys.stdout
    try:
        target.write(text)
        target.flush()
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does: nothing is left to say, in the rest of the way out either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), target.fileno())
        halting.halt(1)


def prepare(server: Server, options: Options) -> None:
    """Print the banner, run what comes before the first prompt, and evaluate the dot file. Raises `script.Failed`."""
    server.print(prompts.host_line() + "\n")
    name = options.node.get("sname") or options.node.get("name")
    if name is not None:
        this_node.start(name, long="name" in options.node, cookie=options.node.get("cookie"))
    if options.sasl_reports:
        _tell_all()
    if options.dbg == "pry":
        from pyex.shell.pry import use_for_dbg

        use_for_dbg()
    script.run_steps(server, options)
    if server.halted is None:
        server.print(prompts.SHELL_LINE)
        run_dot_file(server, options.dot_iex)


def _tell_all() -> None:
    """Have what supervisors do logged, from the start of the logger itself on."""
    from pyex.otp import applications, log

    applications.environments[atom("logger")][atom("handle_sasl_reports")] = True
    log.log("info", f"Application logger started at :{this_node.name.name}")


def run_dot_file(server: Server, given: str | None) -> None:
    """Evaluate the first dot file there is; its errors do not stop the shell."""
    if given is not None:
        candidates = [given] if given else []
    else:
        candidates = [".iex.exs", os.path.join(os.environ.get("IEX_HOME", os.path.expanduser("~")), ".iex.exs")]
    for candidate in candidates:
        found = os.path.expanduser(candidate)
        if os.path.isfile(found):
            path = os.path.abspath(found)  # not before: there may be no current folder any more
            with open(path, "rb") as file:
                server.evaluate_file(path, file.read().decode("utf-8", "surrogateescape"))
            return


def history_file() -> str:
    """Return where the lines typed are kept from one run to the next."""
    import platformdirs

    return os.path.join(platformdirs.user_state_dir("pyex"), "history")

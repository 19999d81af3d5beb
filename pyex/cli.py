"""The `pyex` command: reads the options, and imports no more than they ask for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

from pyex.shell.options import Options, UsageError, parse

USAGE: Final = """\
Usage: pyex [options] [FILE.exs] [arguments]
       pyex COMMAND ...

A shell: on a terminal with line editing, otherwise it reads standard input. A file or script is run first.

Options:
  -e, --eval CODE       evaluate CODE and print its value, unless that is nil or :ok
  -r FILE               compile and run FILE first
  -S SCRIPT             run SCRIPT first, then the shell; -S mix compiles the project of mix.exs
  --dot-iex FILE        evaluate FILE at the start instead of .iex.exs; "" for none
  --sname, --name NAME  give this node a name; --cookie COOKIE its cookie
  --logger-sasl-reports true
                        log what supervisors do, and which processes end badly
  --dbg pry             dbg stops the process, and the shell looks around in it
  --messages STYLE      word compiler messages as Elixir 1.18 does (default) or as 1.1 did
  --color, --no-color   colours on or off; by default they are on when the output is a terminal
  -v, --version         print the version
  -h, --help            print this help

Commands:
  pyex run FILE.exs     run a script, with no shell after it
  pyex test [FILE...]   run the tests of the project of mix.exs
  pyex format [FILE...] lay out source files as mix format does (--check-formatted: only look)
  pyex new NAME         make a project (--python: with a server in Python)
  pyex replay FILE...   replay recorded sessions and compare what is printed
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the `pyex` command; returns its exit status."""
    argv = sys.argv[1:] if argv is None else list(argv)
    _prepare_streams()
    try:
        command = _COMMANDS.get(argv[0]) if argv else None
        if command is not None:
            return command(argv[1:])
        return _run(parse(argv))
    except UsageError as error:
        print(f"pyex: {error}\n{USAGE}", file=sys.stderr, end="")
        return 2
    except BrokenPipeError:
        # The reader of our output went away: nothing is left to say, and Python must not try at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _prepare_streams() -> None:
    """Give the program all three of its streams, and let no text fail to be printed."""
    # Where a descriptor is closed Python has no stream, and the next file that is opened would be taken for one.
    for descriptor, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != descriptor:
                os.dup2(null, descriptor)
                os.close(null)
            setattr(sys, name, open(descriptor, mode, closefd=False))  # noqa: SIM115  # it lives as long as the program
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # In a locale of ASCII alone other characters are told by their numbers.
            stream.reconfigure(errors="backslashreplace")


def _run(options: Options) -> int:
    if options.show == "help":
        print(USAGE, end="")
        return 0
    if options.show == "version":
        from pyex.shell import prompts

        print(f"{prompts.host_line()}\nElixir {prompts.ELIXIR_VERSION}")
        return 0
    from pyex.shell import start

    return start.run(options)


def _replay(argv: list[str]) -> int:
    from pyex.shell.driver import Driver
    from pyex.transcript import cli

    return cli.main(argv, Driver)


def _run_script(argv: list[str]) -> int:
    from pyex.shell import script, start

    if not argv:
        raise UsageError("run wants a file")
    return start.run_program(lambda server: script.run_program(server, argv[0], argv[1:]))


def _test(argv: list[str]) -> int:
    from pyex.shell import start, testing

    return start.run_program(lambda server: testing.run(server, argv))


def _new(argv: list[str]) -> int:
    from pyex.code import scaffold

    return scaffold.main(argv)


def _format(argv: list[str]) -> int:
    from pyex.shell import formatting, start

    return start.run_program(lambda server: formatting.run(server, argv))


_COMMANDS: Final[dict[str, Callable[[list[str]], int]]] = {
    "format": _format,
    "new": _new,
    "replay": _replay,
    "run": _run_script,
    "test": _test,
}

"""The `pyex` command: reads the options, and imports no more than they ask for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

USAGE: Final = """\
Usage: pyex [options] [FILE.exs] [arguments]
       pyex COMMAND ...

A shell: on a terminal with line editing, otherwise it reads standard input. A file or script is run first.

Options:
  -e, --eval CODE       evaluate CODE and print its value, unless that is nil or :ok
  -r FILE               compile and run FILE first
  -S SCRIPT             run SCRIPT first, then the shell; -S mix compiles the project of mix.exs
  --dot-iex FILE        evaluate FILE at the start instead of .iex.exs; "" for none
  --messages STYLE      word compiler messages as Elixir 1.18 does (default) or as 1.1 did
  --color, --no-color   colours on or off; by default they are on when the output is a terminal
  -v, --version         print the version
  -h, --help            print this help

Commands:
  pyex new NAME         make a project (--python: with a server in Python)
  pyex replay FILE...   replay recorded sessions and compare what is printed
"""


class UsageError(Exception):
    """A command line that cannot be understood."""


@dataclass(slots=True)
class Options:
    """What a command line asks for. `steps` are (option, value) in their order: `-e`, `-r`, `-S`."""

    steps: list[tuple[str, str]] = field(default_factory=list)
    file: str | None = None
    arguments: list[str] = field(default_factory=list)
    dot_iex: str | None = None
    messages: str = "1.18"
    color: bool | None = None
    show: str | None = None

    @property
    def only_evaluates(self) -> bool:
        """Tell whether the command ends without a shell: there is code to evaluate, and nothing to go on with."""
        return self.file is None and {option for option, _ in self.steps} in ({"-e"}, {"-e", "-r"})


_WITH_VALUE: Final = {"-e": "-e", "--eval": "-e", "-r": "-r", "-S": "-S"}


def parse(argv: Sequence[str]) -> Options:
    """Return the options of a command line. Raises UsageError."""
    options = Options()
    rest = list(argv)
    while rest:
        argument = rest.pop(0)
        name, equals, given = argument.partition("=") if argument.startswith("--") else (argument, "", "")

        def value(name: str = name, equals: str = equals, given: str = given) -> str:
            if equals:
                return given
            if not rest:
                raise UsageError(f"{name} wants a value")
            return rest.pop(0)

        if name in _WITH_VALUE:
            options.steps.append((_WITH_VALUE[name], value()))
            if name == "-S":
                options.arguments = rest
                break
        elif name == "--dot-iex":
            options.dot_iex = value()
        elif name == "--messages":
            options.messages = _message_style(value())
        elif name in ("--color", "--no-color"):
            options.color = name == "--color"
        elif name in ("-v", "--version", "-h", "--help"):
            options.show = "version" if "v" in name else "help"
        elif argument.startswith("-") and argument != "-":
            raise UsageError(f"unknown option {argument}")
        else:
            options.file, options.arguments = argument, rest
            break
    return options


def _message_style(style: str) -> str:
    if style not in ("1.18", "1.1"):
        raise UsageError(f"--messages is 1.18 or 1.1, not {style}")
    return style


def main(argv: Sequence[str] | None = None) -> int:
    """Run the `pyex` command; returns its exit status."""
    argv = sys.argv[1:] if argv is None else list(argv)
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


def _new(argv: list[str]) -> int:
    from pyex.code import scaffold

    return scaffold.main(argv)


_COMMANDS: Final[dict[str, Callable[[list[str]], int]]] = {"new": _new, "replay": _replay}

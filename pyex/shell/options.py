"""What the command line of a shell asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final


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
    dbg: str | None = None
    node: dict[str, str] = field(default_factory=dict)
    """`sname` or `name`, and `cookie`."""
    sasl_reports: bool = False
    """Whether what supervisors do is logged."""
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
        elif name in ("--sname", "--name", "--cookie"):
            options.node[name.removeprefix("--")] = value()
        elif name == "--logger-sasl-reports":
            options.sasl_reports = _one_of(("true", "false"), name, value()) == "true"
        elif name == "--dbg":
            options.dbg = _one_of(("pry",), "--dbg", value())
        elif name == "--messages":
            options.messages = _one_of(("1.18", "1.1"), "--messages", value())
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


def _one_of(known: tuple[str, ...], name: str, given: str) -> str:
    if given not in known:
        raise UsageError(f"{name} is {' or '.join(known)}, not {given}")
    return given

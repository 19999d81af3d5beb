"""Diagnostics: what the compiler has to say about the user's code, as data.

Every message has a `code`, the kind of thing it says, and a `subject`, the name it says it of, so that
`messages.render` can word it in the style of another version of Elixir.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from pyex.terms.atoms import atom_name
from pyex.terms.errors import ElixirError, elixir_error
from pyex.terms.lists import split_tail

Severity = Literal["error", "warning"]
WARNED: Final = "warned"
"""The code of what `IO.warn` says of a place in a source."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message about a place in the source.

    `where` is the scope that is printed after the position: `Demo.hello/1` or `Demo (module)`. `length` is the number
    of columns that the marker covers. `stacktrace` is given by `IO.warn`, instead of a place or (with the code `WARNED`)
    beside it, to tell it.
    """

    severity: Severity
    message: str
    file: str | None
    line: int
    column: int | None = None
    length: int = 1
    where: str = ""
    code: str = ""
    subject: str = ""
    stacktrace: Any = None
    lead: str = ""
    """What is said between the message and the line of source, where there is one to show."""


Listener = Callable[[Diagnostic], None]


class Collector:
    """Gathers the diagnostics of one compilation and passes each one on to its listener at once."""

    __slots__ = ("_tainted", "diagnostics", "listener")

    def __init__(self, listener: Listener | None = None) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.listener = listener
        self._tainted: set[Any] = set()

    def add(self, diagnostic: Diagnostic) -> None:
        """Take one diagnostic."""
        self.diagnostics.append(diagnostic)
        if self.listener is not None:
            self.listener(diagnostic)

    @property
    def errors(self) -> list[Diagnostic]:
        """The errors among the diagnostics."""
        return [item for item in self.diagnostics if item.severity == "error"]

    def taint(self, module: Any) -> None:
        """Note that a module has errors: it goes on being compiled, to find more, and is refused at its end."""
        self._tainted.add(module)

    def is_tainted(self, module: Any) -> bool:
        """Tell whether errors of a module have been logged."""
        return module in self._tainted

    def forget(self, module: Any) -> None:
        """Start a module afresh."""
        self._tainted.discard(module)


def position(meta: Any) -> tuple[int, int | None]:
    """Return (line, column) of a form's metadata; line 0 and no column when it has none."""
    line, column = 0, None
    for item in split_tail(meta)[0]:
        name = item[0].name
        if name == "line":
            line = item[1]
        elif name == "column":
            column = item[1]
    return line, column


def where_of(env: Any) -> str:
    """Return how a diagnostic names the scope of an Env."""
    if env.module is None:
        return ""
    from pyex.terms.inspect import inspect

    name = inspect(env.module)
    if env.function is None:
        return f"{name} (module)"
    return f"{name}.{_function_text(env.function)}"


def _function_text(function: tuple[Any, int]) -> str:
    from pyex.terms.inspect.literals import function_name

    return f"{function_name(atom_name(function[0]) or '')}/{function[1]}"


def make(
    severity: Severity, env: Any, meta: Any, message: str, *, code: str = "", subject: str = "", length: int = 1
) -> Diagnostic:
    """Return a diagnostic for the place of a form's metadata in the scope of an Env."""
    line, column = position(meta)
    file, where = env.file, where_of(env)
    for item in split_tail(meta)[0]:
        if item[0].name == "keep" and type(item[1]) is tuple:
            file, line, column = item[1][0], item[1][1], None
    return Diagnostic(severity, message, file, line, column, length, where, code, subject)


def warn(env: Any, meta: Any, message: str, *, code: str = "", subject: str = "", length: int = 1) -> None:
    """Report a warning about a form."""
    env.collector.add(make("warning", env, meta, message, code=code, subject=subject, length=length))


def error(env: Any, meta: Any, message: str, *, code: str = "", subject: str = "", length: int = 1) -> None:
    """Report an error about a form. In a function the compiler goes on to find more; elsewhere this raises."""
    env.collector.add(make("error", env, meta, message, code=code, subject=subject, length=length))
    if env.module is not None:
        env.collector.taint(env.module)
    if env.function is None:
        raise compile_error(env)


def fatal(env: Any, meta: Any, message: str, *, code: str = "", subject: str = "", length: int = 1) -> ElixirError:
    """Report an error after which the compiler cannot go on; `raise fatal(…)`."""
    env.collector.add(make("error", env, meta, message, code=code, subject=subject, length=length))
    if env.module is not None:
        env.collector.taint(env.module)
    return compile_error(env)


def compile_error(env: Any) -> ElixirError:
    """Return the CompileError that ends a compilation whose errors have been reported."""
    if env.module is not None:
        from pyex.terms.inspect import inspect

        text = f"cannot compile module {inspect(env.module)} (errors have been logged)"
        return elixir_error("CompileError", file=env.file, line=0, description=text)
    return elixir_error("CompileError", file=env.file, line=0, description="cannot compile file (errors have been logged)")

"""Warnings and errors about a module, by line rather than by form."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from pyex.compiler.diagnostics import Collector, Diagnostic, compile_error, position, where_of
from pyex.terms.errors import ElixirError

if TYPE_CHECKING:
    from pyex.compiler.module.builder import ModuleBuilder


def warn(
    env: Any, line: int, message: str, *, column: int = 0, plain: bool = False, code: str = "", subject: str = ""
) -> None:
    """Report a warning at a line, and a column if it is not 0; a plain one names no scope after its place."""
    where = "" if plain else where_of(env)
    env.collector.add(Diagnostic("warning", message, env.file, line, column or None, 1, where, code, subject))


def located(env: Any, meta: Any, message: str, *, length: int = 1, code: str = "", lead: str = "") -> None:
    """Report a warning at the place of a form's metadata."""
    line, column = position(meta)
    env.collector.add(Diagnostic("warning", message, env.file, line, column, length, where_of(env), code, lead=lead))


def error(
    env: Any, line: int, message: str, *, column: int = 0, length: int = 1, code: str = "", subject: str = ""
) -> None:
    """Report an error; the module goes on being compiled, to find more, and is refused at its end."""
    place = (env.file, line, column or None, length)
    env.collector.add(Diagnostic("error", message, *place, where_of(env), code, subject))
    env.collector.taint(env.module)


def fail(env: Any, line: int, message: str, *, column: int = 0) -> ElixirError:
    """Report an error after which the module cannot go on; `raise fail(…)`."""
    error(env, line, message, column=column)
    return compile_error(env)


def fail_file(env: Any, line: int, message: str, *, column: int = 0) -> ElixirError:
    """Report an error that ends the compilation of the file; it names no scope."""
    env.collector.add(Diagnostic("error", message, env.file, line, column or None))
    env.collector.taint(env.module)
    return compile_error(env.replace(module=None))


_LATER: Final = {"fields": 1, "segments": 2, "patterns": 3}
"""Kinds of warnings that come after all others: Elixir sorts them by the part of the compiler that found them."""


@contextlib.contextmanager
def in_order(builder: ModuleBuilder) -> Iterator[None]:
    """Hold back what is reported of a module inside the block, and report it by kind and line at the end."""
    env, held = builder.env, Collector()
    builder.env = env.replace(collector=held)
    try:
        yield
    finally:
        builder.env = env
    for diagnostic in sorted(held.diagnostics, key=lambda one: (_LATER.get(one.code, 0), one.line)):
        env.collector.add(diagnostic)

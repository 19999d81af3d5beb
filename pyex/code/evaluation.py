"""Evaluating a whole file: `.ex` files being compiled, `.exs` scripts, `Code.eval_file` and its kin."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pyex.compiler.diagnostics import Collector, Diagnostic
from pyex.compiler.env import Env, default_env
from pyex.compiler.lexical import Lexical
from pyex.terms.errors import elixir_error
from pyex.terms.syntax_messages import shown_path

if TYPE_CHECKING:
    from pyex.syntax import SourceWarning


class Output:
    """Where diagnostics of files go. The shell puts its own listener here; a plain program gets them on stderr."""

    listener: Callable[[Diagnostic], None]


def _to_stderr(diagnostic: Diagnostic) -> None:
    from pyex.compiler.messages import render

    print(render(diagnostic), file=sys.stderr)


Output.listener = _to_stderr


def report(diagnostic: Diagnostic) -> None:
    """Hand a diagnostic to whoever shows them."""
    Output.listener(diagnostic)


def report_source(warning: SourceWarning) -> None:
    """Hand on what the tokenizer or the parser warns of."""
    report(Diagnostic("warning", warning.message, warning.file, warning.line, warning.column or None))


@contextlib.contextmanager
def heard_by(listener: Callable[[Diagnostic], None]) -> Iterator[None]:
    """Have diagnostics of files go somewhere else while a block runs."""
    before, Output.listener = Output.listener, listener
    try:
        yield
    finally:
        Output.listener = before


@contextlib.contextmanager
def errors_last(*, only_first: bool = False) -> Iterator[list[Diagnostic]]:
    """Print warnings as they come, and errors when all are known, the last one first, as Elixir's compiler of files does.

    In the old style the first error ended the compilation: no other is told (`only_first`). Yields a list that holds
    the diagnostics once the block has ended, in the order in which they came.
    """
    listener = Output.listener
    errors: list[Diagnostic] = []
    seen: list[Diagnostic] = []

    def listen(diagnostic: Diagnostic) -> None:
        seen.append(diagnostic)
        if diagnostic.severity == "error":
            errors.append(diagnostic)
        else:
            listener(diagnostic)

    try:
        with heard_by(listen):
            yield seen
    finally:
        for diagnostic in errors[:1] if only_first else reversed(errors):
            listener(diagnostic)


def decoded(data: bytes, path: str) -> str:
    """Return a source file's text; raises UnicodeConversionError, with the place, when it is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise elixir_error(
            "UnicodeConversionError",
            encoded="",
            message=f"invalid encoding in {shown_path(path)}:{line} starting at {list(data[error.start : error.start + 1])}",
        ) from None


def file_env(path: str, collector: Collector | None = None) -> Env:
    """Return the environment in which a file's code starts."""
    return default_env(file=path, line=1, collector=collector or Collector(report), lexical=Lexical())


def evaluate_file(
    data: bytes, path: str, env: Env | None = None, *, whole: bool = False
) -> tuple[Any, dict[Any, Any], Env]:
    """Evaluate an Elixir source from top to bottom; returns (last value, bindings, environment).

    A `whole` file is compiled rather than evaluated: variables that it does not use are warned of.

    Raises what the source's syntax or its code raises; errors of its modules have been reported by then.
    """
    from pyex.compiler.evaluate import eval_quoted
    from pyex.syntax import parse

    quoted = parse(decoded(data, path), file=path, warn=report_source)
    result = eval_quoted(quoted, {}, env or file_env(path), whole=whole)
    if env is None and result.env.lexical is not None:
        result.env.lexical.report()
    return result.value, result.binding, result.env

"""Files that wait for each other's modules: what is said of them."""

from __future__ import annotations

from typing import Any

from pyex.compiler.host import host
from pyex.terms.errors import elixir_error
from pyex.terms.inspect import inspect
from pyex.terms.syntax_messages import shown_path


def refuse(module: Any) -> None:
    """Raise CompileError if the module's file waits, by way of others, for the file that is being compiled."""
    circle = host.current.deadlock(module)
    if not circle:
        return
    first, *others = [f"deadlocked waiting on module {inspect(wanted)}" for _, wanted in circle]
    parts = [first]
    for (path, _), text in zip(circle[1:], others, strict=True):
        parts.append(f"== Compilation error in file {shown_path(path)} ==\n** (CompileError) {text}")
    waiting = "\n".join(f"  {shown_path(path)} => {inspect(wanted)}" for path, wanted in circle)
    parts.append(
        "Compilation failed because of a deadlock between files.\n"
        f"The following files depended on the following modules:\n\n{waiting}\n\n"
        "Ensure there are no compile-time dependencies between those files and that the modules they reference exist "
        "and are correctly named"
    )
    raise elixir_error("CompileError", file=None, line=0, description="\n\n\n".join(parts))

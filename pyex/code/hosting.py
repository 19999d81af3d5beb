"""What the code server lends the compiler: `compiler.host`'s Host, filled when pyex.code is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyex.code import native, server, versions
from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.host import host


class CodeHost:
    """The code server as the compiler sees it."""

    def ensure_compiled(self, module: Any) -> bool:
        """Load a module, compiling its file at need; tell whether it is there."""
        return server.ensure_loaded(module) is not None

    def deadlock(self, module: Any) -> list[tuple[str, Any]]:
        """Return the files that wait for each other if a module's file waits for the present one: (file, module)."""
        from pyex.code import finder
        from pyex.code.elixir_loader import circle

        path = finder.project_files.get(module)
        return circle(path, module) if path is not None else []

    def publish(self, compiled: Any) -> Any:
        """Make a compiled module the current version; returns the ModuleVersion."""
        from pyex.code.elixir_loader import publish_compiled

        return publish_compiled(compiled)

    def origin(self, module: Any) -> str | None:
        """Return where the current version of a loaded module came from, None when none is loaded."""
        version = versions.current(module)
        if version is None and native.module_path(module) is not None:
            version = server.ensure_loaded(module)
        return version.origin if version is not None else None

    def function(self, module: Any, name: str, arity: int) -> Callable[..., Any] | None:
        """Return an exported function of a module that can be loaded, else None."""
        version = server.ensure_loaded(module)
        return version.exports.get((name, arity)) if version is not None else None

    def is_library(self, module: Any) -> bool:
        """Tell whether a module is one of pyex's own, written in Python."""
        return native.module_path(module) is not None

    def reads_forms(self, module: Any, name: str, arity: int) -> bool:
        """Tell whether a function of the library wants functions that are written in its call as forms."""
        found = native.load_native(module)
        return found is not None and (name, arity) in found.form_readers

    def report(self, diagnostic: Diagnostic) -> None:
        """Show a diagnostic of code that is compiled while a program runs."""
        from pyex.code.evaluation import report

        report(diagnostic)

    def when_compiled(self, action: Callable[[], None]) -> None:
        """Do something when the file that is being compiled is done; at once when there is none."""
        from pyex.code.verification import after_compilation

        after_compilation(action)


host.current = CodeHost()

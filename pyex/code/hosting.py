"""What the code server lends the compiler: `compiler.host`'s Host, filled when pyex.code is imported."""

from __future__ import annotations

from typing import Any

from pyex.code import server
from pyex.compiler.host import host


class CodeHost:
    """The code server as the compiler sees it."""

    def ensure_compiled(self, module: Any) -> bool:
        """Load a module, compiling its file at need; tell whether it is there."""
        return server.ensure_loaded(module) is not None

    def publish(self, compiled: Any) -> Any:
        """Make a compiled module the current version; returns the ModuleVersion."""
        from pyex.code.elixir_loader import publish_compiled

        return publish_compiled(compiled)


host.current = CodeHost()

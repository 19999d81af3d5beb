"""What the compiler asks of the floors above it: the code server and the module being built.

The compiler never imports the code server; `pyex.code` fills `host.current` when it is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from pyex.compiler.diagnostics import Diagnostic
from pyex.terms.errors import PyexBug


class Host(Protocol):
    """The code server, as the compiler sees it."""

    def ensure_compiled(self, module: Any) -> bool:
        """Load (or compile, by need) a module; tell whether it is there."""
        ...

    def deadlock(self, module: Any) -> list[tuple[str, Any]]:
        """Return the files that wait for each other if a module's file waits for the present one: (file, module)."""
        ...

    def publish(self, compiled: Any) -> Any:
        """Make a `CompiledModule` the current version of its module."""
        ...

    def origin(self, module: Any) -> str | None:
        """Return where the current version of a loaded module came from, None when none is loaded."""
        ...

    def function(self, module: Any, name: str, arity: int) -> Callable[..., Any] | None:
        """Return an exported function of a module that can be loaded, else None."""
        ...

    def is_library(self, module: Any) -> bool:
        """Tell whether a module is one of pyex's own, written in Python."""
        ...

    def reads_forms(self, module: Any, name: str, arity: int) -> bool:
        """Tell whether a function of the library wants functions that are written in its call as forms."""
        ...

    def report(self, diagnostic: Diagnostic) -> None:
        """Show a diagnostic of code that is compiled while a program runs."""
        ...

    def when_compiled(self, action: Callable[[], None]) -> None:
        """Do something when the file that is being compiled is done; at once when there is none."""
        ...


class Definitions(Protocol):
    """The module that is being built around a form: what it has defined so far."""

    def local_macro(self, name: str, arity: int) -> Callable[..., Any] | None:
        """Return the function of a macro that this module has defined above, else None."""
        ...

    def defines(self, name: str, arity: int) -> bool:
        """Tell whether this module has defined that function or macro so far."""
        ...

    def note_import(self, module: Any, name: str, arity: int) -> None:
        """Take note that an imported function or macro is called in the module."""
        ...

    def enforced_of(self, module: Any) -> list[Any]:
        """Return the keys of @enforce_keys of this module, or of one around it."""
        ...

    def struct_of(self, module: Any) -> Any:
        """Return the struct, with its defaults, of this module (or one around it) once it is defined, else None."""
        ...

    def overridden(self, env: Any, meta: Any) -> tuple[str, str] | None:
        """Return (kind, name) of the definition that `super` means in `env.function`, or None."""
        ...


class _Slot:
    """Holds the host; filled when `pyex.code` is imported."""

    __slots__ = ("_current",)

    def __init__(self) -> None:
        self._current: Host | None = None

    @property
    def current(self) -> Host:
        if self._current is None:
            raise PyexBug("the compiler has no host: nothing has imported pyex.code")
        return self._current

    @current.setter
    def current(self, value: Host) -> None:
        self._current = value


host = _Slot()

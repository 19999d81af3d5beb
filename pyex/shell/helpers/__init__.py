"""IEx.Helpers: the functions that can be called at the prompt without naming their module."""

from pyex.shell.helpers import debugging, documentation, information, loading, session, system
from pyex.shell.helpers.module import helpers

__all__ = ["debugging", "documentation", "helpers", "information", "loading", "session", "system"]

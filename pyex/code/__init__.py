"""The code floor: module versions, loaders, reload, projects.

Importing it connects the compiler and the export entries to the code server.
"""

from pyex.code import hosting, server

__all__ = ["hosting", "server"]

"""What stands before the line that is typed, and the banner above the first one."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Final

ELIXIR_VERSION: Final = "1.18.3"
SHELL_LINE: Final = f"Interactive Elixir ({ELIXIR_VERSION}) - press Ctrl+C to exit (type h() ENTER for help)"


def version() -> str:
    """Return pyex's own version; a source tree that is not installed has none of its own yet."""
    try:
        return metadata.version("pyex-shell")
    except metadata.PackageNotFoundError:
        return "development"


def host_line() -> str:
    """Return the first line of the banner: what the shell runs on."""
    return f"Python {platform.python_version()} [pyex {version()}] [{platform.machine()}]"


def render_prompt(pattern: str, prefix: str, counter: int, node: str = "nonode@nohost") -> str:
    """Return the prompt that a configured pattern stands for; a blank always follows it."""
    text = pattern.replace("%counter", str(counter)).replace("%prefix", prefix).replace("%node", node)
    return text + " "

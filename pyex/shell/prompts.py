"""What stands before the line that is typed, and the banner above the first one."""

from __future__ import annotations

import platform
from typing import Final

from pyex import __version__
from pyex.terms.node import this_node

ELIXIR_VERSION: Final = "1.18.3"
SHELL_LINE: Final = f"Interactive Elixir ({ELIXIR_VERSION}) - press Ctrl+C to exit (type h() ENTER for help)"


def host_line() -> str:
    """Return the first line of the banner: what the shell runs on."""
    return f"Python {platform.python_version()} [pyex {__version__}] [{platform.machine()}]"


def render_prompt(pattern: str, prefix: str, counter: int) -> str:
    """Return the prompt that a configured pattern stands for; a blank always follows it."""
    text = pattern.replace("%counter", str(counter)).replace("%prefix", prefix).replace("%node", this_node.name.name)
    return text + " "

"""The options of `Port.open/2`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pyex.code.native import call
from pyex.terms.atoms import atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import bad_argument
from pyex.terms.lists import to_pylist


@dataclass
class Settings:
    """What the options of a port say."""

    binary: bool = False
    exit_status: bool = False
    eof: bool = False
    errors_too: bool = False
    reads: bool = True
    writes: bool = True
    line: int | None = None
    packet: int = 0
    folder: str | None = None
    args: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)


_SILENT = frozenset(("stream", "use_stdio", "hide", "overlapped_io", "parallelism", "busy_limits_port", "busy_limits_msgq"))


def _text(value: Any) -> str:
    return str(value if is_binary(value) else call("List", "to_string", value))


def settings_of(name: Any, options: Any) -> Settings:
    """Return the settings of a port's options; others are refused."""
    settings = Settings()
    for option in to_pylist(options):
        key, value = option if type(option) is tuple and len(option) == 2 else (option, True)
        match atom_name(key):
            case "binary" | "exit_status" | "eof" as flag:
                setattr(settings, flag, True)
            case "stderr_to_stdout":
                settings.errors_too = True
            case "in":
                settings.writes = False
            case "out":
                settings.reads = False
            case "line":
                settings.line = value
            case "packet" if value in (0, 1, 2, 4):
                settings.packet = value
            case "cd":
                settings.folder = _text(value)
            case "args":
                settings.args = [_text(item) for item in to_pylist(value)]
            case "env":
                settings.env = {_text(key): _text(item) for key, item in to_pylist(value) if item is not False}
            case other if other not in _SILENT:
                raise bad_argument("erlang", "open_port", (name, options), a2="invalid option in list")
    return settings

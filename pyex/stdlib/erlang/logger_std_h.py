""":logger_std_h: the handler that writes events to the console, to the standard error, or into a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp.log import Console, text_by
from pyex.terms.atoms import alias, atom
from pyex.terms.functions import export
from pyex.terms.lists import charlist
from pyex.terms.maps import Map

module = NativeModule(":logger_std_h", doc="Writes events to the console or into a file.")
OK: Final = atom("ok")
CONFIG: Final = atom("config")
FILE: Final = atom("file")
TYPE: Final = atom("type")


@module.function
def adding_handler(config: Any) -> Any:
    """Note where the events of a new handler go: a file's name is told in full."""
    own = config.get(CONFIG)
    own = own if type(own) is Map else Map()
    if FILE in own:
        path = Path(str(export(alias("IO"), "chardata_to_string", 1).fn(own[FILE]))).absolute()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        own = own.put(FILE, charlist(str(path))).put(TYPE, FILE)
    elif TYPE not in own:
        own = own.put(TYPE, atom("standard_io"))
    return OK, config.put(CONFIG, own)


@module.function
def log(log_event: Any, config: Any) -> Any:
    """Write one event."""
    own = config[CONFIG]
    text = text_by(config[atom("formatter")], log_event)
    kind = own.get(TYPE)
    if kind is FILE:
        name = str(export(alias("IO"), "chardata_to_string", 1).fn(own[FILE]))
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(text)
    elif kind is atom("standard_error"):
        sys.stderr.write(text)
        sys.stderr.flush()
    else:
        Console.write(text)
    return OK

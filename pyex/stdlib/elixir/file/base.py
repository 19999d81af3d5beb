"""The File module, and how its functions answer: `:ok`, `{:ok, value}`, `{:error, posix}`, or File.Error with a bang."""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import ENOTEMPTY, errorcode
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.io import chardata_to_string
from pyex.terms.atoms import atom
from pyex.terms.errors import elixir_error

module = NativeModule("File", doc="Files and folders.")

OK: Final = atom("ok")
ERROR: Final = atom("error")


def path_of(value: Any) -> str:
    """Return a path argument, a string or chardata, as text."""
    return os.fsdecode(chardata_to_string(value))


def posix(error: OSError) -> Any:
    """Return the atom of an operating system's error: `:enoent`."""
    if error.errno == ENOTEMPTY:
        return atom("eexist")  # as Erlang has it
    return atom(errorcode.get(error.errno or 0, "eio").lower())


def attempt(work: Callable[[], Any]) -> Any:
    """Return `:ok` (for None) or `{:ok, value}` of some work, or `{:error, posix}` when it fails."""
    try:
        value = work()
    except OSError as error:
        return ERROR, posix(error)
    except ValueError:
        return ERROR, atom("badarg")  # a path with a null byte, a time that is none
    return OK if value is None else (OK, value)


def demand_copied(answer: Any, kind: str, action: str, source: Any, destination: Any, on: str = "") -> Any:
    """Return the value of an answer; raises `File.CopyError` or `File.RenameError` with what was tried."""
    if answer is OK:
        return OK
    if answer[0] is OK:
        return answer[1]
    paths = {"source": path_of(source), "destination": path_of(destination)}
    raise elixir_error(f"File.{kind}Error", reason=answer[1], action=action, on=on, **paths)


def demand(answer: Any, action: str, path: Any, **more: Any) -> Any:
    """Return the value of an answer; raises File.Error with what was tried."""
    if answer is OK:
        return OK
    if answer[0] is OK:
        return answer[1]
    shown = None if path is None else path_of(path)
    raise elixir_error("File.Error", reason=answer[1], path=shown, action=action, **more)

"""Frames of Python as entries of stack traces: what is told of one frame.

Only Elixir frames (their globals hold `__elixir__`) and frames of the user's Python files are told; pyex's own, Python's library and
installed packages are not.
"""

from __future__ import annotations

import os
import re
import sysconfig
from types import CodeType, FrameType
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.lists import charlist, from_iterable

TOP: Final = atom("elixir_eval")
FILE: Final = atom("__FILE__")
COMPILED: Final = atom("elixir_compiler_0")
"""What Elixir calls the module that a script is compiled to."""
COMPILED_LABEL: Final = "__FILE__/1"
OUTSIDE: Final = frozenset({"(file)", COMPILED_LABEL})
"""The names of code outside of modules: of what is evaluated, and of a script."""
MODULES: Final = "(modules)"
"""The name of the code of a file that holds modules alone: Elixir compiles each, and runs no code of the file."""
NAME: Final = re.compile(r"(?P<name>.+)/(?P<arity>\d+)\Z", re.DOTALL)
"""The name of the code of an Elixir function."""

_EVALUATED: Final = frozenset({"iex", "nofile"})
_PYEX: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_LIBRARY: Final = tuple(
    {os.path.abspath(path) + os.sep for name, path in sysconfig.get_paths().items() if name.endswith(("lib", "stdlib"))}
)

_entries: Final[dict[tuple[int, int | None, str], tuple[CodeType, Any, Any]]] = {}
"""The entries of compiled code, by the identity of the code, its line, and the folder that their files are told from.

With them the code, which stays its own while it is kept, and the module.
"""

_KEPT: Final = 4_096


def entry_of(frame: FrameType, line: int | None, folder: str) -> Any:
    """Return the Elixir frame of a Python frame, or None for one that is not shown."""
    code = frame.f_code
    namespace = frame.f_globals
    if "__elixir__" not in namespace:
        return _python_entry(frame, line, folder)
    module = namespace["__elixir__"]
    key = id(code), line, folder
    known = _entries.get(key)
    if known is None or known[1] is not module:
        if len(_entries) >= _KEPT:
            _entries.clear()
        known = _entries[key] = code, module, _elixir_entry(code, module, line, folder)
    return known[2]


def _elixir_entry(code: CodeType, module: Any, line: int | None, folder: str) -> Any:
    if code.co_name == MODULES:
        return None
    found = NAME.match(code.co_name)
    evaluated = module is None and (found is None or code.co_filename in _EVALUATED)
    if code.co_name == "(file)" or evaluated:
        return (TOP, FILE, 1, _location(code.co_filename, line, folder))
    if found is None:
        return None  # a helper inside a function: its caller's frame tells
    where = _location(code.co_filename, line, folder)
    if module is None:
        module = TOP if found["name"] == "__FILE__" else COMPILED
    return (module, atom(found["name"]), int(found["arity"]), where)


def _python_entry(frame: FrameType, line: int | None, folder: str) -> Any:
    code = frame.f_code
    path = code.co_filename
    if not path.endswith(".py") or _is_library(path):
        return None
    where = _location(os.path.relpath(path), line, folder)
    served = _served_module(frame)
    if served is not None:
        return (served, atom(code.co_name), code.co_argcount - 1, where)
    module = atom("Python." + str(frame.f_globals.get("__name__", "")))
    return (module, atom(code.co_qualname), code.co_argcount, where)


def _served_module(frame: FrameType) -> Any:
    """Return the Elixir module of the class whose method a frame runs, or None: `Sequence.Server.handle_call/3`."""
    code = frame.f_code
    if not code.co_argcount or code.co_varnames[0] != "self":
        return None
    version = getattr(type(frame.f_locals.get("self")), "__elixir__", None)
    return getattr(version, "name", None)


_shown: Final[dict[str, bool]] = {}


def _is_library(path: str) -> bool:
    found = _shown.get(path)
    if found is None:
        full = os.path.abspath(path)
        found = _shown[path] = full.startswith((_PYEX, *_LIBRARY)) or full.endswith("/pyex/__main__.py")
    return found


def _location(file: str, line: int | None, folder: str) -> Any:
    file = file.removeprefix(folder + os.sep)
    return from_iterable([(atom.file, charlist(file)), (atom.line, line or 0)])

""":filename: names of files; a binary gives a binary, a charlist a charlist."""

from __future__ import annotations

import os
from typing import Any

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.io_lib.directives import text_of
from pyex.terms.atoms import atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.lists import from_pylist, to_pylist

module = NativeModule(":filename", doc="Names of files.")


def _text(name: Any) -> str:
    return atom_name(name) or text_of(name)


def _like(text: str, *names: Any) -> Any:
    """Return a text as a binary when a name was one, else as a charlist."""
    return text if any(is_binary(name) for name in names) else from_pylist(list(map(ord, text)))


@module.function
def basename(filename: Any) -> Any:
    """Return the last part of a name.

        iex> :filename.basename("/usr/lib/a.txt")
        "a.txt"
    """
    return _like(os.path.basename(_text(filename).rstrip("/")), filename)


@module.function("basename", arity=2)
def basename_without(filename: Any, ext: Any) -> Any:
    """Return the last part of a name without an extension.

        iex> :filename.basename("/usr/lib/a.txt", ".txt")
        "a"
    """
    last, ending = os.path.basename(_text(filename).rstrip("/")), _text(ext)
    return _like(last.removesuffix(ending) if last != ending else last, filename, ext)


@module.function
def dirname(filename: Any) -> Any:
    """Return all but the last part of a name.

        iex> :filename.dirname("/usr/lib/a.txt")
        "/usr/lib"
    """
    return _like(os.path.dirname(_text(filename)) or ".", filename)


@module.function
def extension(filename: Any) -> Any:
    """Return the extension of a name, with its dot.

        iex> :filename.extension(~c"a.txt")
        ~c".txt"
    """
    return _like(_split(_text(filename))[1], filename)


def _split(text: str) -> tuple[str, str]:
    place = text.rfind(".")
    return (text, "") if place <= text.rfind("/") + 1 else (text[:place], text[place:])


@module.function
def rootname(filename: Any) -> Any:
    """Return a name without its extension.

        iex> :filename.rootname("/usr/a.txt")
        "/usr/a"
    """
    return _like(_split(_text(filename))[0], filename)


@module.function("join", arity=2)
def join(name1: Any, name2: Any) -> Any:
    """Return two names as one.

        iex> :filename.join("/usr", "lib")
        "/usr/lib"
    """
    joined = os.path.join(_text(name1), _text(name2))
    return _like(joined.rstrip("/") or "/", name1, name2)


@module.function("join", arity=1)
def join_all(components: Any) -> Any:
    """Return names as one.

        iex> :filename.join(["/usr", "lib", "a"])
        "/usr/lib/a"
    """
    first, *rest = to_pylist(components)
    for name in rest:
        first = join(first, name)
    return first


@module.function
def split(filename: Any) -> Any:
    """Return the parts of a name.

        iex> :filename.split("/usr/lib")
        ["/", "usr", "lib"]
    """
    text = _text(filename)
    parts = (["/"] if text.startswith("/") else []) + [part for part in text.split("/") if part]
    return from_pylist([_like(part, filename) for part in parts])


@module.function("absname", arity=(1, 2))
def absname(filename: Any, directory: Any = None) -> Any:
    """Return a name from the root on, as seen from the current or another folder."""
    return _like(os.path.join(os.getcwd() if directory is None else _text(directory), _text(filename)), filename)


@module.function
def pathtype(path: Any) -> Any:
    """Return `:absolute` or `:relative`.

        iex> :filename.pathtype("a/b")
        :relative
    """
    return atom("absolute") if _text(path).startswith("/") else atom("relative")

"""Path: file names as text."""

from __future__ import annotations

import os
import re
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.io import chardata_to_string
from pyex.stdlib.elixir.path_patterns import matching
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import ElixirError, argument_error, bad_argument, function_clause
from pyex.terms.folder import current_folder
from pyex.terms.functions import is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, from_pylist, to_pylist

module = NativeModule("Path", doc="File names as text; nothing here but `wildcard` looks at the disk.")

MODULE: Final = alias("Path")
_HERE: Final = object()
"""Stands for the current folder where no other is given."""


def _text(path: Any) -> str:
    return str(chardata_to_string(path))


@module.function
def join(list: Any) -> Any:
    """Join a list of parts with slashes.

        iex> Path.join(["a", "b", "c"])
        "a/b/c"
    """
    if list is EMPTY:
        raise function_clause(MODULE, "join", (list,))
    first, *rest = to_pylist(list)
    result = _text(first)
    for part in rest:
        result = _joined(result, _text(part))
    return result


@module.function("join", arity=2)
def join_two(left: Any, right: Any) -> Any:
    """Join two parts with one slash.

        iex> Path.join("foo/", "/bar")
        "foo/bar"
    """
    return _joined(_text(left), _text(right))


def _joined(left: str, right: str) -> str:
    """Return two paths with one slash between them, and one less at the end; other slashes are left."""
    below = right.removeprefix("/")
    joined = f"{left.removesuffix('/')}/{below}" if left else below
    return joined if joined == "/" else joined.removesuffix("/")


@module.function
def split(path: Any) -> Any:
    """Return the parts of a path.

        iex> Path.split("/a/b")
        ["/", "a", "b"]
    """
    text = _text(path)
    parts = [part for part in text.split("/") if part]
    return from_pylist(["/", *parts] if text.startswith("/") else parts)


@module.function
def basename(path: Any, extension: Any = "") -> Any:
    """Return the last part of a path, without an extension if it has that.

        iex> Path.basename("/a/b.txt", ".txt")
        "b"
    """
    text, ending = _text(path), _text(extension)
    name = os.path.basename(text.rstrip("/"))
    return name if text.endswith("/") else name.removesuffix(ending)


@module.function
def dirname(path: Any) -> Any:
    """Return the folder of a path.

        iex> Path.dirname("/a/b.txt")
        "/a"
    """
    return os.path.dirname(_text(path)) or "."


@module.function
def extname(path: Any) -> Any:
    """Return the extension of a path, with its point.

        iex> Path.extname("a.b.c")
        ".c"
    """
    name = os.path.basename(_text(path))
    place = name.rfind(".")
    return name[place:] if place > 0 else ""


@module.function
def rootname(path: Any, extension: Any = None) -> Any:
    """Return a path without its extension.

        iex> Path.rootname("/a/b.txt")
        "/a/b"
    """
    text = _text(path)
    if extension is None:
        place = text.rfind(".")
        whole = place < 0 or place < text.rfind("/") or text[place - 1 : place] == "/"
        return text if whole else text[:place]
    root = text.removesuffix(_text(extension))
    return text if root.endswith("/") else root


@module.function
def type(name: Any) -> Any:
    """Return `:absolute` or `:relative`.

        iex> Path.type("/usr")
        :absolute
    """
    if not isinstance(name, List) and not is_binary(name):
        raise function_clause(MODULE, "type", (name,))
    return atom("absolute" if _text(name).startswith("/") else "relative")


@module.function
def absname(path: Any, relative_to: Any = _HERE) -> Any:
    """Return a path below another one (or what a function returns; the current folder unless it is given), `..` left as
    it is.

        iex> Path.absname("foo", "/tmp")
        "/tmp/foo"
    """
    text = _text(path)
    if not text.startswith("/"):
        given = current_folder() if relative_to is _HERE else relative_to() if is_function(relative_to, 0) else relative_to
        text = f"{_text(given)}/{text}" if text else _text(given)
    parts = [part for part in text.split("/") if part]
    kept = [part for part in parts[:-1] if part != "."] + parts[-1:]
    return ("/" if text.startswith("/") else "") + "/".join(kept)


@module.function
def expand(path: Any, relative_to: Any = None) -> Any:
    """Return a path made absolute, with `~`, `.` and `..` resolved.

        iex> Path.expand("/foo/../bar")
        "/bar"
    """
    text = os.path.expanduser(_text(path))
    base = current_folder() if relative_to is None else expand(relative_to)
    return os.path.normpath(os.path.join(base, text)).replace("//", "/")


@module.function
def relative_to(path: Any, cwd: Any, options: Any = EMPTY) -> Any:
    """Return a path as seen from a folder, when it lies below it; else the path itself.

        iex> Path.relative_to("/usr/local/foo", "/usr/local")
        "foo"
    """
    text, folder = _normal(path), _normal(cwd)
    if text.startswith("/") != folder.startswith("/") or text == ".":
        return text
    forced = (atom("force"), True) in to_pylist(options)
    inside = text == folder or text.startswith(folder.rstrip("/") + "/")
    if text.startswith("/") and not inside and not forced:
        return text
    parts, above = ([part for part in side.split("/") if part not in ("", ".")] for side in (text, folder))
    shared = 0
    while shared < min(len(parts), len(above)) and parts[shared] == above[shared]:
        shared += 1
    return "/".join([".."] * (len(above) - shared) + parts[shared:]) or "."


def _normal(path: Any) -> str:
    return os.path.normpath(re.sub(r"^/+", "/", _text(path)))


@module.function
def relative_to_cwd(path: Any, options: Any = EMPTY) -> Any:
    """Return a path as seen from the current folder, when it lies below it.

        iex> Path.relative_to_cwd("a")
        "a"
    """
    return relative_to(path, current_folder(), options)


@module.function
def relative(name: Any) -> Any:
    """Return a path without its root.

        iex> Path.relative("/usr/bin")
        "usr/bin"
    """
    text = _text(name)
    return "." if text == "/" else text.removeprefix("/")


@module.function
def safe_relative(path: Any, cwd: Any = None) -> Any:
    """Return `{:ok, path}` normalised when it does not lead out of its folder, not even by a link, else `:error`.

        iex> Path.safe_relative("a/../b")
        {:ok, "b"}
    """
    text, folder = _text(path), current_folder() if cwd is None else _text(cwd)
    if text.startswith("/"):
        return atom("error")
    pending, links = text.split("/")[::-1], set()
    done: list[str] = []
    while pending:
        part = pending.pop()
        here = os.path.join(folder, *done, part)
        if part in ("", "."):
            continue
        if part == "..":
            if not done:
                return atom("error")
            done.pop()
        elif os.path.islink(here):
            target = os.readlink(here)
            if target.startswith("/") or here in links:
                return atom("error")
            links.add(here)
            pending += target.split("/")[::-1]
        else:
            done.append(part)
    return atom("ok"), "/".join(done)


@module.function
def safe_relative_to(path: Any, cwd: Any) -> Any:
    """As `safe_relative/2`, whose older name it is.

        iex> Path.safe_relative_to("../b", "/tmp")
        :error
    """
    return safe_relative(path, cwd)


@module.function
def wildcard(glob: Any, options: Any = EMPTY) -> Any:
    """Return the existing paths that a pattern matches, sorted.

        iex> Path.wildcard("/no/such/*")
        []
    """
    hidden = (atom("match_dot"), True) in to_pylist(options)
    if not isinstance(glob, List) and not is_binary(glob):
        wrong = "not valid character data (an iodata term)"
        raise bad_argument("unicode", "characters_to_binary", (glob,), a1=wrong)
    text = _text(glob)
    if "\0" in text:
        raise argument_error(f"cannot execute Path.wildcard/2 for path with null byte, got: {inspect(text)}")
    if not text:
        raise ElixirError((atom.badmatch, EMPTY))
    return from_pylist([*matching(text, hidden=hidden)])

"""Path: file names as text."""

from __future__ import annotations

import glob
import os
import re
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.io import chardata_to_string
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.folder import current_folder
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, from_pylist, to_pylist

module = NativeModule("Path", doc="File names as text; nothing here but `wildcard` looks at the disk.")

MODULE: Final = alias("Path")


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
    result = None
    for part in to_pylist(list):
        result = _text(part) if result is None else join_two(result, part)
    return result if result == "/" else (result or "").rstrip("/")


@module.function("join", arity=2)
def join_two(left: Any, right: Any) -> Any:
    """Join two parts with one slash.

        iex> Path.join("foo/", "/bar")
        "foo/bar"
    """
    first, second = _text(left), _text(right)
    joined = re.sub(r"/+", "/", f"{first}/{second}" if first else second)
    return joined if joined == "/" else joined.rstrip("/")


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
    name = os.path.basename(_text(path).rstrip("/"))
    ending = _text(extension)
    return name[: -len(ending)] if ending and name.endswith(ending) and name != ending else name


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
    return os.path.splitext(os.path.basename(_text(path)))[1]


@module.function
def rootname(path: Any, extension: Any = None) -> Any:
    """Return a path without its extension.

        iex> Path.rootname("/a/b.txt")
        "/a/b"
    """
    text = _text(path)
    ending = extname(text) if extension is None else _text(extension)
    return text[: -len(ending)] if ending and text.endswith(ending) else text


@module.function
def type(name: Any) -> Any:
    """Return `:absolute` or `:relative`.

        iex> Path.type("/usr")
        :absolute
    """
    return atom("absolute" if _text(name).startswith("/") else "relative")


@module.function
def absname(path: Any, relative_to: Any = None) -> Any:
    """Return a path below another one (or what a function returns; the current folder unless it is given), `..` left as
    it is.

        iex> Path.absname("foo", "/tmp")
        "/tmp/foo"
    """
    text = _text(path)
    if text.startswith("/"):
        return re.sub(r"/+", "/", text).rstrip("/") or "/"
    base = current_folder() if relative_to is None else relative_to() if is_function(relative_to, 0) else relative_to
    return join_two(base, text)


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
    if not text.startswith("/"):
        return text if folder.startswith("/") else os.path.relpath(text, folder)
    if not folder.startswith("/"):
        return text
    forced = (atom("force"), True) in to_pylist(options)
    inside = text == folder or text.startswith(folder.rstrip("/") + "/")
    return os.path.relpath(text, folder) if inside or forced else text


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
    """Return `{:ok, path}` normalised when it does not lead out of its folder, else `:error`.

        iex> Path.safe_relative("a/../b")
        {:ok, "b"}
    """
    text = _text(path)
    normal = os.path.normpath(text)
    if text.startswith("/") or normal.startswith(".."):
        return atom("error")
    return atom("ok"), "" if normal == "." else normal


@module.function
def safe_relative_to(path: Any, cwd: Any) -> Any:
    """As `safe_relative/2`, whose older name it is.

        iex> Path.safe_relative_to("../b", "/tmp")
        :error
    """
    return safe_relative(path, cwd)


@module.function
def wildcard(glob_: Any, options: Any = EMPTY) -> Any:
    """Return the existing paths that a pattern matches, sorted.

        iex> Path.wildcard("/no/such/*")
        []
    """
    hidden = (atom("match_dot"), True) in to_pylist(options)
    return from_pylist(sorted(_matching(_text(glob_), hidden)))


def _matching(pattern: str, hidden: bool) -> set[str]:
    braces = re.search(r"\{([^{}]*)\}", pattern)
    if braces is None:
        return {found.rstrip("/") for found in glob.glob(pattern, recursive=True, include_hidden=hidden)}
    alternatives = braces.group(1).split(",")
    return {
        found
        for alternative in alternatives
        for found in _matching(pattern[: braces.start()] + alternative + pattern[braces.end() :], hidden)
    }

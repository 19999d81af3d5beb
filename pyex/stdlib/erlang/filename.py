""":filename: names of files; a binary gives a binary, a charlist a charlist."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom, atom_name, is_atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.lists import EMPTY, List, charlist, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map

module = NativeModule(":filename", doc="Names of files.")


def _text(name: Any) -> str:
    found = atom_name(name)
    if found is not None:
        return found
    if is_binary(name):
        return to_bytes(name).decode("utf-8", "surrogateescape")
    if isinstance(name, List):
        return _joined(name)
    raise function_clause(module.name, "do_flatten", (name, EMPTY))


def _like(text: str, *names: Any) -> Any:
    """Return a text as a binary when a name was one, else as a charlist."""
    if any(is_binary(name) for name in names):
        return binary(text.encode("utf-8", "surrogateescape"))
    return charlist(text)


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
    text = _text(filename)
    last = os.path.basename(text.rstrip("/"))
    return _like(last if text.endswith("/") else last.removesuffix(_text(ext)), filename, ext)


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
    if place < 0 or place < text.rfind("/") or text[place - 1 : place] == "/":
        return text, ""
    return text[:place], text[place:] if place else ""


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
    joined = re.sub(r"/+", "/", os.path.join(_text(name1), _text(name2)))
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
    """Return a name from the root on, as seen from the current or another folder.

        iex> :filename.absname("/a/b")
        "/a/b"
    """
    relative = pathtype(filename) is atom("relative")
    if directory is not None and relative and not _is_name(directory):
        raise function_clause(module.name, "join", (directory, filename))
    base = "" if not relative else os.getcwd() if directory is None else _text(directory)
    parts = [part for part in f"{base}/{_text(filename)}".split("/") if part not in ("", ".")]
    rooted = base.startswith("/") or not relative
    return _like(("/" if rooted else "") + "/".join(parts), filename, directory)


def _is_name(term: Any) -> bool:
    return is_atom(term) or is_binary(term) or isinstance(term, List)


@module.function
def pathtype(path: Any) -> Any:
    """Return `:absolute` or `:relative`.

        iex> :filename.pathtype("a/b")
        :relative
    """
    if not _is_name(path):
        raise function_clause(module.name, "pathtype", (path,))
    return atom("absolute") if _text(path).startswith("/") else atom("relative")


@module.function("rootname", arity=2)
def rootname_of(filename: Any, ext: Any) -> Any:
    """Return a name without an extension, if it has that one.

    iex> :filename.rootname("a/b.txt", ".txt")
    "a/b"
    """
    text, end = _text(filename), _text(ext)
    return _like(text[: -len(end)] if end and text.endswith(end) else text, filename)


@module.function
def flatten(filename: Any) -> Any:
    """Return a name of nested lists and atoms as one.

    iex> :filename.flatten([~c"a", [?b]])
    ~c"ab"
    """
    return _like(_text(filename), filename)


def _joined(name: Any) -> str:
    if not is_proper(name):
        raise function_clause(module.name, "do_flatten", (name, EMPTY))
    return "".join(chr(part) if type(part) is int else _text(part) for part in to_pylist(name))


@module.function
def nativename(path: Any) -> Any:
    """Return a name as the operating system writes it.

    iex> :filename.nativename("a/b/")
    "a/b"
    """
    text = _text(path)
    return _like(text.rstrip("/") or text[:1], path)


@module.function
def absname_join(directory: Any, filename: Any) -> Any:
    """Return a folder and a name joined.

    iex> :filename.absname_join("/a", "b")
    "/a/b"
    """
    return join(directory, filename)


_LIBRARY = "Library/Application Support"
_FOLDERS: Final = {
    "linux": {
        "user_cache": ("XDG_CACHE_HOME", ".cache", ""),
        "user_config": ("XDG_CONFIG_HOME", ".config", ""),
        "user_data": ("XDG_DATA_HOME", ".local/share", ""),
        "user_log": ("XDG_CACHE_HOME", ".cache", "log"),
        "site_config": ("XDG_CONFIG_DIRS", "/etc/xdg", ""),
        "site_data": ("XDG_DATA_DIRS", "/usr/local/share:/usr/share", ""),
    },
    "darwin": {
        "user_cache": ("", "Library/Caches", ""),
        "user_config": ("", _LIBRARY, ""),
        "user_data": ("", _LIBRARY, ""),
        "user_log": ("", "Library/Logs", ""),
        "site_config": ("", f"/{_LIBRARY}", ""),
        "site_data": ("", f"/{_LIBRARY}", ""),
    },
    "windows": {
        "user_cache": ("LOCALAPPDATA", "Local", "Cache"),
        "user_config": ("APPDATA", "Roaming", ""),
        "user_data": ("LOCALAPPDATA", "Local", ""),
        "user_log": ("LOCALAPPDATA", "Local", "Logs"),
        "site_config": ("", "", ""),
        "site_data": ("", "", ""),
    },
}
"""Of each system and kind: the variable that names the folders, those that it names without one, and a folder in the application's."""


@module.function("basedir", arity=(2, 3))
def basedir(kind: Any, application: Any, options: Any = None) -> Any:
    """Return the folder in which an application keeps its caches, configuration or data; for `:site_…` a list of folders.

    The options, a map: the `:version` and the `:author` of the application, and the system, `:os`: `:linux`, `:darwin`, `:windows`.

    iex> :filename.basedir(:user_cache, "demo") |> String.ends_with?("demo")
    true
    iex> :filename.basedir(:site_data, "demo", %{os: :darwin})
    ["/Library/Application Support/demo"]
    """
    args = (kind, application) if options is None else (kind, application, options)
    wrong_options = options is not None and type(options) is not Map
    if not is_atom(kind) or not (is_binary(application) or isinstance(application, List)) or wrong_options:
        raise function_clause(module.name, "basedir", args)
    chosen = {} if options is None else {key.name: value for key, value in options.pairs()}
    system = chosen.get("os", atom({"darwin": "darwin", "win32": "windows"}.get(sys.platform, "linux")))
    folders = _FOLDERS.get(atom_name(system) or "", _FOLDERS["linux"])
    if atom_name(kind) not in folders:
        raise ElixirError((atom("case_clause"), kind))
    name = application
    if "author" in chosen and folders is _FOLDERS["windows"]:
        name = join(chosen["author"], name)
    if "version" in chosen:
        if not _is_name(chosen["version"]):
            raise function_clause(module.name, "join", (name, chosen["version"]))
        name = join(name, chosen["version"])
    variable, usual, inside = folders[kind.name]
    found = [join(os.path.join(os.path.expanduser("~"), folder), name) for folder in os.environ.get(variable, usual).split(":") if folder]
    found = [join(folder, inside) if inside else folder for folder in found]
    found = [_like(_text(folder), application) for folder in found]
    return from_pylist(found) if kind.name.startswith("site_") else found[0]


@module.function
def append(directory: Any, name: Any) -> Any:
    """Return a folder and a name as one path.

    iex> :filename.append("a", "b")
    "a/b"
    """
    return join(directory, name)


@module.function
def validate(filename: Any) -> Any:
    """Tell whether a term can be the name of a file.

    iex> :filename.validate("a b")
    true
    """
    from pyex.stdlib.erlang.file.base import name_of
    from pyex.terms.binaries import to_bytes

    try:
        return b"\0" not in to_bytes(name_of(filename))
    except ValueError:
        return False

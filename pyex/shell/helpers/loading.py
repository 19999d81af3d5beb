"""Helpers that compile, load and reload code, and that bring files into the shell."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Final

from pyex.code import server, versions
from pyex.code.evaluation import errors_last
from pyex.code.native import call
from pyex.compiler.kernel import build
from pyex.shell import evaluator, introspection, render, stop
from pyex.shell.helpers.module import configuration, display, helpers, puts_error
from pyex.terms import exceptions
from pyex.terms.atoms import alias, atom, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import ElixirError, argument_error, elixir_error, function_clause
from pyex.terms.lists import EMPTY, List, from_iterable, to_pylist
from pyex.terms.maps import Map

if TYPE_CHECKING:
    from pyex.compiler.diagnostics import Diagnostic


@helpers.function
def r(module: Any) -> Any:
    """Compile a module's source again, and use it from now on.

    Servers that run already keep the version that they started with; new ones get the newest. A
    source that does not compile changes nothing.
    """
    modules = to_pylist(module) if isinstance(module, List) else [module]
    reloaded: list[Any] = []
    seen: list[Diagnostic] = []
    for each in modules:
        if not is_atom(each):
            raise function_clause(alias("Code"), "ensure_loaded?", (each,))
        if each in reloaded:
            continue  # its file has been compiled for another module of the list
        try:
            with _diagnostics_in_order() as seen:
                reloaded += [version.name for version in server.reload(each)]
        except ElixirError as error:
            path = _source_of(each)
            if path is None or _is_about_arguments(error):
                raise
            text = _compilation_error(error, path)
            if configuration().messages == "1.1" or path.endswith(".py"):
                raise evaluator.Reported(text) from error
            puts_error(text)
            # As iex does: its `r` matches what the compiler answers with `{:ok, …}`.
            raise elixir_error("MatchError", term=_compiler_answer(error, path, seen)) from None
    return atom.reloaded, from_iterable(dict.fromkeys(reloaded))


def _compiler_answer(error: ElixirError, path: str, seen: list[Diagnostic]) -> Any:
    """Return what the compiler of files answers: `{:error, errors, warnings}`, each `{file, position, message}`."""
    reason = error.reason
    line, column = (reason.get(atom.line), reason.get(atom.column)) if type(reason) is Map else (None, None)
    at = 0 if line is None or render.errors_were_logged(reason) else line if column is None else (line, column)
    banner = exceptions.format_banner(error.kind, reason, EMPTY) + "\n" * (2 if render.errors_were_logged(reason) else 1)
    told: dict[str, list[Any]] = {"error": [], "warning": []}
    for each in seen:
        told[each.severity].append((each.file, (each.line, each.column) if each.column else each.line, each.message))
    return (atom.error, from_iterable([*told["error"], (path, at, banner)]), from_iterable(told["warning"]))


def _source_of(module: Any) -> str | None:
    version = versions.current(module)
    return version.file if version is not None else None


def _is_about_arguments(error: ElixirError) -> bool:
    return type(error.reason) is Map and error.reason.struct is alias("ArgumentError")


def _diagnostics_in_order() -> AbstractContextManager[list[Diagnostic]]:
    return errors_last(only_first=evaluator.current().server.configuration.messages == "1.1")


def _compilation_error(error: ElixirError, path: str) -> str:
    return render.compilation_error(error, path, evaluator.current().server.configuration)


@helpers.function
def c(files: Any, path: Any = "in_memory") -> Any:
    """Compile a file, or a list of them, and return the modules that were defined.

    Files end in `.ex`, `.exs` or `.py`.
    """
    from pyex.code import elixir_loader, python_modules

    names = [files] if is_binary(files) else to_pylist(files) if isinstance(files, List) else [files]
    if not all(map(is_binary, names)):
        raise argument_error("expected a binary or a list of binaries as argument")
    missing = [name for name in names if not os.path.exists(name)]
    if missing:
        raise argument_error(f"could not find files {', '.join(missing)}")
    compiled = []
    for name in names:
        try:
            with _diagnostics_in_order():
                load = python_modules.compile_file if name.endswith(".py") else elixir_loader.compile_file
                compiled += [version.name for version in load(name)]
        except ElixirError as error:
            puts_error(_compilation_error(error, name))
            raise elixir_error("CompileError", file=None, line=None, description="compile error") from None
    return from_iterable(compiled)


@helpers.function("c", arity=0)
def continue_short() -> Any:
    """The short name of `continue/0`."""
    raise evaluator.Respawn(silent=False)


@helpers.function("l")
def load(module: Any) -> Any:
    """Load a module if it is not loaded yet."""
    version = server.ensure_loaded(module)
    return (atom.error, atom.nofile) if version is None else (atom.module, version.name)


@helpers.function
def nl(module: Any, nodes: Any = EMPTY) -> Any:
    """Load a module on other nodes: there are none, so the list of those that did is empty."""
    if server.ensure_loaded(module) is None:
        return atom.error, atom.nofile
    return atom.ok, EMPTY


@helpers.function
def recompile(options: Any = EMPTY) -> Any:
    """Compile what has changed in the project: `:noop`, `:ok`, or `:error` when something does not compile."""
    from pyex.shell import mix

    force = dict(to_pylist(options)).get(atom.force) is True
    return mix.recompile(evaluator.current().server, force=force)


@helpers.macro("import_file")
def import_file(env: Any, path: Any) -> Any:
    """Evaluate a file as if it were typed at the prompt: what it binds and imports stays."""
    return _quoted_file(_expanded(path), optional=False)


@helpers.macro("import_file_if_available")
def import_file_if_available(env: Any, path: Any) -> Any:
    """Evaluate a file as `import_file/1` does if there is one."""
    return _quoted_file(_expanded(path), optional=True)


def _expanded(path: Any) -> str:
    if not is_binary(path):
        raise argument_error("import_file/1 expects the path as a string")
    return os.path.expanduser(str(path))


def _quoted_file(path: str, optional: bool) -> Any:
    from pyex.syntax import parse

    if optional and not os.path.exists(path):
        return None
    text = call("File", "read!", path)
    return parse(text, file=path)


@helpers.macro("import_if_available")
def import_if_available(env: Any, module: Any, options: Any = EMPTY) -> Any:
    """Import a module if it is there."""
    return build.call("import", module, options) if _is_available(env, module) else None


@helpers.macro("use_if_available")
def use_if_available(env: Any, module: Any, options: Any = EMPTY) -> Any:
    """Use a module if it is there."""
    return build.call("use", module, options) if _is_available(env, module) else None


def _is_available(env: Any, module: Any) -> bool:
    return introspection.load(evaluator.module_of(module, env)) is not None


NOTHING: Final = object()


@helpers.macro("open")
def open_(env: Any, what: Any = NOTHING) -> Any:
    """Open the source of a module in the editor that `ELIXIR_EDITOR` or `EDITOR` names; without one, that of the break point."""
    if what is NOTHING:
        return build.remote(helpers.name, "__open_here__")
    name = evaluator.module_of(what, env)
    return build.remote(helpers.name, "__open__", name)


@helpers.function("__open_here__", doc=False)
def open_here() -> Any:
    """Open the file in which a process has stopped at a break point."""
    found = stop.current()
    return _edit(found.place.file) if found is not None else display("Pry session is not currently enabled")


@helpers.function("__open__", doc=False)
def open_source(module: Any) -> Any:
    """Open a module's source file in the editor."""
    version = introspection.load(module)
    path = version.file if version is not None else None
    return _edit(path) if path is not None else display(f"Could not open {module!r}, file is not available.")


def _edit(path: str) -> Any:
    import subprocess

    editor = os.environ.get("ELIXIR_EDITOR") or os.environ.get("EDITOR")
    if editor is None:
        return display("Could not open: $ELIXIR_EDITOR and $EDITOR are not set.")
    subprocess.run([*editor.split(), path], check=False)
    return evaluator.DONT_DISPLAY

"""Python classes and modules as Elixir modules, with versions of their own.

Every time the file is loaded its code runs in a namespace of its own; the module object only
shows the newest. So functions and classes of an old version keep their helpers and their globals,
where plain `importlib.reload` would put the new ones under them.
"""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from importlib.util import decode_source
from types import CodeType, FunctionType, ModuleType
from typing import Any

from pyex.code import versions
from pyex.code.finder import import_project_module, python_files, reload_source, roots
from pyex.code.native import snake
from pyex.code.python_check import check_source
from pyex.code.source_loader import CachedSourceLoader, afresh
from pyex.code.versions import ModuleVersion
from pyex.terms import hooks
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.conversion import to_term
from pyex.terms.errors import PyexBug, argument_error
from pyex.terms.lists import from_iterable


class PythonModule(ModuleType):
    """A module object that shows the namespace of the newest version."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["__current__"][name]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None

    def __dir__(self) -> list[str]:
        return sorted({*self.__dict__, *self.__dict__.get("__current__", ())})


class PythonLoader(CachedSourceLoader):
    """Loads a Python file of the project; each load is a version with a namespace of its own."""

    published: list[ModuleVersion]

    def exec_module(self, module: ModuleType) -> None:
        """Run the file in a fresh namespace; only when that went well does the module show it."""
        code = self.get_code(module.__name__)
        assert code is not None  # a source file always has code
        namespace: dict[str, Any] = {
            key: value for key, value in module.__dict__.items() if key.startswith("__") and key != "__current__"
        }
        exec(code, namespace)
        module.__class__ = PythonModule
        for key in [key for key in module.__dict__ if not key.startswith("__")]:
            del module.__dict__[key]
        module.__dict__["__current__"] = namespace
        sys.modules[module.__name__] = module
        self.published = publish_namespace(module.__name__, self.path, namespace)

    def source_to_code(  # type: ignore[override]  # importlib passes the bytes of the file
        self, data: bytes, path: str, *, _optimize: int = -1
    ) -> CodeType:
        """Check the source (undefined names, unused variables), then compile it.

        Raises CompileError, with the diagnostics emitted, when a name is undefined or the syntax is wrong.
        """
        check_source(data, decode_source, path, self.name)
        return compile(data, path, "exec", dont_inherit=True, optimize=_optimize)


def camel(name: str) -> str:
    """Return the Elixir name of a Python dotted name: `sequence.server` → `Sequence.Server`."""
    return ".".join("".join(word[:1].upper() + word[1:] for word in part.split("_")) for part in name.split("."))


def publish_namespace(module: str, path: str | None, namespace: dict[str, Any]) -> list[ModuleVersion]:
    """Publish what a Python module's namespace offers to Elixir, and return the versions.

    The class named like the file (`Server` in sequence/server.py) is the Elixir module of the file's
    name; without such a class the module's functions are. Every other class defined there is a module below it.
    """
    name = camel(module)
    published = []
    main = namespace.get(name.split(".")[-1])
    has_main = isinstance(main, type) and main.__module__ == module
    for value in namespace.values():
        if isinstance(value, type) and value.__module__ == module:
            full = name if has_main and value is main else f"{name}.{value.__name__}"
            published.append(_publish_class(value, alias(full), path))
    if not has_main:
        functions = {
            key: value
            for key, value in namespace.items()
            if isinstance(value, FunctionType) and value.__module__ == module and not key.startswith("_")
        }
        published.append(_publish(alias(name), module, path, _by_arity(functions), namespace))
    return published


def _publish_class(cls: type, name: Atom, path: str | None) -> ModuleVersion:
    members = {key: value for key, value in inspect.getmembers(_instance(cls)) if not key.startswith("_")}
    exports = _by_arity({key: value for key, value in members.items() if callable(value)})
    version = _publish(name, cls.__module__, path, exports, sys.modules[cls.__module__].__dict__)
    version.attributes["class"] = cls
    cls.__elixir__ = version  # type: ignore[attr-defined]  # the way back from a class to its version
    return version


def _instance(cls: type) -> Any:
    """Return what callbacks are called on: one instance for each version, or the class when it wants arguments."""
    try:
        inspect.signature(cls).bind()
    except TypeError:
        return cls
    return cls()


def _publish(
    name: Atom,
    module: str,
    path: str | None,
    exports: dict[tuple[str, int], Callable[..., Any]],
    namespace: dict[str, Any],
) -> ModuleVersion:
    listed = from_iterable([(atom(key), arity) for key, arity in sorted(exports)])
    answers = {"functions": listed, "macros": from_iterable([]), "module": name, "struct": None}
    exports["__info__", 1] = lambda key: answers.get(key.name, from_iterable([]))
    version = ModuleVersion(name=name, kind="python", exports=exports, file=path, namespace=namespace)
    version.attributes["python_module"] = module
    if path is not None:
        version.origin = f"loaded from {os.path.relpath(path)}"
    return versions.publish(version)


def _by_arity(functions: Mapping[str, Callable[..., Any]]) -> dict[tuple[str, int], Callable[..., Any]]:
    exports: dict[tuple[str, int], Callable[..., Any]] = {}
    for name, function in functions.items():
        try:
            parameters = inspect.signature(function).parameters.values()
        except (TypeError, ValueError):
            continue  # a C callable that does not tell its parameters cannot be called by arity
        positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        required = sum(p.default is p.empty for p in positional)
        if inspect.iscoroutinefunction(function):
            function = _awaiting(function)
        for arity in range(required, len(positional) + 1):
            exports[name, arity] = function if _is_callback(name) else _converting(function)
    return exports


def _is_callback(name: str) -> bool:
    """Callbacks give their result to the runtime, which converts the reply itself and leaves the state alone."""
    return name in {"init", "terminate", "code_change", "format_status"} or name.startswith("handle_")


def _converting(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: to_term(function(*args))


def _awaiting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return an `async def` as a function that a process calls as any other, and waits for."""

    @wraps(function)
    def call(*args: Any) -> Any:
        if hooks.await_coroutine is None:
            raise PyexBug("a coroutine before the runtime is there")
        return hooks.await_coroutine(function(*args))

    return call


def load(name: Atom, roots: list[str]) -> ModuleVersion | None:
    """Load the project's Python file for an Elixir module name; None when there is none."""
    parts = [snake(part) for part in name.name.split(".")[1:]]
    candidates = [parts, parts[:-1]] if len(parts) > 1 else [parts]
    for candidate in candidates:
        if any(os.path.isfile(os.path.join(root, *candidate) + ".py") for root in roots):
            import_project_module(".".join(candidate))
            if name in versions.MODULES:
                return versions.MODULES[name]
    return None


def compile_file(path: str) -> list[ModuleVersion]:
    """Load a Python file afresh and publish what it offers (what `c "file.py"` does).

    A file of the project goes by its place in it (lib/sequence/server.py is `sequence.server`), any other by its name.
    """
    path = os.path.abspath(path)
    homes = [root for root in roots() if path.startswith(root + os.sep)]
    name = os.path.relpath(path, homes[0] if homes else os.path.dirname(path)).removesuffix(".py").replace(os.sep, ".")
    known = sys.modules.get(name)
    if known is not None and getattr(known.__spec__, "origin", None) != path:
        raise argument_error(f"the Python module {name} is loaded from elsewhere: {getattr(known, '__file__', 'Python itself')}")
    python_files[name] = path
    if known is not None:
        return reload_source(known)
    with afresh(path):
        module = importlib.import_module(name)
    assert module.__spec__ is not None  # it has just been imported
    return list(module.__spec__.loader.published)  # type: ignore[union-attr]  # the finder gave it a PythonLoader


def version_of_class(cls: type) -> ModuleVersion:
    """Return the module version of a Python class, publishing it at first use.

    A class of a program's own file (`__main__`, a test) is the Elixir module of its qualified name.
    """
    version = cls.__dict__.get("__elixir__")
    if isinstance(version, ModuleVersion):
        return version
    prefix = "" if cls.__module__ == "__main__" else camel(cls.__module__) + "."
    name = alias(prefix + cls.__qualname__.replace(".<locals>.", "."))
    module = sys.modules.get(cls.__module__)
    return _publish_class(cls, name, getattr(module, "__file__", None))


def atom_of(value: Any) -> Any:
    """Return the module atom of a Python class or module, or the value itself when it is neither."""
    if isinstance(value, type):
        return version_of_class(value).name
    if isinstance(value, ModuleType):
        return alias(camel(value.__name__))
    return value

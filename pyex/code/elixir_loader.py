"""Loading `.ex` files: compile, publish all modules of a file together, cache what was compiled.

An Elixir file is evaluated when it is compiled: its modules come to be one after the other, and
the second may use macros of the first. What is kept of it in `__pycache__` is its modules only,
as a BEAM file keeps them.
"""

from __future__ import annotations

import importlib
import marshal
import os
import pickle
import sys
from dataclasses import dataclass, field
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any, Final

from pyex.code import versions
from pyex.code.on_load import call_on_load
from pyex.code.source_loader import CachedSourceLoader
from pyex.code.verification import verified
from pyex.code.versions import ModuleVersion
from pyex.compiler.emit.prelude import PRELUDE
from pyex.compiler.emit.support.limits import collecting_rarely
from pyex.compiler.forms import CompiledModule
from pyex.compiler.module import information
from pyex.terms.atoms import atom


@dataclass(slots=True, eq=False)
class Compilation:
    """One file being compiled: its modules so far. `cacheable` turns false when its code depends on other files."""

    path: str
    compiled: list[CompiledModule] = field(default_factory=list)
    published: list[ModuleVersion] = field(default_factory=list)
    wanted: Any = None
    """The module that this file waits for, while the file of that one is compiled."""


_compilations: Final[list[Compilation]] = []


def being_compiled(path: str) -> bool:
    """Tell whether a file is being compiled right now: who needs one of its modules must not start it again."""
    return any(compilation.path == path for compilation in _compilations)


def is_compiling() -> bool:
    """Tell whether a file is being compiled right now."""
    return bool(_compilations)


def waits_for(module: Any) -> None:
    """Take note that the file that is being compiled, if there is one, waits for a module of another file."""
    if _compilations:
        _compilations[-1].wanted = module


def circle(path: str, module: Any) -> list[tuple[str, Any]]:
    """Return (file, module it waits for) from the present file, which wants the module, back to the module's own file.

    Empty when the module's file is not being compiled, or is the present one.
    """
    if not being_compiled(path) or _compilations[-1].path == path:
        return []
    found = [(_compilations[-1].path, module)]
    for compilation in reversed(_compilations[:-1]):
        found.append((compilation.path, compilation.wanted))
        if compilation.path == path:
            break
    return found


def publish_compiled(compiled: CompiledModule) -> ModuleVersion:
    """Run a compiled module's code in a namespace of its own and make it the current version."""
    version = instantiate(compiled)
    versions.publish(version)
    call_on_load(version)
    for compilation in reversed(_compilations):
        if compilation.path == version.file:
            compilation.compiled.append(compiled)
            compilation.published.append(version)
            break
    return version


def instantiate(compiled: CompiledModule) -> ModuleVersion:
    """Return a new version of a compiled module; nothing sees it until it is published."""
    namespace = dict(PRELUDE)
    namespace["__elixir__"] = compiled.name
    exec(compiled.code, namespace)
    info = compiled.info
    exports = {key: namespace[f"{key[0]}/{key[1]}"] for key in info.exported()}
    exports.update(information.exports(compiled.name, info, compiled.file))
    path = compiled.file if compiled.file and os.path.isabs(compiled.file) else None
    return ModuleVersion(
        name=compiled.name, kind="elixir", exports=exports, file=path, namespace=namespace, info=info
    )


class ElixirModule(ModuleType):
    """The Python face of an Elixir module: its functions by name, called by the number of arguments."""

    def __getattr__(self, name: str) -> Any:
        version = versions.MODULES.get(atom(self.__name__))
        if version is not None and not name.startswith("__"):
            arities = [arity for known, arity in version.exports if known == name]
            if arities:
                return Functions(self.__name__, name, arities)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __dir__(self) -> list[str]:
        version = versions.MODULES.get(atom(self.__name__))
        exported = {name for name, _ in version.exports if not name.startswith(("_", "MACRO-"))} if version else set()
        return sorted({*self.__dict__, *exported})


class Functions:
    """All functions of one name in an Elixir module: `Server.next_number(pid)` calls `next_number/1`."""

    __slots__ = ("arities", "module", "name")

    def __init__(self, module: str, name: str, arities: list[int]) -> None:
        self.module = module
        self.name = name
        self.arities = arities

    def __call__(self, *args: Any) -> Any:
        """Call the newest version's function of that many arguments; raises UndefinedFunctionError."""
        from pyex.terms.conversion import to_term
        from pyex.terms.functions import export

        return export(atom(self.module), self.name, len(args)).fn(*map(to_term, args))

    def __repr__(self) -> str:
        return f"<{self.module.removeprefix('Elixir.')}.{self.name}/{', '.join(map(str, sorted(self.arities)))}>"


class NamespaceLoader(Loader):
    """Loads the Python face of an Elixir name that needs no file: a native module, one typed at the prompt, a parent."""

    published: list[ModuleVersion]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module object."""
        return ElixirModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Load the Elixir module behind the name, if there is one."""
        from pyex.code.server import ensure_loaded

        version = ensure_loaded(atom(module.__name__)) if module.__name__ != "Elixir" else None
        self.published = [version] if version else []


class ElixirLoader(CachedSourceLoader):
    """Loads an `.ex` file through importlib; a module that fails to compile publishes nothing."""

    def __init__(self, fullname: str, path: str) -> None:
        super().__init__(fullname, path)
        self.published: list[ModuleVersion] = []
        self._compilation: Compilation | None = None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module object."""
        return ElixirModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Compile the file, or take its modules from the cache, and publish them all."""
        self._compilation = None
        with versions.all_or_nothing():
            code = self.get_code(module.__name__)
            if self._compilation is not None:
                self.published = self._compilation.published
            else:
                assert code is not None  # a source file always has code
                self.published = [publish_compiled(compiled) for compiled in unpack(code)]
        for version in self.published:
            module_object(version)

    def source_to_code(  # type: ignore[override]  # importlib passes the bytes of the file
        self, data: bytes, path: str, *, _optimize: int = -1
    ) -> CodeType:
        """Compile the file's text; the modules are published on the way, as its macros need them."""
        self._compilation = compile_text(data, path)
        return pack(self._compilation.compiled, path)


def compile_text(data: bytes, path: str) -> Compilation:
    """Evaluate an Elixir file's bytes; returns the modules it defined, published already.

    Raises the file's own errors: SyntaxError, TokenMissingError, CompileError, or what its code raises.
    """
    from pyex.code.evaluation import evaluate_file

    compilation = Compilation(path)
    with verified(joined=True):
        _compilations.append(compilation)
        try:
            with collecting_rarely():
                evaluate_file(data, path, whole=True)
        finally:
            _compilations.remove(compilation)
    return compilation


def compile_file(path: str) -> list[ModuleVersion]:
    """Compile one file afresh and publish its modules, all or none (what `c "file.ex"` does)."""
    path = os.path.abspath(path)
    with open(path, "rb") as file:
        data = file.read()
    with versions.all_or_nothing():
        published = compile_text(data, path).published
    for version in published:
        module_object(version)
    return published


def import_file(path: str, fullname: str) -> None:
    """Load an `.ex` file through importlib, under the name of the module it is expected to define."""
    sys.modules.pop(fullname, None)
    importlib.import_module(fullname)


def module_object(version: ModuleVersion) -> ModuleType:
    """Return the Python module object of a version from a file: what `importlib.reload` takes."""
    name = version.name.name
    parent, _, last = name.rpartition(".")
    found = sys.modules.get(name)
    if found is None or getattr(found.__spec__, "origin", None) != version.file:
        assert version.file is not None  # callers have a version from a file
        loader = ElixirLoader(name, version.file)
        loader.published = [version]
        spec = ModuleSpec(name, loader, origin=version.file, is_package=True)
        spec.has_location = True
        found = ElixirModule(name)
        found.__spec__, found.__loader__, found.__path__ = spec, loader, []
        found.__file__ = version.file
        sys.modules[name] = found
    if parent:
        setattr(importlib.import_module(parent), last, found)
    return found


_MARK: Final = "@modules"


def pack(modules: list[CompiledModule], path: str) -> CodeType:
    """Return a code object that carries compiled modules, for importlib's cache."""
    carrier = compile(f"__modules__ = {_MARK!r}", path, "exec")
    payload = tuple((module.name.name, module.file, module.code, pickle.dumps(module.info)) for module in modules)
    marshal.dumps(payload)  # a module that cannot be stored is our fault: better here than half a cache file later
    return carrier.replace(co_consts=tuple(payload if const == _MARK else const for const in carrier.co_consts))


def unpack(code: CodeType) -> list[CompiledModule]:
    """Return the compiled modules of a code object that `pack` made."""
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    return [
        CompiledModule(name=atom(name), file=file, code=body, info=pickle.loads(info))
        for name, file, body, info in namespace["__modules__"]
    ]



"""What a compiled module says of itself: `__info__/1`, `module_info/0,1`, `behaviour_info/1`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.compiler.forms import ModuleInfo
from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import charlist, elixir_list, from_iterable
from pyex.terms.maps import Map


def exports(name: Any, info: ModuleInfo, file: str | None) -> dict[tuple[str, int], Callable[..., Any]]:
    """Return the functions that every compiled module exports besides its own."""

    def about(key: Any) -> Any:
        return _about(name, info, file, key)

    def module_info() -> Any:
        keys = ("module", "exports", "attributes", "compile", "md5")
        return from_iterable([(atom(key), _module_info(name, info, file, key)) for key in keys])

    def module_info_of(key: Any) -> Any:
        return _module_info(name, info, file, key.name)

    found: dict[tuple[str, int], Callable[..., Any]] = {
        ("__info__", 1): about,
        ("module_info", 0): module_info,
        ("module_info", 1): module_info_of,
    }
    if info.callbacks:
        found["behaviour_info", 1] = lambda key: _behaviour_info(name, info, key)
    return found


def _about(name: Any, info: ModuleInfo, file: str | None, key: Any) -> Any:
    match key.name:
        case "module":
            return name
        case "functions":
            return _pairs(info.functions)
        case "macros":
            return _pairs(info.macros)
        case "attributes":
            return from_iterable([(atom(key), value) for key, value in info.attributes])
        case "compile":
            return _compile(file)
        case "md5":
            return info.extra.get("md5", b"")
        case "struct":
            if info.fields is None:
                return None
            return from_iterable(
                [Map.from_pairs([(atom.field, field), (atom.default, value)]) for field, value in info.fields]
            )
        case "deprecated":
            return from_iterable([((atom(f), a), text) for (f, a), text in info.extra.get("deprecated", {}).items()])
        case "exports_md5":
            return info.extra.get("md5", b"")
    raise function_clause(name, "__info__", (key,))


def _module_info(name: Any, info: ModuleInfo, file: str | None, key: str) -> Any:
    match key:
        case "module":
            return name
        case "exports" | "functions":
            own = [("__info__", 1), *info.exported(), ("module_info", 0), ("module_info", 1)]
            return from_iterable([(atom(f), a) for f, a in dict.fromkeys(own)])
        case "attributes":
            return from_iterable([(atom(key), value) for key, value in info.attributes])
        case "compile":
            return _compile(file)
        case "md5":
            return info.extra.get("md5", b"")
    raise function_clause(name, "module_info", (atom(key),))


_OPTIONS: Final = ("no_spawn_compiler_process", "from_core", "no_core_prepare", "no_auto_import")


def _compile(file: str | None) -> Any:
    source = charlist(os.path.abspath(file or "iex"))
    return elixir_list(
        (atom.version, charlist("8.6.1")),
        (atom.options, from_iterable([atom(option) for option in _OPTIONS])),
        (atom.source, source),
    )


def _behaviour_info(name: Any, info: ModuleInfo, key: Any) -> Any:
    match key.name:
        case "callbacks":
            return _pairs(sorted(info.callbacks, key=callback_order, reverse=True))
        case "optional_callbacks":
            return _pairs(sorted(info.optional_callbacks, key=callback_order, reverse=True))
    raise function_clause(name, "behaviour_info", (key,))


def callback_order(callback: tuple[str, int]) -> tuple[str, int]:
    """Return by what callbacks are listed, the last one first: a macro by its own name."""
    return callback[0].removeprefix("MACRO-"), callback[1]


def _pairs(pairs: Iterable[tuple[str, int]]) -> Any:
    return from_iterable([(atom(name), arity) for name, arity in pairs])

"""The documentation of modules as data: what `Code.fetch_docs/1` answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.code.versions import ModuleVersion
from pyex.compiler.forms import ModuleInfo
from pyex.terms.atoms import atom
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist
from pyex.terms.maps import Map

_KINDS: Final = ("function", "macro", "callback", "macrocallback", "type")


def documentation(version: ModuleVersion) -> Any:
    """Return `{:docs_v1, …}` of a module, or None when nothing is known of one written in Python."""
    info = version.info
    if isinstance(info, NativeModule):
        language = "elixir" if version.name.name.startswith("Elixir.") else "erlang"
        return _chunk(1, language, info.doc, _native_entries(info))
    if isinstance(info, ModuleInfo):
        return _chunk(info.line, "elixir", info.moduledoc, _compiled_entries(version.name, info))
    return None


def _chunk(line: int, language: str, text: Any, entries: Iterator[Any]) -> Any:
    behaviours = Map.from_pairs([(atom("behaviours"), EMPTY)])
    return atom.docs_v1, line, atom(language), "text/markdown", _text(text), behaviours, from_iterable(entries)


def _text(text: Any) -> Any:
    if text is False:
        return atom.hidden
    return atom.none if text is None else Map.from_pairs([("en", text)])


def _entry(kind: str, name: str, arity: int, line: int, head: str, text: Any, advice: Any) -> Any:
    """Return `{{kind, name, arity}, line, signature, doc, metadata}`."""
    defaults = head.count("\\\\")
    pairs = [(atom("defaults"), defaults)] if defaults else []
    if advice is not None:
        pairs.append((atom("deprecated"), advice))
    signature = elixir_list(head) if head else EMPTY
    return (atom(kind), atom(name), arity), line, signature, _text(text), Map.from_pairs(pairs)


def _advice(module: Any) -> dict[tuple[str, int], Any]:
    """Return what is said of the deprecated functions of a module."""
    pairs = to_pylist(export(module, "__info__", 1).fn(atom("deprecated")))
    return {(name.name, arity): advice for (name, arity), advice in pairs}


def _compiled_entries(name_of_module: Any, info: ModuleInfo) -> Iterator[Any]:
    advice = _advice(name_of_module)
    keys = sorted({*info.signatures, *info.docs}, key=lambda key: (_KINDS.index(key[0]), key[1], key[2]))
    for kind, name, arity in keys:
        text = info.docs.get((kind, name, arity))
        if text is None and name.startswith("_"):
            text = False
        head = info.signatures.get((kind, name, arity), "")
        line = info.lines.get((name, arity), info.line)
        yield _entry(kind, name, arity, line, head, text, advice.get((name, arity)) if head else None)


def _native_entries(info: NativeModule) -> Iterator[Any]:
    advice = _advice(info.name) if info.name.name.startswith("Elixir.") else {}
    for kind, table in (("function", info.exports), ("macro", info.macros)):
        for (name, arity), function in sorted(table.items(), key=lambda item: item[0]):
            if table.get((name, arity + 1)) is function or name.startswith("__") or name == "module_info":
                continue  # told once, with its defaults, at its greatest arity
            key = (name, arity)
            text = False if key in info.hidden else info.docs.get(key)
            least = min(number for number in range(arity + 1) if table.get((name, number)) is function)
            head = f"{name}({_parameters(info, key, function, least)})"
            yield _entry(kind, name, arity, 0, head, text, advice.get(key))


def _parameters(info: NativeModule, key: tuple[str, int], function: Callable[..., Any], least: int) -> str:
    """Return the parameters of a Python function as Elixir writes them, those beyond the least arity with defaults."""
    names = info.signatures.get(key) or tuple(f"arg{number + 1}" for number in range(key[1]))
    defaults = tuple(function.__defaults__ or ())
    missing = len(names) - len(defaults)
    parts = []
    for number, name in enumerate(names):
        has_default = number >= max(least, missing)
        parts.append(name.rstrip("_") + (f" \\\\ {_shown(defaults[number - missing])}" if has_default else ""))
    return ", ".join(parts)


def _shown(default: Any) -> str:
    """Return a default value as source; a function of Python's has none."""
    return "&(&1)" if callable(default) else inspect(default)

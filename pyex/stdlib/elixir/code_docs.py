"""The documentation of modules as data: what `Code.fetch_docs/1` answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from pyex.code.native import NativeModule
from pyex.code.versions import ModuleVersion
from pyex.compiler.forms import ModuleInfo
from pyex.stdlib.elixir.signatures import signatures
from pyex.terms.atoms import alias, atom
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist
from pyex.terms.maps import Map

_WITH_OWN: Final = frozenset({alias("IEx.Helpers")})
"""Modules that have functions which Elixir's have not."""
_KINDS: Final = ("function", "macro", "callback", "macrocallback", "type")


def documentation(version: ModuleVersion) -> Any:
    """Return `{:docs_v1, …}` of a module, or None when nothing is known of one written in Python."""
    info = version.info
    if isinstance(info, NativeModule):
        language = "elixir" if version.name.name.startswith("Elixir.") else "erlang"
        return _chunk(1, language, info.doc, described(version))
    if isinstance(info, ModuleInfo):
        return _chunk(info.line, "elixir", info.moduledoc, described(version))
    return None


def _chunk(line: int, language: str, text: Any, entries: list[Described]) -> Any:
    behaviours = Map.from_pairs([(atom("behaviours"), EMPTY)])
    return atom.docs_v1, line, atom(language), "text/markdown", _text(text), behaviours, from_iterable([each.entry for each in entries])


def _text(text: Any) -> Any:
    if text is False:
        return atom.hidden
    return atom.none if text is None else Map.from_pairs([("en", text)])


class Described(NamedTuple):
    """A function, macro or callback as documentation tells of it.

    `head` is its call, `text` what it does: None when nobody has said it, False when nobody is to know. `facts` are the rest of
    what is known: `since`, `deprecated`, and what else `@doc` was given.
    """

    kind: str
    name: str
    arity: int
    line: int
    head: str
    text: Any
    defaults: int
    facts: tuple[tuple[Any, Any], ...] = ()

    @property
    def entry(self) -> Any:
        """The entry `{{kind, name, arity}, line, signature, doc, metadata}` of a chunk of documentation."""
        pairs = [(atom("defaults"), self.defaults)] if self.defaults else []
        signature = elixir_list(self.head) if self.head else EMPTY
        key = (atom(self.kind), atom(self.name), self.arity)
        return key, self.line, signature, _text(self.text), Map.from_pairs([*pairs, *self.facts])


def described(version: ModuleVersion) -> list[Described]:
    """Return what is known of a module's functions, macros, callbacks and types."""
    info = version.info
    if isinstance(info, NativeModule):
        return list(_native_entries(info))
    return list(_compiled_entries(version.name, info)) if isinstance(info, ModuleInfo) else []


def _advice(module: Any) -> dict[tuple[str, int], Any]:
    """Return what is said of the deprecated functions of a module."""
    pairs = to_pylist(export(module, "__info__", 1).fn(atom("deprecated")))
    return {(name.name, arity): advice for (name, arity), advice in pairs}


def _deprecation(advice: Any) -> tuple[tuple[Any, Any], ...]:
    return () if advice is None else ((atom("deprecated"), advice),)


def _compiled_entries(name_of_module: Any, info: ModuleInfo) -> Iterator[Described]:
    advice = _advice(name_of_module)
    keys = sorted({*info.signatures, *info.docs}, key=lambda key: (_KINDS.index(key[0]), key[1], key[2]))
    for kind, name, arity in keys:
        text = info.docs.get((kind, name, arity))
        if text is None and name.startswith("_"):
            text = False
        head = info.signatures.get((kind, name, arity), "")
        line = info.lines.get((name, arity), info.line)
        facts = (*info.facts.get((kind, name, arity), ()), *_deprecation(advice.get((name, arity)) if head else None))
        yield Described(kind, name, arity, line, head, text, head.count("\\\\"), facts)


def _native_entries(info: NativeModule) -> Iterator[Described]:
    advice = _advice(info.name) if info.name.name.startswith("Elixir.") else {}
    known = signatures(info.name)
    if known is None:
        yield from _own_entries(info, advice)
        return
    for each in known:
        table = info.exports if each.kind == "function" else info.macros
        arities = range(each.arity, each.arity - each.defaults - 1, -1)
        if any((each.name, arity) in table for arity in arities):
            text: Any = next((info.docs[each.name, arity] for arity in arities if (each.name, arity) in info.docs), None)
            text = False if each.is_hidden else text
            since = ((atom("since"), each.since),) if each.since else ()
            facts = (*since, *_deprecation(advice.get((each.name, each.arity))))
            yield Described(each.kind, each.name, each.arity, 0, each.head, text, each.defaults, facts)
    if info.name in _WITH_OWN:
        told = {(each.kind, each.name, arity) for each in known for arity in range(each.arity - each.defaults, each.arity + 1)}
        yield from (each for each in _own_entries(info, advice) if (each.kind, each.name, each.arity) not in told)


def _own_entries(info: NativeModule, advice: dict[tuple[str, int], Any]) -> Iterator[Described]:
    """Tell what is known of a module that Elixir does not have, or not documented, by the parameters of its Python functions."""
    for kind, table in (("function", info.exports), ("macro", info.macros)):
        for (name, arity), function in sorted(table.items(), key=lambda item: item[0]):
            if table.get((name, arity + 1)) is function or name.startswith("__") or name == "module_info":
                continue  # told once, with its defaults, at its greatest arity
            key = (name, arity)
            text = False if key in info.hidden else info.docs.get(key)
            least = min(number for number in range(arity + 1) if table.get((name, number)) is function)
            head = f"{name}({_parameters(info, key, function, least)})"
            yield Described(kind, name, arity, 0, head, text, head.count("\\\\"), _deprecation(advice.get(key)))


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

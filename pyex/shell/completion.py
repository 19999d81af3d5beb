"""What can stand at the cursor: modules, functions, variables, atoms, map keys, sigils, paths.

`complete(text, context)` looks at the text before the cursor only; the console turns its candidates into a menu.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyex.shell import introspection
from pyex.shell.introspection import Function
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.atoms import names as atom_names
from pyex.terms.maps import Map


@dataclass(frozen=True, slots=True)
class Candidate:
    """A completion: the text that replaces what is typed from `start` on, and how the menu shows it."""

    text: str
    start: int
    display: str


@dataclass(slots=True)
class Context:
    """What the shell knows: bound variables, aliases, and the functions that may be called without a module."""

    binding: Mapping[str, Any] = field(default_factory=dict)
    aliases: Mapping[str, Atom] = field(default_factory=dict)
    imported: Callable[[], Iterable[Function]] = tuple


_NAME: Final = r"[a-z_][\w]*[?!]?"
_MODULE: Final = r"[A-Z]\w*(?:\.[A-Z]\w*)*"
_SEGMENT_TYPES: Final = (
    "big",
    "binary",
    "bitstring",
    "float",
    "integer",
    "little",
    "native",
    "signed",
    "size",
    "unit",
    "unsigned",
    "utf16",
    "utf32",
    "utf8",
)
_DELIMITERS: Final = ("{", '"', '"""', "'", "'''", "(", "/", "<", "[", "|")
_SPECIAL_FORMS: Final = (
    "alias/2",
    "case/2",
    "cond/1",
    "fn/1",
    "for/1",
    "import/2",
    "quote/2",
    "receive/1",
    "require/2",
    "super/1",
    "try/1",
    "unquote/1",
    "unquote_splicing/1",
    "with/1",
)


def complete(text: str, context: Context) -> list[Candidate]:
    """Return the candidates for the text before the cursor, sorted, none when nothing fits."""
    for pattern, rule in _RULES:
        match = pattern.search(text)
        if match is not None:
            return rule(match, context)
    return []


def _paths(match: re.Match[str], context: Context) -> list[Candidate]:
    typed = match["path"]
    folder, _, prefix = typed.rpartition("/")
    start = match.start("path") + len(typed) - len(prefix)
    try:
        entries = sorted(os.scandir(os.path.expanduser(folder) or "/"), key=lambda entry: entry.name)
    except OSError:
        return []
    found = []
    for entry in entries:
        if entry.name.startswith(prefix) and (prefix or not entry.name.startswith(".")):
            name = entry.name + ("/" if entry.is_dir() else "")
            found.append(Candidate(name, start, name))
    return found


def _segment_types(match: re.Match[str], context: Context) -> list[Candidate]:
    used = set(re.findall(r"\w+", match["used"]))
    names = [name for name in _SEGMENT_TYPES if name.startswith(match["prefix"]) and name not in used]
    shown = {"size": "size/1", "unit": "unit/1"}
    return [Candidate(name, match.start("prefix"), shown.get(name, name)) for name in names]


def _sigils(match: re.Match[str], context: Context) -> list[Candidate]:
    letters = {name[6:] for name in _imported_names(context) if name.startswith("sigil_") and len(name) == 7}
    ordered = sorted(letters, key=lambda letter: (letter.lower(), letter))
    return [Candidate(letter, match.end(), f"~{letter} (sigil_{letter})") for letter in ordered]


def _sigil_delimiters(match: re.Match[str], context: Context) -> list[Candidate]:
    return [Candidate(delimiter, match.end(), delimiter) for delimiter in _DELIMITERS]


def _map_update(match: re.Match[str], context: Context) -> list[Candidate]:
    value = context.binding.get(match["variable"])
    used = set(re.findall(r"(\w+[?!]?):\s", match["used"]))
    return _keys(value, match["prefix"], match.start("prefix"), used) if type(value) is Map else []


def _struct_fields(match: re.Match[str], context: Context) -> list[Candidate]:
    version = introspection.load(_resolve(match["module"], context))
    build = version.exports.get(("__struct__", 0)) if version is not None else None
    if build is None:
        return []
    used = set(re.findall(r"(\w+[?!]?):\s", match["used"]))
    return _keys(build(), match["prefix"], match.start("prefix"), used)


def _keys(value: Map, prefix: str, start: int, used: set[str]) -> list[Candidate]:
    names = sorted(key.name for key in value if type(key) is Atom and not key.name.startswith("__"))
    return [
        Candidate(f"{name}: ", start, f"{name}:") for name in names if name.startswith(prefix) and name not in used
    ]


def _call_signatures(match: re.Match[str], context: Context) -> list[Candidate]:
    """Show how a function is called once its parenthesis is open; nothing is inserted."""
    module, name = match["module"], match["name"]
    if module:
        version = introspection.load(_resolve(module, context))
        found = _functions_named(version, name)
    else:
        found = []
        for candidate in (alias("Kernel"), alias("IEx.Helpers")):
            version = introspection.load(candidate)
            found = _functions_named(version, name)
            if found:
                break
    if version is None:
        return []
    shown = {introspection.signature(version, function): None for function in found}
    return [Candidate("", match.end(), text) for text in sorted(shown, key=lambda text: (len(text), text))]


def _functions_named(version: Any, name: str) -> list[Function]:
    return [function for function in introspection.exports(version) if function.name == name] if version else []


def _captured_arities(match: re.Match[str], context: Context) -> list[Candidate]:
    version = introspection.load(_resolve(match["module"], context))
    functions = _functions_named(version, match["name"])
    return [Candidate(str(function.arity), match.end(), str(function)) for function in functions]


def _struct_names(match: re.Match[str], context: Context) -> list[Candidate]:
    prefix, start = match["prefix"], match.start("prefix")
    found = []
    for name in sorted(introspection.module_names()):
        if name.startswith(prefix) and not name.startswith(":"):
            version = introspection.load(alias(name))
            build = version.exports.get(("__struct__", 0)) if version is not None else None
            if build is not None and atom("__exception__") not in build():
                found.append(Candidate(name + "{", start, name))
    return found


def _erlang(match: re.Match[str], context: Context) -> list[Candidate]:
    prefix, start = match["prefix"], match.start("prefix")
    modules = [name[1:] for name in introspection.module_names() if name.startswith(":" + prefix)]
    if modules:
        return [Candidate(name, start, name) for name in sorted(modules)]
    atoms = [name for name in atom_names() if prefix and name.startswith(prefix) and re.fullmatch(_NAME, name)]
    return [Candidate(name, start, ":" + name) for name in sorted(atoms)]


def _members(match: re.Match[str], context: Context) -> list[Candidate]:
    """After a module and a dot: its functions, and the modules below it."""
    module, prefix, start = match["module"], match["prefix"], match.start("prefix")
    found = {}
    if not prefix or prefix[0].isupper():
        found.update(_modules_below(module + ".", prefix, start))
    if not prefix or not prefix[0].isupper():
        version = introspection.load(_resolve(module, context))
        for function in introspection.exports(version) if version is not None else ():
            if function.name.startswith(prefix) and re.fullmatch(_NAME, function.name):
                found[str(function)] = Candidate(function.name, start, str(function))
    return [found[key] for key in sorted(found, key=_menu_order)]


def _modules(match: re.Match[str], context: Context) -> list[Candidate]:
    found = _modules_below("", match["prefix"], match.start("prefix"))
    for name in context.aliases:
        if name.startswith(match["prefix"]):
            found[name] = Candidate(name, match.start("prefix"), name)
    return [found[key] for key in sorted(found)]


def _modules_below(parent: str, prefix: str, start: int) -> dict[str, Candidate]:
    names = set()
    for name in introspection.module_names():
        if name.startswith(parent + prefix):
            names.add(name[len(parent) :].split(".")[0])
    return {name: Candidate(name, start, name) for name in names if name and name[0].isupper()}


def _map_path(match: re.Match[str], context: Context) -> list[Candidate]:
    first, *keys = match["path"].rstrip(".").split(".")
    value = context.binding.get(first)
    for key in keys:
        value = value.get(atom(key)) if type(value) is Map else None
    if type(value) is Atom:
        return _members_of(value, match)
    if type(value) is not Map:
        return []
    start = match.start("prefix")
    names = sorted(key.name for key in value if type(key) is Atom and not key.name.startswith("__"))
    return [Candidate(name, start, name) for name in names if name.startswith(match["prefix"])]


def _members_of(module: Atom, match: re.Match[str]) -> list[Candidate]:
    version = introspection.load(module)
    functions = introspection.exports(version) if version is not None else []
    found = [function for function in functions if function.name.startswith(match["prefix"])]
    return [Candidate(function.name, match.start("prefix"), str(function)) for function in found]


def _names(match: re.Match[str], context: Context) -> list[Candidate]:
    """A bare word: variables first, then what may be called without a module, then special forms."""
    prefix, start = match["prefix"], match.start("prefix")
    variables = sorted(name for name in context.binding if name.startswith(prefix))
    functions = {str(function) for function in context.imported() if function.name.startswith(prefix)}
    functions.update(form for form in _SPECIAL_FORMS if form.startswith(prefix))
    candidates = [Candidate(name, start, name) for name in variables]
    for shown in sorted(functions, key=_menu_order):
        name = shown.rpartition("/")[0]
        if re.fullmatch(_NAME, name) and (prefix or not name.startswith("_")):
            candidates.append(Candidate(name, start, shown))
    return candidates


def _menu_order(shown: str) -> tuple[str, int]:
    name, _, arity = shown.rpartition("/")
    return (name.lower(), int(arity)) if arity.isdigit() and name else (shown.lower(), -1)


def _imported_names(context: Context) -> set[str]:
    return {function.name for function in context.imported()}


def _resolve(module: str, context: Context) -> Atom:
    """Return the atom of a module as it is written, through the shell's aliases."""
    if module.startswith(":"):
        return Atom(module[1:])
    first, dot, rest = module.partition(".")
    target = context.aliases.get(first)
    return alias(module) if target is None else Atom(target.name + dot + rest)


_Rule = Callable[[re.Match[str], Context], list[Candidate]]
_RULES: Final[tuple[tuple[re.Pattern[str], _Rule], ...]] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r'"(?P<path>(?:/|\./|~/|[A-Z]:/)[^"\n]*)$', _paths),
        (r"<<[^>]*::(?P<used>(?:[\w()]+-)*)(?P<prefix>\w*)$", _segment_types),
        (r"(?<![\w~])~[a-zA-Z]$", _sigil_delimiters),
        (r"(?<![\w~])~$", _sigils),
        (rf"%\{{(?P<variable>{_NAME})\s*\|\s*(?P<used>(?:[^{{}}]*,\s*)?)(?P<prefix>\w*)$", _map_update),
        (rf"%(?P<module>{_MODULE})\{{(?P<used>(?:[^{{}}]*,\s*)?)\s*(?P<prefix>\w*)$", _struct_fields),
        (r"%(?P<prefix>[A-Z][\w.]*)$", _struct_names),
        (rf"&(?P<module>{_MODULE}|:\w+)\.(?P<name>{_NAME})/$", _captured_arities),
        (rf"(?:(?P<module>{_MODULE}|:\w+)\.)?(?P<name>{_NAME})\($", _call_signatures),
        (rf"(?P<module>{_MODULE}|:\w+)\.(?P<prefix>\w*[?!]?)$", _members),
        (rf"(?<![\w.:])(?P<path>{_NAME}(?:\.{_NAME})*\.)(?P<prefix>\w*)$", _map_path),
        (r"(?<![\w:]):(?P<prefix>\w*)$", _erlang),
        (r"(?<![\w.])(?P<prefix>[A-Z]\w*)$", _modules),
        (r"(?:alias|import|require|use)\s+(?P<prefix>)$", _modules),
        (r"(?<![\w.:@])(?P<prefix>[a-z_]\w*)$", _names),
    )
)

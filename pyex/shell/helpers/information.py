"""The helper `i`: what is known about a value."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final

from pyex import runtime
from pyex.code import versions
from pyex.code.native import NativeModule
from pyex.shell import evaluator, introspection, render
from pyex.shell.helpers.module import DONT_DISPLAY, configuration, helpers, puts
from pyex.terms import functions, lists
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.binaries import Bits, byte_size, to_bytes
from pyex.terms.functions import Export
from pyex.terms.inspect import Opts, inspect
from pyex.terms.inspect.algebra import INFINITE, layout
from pyex.terms.inspect.structs import any_doc
from pyex.terms.lists import Cons, EmptyList, List, to_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Pid, Port, Reference

Section = tuple[str, str]

_AS_BINARIES: Final = Opts().copy(binaries=atom.as_binaries)

_PROTOCOLS: Final[dict[str, tuple[str, ...]]] = {
    "Atom": ("JSON.Encoder", "List.Chars", "String.Chars"),
    "BitString": ("Collectable", "JSON.Encoder", "List.Chars", "String.Chars"),
    "Float": ("JSON.Encoder", "List.Chars", "String.Chars"),
    "Function": ("Enumerable",),
    "Integer": ("JSON.Encoder", "List.Chars", "String.Chars"),
    "List": ("Collectable", "Enumerable", "JSON.Encoder", "List.Chars", "String.Chars"),
    "Map": ("Collectable", "Enumerable", "JSON.Encoder"),
    "PID": (),
    "Port": (),
    "Reference": (),
    "Tuple": (),
    "Range": ("Enumerable",),
    "MapSet": ("Collectable", "Enumerable"),
    "Date": ("JSON.Encoder", "String.Chars"),
    "Time": ("JSON.Encoder", "String.Chars"),
    "DateTime": ("JSON.Encoder", "String.Chars"),
    "NaiveDateTime": ("JSON.Encoder", "String.Chars"),
    "Date.Range": ("Enumerable",),
    "Stream": ("Enumerable",),
    "File.Stream": ("Collectable", "Enumerable"),
    "IO.Stream": ("Collectable", "Enumerable"),
    "URI": ("String.Chars",),
    "Version": ("String.Chars",),
}
"""The protocols of the library that a type implements besides `IEx.Info` and `Inspect`, which all do."""

_REFERENCES: Final[dict[str, str]] = {
    "Atom": "Atom",
    "Integer": "Integer",
    "Float": "Float",
    "Map": "Map",
    "PID": "Process, Node",
    "Port": "Port",
    "Tuple": "Tuple",
}


@helpers.function
def i(term: Any = evaluator.DONT_DISPLAY) -> Any:
    """Tell about a value: its type, size, form, and the modules that work on it.

    Of a process it tells what it does; of a server also the module, and the version of it, that it runs.
    """
    settings = configuration()
    lines = []
    for title, text in _sections(term):
        lines.append(render.info(title, settings, "doc_headings"))
        body = "\n".join("  " + line for line in text.split("\n"))
        lines.append(render.info(body, settings))
    puts("\n".join(lines))
    return DONT_DISPLAY


def _sections(term: Any) -> Iterator[Section]:
    name = _type_name(term)
    yield "Term", _inspected(term)
    yield "Data type", name
    yield from _details(term, name)
    protocols = {"IEx.Info", "Inspect", *_PROTOCOLS.get(name, ()), *_implemented(name)}
    yield "Implemented protocols", ", ".join(sorted(protocols))


def _inspected(term: Any) -> str:
    return str(inspect(term, configuration().inspect_options(colors=False).copy(pretty=False)))


def _implemented(name: str) -> list[str]:
    """Return the protocols that loaded modules implement for a type: `Size.Tuple` implements Size for Tuple."""
    found = []
    for module, version in versions.MODULES.items():
        answer = version.exports.get(("__impl__", 1)) if type(module) is Atom and module.name.endswith(f".{name}") else None
        if answer is not None and answer(atom("for")) is alias(name):
            found.append(inspect(answer(atom("protocol"))))
    return found


def _type_name(term: Any) -> str:
    if type(term) is Map:
        return term.struct.name.removeprefix("Elixir.") if term.struct is not None else "Map"
    for kinds, name in _KINDS:
        if isinstance(term, kinds):
            return name
    if is_atom(term):
        return "Atom"
    return "Function" if functions.is_function(term) else "Python"


_KINDS: Final[tuple[tuple[Any, str], ...]] = (
    (bool, "Atom"),
    (int, "Integer"),
    (float, "Float"),
    ((str, bytes, Bits), "BitString"),
    (List, "List"),
    (tuple, "Tuple"),
    (Pid, "PID"),
    (Reference, "Reference"),
    (Port, "Port"),
)


def _details(term: Any, name: str) -> Iterator[Section]:
    match term:
        case str() | bytes():
            yield from _binary(term)
        case Bits():
            yield "Bits size", str(term.size)
            yield (
                "Description",
                "This is a bitstring. It's a chunk of bits that are not divisible by 8\n"
                "(the number of bytes isn't whole).",
            )
        case Cons() | EmptyList():
            yield from _list(term)
        case Pid():
            yield from _process(term)
        case Map():
            yield from _map(term, name)
        case _ if is_atom(term):
            yield from _atom(term)
        case _ if functions.is_function(term) and name == "Function":
            yield from _function(term)
        case _:
            if name == "Python":
                yield "Description", f"This is a Python object of type {type(term).__module__}.{type(term).__qualname__}."
    if name in _REFERENCES and not is_atom(term) and not isinstance(term, Map):
        yield "Reference modules", _REFERENCES[name]


def _binary(term: Any) -> Iterator[Section]:
    yield "Byte size", str(byte_size(term))
    if type(term) is str and term.isprintable() | all(c.isprintable() or c in "\n\t\r\v\b\f\x1b" for c in term):
        yield (
            "Description",
            "This is a string: a UTF-8 encoded binary. It's printed surrounded by\n"
            '"double quotes" because all UTF-8 encoded code points in it are printable.',
        )
        yield "Raw representation", inspect(term, _AS_BINARIES)
        yield "Reference modules", "String, :binary"
        return
    if type(term) is str:
        yield (
            "Description",
            "This is a string: a UTF-8 encoded binary. It's printed with the `<<>>`\n"
            "syntax (as opposed to double quotes) because it contains non-printable\n"
            "UTF-8 encoded code points (the first non-printable code point being\n"
            f"`{inspect(_first_unprintable(term), _AS_BINARIES)}`).",
        )
        yield "Reference modules", "String, :binary"
        return
    yield (
        "Description",
        "This is a binary: a collection of bytes. It's printed with the `<<>>`\n"
        "syntax (as opposed to double quotes) because it is not a UTF-8 encoded\n"
        f"binary (the first invalid byte being `<<{_first_invalid(to_bytes(term))}>>`)",
    )
    yield "Reference modules", ":binary"


def _first_unprintable(text: str) -> str:
    return next(c for c in text if not c.isprintable())


def _first_invalid(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data[error.start]
    return data[0]


def _list(term: Any) -> Iterator[Section]:
    items, tail = lists.split_tail(term)
    if type(tail) is not EmptyList:
        yield (
            "Description",
            'This is what is referred to as an "improper list". An improper list is a\n'
            "list whose last tail is not an empty list. For example: [1, 2, 3] is a\n"
            "proper list, as it is equivalent to [1, 2, 3 | []], as opposed to\n"
            "[1, 2 | 3] which is an improper list since its last tail is 3.",
        )
        yield "Reference modules", "List"
        return
    if items and all(type(item) is int and (32 <= item < 127 or 7 <= item <= 13 or item == 27) for item in items):
        yield (
            "Description",
            "This is a list of integers that is printed using the `~c` sigil syntax,\n"
            "defined by the `Kernel.sigil_c/2` macro, because all the integers in it\n"
            "represent printable ASCII characters. Conventionally, a list of Unicode\n"
            "code points is known as a charlist and a list of ASCII characters is a\n"
            "subset of it.",
        )
        yield "Raw representation", f"[{', '.join(map(str, items))}]"
        yield "Reference modules", "List"
        return
    if items and all(type(item) is tuple and len(item) == 2 and is_atom(item[0]) for item in items):
        yield (
            "Description",
            'This is what is referred to as a "keyword list". A keyword list is a list\n'
            "of two-element tuples where the first element of each tuple is an atom.",
        )
        yield "Reference modules", "Keyword, List"
        return
    yield "Reference modules", "List"


def _map(term: Map, name: str) -> Iterator[Section]:
    if name == "Map":
        yield "Reference modules", "Map"
        return
    if name == "Range":
        yield (
            "Description",
            "This is a struct representing a range of numbers. It is commonly\n"
            "defined using the `first..last//step` syntax. The step is not\n"
            "required and defaults to 1.",
        )
        yield "Raw representation", _raw(term)
        yield "Reference modules", "Range"
        return
    if name == "Regex":
        yield (
            "Description",
            "This is a struct representing a regular expression. It is commonly\n"
            "represented using the `~r` sigil syntax, that is\n"
            "defined in the `Kernel.sigil_r/2` macro.",
        )
        yield "Raw representation", _raw(term)
        yield "Reference modules", "Regex, :re"
        return
    if name in ("Date", "Time", "DateTime", "NaiveDateTime"):
        yield "Description", "This is a struct representing " + _CALENDAR[name]
        yield "Raw representation", _raw(term)
        yield "Reference modules", f"{name}, Calendar, Map"
        return
    yield "Description", "This is a struct. Structs are maps with a __struct__ key."
    yield "Reference modules", f"{name}, Map"


_CALENDAR: Final = {
    "Date": "a date. It is commonly\nrepresented using the `~D` sigil syntax, that is\n"
    "defined in the `Kernel.sigil_D/2` macro.",
    "Time": "a time. It is commonly\nrepresented using the `~T` sigil syntax, that is\n"
    "defined in the `Kernel.sigil_T/2` macro.",
    "DateTime": "a datetime. It is commonly\nrepresented using the `~U` sigil syntax, that is\n"
    "defined in the `Kernel.sigil_U/2` macro.",
    "NaiveDateTime": 'a "naive" datetime (that is, a\ndatetime without a time zone). It is commonly represented\n'
    "using the `~N` sigil syntax, that is defined in the\n`Kernel.sigil_N/2` macro.",
}


def _raw(term: Map) -> str:

    opts = Opts()
    return layout(any_doc(term, opts), INFINITE)


def _atom(term: Any) -> Iterator[Section]:
    if term is evaluator.DONT_DISPLAY:
        yield (
            "Description",
            "This atom is returned by IEx when a function that should not print its\n"
            "return value on screen is executed.",
        )
    version = introspection.load(term) if type(term) is Atom else None
    if version is not None:
        yield from _module(term, version)
    elif type(term) is Atom and term.name.startswith("Elixir."):
        yield "Raw representation", f':"{term.name}"'
        yield "Reference modules", "Atom"
    else:
        yield "Reference modules", "Atom"


def _module(term: Atom, version: versions.ModuleVersion) -> Iterator[Section]:
    name = term.name.removeprefix("Elixir.") if term.name.startswith("Elixir.") else f":{term.name}"
    if version.kind == "elixir":
        yield "Module bytecode", "[]"
        yield "Source", os.path.relpath(version.file) if version.file is not None else "iex"
        yield "Version", inspect(_attribute(version, atom("attributes"), atom("vsn")))
        yield "Compile options", inspect(_attribute(version, atom("compile"), atom("options")))
        yield "Description", f"Call {name}.module_info() to access metadata."
    else:
        if version.file is not None:
            yield "Source", version.file
        yield "Version", str(version.number)
    if isinstance(version.info, NativeModule):
        yield "Description", f"Use h({name}) to access its documentation.\nCall {name}.module_info() to access metadata."
    if term.name.startswith("Elixir."):
        yield "Raw representation", f':"{term.name}"'
    yield "Reference modules", "Module, Atom"


def _attribute(version: versions.ModuleVersion, part: Atom, key: Atom) -> Any:
    return dict(to_pylist(version.exports["module_info", 1](part)))[key]


def _function(term: Any) -> Iterator[Section]:
    arity = functions.arity_of(term)
    if type(term) is Export:
        yield "Type", "external"
        yield "Arity", str(arity)
        return
    yield "Type", "local"
    yield "Arity", str(arity)
    yield "Description", "This is an anonymous function."


def _process(term: Pid) -> Iterator[Section]:
    yield "Alive", "true" if runtime.is_alive(term) else "false"
    info = runtime.process_info(term)
    if info is not None:
        name = info.get("registered_name")
        yield "Name", inspect(name) if name is not None else "not registered"
        yield "Links", ", ".join(map(repr, info.get("links", ()))) or "none"
        yield "Message queue length", str(info.get("message_queue_len", 0))
        version = info.get("module_version")
        if version is not None:
            yield "Callback module", f"{inspect(version.name)}, version {version.number}"
    yield "Description", "Use Process.info/1 to get more info about this process"

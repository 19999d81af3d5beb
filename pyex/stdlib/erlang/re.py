"""`:re`: regular expressions on binaries and charlists, by the same engine as Elixir's Regex.

Places count bytes. Without `:unicode` a subject is a row of bytes; with it, a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.regex_patterns import BadPattern, compiled_pattern
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import bad_argument
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, List, charlist, from_iterable, from_pylist, is_proper, to_pylist

module = NativeModule(":re", doc="Regular expressions on binaries and charlists.")

OK: Final = atom("ok")
ERROR: Final = atom("error")
MATCH: Final = atom("match")
NOMATCH: Final = atom("nomatch")
COMPILED: Final = atom("re_pattern")
ALL: Final = atom("all")
_MAGIC: Final = b"ERCP"
_COMPILING: Final = frozenset(
    "unicode anchored caseless dollar_endonly dotall extended firstline multiline no_auto_capture dupnames ungreedy "
    "bsr_anycrlf bsr_unicode no_start_optimize ucp never_utf".split()
)
_RUNNING: Final = frozenset("global notbol noteol notempty notempty_atstart report_errors trim group".split())
_TAGS: Final = frozenset("capture offset newline match_limit match_limit_recursion return parts".split())
_WRONG_OPTIONS: Final = "invalid options"


class _Call:
    """What a function of :re was called with: the pattern, the subject as the pattern wants it, and options."""

    def __init__(self, name: str, args: tuple[Any, ...], subject: Any, pattern: Any, options: Any) -> None:
        self.name, self.args = name, args
        self.flags, self.settings = _read_options(name, args, options)
        source, self.names = self._source(pattern)
        self.is_text = "unicode" in self.names
        data = _bytes_of(subject, self.is_text, name, args)
        self.data = data
        self.subject: Any = data.decode("utf-8", "replace") if self.is_text else data
        try:
            self.pattern = compiled_pattern(source, self.names, not self.is_text)
        except BadPattern as bad:
            reason = f"could not parse regular expression\n{bad.reason} on character {bad.place}"
            raise bad_argument("re", name, args, a2=reason) from None

    def _source(self, pattern: Any) -> tuple[str, tuple[str, ...]]:
        if type(pattern) is tuple and len(pattern) == 5 and pattern[0] is COMPILED:
            names, _, source = to_bytes(pattern[4]).removeprefix(_MAGIC).decode().partition(" ")
            return source, tuple(names.split(",")) if names else ()
        names_given = tuple(sorted(self.flags & _COMPILING))
        if not is_binary(pattern) and not isinstance(pattern, List):
            raise bad_argument(
                "re", self.name, self.args, a2="neither an iodata term nor a compiled regular expression"
            )
        return _source_text(pattern), names_given

    def place(self, index: int) -> int:
        """Return where in the bytes a place of the subject is."""
        return len(self.subject[:index].encode()) if self.is_text else index

    def span(self, match: Any, group: Any) -> tuple[int, int]:
        """Return the first byte of a group and the number of its bytes."""
        begin, end = match.span(group)
        if begin < 0:
            return -1, 0
        start = self.place(begin)
        return start, self.place(end) - start

    def matches(self) -> Iterator[Any]:
        """Yield the matches from the offset on."""
        offset = self.settings.get("offset", 0)
        start = len(self.data[:offset].decode("utf-8", "ignore")) if self.is_text else offset
        if "anchored" in self.names or "anchored" in self.flags:
            found = self.pattern.match(self.subject, start)
            return iter((found,) if found else ())
        kept = self.pattern.finditer(self.subject, start)
        if "notempty" in self.flags:
            return (match for match in kept if match.end() > match.start())
        return kept  # type: ignore[no-any-return]

    def shaped(self, data: bytes) -> Any:
        """Return a piece of the subject as the option `return` asks for."""
        if getattr(self.settings.get("return"), "name", "") != "list":
            return binary(data)
        return from_pylist(list(map(ord, data.decode())) if self.is_text else list(data))


def _bytes_of(subject: Any, is_text: bool, name: str, args: tuple[Any, ...]) -> bytes:
    if is_binary(subject):
        return to_bytes(subject)
    if not isinstance(subject, List):
        raise bad_argument("re", name, args, a1="not an iodata term")
    if is_text:
        return to_bytes(export(atom("unicode"), "characters_to_binary", 1).fn(subject))
    return to_bytes(export(atom("erlang"), "iolist_to_binary", 1).fn(subject))


def _source_text(pattern: Any) -> str:
    if is_binary(pattern):
        return to_bytes(pattern).decode("utf-8", "surrogateescape")
    return to_bytes(export(atom("unicode"), "characters_to_binary", 1).fn(pattern)).decode()


def _read_options(name: str, args: tuple[Any, ...], options: Any) -> tuple[frozenset[str], dict[str, Any]]:
    position = {f"a{len(args)}": _WRONG_OPTIONS}
    if not is_proper(options):
        raise bad_argument("re", name, args, **position)
    flags, settings = set(), {}
    for option in to_pylist(options):
        if type(option) is Atom and option.name in _COMPILING | _RUNNING:
            flags.add(option.name)
        elif type(option) is tuple and option and type(option[0]) is Atom and option[0].name in _TAGS:
            settings[option[0].name] = option[1:] if option[0].name == "capture" else option[1]
        else:
            raise bad_argument("re", name, args, **position)
    return frozenset(flags), settings


@module.function("compile", arity=(1, 2))
def compile_(regexp: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, pattern}`, or `{:error, {reason, place}}`.

    iex> {:ok, pattern} = :re.compile("a+")
    iex> :re.run("baa", pattern)
    {:match, [{1, 2}]}
    """
    args = (regexp,) if options is EMPTY else (regexp, options)
    flags, _ = _read_options("compile", args, options)
    if not is_binary(regexp) and not isinstance(regexp, List):
        raise bad_argument("re", "compile", args, a1="not an iodata term")
    names, source = tuple(sorted(flags)), _source_text(regexp)
    try:
        pattern = compiled_pattern(source, names, "unicode" not in names)
    except BadPattern as bad:
        return ERROR, (charlist(bad.reason), bad.place)
    held = _MAGIC + f"{','.join(names)} {source}".encode("utf-8", "surrogateescape")
    return OK, (COMPILED, pattern.groups, int("unicode" in names), 0, binary(held))


@module.function("run", arity=(2, 3))
def run(subject: Any, regexp: Any, options: Any = EMPTY) -> Any:
    """Return `{:match, captures}`, `:match` or `:nomatch`. Options: `:global`, `{:capture, what, :index | :list | :binary}` …

    iex> :re.run("hello", "l+")
    {:match, [{2, 2}]}
    iex> :re.run("hello", "h(.)", [{:capture, :all_but_first, :binary}])
    {:match, ["e"]}
    """
    call = _Call("run", (subject, regexp) if options is EMPTY else (subject, regexp, options), subject, regexp, options)
    what, shape = (*call.settings.get("capture", (ALL,)), None)[:2]
    is_global = "global" in call.flags
    found = list(call.matches()) if is_global else [match for match, _ in zip(call.matches(), (0,), strict=False)]
    if not found:
        return NOMATCH
    if getattr(what, "name", "") == "none" or what is EMPTY:
        return MATCH
    lists = [from_pylist([_shown(call, match, group, shape) for group in _groups(match, what)]) for match in found]
    return MATCH, from_pylist(lists) if is_global else lists[0]


def _groups(match: Any, what: Any) -> list[Any]:
    """Return the groups that a capture names; one that the pattern has not is None."""
    name = getattr(what, "name", "")
    if name in ("all", "all_but_first"):
        groups = list(range(match.re.groups + 1))
        while groups and groups[-1] and match.span(groups[-1])[0] < 0:
            groups.pop()
        return groups if name == "all" else groups[1:]
    if name == "first":
        return [0]
    if name == "all_names":
        return sorted(match.re.groupindex)
    found: list[Any] = []
    for item in to_pylist(what):
        key = item if type(item) is int else item.name if is_atom(item) else _source_text(item)
        known = key <= match.re.groups if type(key) is int else key in match.re.groupindex
        found.append(key if known else None)
    return found


def _shown(call: _Call, match: Any, group: Any, shape: Any) -> Any:
    start, size = (-1, 0) if group is None else call.span(match, group)
    kind = getattr(shape, "name", "index")
    if kind == "index":
        return start, size
    data = call.data[start : start + size] if start >= 0 else b""
    if kind == "binary":
        return binary(data)
    return from_pylist(list(map(ord, data.decode())) if call.is_text else list(data))


@module.function("split", arity=(2, 3))
def split(subject: Any, regexp: Any, options: Any = EMPTY) -> Any:
    """Return the parts between the matches, and their groups. Options: `{:parts, n}`, `:trim`, `:group`, `{:return, kind}`.

    iex> :re.split("a, b", ", *")
    ["a", "b"]
    """
    call = _Call(
        "split", (subject, regexp) if options is EMPTY else (subject, regexp, options), subject, regexp, options
    )
    if not call.data:
        return from_pylist([]) if "trim" in call.flags else from_pylist([call.shaped(b"")])
    rows: list[list[bytes]] = []
    place = 0
    parts = call.settings.get("parts")
    for match in call.matches():
        start, size = call.span(match, 0)
        if size == 0 and start == 0:
            continue
        if type(parts) is int and parts > 0 and len(rows) + 1 >= parts:
            break
        groups = [_piece(call, match, number) for number in _groups(match, ALL)[1:]]
        rows.append([call.data[place:start], *groups])
        place = start + size
    rows.append([call.data[place:]])
    if "trim" in call.flags or parts == 0:
        while rows and not any(rows[-1]):
            rows.pop()
    shaped = [[call.shaped(piece) for piece in row] for row in rows]
    if "group" in call.flags:
        return from_pylist([from_pylist(row) for row in shaped])
    return from_pylist([piece for row in shaped for piece in row])


def _piece(call: _Call, match: Any, group: int) -> bytes:
    start, size = call.span(match, group)
    return call.data[start : start + size] if start >= 0 else b""


_TEMPLATE: Final = re.compile(rb"\\g\{(\d+)\}|\\g(\d+)|\\([1-9]\d*)|(&)|\\(.)", re.DOTALL)


def _replacement(call: _Call, given: Any) -> Callable[[Any], Any]:
    """Return what makes the replacement of a match: a function's result, or a template's."""
    if is_function(given, 2):
        return lambda match: given(
            binary(_piece(call, match, 0)),
            from_pylist([binary(_piece(call, match, group)) for group in range(1, match.re.groups + 1)]),
        )
    template = _bytes_of(given, call.is_text, call.name, call.args)
    parts: list[Any] = []
    place = 0
    for found in _TEMPLATE.finditer(template):
        if found.start() > place:
            parts.append(template[place : found.start()])
        number = found[1] or found[2] or found[3]
        parts.append(int(number) if number else 0 if found[4] else found[5])
        place = found.end()
    if not parts:
        whole = binary(template)
        return lambda match: whole
    if place < len(template):
        parts.append(template[place:])

    def filled(match: Any) -> Any:
        pieces = [
            part if type(part) is bytes else _piece(call, match, part) if part <= match.re.groups else b""
            for part in parts
        ]
        return from_pylist([binary(piece) for piece in pieces])

    return filled


@module.function("replace", arity=(3, 4))
def replace(subject: Any, regexp: Any, replacement: Any, options: Any = EMPTY) -> Any:
    """Return the subject with the first match replaced, or with `:global` each: `&` stands for it, `\\\\1` for a group.

    iex> :re.replace("hello", "l", "L", [:global, {:return, :binary}])
    "heLLo"
    """
    args = (subject, regexp, replacement) if options is EMPTY else (subject, regexp, replacement, options)
    call = _Call("replace", args, subject, regexp, options)
    make = _replacement(call, replacement)
    pieces: list[Any] = []
    place, is_global = 0, "global" in call.flags
    for match in call.matches():
        start, size = call.span(match, 0)
        if start > place:
            pieces.append(binary(call.data[place:start]))
        pieces.append(make(match))
        place = start + size
        if not is_global:
            break
    rest = call.data[place:]
    joined = from_iterable(pieces, binary(rest)) if rest else from_pylist(pieces)
    kind = getattr(call.settings.get("return"), "name", "iodata")
    if kind == "iodata":
        return joined
    if not isinstance(joined, List):
        return call.shaped(to_bytes(joined))
    name = "characters_to_binary" if call.is_text else "iolist_to_binary"
    return call.shaped(to_bytes(export(atom("unicode" if call.is_text else "erlang"), name, 1).fn(joined)))


@module.function
def inspect(regexp: Any, item: Any) -> Any:
    """Return the names of a compiled pattern's groups.

    iex> {:ok, pattern} = :re.compile("(?<b>.)(?<a>.)")
    iex> :re.inspect(pattern, :namelist)
    {:namelist, ["a", "b"]}
    """
    if getattr(item, "name", "") != "namelist":
        raise bad_argument("re", "inspect", (regexp, item), a2="not a valid item")
    if type(regexp) is not tuple:
        raise bad_argument("re", "inspect", (regexp, item), a1="not a compiled regular expression")
    call = _Call("inspect", (regexp, item), "", regexp, EMPTY)
    return item, from_pylist(sorted(call.pattern.groupindex))


@module.function
def version() -> Any:
    """Return the version of the PCRE whose dialect is spoken.

    iex> :re.version()
    "8.45 2021-06-15"
    """
    return "8.45 2021-06-15"

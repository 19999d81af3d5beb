"""Regex: regular expressions, PCRE's as far as the `regex` library speaks them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.stdlib.elixir.regex_patterns import BadPattern, compiled_pattern
from pyex.terms.atoms import Atom, alias, atom, atom_name, is_atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import argument_error, bad_argument, elixir_error, function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, List, charlist, elixir_list, from_pylist, to_pylist
from pyex.terms.maps import STRUCT, Map

module = NativeModule("Regex", doc="Regular expressions: `~r/foo(?<rest>.*)/i`.")
module.struct({"opts": EMPTY, "re_pattern": None, "source": "", "re_version": ""})

MODULE: Final = alias("Regex")
OK: Final = atom("ok")
ERROR: Final = atom("error")
SOURCE: Final = atom("source")
OPTS: Final = atom("opts")
ALL: Final = atom("all")
_LETTERS: Final = {
    "i": ("caseless",),
    "u": ("unicode", "ucp"),
    "m": ("multiline",),
    "s": ("dotall", "newline"),
    "x": ("extended",),
    "f": ("firstline",),
    "U": ("ungreedy",),
    "r": ("ungreedy",),
}
_KNOWN: Final = frozenset(
    "unicode anchored caseless dollar_endonly dotall extended firstline multiline no_auto_capture dupnames ungreedy newline "
    "bsr_anycrlf bsr_unicode no_start_optimize ucp never_utf".split()
)


def _options(options: Any) -> list[Any]:
    """Return option atoms of letters ("iu") or of a list of atoms; raises ArgumentError for an unknown one."""
    if is_binary(options):
        found: list[Any] = []
        for letter in options:
            if letter not in _LETTERS:
                raise _Unknown(letter)
            found = [*[atom(name) for name in _LETTERS[letter]], *found]
        return found
    given = to_pylist(options)
    if any(type(option) is Atom and option.name not in _KNOWN for option in given):
        raise bad_argument("re", "compile", (EMPTY, options), a2="invalid options")
    return given


class _Unknown(Exception):
    """An option letter that means nothing."""


@module.function
def compile(source: Any, opts: Any = "") -> Any:
    """Return `{:ok, regex}`, or `{:error, {reason, place}}`.

        iex> Regex.compile("a+")
        {:ok, ~r/a+/}
    """
    if not is_binary(source):
        raise function_clause(MODULE, "compile", (source, opts))
    try:
        options = _options(opts)
    except _Unknown as unknown:
        return ERROR, (atom("invalid_option"), str(unknown))
    names = tuple(sorted(option.name for option in options if type(option) is Atom))
    try:
        compiled_pattern(source, names, False)
    except BadPattern as bad:
        return ERROR, (charlist(bad.reason), bad.place)
    fields = {STRUCT: MODULE, OPTS: from_pylist(_shown(options)), atom("re_pattern"): None, SOURCE: source, atom("re_version"): ""}
    return OK, Map(fields)


def _shown(options: list[Any]) -> list[Any]:
    """Return the option atoms as the struct keeps them: `s` stands for `:dotall` and a newline setting."""
    return [(atom("newline"), atom("anycrlf")) if option is atom("newline") else option for option in options]


@module.function("compile!")
def compile_bang(source: Any, options: Any = "") -> Any:
    """Return the regex; raises Regex.CompileError.

        iex> Regex.compile!("a+", "i")
        ~r/a+/i
    """
    if not is_binary(source):
        raise function_clause(MODULE, "compile!", (source, options))
    tag, result = compile(source, options)
    if tag is OK:
        return result
    reason, place = result
    shown = "".join(map(chr, to_pylist(reason))) if isinstance(reason, List) else atom_name(reason)
    raise elixir_error("Regex.CompileError", message=f"{shown} at position {place}")


def _parts(value: Any, name: str, *args: Any) -> tuple[str, tuple[str, ...]]:
    if type(value) is not Map or value.struct is not MODULE:
        raise function_clause(MODULE, name, args)
    names = tuple(sorted(option.name for option in to_pylist(value[OPTS]) if type(option) is Atom))
    return value[SOURCE], names


def _for(value: Any, subject: Any, name: str, *args: Any) -> tuple[Any, Any]:
    """Return the compiled pattern for a subject, and the subject as the pattern wants it."""
    source, names = _parts(value, name, *args)
    if not is_binary(subject):
        raise function_clause(MODULE, name, args)
    if type(subject) is str and not subject.isascii() and "unicode" not in names:
        subject = subject.encode()  # without the option `u` a pattern is matched byte by byte
    return compiled_pattern(source, names, type(subject) is bytes), subject


def _back(text: Any) -> Any:
    return binary(text) if type(text) is bytes else text


@module.function("regex?")
def is_regex(term: Any) -> bool:
    """Tell whether a term is a regex.

        iex> Regex.regex?(~r/a/)
        true
    """
    return type(term) is Map and term.struct is MODULE


@module.function("match?")
def matches(regex: Any, string: Any) -> bool:
    """Tell whether a regex matches somewhere in a string.

        iex> Regex.match?(~r/o+/, "foo")
        true
    """
    pattern, subject = _for(regex, string, "match?", regex, string)
    return pattern.search(subject) is not None


@module.function
def source(regex: Any) -> Any:
    """Return the source text of a regex.

        iex> Regex.source(~r/a+/)
        "a+"
    """
    return _parts(regex, "source", regex)[0]


@module.function
def opts(regex: Any) -> Any:
    """Return the options of a regex.

        iex> Regex.opts(~r/a/i)
        [:caseless]
    """
    _parts(regex, "opts", regex)
    return regex[OPTS]


@module.function
def re_pattern(regex: Any) -> Any:
    """Return the compiled pattern of a regex, as `:re` takes it.

        iex> :re.run("cat", Regex.re_pattern(~r/a/))
        {:match, [{1, 1}]}
    """
    if type(regex) is not Map or regex.struct is not MODULE:
        raise function_clause(MODULE, "re_pattern", (regex,))
    return export(atom("re"), "compile", 2).fn(regex[SOURCE], regex[OPTS])[1]


@module.function
def names(regex: Any) -> Any:
    """Return the names of the named groups, sorted.

        iex> Regex.names(~r/(?<b>.)(?<a>.)/)
        ["a", "b"]
    """
    found, options = _parts(regex, "names", regex)
    return from_pylist(sorted(compiled_pattern(found, options, False).groupindex))


def _settings(options: Any) -> dict[str, Any]:
    return {item[0].name: item[1] for item in to_pylist(options) if type(item) is tuple}


def _captured(match: Any, capture: Any, as_index: bool) -> list[Any]:
    """Return what `capture:` asks for of a match: `:all`, `:first`, `:all_but_first`, `:all_names`, `:none`, or a list."""

    def of(group: Any) -> Any:
        if as_index:
            begin, end = match.span(group)
            if begin < 0:
                return -1, 0
            subject = match.string
            offset = len(to_bytes(subject[:begin]))
            return offset, len(to_bytes(subject[begin:end]))
        found = match.group(group)
        return "" if found is None else _back(found)

    count = match.re.groups
    if capture is ALL or (type(capture) is Atom and capture.name == "all_but_first"):
        groups: list[Any] = list(range(count + 1))
        while groups and groups[-1] and match.group(groups[-1]) is None:
            groups.pop()
        return [of(group) for group in (groups if capture is ALL else groups[1:])]
    if type(capture) is Atom:
        if capture.name == "first":
            return [of(0)]
        if capture.name == "all_names":
            return [of(name) for name in sorted(match.re.groupindex)]
        if capture.name == "none":
            return []
    found = []
    if not isinstance(capture, List):
        raise argument_error("argument error")
    for item in to_pylist(capture):
        key = item.name if is_atom(item) else item
        known = key in match.re.groupindex if type(key) is str else 0 <= key <= count
        found.append(of(key) if known else (-1, 0) if as_index else "")
    return found


@module.function
def run(regex: Any, string: Any, options: Any = EMPTY) -> Any:
    """Return the captures of the first match, or nil. Options: `capture:`, `return: :index`, `offset:`.

        iex> Regex.run(~r/c(d)/, "abcd")
        ["cd", "d"]
    """
    pattern, subject = _for(regex, string, "run", regex, string, options)
    settings = _settings(options)
    match = pattern.search(subject, _offset(subject, settings))
    if match is None:
        return None
    return from_pylist(_captured(match, settings.get("capture", ALL), _as_index(settings)))


def _as_index(settings: dict[str, Any]) -> bool:
    """Tell whether places are asked for, and no texts."""
    found = settings.get("return", atom("binary"))
    if found is not atom("index") and found is not atom("binary"):
        raise argument_error("argument error")
    return found is atom("index")


def _offset(subject: Any, settings: dict[str, Any]) -> int:
    offset = settings.get("offset", 0)
    if type(offset) is not int or offset < 0:
        raise bad_argument("re", "run", (subject, EMPTY, EMPTY), a3="invalid options")
    return len(to_bytes(subject)[:offset].decode("utf-8", "ignore")) if type(subject) is str else int(offset)


@module.function
def named_captures(regex: Any, string: Any, options: Any = EMPTY) -> Any:
    """Return a map from the names of the groups to what they matched, or nil.

        iex> Regex.named_captures(~r/(?<a>.)(?<b>.)/, "xy")
        %{"a" => "x", "b" => "y"}
    """
    pattern, subject = _for(regex, string, "named_captures", regex, string, options)
    match = pattern.search(subject, _offset(subject, _settings(options)))
    if match is None:
        return None
    as_index = _as_index(_settings(options))
    names_ = sorted(pattern.groupindex)
    values = _captured(match, from_pylist(names_), as_index)
    return Map.from_pairs(zip(names_, values, strict=True))


@module.function
def scan(regex: Any, string: Any, options: Any = EMPTY) -> Any:
    """Return the captures of every match.

        iex> Regex.scan(~r/c(d|e)/, "abcd abce")
        [["cd", "d"], ["ce", "e"]]
    """
    pattern, subject = _for(regex, string, "scan", regex, string, options)
    settings = _settings(options)
    capture, as_index = settings.get("capture", ALL), _as_index(settings)
    found = [_captured(match, capture, as_index) for match in pattern.finditer(subject, _offset(subject, settings))]
    return from_pylist([from_pylist(captures) for captures in found])


@module.function
def split(regex: Any, string: Any, options: Any = EMPTY) -> Any:
    """Return the parts between matches. Options: `parts:`, `trim:`, `include_captures:`, `on:`.

        iex> Regex.split(~r/-/, "a-b-c")
        ["a", "b", "c"]
    """
    pattern, subject = _for(regex, string, "split", regex, string, options)
    settings = _settings(options)
    trim = settings.get("trim", False) is True
    if not subject:
        return EMPTY if trim else from_pylist([""])
    pieces = list(_pieces(pattern, subject, settings))
    if trim:
        pieces = [piece for piece in pieces if piece]
    return from_pylist([_back(piece) for piece in pieces])


def _pieces(pattern: Any, subject: Any, settings: dict[str, Any]) -> Iterator[Any]:
    limit = settings.get("parts", atom("infinity"))
    if limit is not atom("infinity") and not (type(limit) is int and limit > 0):
        raise function_clause(MODULE, "parts_to_index", (limit,))
    on = settings.get("on", atom("first"))
    include = settings.get("include_captures", False) is True
    trim = settings.get("trim", False) is True
    start, count = 0, 1
    for match in pattern.finditer(subject):
        if type(limit) is int and count >= limit:
            break
        for group in _split_groups(match, on):
            begin, end = match.span(group)
            if begin < start:
                continue
            if trim and begin == start and not include:
                start = end
                continue
            yield subject[start:begin]
            if include:
                yield subject[begin:end]
            start, count = end, count + 1
    yield subject[start:]


def _split_groups(match: Any, on: Any) -> list[Any]:
    if type(on) is Atom:
        match on.name:
            case "first":
                return [0]
            case "all":
                return list(range(match.re.groups + 1))
            case "all_but_first":
                return list(range(1, match.re.groups + 1))
            case "all_names":
                return sorted(match.re.groupindex)
            case _:
                return []
    return [item.name if type(item) is Atom else item for item in to_pylist(on)]


@module.function
def replace(regex: Any, string: Any, replacement: Any, options: Any = EMPTY) -> Any:
    """Replace matches by a text (`\\\\0`, `\\\\1`, `\\\\g{name}` stand for groups) or by what a function makes of them.

        iex> Regex.replace(~r/a(b)/, "ab", "<\\\\1>")
        "<b>"
    """
    pattern, subject = _for(regex, string, "replace", regex, string, replacement, options)
    everywhere = _settings(options).get("global", True) is not False
    if not is_function(replacement) and not is_binary(replacement):
        raise function_clause(MODULE, "precompile_replacement", (replacement,))
    make = _function(replacement) if is_function(replacement) else _template(replacement)
    convert = to_bytes if type(subject) is bytes else lambda value: value
    return _back(pattern.sub(lambda match: convert(make(match)), subject, 0 if everywhere else 1))


def _function(fun: Any) -> Any:
    from pyex.terms.functions import arity_of

    arity = arity_of(fun) or 0

    def make(match: Any) -> Any:
        groups = [_back(match.group(n)) if match.group(n) is not None else "" for n in range(match.re.groups + 1)]
        groups += [""] * (arity - len(groups))
        made = fun(*groups[:arity])
        return made if is_binary(made) else call("IO", "iodata_to_binary", elixir_list(made))

    return make


def _template(replacement: Any) -> Any:
    import re

    text = replacement if type(replacement) is str else replacement.decode("utf-8", "surrogateescape")
    parts = re.split(r"\\(\\|\d|g\{\w+\})", text)

    def make(match: Any) -> str:
        result = ""
        for place, part in enumerate(parts):
            if place % 2 == 0:
                result += part
            elif part == "\\":
                result += "\\"
            else:
                key: Any = part[2:-1] if part.startswith("g") else part
                key = int(key) if key.isdigit() else key
                known = key in match.re.groupindex if type(key) is str else key <= match.re.groups
                result += str(_back(match.group(key) or "")) if known else ""
        return result

    return make


@module.function
def escape(string: Any) -> Any:
    """Return a string with everything escaped that means something in a regex.

        iex> Regex.escape("a.b")
        "a\\\\.b"
    """
    if type(string) is not str:
        raise function_clause(MODULE, "escape", (string,))
    special = set(".^$*+?()[{\\|-]}#&~<>=!:,") - set("<>=!:,~&")
    return "".join("\\" + c if c in special or c.isspace() else c for c in string)


@module.function
def version() -> Any:
    """Return the version of the dialect that is spoken, and the order of the machine's bytes.

        iex> {_version, order} = Regex.version()
        iex> order
        :little
    """
    return "8.45 2021-06-15", atom(sys.byteorder)


@module.function
def recompile(regex: Any) -> Any:
    """Return `{:ok, regex}`: a regex is made for the library that runs, and never has to be made anew.

        iex> {:ok, regex} = Regex.recompile(~r/a/)
        {:ok, ~r/a/}
    """
    _parts(regex, "recompile", regex)
    return atom("ok"), regex


@module.function("recompile!")
def recompile_bang(regex: Any) -> Any:
    """Return the regex itself.

        iex> Regex.recompile!(~r/a/)
        ~r/a/
    """
    return recompile(regex)[1]

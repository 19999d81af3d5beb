"""Version: version numbers and what is required of them."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import elixir_error, function_clause
from pyex.terms.lists import EMPTY, List, from_iterable, from_pylist, to_pylist
from pyex.terms.maps import Map, struct

module = NativeModule("Version", doc="Version numbers of the form `1.2.3-rc.1+build`, and requirements on them.")
module.struct(
    {"major": None, "minor": None, "patch": None, "pre": EMPTY, "build": None}, enforce=("major", "minor", "patch")
)
Requirement: Final = NativeModule("Version.Requirement", doc="What a requirement is compiled to.")
Requirement.struct({"source": None, "lexed": None})

MODULE: Final = alias("Version")
REQUIREMENT: Final = alias("Version.Requirement")
OK: Final = atom("ok")
ERROR: Final = atom("error")

_NUMBER: Final = r"(?:0|[1-9][0-9]*)"
_PART: Final = r"[0-9A-Za-z-]+"
_VERSION: Final = re.compile(
    rf"({_NUMBER})\.({_NUMBER})(?:\.({_NUMBER}))?(?:-({_PART}(?:\.{_PART})*))?(?:\+({_PART}(?:\.{_PART})*))?"
)
_OPERATOR: Final = re.compile(r"~>|>=|<=|!=|==|>|<|!")

Parsed = tuple[int, int, int | None, tuple[Any, ...], str | None]
Matchable = tuple[int, int, int, tuple[Any, ...]]


def _read(text: Any) -> Parsed | None:
    """Return major, minor, patch (None where it is left out), pre and build."""
    found = _VERSION.fullmatch(text) if type(text) is str else None
    if found is None:
        return None
    major, minor, patch, pre, build = found.groups()
    parts: list[Any] = []
    for part in (pre or "").split(".") if pre else ():
        if part.isdigit() and len(part) > 1 and part[0] == "0":
            return None
        parts.append(int(part) if part.isdigit() else part)
    return int(major), int(minor), None if patch is None else int(patch), tuple(parts), build


@module.function
def parse(string: Any) -> Any:
    """Return `{:ok, version}` or `:error`.

        iex> Version.parse("1.2")
        :error
    """
    if not is_binary(string):
        raise function_clause(MODULE, "parse", (string,))
    found = _read(string)
    if found is None or found[2] is None:
        return ERROR
    major, minor, patch, pre, build = found
    fields = {"major": major, "minor": minor, "patch": patch, "pre": from_iterable(pre), "build": build}
    return OK, struct(MODULE, fields)


@module.function("parse!")
def parse_bang(string: Any) -> Any:
    """Return a version; raises Version.InvalidVersionError.

        iex> Version.parse!("1.2.3-rc.1").pre
        ["rc", 1]
    """
    found = parse(string)
    if found is ERROR:
        raise elixir_error("Version.InvalidVersionError", version=string)
    return found[1]


def _matchable(version: Any) -> Matchable:
    value = parse_bang(version) if is_binary(version) else version
    if type(value) is not Map or value.struct is not MODULE:
        raise function_clause(MODULE, "to_matchable", (version, True))
    major, minor, patch, pre = (value[atom(name)] for name in ("major", "minor", "patch", "pre"))
    return major, minor, patch, tuple(to_pylist(pre))


def _key(version: Matchable) -> tuple[Any, ...]:
    """Return what orders versions: one with a pre-release part comes before that without."""
    pre = tuple((type(part) is str, part) for part in version[3])
    return (*version[:3], not pre, pre)


@module.function
def compare(version1: Any, version2: Any) -> Any:
    """Return `:lt`, `:eq` or `:gt`; build parts do not count.

        iex> Version.compare("1.10.0", "1.9.0")
        :gt
    """
    left, right = _key(_matchable(version1)), _key(_matchable(version2))
    return atom("lt" if left < right else "gt" if left > right else "eq")


@module.function
def to_string(version: Any) -> Any:
    """Return the text of a version.

        iex> Version.to_string(Version.parse!("1.2.3-rc.1"))
        "1.2.3-rc.1"
    """
    if type(version) is not Map or version.struct is not MODULE:
        raise function_clause(MODULE, "to_string", (version,))
    pre = ".".join(map(str, to_pylist(version[atom("pre")])))
    build = version[atom("build")]
    number = ".".join(str(version[atom(name)]) for name in ("major", "minor", "patch"))
    return f"{number}{f'-{pre}' if pre else ''}{f'+{build}' if build is not None else ''}"


# Requirements: `[[{operator, version}, …] joined by and, …] joined by or`


def _lexed(source: str) -> list[list[tuple[str, Parsed]]] | None:
    """Return the alternatives of a requirement, each a list of conditions, or None if it is none."""
    words = _OPERATOR.sub(lambda found: f" {found[0]} ", source).split()
    alternatives: list[list[tuple[str, Parsed]]] = [[]]
    operator: str | None = None
    wants_condition = True
    for word in words:
        if word in ("and", "or"):
            if wants_condition:
                return None
            if word == "or":
                alternatives.append([])
            wants_condition = True
        elif _OPERATOR.fullmatch(word):
            if operator is not None or not wants_condition:
                return None
            operator = word
        else:
            version = _read(word)
            if version is None or not wants_condition or (version[2] is None and operator != "~>"):
                return None
            alternatives[-1].append(("!=" if operator == "!" else operator or "==", version))
            operator, wants_condition = None, False
    return None if wants_condition or operator else alternatives


@module.function
def parse_requirement(string: Any) -> Any:
    """Return `{:ok, requirement}` or `:error`.

        iex> Version.parse_requirement("== == 1.0.0")
        :error
    """
    if not is_binary(string):
        raise function_clause(MODULE, "parse_requirement", (string,))
    if type(string) is not str or _lexed(string) is None:
        return ERROR
    return OK, new_requirement(string, EMPTY)


@module.function("parse_requirement!")
def parse_requirement_bang(string: Any) -> Any:
    """Return a requirement; raises Version.InvalidRequirementError.

        iex> Version.parse_requirement!("~> 1.0").source
        "~> 1.0"
    """
    found = parse_requirement(string)
    if found is ERROR:
        raise elixir_error("Version.InvalidRequirementError", requirement=string)
    return found[1]


@module.function
def compile_requirement(requirement: Any) -> Any:
    """Return the requirement, which needs no compiling.

        iex> Version.compile_requirement(Version.parse_requirement!("~> 1.0")).source
        "~> 1.0"
    """
    if type(requirement) is not Map or requirement.struct is not REQUIREMENT:
        raise function_clause(REQUIREMENT, "compile_requirement", (requirement,))
    return requirement


@module.function("match?")
def match(version: Any, requirement: Any, opts: Any = EMPTY) -> Any:
    """Tell whether a version is what a requirement asks for.

        iex> Version.match?("1.4.0", "~> 1.2 and != 1.3.0")
        true
    """
    if is_binary(requirement):
        requirement = parse_requirement_bang(requirement)
    if type(requirement) is not Map or requirement.struct is not REQUIREMENT:
        raise function_clause(MODULE, "match?", (version, requirement, opts))
    if not isinstance(opts, List):
        raise function_clause(alias("Keyword"), "get", (opts, atom("allow_pre"), True))
    allow = {atom_name(key): value for key, value in to_pylist(opts)}.get("allow_pre", True)
    return _fulfils(_matchable(version), _lexed(requirement[atom("source")]) or [], allow is True)


def _fulfils(version: Matchable, alternatives: list[list[tuple[str, Parsed]]], allow_pre: bool) -> bool:
    return any(
        all(_condition(version, operator, wanted, allow_pre) for operator, wanted in conditions)
        for conditions in alternatives
    )


def _condition(version: Matchable, operator: str, wanted: Parsed, allow_pre: bool) -> bool:
    major, minor, patch, pre, _ = wanted
    left, right = _key(version), _key((major, minor, patch or 0, pre))
    match operator:
        case "==":
            return left == right
        case "!=":
            return left != right
    if not allow_pre and version[3] and not pre:
        return False
    match operator:
        case ">":
            return left > right
        case "<":
            return left < right
        case ">=":
            return left >= right
        case "<=":
            return left <= right
    if left < right:
        return False
    return version[0] == major and (patch is None or version[1] == minor)


@Requirement.function("match?", doc=False)
def requirement_match(requirement: Any, version: Any) -> Any:
    """Tell whether a version is what a requirement asks for."""
    return match(version, requirement)


@Requirement.function("new", doc=False)
def new_requirement(source: Any, lexed: Any) -> Any:
    """Return the requirement of a text."""
    return struct(REQUIREMENT, {"source": source, "lexed": lexed if lexed is not EMPTY else from_pylist([])})


@Requirement.function("compile_requirement", doc=False)
def compile_own(requirement: Any) -> Any:
    """Return the requirement."""
    return compile_requirement(requirement)


@Requirement.function("to_string", doc=False)
def requirement_text(requirement: Any) -> Any:
    """Return the text of a requirement."""
    return requirement[atom("source")]

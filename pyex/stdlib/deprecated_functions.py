"""Functions that Elixir has deprecated and still exports: each by means of what replaces it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.terms.atoms import alias, atom, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, from_pylist, to_pylist
from pyex.terms.maps import Map
from pyex.terms.order import equals

DISCARD: Final = atom("discard")


def _chunk(module: str) -> dict[tuple[str, int], Callable[..., Any]]:
    def rest(leftover: Any) -> Any:
        return DISCARD if leftover is None else leftover

    return {
        ("chunk", 2): lambda items, n: call(module, "chunk_every", items, n, n, DISCARD),
        ("chunk", 3): lambda items, n, step: call(module, "chunk_every", items, n, step, DISCARD if module == "Enum" else None),
        ("chunk", 4): lambda items, n, step, leftover: call(module, "chunk_every", items, n, step, rest(leftover)),
        ("filter_map", 3): lambda items, keep, fun: call(module, "map", call(module, "filter", items, keep), fun),
        ("uniq", 2): lambda items, fun: call(module, "uniq_by", items, fun),
    }


def _delete_pair(keywords: Any, key: Any, value: Any) -> Any:
    if not isinstance(keywords, List) or not is_atom(key):
        raise function_clause(alias("Keyword"), "delete", (keywords, key, value))
    return call("Keyword", "filter", keywords, lambda pair: pair[0] is not key or not equals(pair[1], value))


def _mapped_map(map_: Any, fun: Any) -> Any:
    if type(map_) is not Map:
        raise function_clause(alias("Map"), "map", (map_, fun))
    return call("Map", "new", map_, lambda pair: (pair[0], fun(pair)))


def _mapped_keywords(keywords: Any, fun: Any) -> Any:
    if not isinstance(keywords, List):
        raise function_clause(alias("Keyword"), "map", (keywords, fun))

    def mapped(pair: Any) -> Any:
        if type(pair) is not tuple or len(pair) != 2:
            raise function_clause(alias("Keyword"), "-map/2-fun-0-", (pair,))
        return pair[0], fun(pair)

    return call("Enum", "map", keywords, mapped)


def _by_char(name: str, instead: str) -> Callable[..., Any]:
    """Return a function of String's that takes a character where the one instead takes a text."""

    def with_char(text: Any, char: Any) -> Any:
        if type(char) is not int:
            raise function_clause(alias("String"), name, (text, char))
        return call("String", instead, text, chr(char))

    return with_char


def _padded(name: str, instead: str) -> Callable[..., Any]:
    def with_char(text: Any, size: Any, pad: Any) -> Any:
        if type(pad) is not int:
            raise function_clause(alias("String"), name, (text, size, pad))
        return call("String", instead, text, size, chr(pad))

    return with_char


def _digits(value: Any, options: Any) -> Any:
    """Write a float with Erlang's options, of which Elixir's write `compact: true` for `:compact`."""
    compact = atom("compact")
    given = [compact if item == (compact, True) else item for item in to_pylist(options)]
    return export(atom("erlang"), "float_to_binary", 2).fn(value, from_pylist([item for item in given if item != (compact, False)]))


def _grapheme_size(text: Any) -> Any:
    if not is_binary(text):
        raise function_clause(alias("String"), "next_grapheme_size", (text,))
    found = call("String", "next_grapheme", text)
    return None if found is None else (call("Kernel", "byte_size", found[0]), found[1])


FUNCTIONS: Final[dict[str, dict[tuple[str, int], Callable[..., Any]]]] = {
    "Atom": {("to_char_list", 1): lambda value: call("Atom", "to_charlist", value)},
    "Enum": {**_chunk("Enum"), ("partition", 2): lambda items, fun: call("Enum", "split_with", items, fun)},
    "Float": {
        ("to_char_list", 1): lambda value: call("Float", "to_charlist", value),
        ("to_char_list", 2): lambda value, options: call("String", "to_charlist", _digits(value, options)),
        ("to_string", 2): _digits,
    },
    "Integer": {
        ("to_char_list", 1): lambda value: call("Integer", "to_charlist", value),
        ("to_char_list", 2): lambda value, base: call("Integer", "to_charlist", value, base),
    },
    "Keyword": {
        ("delete", 3): _delete_pair,
        ("map", 2): _mapped_keywords,
        ("size", 1): lambda keywords: call("Kernel", "length", keywords),
    },
    "List.Chars": {("to_char_list", 1): lambda value: call("List.Chars", "to_charlist", value)},
    "Map": {("map", 2): _mapped_map, ("size", 1): lambda map_: call("Kernel", "map_size", map_)},
    "Range": {("range?", 1): lambda value: getattr(value, "struct", None) is atom("Elixir.Range")},
    "Stream": _chunk("Stream"),
    "String": {
        ("ljust", 2): lambda text, size: call("String", "pad_trailing", text, size),
        ("ljust", 3): _padded("ljust", "pad_trailing"),
        ("lstrip", 1): lambda text: call("String", "trim_leading", text),
        ("lstrip", 2): _by_char("lstrip", "trim_leading"),
        ("next_grapheme_size", 1): _grapheme_size,
        ("rjust", 2): lambda text, size: call("String", "pad_leading", text, size),
        ("rjust", 3): _padded("rjust", "pad_leading"),
        ("rstrip", 1): lambda text: call("String", "trim_trailing", text),
        ("rstrip", 2): _by_char("rstrip", "trim_trailing"),
        ("strip", 1): lambda text: call("String", "trim", text),
        ("strip", 2): _by_char("strip", "trim"),
        ("to_char_list", 1): lambda text: call("String", "to_charlist", text),
        ("valid_character?", 1): lambda text: call("String", "valid?", text) and call("String", "length", text) == 1,
    },
    "System": {
        ("cwd", 0): lambda: call("File", "cwd!"),
        ("cwd!", 0): lambda: call("File", "cwd!"),
        ("get_pid", 0): lambda: call("System", "pid"),
        ("stacktrace", 0): lambda: EMPTY,
    },
}


def add(module: NativeModule) -> None:
    """Give a module of the library its deprecated functions."""
    for key, function in FUNCTIONS.get(module.name.name.removeprefix("Elixir."), {}).items():
        if key not in module.exports:
            module.exports[key] = function
            names = function.__code__.co_varnames[: key[1]]
            module.signatures[key] = tuple(name.rstrip("_") for name in names)

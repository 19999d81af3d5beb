"""The older functions of :string, on charlists alone; places count from 1."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.erlang.string.texts import STRING, module
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.order import equals

SPACE: Final = 32
_SIDES: Final = ("left", "right", "both")


def _items(string: Any, name: str, *args: Any) -> list[Any]:
    if not is_proper(string):
        raise function_clause(STRING, name, args or (string,))
    return to_pylist(string)


def _made(items: list[Any]) -> Any:
    return from_pylist(items)


@module.function("len")
def len_(string: Any) -> Any:
    """Return the number of characters of a charlist.

    iex> :string.len(~c"abc")
    3
    """
    return len(_items(string, "len"))


@module.function("chr")
def chr_(string: Any, character: Any) -> Any:
    """Return the first place of a character, or 0.

    iex> :string.chr(~c"hello", ?l)
    3
    """
    return next(
        (place for place, item in enumerate(_items(string, "chr", string, character), 1) if item == character), 0
    )


@module.function
def rchr(string: Any, character: Any) -> Any:
    """Return the last place of a character, or 0.

    iex> :string.rchr(~c"hello", ?l)
    4
    """
    items = _items(string, "rchr", string, character)
    return next((place for place in range(len(items), 0, -1) if items[place - 1] == character), 0)


def _places(string: Any, part: Any, name: str) -> list[int]:
    items, wanted = _items(string, name, string, part), _items(part, name, string, part)
    size = len(wanted)
    return [place + 1 for place in range(len(items) - size + 1) if items[place : place + size] == wanted]


@module.function("str")
def str_(string: Any, part: Any) -> Any:
    """Return the first place of a charlist in another, or 0.

    iex> :string.str(~c"hello", ~c"lo")
    4
    """
    return next(iter(_places(string, part, "str")), 0)


@module.function
def rstr(string: Any, part: Any) -> Any:
    """Return the last place of a charlist in another, or 0.

    iex> :string.rstr(~c"abab", ~c"ab")
    3
    """
    return next(reversed(_places(string, part, "rstr")), 0)


@module.function
def span(string: Any, characters: Any) -> Any:
    """Return how many characters at the beginning are of a set.

    iex> :string.span(~c"aabc", ~c"ab")
    3
    """
    return _counted(_items(string, "span", string, characters), to_pylist(characters), inside=True)


@module.function
def cspan(string: Any, characters: Any) -> Any:
    """Return how many characters at the beginning are not of a set.

    iex> :string.cspan(~c"aabc", ~c"c")
    3
    """
    return _counted(_items(string, "cspan", string, characters), to_pylist(characters), inside=False)


def _counted(items: list[Any], wanted: list[Any], *, inside: bool) -> int:
    return next((place for place, item in enumerate(items) if (item in wanted) is not inside), len(items))


@module.function("substr", arity=(2, 3))
def substr(string: Any, start: Any, length: Any = None) -> Any:
    """Return the part from a place on, of a length.

    iex> :string.substr(~c"hello", 2, 3)
    ~c"ell"
    """
    args = (string, start) if length is None else (string, start, length)
    items = _items(string, "substr", *args)
    if type(start) is not int or not 1 <= start <= len(items) + 1:
        raise function_clause(STRING, "substr", args)
    return _made(items[start - 1 :] if length is None else items[start - 1 : start - 1 + length])


@module.function("sub_string", arity=(2, 3))
def sub_string(string: Any, start: Any, stop: Any = None) -> Any:
    """Return the part from a place to another.

    iex> :string.sub_string(~c"hello", 2, 3)
    ~c"el"
    """
    return substr(string, start) if stop is None else substr(string, start, stop - start + 1)


@module.function("copies")
def copies(string: Any, number: Any) -> Any:
    """Return a charlist so many times over.

    iex> :string.copies(~c"ab", 2)
    ~c"abab"
    """
    items = _items(string, "copies", string, number)
    if type(number) is not int or number < 0:
        raise function_clause(STRING, "copies", (string, number))
    return _made(items * number)


@module.function("chars", arity=(2, 3))
def chars(character: Any, number: Any, tail: Any = EMPTY) -> Any:
    """Return a charlist of one character so many times, before another.

    iex> :string.chars(?a, 3)
    ~c"aaa"
    """
    if type(number) is not int or number < 0:
        raise function_clause(STRING, "chars", (character, number, tail))
    return _made([character] * number + _items(tail, "chars", character, number, tail))


@module.function("words", arity=(1, 2))
def words(string: Any, separator: Any = SPACE) -> Any:
    """Return the number of words.

    iex> :string.words(~c"a b  c")
    3
    """
    return len(_parts(_items(string, "words", string, separator), separator))


def _parts(items: list[Any], separator: Any) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for item in items:
        if equals(item, separator):
            found.append([])
        else:
            found[-1].append(item)
    return [part for part in found if part]


@module.function("sub_word", arity=(2, 3))
def sub_word(string: Any, index: Any, separator: Any = SPACE) -> Any:
    """Return a word by its number.

    iex> :string.sub_word(~c"a b c", 2)
    ~c"b"
    """
    parts = _parts(_items(string, "sub_word", string, index, separator), separator)
    return _made(parts[index - 1]) if 1 <= index <= len(parts) else EMPTY


@module.function("strip", arity=(1, 2, 3))
def strip(string: Any, direction: Any = None, character: Any = SPACE) -> Any:
    """Return a charlist without blanks, or another character, at its ends: `:left`, `:right` or `:both`.

    iex> :string.strip(~c" a ")
    ~c"a"
    """
    direction = atom("both") if direction is None else direction
    items = list(_items(string, "strip", string, direction, character))
    if type(direction) is not Atom or direction.name not in _SIDES:
        raise function_clause(STRING, "strip", (string, direction, character))
    while direction.name != "right" and items and items[0] == character:
        items.pop(0)
    while direction.name != "left" and items and items[-1] == character:
        items.pop()
    return _made(items)


def _sized(string: Any, number: Any, character: Any, name: str) -> tuple[list[Any], int]:
    items = _items(string, name, string, number, character)
    if type(number) is not int or number < 0:
        raise function_clause(STRING, name, (string, number, character))
    return items, number - len(items)


@module.function("left", arity=(2, 3))
def left(string: Any, number: Any, character: Any = SPACE) -> Any:
    """Return a charlist cut or filled to a length, its beginning kept.

    iex> :string.left(~c"ab", 4, ?.)
    ~c"ab.."
    """
    items, missing = _sized(string, number, character, "left")
    return _made(items[:number] if missing < 0 else items + [character] * missing)


@module.function("right", arity=(2, 3))
def right(string: Any, number: Any, character: Any = SPACE) -> Any:
    """Return a charlist cut or filled to a length, its end kept.

    iex> :string.right(~c"ab", 4, ?.)
    ~c"..ab"
    """
    items, missing = _sized(string, number, character, "right")
    return _made(items[-missing:] if missing < 0 else [character] * missing + items)


@module.function("centre", arity=(2, 3))
def centre(string: Any, number: Any, character: Any = SPACE) -> Any:
    """Return a charlist cut or filled to a length, its middle kept.

    iex> :string.centre(~c"ab", 5, ?.)
    ~c".ab.."
    """
    items, missing = _sized(string, number, character, "centre")
    if missing < 0:
        start = -missing // 2
        return _made(items[start : start + number])
    before = missing // 2
    return _made([character] * before + items + [character] * (missing - before))

""":io_lib: characters and texts as Erlang writes them, formats taken apart, lists of characters asked about."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.erlang.io_lib.directives import DIRECTIVE, characters, failure, formatted, text_of
from pyex.stdlib.erlang.io_lib.functions import IO_LIB, char_list, module
from pyex.stdlib.erlang.io_lib.write import RESERVED, Style, escaped, is_text, quoted, write, write_atom
from pyex.terms.atoms import atom, atom_name
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import function_clause
from pyex.terms.lists import (
    EMPTY,
    Cons,
    List,
    charlist,
    elixir_list,
    from_iterable,
    from_pylist,
    is_proper,
    split_tail,
    to_pylist,
)
from pyex.terms.maps import Map

_LAST_LATIN1: Final = 255
_DOTS: Final = atom("...")


def _char(name: str, code: Any, last: int) -> str:
    if type(code) is not int or not 0 <= code <= last:
        raise function_clause(IO_LIB, name, (code,))
    if code == 32:
        return "$\\s"
    return "$" + quoted(chr(code), "\0" if code else "'")[1:-1]


@module.function
def write_char(character: Any) -> Any:
    """Return a character as Erlang writes it.

    iex> :io_lib.write_char(?\\n)
    ~c"$\\\\n"
    """
    return characters(_char("write_char", character, 0x10FFFF))


@module.function
def write_unicode_char(character: Any) -> Any:
    """Return a character as Erlang writes it.

    iex> :io_lib.write_unicode_char(?a)
    ~c"$a"
    """
    return characters(_char("write_unicode_char", character, 0x10FFFF))


@module.function
def write_latin1_char(character: Any) -> Any:
    """Return a Latin-1 character as Erlang writes it.

    iex> :io_lib.write_latin1_char(?a)
    ~c"$a"
    """
    return characters(_char("write_latin1_char", character, _LAST_LATIN1))


@module.function
def write_char_as_latin1(character: Any) -> Any:
    """Return a character as Erlang writes it, in Latin-1 characters alone.

    iex> :io_lib.write_char_as_latin1(955)
    ~c"$\\\\x{3BB}"
    """
    return characters(escaped(_char("write_char_as_latin1", character, 0x10FFFF)))


def _quoted(string: Any, quote: Any) -> str:
    if not is_proper(string):
        raise function_clause(IO_LIB, "write_string1", (atom("unicode_as_unicode"), string, quote))
    return quoted("".join(map(chr, to_pylist(string))), chr(quote))


@module.function("write_string", arity=(1, 2))
def write_string(string: Any, quote: Any = 34) -> Any:
    """Return a charlist between double quotes, or other ones.

    iex> :io_lib.write_string(~c"ab", ?')
    ~c"'ab'"
    """
    return characters(_quoted(string, quote))


module.function("write_unicode_string", arity=1)(write_string)
module.function("write_latin1_string", arity=(1, 2))(write_string)


@module.function("write_string_as_latin1", arity=(1, 2))
def write_string_as_latin1(string: Any, quote: Any = 34) -> Any:
    """Return a charlist between quotes, in Latin-1 characters alone.

    iex> :io_lib.write_string_as_latin1([955, ?a])
    ~c"\\"\\\\x{3BB}a\\""
    """
    return characters(escaped(_quoted(string, quote)))


@module.function
def write_atom_as_latin1(value: Any) -> Any:
    """Return the characters of an atom, in Latin-1 characters alone.

    iex> :io_lib.write_atom_as_latin1(:"a b")
    ~c"'a b'"
    """
    name = atom_name(value)
    if name is None:
        raise function_clause(IO_LIB, "write_atom_as_latin1", (value,))
    if all(ord(char) <= _LAST_LATIN1 for char in name):
        return characters(write_atom(name))
    return characters(escaped(quoted(name, "'")))


@module.function
def quote_atom(value: Any, characters: Any) -> Any:
    """Tell whether an atom of these characters has to stand in quotes.

    iex> :io_lib.quote_atom(:end, ~c"end")
    true
    """
    text = "".join(map(chr, to_pylist(characters)))
    return atom_name(value) in RESERVED or write_atom(text) != text or not text


@module.function
def write_binary(binary_: Any, depth: Any, chars_limit: Any) -> Any:
    """Return the characters of a binary's bytes, at most so many of them, and what is left of the binary.

    iex> :io_lib.write_binary("abc", 10, -1) |> elem(0) |> List.to_string()
    "<<97,98,99>>"
    """
    data = to_bytes(binary_)
    count = len(data) if depth < 0 or len(data) < depth else max(depth - 1, 0)
    shown = [str(byte) for byte in data[:count]] + (["..."] if count < len(data) else [])
    return characters("<<" + ",".join(shown) + ">>"), binary(data[count:])


def _is_deep(term: Any, last: int) -> bool:
    if not is_proper(term):
        return False
    return all(
        _is_deep(item, last) if isinstance(item, List) else type(item) is int and item <= last and char_list(elixir_list(item))
        for item in to_pylist(term)
    )


@module.function
def deep_latin1_char_list(term: Any) -> Any:
    """Tell whether a term is a nested list of Latin-1 characters.

    iex> :io_lib.deep_latin1_char_list([~c"a", [955]])
    false
    """
    return _is_deep(term, _LAST_LATIN1)


@module.function
def deep_unicode_char_list(term: Any) -> Any:
    """Tell whether a term is a nested list of characters.

    iex> :io_lib.deep_unicode_char_list([~c"a", [955]])
    true
    """
    return _is_deep(term, 0x10FFFF)


@module.function
def indentation(string: Any, start_indent: Any) -> Any:
    """Return the column at which one stands after a text that began at a column.

    iex> :io_lib.indentation(~c"abc", 4)
    7
    """
    column: int = start_indent
    for char in text_of(string):
        column = 0 if char == "\n" else (column // 8 + 1) * 8 if char == "\t" else column + 1
    return column


@module.function("format_prompt", arity=(1, 2))
def format_prompt(prompt: Any, encoding: Any = None) -> Any:
    """Return the characters of a prompt: a text, a term, or `{:format, format, arguments}`.

    iex> :io_lib.format_prompt({:format, ~c"~p> ", [1]})
    ~c"1> "
    """
    if type(prompt) is tuple and len(prompt) == 3 and prompt[0] is atom("format"):
        return characters(formatted(prompt[1], prompt[2]))
    if is_binary(prompt) or _is_deep(prompt, 0x10FFFF):
        return characters(text_of(prompt))
    return characters(write(prompt, Style(strings=True)))


def _limited(term: Any, depth: int) -> Any:
    if depth == 0:
        return _DOTS
    if type(term) is Cons:
        return _limited_list(term, depth)
    if type(term) is tuple and term:
        if depth == 1:
            return _DOTS
        kept = [_limited(item, max(depth - 1 - place, 0)) for place, item in enumerate(term[: depth - 1])]
        return tuple(kept if len(kept) == len(term) else [*kept, _DOTS])
    if type(term) is Map:
        return Map.from_pairs([(_limited(key, depth - 1), _limited(value, depth - 1)) for key, value in term.pairs()])
    return term


def _limited_list(term: Any, depth: int) -> Any:
    items, tail = split_tail(term)
    if tail is EMPTY and is_text(items, False):
        return term
    if depth == 1:
        return from_pylist([_DOTS])
    kept = [_limited(item, max(depth - 1 - place, 0)) for place, item in enumerate(items[: depth - 1])]
    return from_iterable(kept, tail) if len(kept) == len(items) else from_pylist([*kept, _DOTS])


@module.function
def limit_term(term: Any, depth: Any) -> Any:
    """Return a term whose parts that lie deeper than a depth are `:...`.

    iex> :io_lib.limit_term({1, {2, 3}}, 2)
    {1, :...}
    """
    return _limited(term, depth)


def _parts(template: str, args: list[Any]) -> list[Any]:
    """Return the characters of a format, and a map for each directive with the arguments that it takes."""
    parts: list[Any] = []
    place = 0
    for found in DIRECTIVE.finditer(template):
        parts.extend(ord(char) for char in template[place : found.start()])
        place = found.end()
        parts.append(_described(found, args))
    return [*parts, *(ord(char) for char in template[place:])]


def _described(found: Any, args: list[Any]) -> Any:
    width = args.pop(0) if (found[1] or "").endswith("*") else int(found[1]) if found[1] else None
    precision = args.pop(0) if found[2] == "*" else int(found[2]) if found[2] else None
    letter = found[5]
    taken = 0 if letter in "~n" else 2 if letter in "PWxX" else 1
    none = atom("none")
    facts = {
        "args": from_pylist([args.pop(0) for _ in range(taken)]),
        "width": none if width is None else abs(width),
        "adjust": atom("left" if width is not None and width < 0 else "right"),
        "precision": none if precision is None else precision,
        "pad_char": ord(found[3] or " "),
        "encoding": atom("unicode" if "t" in found[4] else "latin1"),
        "strings": "l" not in found[4],
        "maps_order": atom("undefined"),
        "control_char": ord(letter),
    }
    return Map.from_pairs([(atom(name), value) for name, value in facts.items()])


@module.function
def scan_format(format: Any, data: Any) -> Any:
    """Return a format taken apart: its characters, and a map for each directive.

    iex> [?a, directive] = :io_lib.scan_format(~c"a~5p", [1])
    iex> {directive.width, directive.args}
    {5, [1]}
    """
    try:
        return from_pylist(_parts(text_of(format), list(to_pylist(data))))
    except (ValueError, IndexError):
        raise failure(format, data) from None


@module.function("build_text", arity=(1, 2))
def build_text(format_list: Any, options: Any = EMPTY) -> Any:
    """Return the characters of a format that `scan_format/2` took apart.

    iex> :io_lib.build_text(:io_lib.scan_format(~c"a~p", [1]))
    ~c"a1"
    """
    template, args = _put_together(format_list)
    return characters(formatted(charlist(template), args))


def _put_together(format_list: Any) -> tuple[str, Any]:
    template, args = "", []
    for part in to_pylist(format_list):
        if type(part) is Map:
            given = {atom_name(key): value for key, value in part.pairs()}
            args.extend(to_pylist(given["args"]))
            template += _directive(given)
        else:
            template += text_of(part if isinstance(part, List) or is_binary(part) else elixir_list(part)).replace("~", "~~")
    return template, from_pylist(args)


def _directive(given: dict[Any, Any]) -> str:
    none = atom("none")
    width = "" if given["width"] is none else ("-" if given["adjust"] is atom("left") else "") + str(given["width"])
    precision, pad = given["precision"], chr(given["pad_char"])
    more = "" if precision is none and pad == " " else "." + ("" if precision is none else str(precision))
    more += "" if pad == " " else "." + pad
    modifiers = ("t" if given["encoding"] is atom("unicode") else "") + ("" if given["strings"] else "l")
    return f"~{width}{more}{modifiers}{chr(given['control_char'])}"


@module.function
def unscan_format(format_list: Any) -> Any:
    """Return the format and the arguments that `scan_format/2` took apart.

    iex> :io_lib.unscan_format(:io_lib.scan_format(~c"a~p", [1]))
    {~c"a~p", [1]}
    """
    template, args = _put_together(format_list)
    return charlist(template), args

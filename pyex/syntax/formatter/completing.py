"""Forms that do not tell how they were written, with what the formatter wants to know: as `Macro.to_string/1` is given them.

Literals become blocks of one with the text they are written as, keys of keywords are marked, and the last argument of
a call becomes the do-block that it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pyex.syntax.formatter import literals, metadata
from pyex.syntax.formatter.metadata import is_call
from pyex.syntax.formatter.plain_calls import PLAIN_CALLS
from pyex.syntax.tokens import KINDS
from pyex.terms.atoms import Atom, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.inspect import inspect
from pyex.terms.inspect.literals import atom_text, charlist_text, escape, escape_bytes, is_alias
from pyex.terms.lists import EMPTY, Cons, List, elixir_list, from_pylist, is_proper, to_pylist
from pyex.terms.maps import STRUCT, Map

SEQUENCE: Final = Atom("__block__")
BITSTRING: Final = Atom("<<>>")
DOT: Final = Atom(".")
DO: Final = Atom("do")
MAP: Final = Atom("%{}")
FN: Final = Atom("fn")
ALIASES: Final = Atom("__aliases__")
ELIXIR: Final = Atom("Elixir")
BAR: Final = Atom("|")
ARROW: Final = Atom("->")
WHEN: Final = Atom("when")
ACCESS: Final = Atom("Elixir.Access")
NO_PARENS: Final = Atom("no_parens")
TUPLE: Final = Atom("{}")
BINARY: Final = Atom("binary")
AT: Final = Atom("@")
UNSPLIT: Final = (frozenset(map(Atom, KINDS)) - {WHEN, AT}) | {Atom("not"), BITSTRING}
"""Operators and bitstrings: a keyword list in them keeps its brackets."""


@dataclass(frozen=True, slots=True)
class Way:
    """How forms are completed."""

    escapes: bool = True
    """Whether texts hold what they mean, so that they are written with escapes."""
    without_parens: frozenset[tuple[str, int]] = PLAIN_CALLS


def complete(form: Any, way: Way, line: Any = None) -> Any:
    """Return a form that is complete; `line` is that of the form in which it stands."""
    kind = type(form)
    if kind is tuple and is_form(form):
        return node(form, way, line)
    if kind is Map:
        return map_form(form, way, line)
    return literal(form, EMPTY, way, line)


def is_form(value: Any) -> bool:
    """Tell whether a tuple is `{name, meta, args}`."""
    return (
        len(value) == 3
        and (is_atom(value[0]) or type(value[0]) is tuple)
        and isinstance(value[1], List)
        and ((isinstance(value[2], List) and is_proper(value[2])) or is_atom(value[2]))
    )


def node(form: Any, way: Way, line: Any) -> Any:
    """Return `{name, meta, args}` completed."""
    name, meta, args = form
    if not isinstance(args, List):
        return form
    found = metadata.value(meta, metadata.LINE)
    line = line if found is None else found
    items = to_pylist(args)
    if not is_sound(name, items):
        return inspected(form)
    if name is SEQUENCE:
        if len(items) == 1 and not (type(items[0]) is tuple and is_form(items[0])):
            return literal(items[0], meta, way, line)
        return name, meta, from_pylist([complete(item, way, line) for item in items])
    if name is BITSTRING and literals.is_interpolated(items):
        return name, delimited(meta), from_pylist([part(item, way, line) for item in items])
    if type(name) is Atom and name.name.startswith("sigil_") and is_sigil(items):
        return name, delimited(meta), elixir_list(raw_text(items[0], way, line), items[1])
    if name is MAP:
        return name, meta, pairs(items, way, line)
    if name is ARROW and len(items) == 2:
        given = from_pylist([complete(item, way, line) for item in to_pylist(items[0])])
        return name, meta, elixir_list(given, body(items[1], way, line))
    if name is TUPLE:
        return name, meta, entries(items, way, line, spliced=True)
    if name is AT and len(items) == 1:
        return name, meta, elixir_list(attribute(items[0], way, line))
    if name is Atom("&") and len(items) == 1 and type(items[0]) is int:
        return form
    if name is ALIASES:
        return name, meta, from_pylist([item if type(item) is Atom else complete(item, way, line) for item in items])
    if name in UNSPLIT and (len(items) < 3 or name is BAR):
        return name, meta, from_pylist([complete(item, way, line) for item in items])
    return call(name, meta, items, way, line)


def attribute(form: Any, way: Way, line: Any) -> Any:
    """Return what follows `@`: a lone keyword list of it is no block."""
    if (
        type(form) is tuple
        and is_form(form)
        and is_atom(form[0])
        and isinstance(form[2], List)
        and len(to_pylist(form[2])) == 1
    ):
        if is_block(to_pylist(form[2])[0]):
            return form[0], form[1], arguments(to_pylist(form[2]), way, line)
    return complete(form, way, line)


def is_sound(name: Any, items: list[Any]) -> bool:
    """Tell whether a form with a notation of its own has the arguments that it needs to be written so."""
    if name is ARROW:
        return len(items) == 2 and isinstance(items[0], List) and is_proper(items[0])
    if name is FN:
        return bool(items) and all(map(is_clause, items))
    if name is ALIASES:
        return bool(items) and all(type(item) is Atom for item in items[1:]) and not isinstance(items[0], List)
    if name is DOT and len(items) == 2:
        return is_atom(items[1]) or type(items[1]) is tuple
    return True


def is_sigil(items: list[Any]) -> bool:
    """Tell whether arguments are those of a sigil: its text, and its modifiers as a charlist."""
    if len(items) != 2 or not is_call(items[0], BITSTRING) or not isinstance(items[1], List) or not is_proper(items[1]):
        return False
    return all(type(one) is int for one in to_pylist(items[1]))


def is_clause(form: Any) -> bool:
    """Tell whether a form is `args -> body`."""
    return is_call(form, ARROW) and is_proper(form[2]) and is_sound(ARROW, to_pylist(form[2]))


def inspected(value: Any) -> Any:
    """Return the form of what is no code: it is written as it is inspected."""
    return Atom(inspect(value)), EMPTY, None


# ---- calls


def call(name: Any, meta: Any, items: list[Any], way: Way, line: Any) -> Any:
    """Return a call, its name completed where that is a form."""
    target = name
    if type(name) is tuple:
        if is_call(name, DOT) and is_proper(name[2]) and len(to_pylist(name[2])) in (1, 2):
            special = remote(name, meta, items, way, line)
            if special is not None:
                return special
            parts = to_pylist(name[2])
            kept = (
                [named(parts[1], way)]
                if len(parts) == 2 and is_atom(parts[1])
                else [complete(one, way, line) for one in parts[1:]]
            )
            target = (DOT, name[1], from_pylist([complete(parts[0], way, line), *kept]))
            if not items and not has_any(meta, NO_PARENS, metadata.CLOSING):
                meta = closed(meta, line)
        elif is_form(name):
            target = complete(name, way, line)
        else:
            target = inspected(name)
    if items and is_block(items[-1]):
        # A call with a block keeps its parentheses, unless it is one that goes without them.
        given = len(items) - 1
        if given and is_atom(target) and not goes_without(target, len(items), way):
            meta = closed(meta, line)
        if not has_any(meta, metadata.DO):
            place = elixir_list((metadata.LINE, line))
            meta = Cons((metadata.DO, place), Cons((metadata.END, place), meta))
        before = [complete(item, way, line) for item in items[:-1]]
        sections = [(key(word, line, way), body(what, way, line)) for word, what in to_pylist(items[-1])]
        return target, meta, from_pylist([*before, from_pylist(sections)])
    return target, meta, arguments(items, way, line)


def goes_without(name: Any, count: int, way: Way) -> bool:
    """Tell whether a local call goes without parentheses."""
    word = name.name if type(name) is Atom else ""
    return (word, count) in way.without_parens or (word, -1) in way.without_parens


def is_block(value: Any) -> bool:
    """Tell whether a last argument is a do-block: a keyword list that begins with `do`."""
    if type(value) is not Cons or not is_proper(value):
        return False
    items = to_pylist(value)
    first = items[0]
    if type(first) is not tuple or len(first) != 2 or unwrapped(first[0]) is not DO:
        return False
    return all(type(item) is tuple and len(item) == 2 and is_atom(unwrapped(item[0])) for item in items)


def remote(name: Any, meta: Any, items: list[Any], way: Way, line: Any) -> Any:
    """Return a remote call that is written in another way, or None."""
    parts = to_pylist(name[2])
    if len(parts) != 2 or not all(map(is_atom, parts)):
        return None
    if parts[0] is ACCESS and len(items) == 2 and has_any(meta, Atom("from_brackets")):
        index = items[1]
        if isinstance(index, List) and keyword_from(to_pylist(index)) == 0 and index:
            inner: Any = entries(to_pylist(index), way, line)
        else:
            inner = complete(index, way, line)
        return name, meta, elixir_list(complete(items[0], way, line), inner)
    word = (parts[0], parts[1])
    if word == (Atom("Elixir.List"), Atom("to_charlist")) and len(items) == 1:
        if literals.is_interpolated_charlist(items[0]):
            inner = from_pylist([part(item, way, line, escapes=way.escapes) for item in to_pylist(items[0])])
            return name, delimited(meta), elixir_list(inner)
    if word[0] is Atom("erlang") and word[1].name in ("binary_to_atom", "binary_to_existing_atom") and len(items) == 2:
        text = items[0]
        if is_call(text, BITSTRING) and literals.is_interpolated(to_pylist(text[2])):
            inner = from_pylist([part(item, way, line, escapes=way.escapes) for item in to_pylist(text[2])])
            return name, delimited(meta), elixir_list((text[0], text[1], inner), items[1])
    return None


def arguments(items: list[Any], way: Way, line: Any) -> Any:
    """Return arguments; a keyword list at the end stands without its brackets."""
    if not items:
        return EMPTY
    last = items[-1]
    if type(last) is Cons and is_proper(last) and keyword_from(to_pylist(last)) == 0:
        end: Any = entries(to_pylist(last), way, line)
    else:
        end = complete(last, way, line)
    return from_pylist([*(complete(item, way, line) for item in items[:-1]), end])


def body(form: Any, way: Way, line: Any) -> Any:
    """Return what stands in a section of a block, or behind an arrow."""
    if type(form) is Cons and is_proper(form) and all(map(is_clause, to_pylist(form))):
        return from_pylist([complete(item, way, line) for item in to_pylist(form)])
    return complete(form, way, line)


# ---- lists, maps and pairs


def unwrapped(form: Any) -> Any:
    """Return the literal in a block of one."""
    if is_call(form, SEQUENCE) and len(to_pylist(form[2])) == 1:
        return to_pylist(form[2])[0]
    return form


def keyword_from(items: list[Any]) -> int:
    """Return where the `key: value` pairs at the end of entries begin."""
    start = len(items)
    while start and is_pair(items[start - 1]):
        start -= 1
    return start


def is_pair(item: Any) -> bool:
    """Tell whether an entry can be written as `key: value`."""
    if type(item) is not tuple or len(item) != 2:
        return False
    name = item[0]
    if type(name) is tuple:
        return is_form(name) and metadata.value(name[1], metadata.FORMAT) is metadata.KEYWORD
    return is_atom(name) and not (type(name) is Atom and name.name.startswith("Elixir."))


def entries(items: list[Any], way: Way, line: Any, *, spliced: bool = False) -> Any:
    """Return the entries of a list or tuple, keywords at its end; `spliced`, these are what the last entry holds."""
    if spliced and items and type(items[-1]) is Cons and is_proper(items[-1]):
        last = to_pylist(items[-1])
        if keyword_from(last) == 0:
            return from_pylist([*(complete(item, way, line) for item in items[:-1]), *entries(last, way, line)])
    start = len(items) if spliced else keyword_from(items)
    plain = [
        pair(item, way, line) if type(item) is tuple and len(item) == 2 and not spliced else complete(item, way, line)
        for item in items[:start]
    ]
    return from_pylist([*plain, *((key(name, line, way), complete(what, way, line)) for name, what in items[start:])])


def pair(item: tuple[Any, Any], way: Way, line: Any) -> Any:
    """Return a tuple of two that is the entry of a list: it keeps all its brackets."""
    meta = EMPTY if line is None else elixir_list((metadata.LINE, line))
    return SEQUENCE, meta, elixir_list(tuple(complete(side, way, line) for side in item))


def pairs(items: list[Any], way: Way, line: Any) -> Any:
    """Return the pairs of a map, or its update."""
    sides = to_pylist(items[0][2]) if len(items) == 1 and is_call(items[0], BAR) else []
    if len(sides) == 2 and isinstance(sides[1], List) and is_proper(sides[1]):
        bar, meta, _ = items[0]
        left, changes = sides
        return elixir_list((bar, meta, elixir_list(complete(left, way, line), pairs(to_pylist(changes), way, line))))
    start = keyword_from(items)
    plain = [
        tuple(complete(side, way, line) for side in item)
        if type(item) is tuple and len(item) == 2
        else complete(item, way, line)
        for item in items[:start]
    ]
    return from_pylist([*plain, *((key(name, line, way), complete(what, way, line)) for name, what in items[start:])])


def key(name: Any, line: Any, way: Way) -> Any:
    """Return the key of a keyword."""
    if type(name) is tuple:
        return name
    name = named(name, way)
    meta = elixir_list((metadata.FORMAT, metadata.KEYWORD), (metadata.LINE, line))
    return SEQUENCE, meta if line is not None else elixir_list(meta.head), elixir_list(name)


def map_form(value: Map, way: Way, line: Any) -> Any:
    """Return the form of a map; a struct is written as it is inspected."""
    if value.get(STRUCT) is not None:
        return inspected(value)
    return MAP, EMPTY, pairs([tuple(pair) for pair in value.pairs()], way, line)


# ---- literals


def literal(value: Any, meta: Any, way: Way, line: Any) -> Any:
    """Return the form of a literal, with the metadata that it may have."""
    if line is not None and not has_any(meta, metadata.LINE):
        meta = Cons((metadata.LINE, line), meta)
    kind = type(value)
    if kind is int or kind is float:
        if not has_any(meta, metadata.TOKEN):
            meta = Cons((metadata.TOKEN, inspect(value)), meta)
    elif is_binary(value):
        heredoc = metadata.value(meta, metadata.DELIMITER) == '"""'
        value = escaped(value, heredoc) if way.escapes else value
    elif kind is Cons and is_proper(value):
        return list_form(to_pylist(value), meta, way, line)
    elif kind is tuple and len(value) == 2:
        value = tuple(arguments(list(value), way, line))
    elif is_atom(value):
        if value is ELIXIR or (is_alias(value) and atom_text(value)[0] != ":"):
            return (
                Atom("__aliases__"),
                meta,
                from_pylist([Atom(name) for name in value.name.removeprefix("Elixir.").split(".")]),
            )
        value = named(value, way)
    elif value is not EMPTY:
        return inspected(value)
    return SEQUENCE, meta, elixir_list(value)


def list_form(items: list[Any], meta: Any, way: Way, line: Any) -> Any:
    """Return the form of a list: clauses, a charlist, or its entries."""
    if all(map(is_clause, items)):
        return SEQUENCE, meta, elixir_list(from_pylist([complete(item, way, line) for item in items]))
    delimiter = metadata.value(meta, metadata.DELIMITER)
    shown = charlist_text(items)
    if shown is not None or (delimiter is not None and all(type(item) is int for item in items)):
        text = shown if shown is not None else "".join(map(chr, items))
        content = (BITSTRING, EMPTY, elixir_list(escaped(text, heredoc=False) if way.escapes else text))
        quotes = elixir_list((metadata.DELIMITER, '"'))
        if line is not None:
            quotes = Cons((metadata.LINE, line), quotes)
        return Atom("sigil_c"), quotes, elixir_list(content, EMPTY)
    return SEQUENCE, meta, elixir_list(entries(items, way, line))


def named(value: Any, way: Way) -> Any:
    """Return an atom that is written in quotes with the escapes of its name."""
    if way.escapes and type(value) is Atom and (atom_text(value)[:2] == ':"' or "\\" in value.name):
        return Atom(escaped(value.name, heredoc=False))
    return value


def escaped(value: Any, heredoc: bool) -> Any:
    """Return a text with its escapes, but for that of the quotes: the formatter sees to these."""
    if type(value) is not str:
        return escape_bytes(bytes(value), None)[0].replace('\\"', '"')
    if heredoc:
        return "\n".join([escape(one).replace('\\"', '"') for one in value.split("\n")])
    return escape(value).replace('\\"', '"')


def part(item: Any, way: Way, line: Any, *, escapes: bool = False) -> Any:
    """Return a part of an interpolated text; of strings Elixir leaves all characters as they are."""
    if is_binary(item):
        return escaped(item, heredoc=False) if escapes else item
    return hole(item, way, line)


def hole(item: Any, way: Way, line: Any) -> Any:
    """Return an interpolation, or the conversion in it, with its form completed."""
    if literals.is_conversion(item):
        return item[0], item[1], elixir_list(complete(to_pylist(item[2])[0], way, line))
    if not literals.is_interpolation(item):
        return complete(item, way, line)
    return item[0], item[1], elixir_list(hole(to_pylist(item[2])[0], way, line), to_pylist(item[2])[1])


def raw_text(form: Any, way: Way, line: Any) -> Any:
    """Return the text of a sigil, its interpolations completed."""
    items = to_pylist(form[2])
    return form[0], form[1], from_pylist([item if is_binary(item) else hole(item, way, line) for item in items])


# ---- metadata


def has_any(meta: Any, *keys: Atom) -> bool:
    """Tell whether metadata say anything under one of some keys."""
    return any(metadata.has(meta, one) for one in keys)


def delimited(meta: Any) -> Any:
    """Return metadata that name the quotes of a text."""
    return meta if has_any(meta, metadata.DELIMITER) else Cons((metadata.DELIMITER, '"'), meta)


def closed(meta: Any, line: Any) -> Any:
    """Return metadata of a call in parentheses."""
    if has_any(meta, metadata.CLOSING):
        return meta
    return Cons((metadata.CLOSING, elixir_list((metadata.LINE, line))), meta)

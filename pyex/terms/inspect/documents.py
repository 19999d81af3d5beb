"""Terms to documents: what `Inspect` does for each kind of term."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import FunctionType
from typing import Any, Final

from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import Bits, is_binary, to_bytes
from pyex.terms.errors import elixir_error
from pyex.terms.functions import Export
from pyex.terms.inspect import literals
from pyex.terms.inspect.algebra import BREAK, CONS, FLEX, STRICT, container, enclose, simple
from pyex.terms.inspect.functions import function_text
from pyex.terms.inspect.opts import INFINITY, Opts
from pyex.terms.lists import EMPTY, Cons, EmptyList, split_tail
from pyex.terms.maps import STRUCT, Map
from pyex.terms.numbers import float_to_inspected, integer_to_string
from pyex.terms.order import sort_key
from pyex.terms.pids import Pid, Port, Reference

ATOM: Final = atom("atom")
BOOLEAN: Final = atom("boolean")
BINARY: Final = atom("binary")
CHARLIST: Final = atom("charlist")
LIST: Final = atom("list")
MAP: Final = atom("map")
NUMBER: Final = atom("number")
STRING: Final = atom("string")
TUPLE: Final = atom("tuple")
DECIMAL: Final = atom("decimal")
INFER: Final = atom("infer")
AS_LISTS: Final = atom("as_lists")
AS_CHARLISTS: Final = atom("as_charlists")
AS_BINARIES: Final = atom("as_binaries")
AS_STRINGS: Final = atom("as_strings")
_SORT_MAPS: Final = atom("sort_maps")
MORE: Final = "..."
_BASES: Final = {"binary": (2, "0b"), "octal": (8, "0o"), "hex": (16, "0x")}


def to_doc(term: Any, opts: Opts) -> Any:
    """Return the document of any term."""
    if type(term) is Map and STRUCT in term._data and opts.structs is not False:
        from pyex.terms.inspect.structs import struct_doc

        return struct_doc(term, opts)
    if opts.inspect_fun is not None:
        return opts.inspect_fun(term, opts.to_struct())
    return plain_doc(term, opts)


def plain_doc(term: Any, opts: Opts) -> Any:
    """Return the document of a term, a struct taken as a plain map; `inspect_fun` is not asked."""
    handler = _HANDLERS.get(type(term))
    if handler is not None:
        return handler(term, opts)
    if callable(term):
        return function_doc(term, opts)
    text = _representation(term)
    if opts.printable_limit is not INFINITY and len(text) > opts.printable_limit:
        text = text[: opts.printable_limit] + MORE  # a server's state of Python's may be of any size
    return f"#Python<{text}>"


def _representation(value: Any) -> str:
    """Return Python's text of an object; where its own fails, the one that every object has."""
    try:
        text = repr(value)
    except Exception:
        text = object.__repr__(value)
    return text.encode("utf-8", "backslashreplace").decode()


# ---- what holds no other terms


def atom_doc(term: Any, opts: Opts) -> Any:
    """Return the document of an atom, `nil` and the booleans included."""
    text = literals.atom_text(term)
    if not opts.colors:
        return text
    if term is None:
        return opts.color(text, None)
    return opts.color(text, ATOM if type(term) is Atom else BOOLEAN)


def integer_doc(term: int, opts: Opts) -> Any:
    """Return the document of an integer, in the base of the options."""
    return opts.color(_based(term, opts), NUMBER)


def _based(term: int, opts: Opts) -> str:
    if opts.base is DECIMAL:
        return str(term)
    found = _BASES.get(getattr(opts.base, "name", ""))
    if found is None:
        raise elixir_error("CaseClauseError", term=opts.base)
    base, prefix = found
    return ("-" if term < 0 else "") + prefix + integer_to_string(abs(term), base)


def float_doc(term: float, opts: Opts) -> Any:
    """Return the document of a float."""
    return opts.color(float_to_inspected(term), NUMBER)


def identity_doc(term: Any, opts: Opts) -> Any:
    """Return the document of a pid, reference or port."""
    return repr(term)


def string_doc(term: Any, opts: Opts) -> Any:
    """Return the document of a binary: a string when it is printable, else its bytes."""
    limit = None if opts.printable_limit is INFINITY else opts.printable_limit
    as_string = opts.binaries is AS_STRINGS
    if not as_string:
        if opts.binaries is AS_BINARIES or opts.base is not DECIMAL:
            return bits_doc(term, opts)
        if type(term) is bytes:
            # Only what is shown has to be text.
            start = _valid_start(term, limit)
            if start is None:
                return bits_doc(term, opts)
            return opts.color(f'"{literals.escape(start)}" <> ...', STRING)
        if not literals.printable(term if limit is None else term[:limit]):
            return bits_doc(term, opts)
    if type(term) is bytes:
        text, cut = literals.escape_bytes(term, limit)
    else:
        shown = term if limit is None else literals.first_characters(term, limit)
        cut = len(shown) < len(term)
        text = literals.escape(shown)
    return opts.color(f'"{text}" <> ...' if cut else f'"{text}"', STRING)


def _valid_start(data: bytes, limit: int | None) -> str | None:
    """Return the first `limit` characters of bytes that are no UTF-8 as a whole, or None when these are not either."""
    if limit is None or not limit:
        return None
    text = data[: limit * 4].decode("utf-8", "surrogateescape")[:limit]
    if len(text) < limit or any("\udc80" <= char <= "\udcff" for char in text) or not literals.printable(text):
        return None
    return text


def bits_doc(term: Any, opts: Opts) -> Any:
    """Return the document of a bitstring as the numbers of its bytes."""
    left, right = opts.color("<<", BINARY), opts.color(">>", BINARY)
    data = to_bytes(term) if is_binary(term) else term.data
    tail_bits = 0 if type(term) is not Bits else term.size % 8
    whole = len(data) - 1 if tail_bits else len(data)
    limit = whole + 1 if opts.limit is INFINITY else opts.limit
    docs = [opts.color(_based(byte, opts), NUMBER) for byte in data[: min(whole, limit)]]
    if whole > limit or (tail_bits and whole == limit):
        docs.append(MORE)
    elif tail_bits:
        last = opts.color(_based(data[-1] >> (8 - tail_bits), opts), NUMBER)
        docs.append((CONS, last, f"::size({tail_bits})"))
    if not docs:
        return (CONS, left, right)
    inner = docs[-1]
    for doc in docs[-2::-1]:
        inner = (CONS, (CONS, doc, ","), (CONS, (BREAK, " ", FLEX), inner))
    return enclose(left, inner, right, FLEX, 2)


# ---- what holds other terms


def each_doc(items: Iterable[Any], opts: Opts, fun: Callable[[Any, Opts], Any]) -> list[Any]:
    """Return the documents of items, each with the limit that is left, and `...` where it ends."""
    limit = opts.limit
    if limit is INFINITY:
        return [fun(item, opts) for item in items]
    docs: list[Any] = []
    for item in items:
        if limit <= 0:
            docs.append(MORE)
            break
        limit -= 1
        docs.append(fun(item, opts.copy(limit=limit)))
    return docs


def list_doc(term: Any, opts: Opts) -> Any:
    """Return the document of a list: a charlist, a keyword list, or its elements."""
    if term is EMPTY:
        return opts.color("[]", LIST)
    items, tail = split_tail(term)
    if tail is EMPTY:
        if opts.charlists is INFER or opts.charlists is AS_CHARLISTS:
            text = _charlist(items, opts)
            if text is not None:
                return opts.color(text, CHARLIST)
        if is_keyword(items):
            docs = each_doc(items, opts, pair_doc)
            return container(opts.color("[", LIST), docs, opts.color("]", LIST), opts.color(",", LIST), STRICT)
    left, right, comma = opts.color("[", LIST), opts.color("]", LIST), opts.color(",", LIST)
    docs = each_doc(items, opts, to_doc)
    if tail is EMPTY or docs[-1] is MORE:
        return container(left, docs, right, comma, None)
    rest = to_doc(tail, opts if opts.limit is INFINITY else opts.with_limit(opts.limit - len(items)))
    mode = FLEX if all(map(simple, docs)) and simple(rest) else STRICT
    inner = (CONS, (CONS, docs[-1], " |"), (CONS, (BREAK, " ", mode), rest))
    for doc in docs[-2::-1]:
        inner = (CONS, (CONS, doc, comma), (CONS, (BREAK, " ", mode), inner))
    return enclose(left, inner, right, mode)


def _charlist(items: list[Any], opts: Opts) -> str | None:
    limit = None if opts.printable_limit is INFINITY else opts.printable_limit
    cut = limit is not None and len(items) > limit
    shown = items[:limit] if cut else items
    if opts.charlists is AS_CHARLISTS:
        try:
            text = "".join(map(chr, shown))
        except (TypeError, ValueError, OverflowError):
            return None
    else:
        found = literals.charlist_text(shown)
        if found is None:
            return None
        text = found
    return f'~c"{literals.escape(text)}"' + (" ++ ..." if cut else "")


def is_keyword(items: list[Any]) -> bool:
    """Tell whether a list's elements are pairs whose keys are atoms other than modules."""
    for item in items:
        if type(item) is not tuple or len(item) != 2:
            return False
        key = item[0]
        if not (type(key) is Atom and not key.name.startswith("Elixir.")) and key not in (None, True, False):
            return False
        if type(key) in (int, float):
            return False
    return True


def pair_doc(pair: tuple[Any, Any], opts: Opts) -> Any:
    """Return the document of `key: value`."""
    return (CONS, opts.color(literals.key_text(pair[0]), ATOM), (CONS, " ", to_doc(pair[1], opts)))


def tuple_doc(term: tuple[Any, ...], opts: Opts) -> Any:
    """Return the document of a tuple."""
    docs = each_doc(term, opts, to_doc)
    return container(opts.color("{", TUPLE), docs, opts.color("}", TUPLE), opts.color(",", TUPLE), FLEX)


def map_doc(term: Map, opts: Opts) -> Any:
    """Return the document of a map."""
    return named_map_doc(term, "", opts)


def named_map_doc(term: Map, name: str, opts: Opts) -> Any:
    """Return the document of a map's pairs in `%name{…}`."""
    pairs = term.pairs()
    if opts.custom_options is not EMPTY and (_SORT_MAPS, True) in split_tail(opts.custom_options)[0]:
        pairs.sort(key=lambda pair: sort_key(pair[0]))
    fun = pair_doc if is_keyword(pairs) else _arrow_doc
    return pairs_doc(f"%{name}{{", each_doc(pairs, opts, fun), "}", opts)


def pairs_doc(left: str, docs: list[Any], right: str, opts: Opts) -> Any:
    """Return the container of a map's or struct's pairs."""
    return container(opts.color(left, MAP), docs, opts.color(right, MAP), opts.color(",", MAP), STRICT)


def _arrow_doc(pair: tuple[Any, Any], opts: Opts) -> Any:
    return (CONS, (CONS, to_doc(pair[0], opts), opts.color(" => ", MAP)), to_doc(pair[1], opts))


def function_doc(term: Any, opts: Opts) -> Any:
    """Return the document of a function."""
    return function_text(term)


_HANDLERS: Final[dict[type, Callable[[Any, Opts], Any]]] = {
    Atom: atom_doc,
    type(None): atom_doc,
    bool: atom_doc,
    int: integer_doc,
    float: float_doc,
    str: string_doc,
    bytes: string_doc,
    Bits: bits_doc,
    tuple: tuple_doc,
    Cons: list_doc,
    EmptyList: list_doc,
    Map: map_doc,
    Pid: identity_doc,
    Reference: identity_doc,
    Port: identity_doc,
    Export: function_doc,
    FunctionType: function_doc,
}

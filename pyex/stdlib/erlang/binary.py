""":binary: binaries as bytes."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms import ops
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import bad_argument
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.pids import Reference

module = NativeModule(":binary", doc="Binaries as bytes.")
NOMATCH: Final = atom("nomatch")
LITTLE: Final = atom("little")
BOYER_MOORE: Final = atom("bm")
AHO_CORASICK: Final = atom("ac")


def _bytes(value: Any, name: str, *args: Any) -> bytes:
    if not is_binary(value):
        raise bad_argument("binary", name, args or (value,), a1="not a binary")
    return to_bytes(value)


@module.function
def at(subject: Any, pos: Any) -> Any:
    """Return the byte at a place, which counts from 0.

    iex> :binary.at("abc", 1)
    98
    """
    data = _bytes(subject, "at", subject, pos)
    if type(pos) is not int or not 0 <= pos < len(data):
        raise bad_argument("binary", "at", (subject, pos), **({} if type(pos) is int else {"a2": "not an integer"}))
    return data[pos]


@module.function
def first(subject: Any) -> Any:
    """Return the first byte.

    iex> :binary.first("abc")
    97
    """
    data = _bytes(subject, "first")
    if not data:
        raise bad_argument("binary", "first", (subject,), a1="a zero-sized binary is not allowed")
    return data[0]


@module.function
def last(subject: Any) -> Any:
    """Return the last byte.

        iex> :binary.last(<<1, 2, 3>>)
        3
    """
    data = _bytes(subject, "last")
    if not data:
        raise bad_argument("binary", "last", (subject,), a1="a zero-sized binary is not allowed")
    return data[-1]


@module.function("part", arity=(2, 3))
def part(subject: Any, start: Any, length: Any = None) -> Any:
    """Return a part of a binary; a negative length reaches back.

    iex> :binary.part("hello", 1, 3)
    "ell"
    """
    if length is None:
        start, length = start
    return ops.binary_part(subject, start, length)


@module.function("bin_to_list", arity=(1, 2, 3))
def bin_to_list(subject: Any, start: Any = None, length: Any = None) -> Any:
    """Return the bytes of a binary, or of a part of it.

    iex> :binary.bin_to_list("abc")
    ~c"abc"
    """
    data = _bytes(subject, "bin_to_list")
    if start is not None:
        data = to_bytes(part(subject, start, length))
    return from_pylist(list(data))


@module.function
def list_to_bin(byte_list: Any) -> Any:
    """Return the binary of bytes and binaries in nested lists.

        iex> :binary.list_to_bin([104, "i"])
        "hi"
    """
    from pyex.terms.functions import export

    return export(atom("erlang"), "list_to_binary", 1).fn(byte_list)


@module.function
def copy(subject: Any, n: Any = 1) -> Any:
    """Return a binary n times over.

    iex> :binary.copy("ab", 2)
    "abab"
    """
    data = _bytes(subject, "copy", subject, n)
    if type(n) is not int or n < 0:
        raise bad_argument("binary", "copy", (subject, n), a2="out of range" if type(n) is int else "not an integer")
    return binary(data * n)


@module.function
def decode_unsigned(subject: Any, endianness: Any = None) -> Any:
    """Return the integer of a binary's bytes, the first the highest unless `:little` is given.

    iex> :binary.decode_unsigned(<<1, 0>>)
    256
    """
    return int.from_bytes(_bytes(subject, "decode_unsigned"), "little" if endianness is LITTLE else "big")


@module.function
def encode_unsigned(unsigned: Any, endianness: Any = None) -> Any:
    """Return the bytes of an integer, as few as it needs.

    iex> :binary.encode_unsigned(256)
    <<1, 0>>
    """
    if type(unsigned) is not int or unsigned < 0:
        raise bad_argument(
            "binary",
            "encode_unsigned",
            (unsigned,),
            a1="not a non-negative integer" if type(unsigned) is not int else "out of range",
        )
    size = max(1, (unsigned.bit_length() + 7) // 8)
    return binary(unsigned.to_bytes(size, "little" if endianness is LITTLE else "big"))


@module.function
def encode_hex(bin: Any, case: Any = None) -> Any:
    """Return the hexadecimal text of a binary.

    iex> :binary.encode_hex(<<10, 255>>)
    "0AFF"
    """
    text = _bytes(bin, "encode_hex").hex()
    return text if case is atom("lowercase") else text.upper()


@module.function
def decode_hex(bin: Any) -> Any:
    """Return the binary of a hexadecimal text.

    iex> :binary.decode_hex("0aff")
    <<10, 255>>
    """
    data = _bytes(bin, "decode_hex")
    try:
        return binary(bytes.fromhex(data.decode("ascii")) if b" " not in data else bytes.fromhex("x"))
    except ValueError:
        words = "must only contain hex digits 0-9, A-F, and a-f"
        raise bad_argument("binary", "decode_hex", (bin,), a1=words) from None


def written_pattern(pattern: Any) -> Any:
    """Return the pattern that `compile_pattern/1` was given for a term, any other term as it is."""
    if type(pattern) is tuple and len(pattern) == 2 and pattern[0] in (BOYER_MOORE, AHO_CORASICK):
        reference = pattern[1]
        return getattr(reference, "held", pattern) if type(reference) is Reference else pattern
    return pattern


def _patterns(pattern: Any, name: str, args: tuple[Any, ...]) -> list[bytes]:
    pattern = written_pattern(pattern)
    given = to_pylist(pattern) if is_proper(pattern) else [pattern]
    if not given or not all(is_binary(item) and item for item in given):
        raise bad_argument("binary", name, args, a2="not a valid pattern")
    return [to_bytes(item) for item in given]


def _search(data: bytes, patterns: list[bytes], start: int, end: int) -> tuple[int, int] | None:
    """Return place and length of the first pattern found, the longest of those at one place."""
    found = [(place, -len(item)) for item in patterns if (place := data.find(item, start, end)) >= 0]
    if not found:
        return None
    place, size = min(found)
    return place, -size


def _scope(options: Any, data: bytes) -> tuple[int, int]:
    for option in to_pylist(options):
        if type(option) is tuple and option[0] is atom("scope"):
            start, length = option[1]
            return (start, start + length) if length >= 0 else (start + length, start)
    return 0, len(data)


@module.function
def compile_pattern(pattern: Any) -> Any:
    """Return a pattern in the form in which it is looked for.

        iex> :binary.split("a-b_c", :binary.compile_pattern(["-", "_"]), [:global])
        ["a", "b", "c"]
    """
    several = len(_patterns(pattern, "compile_pattern", (pattern,))) > 1
    return AHO_CORASICK if several else BOYER_MOORE, Reference.holding(pattern)


@module.function
def match(subject: Any, pattern: Any, options: Any = EMPTY) -> Any:
    """Return `{place, length}` of the first of some patterns, or `:nomatch`.

    iex> :binary.match("hello", ["l", "lo"])
    {2, 1}
    """
    args = (subject, pattern, options)
    data = _bytes(subject, "match", *args)
    return _search(data, _patterns(pattern, "match", args), *_scope(options, data)) or NOMATCH


def _every(data: bytes, patterns: list[bytes], start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while (hit := _search(data, patterns, start, end)) is not None:
        found.append(hit)
        start = hit[0] + hit[1]
    return found


@module.function
def matches(subject: Any, pattern: Any, options: Any = EMPTY) -> Any:
    """Return `{place, length}` of every pattern found.

    iex> :binary.matches("banana", "an")
    [{1, 2}, {3, 2}]
    """
    args = (subject, pattern, options)
    data = _bytes(subject, "matches", *args)
    return from_pylist(_every(data, _patterns(pattern, "matches", args), *_scope(options, data)))


@module.function
def split(subject: Any, pattern: Any, options: Any = EMPTY) -> Any:
    """Cut a binary at the first of some patterns, or with `:global` at each; `:trim` leaves out empty parts at the end, `:trim_all` all.

    iex> :binary.split("a,b,c", ",", [:global])
    ["a", "b", "c"]
    """
    args = (subject, pattern, options)
    data = _bytes(subject, "split", *args)
    given = to_pylist(options)
    found = _every(data, _patterns(pattern, "split", args), *_scope(options, data))
    parts, start = [], 0
    for place, length in found if atom("global") in given else found[:1]:
        parts.append(data[start:place])
        start = place + length
    parts.append(data[start:])
    if atom("trim_all") in given:
        parts = [item for item in parts if item]
    while atom("trim") in given and parts and not parts[-1]:
        parts.pop()
    return from_pylist([binary(item) for item in parts])


@module.function
def replace(subject: Any, pattern: Any, replacement: Any, options: Any = EMPTY) -> Any:
    """Replace the first of some patterns, or with `:global` each, by a binary or by what a function makes of it.

    iex> :binary.replace("banana", "an", "AN", [:global])
    "bANANa"
    """
    args = (subject, pattern, replacement, options)
    data = _bytes(subject, "replace", *args)
    found = _every(data, _patterns(pattern, "replace", args), *_scope(options, data))
    places = _insertions(replacement, options, args)
    made, start = b"", 0
    for place, length in found if atom("global") in to_pylist(options) else found[:1]:
        whole = data[place : place + length]
        put = to_bytes(replacement if is_binary(replacement) else replacement(binary(whole)))
        for at in places:
            put = put[:at] + whole + put[at:]
        made += data[start:place] + put
        start = place + length
    return binary(made + data[start:])


def _insertions(replacement: Any, options: Any, args: tuple[Any, ...]) -> list[int]:
    """Return the places of the replacement at which what was found is put in, the last one first."""
    if not is_binary(replacement):
        return []
    found: list[Any] = []
    for option in to_pylist(options):
        if type(option) is tuple and option[0] is atom("insert_replaced"):
            found = to_pylist(option[1]) if is_proper(option[1]) else [option[1]]
    if not all(type(place) is int and 0 <= place <= len(to_bytes(replacement)) for place in found):
        raise bad_argument("binary", "replace", args, a4="invalid options")
    return sorted(found, reverse=True)


@module.function
def longest_common_prefix(binaries: Any) -> Any:
    """Return how many first bytes all binaries share.

    iex> :binary.longest_common_prefix(["erlang", "ergonomy"])
    2
    """
    return _shared([to_bytes(item) for item in _flat("longest_common_prefix", binaries)])


def _flat(name: str, binaries: Any) -> list[Any]:
    found = to_pylist(binaries) if is_proper(binaries) else []
    if not found or not all(map(is_binary, found)):
        raise bad_argument("binary", name, (binaries,), a1="not a flat list of binaries")
    return found


def _shared(parts: list[bytes]) -> int:
    for place, column in enumerate(zip(*parts, strict=False)):
        if len(set(column)) > 1:
            return place
    return min(map(len, parts))


@module.function
def longest_common_suffix(binaries: Any) -> Any:
    """Return how many last bytes all binaries share.

    iex> :binary.longest_common_suffix(["erlang", "fang"])
    3
    """
    return _shared([to_bytes(item)[::-1] for item in _flat("longest_common_suffix", binaries)])


@module.function
def referenced_byte_size(binary: Any) -> Any:
    """Return the size of the binary that a part was taken of; here each is its own."""
    return len(_bytes(binary, "referenced_byte_size"))

"""`<<>>`: segments and their specifiers, brought into one normal form.

A segment expands to `{:"::", m, [value, spec]}`; a spec is the type, then endianness, sign, unit and size, joined
by `-`: `{:-, m, [{:-, m, [{:integer, [], nil}, {:little, [], nil}]}, {:size, [], [16]}]}`.
"""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import fatal, warn
from pyex.compiler.env import Scope
from pyex.compiler.expand import dispatch
from pyex.compiler.expand.core import line_meta, walk, walk_args
from pyex.compiler.expand.words import (
    BITS,
    PIN,
    TYPED,
    code_text,
    is_call,
    is_list,
    is_variable,
    special,
)
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, from_pylist, to_pylist

_TYPES: Final = {
    "integer": "integer",
    "float": "float",
    "binary": "binary",
    "bytes": "binary",
    "bitstring": "bitstring",
    "bits": "bitstring",
    "utf8": "utf8",
    "utf16": "utf16",
    "utf32": "utf32",
}
_ENDIAN: Final = frozenset({"big", "little", "native"})
_SIGN: Final = frozenset({"signed", "unsigned"})
_INFERRED: Final = atom("inferred_bitstring_spec")
_MINUS: Final = atom("-")
_TIMES: Final = atom("*")


class _Spec:
    """What the specifiers of one segment say."""

    __slots__ = ("endian", "sign", "size", "type", "unit")

    def __init__(self) -> None:
        self.type: str | None = None
        self.endian: str | None = None
        self.sign: str | None = None
        self.size: Any = None
        self.unit: int | None = None


@special("<<>>")
def bitstring(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand a bitstring."""
    if s.env.context == "match":
        segments = [segment for item in args for segment in _segment(item, meta, s)]
    else:
        segments = _side_by_side(args, meta, s)
    if s.env.context == "match":
        _check_sizes(segments, meta, s)
    return (BITS, meta, from_pylist(segments))


def _side_by_side(args: list[Any], meta: Any, s: Scope) -> list[Any]:
    values = [_split(item) for item in args]
    walked = walk_args([value for value, _ in values], s)
    result = []
    for (original, spec), value in zip(values, walked, strict=True):
        result.extend(_finish(original, value, spec, meta, s))
    return result


def _split(item: Any) -> tuple[Any, Any]:
    if is_call(item, TYPED, 2):
        value, spec = to_pylist(item[2])
        return value, (spec, item[1])
    return item, None


def _segment(item: Any, meta: Any, s: Scope) -> list[Any]:
    value, spec = _split(item)
    walked = walk(value, s)
    return _finish(value, walked, spec, meta, s)


def _finish(original: Any, value: Any, spec: Any, meta: Any, s: Scope) -> list[Any]:
    if spec is None:
        if is_call(value, BITS):
            return to_pylist(value[2])
        kind = _inferred(value)
        typed_meta = from_pylist([(_INFERRED, True), *to_pylist(meta)])
        return [(TYPED, typed_meta, from_pylist([value, (atom(kind), line_meta(meta), None)]))]
    form, spec_meta = spec
    found = _Spec()
    _read(form, found, spec_meta, s)
    _complete(found, value, spec_meta, s)
    if is_call(value, BITS) and found.type in ("binary", "bitstring"):
        return _nested(value, found, spec_meta, s)
    return [(TYPED, spec_meta, from_pylist([value, _build(found, spec_meta)]))]


def _nested(value: Any, found: _Spec, meta: Any, s: Scope) -> list[Any]:
    """Return the segments of a `<<>>` inside `<<>>`; of a binary the bits have to be whole bytes, as far as is known."""
    if found.size is not None or found.unit is not None:
        raise fatal(
            s.env,
            meta,
            "literal <<>> in bitstring supports only type specifiers, which must be one of: binary or bitstring",
        )
    segments = to_pylist(value[2])
    if found.type == "binary" and sum(map(_literal_bits, segments)) % 8:
        raise fatal(
            s.env,
            meta,
            f"expected {code_text(value)} to be a binary but its number of bits is not divisible by 8",
        )
    return segments


def _literal_bits(segment: Any) -> int:
    """Return how many bits a segment of literal size has; what has another size counts as whole bytes."""
    spec, size, unit = to_pylist(segment[2])[1], 0, 1
    while is_call(spec, _MINUS, 2):
        spec, part = to_pylist(spec[2])
        name = part[0].name
        if name == "size" and type(part[2].head) is int:
            size = part[2].head
        elif name == "unit":
            unit = part[2].head
    return size * unit if spec[0].name in ("integer", "bitstring") else 0


def _inferred(value: Any) -> str:
    kind = type(value)
    if kind is str or kind is bytes:
        return "binary"
    if kind is float:
        return "float"
    if is_call(value, BITS):
        return "bitstring"
    return "integer"


def _read(form: Any, found: _Spec, meta: Any, s: Scope) -> None:
    """Read a specifier: names joined by `-`, `size(n)`, `unit(n)`, `size * unit`, a size alone."""
    if is_call(form, _MINUS, 2):
        left, right = to_pylist(form[2])
        _read(left, found, meta, s)
        _read(right, found, meta, s)
    elif is_call(form, _TIMES, 2):
        size, unit = to_pylist(form[2])
        _set_size(found, size, meta, s)
        _set_unit(found, unit, meta, s)
    elif type(form) is int or (is_call(form, PIN, 1)):
        _set_size(found, form, meta, s)
    elif type(form) is tuple and len(form) == 3 and type(form[0]) is Atom:
        _name(form, found, meta, s)
    else:
        raise _unknown(form, meta, s)


def _unknown(form: Any, meta: Any, s: Scope) -> Exception:
    return fatal(s.env, meta, f"unknown bitstring specifier: {code_text(form)}")


def _name(form: Any, found: _Spec, meta: Any, s: Scope) -> None:
    name = form[0].name
    args = to_pylist(form[2]) if is_list(form[2]) else []
    if name == "size" and len(args) == 1:
        return _set_size(found, args[0], meta, s)
    if name == "unit" and len(args) == 1:
        return _set_unit(found, args[0], meta, s)
    if not args:
        if name in _TYPES:
            return _set(found, "type", _TYPES[name], meta, s)
        if name in _ENDIAN:
            return _set(found, "endian", name, meta, s)
        if name in _SIGN:
            return _set(found, "sign", name, meta, s)
    if is_variable(form) and (form[0], form[2]) in s.vars:
        return _set_size(found, form, meta, s)
    if is_variable(form):
        name = form[0].name
        warn(
            s.env,
            form[1],
            f'bitstring specifier "{name}" does not exist and is being expanded to "{name}()", please use parentheses '
            'to remove the ambiguity.\nYou may run "mix format --migrate" to fix this warning automatically.',
            code="ambiguous_specifier",
        )
    macro = dispatch.resolve(form[0], len(args), form[1], s.env)
    if macro is not None and macro[0]:
        return _read(dispatch.expand_macro(macro[1], form[0], form[1], args, s, macro[2]), found, meta, s)
    raise _unknown(form, meta, s)


def _set(found: _Spec, field: str, value: str, meta: Any, s: Scope) -> None:
    old = getattr(found, field)
    if old is not None and old != value:
        text = {"type": "type", "endian": "endianness", "sign": "sign"}[field]
        raise _conflict(text, value, old, meta, s)
    setattr(found, field, value)


def _conflict(what: str, new: str, old: str, meta: Any, s: Scope) -> Exception:
    return fatal(s.env, meta, f'conflicting {what} specification for bit field: "{new}" and "{old}"')


def _set_size(found: _Spec, form: Any, meta: Any, s: Scope) -> None:
    if found.size is not None:
        raise _conflict("size", code_text(form), code_text(found.size), meta, s)
    found.size = _size(form, meta, s)


def _size(form: Any, meta: Any, s: Scope) -> Any:
    """Expand a size: in a pattern it is an expression as in a guard, of variables bound before it."""
    if type(form) is int:
        return form
    if s.env.context == "match":
        assert s.prematch is not None  # in a pattern
        env = s.env
        s.env, s.prematch.sizing = env.replace(context="guard"), True
        if is_call(form, PIN, 1):
            form = to_pylist(form[2])[0]
        try:
            walked = walk(form, s)
        finally:
            s.env, s.prematch.sizing = env, False
    else:
        walked = walk(form, s)
    return walked


def _set_unit(found: _Spec, form: Any, meta: Any, s: Scope) -> None:
    if type(form) is not int or not 1 <= form <= 256:
        raise fatal(
            s.env, meta, f"unit in bitstring expects an integer as argument between 1 and 256, got: {code_text(form)}"
        )
    if found.unit is not None and found.unit != form:
        raise _conflict("unit", str(form), str(found.unit), meta, s)
    found.unit = form


_INTEGER_SPECS: Final = frozenset({"integer", "float", "utf8", "utf16", "utf32"})
_LITERAL_SPECS: Final = frozenset({"binary", "utf8", "utf16", "utf32", "bitstring"})


def _complete(found: _Spec, value: Any, meta: Any, s: Scope) -> None:
    """Fill in the type that a value implies, and refuse specifiers that do not go together."""
    env = s.env
    if found.type is None:
        found.type = _inferred(value)
    kind = found.type
    if type(value) in (str, bytes):
        _complete_text(found, kind, meta, s)
    if kind in ("utf8", "utf16", "utf32") and (found.size is not None or found.unit is not None):
        raise fatal(env, meta, "size and unit are not supported on utf types")
    if kind in ("utf8", "utf16", "utf32", "binary", "bitstring") and found.sign is not None:
        raise fatal(env, meta, "signed and unsigned specifiers are supported only on integer and float types")
    if type(value) is int and kind not in _INTEGER_SPECS:
        raise _conflict("type", kind, "integer", meta, s)
    if type(value) is float and kind != "float":
        raise _conflict("type", kind, "float", meta, s)
    if found.unit is not None and found.size is None and kind not in ("binary", "bitstring"):
        raise fatal(env, meta, "integer and float types require a size specifier if the unit specifier is given")
    if kind == "float" and type(found.size) is int and found.size * (found.unit or 1) not in (16, 32, 64):
        raise fatal(
            env, meta, f"float requires size*unit to be 16, 32, or 64 (default), got: {found.size * (found.unit or 1)}"
        )


def _complete_text(found: _Spec, kind: str, meta: Any, s: Scope) -> None:
    if kind not in _LITERAL_SPECS:
        raise _conflict("type", kind, "binary", meta, s)
    if found.size is not None or found.unit is not None:
        raise fatal(
            s.env,
            meta,
            "literal string in bitstring supports only endianness and type specifiers, which must be one of: "
            "little, big, native, utf8, utf16, utf32, bits, bytes, binary or bitstring",
        )


def _build(found: _Spec, meta: Any) -> Any:
    assert found.type is not None  # `_complete` has seen to it
    spec: Any = (atom(found.type), EMPTY, None)
    line = line_meta(meta)
    parts: list[Any] = []
    if found.endian is not None and found.endian != "big":
        parts.append((atom(found.endian), EMPTY, None))
    if found.sign == "signed":
        parts.append((atom("signed"), EMPTY, None))
    if found.unit is not None:
        parts.append((atom("unit"), EMPTY, from_pylist([found.unit])))
    if found.size is not None:
        parts.append((atom("size"), EMPTY, from_pylist([found.size])))
    for part in parts:
        spec = (_MINUS, line, from_pylist([spec, part]))
    return spec


def _is_sized(value: Any) -> bool:
    """Tell whether a binary in a pattern has the size of what it stands for: a literal, a pinned variable."""
    return type(value) in (str, bytes) or is_call(value, PIN, 1)


def _check_sizes(segments: list[Any], meta: Any, s: Scope) -> None:
    """Refuse a binary without size that is not the last segment of a pattern."""
    for segment in segments[:-1]:
        value, spec = to_pylist(segment[2])
        if is_variable(spec) and spec[0].name in ("binary", "bitstring") and not _is_sized(value):
            raise fatal(
                s.env,
                segment[1] if to_pylist(segment[1]) else meta,
                "a binary field without size is only allowed at the end of a binary pattern, at the right side of "
                "binary concatenation and never allowed in binary generators. The following examples are invalid:\n\n"
                '    rest <> "foo"\n    <<rest::binary, "foo">>\n\n'
                "They are invalid because there is a bits/bitstring component not at the end. However, the "
                '"reverse" would work:\n\n    "foo" <> rest\n    <<"foo", rest::binary>>\n',
            )

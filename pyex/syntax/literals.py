"""Literals of the tree: numbers, atoms, strings with interpolation, charlists, sigils, characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from pyex.syntax.grammar import named
from pyex.syntax.strings import InvalidEscape, join, keep_escapes, strip_indentation, unescape
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.binaries import to_bytes
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_pylist

if TYPE_CHECKING:
    from pyex.syntax.tree import Builder

CONTENT: Final = named("quoted_content")
ESCAPE: Final = named("escape_sequence")
INTERPOLATION: Final = named("interpolation")
COMMENT: Final = named("comment")
STRING: Final = named("string")
CHARLIST: Final = named("charlist")
OPERATOR_ID: Final = named("operator_identifier")
SIGIL_NAME: Final = named("sigil_name")
SIGIL_MODIFIERS: Final = named("sigil_modifiers")
DOT: Final = Atom(".")
TYPED: Final = Atom("::")
BITSTRING: Final = Atom("<<>>")
BINARY: Final = Atom("binary")
TO_STRING: Final = elixir_list(alias("Kernel"), Atom("to_string"))
TO_CHARLIST: Final = elixir_list(alias("List"), Atom("to_charlist"))
TO_ATOM: Final = elixir_list(Atom("erlang"), Atom("binary_to_atom"))
TO_EXISTING_ATOM: Final = elixir_list(Atom("erlang"), Atom("binary_to_existing_atom"))
UTF8: Final = Atom("utf8")
FROM_INTERPOLATION: Final = (Atom("from_interpolation"), True)
DELIMITER: Final = Atom("delimiter")
INDENTATION: Final = Atom("indentation")
NOTHING: Final[Any] = object()

OUTDENTED: Final = (
    "outdented heredoc line. The contents inside the heredoc should be indented at the same level as the closing "
    "%s. The following is forbidden:\n\n    def text do\n      \"\"\"\n    contents\n      \"\"\"\n    end\n\n"
    "Instead make sure the contents are indented as much as the heredoc closing:\n\n    def text do\n      \"\"\"\n"
    "      contents\n      \"\"\"\n    end\n\nThe current heredoc line is indented too little"
)

CHARLIST_HEREDOC: Final = (
    "single-quoted string represent charlists. Use ~c''' if you indeed want a charlist or use \"\"\" instead"
)
CHARLIST_QUOTES: Final = (
    'using single-quoted strings to represent charlists is deprecated.\nUse ~c"" if you indeed want a charlist or '
    'use "" instead.\nYou may run "mix format --migrate" to change all single-quoted\nstrings to use the ~c sigil '
    "and fix this warning."
)


class BadLiteral(Exception):
    """A literal that Elixir refuses, with what the error says and where."""

    def __init__(self, offset: int, message: str, token: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.token = token


def handlers(builder: Builder) -> dict[int, Callable[[Any], Any]]:
    """Return the functions for the literals' node kinds."""

    def plain(read: Callable[[Builder, Any], Any]) -> Callable[[Any], Any]:
        if builder.encoder is None:
            return lambda node: read(builder, node)
        return lambda node: builder.encoded(read(builder, node), node)

    return {
        named("integer"): plain(integer),
        named("float"): plain(float_),
        named("char"): plain(char),
        named("atom"): plain(atom_),
        named("boolean"): plain(boolean),
        named("nil"): plain(lambda builder, node: None),
        named("quoted_atom"): lambda node: quoted_atom(builder, node),
        STRING: lambda node: string(builder, node),
        CHARLIST: lambda node: charlist(builder, node),
        named("sigil"): lambda node: sigil(builder, node),
    }


def integer(builder: Builder, node: Any) -> int:
    """`1_000`, `0x1F`, `0b101`, `0o17`."""
    text = builder.slice(node.start_byte, node.end_byte)
    if "_" in text:
        text = text.replace("_", "")
    if len(text) > 1 and text[1] in "xbo":
        return int(text, 0)
    if len(text) > 4000:
        return _long_integer(text)
    return int(text)


def _long_integer(text: str) -> int:
    """Read digits beyond the length at which Python's `int` refuses: halve them."""
    if len(text) <= 4000:
        return int(text)
    middle = len(text) // 2
    return _long_integer(text[:middle]) * int(10) ** (len(text) - middle) + _long_integer(text[middle:])


def float_(builder: Builder, node: Any) -> float:
    """`1.0`, `1.0e-3`."""
    text = builder.slice(node.start_byte, node.end_byte)
    value = float(text.replace("_", ""))
    if value in (float("inf"), float("-inf")):
        raise BadLiteral(node.start_byte, f"invalid float number {text}")
    return value


def boolean(builder: Builder, node: Any) -> bool:
    """`true` and `false`."""
    return bool(node.end_byte - node.start_byte == 4)


def atom_(builder: Builder, node: Any) -> Any:
    """`:name`, `:+`."""
    name = builder.slice(node.start_byte + 1, node.end_byte)
    if len(name) > 255:
        raise BadLiteral(node.start_byte, "atom length must be less than system limit", name)
    return atom(name)


def char(builder: Builder, node: Any) -> int:
    """`?a`, `?\\n`, `?\\x41`."""
    text = builder.slice(node.start_byte + 1, node.end_byte)
    if text[0] != "\\":
        return ord(text[0])
    value = _unescaped(text, builder, node.start_byte + 1)
    return to_bytes(value)[0] if type(value) is bytes else ord(str(value)[0])


def _unescaped(raw: str, builder: Builder, start: int) -> str | bytes:
    try:
        return unescape(raw)
    except InvalidEscape as error:
        at = start + len(raw[: error.offset].encode())
        raise BadLiteral(at, error.message + ". Syntax error after: ", "\\") from error


def pieces(builder: Builder, node: Any) -> tuple[list[str], list[Any], str, int]:
    """Return the raw texts between interpolations, the interpolation nodes, the opening quote and its indentation.

    There is one text more than there are interpolations. The indentation is -1 of a string that is no heredoc.
    """
    children = node.children
    start = stop = node.end_byte
    quote = ""
    texts: list[str] = []
    holes: list[Any] = []
    for child in children:
        kind = child.kind_id
        if kind == INTERPOLATION:
            texts.append(builder.slice(start, child.start_byte))
            start = child.end_byte
            holes.append(child)
        elif kind in (CONTENT, ESCAPE, SIGIL_NAME, COMMENT):
            continue
        elif kind == SIGIL_MODIFIERS:
            continue
        elif not child.is_named:
            text = builder.slice(child.start_byte, child.end_byte)
            if text in ("~", ":"):
                continue
            if not quote:
                quote, start = text, child.end_byte
            else:
                stop = child.start_byte
    texts.append(builder.slice(start, stop))
    indentation = -1
    if len(quote) == 3:
        line_start = builder.source.text.rfind("\n", 0, builder.source.char_at[stop]) + 1
        indentation = builder.source.char_at[stop] - line_start
        texts = _heredoc(builder, texts, indentation, node, quote)
    return texts, holes, quote, indentation


def _heredoc(builder: Builder, texts: list[str], indentation: int, node: Any, quote: str) -> list[str]:
    texts, outdented = strip_indentation(texts, indentation)
    if outdented is not None:
        line, _ = builder.source.position(node.start_byte)
        builder.warn_at(line + outdented, builder.source.first_column, OUTDENTED % quote)
    return texts


def parts(builder: Builder, node: Any, read: Callable[[str], str | bytes] | None = None) -> tuple[list[Any], str, int]:
    """Return the text and interpolation parts of a quoted node, its quote, and its indentation.

    An interpolation is its node; neighbouring or empty texts are left out as Elixir leaves them out.
    """
    texts, holes, quote, indentation = pieces(builder, node)
    out: list[Any] = []
    for index, text in enumerate(texts):
        if text:
            value = read(text) if read is not None else _unescaped(text, builder, node.start_byte + len(quote))
            if value:
                out.append(value)
        if index < len(holes):
            out.append(holes[index])
    return out, quote, indentation


def _to_string(builder: Builder, node: Any) -> Any:
    """Return the call of `Kernel.to_string` for an interpolation."""
    meta = builder.meta(node.start_byte)
    body = builder.body([child for child in node.named_children if child.kind_id != COMMENT])
    return (DOT, meta, TO_STRING), Cons(FROM_INTERPOLATION, meta), Cons(body, EMPTY)


def binary_parts(builder: Builder, items: list[Any]) -> Any:
    """Return the segments of the `<<>>` form of an interpolated string."""
    out: list[Any] = []
    for item in items:
        if type(item) is str or type(item) is bytes:
            out.append(item)
        else:
            meta = builder.meta(item.start_byte)
            out.append((TYPED, meta, Cons(_to_string(builder, item), Cons((BINARY, meta, None), EMPTY))))
    return from_pylist(out)


def is_plain(items: list[Any]) -> bool:
    """Tell whether a quoted node has no interpolation."""
    return not items or (len(items) == 1 and type(items[0]) in (str, bytes))


def string(builder: Builder, node: Any) -> Any:
    """`"…"` and its heredoc."""
    items, _, _ = parts(builder, node)
    if is_plain(items):
        value = items[0] if items else ""
        return value if builder.encoder is None else builder.encoded(value, node)
    return BITSTRING, builder.meta(node.start_byte), binary_parts(builder, items)


def charlist(builder: Builder, node: Any) -> Any:
    """`'…'` and its heredoc."""
    items, quote, _ = parts(builder, node)
    builder.warn(node.start_byte, CHARLIST_HEREDOC if len(quote) == 3 else CHARLIST_QUOTES)
    if is_plain(items):
        value = from_pylist([ord(char) for char in _code_points(items[0])]) if items else EMPTY
        return value if builder.encoder is None else builder.encoded(value, node)
    meta = builder.meta(node.start_byte)
    segments = [item if type(item) in (str, bytes) else _to_string(builder, item) for item in items]
    return (DOT, meta, TO_CHARLIST), meta, Cons(from_pylist(segments), EMPTY)


def _code_points(value: str | bytes) -> str:
    return value if type(value) is str else bytes(value).decode("latin-1")  # type: ignore[arg-type]  # bytes by then


def quoted_atom(builder: Builder, node: Any) -> Any:
    """`:"…"`."""
    items, _, _ = parts(builder, node)
    if is_plain(items):
        value = atom(str(items[0])) if items else atom("")
        return value if builder.encoder is None else builder.encoded(value, node)
    return _atom_call(builder, items, builder.meta(node.start_byte))


def quoted_keyword(builder: Builder, node: Any) -> Any:
    """The key of `"…": value`."""
    items, _, _ = parts(builder, node)
    if is_plain(items):
        value = atom(str(items[0])) if items else atom("")
        return value if builder.encoder is None else builder.encoded(value, node)
    return _atom_call(builder, items, builder.meta(node.start_byte))


def _atom_call(builder: Builder, items: list[Any], meta: Any) -> Any:
    binary = (BITSTRING, meta, binary_parts(builder, items))
    convert = TO_EXISTING_ATOM if builder.existing_atoms_only else TO_ATOM
    return (DOT, meta, convert), meta, Cons(binary, Cons(UTF8, EMPTY))


def dotted_name(builder: Builder, node: Any) -> Any:
    """Return the atom right of a dot: `a.name`, `a.+`, `a."name"`."""
    if node.kind_id in (STRING, CHARLIST):
        items, _, _ = parts(builder, node)
        if not is_plain(items):
            hole = next(item for item in items if type(item) not in (str, bytes))
            message = "interpolation is not allowed when calling function/macro. Found interpolation in a call starting with: "
            raise BadLiteral(hole.start_byte, message, '"')
        return atom(str(items[0])) if items else atom("")
    return atom(builder.slice(node.start_byte, node.end_byte))


def sigil(builder: Builder, node: Any) -> Any:
    """`~s(…)`, `~W"…"`, with its modifiers."""
    name = ""
    modifiers: Any = EMPTY
    for child in node.named_children:
        if child.kind_id == SIGIL_NAME:
            name = builder.slice(child.start_byte, child.end_byte)
        elif child.kind_id == SIGIL_MODIFIERS:
            modifiers = from_pylist([ord(char) for char in builder.slice(child.start_byte, child.end_byte)])
    last = CLOSING.get(quote := _sigil_quote(builder, node), quote)
    items, _, indentation = parts(builder, node, keep_escapes(last))
    meta = builder.meta(node.start_byte)
    inner = meta if indentation < 0 else Cons((INDENTATION, indentation), meta)
    content = (BITSTRING, inner, binary_parts(builder, items or [""]))
    return Atom("sigil_" + name), Cons((DELIMITER, quote), meta), Cons(content, Cons(modifiers, EMPTY))


def _sigil_quote(builder: Builder, node: Any) -> str:
    for child in node.children:
        if not child.is_named and builder.slice(child.start_byte, child.end_byte) != "~":
            return builder.slice(child.start_byte, child.end_byte)
    return ""


CLOSING: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}

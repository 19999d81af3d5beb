"""Quoted forms out of tokens: what each production of the grammar means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.syntax import wording
from pyex.syntax.errors import Fault
from pyex.syntax.options import Options, SourceWarning
from pyex.syntax.quotes import is_plain
from pyex.syntax.source import COLUMN, LINE, Source
from pyex.syntax.tokens import NOT_IN
from pyex.terms.atoms import Atom, alias
from pyex.terms.lists import EMPTY, Cons, charlist, elixir_list, from_pylist

BLOCK: Final = Atom("__block__")
CURSOR: Final = Atom("__cursor__")
DOT: Final = Atom(".")
ARROW: Final = Atom("->")
TUPLE: Final = Atom("{}")
MAP: Final = Atom("%{}")
STRUCT: Final = Atom("%")
BITSTRING: Final = Atom("<<>>")
ALIASES: Final = Atom("__aliases__")
STEP: Final = Atom("..//")
STEP_OPERATOR: Final = Atom("//")
RANGE: Final = Atom("..")
NOT: Final = Atom("not")
IN: Final = Atom("in")
WHEN: Final = Atom("when")
FN: Final = Atom("fn")
BAR: Final = Atom("|")
PIPE: Final = Atom("|>")
SPLICING: Final = Atom("unquote_splicing")
ACCESS: Final = elixir_list(alias("Access"), Atom("get"))
NO_PARENS: Final = (Atom("no_parens"), True)
BRACKETS: Final = (Atom("from_brackets"), True)
AMBIGUOUS: Final = (Atom("ambiguous_op"), None)
FROM_INTERPOLATION: Final = (Atom("from_interpolation"), True)
DELIMITER: Final = Atom("delimiter")
INDENTATION: Final = Atom("indentation")
TYPED: Final = Atom("::")
BINARY: Final = Atom("binary")
UTF8: Final = Atom("utf8")
TO_STRING: Final = elixir_list(alias("Kernel"), Atom("to_string"))
TO_CHARLIST: Final = elixir_list(alias("List"), Atom("to_charlist"))
TO_ATOM: Final = elixir_list(Atom("erlang"), Atom("binary_to_atom"))
TO_EXISTING_ATOM: Final = elixir_list(Atom("erlang"), Atom("binary_to_existing_atom"))
KEYWORD_FORMAT: Final = (Atom("format"), Atom("keyword"))
ATOM_FORMAT: Final = (Atom("format"), Atom("atom"))
KEYWORD_VALUES: Final = (None, True, False)
OK: Final = Atom("ok")
EMPTY_BLOCK: Final = (BLOCK, EMPTY, EMPTY)
NEGATIONS: Final = (NOT, Atom("!"))


def is_call(form: Any, names: tuple[Any, ...]) -> bool:
    """Tell whether a form calls one of the names with one argument."""
    return (
        type(form) is tuple and len(form) == 3 and form[0] in names and type(form[2]) is Cons and form[2].tail is EMPTY
    )


def is_empty_block(form: Any) -> bool:
    """Tell whether a form is what `()` gives."""
    return type(form) is tuple and len(form) == 3 and form[0] is BLOCK and form[2] is EMPTY


def is_cursor(form: Any) -> bool:
    """Tell whether a form is `__cursor__()`: where code is being written, it may stand behind keywords."""
    return type(form) is tuple and len(form) == 3 and form[0] is CURSOR and form[2] is EMPTY


class Forms:
    """Builds the quoted forms of one text."""

    detailed = False
    """Whether the forms tell their brackets, blocks and line breaks, as `DetailedForms` do."""

    def __init__(self, source: Source, options: Options, parse: Callable[[list[Any], Forms], Any]) -> None:
        self.source = source
        self.options = options
        self.parse = parse
        """Parses the tokens of an interpolation."""
        self.columns = options.columns
        self.encoder = options.literal_encoder
        self._cells: dict[int, Any] = {}
        """Identities of the forms that stood in parentheses of their own, until their operator is built."""

    def meta(self, token: Any) -> Any:
        """Return `[line: …, column: …]` of a token."""
        if not self.columns:
            return Cons((LINE, token[2]), EMPTY)
        cell = self._cells.get(token[3])
        if cell is None:
            cell = self._cells[token[3]] = Cons((COLUMN, token[3]), EMPTY)
        return Cons((LINE, token[2]), cell)

    def meta_at(self, line: int, column: int) -> Any:
        """Return `[line: …, column: …]` of a place."""
        if not self.columns:
            return Cons((LINE, line), EMPTY)
        cell = self._cells.get(column)
        if cell is None:
            cell = self._cells[column] = Cons((COLUMN, column), EMPTY)
        return Cons((LINE, line), cell)

    def warn(self, token: Any, message: str) -> None:
        """Report a warning at a token."""
        if self.options.warn is not None:
            self.options.warn(SourceWarning(message, self.source.file, token[2], token[3]))

    def warn_line(self, token: Any, message: str) -> None:
        """Report a warning that has a line, but no column."""
        self.warn((None, None, token[2], 0), message)

    def place_of(self, form: Any) -> tuple[int, int] | None:
        """Return line and column of a form, or None when it has none."""
        if type(form) is not tuple or len(form) != 3:
            return None
        found = dict(item for item in form[1] if type(item) is tuple and len(item) == 2)
        line = found.get(LINE)
        return (line, found.get(COLUMN, 1)) if line is not None else None

    def encoded(self, value: Any, token: Any) -> Any:
        """Return a literal as the caller's `literal_encoder` wants it."""
        if self.encoder is None:
            return value
        return self.encode(value, token, self.literal_meta(token))

    def literal_meta(self, token: Any) -> Any:
        """Return the metadata that an encoder is given with a literal: `:nil` is told from `nil`."""
        meta = self.meta(token)
        return Cons(ATOM_FORMAT, meta) if token[0] == "atom" and token[1] in KEYWORD_VALUES else meta

    def encode(self, value: Any, token: Any, meta: Any) -> Any:
        """Return what the caller's encoder gives for a literal: it answers `{:ok, form}` or `{:error, reason}`."""
        answer, form = self.encoder(value, meta)  # type: ignore[misc]  # asked only when there is one
        if answer is not OK:
            raise Fault(token[2], token[3], f"{form}: ", "literal")
        return form

    # What only detailed forms tell

    def attend(self, cursor: Any) -> None:
        """Take note of the parser whose tokens are read from now on."""

    def ended(self, form: Any, separator: int) -> Any:
        """Return an expression behind which the separator at an index of the tokens stands."""
        return form

    def associated(self, key: Any, arrow: Any) -> Any:
        """Return a map's key behind which its `=>` stands."""
        return key

    def in_parentheses(self, form: Any, opening: Any, closing: Any) -> Any:
        """Return a form that stood in parentheses of its own."""
        return form

    # Sequences

    def body(self, items: list[Any]) -> Any:
        """Return the form of expressions in sequence."""
        if len(items) == 1:
            form = items[0]
            return (BLOCK, EMPTY, Cons(form, EMPTY)) if is_call(form, (SPLICING,)) else form
        return (BLOCK, EMPTY, from_pylist(items)) if items else EMPTY_BLOCK

    def section(self, items: list[tuple[bool, Any, Any]]) -> Any:
        """Return the form of a section's items: its clauses, or its body."""
        if not items or not items[0][0]:
            for is_clause, _, arrow in items:
                if is_clause:
                    raise Fault(arrow[2], arrow[3] if self.columns else None, wording.FIRST_CLAUSE, "'->'")
            return self.body([item[1] for item in items])
        clauses: list[Any] = []
        bodies: list[list[Any]] = []
        for is_clause, form, _ in items:
            if is_clause:
                clauses.append(form)
                bodies.append([form[2].tail.head])
            else:
                bodies[-1].append(form)
        return from_pylist(
            [
                (form[0], form[1], Cons(form[2].head, Cons(self.body(body) if body != [None] else None, EMPTY)))
                for form, body in zip(clauses, bodies, strict=True)
            ]
        )

    def parenthesised(self, opening: Any, items: list[tuple[bool, Any, Any]]) -> Any:
        """Return the form of what stood in parentheses."""
        if not items:
            return BLOCK, self.meta(opening), EMPTY
        if any(item[0] for item in items):
            return self.encoded(self.section(items), opening)
        if len(items) > 1:
            return BLOCK, self.meta(opening), from_pylist([item[1] for item in items])
        form = items[0][1]
        if is_call(form, NEGATIONS):
            return BLOCK, EMPTY, Cons(form, EMPTY)
        if is_call(form, (SPLICING,)):
            return BLOCK, self.meta(opening), Cons(form, EMPTY)
        return form

    def clause(self, arrow: Any, args: list[Any], body: Any) -> Any:
        """Return `{:->, meta, [args, body]}`."""
        return ARROW, self.meta(arrow), Cons(from_pylist(args), Cons(body, EMPTY))

    def guarded(self, token: Any, args: list[Any], guard: Any) -> Any:
        """Return `{:when, meta, args ++ [guard]}`."""
        return WHEN, self.meta(token), from_pylist([*args, guard])

    def unguarded(self, args: list[Any]) -> list[Any]:
        """Return arguments whose last may be `last when guard`, with the guard around all of them."""
        last = args[-1] if args else None
        if type(last) is tuple and len(last) == 3 and last[0] is WHEN and type(last[2]) is Cons:
            inner = list(last[2])
            if len(inner) == 2:
                return [(WHEN, last[1], from_pylist([*args[:-1], *inner]))]
        return args

    def function(self, token: Any, clauses: Any) -> Any:
        """`fn … end`."""
        return FN, self.meta(token), clauses

    # Names and calls

    def call(self, token: Any, args: list[Any] | None, ambiguous: bool) -> Any:
        """A variable (no args) or a call."""
        meta = self.meta(token)
        if args is None:
            return token[1], meta, None
        if ambiguous and len(args) == 1:
            meta = Cons(AMBIGUOUS, meta)
        return token[1], meta, from_pylist(args)

    def remote(self, dot: Any, left: Any, token: Any, args: list[Any] | None) -> Any:
        """`left.name`, with or without arguments."""
        meta = self.meta(token)
        if args is None:
            meta = Cons(NO_PARENS, meta)
        return (DOT, self.meta(dot), Cons(left, Cons(token[1], EMPTY))), meta, from_pylist(args or [])

    def dot_call(self, dot: Any, left: Any, args: list[Any]) -> Any:
        """`left.(args)`."""
        meta = self.meta(dot)
        return (DOT, meta, Cons(left, EMPTY)), meta, from_pylist(args)

    def dot_tuple(self, dot: Any, left: Any, args: list[Any], opening: Any) -> Any:
        """`Left.{A, B}`."""
        meta = self.meta(dot)
        return (DOT, meta, Cons(left, Cons(TUPLE, EMPTY))), meta, from_pylist(args)

    def dot_alias(self, dot: Any, left: Any, token: Any) -> Any:
        """`left.Alias`."""
        if type(left) is tuple and left[0] is ALIASES:
            return ALIASES, left[1], from_pylist([*left[2], token[1]])
        return ALIASES, self.meta(dot), Cons(left, Cons(token[1], EMPTY))

    def alias(self, token: Any) -> Any:
        """`Alias`."""
        return ALIASES, self.meta(token), Cons(token[1], EMPTY)

    def call_again(self, form: Any, args: list[Any]) -> Any:
        """`form(args)` where the form is a call."""
        return form, form[1], from_pylist(args)

    def with_block(self, form: Any, block: Any) -> Any:
        """Return a call with a do-block as one argument more."""
        name, meta, args = form
        return name, meta, from_pylist([*args, block])

    def access(self, bracket: Any, form: Any, key: Any) -> Any:
        """`form[key]`."""
        meta = Cons(BRACKETS, self.meta(bracket))
        return (DOT, meta, ACCESS), meta, Cons(form, Cons(key, EMPTY))

    # Operators

    def binary(self, token: Any, left: Any, right: Any) -> Any:
        """Return the form of a binary operator."""
        name = token[1]
        meta = self.meta(token)
        if name is NOT_IN:
            return NOT, meta, Cons((IN, meta, Cons(left, Cons(right, EMPTY))), EMPTY)
        if name is IN and is_call(left, NEGATIONS):
            self.warn(token, wording.NOT_IN)
            return left[0], meta, Cons((IN, meta, Cons(left[2].head, Cons(right, EMPTY))), EMPTY)
        if name is STEP_OPERATOR:
            if type(left) is tuple and len(left) == 3 and left[0] is RANGE and type(left[2]) is Cons:
                return STEP, left[1], Cons(left[2].head, Cons(left[2].tail.head, Cons(right, EMPTY)))
            raise Fault(token[2], token[3], wording.STEP, "'//'")
        return name, meta, Cons(left, Cons(right, EMPTY))

    def unary(self, token: Any, operand: Any) -> Any:
        """Return the form of a prefix operator."""
        return token[1], self.meta(token), Cons(operand, EMPTY)

    def nullary(self, token: Any) -> Any:
        """`...` or `..` on its own."""
        return token[1], self.meta(token), EMPTY

    # Containers

    def brackets(self, opening: Any, items: list[Any]) -> Any:
        """`[…]`."""
        return self.encoded(from_pylist(items), opening)

    def braces(self, opening: Any, items: list[Any]) -> Any:
        """`{…}`."""
        if len(items) == 2:
            return self.encoded((items[0], items[1]), opening)
        return TUPLE, self.meta(opening), from_pylist(items)

    def bitstring(self, opening: Any, items: list[Any]) -> Any:
        """`<<…>>`."""
        return BITSTRING, self.meta(opening), from_pylist(items)

    def map(self, token: Any, content: Any) -> Any:
        """`%{…}`."""
        return MAP, self.meta(token), content

    def struct(self, token: Any, name: Any, brace: Any, content: Any) -> Any:
        """`%Name{…}`."""
        inner = (MAP, self.meta(brace), content)
        return STRUCT, self.meta(token), Cons(name, Cons(inner, EMPTY))

    def update(self, bar: Any, left: Any, pairs: Any) -> Any:
        """`left | pairs` in a map."""
        return Cons((BAR, self.meta(bar), Cons(left, Cons(pairs, EMPTY))), EMPTY)

    # Literals

    def key(self, token: Any) -> Any:
        """Return the key of a keyword."""
        if token[0] == "kw_unsafe":
            return self.atom_call(token)
        if self.encoder is None:
            return token[1]
        return self.encode(token[1], token, Cons(KEYWORD_FORMAT, self.meta(token)))

    def literal(self, token: Any) -> Any:
        """Return the value or the form of a literal's token."""
        kind = token[0]
        value = token[1]
        if kind == "int":
            return self.encoded(integer(value), token)
        if kind == "bin_string" or kind == "bin_heredoc":
            if is_plain(value):
                return self.encoded(value[0] if value else "", token)
            return BITSTRING, self.meta(token), self.segments(value)
        if kind == "flt":
            return self.encoded(floating(value, token), token)
        if kind == "list_string" or kind == "list_heredoc":
            return self.charlist(token)
        if kind == "atom_unsafe":
            return self.atom_call(token)
        if kind == "sigil":
            return self.sigil(token)
        return self.encoded(value, token)

    def atom_call(self, token: Any) -> Any:
        """Return the call that makes the atom of an interpolated text."""
        meta = self.meta(token)
        convert = TO_EXISTING_ATOM if self.options.existing_atoms_only else TO_ATOM
        binary = (BITSTRING, meta, self.segments(token[1]))
        return (DOT, meta, convert), meta, Cons(binary, Cons(UTF8, EMPTY))

    def charlist(self, token: Any) -> Any:
        """Return a charlist, or the call that makes it of an interpolated text."""
        parts = token[1]
        if is_plain(parts):
            text = parts[0] if parts else ""
            if type(text) is bytes:
                raise invalid_encoding(text)
            return self.encoded(charlist(text), token)
        meta = self.meta(token)
        pieces = [self.to_string(part) if type(part) is tuple else part for part in parts]
        return (DOT, meta, TO_CHARLIST), meta, Cons(from_pylist(pieces), EMPTY)

    def to_string(self, part: Any) -> Any:
        """Return the call of `Kernel.to_string` for an interpolation."""
        meta = self.meta_at(part[0], part[1])
        body = self.parse(part[2], self)
        return (DOT, meta, TO_STRING), Cons(FROM_INTERPOLATION, meta), Cons(body, EMPTY)

    def segments(self, parts: list[Any]) -> Any:
        """Return the segments of the binary of an interpolated text."""
        out: list[Any] = []
        for part in parts:
            if type(part) is tuple:
                meta = self.meta_at(part[0], part[1])
                out.append((TYPED, meta, Cons(self.to_string(part), Cons((BINARY, meta, None), EMPTY))))
            else:
                out.append(part)
        return from_pylist(out)

    def sigil(self, token: Any) -> Any:
        """`~name"…"modifiers`."""
        name, parts, modifiers, quote, indentation = token[1]
        meta = self.meta(token)
        inner = meta if indentation is None else Cons((INDENTATION, indentation), meta)
        content = (BITSTRING, inner, self.segments(parts or [""]))
        tail = charlist(modifiers)
        return Atom("sigil_" + name), Cons((DELIMITER, quote), meta), Cons(content, Cons(tail, EMPTY))


def integer(text: str) -> int:
    """Return the value of an integer as it is written: `1_000`, `0x1F`, `0b101`, `0o17`."""
    if "_" in text:
        text = text.replace("_", "")
    if len(text) > 1 and text[1] in "xbo":
        return int(text, 0)
    return _long_integer(text)


def _long_integer(text: str) -> int:
    """Read digits beyond the length at which Python's `int` refuses: halve them."""
    if len(text) <= 4000:
        return int(text)
    middle = len(text) // 2
    tail = len(text) - middle
    return _long_integer(text[:middle]) * int(10**tail) + _long_integer(text[middle:])


def floating(text: str, token: Any) -> float:
    """Return the value of a float; one beyond the range is refused."""
    value = float(text.replace("_", ""))
    if value in (float("inf"), float("-inf")):
        raise Fault(token[2], token[3], "invalid float number ", text)
    return value


def invalid_encoding(data: bytes) -> Exception:
    """Return the error of bytes that are no UTF-8."""
    from pyex.terms.errors import elixir_error

    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        shown = "<<" + ", ".join(str(byte) for byte in data[error.start :]) + ">>"
        return elixir_error("UnicodeConversionError", message=f"invalid encoding starting at {shown}")
    return elixir_error("ArgumentError", message="expected a string")

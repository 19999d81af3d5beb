"""The quoted form of code that breaks off: what is open is closed, and `__cursor__()` stands where the text ends."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.brackets import Token
from pyex.syntax.cursor import LITERALS
from pyex.syntax.errors import Fault
from pyex.syntax.forms import CURSOR, Forms
from pyex.syntax.options import Options
from pyex.syntax.parser import parse_tokens
from pyex.syntax.source import Source
from pyex.syntax.tokenizer import Tokenizer
from pyex.syntax.tokens import CLOSING
from pyex.terms.atoms import Atom, atom_name

_OPENINGS: Final = {")": ("(",), "]": ("[",), "}": ("{",), ">>": ("<<",), "end": ("do", "fn")}
_DROPPED: Final = LITERALS | frozenset(
    (".", "alias", "%{}", "%", "paren_identifier", "bracket_identifier", "do_identifier")
)
"""What belongs to the expression at the end of the text, which the cursor stands for."""
_NAMES: Final = frozenset(("identifier", "op_identifier"))


def read_unfinished(text: str, options: Options) -> Any:
    """Return the quoted form of code that breaks off, or the Fault that says what is wrong before its end."""
    source = Source(text, options.file, options.line, options.column, options.columns)
    tokenizer = Tokenizer(source, lambda line, column, message: None)
    try:
        tokenizer.read()
    except Fault as fault:
        if not fault.missing:
            return fault
    tokens, opened = tokenizer.tokens, [one[0] for one in tokenizer.open]
    if opened and opened[-1] == "fn" and not _has_arrow(tokens):
        del tokens[_last(tokens, "fn") :]
        opened.pop()
    else:
        _drop_name(tokens, text)
    _drop_expression(tokens)
    line, column = source.line + text.count("\n"), len(text) - text.rfind("\n")
    place = (line, column, None)
    ending: list[Token] = [("paren_identifier", CURSOR, *place), ("(", Atom("("), *place), (")", Atom(")"), *place)]
    ending += [(CLOSING[one], Atom(CLOSING[one]), *place) for one in reversed(opened)]
    try:
        return parse_tokens([*tokens, *ending], Forms(source, options, parse_tokens))
    except Fault as fault:
        return fault


def _last(tokens: list[Token], kind: str) -> int:
    return max(index for index, token in enumerate(tokens) if token[0] == kind)


def _has_arrow(tokens: list[Token]) -> bool:
    """Tell whether the `fn` that is open has its first arrow."""
    depth = 0
    for token in reversed(tokens):
        if token[0] == "end":
            depth += 1
        elif token[0] in ("fn", "do"):
            if depth == 0:
                return False
            depth -= 1
        elif token[0] == "stab_op" and depth == 0:
            return True
    return False


def _drop_name(tokens: list[Token], text: str) -> None:
    """Drop the name in which a text ends; one with a blank behind it is a call that waits for its argument."""
    if not tokens or text[-1:].isspace():
        return
    kind, value = tokens[-1][0:2]
    if kind in _NAMES and text.endswith(str(atom_name(value))):
        tokens.pop()
    elif kind == "dual_op" and len(tokens) > 1 and tokens[-2][0] == "op_identifier":
        tokens[-2] = ("identifier", *tokens[-2][1:])  # `foo -` may still become a subtraction


def _drop_expression(tokens: list[Token]) -> None:
    """Drop the expression in which the tokens end, back to an operator, a separator, or a call without parentheses."""
    while tokens:
        kind = tokens[-1][0]
        if kind in _OPENINGS:
            _drop_brackets(tokens)
        elif kind in _DROPPED:
            tokens.pop()
        else:
            break
    if tokens and tokens[-1][0] == "capture_int":
        tokens[-1] = ("capture_op", *tokens[-1][1:])


def _drop_brackets(tokens: list[Token]) -> None:
    """Drop brackets that are closed, with all that is in them."""
    depth = 0
    while tokens:
        kind = tokens.pop()[0]
        if kind in _OPENINGS:
            depth += 1
        elif any(kind in openings for openings in _OPENINGS.values()):
            depth -= 1
            if depth == 0:
                return

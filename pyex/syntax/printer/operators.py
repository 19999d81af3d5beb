"""Operators: where parentheses are needed, and where lines break."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.printer import forms
from pyex.syntax.tokens import KINDS, PRECEDENCE
from pyex.terms.atoms import Atom, atom_name, is_atom
from pyex.terms.inspect.algebra import DISABLED, FITS, concat, group, join, line_break, nest
from pyex.terms.lists import List, to_pylist

BINARY: Final = {name: PRECEDENCE[kind] for name, kind in KINDS.items() if kind in PRECEDENCE}
UNARY: Final = frozenset(("!", "^", "~~~", "not", "+", "-", "&"))
CLOSE: Final = frozenset(("..", "//"))
"""Operators without blanks around them."""
STRICT_PARENTS: Final = frozenset("|> <<< >>> <~ ~> <<~ ~>> <~> <|> ^^^ +++ --- in ++ -- .. <>".split())
"""Operators whose operands, when they are other operators, always stand in parentheses."""
LOGICAL: Final = frozenset("|| ||| or && &&& and".split())
PIPES: Final = frozenset("|> ~>> <<~ ~> <~ <~> <|>".split())
LINE_FIRST: Final = frozenset((*PIPES, "|", "when"))
"""Operators that begin a line when an expression is broken; the others end one."""


def first(form: Any) -> Any:
    """Return the first argument of a call, None when it has none."""
    items = to_pylist(form[2])
    return items[0] if items else None


def is_call_of(form: Any, name: str, arity: int) -> bool:
    """Tell whether a form calls a name with so many arguments."""
    return (
        forms.is_form(form)
        and atom_name(form[0]) == name
        and isinstance(form[2], List)
        and len(to_pylist(form[2])) == arity
    )


def operator_of(form: Any) -> str | None:
    """Return the binary operator that a form is the call of, or None."""
    if not forms.is_form(form) or not is_atom(form[0]) or not isinstance(form[2], List):
        return None
    name = atom_name(form[0]) or ""
    count = len(to_pylist(form[2]))
    if count == 2 and name in BINARY:
        return name
    if name == "not" and count == 1 and is_call_of(first(form), "in", 2):
        return "in"
    return ".." if name == "..//" and count == 3 else None


def is_operator(form: Any) -> bool:
    """Tell whether a form is a binary or prefix operator's."""
    if operator_of(form) is not None:
        return True
    return is_prefixed(form)


def is_prefixed(form: Any) -> bool:
    """Tell whether a form is a prefix operator's."""
    if not forms.is_form(form) or not isinstance(form[2], List) or len(to_pylist(form[2])) != 1:
        return False
    if atom_name(form[0]) == "&" and type(first(form)) is int:
        return False
    return atom_name(form[0]) in UNARY if is_atom(form[0]) else False


def binary(form: Any) -> Any:
    """Return the document of a binary operator."""
    left, right = to_pylist(form[2])
    word = atom_name(form[0]) or ""
    return infix(word, word, left, right)


def infix(shown: str, word: str, left: Any, right: Any) -> Any:
    """Return the document of `left word right`, the operator written as `shown`."""
    if word in CLOSE:
        return concat(operand(left, word, "left"), shown, operand(right, word, "right"))
    if word == "=":
        return assignment(left, right)
    if word in LINE_FIRST:
        return group(chain(shown, word, left, right))
    return group(chain(shown, word, left, right))


def chain(shown: str, word: str, left: Any, right: Any) -> Any:
    """Return the operands of the same operator with breaks between them."""
    to_right = BINARY[word][1]
    if not to_right and shown == word and operator_of(left) == word and is_call_of(left, word, 2):
        inner_left, inner_right = to_pylist(left[2])
        before = chain(shown, word, inner_left, inner_right)
    else:
        before = operand(left, word, "left")
    if word == "when" and isinstance(right, List) and forms.is_keyword(to_pylist(right)):
        after: Any = join(forms.keyword_docs(to_pylist(right)), concat(",", line_break()))
    elif to_right and operator_of(right) == word and is_call_of(right, word, 2):
        inner_left, inner_right = to_pylist(right[2])
        after = chain(shown, word, inner_left, inner_right)
        return joined(shown, word, before, after, 0)
    else:
        after = operand(right, word, "right")
    return joined(shown, word, before, after, 2)


def joined(shown: str, word: str, before: Any, after: Any, indent: int) -> Any:
    """Return two operands with the operator and a break."""
    if word in PIPES:
        return concat(before, line_break(), shown, " ", (FITS, after, DISABLED))
    if word in LINE_FIRST:
        return concat(before, nest(concat(line_break(), shown, " ", after), 0 if word == "|" else indent))
    return concat(before, " ", shown, group(nest(concat(line_break(), after), indent)))


def assignment(left: Any, right: Any) -> Any:
    """`left = right`: what opens with a bracket stays on the line, the rest may go to the next."""
    before = operand(left, "=", "left")
    after = operand(right, "=", "right")
    if forms.may_break_alone(right) or operator_of(right) == "=":
        return group(concat(before, " = ", group(after)))
    return group(concat(before, " =", group(nest(concat(line_break(), group(after)), 2))))


def operand(form: Any, parent: str, side: str) -> Any:
    """Return an operand's document, in parentheses when it needs them."""
    inner = forms.doc(form)
    word = operator_of(form)
    if word is None:
        captures = is_prefixed(form) and atom_name(form[0]) == "&"
        if captures and (side == "left" or not BINARY.get(parent, (0, False))[1]):
            return forms.wrapped(inner)
        return inner
    level, to_right = BINARY.get(parent, (0, False))
    child_level = BINARY[word][0]
    own_side = "right" if to_right else "left"
    if word == parent and side == own_side:
        return inner
    if word in PIPES and parent in PIPES and side == own_side:
        return inner
    strict = parent in STRICT_PARENTS and word not in CLOSE
    logical = parent in LOGICAL and word in LOGICAL
    if strict or logical or level > child_level or (level == child_level and side != own_side):
        return forms.wrapped(inner)
    return inner


def unary(word: str, form: Any) -> Any:
    """Return the document of a prefix operator."""
    inner = forms.doc(form)
    if operator_of(form) is not None or (is_prefixed(form) and word not in ("!", "not")):
        inner = forms.wrapped(inner)
    elif word == "&" and type(inner) is str and inner.startswith("&"):
        inner = concat(" ", inner)
    return concat("not " if word == "not" else word, inner)


def capture(form: Any) -> Any:
    """`&1`, `&f/1`, `&(&1 + 1)`, `& &1.a`."""
    if type(form) is int:
        return f"&{form}"
    if is_call_of(form, "/", 2):
        name, arity = to_pylist(form[2])
        if type(arity) is int and forms.is_form(name) and is_name(name):
            return concat("&", written_name(name), f"/{arity}")
    inner = forms.doc(form)
    if operator_of(form) is not None:
        return concat("&", forms.wrapped(inner))
    if begins_with_capture(form):
        return concat("& ", inner)
    return concat("&", inner)


def begins_with_capture(form: Any) -> bool:
    """Tell whether a form's text begins with `&`."""
    while forms.is_form(form):
        name = form[0]
        if is_atom(name):
            return atom_name(name) == "&"
        form = (
            name[2].head if type(name) is tuple and name[0] is Atom(".") and atom_name(name[2].head) is None else None
        )
        if forms.is_form(form) and is_call_of(form, "&", 1):
            return True
        if forms.is_form(form) and atom_name(form[0]) == "Access":
            return False
    return False


def is_name(form: Any) -> bool:
    """Tell whether a form is `name` or `Mod.name`."""
    if not isinstance(form[2], List):
        return True
    return (
        type(form[0]) is tuple
        and form[0][0] is Atom(".")
        and len(to_pylist(form[2])) == 0
        and len(to_pylist(form[0][2])) == 2
    )


def written_name(form: Any) -> Any:
    """Return `name` or `Mod.name` without parentheses."""
    if not isinstance(form[2], List):
        return atom_name(form[0]) or ""
    from pyex.syntax.printer import calls

    target, name = to_pylist(form[0][2])
    return concat(calls.target(target), ".", calls.name_text(name))

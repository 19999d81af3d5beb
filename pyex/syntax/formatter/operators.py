"""Operators: which operands need parentheses, and where lines break."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.formatter import blocks, calls, comments, fits, forms
from pyex.syntax.formatter.documents import (
    IN_BREAK,
    below,
    forced,
    glued,
    joined,
    keeping,
    opening_text,
    parenthesised,
    text,
)
from pyex.syntax.formatter.metadata import breaks, is_call, line
from pyex.syntax.formatter.state import LEADING, LISTED, TRAILING, State
from pyex.syntax.tokens import KINDS, PRECEDENCE
from pyex.terms.atoms import Atom, atom_name, is_atom
from pyex.terms.inspect.algebra import NIL, concat, group, nest
from pyex.terms.lists import List, to_pylist

BINARY: Final = {Atom(name): PRECEDENCE[kind] for name, kind in KINDS.items() if kind in PRECEDENCE}
"""How tightly binary operators bind, and whether they group to the right."""
UNARY: Final = frozenset(map(Atom, "! ^ not + - ~~~".split()))
PARENTHESISES: Final = frozenset(map(Atom, "|> <<< >>> <~ ~> <<~ ~>> <~> <|> ^^^ +++ --- in ++ -- .. <>".split()))
"""Operators whose operands stand in parentheses when they are other operators."""
LOGICAL: Final = frozenset(map(Atom, "|| ||| or && &&& and".split()))
TIGHT: Final = frozenset(map(Atom, (".. //".split())))
"""Operators without blanks around them."""
ON_ONE_LINE: Final = frozenset((Atom("\\\\"), Atom("in")))
PIPES: Final = frozenset(map(Atom, "|> ~>> <<~ ~> <~ <~> <|>".split()))
LINE_FIRST: Final = frozenset((Atom("|"), Atom("when")))
"""Operators to the right that begin a line when an expression is broken."""
KEEPING: Final = frozenset(map(Atom, "<- == != =~ === !== = \\\\ ::".split()))
"""Operators whose right side may begin on their line, and break inside."""
NOT: Final = Atom("not")
BANG: Final = Atom("!")
IN: Final = Atom("in")
RANGE: Final = Atom("..")
CAPTURE: Final = Atom("&")
ATTRIBUTE: Final = Atom("@")
CAPTURE_LEVEL: Final = 90
"""How tightly a capture binds."""
SLASH: Final = Atom("/")
DOT: Final = Atom(".")
SEQUENCE: Final = Atom("__block__")


def parts(form: Any) -> tuple[Any, str, Any, Any, Any] | None:
    """Return a binary operator's name, its text, its metadata and its operands, or None."""
    if type(form) is not tuple or len(form) != 3 or not isinstance(form[2], List):
        return None
    name = form[0]
    if type(name) is not Atom or (name not in BINARY and name is not NOT):
        return None
    items = to_pylist(form[2])
    if len(items) == 2 and name in BINARY:
        return name, name.name, form[1], items[0], items[1]
    if name is NOT and len(items) == 1 and is_call(items[0], IN):
        inner = to_pylist(items[0][2])
        if len(inner) == 2:
            return IN, "not in", items[0][1], inner[0], inner[1]
    return None


def is_operator(form: Any) -> bool:
    """Tell whether a form is a binary or a prefix operator's."""
    form = without_wrapping(form)
    if type(form) is not tuple or len(form) != 3 or not isinstance(form[2], List) or type(form[0]) is not Atom:
        return False
    count = len(to_pylist(form[2]))
    if count == 2:
        return form[0] in BINARY
    if count == 1:
        inner = to_pylist(form[2])[0]
        if form[0] is ATTRIBUTE:
            return type(inner) is not tuple or isinstance(inner[2], List)
        return form[0] in UNARY or (form[0] is CAPTURE and type(inner) is not int)
    return count == 3 and form[0] is Atom("..//")


def without_wrapping(form: Any) -> Any:
    """Return what stands in a block of one form: so the parser marks `(not a)`."""
    while is_call(form, SEQUENCE) and len(to_pylist(form[2])) == 1 and type(form[2].head) is tuple:
        inner = form[2].head
        if len(inner) != 3:
            break
        form = inner
    return form


def literal_of(form: Any) -> Any:
    """Return the literal that a form is, itself when it is none."""
    return form[2].head if is_call(form, SEQUENCE) and len(to_pylist(form[2])) == 1 else form


def in_parentheses_if_operator(form: Any, context: str, state: State) -> Any:
    """Return a form's document, an operator's in parentheses."""
    doc = forms.doc(form, context, state)
    return parenthesised(doc) if is_operator(form) else doc


# ---- binary operators


def binary(name: Any, shown: str, meta: Any, left: Any, right: Any, context: str, state: State) -> Any:
    """Return the document of a binary operator that is no operand of another."""
    return nested(name, shown, meta, left, right, context, state, state.indent)


def nested(name: Any, shown: str, meta: Any, left: Any, right: Any, context: str, state: State, indent: int) -> Any:
    """Return the document of a binary operator whose right side is indented by `indent`."""
    if name in LINE_FIRST:
        return to_the_right(name, meta, left, right, context, state)
    if name in PIPES:
        return pipeline(name, meta, left, right, context, state)
    first = operand(left, LEADING.get(context, context), state, name, "left", 2)
    second = operand(right, TRAILING.get(context, context), state, name, "right", 0)
    if name in TIGHT:
        return concat(group(first), shown, group(second))
    if name in ON_ONE_LINE:
        return concat(group(first), f" {shown} ", group(second))
    broken = breaks(meta, state)

    def put(doc: Any) -> Any:
        rest = nest(glued(" " + shown, group(doc)), indent, IN_BREAK)
        return concat(group(first), group(forced(rest) if broken else rest))

    return keeping(second, name in KEEPING and not broken and fits.may_break_inside(right, state), put)


def operand(form: Any, context: str, state: State, parent: Any, side: str, indent: int) -> Any:
    """Return an operand's document, in parentheses when it needs them."""
    if is_call(form, blocks.TOGETHER):
        return blocks.together(to_pylist(form[2]), state)
    if isinstance(form, List):
        return forms.bare_list(to_pylist(form), state, keeps_lines=True)
    found = parts(form)
    if found is None:
        doc = forms.doc(form, context, state)
        if is_call(form, CAPTURE) and is_operator(form):
            level, to_right = BINARY[parent]
            return doc if side == "right" and (to_right or level < CAPTURE_LEVEL) else parenthesised(doc)
        if parent is IN and side == "left" and any(is_call(without_wrapping(form), name) for name in (BANG, NOT)):
            return parenthesised(doc)  # without them it would be the opposite of the whole
        return doc
    name, shown, meta, left, right = found
    level, to_right = BINARY[parent]
    own_level = BINARY[name][0]
    own_side = side == ("right" if to_right else "left")
    if own_level == level and own_side and (side == "left" or name is parent):
        return nested(name, shown, meta, left, right, context, state, indent)
    if (
        (parent in PARENTHESISES and name not in TIGHT)
        or (parent in LOGICAL and name in LOGICAL)
        or level > own_level
        or (level == own_level and not own_side)
    ):
        return parenthesised(nested(name, shown, meta, left, right, context, state, 2))
    return nested(name, shown, meta, left, right, context, state, 2)


def to_the_right(name: Any, meta: Any, left: Any, right: Any, context: str, state: State) -> Any:
    """`a | b | c`, `a when b`: each operator begins a line when the whole does not fit."""
    shown = name.name + " "
    items = [left]
    trailing = TRAILING.get(context, context)
    end = line(meta)
    while is_call(right, name) and len(to_pylist(right[2])) == 2:
        end = line(right[1])
        middle, right = to_pylist(right[2])
        items.append(middle)
    items.append(right)
    start = line(left[1]) if type(left) is tuple and len(left) == 3 else line(meta)
    last = len(items) - 1

    def write(index: int, item: Any) -> comments.Entry:
        if not index:
            return operand(item, LEADING.get(context, context), state, name, "left", 2), NIL, 1
        side = "right" if index == last else "left"
        doc = operand(item, trailing, state, name, side, 0)
        return concat(shown, nest(doc, len(shown))), NIL, 1

    docs, commented = comments.interleaved(items, [], start, end, state, write)
    if commented or breaks(meta, state):
        return forced(joined(docs, below))
    return joined(docs, glued)


def pipeline(name: Any, meta: Any, left: Any, right: Any, context: str, state: State) -> Any:
    """`a |> b |> c`: each operator begins a line when the whole does not fit."""
    trailing = TRAILING.get(context, context)
    steps = [(name, right)]
    start_meta = meta
    while (found := parts(left)) is not None and found[0] in PIPES:
        steps.append((found[0], found[4]))
        start_meta, left = found[2], found[3]
    steps.reverse()
    operators = [None, *(step[0] for step in steps)]
    items = [left, *(step[1] for step in steps)]
    start = line(left[1]) if type(left) is tuple and len(left) == 3 else line(start_meta)

    def write(index: int, item: Any) -> comments.Entry:
        if not index:
            return operand(item, LEADING.get(context, context), state, name, "left", 2), NIL, 1
        operator = operators[index]
        assert operator is not None
        return concat(operator.name + " ", operand(item, trailing, state, operator, "right", 0)), NIL, 1

    docs, commented = comments.interleaved(items, [], start, line(meta), state, write)
    if commented or breaks(meta, state):
        return forced(joined(docs, below))
    return joined(docs, glued)


# ---- prefix operators


def unary(name: Any, form: Any, context: str, state: State) -> Any:
    """`!a`, `not a`, `-a`: other operators behind them stand in parentheses."""
    doc = forms.doc(form, TRAILING.get(context, context), state)
    if is_operator(form) and not (name in (BANG, NOT) and is_call(form, name)):
        doc = parenthesised(doc)
    return concat("not " if name is NOT else name.name, doc)


def capture(form: Any, context: str, state: State) -> Any:
    """`&1`, `&name/1`, `&(&1 + 1)`, `& &1`."""
    if type(form) is int:
        return f"&{form}"
    named = captured_function(form, state)
    if named is not None:
        return concat("& " if opening_text(named)[:1] == "&" else "&", named)
    doc = in_parentheses_if_operator(form, context, state)
    begins = opening_text(doc)
    if begins[:1] == "&" or type(literal_of(form)) is int:
        return concat("& ", doc)
    return concat("&", doc)


def captured_function(form: Any, state: State) -> Any:
    """Return the document of `name/1` or `Mod.name/1`, None when a form is neither."""
    if not is_call(form, SLASH) or len(to_pylist(form[2])) != 2:
        return None
    target, count = to_pylist(form[2])
    number = literal_of(count)
    if type(number) is not int:
        return None
    arity = f"/{number}"
    if type(target) is not tuple or len(target) != 3:
        return None
    name, _, args = target
    if is_atom(name) and not isinstance(args, List):
        return concat(text(atom_name(name) or ""), arity)
    if is_call(name, DOT) and isinstance(args, List) and not to_pylist(args) and len(to_pylist(name[2])) == 2:
        left, called = to_pylist(name[2])
        if is_atom(called):
            return concat(calls.target(left, state), ".", calls.name_text(called), arity)
    return None


def stepped(items: list[Any], meta: Any, context: str, state: State) -> Any:
    """`first..last//step`."""
    first = binary(RANGE, "..", meta, items[0], items[1], context, state)
    step = forms.doc(items[2], LISTED, state)
    operator = parts(items[2])
    needs_parens = operator is not None and operator[0] is not RANGE
    return concat(first, "//", parenthesised(step) if needs_parens else step)

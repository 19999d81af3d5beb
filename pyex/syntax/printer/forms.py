"""One document for each kind of quoted form; `doc` finds the way."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.printer import blocks, calls, operators, texts
from pyex.terms.atoms import Atom, atom_name, is_atom
from pyex.terms.inspect import inspect
from pyex.terms.inspect.algebra import (
    ENABLED,
    FITS,
    FLEX,
    FORCE,
    STRICT,
    concat,
    container,
    group,
    join,
    line_break,
    nest,
)
from pyex.terms.inspect.literals import key_text
from pyex.terms.lists import Cons, EmptyList, List, is_proper, split_tail, to_pylist

BLOCK: Final = Atom("__block__")
BAR: Final = Atom("|")
SPECIAL: Final = frozenset(
    ("__block__", "fn", "{}", "%{}", "%", "<<>>", "__aliases__", "&", "@", "not", "..//", "..", "...", "when", "->")
)


def is_form(value: Any) -> bool:
    """Tell whether a term is `{name, meta, args}`."""
    return (
        type(value) is tuple
        and len(value) == 3
        and (is_atom(value[0]) or type(value[0]) is tuple)
        and isinstance(value[1], List)
        and (isinstance(value[2], List) or is_atom(value[2]))
    )


def doc(form: Any) -> Any:
    """Return the document of a quoted form that stands inside another."""
    kind = type(form)
    if kind is tuple:
        if is_form(form):
            return node(form)
        if len(form) == 2:
            return braces([doc(form[0]), *last_docs([form[1]])])
        return inspect(form)
    if kind is Cons or kind is EmptyList:
        return brackets(form)
    if kind is str or kind is bytes:
        return texts.binary(form)
    if kind is int:
        return texts.integer(form)
    if kind is float:
        return texts.floating(form)
    return inspect(form)


def node(form: Any) -> Any:
    """Return the document of `{name, meta, args}`."""
    name, meta, args = form
    if type(name) is tuple:
        return calls.remote_or_anonymous(form)
    if not isinstance(args, List):
        return atom_name(name) or ""
    word = atom_name(name) or ""
    items = to_pylist(args)
    if word in SPECIAL:
        found = special(word, meta, items, form)
        if found is not None:
            return found
    if word.startswith("sigil_") and (sigil := texts.sigil(word, meta, items)) is not None:
        return sigil
    if len(items) == 2 and word in operators.BINARY:
        return operators.binary(form)
    if len(items) == 1 and word in operators.UNARY:
        return operators.unary(word, items[0])
    return calls.local(word, items)


def special(word: str, meta: Any, items: list[Any], form: Any) -> Any:
    """Return the document of a form with a shape of its own, or None when it is an ordinary call."""
    if word == "__block__":
        return blocks.inner(form)
    if word == "fn":
        return blocks.function(items)
    if word == "{}":
        return braces(last_docs(items))
    if word == "%{}":
        return map_doc("%", items)
    if word == "%" and len(items) == 2 and is_form(items[1]) and atom_name(items[1][0]) == "%{}":
        return map_doc(concat("%", doc(items[0])), to_pylist(items[1][2]))
    if word == "<<>>":
        return texts.interpolated(items) or bitstring(items)
    if word == "__aliases__":
        return aliases(items)
    if word == "&" and len(items) == 1:
        return operators.capture(items[0])
    if word == "@" and len(items) == 1:
        return calls.attribute(items[0])
    if word == "not" and len(items) == 1 and operators.is_call_of(items[0], "in", 2):
        left, right = to_pylist(items[0][2])
        return operators.infix("not in", "in", left, right)
    if word == "..//" and len(items) == 3:
        first = operators.infix("..", "..", items[0], items[1])
        return concat(first, "//", operators.operand(items[2], "//", "right"))
    if word in ("..", "...") and not items:
        return word
    if word == "..." and len(items) == 1:
        return concat(word, doc(items[0]))
    if word == "when" and len(items) > 2:
        return blocks.guarded(items)
    return None


def wrapped(inner: Any) -> Any:
    """Return a document in parentheses."""
    return concat("(", nest(inner, 1), ")")


def aliases(items: list[Any]) -> Any:
    """`A.B`, `__MODULE__.B`."""
    if not items:
        return "__aliases__()"
    first = items[0]
    head = (atom_name(first) or "") if is_atom(first) else doc(first)
    if is_form(first) and operators.is_operator(first):
        head = wrapped(head)
    return concat(head, *["." + (atom_name(item) or "") for item in items[1:]])


def bitstring(items: list[Any]) -> Any:
    """`<<a, b::8>>`."""
    docs = [segment(item) for item in items]
    for index in (0, len(docs) - 1):
        if docs and is_form(items[index]) and atom_name(items[index][0]) == "<<>>":
            docs[index] = wrapped(docs[index])
    return container("<<", docs, ">>", ",", FLEX)


def segment(form: Any) -> Any:
    """`a::size(8)-binary`: without blanks."""
    if operators.is_call_of(form, "::", 2):
        left, right = to_pylist(form[2])
        return concat(operators.operand(left, "::", "left"), "::", segment_type(right))
    return doc(form)


def segment_type(form: Any) -> Any:
    """The types right of `::`, joined by `-`."""
    if operators.is_call_of(form, "-", 2) or operators.is_call_of(form, "*", 2):
        left, right = to_pylist(form[2])
        return concat(segment_type(left), atom_name(form[0]) or "", segment_type(right))
    if is_form(form) and operators.is_operator(form):
        return wrapped(doc(form))
    return doc(form)


def is_keyword(items: list[Any]) -> bool:
    """Tell whether a list's elements are all `{atom, value}`."""
    return bool(items) and all(type(item) is tuple and len(item) == 2 and is_key(item[0]) for item in items)


def is_key(key: Any) -> bool:
    """Tell whether a key can be written as `key:`."""
    return is_atom(key) and not (type(key) is Atom and key.name.startswith("Elixir."))


def pair(item: Any) -> Any:
    """`key: value`."""
    key, value = item
    return concat(key_text(key), " ", doc(value))


def keyword_docs(items: list[Any]) -> list[Any]:
    """Return the documents of `a: 1, b: 2`."""
    return [pair(item) for item in items]


def last_docs(items: list[Any]) -> list[Any]:
    """Return the documents of arguments; a keyword list at the end stands without its brackets."""
    docs = [doc(item) for item in items[:-1]]
    last = items[-1] if items else None
    if type(last) is Cons and is_keyword(to_pylist(last) if is_proper(last) else []) and len(items) > 0:
        return [*docs, *keyword_docs(to_pylist(last))]
    return [*docs, *([doc(last)] if items else [])]


def braces(docs: list[Any]) -> Any:
    """`{a, b}`: what does not fit goes on in the next line."""
    return container("{", docs, "}", ",", FLEX)


def brackets(form: Any) -> Any:
    """`[a, b | c]`, keywords, charlists, and clauses in parentheses."""
    items, tail = split_tail(form)
    if tail is not None and type(tail) is not EmptyList:
        return inspect(form)
    if items and all(blocks.is_clause(item) for item in items):
        return blocks.parenthesised_clauses(items)
    text = texts.charlist(items)
    if text is not None:
        return text
    if is_keyword(items):
        docs = keyword_docs(items)
    else:
        count = len(items)
        while count and type(items[count - 1]) is tuple and is_keyword([items[count - 1]]):
            count -= 1
        docs = [doc(item) for item in items[:count]] + keyword_docs(items[count:])
    return container("[", docs, "]", ",", STRICT)


def map_doc(head: Any, items: list[Any]) -> Any:
    """`%{…}` with its pairs or its update."""
    opening = concat(head, "{")
    if len(items) == 1 and operators.is_call_of(items[0], "|", 2):
        left, pairs = to_pylist(items[0][2])
        docs = pair_docs(to_pylist(pairs)) if isinstance(pairs, List) else [doc(pairs)]
        inner = join(docs, concat(",", line_break()))
        return group(
            concat(
                nest(concat(opening, line_break(""), key_doc(left), " | ", nest(inner, 2)), 2),
                line_break(""),
                "}",
            )
        )
    return container(opening, pair_docs(items), "}", ",", STRICT)


def pair_docs(items: list[Any]) -> list[Any]:
    """Return the documents of a map's pairs: `key => value`, and keywords at the end."""
    count = len(items)
    while count and type(items[count - 1]) is tuple and is_keyword([items[count - 1]]):
        count -= 1
    docs = []
    for item in items[:count]:
        if type(item) is tuple and len(item) == 2:
            docs.append(group(concat(key_doc(item[0]), " => ", doc(item[1]))))
        else:
            docs.append(doc(item))
    return docs + keyword_docs(items[count:])


def key_doc(form: Any) -> Any:
    """Return what stands before `=>` or `|` in a map."""
    return wrapped(doc(form)) if operators.operator_of(form) is not None else doc(form)


def fits_next(form: Any, inner: Any) -> Any:
    """Return a last argument's document, which may break its own lines though what is before it does not."""
    return (FITS, inner, ENABLED) if may_break_alone(form) else inner


def may_break_alone(form: Any) -> bool:
    """Tell whether a form opens with a bracket or `fn`, so that it may begin on the line of what is before it."""
    if type(form) is Cons:
        return not is_keyword(to_pylist(form)) if is_proper(form) else False
    if not is_form(form):
        return False
    return atom_name(form[0]) in ("fn", "%{}", "%") if is_atom(form[0]) else False


def forced(inner: Any) -> Any:
    """Return a document whose group never fits on a line."""
    return (FORCE, inner)

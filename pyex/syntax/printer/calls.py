"""Calls: local, remote and anonymous ones, attributes, access, do-blocks."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.printer import blocks, forms, operators, texts
from pyex.terms.atoms import Atom, atom_name, is_atom
from pyex.terms.inspect.algebra import concat, group, join, line_break, nest
from pyex.terms.inspect.literals import atom_text, function_name
from pyex.terms.lists import EMPTY, Cons, List, is_proper, to_pylist

DOT: Final = Atom(".")
IN_BREAK: Final = Atom("break")
WITHOUT_PARENS: Final = {
    "alias": (1, 2),
    "case": (2,),
    "cond": (1,),
    "import": (1, 2),
    "quote": (1, 2),
    "receive": (1,),
    "require": (1, 2),
    "try": (1,),
    "def": (1, 2),
    "defp": (1, 2),
    "defguard": (1,),
    "defguardp": (1,),
    "defmacro": (1, 2),
    "defmacrop": (1, 2),
    "defmodule": (2,),
    "defdelegate": (2,),
    "defexception": (1,),
    "defoverridable": (1,),
    "defstruct": (1,),
    "destructure": (2,),
    "raise": (1, 2),
    "reraise": (2, 3),
    "if": (2,),
    "unless": (2,),
    "use": (1, 2),
    "defrecord": (2, 3),
    "defrecordp": (2, 3),
    "assert": (1, 2),
    "assert_in_delta": (3, 4),
    "assert_raise": (2, 3),
    "assert_receive": (1, 2, 3),
    "assert_received": (1, 2),
    "doctest": (1, 2),
    "refute": (1, 2),
    "refute_in_delta": (3, 4),
    "refute_receive": (1, 2, 3),
    "refute_received": (1, 2),
    "setup": (1, 2),
    "setup_all": (1, 2),
    "test": (1, 2),
    "config": (2, 3),
    "import_config": (1,),
    "defprotocol": (2,),
    "defimpl": (2, 3),
}
"""Calls that are written without parentheses, by their number of arguments."""
ALWAYS_WITHOUT: Final = frozenset(("for", "with"))
SECTIONS: Final = frozenset(("do", "rescue", "catch", "else", "after"))


def skips_parens(word: str, count: int) -> bool:
    """Tell whether a call is written without parentheses."""
    return word in ALWAYS_WITHOUT or count in WITHOUT_PARENS.get(word, ())


def do_sections(items: list[Any]) -> list[Any] | None:
    """Return the pairs of a last argument that is a do-block, or None."""
    if not items or type(items[-1]) is not Cons or not is_proper(items[-1]):
        return None
    pairs = to_pylist(items[-1])
    if not forms.is_keyword(pairs) or atom_name(pairs[0][0]) != "do":
        return None
    return pairs if all(atom_name(key) in SECTIONS for key, _ in pairs) else None


def local(word: str, items: list[Any]) -> Any:
    """`name(args)`."""
    return with_arguments(call_name(word), items, skips_parens(word, len(items)))


def call_name(word: str) -> str:
    """Return the name of a local call; one that is no identifier stands as `unquote(:"name")`."""
    if function_name(word) == word:
        return word
    return f"unquote({atom_text(Atom(word))})"


def with_arguments(head: Any, items: list[Any], bare: bool) -> Any:
    """Return a call of `head`, with a do-block when its last argument is one."""
    pairs = do_sections(items)
    if pairs is None:
        return concat(head, bare_arguments(items) if bare and items else arguments(items))
    rest = items[:-1]
    if not rest:
        return concat(head, blocks.do_block(pairs))
    return concat(head, bare_arguments(rest) if bare else arguments(rest), blocks.do_block(pairs))


def arguments(items: list[Any]) -> Any:
    """Return `(a, b)`; a last `fn` or container may break its own lines while the rest stays on one."""
    if not items:
        return "()"
    docs = forms.last_docs(items)
    last = items[-1]
    if forms.may_break_alone(last) and len(docs) == len(items):
        docs[-1] = forms.fits_next(last, group(docs[-1]))
        separated = join(docs, concat(",", line_break()))
        if len(docs) == 1:
            return group(concat("(", docs[0], ")")) if not is_many_clause(last) else edged(separated)
        return edged(separated)
    return edged(join(docs, concat(",", line_break())))


def is_many_clause(form: Any) -> bool:
    """Tell whether a form is a `fn` of several clauses."""
    return forms.is_form(form) and atom_name(form[0]) == "fn" and len(to_pylist(form[2])) > 1


def edged(inner: Any) -> Any:
    """Return a document in parentheses, on lines of its own when it does not fit."""
    return group(concat("(", nest(concat(line_break(""), inner), 2, IN_BREAK), line_break(""), ")"))


def bare_arguments(items: list[Any]) -> Any:
    """Return ` a, b`."""
    docs = forms.last_docs(items)
    if items and len(docs) == len(items):
        docs[-1] = forms.fits_next(items[-1], docs[-1])
    return group(concat(" ", nest(join(docs, concat(",", line_break())), 2)))


def attribute(form: Any) -> Any:
    """`@name`, `@name value`."""
    if forms.is_form(form) and is_atom(form[0]) and isinstance(form[2], List) and len(to_pylist(form[2])) == 1:
        word = atom_name(form[0]) or ""
        if function_name(word) == word and word != "@" and not operators.is_operator(form):
            value = operators.first(form)
            if type(value) is Cons and is_proper(value) and forms.is_keyword(to_pylist(value)):
                return concat("@", word, bare_arguments([value]))
            return group(concat("@", word, " ", nest(forms.doc(value), 2)))
    inner = forms.doc(form)
    if operators.is_operator(form):
        inner = forms.wrapped(inner)
    return concat("@", inner)


def target(form: Any) -> Any:
    """Return what stands left of a dot or of brackets."""
    inner = forms.doc(form)
    if operators.is_operator(form) or (forms.is_form(form) and needs_parens_before_dot(form)):
        return forms.wrapped(inner)
    return inner


def needs_parens_before_dot(form: Any) -> bool:
    """Tell whether a form has to be closed before a dot may follow it."""
    if not is_atom(form[0]):
        return do_sections(to_pylist(form[2])) is not None if isinstance(form[2], List) else False
    word = atom_name(form[0])
    if word in ("fn", "->"):
        return True
    if word == "@":
        return isinstance(form[2], List) and not (
            forms.is_form(operators.first(form)) and not isinstance(operators.first(form)[2], List)
        )
    if not isinstance(form[2], List):
        return False
    items = to_pylist(form[2])
    if word == "__block__":
        return len(items) == 1 and operators.is_operator(items[0])
    return do_sections(items) is not None


def name_text(name: Any) -> str:
    """Return the name right of a dot."""
    return function_name(atom_name(name) or "")


def remote_or_anonymous(form: Any) -> Any:
    """A call whose name is a form: `a.b`, `a.(b)`, `a[b]`, `f()()`."""
    name, meta, args = form
    items = to_pylist(args) if isinstance(args, List) else []
    if name[0] is DOT and isinstance(name[2], List):
        parts = to_pylist(name[2])
        if len(parts) == 1:
            bare = do_sections(items) is not None and len(items) > 1
            return with_arguments(concat(target(parts[0]), "."), items, bare)
        if len(parts) == 2:
            return remote(parts[0], parts[1], meta, items)
    return with_arguments(forms.doc(name), items, False)


def remote(left: Any, name: Any, meta: Any, items: list[Any]) -> Any:
    """`left.name(args)`, and what is written otherwise: access, interpolation, `A.{B, C}`."""
    word = atom_name(name)
    module = atom_name(left)
    if module == "Elixir.Access" and word == "get" and len(items) == 2:
        key = items[1] if is_keyword_list(items[1]) else Cons(items[1], EMPTY)
        return concat(target(items[0]), forms.brackets(key))
    special = texts.from_call(module, word, items)
    if special is not None:
        return special
    if word == "{}":
        return concat(target(left), ".", forms.braces(forms.last_docs(items)))
    if word is None:
        return with_arguments(concat(target(left), ".", forms.doc(name)), items, False)
    head = concat(target(left), ".", name_text(name))
    if not items and is_without_parens(meta) and module is None and not is_alias(left):
        return head
    return with_arguments(head, items, do_sections(items) is not None)


def is_keyword_list(form: Any) -> bool:
    """Tell whether a form is a keyword list."""
    return type(form) is Cons and is_proper(form) and forms.is_keyword(to_pylist(form))


def is_alias(form: Any) -> bool:
    """Tell whether a form is an alias, or `__MODULE__`."""
    if forms.is_form(form) and atom_name(form[0]) == "__MODULE__":
        return True
    return forms.is_form(form) and atom_name(form[0]) == "__aliases__"


def is_without_parens(meta: Any) -> bool:
    """Tell whether the metadata say that a call had no parentheses."""
    return any(type(item) is tuple and atom_name(item[0]) == "no_parens" and item[1] is True for item in meta)

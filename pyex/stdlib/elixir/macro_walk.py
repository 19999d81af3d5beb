"""Walking quoted forms, and the rules about their shapes: what `Macro` is made of."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.syntax.tokens import KINDS, OPERATORS, UNARY_KINDS
from pyex.terms.atoms import Atom, atom_name, is_atom
from pyex.terms.functions import arity_of
from pyex.terms.inspect.literals import atom_text
from pyex.terms.lists import EMPTY, Cons, EmptyList, List, from_pylist, is_proper, split_tail, to_pylist

DOT: Final = Atom(".")
TUPLE: Final = Atom("{}")
PIPE: Final = Atom("|>")
PREFIXES: Final = frozenset((*(name for name, kind in KINDS.items() if kind in UNARY_KINDS), "not")) - {"//"}
"""The prefix operators."""
SPECIAL_FORMS: Final[dict[str, tuple[int, ...] | None]] = {
    "%": (2,),
    "&": (1,),
    ".": (2,),
    "->": (2,),
    "::": (2,),
    "=": (2,),
    "^": (1,),
    "|": (2,),
    "__CALLER__": (0,),
    "__DIR__": (0,),
    "__ENV__": (0,),
    "__MODULE__": (0,),
    "__STACKTRACE__": (0,),
    "__aliases__": None,
    "__block__": None,
    "<<>>": None,
    "%{}": None,
    "{}": None,
    "alias": (1, 2),
    "case": (2,),
    "cond": (1,),
    "fn": (1,),
    "for": None,
    "import": (1, 2),
    "quote": (1, 2),
    "receive": (1,),
    "require": (1, 2),
    "super": None,
    "try": (1,),
    "unquote": (1,),
    "unquote_splicing": (1,),
    "with": None,
}
"""The special forms by their arities; None stands for any."""

Step = Callable[[Any, Any], Any]


def is_node(form: Any) -> bool:
    """Tell whether a term is `{name, meta, args}`."""
    return (
        type(form) is tuple
        and len(form) == 3
        and (is_atom(form[0]) or is_node(form[0]))
        and isinstance(form[1], List)
        and (isinstance(form[2], List) or is_atom(form[2]))
    )


def walk(form: Any, acc: Any, pre: Step, post: Step) -> Any:
    """Return `{form, acc}` after a walk with `pre` on the way in and `post` on the way out."""
    form, acc = pre(form, acc)
    if type(form) is tuple and len(form) == 3:
        name, meta, args = form
        if not is_atom(name):
            name, acc = walk(name, acc, pre, post)
        if isinstance(args, List):
            args, acc = _walk_list(args, acc, pre, post)
        form = (name, meta, args)
    elif type(form) is tuple and len(form) == 2:
        left, acc = walk(form[0], acc, pre, post)
        right, acc = walk(form[1], acc, pre, post)
        form = (left, right)
    elif type(form) is Cons:
        form, acc = _walk_list(form, acc, pre, post)
    return post(form, acc)


def _walk_list(items: Any, acc: Any, pre: Step, post: Step) -> Any:
    elements, tail = split_tail(items)
    out = []
    for item in elements:
        item, acc = walk(item, acc, pre, post)
        out.append(item)
    if tail is EMPTY or type(tail) is EmptyList:
        return from_pylist(out), acc
    tail, acc = walk(tail, acc, pre, post)
    result = tail
    for item in reversed(out):
        result = Cons(item, result)
    return result, acc


def children(form: Any) -> list[Any]:
    """Return the parts that a form is directly made of."""
    if type(form) is tuple and len(form) == 3:
        inner = [] if is_atom(form[0]) else [form[0]]
        return [*inner, *(to_pylist(form[2]) if isinstance(form[2], List) and is_proper(form[2]) else [])]
    if type(form) is tuple and len(form) == 2:
        return list(form)
    return to_pylist(form) if type(form) is Cons and is_proper(form) else []


def parts(form: Any) -> Iterator[Any]:
    """Give a form and all its parts, outer ones first."""
    stack = [form]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(reversed(children(one)))


def parts_outwards(form: Any) -> Iterator[Any]:
    """Give a form and all its parts, inner ones first."""
    for child in children(form):
        yield from parts_outwards(child)
    yield form


def way_to(form: Any, fun: Any) -> list[Any] | None:
    """Return the parts from the first for which `fun` is true up to the whole form."""
    if fun(form) not in (None, False):
        return [form]
    for child in children(form):
        found = way_to(child, fun)
        if found is not None:
            return [*found, form]
    return None


def is_special_form(name: Any, arity: int) -> bool:
    """Tell whether `name/arity` is a special form."""
    arities = SPECIAL_FORMS.get(atom_name(name) or "", ())
    return arities is None or arity in arities


def invalid_part(form: Any) -> tuple[Any] | None:
    """Return the first part that no quoted form may have, in a tuple, or None."""
    kind = type(form)
    if kind is tuple and len(form) == 3:
        name, meta, args = form
        if not isinstance(meta, List) or not (isinstance(args, List) or is_atom(args)):
            return (form,)
        if not is_atom(name):
            wrong = invalid_part(name) if type(name) is tuple and len(name) == 3 else (form,)
            if wrong is not None:
                return wrong
        return _invalid_in(to_pylist(args)) if isinstance(args, List) else None
    if kind is tuple and len(form) == 2:
        return _invalid_in(list(form))
    if kind is Cons and is_proper(form):
        return _invalid_in(to_pylist(form))
    plain = kind in (int, float, str, bytes, EmptyList) or is_atom(form) or atom_name(form) is not None
    if plain or (arity_of(form) is not None and kind.__name__ == "Export") or kind.__name__ == "Pid":
        return None
    return (form,)


def _invalid_in(forms: list[Any]) -> tuple[Any] | None:
    for form in forms:
        wrong = invalid_part(form)
        if wrong is not None:
            return wrong
    return None


def is_literal(form: Any) -> bool:
    """Tell whether nothing in a form has to be evaluated."""
    kind = type(form)
    if kind is tuple and len(form) == 3:
        if not is_node(form) or not isinstance(form[2], List):
            return False
        word = atom_name(form[0])
        items = to_pylist(form[2])
        if word == "__aliases__":
            return all(map(is_atom, items))
        if word == "%" and len(items) == 2:
            return is_literal(items[0]) and is_literal(items[1])
        if word in ("+", "-") and len(items) == 1:
            return False
        return word in ("{}", "%{}", "<<>>") and all(map(is_literal, items))
    if kind is tuple and len(form) == 2:
        return is_literal(form[0]) and is_literal(form[1])
    if kind is Cons:
        return is_proper(form) and all(map(is_literal, to_pylist(form)))
    return kind in (int, float, str, bytes, EmptyList) or is_atom(form)


_TO_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_TO_UPPER: Final = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_WORD_BEGINS: Final = re.compile(r"(?<=.)[A-Z](?=[^A-Z\d._])|(?<=[^A-Z_])[A-Z]", re.DOTALL)


def underscored(name: str) -> str:
    """Return a module's name as the name of its file: `Foo.BarBaz` gives `foo/bar_baz`.

    A capital begins a word after what is none, and where a word of capitals ends; the first character of a part of the name
    is taken as it is.
    """
    made = []
    while name:
        end = name.find(".", 1)
        part = name if end < 0 else name[:end]
        made.append(_WORD_BEGINS.sub(lambda found: "_" + found[0], part))
        name = "" if end < 0 else name[end + 1 :]
        if end >= 0 and not name:
            made.append("")
    return "/".join(made).translate(_TO_LOWER)


def camelized(name: str) -> str:
    """Return a file's name as a module's: `foo/bar_baz` gives `Foo.BarBaz`."""
    made = []
    while name:
        name = name.lstrip("_")
        end = name.find("/", 1)
        part = name if end < 0 else name[:end]
        joints = r"_+([a-z0-9])|_+$|_+(?=_)" if end < 0 else r"_+([a-z0-9])|_+(?=_)"
        rest = re.sub(joints, lambda found: (found[1] or "").translate(_TO_UPPER), part[1:])
        made.append(part[:1].translate(_TO_UPPER) + rest)
        name = "" if end < 0 else name[end + 1 :]
        if end >= 0 and not name:
            made.append("")
    return ".".join(made)


def kind_of_atom(name: Any) -> str:
    """Tell how an atom is written: as an alias, an identifier, in quotes, or without them."""
    text = atom_name(name) or ""
    shown = atom_text(name)
    if shown.startswith(':"'):
        return "quoted"
    if text.startswith("Elixir."):
        return "alias"
    if text in OPERATORS or not re.match(r"[^\W\dA-Z]", text) or "@" in text:
        return "unquoted"
    return "identifier"

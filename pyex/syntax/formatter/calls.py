"""Calls: local, remote and anonymous ones, attributes, access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.syntax.formatter import arguments, blocks, containers, fits, forms, literals, metadata, operators
from pyex.syntax.formatter.documents import (
    CURSOR,
    EDGE,
    IN_BREAK,
    SPACE,
    below,
    fitting,
    forced,
    parenthesised,
    surrounded,
    text,
    ungrouped,
)
from pyex.syntax.formatter.metadata import breaks, has, is_call, line
from pyex.syntax.formatter.state import ARGUMENT, LISTED, ONLY_ARGUMENT, ONLY_LISTED, State
from pyex.terms.atoms import Atom, atom_name, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.inspect.algebra import DISABLED, INHERIT, LINE, NIL, concat, group, nest
from pyex.terms.inspect.literals import function_name
from pyex.terms.lists import Cons, List, from_pylist, to_pylist

SEQUENCE: Final = Atom("__block__")
DOT: Final = Atom(".")
GENERATOR: Final = Atom("<-")
ALIASES: Final = Atom("__aliases__")
FN: Final = Atom("fn")
MODULE: Final = Atom("__MODULE__")
ACCESS: Final = Atom("Elixir.Access")
GET: Final = Atom("get")
TUPLE: Final = Atom("{}")
DO_WORD: Final = Atom("do")
SECTIONS: Final = frozenset(map(Atom, ("rescue", "catch", "else", "after")))
ALWAYS: Final = "always"
"""A call's parentheses stay."""
UNLESS_BLOCK: Final = "unless it has a block"
NEVER: Final = "never where it can do without"


def local(name: Any, meta: Any, items: list[Any], context: str, state: State) -> Any:
    """`name(args)`."""
    word = atom_name(name) or ""
    if has(meta, metadata.CLOSING):
        parens = ALWAYS
    elif (word, len(items)) in state.without_parens or (word, -1) in state.without_parens:
        parens = NEVER
    else:
        parens = UNLESS_BLOCK
    return with_arguments(text(word), items, meta, context, parens, state)


def with_arguments(
    head: Any, items: list[Any], meta: Any, context: str, parens: str, state: State, unwraps_list: bool = True
) -> Any:
    """Return a call of `head` with its arguments and its do-block."""
    sections = do_sections(meta, items, state)
    if sections is None:
        bare = parens is NEVER and context not in (ARGUMENT, LISTED) and bool(items)
        return concat(head, listed(items, meta, bare, unwraps_list, NIL, state))
    rest = items[:-1]
    if not rest:
        doc: Any = " do"
    else:
        doc = listed(rest, meta, parens is not ALWAYS, unwraps_list, " do", state)
    inner = blocks.do_block(sections, meta, state)
    doc = concat(head, forced(below(concat(doc, inner), "end")))
    return parenthesised(doc) if context in (ARGUMENT, ONLY_ARGUMENT) else doc


def do_sections(meta: Any, items: list[Any], state: State) -> list[Any] | None:
    """Return the pairs of a do-block, None when the last argument is none."""
    if not items or type(items[-1]) is not Cons:
        return None
    pairs = to_pylist(items[-1])
    first = pairs[0]
    if type(first) is not tuple or len(first) != 2 or not is_word(first[0], (DO_WORD,)):
        return None
    if has(meta, metadata.DO):
        return pairs
    if state.force_do_end and all(type(pair) is tuple and is_word(pair[0], SECTIONS) for pair in pairs[1:]):
        return pairs
    return None


def is_word(form: Any, words: Any) -> bool:
    """Tell whether a key is one of some words."""
    return is_call(form, SEQUENCE) and to_pylist(form[2])[0] in words


def keywords_of(last: Any, unwraps_list: bool, bare: bool, state: State) -> list[Any] | None:
    """Return the pairs of a last argument that is written without brackets, or None."""
    if type(last) is Cons:
        items = to_pylist(last)
        return items if containers.is_keyword(items) else None
    if not unwraps_list or not is_call(last, SEQUENCE):
        return None
    value = to_pylist(last[2])[0] if last[2] else None
    if type(value) is not Cons:
        return None
    items = to_pylist(value)
    if not containers.is_keyword(items):
        return None
    if bare and state.comments:
        # A comment between the bracket and its first entry has no place without the bracket.
        start, first = line(last[1]), line(items[0][0][1])
        following = next((one for one in state.comments if one.line > start), None)
        if following is not None and following.line <= first:
            return None
    return items


def listed(items: list[Any], meta: Any, bare: bool, unwraps_list: bool, extra: Any, state: State) -> Any:
    """Return arguments in parentheses, or bare; `extra` goes into their group."""
    if not items:
        inside = arguments.listed(items, meta, state, lambda form: form, joiner=arguments.BREAK)
        return concat(surrounded("(", inside.doc, ")"), extra)
    *left, last = items
    pairs = keywords_of(last, unwraps_list, bare, state)
    if not left and pairs is None:
        context = ONLY_ARGUMENT if bare else ONLY_LISTED
    else:
        context = ARGUMENT if bare else LISTED
    args = [*left, *(pairs if pairs is not None else [last])]
    lines = len(args) > 1 and breaks(meta, state)

    def write(form: Any) -> Any:
        return forms.doc(form, context, state)

    generates = any(is_call(arg, GENERATOR) for arg in args)
    if left and pairs is not None and not generates:
        return with_keywords(left, pairs, meta, bare, lines, extra, write, state)
    joiner = arguments.LINES if lines or arguments.on_different_lines(args) else arguments.BREAK
    fits_last = joiner is arguments.BREAK and fits.may_break_inside(args[-1], state)
    mode = arguments.FITTING if fits_last else arguments.PLAIN
    found = arguments.listed(args, meta, state, write, joiner=joiner, last=mode, first_has_no_comments=bare)
    # A lone argument is no group of its own: what follows belongs to it.
    doc = ungrouped(found.doc)
    if bare:
        whole = group(concat(" ", nest(doc, CURSOR, IN_BREAK), extra))
    else:
        whole = group(concat(nest(concat("(", EDGE, doc), 2, IN_BREAK), EDGE, ")", extra))
    return fitting(whole, DISABLED) if fits_last else whole


def with_keywords(
    left: list[Any],
    pairs: list[Any],
    meta: Any,
    bare: bool,
    lines: bool,
    extra: Any,
    write: Callable[[Any], Any],
    state: State,
) -> Any:
    """Return arguments that end in keywords: these may go to lines of their own while the others stay."""
    before = arguments.LINES if lines or arguments.on_different_lines(left) else arguments.BREAK
    opening = from_pylist([pair for pair in to_pylist(meta) if pair[0] is not metadata.CLOSING])
    first = arguments.listed(
        left, opening, state, write, joiner=before, last=arguments.COMMA, first_has_no_comments=bare
    )
    behind = lines or arguments.on_different_lines(pairs) or arguments.on_different_lines([*left, *pairs])
    joiner = arguments.LINES if behind else arguments.BREAK
    second = arguments.listed(pairs, meta, state, write, joiner=joiner)
    rest = forced(concat(LINE, second.doc)) if second.joiner is arguments.LINES else concat(SPACE, second.doc)
    if bare:
        doc = nest(concat(first.doc, fitting(group(rest, INHERIT))), CURSOR, IN_BREAK)
        whole = group(concat(nest(concat(" ", doc), 2), extra))
    else:
        closed = fitting(group(concat(nest(rest, 2, IN_BREAK), EDGE, ")"), INHERIT))
        whole = group(concat(nest(concat("(", EDGE), 2, IN_BREAK), nest(first.doc, 2, IN_BREAK), closed, extra))
    return fitting(whole, DISABLED)


# ---- attributes, remote calls


def attribute(form: Any, context: str, state: State) -> Any:
    """`@name`, `@name value`."""
    if type(form) is tuple and len(form) == 3 and is_atom(form[0]) and isinstance(form[2], List):
        items = to_pylist(form[2])
        word = atom_name(form[0]) or ""
        plain = function_name(word) == word and not operators.is_operator(form) and word[:1] not in "%{<."
        if len(items) == 1 and plain and form[0] not in forms.HANDLERS:
            return with_arguments("@" + word, items, form[1], context, NEVER, state, unwraps_list=False)
    return concat("@", operators.in_parentheses_if_operator(form, context, state))


def target(form: Any, state: State) -> Any:
    """Return what stands left of a dot or of brackets."""
    doc = operators.in_parentheses_if_operator(form, ARGUMENT, state)
    return parenthesised(doc) if is_call(form, FN) else doc


def name_text(name: Any) -> Any:
    """Return the name right of a dot."""
    return literals.called(name)


def is_module(form: Any) -> bool:
    """Tell whether a form stands for a module: an alias, an atom or `__MODULE__`."""
    if is_call(form, ALIASES):
        return True
    if type(form) is tuple and form[0] is MODULE and not isinstance(form[2], List):
        return True
    return is_call(form, SEQUENCE) and len(to_pylist(form[2])) == 1 and is_atom(to_pylist(form[2])[0])


def applied(name: Any, meta: Any, items: list[Any], context: str, state: State) -> Any:
    """A call whose name is a form: `a.b`, `a.(b)`, `a[b]`, `f()(1)`."""
    if not is_call(name, DOT) or len(to_pylist(name[2])) not in (1, 2):
        return with_arguments(forms.doc(name, ARGUMENT, state), items, meta, context, ALWAYS, state)
    parts = to_pylist(name[2])
    if len(parts) == 1:
        head = concat(target(parts[0], state), ".")
        return with_arguments(head, items, meta, context, UNLESS_BLOCK, state)
    left, called = parts
    special = special_remote(left, called, meta, items, state)
    if special is not None:
        return special
    if called is TUPLE:
        return concat(target(left, state), ".", containers.braces(items, meta, state, arguments.BREAK))
    if not is_atom(called):
        head = concat(target(left, state), ".", forms.doc(called, ARGUMENT, state))
        return with_arguments(head, items, meta, context, UNLESS_BLOCK, state)
    head = concat(target(left, state), ".", name_text(called))
    closes = has(meta, metadata.CLOSING)
    if not items and not closes and not is_module(left):
        return head
    return with_arguments(head, items, meta, context, ALWAYS if closes else UNLESS_BLOCK, state)


def special_remote(left: Any, name: Any, meta: Any, items: list[Any], state: State) -> Any:
    """Return the document of a remote call that is written in another way, or None."""
    if left is ACCESS and name is GET and len(items) == 2:
        if not has(meta, Atom("from_brackets")):
            return None
        key = items[1]
        pairs = to_pylist(key) if type(key) is Cons else [key]
        return concat(target(items[0], state), containers.brackets(pairs, meta, state))
    word = (atom_name(left), atom_name(name))
    delimiter = metadata.value(meta, metadata.DELIMITER)
    if word == ("Elixir.List", "to_charlist") and delimiter is not None and len(items) == 1:
        if literals.is_interpolated_charlist(items[0]):
            parts = to_pylist(items[0])
            holds_quotes = any(is_binary(part) and '"' in literals.content(part) for part in parts)
            opening, quote = literals.charlist_quotes(delimiter, holds_quotes, state)
            return literals.interpolated(parts, opening, quote, quote, state)
    if word in (("erlang", "binary_to_atom"), ("erlang", "binary_to_existing_atom")) and delimiter is not None:
        return literals.interpolated(to_pylist(items[0][2]), ':"', '"', '"', state)
    return None

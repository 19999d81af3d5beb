"""Warnings about types as text: the expression, the types, and where each variable got its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyex.compiler.expand.rewrite import INLINED
from pyex.compiler.kernel.build import code_text, is_var, meta_get
from pyex.compiler.types.descr import Type, show
from pyex.syntax import parse
from pyex.terms.atoms import atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, EmptyList, from_iterable, split_tail, to_pylist

WIDTH: Final = 98
_DOT: Final = atom(".")
_ERLANG: Final = atom("erlang")
_SEGMENT: Final = atom("::")
_KERNEL: Final = {
    **{(erlang, arity): name for (name, arity), erlang in INLINED.items()},
    ("andalso", 2): "and",
    ("orelse", 2): "or",
    ("!", 2): "send",
}
DISTINCT: Final = (
    "While Elixir can compare across all types, you are comparing across types which are always disjoint, and the "
    "result is either always true or always false"
)
STRUCTS: Final = (
    "Comparison operators (>, <, >=, <=, min, and max) perform structural and not semantic comparison. Comparing with "
    "a struct won't give meaningful results. Structs that can be compared typically define a compare/2 function within "
    "their modules that can be used for semantic comparison."
)
FIELD_HINT: Final = (
    'hint: "var.field" (without parentheses) means "var" is a map() while "var.fun()" (with parentheses) means "var" '
    "is an atom()"
)
RESCUE_HINT: Final = (
    "hint: when you rescue without specifying exception names, the variable is assigned a type of a struct but all of "
    "its fields are unknown. If you are trying to access an exception's :message key, either specify the exception "
    "names or use `Exception.message/1`."
)
SEGMENT_HINT: Final = (
    "hint: all expressions given to binaries are assumed to be of type integer() unless said otherwise. For example, "
    '<<expr>> assumes "expr" is an integer. Pass a modifier, such as <<expr::float>> or <<expr::binary>>, to change '
    "the default behavior."
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a variable got its type: the expression, and its metadata."""

    type: Type
    form: Any
    meta: Any
    rescued: bool = False
    """The expression is what a clause of `rescue` names."""


def written(form: Any) -> Any:
    """Return an expanded form as the user could have written it: `:erlang`'s functions by Kernel's names."""
    if type(form) is Cons:
        items, tail = split_tail(form)
        return from_iterable([written(item) for item in items], written(tail))
    if type(form) is not tuple:
        return form
    if len(form) == 3 and form[0] is _SEGMENT and meta_get(form[1], "inferred_bitstring_spec") is True:
        return form[2].head
    if len(form) == 3 and type(form[0]) is tuple and isinstance(form[2], (Cons, EmptyList)):
        head = form[0]
        if head[0] is _DOT and isinstance(head[2], Cons) and head[2].head is _ERLANG:
            return _of_kernel(form, head[2].tail.head.name, to_pylist(form[2]))
    return tuple(written(part) for part in form)


def _of_kernel(form: Any, name: str, args: list[Any]) -> Any:
    given = [written(arg) for arg in args]
    if name == "element" and len(args) == 2:
        given = [given[1], given[0] - 1 if type(given[0]) is int else given[0]]
    elif name == "is_map_key":
        given.reverse()
    kernel = _KERNEL.get((name, len(args)))
    if kernel is None:
        return (written(form[0]), form[1], from_iterable(given))
    return (atom(kernel), form[1], from_iterable(given))


def source(form: Any) -> str:
    """Return the text of an expanded form."""
    return code_text(written(form))


def type_text(given: Type, *, collapse: bool = False) -> str:
    """Return a type as text, over several lines when it is long."""
    return laid_out(show(given, collapse=collapse))


def laid_out(text: str) -> str:
    """Return the text of a type as the formatter sets it."""
    return text if len(text) <= 80 else code_text(parse(text, file="nofile"))


def indented(text: str, by: int = 4) -> str:
    """Return the text with spaces before each line."""
    return "\n".join(" " * by + line if line else "" for line in text.split("\n"))


def arguments(types: Sequence[Type], wrong: Sequence[bool]) -> str:
    """Return the types given to a call; those that are wrong stand between dashes."""
    flat = [f"-{show(one)}-" if bad else show(one) for one, bad in zip(types, wrong, strict=True)]
    line = ", ".join(flat)
    if len(line) <= 80:
        return line
    texts = [type_text(one) for one in types]
    marked = [f"-{text}-" if bad else text for text, bad in zip(texts, wrong, strict=True)]
    return marked[0] if len(marked) == 1 else "(\n" + ",\n".join(indented(text, 2) for text in marked) + "\n)"


def expected(signatures: Sequence[tuple[tuple[Type, ...], Type]]) -> str:
    """Return what a function takes, clause by clause."""
    texts = [", ".join(show(one) for one in taken) for taken, _ in signatures]
    if len(texts) == 1:
        return indented(texts[0])
    return "\n\n".join(indented(f"#{number}\n{text}") for number, text in enumerate(texts, 1))


def variables(form: Any) -> list[tuple[str, int]]:
    """Return (name and context, version) of each variable in an expression, by name, once."""
    found: dict[int, str] = {}
    stack = [form]
    while stack:
        node = stack.pop()
        if type(node) is Cons:
            items, tail = split_tail(node)
            stack += [*items, tail]
        elif type(node) is tuple:
            if is_var(node) and type(meta_get(node[1], "version")) is int:
                shown = f'"{node[0].name}"' + (f" (context {inspect(node[2])})" if node[2] is not None else "")
                found[meta_get(node[1], "version")] = shown
            stack += [part for part in node if type(part) in (tuple, Cons)]
    return sorted((name, version) for version, name in found.items())


def traces(form: Any, origins: dict[int, Origin], file: str) -> str:
    """Return the paragraphs that tell where the variables of an expression got their types."""
    texts = []
    for name, version in variables(form):
        origin = origins.get(version)
        if origin is None:
            continue
        line, column = meta_get(origin.meta, "line"), meta_get(origin.meta, "column")
        place = ":".join(str(part) for part in (file, line, column) if part)
        text = f"rescue {source(origin.form)} ->" if origin.rescued else source(origin.form)
        shown = type_text(origin.type, collapse=True).replace("\n", "\n# ")
        body = f"# type: {shown}\n# from: {place}\n{text}"
        texts.append(f"where {name} was given the type:\n\n{indented(body)}\n\n")
    return "".join(texts)


def ellipsis(segments: Sequence[Any], position: int) -> Any:
    """Return a bitstring of which one segment is shown."""
    dots = (atom("..."), EMPTY, EMPTY)
    shown = [dots] if position > 0 else []
    shown.append(segments[position])
    if position < len(segments) - 1:
        shown.append(dots)
    return (atom("<<>>"), EMPTY, from_iterable(shown))

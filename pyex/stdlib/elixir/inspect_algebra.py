"""Inspect.Algebra: documents for users' implementations of Inspect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.stdlib.elixir.keyword.entries import get as option
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import function_clause
from pyex.terms.inspect import algebra, documents
from pyex.terms.inspect.algebra import (
    BREAK,
    COLLAPSE,
    CONS,
    ENABLED,
    FITS,
    FLEX,
    FORCE,
    GROUP,
    LIMIT,
    LINE,
    NIL,
    SELF,
    STRICT,
    STRING,
)
from pyex.terms.inspect.opts import INFINITY, Opts
from pyex.terms.lists import EMPTY, List, from_pylist, split_tail, to_pylist
from pyex.terms.maps import Map

module = NativeModule("Inspect.Algebra", doc="Documents: text whose line breaks are decided when it is laid out.")

_MISSING: Final = object()
MAYBE: Final = atom("maybe")
_ALGEBRA: Final = alias("Inspect.Algebra")
_TAGS: Final = frozenset({BREAK, COLLAPSE, algebra.COLOR, CONS, FITS, FORCE, GROUP, LIMIT, algebra.NEST, STRING})


def _is_doc(value: Any) -> bool:
    return is_binary(value) or value is NIL or value is LINE or (type(value) is tuple and len(value) > 0 and value[0] in _TAGS)


@module.macro
def is_doc(env: Any, doc: Any) -> Any:
    """Tell whether a term is a document; allowed in guards.

        iex> import Inspect.Algebra
        iex> is_doc("a")
        true
    """
    subject = doc if env.context == "guard" else (atom("doc"), EMPTY, module.name)
    tagged: Any = False
    for tag in sorted(_TAGS, key=str):
        tagged = build.erlang("orelse", build.erlang("=:=", build.erlang("element", 1, subject), tag), tagged)
    is_tagged = build.erlang("andalso", build.erlang(">", build.erlang("tuple_size", subject), 0), tagged)
    test = build.erlang("andalso", build.erlang("is_tuple", subject), is_tagged)
    for name in (NIL, LINE):
        test = build.erlang("orelse", build.erlang("=:=", subject, name), test)
    test = build.erlang("orelse", build.erlang("is_binary", subject), test)
    return test if subject is doc else build.block(build.match(subject, doc), test)


def _checked(found: bool, name: str, *args: Any) -> None:
    """Raise FunctionClauseError for a function of this module unless its arguments were found to be right."""
    if not found:
        raise function_clause(_ALGEBRA, name, args)


def _joined(left: Any, right: Any) -> Any:
    _checked(_is_doc(left) and _is_doc(right), "concat", left, right)
    return CONS, left, right


def _opts(value: Any) -> Opts:
    return value if type(value) is Opts else Opts.from_keyword(value)


@module.function(arity=(1, 2))
def concat(left: Any, right: Any = _MISSING) -> Any:
    """Join two documents, or all documents of a list.

        iex> Inspect.Algebra.concat("a", "b") |> Inspect.Algebra.format(80)
        ["a", "b"]
    """
    if right is not _MISSING:
        return _joined(left, right)
    _checked(isinstance(left, List), "concat", left)
    return algebra.concat(*to_pylist(left))


@module.function
def empty() -> Any:
    """Return the empty document.

        iex> import Inspect.Algebra
        iex> format(concat("a", empty()), 80) |> IO.iodata_to_binary()
        "a"
    """
    return NIL


@module.function
def nest(doc: Any, level: Any, mode: Any = algebra.ALWAYS) -> Any:
    """Indent the line breaks of a document by `level` more, or to the `:cursor`, or `:reset` them.

        iex> import Inspect.Algebra
        iex> nest(concat(["[", line(), "1"]), 2) |> format(80) |> IO.iodata_to_binary()
        "[\\n  1"
    """
    is_level = type(level) is int and level >= 0 or atom_name(level) in ("cursor", "reset")
    _checked(_is_doc(doc) and is_level and atom_name(mode) in ("always", "break"), "nest", doc, level, mode)
    return algebra.nest(doc, level, mode)


@module.function
def break_(text: Any = " ") -> Any:
    """Return a break: a text, or a new line when its group does not fit.

        iex> import Inspect.Algebra
        iex> doc = group(concat(["one", break(), "two"]))
        iex> {IO.iodata_to_binary(format(doc, 80)), IO.iodata_to_binary(format(doc, 4))}
        {"one two", "one\\ntwo"}
    """
    _checked(is_binary(text), "break", text)
    return (BREAK, text, STRICT)


@module.function
def flex_break(text: Any = " ") -> Any:
    """Return a break that is a new line only when what follows does not fit.

        iex> import Inspect.Algebra
        iex> concat(["a", flex_break(), "b"]) |> group() |> format(80) |> IO.iodata_to_binary()
        "a b"
    """
    _checked(is_binary(text), "flex_break", text)
    return (BREAK, text, FLEX)


@module.function(arity=(2, 3))
def glue(left: Any, text: Any, right: Any = _MISSING) -> Any:
    """Join two documents with a break between them.

        iex> import Inspect.Algebra
        iex> glue("a", "b") |> group() |> format(80) |> IO.iodata_to_binary()
        "a b"
    """
    if right is _MISSING:
        text, right = " ", text
    _checked(is_binary(text), "glue", left, text, right)
    return _joined(left, _joined((BREAK, text, STRICT), right))


@module.function(arity=(2, 3))
def flex_glue(left: Any, text: Any, right: Any = _MISSING) -> Any:
    """Join two documents with a flex break between them.

        iex> import Inspect.Algebra
        iex> flex_glue("a", "-", "b") |> group() |> format(80) |> IO.iodata_to_binary()
        "a-b"
    """
    if right is _MISSING:
        text, right = " ", text
    _checked(is_binary(text), "flex_glue", left, text, right)
    return _joined(left, _joined((BREAK, text, FLEX), right))


@module.function
def space(left: Any, right: Any) -> Any:
    """Join two documents with a blank between them.

        iex> import Inspect.Algebra
        iex> space("Hughes", "Wadler") |> format(80) |> IO.iodata_to_binary()
        "Hughes Wadler"
    """
    return _joined(left, _joined(" ", right))


@module.function(arity=(0, 2))
def line(left: Any = _MISSING, right: Any = _MISSING) -> Any:
    """Return a line break that is always taken, alone or between two documents.

        iex> import Inspect.Algebra
        iex> concat(["a", line(), "b"]) |> format(80) |> IO.iodata_to_binary()
        "a\\nb"
    """
    return LINE if left is _MISSING else _joined(left, _joined(LINE, right))


@module.function
def group(doc: Any, mode: Any = SELF) -> Any:
    """Return a group: its strict breaks are taken all or none.

        iex> import Inspect.Algebra
        iex> glue("a", "b") |> group() |> format(1) |> IO.iodata_to_binary()
        "a\\nb"
    """
    _checked(_is_doc(doc), "group", doc, mode)
    return (GROUP, doc, mode)


@module.function
def string(text: Any) -> Any:
    """Return a document of a text whose length is counted in graphemes.

        iex> import Inspect.Algebra
        iex> string("olá") |> format(80) |> IO.iodata_to_binary()
        "olá"
    """
    return (STRING, text, len(text))


@module.function
def force_unfit(doc: Any) -> Any:
    """Return a document whose group never fits.

        iex> import Inspect.Algebra
        iex> glue("a", "b") |> force_unfit() |> group() |> format(80) |> IO.iodata_to_binary()
        "a\\nb"
    """
    _checked(_is_doc(doc), "force_unfit", doc)
    return (FORCE, doc)


@module.function
def next_break_fits(doc: Any, mode: Any = ENABLED) -> Any:
    """Say that a document fits as long as its next break does.

        iex> import Inspect.Algebra
        iex> glue("a", "b") |> next_break_fits() |> group() |> format(80) |> IO.iodata_to_binary()
        "a b"
    """
    _checked(_is_doc(doc) and atom_name(mode) in ("enabled", "disabled"), "next_break_fits", doc, mode)
    return (FITS, doc, mode)


@module.function
def collapse_lines(most: Any) -> Any:
    """Return a document that lets at most so many of the line breaks after it stand.

        iex> import Inspect.Algebra
        iex> concat([collapse_lines(2), line(), line(), line(), "end"]) |> format(80) |> IO.iodata_to_binary()
        "\\n\\nend"
    """
    _checked(type(most) is int and most > 0, "collapse_lines", most)
    return (COLLAPSE, most)


@module.function
def no_limit(doc: Any) -> Any:
    """Return a document inside which no limit counts.

        iex> import Inspect.Algebra
        iex> no_limit("a") |> format(80) |> IO.iodata_to_binary()
        "a"
    """
    return (LIMIT, doc, INFINITY)


def _color(doc: Any, key: Any, opts: Any) -> Any:
    """Return a document in the colour that the options give a kind of term.

        iex> import Inspect.Algebra
        iex> color_doc("a", :atom, %Inspect.Opts{}) |> format(80) |> IO.iodata_to_binary()
        "a"
    """
    _checked(_is_doc(doc), "color_doc", doc, key, opts)
    return _opts(opts).color(doc, key)


@module.function("color", arity=2, doc=False)
def color_with(doc: Any, color: Any) -> Any:
    """Return a document that begins with an escape sequence.

        iex> import Inspect.Algebra
        iex> color("a", :atom, %Inspect.Opts{}) |> format(80) |> IO.iodata_to_binary()
        "a"
    """
    _checked(_is_doc(doc) and is_binary(color), "color", doc, color)
    return (algebra.COLOR, doc, color)


module.function("color")(_color)
module.function("color_doc")(_color)


def _fold(docs: Any, fun: Callable[[Any, Any], Any]) -> Any:
    """Join documents from the right with a function of (document, rest).

        iex> import Inspect.Algebra
        iex> fold(["a", "b", "c"], fn doc, acc -> concat([doc, "!", acc]) end) |> format(80) |> IO.iodata_to_binary()
        "a!b!c"
    """
    items = to_pylist(docs)
    if not items:
        return NIL
    result = items[-1]
    for doc in items[-2::-1]:
        result = fun(doc, result)
    return result


module.function("fold")(_fold)
module.function("fold_doc")(_fold)


@module.function
def to_doc(term: Any, opts: Any) -> Any:
    """Return the document of a term.

        iex> Inspect.Algebra.to_doc(1, %Inspect.Opts{})
        "1"
    """
    _checked(type(opts) is Opts or (type(opts) is Map and opts.struct is alias("Inspect.Opts")), "to_doc", term, opts)
    return documents.to_doc(term, _opts(opts))


def _container(left: Any, items: Any, right: Any, opts: Any, fun: Callable[[Any, Any], Any], options: Any = EMPTY) -> Any:
    """Return a container: `left`, the documents that `fun` gives for the items, `right`.

    Options: `:separator` (a comma), `:break` (`:maybe`, `:strict` or `:flex`).

        iex> import Inspect.Algebra
        iex> container_doc("<", [1, 2], ">", %Inspect.Opts{}, &to_doc/2) |> format(80) |> IO.iodata_to_binary()
        "<1, 2>"
    """
    return _contained(left, items, right, opts, fun, option(options, atom("separator"), ","), option(options, atom("break"), MAYBE))


module.function("container_doc")(_container)


def _contained(left: Any, items: Any, right: Any, opts: Any, fun: Callable[[Any, Any], Any], separator: Any, kind: Any) -> Any:
    mode = None if kind is MAYBE else FLEX if kind is FLEX else STRICT
    elements, tail = split_tail(items)
    docs = documents.each_doc(elements, _opts(opts), lambda item, left_over: fun(item, left_over.to_struct()))
    docs = [doc for doc in docs if doc is not NIL]
    if tail is EMPTY or (docs and docs[-1] is documents.MORE):
        return algebra.container(left, docs, right, separator, mode)
    last = (CONS, (CONS, docs[-1], " |"), (CONS, (BREAK, " ", mode or STRICT), fun(tail, opts)))
    return algebra.container(left, [*docs[:-1], last], right, separator, mode)


@module.function(doc=False)
def surround_many(left: Any, items: Any, right: Any, opts: Any, fun: Any, separator: Any = ",") -> Any:
    """Return a container with a separator; `container_doc/6` has taken its place.

        iex> import Inspect.Algebra
        iex> surround_many("<", [1, 2], ">", %Inspect.Opts{}, &to_doc/2) |> format(80) |> IO.iodata_to_binary()
        "<1, 2>"
    """
    _checked(isinstance(items, List) and is_binary(separator), "surround_many", left, items, right, opts, fun, separator)
    return _contained(left, items, right, opts, fun, separator, MAYBE)


@module.function
def surround(left: Any, doc: Any, right: Any) -> Any:
    """Return a document between two others, its lines indented by one.

        iex> import Inspect.Algebra
        iex> surround("[", "a", "]") |> format(80) |> IO.iodata_to_binary()
        "[a]"
    """
    return _joined(_joined(left, nest(doc, 1)), right)


@module.function
def format(doc: Any, width: Any) -> Any:
    """Lay a document out at a width; returns the pieces of its text.

        iex> import Inspect.Algebra
        iex> format(glue("a", "b"), 80)
        ["a", " ", "b"]
    """
    _checked(_is_doc(doc) and (width is INFINITY or type(width) is int and width >= 0), "format", doc, width)
    return from_pylist(algebra.fragments(doc, algebra.INFINITE if width is INFINITY else width))

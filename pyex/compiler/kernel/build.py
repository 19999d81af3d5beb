"""Making and reading quoted forms: the words that the macros are written in.

Metadata is left empty: the expander gives the forms of a macro the line of its call, and the
variables a counter of their own, so that they cannot meet the user's.
"""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error
from pyex.terms.lists import EMPTY, Cons, EmptyList, elixir_list, from_iterable, split_tail, to_pylist

KERNEL: Final = alias("Kernel")
ERLANG: Final = atom("erlang")
DO: Final = atom("do")
WHEN: Final = atom("when")
ARROW: Final = atom("->")
BLOCK: Final = atom("__block__")
TUPLE: Final = atom("{}")
MAP: Final = atom("%{}")
DOT: Final = atom(".")
ALIASES: Final = atom("__aliases__")
_DEFINERS: Final = frozenset({"def", "defp", "defmacro", "defmacrop"})
UNDERSCORE: Final = (atom("_"), EMPTY, KERNEL)
MODULE: Final = (atom("__MODULE__"), EMPTY, KERNEL)


def call(name: str, *args: Any, meta: Any = EMPTY) -> Any:
    """Return the call of a special form or a local name."""
    return (atom(name), meta, elixir_list(*args))


def remote(module: Any, name: str, *args: Any, meta: Any = EMPTY) -> Any:
    """Return the remote call `module.name(args)`; `module` is an atom or a form."""
    return ((DOT, meta, elixir_list(module, atom(name))), meta, elixir_list(*args))


def kernel(name: str, *args: Any) -> Any:
    """Return a call of Kernel's function or macro, whatever the user has imported.

    The head of a definition says in its metadata that a macro wrote it, as the head in a `quote` does.
    """
    if name in _DEFINERS and is_call(args[0]):
        args = (_marked(args[0]), *args[1:])
    return remote(KERNEL, name, *args)


def _marked(head: Any) -> Any:
    if head[0] is WHEN:
        inner, guard = head[2]
        return (WHEN, head[1], elixir_list(_marked(inner), guard))
    return (head[0], elixir_list((atom.context, KERNEL)), head[2]) if head[1] is EMPTY else head


def imported(name: str, *args: Any) -> Any:
    """Return a call of Kernel by its bare name, as a `quote` in Kernel would write it."""
    imports = elixir_list((len(args), KERNEL))
    return call(name, *args, meta=elixir_list((atom.context, KERNEL), (atom("imports"), imports)))


def erlang(name: str, *args: Any) -> Any:
    """Return a call into `:erlang`."""
    return remote(ERLANG, name, *args)


def apply_fun(fun: Any, *args: Any) -> Any:
    """Return the call of a function value: `fun.(args)`."""
    return ((DOT, EMPTY, elixir_list(fun)), EMPTY, elixir_list(*args))


def var(name: str) -> Any:
    """Return a variable of the macro's own."""
    return (atom(name), EMPTY, KERNEL)


def block(*forms: Any) -> Any:
    """Return a block of several expressions."""
    return (BLOCK, EMPTY, elixir_list(*forms))


def match(left: Any, right: Any) -> Any:
    """Return `left = right`."""
    return call("=", left, right)


def tuple_form(*items: Any) -> Any:
    """Return the quoted form of a tuple: pairs stand for themselves."""
    return items if len(items) == 2 else (TUPLE, EMPTY, elixir_list(*items))


def map_form(*pairs: tuple[Any, Any]) -> Any:
    """Return the quoted form of a map."""
    return (MAP, EMPTY, elixir_list(*pairs))


def clause(pattern: Any, body: Any, guard: Any = None) -> Any:
    """Return one clause `pattern when guard -> body` of one pattern."""
    left = pattern if guard is None else call("when", pattern, guard)
    return call("->", elixir_list(left), body)


def generated(*pairs: tuple[Any, Any]) -> Any:
    """Return metadata that keeps the compiler from warning about code that nobody wrote."""
    return elixir_list((atom.generated, True), *pairs)


def case(subject: Any, *clauses: Any, meta: Any = EMPTY) -> Any:
    """Return `case subject do clauses end`."""
    return (atom("case"), meta, elixir_list(subject, elixir_list((DO, elixir_list(*clauses)))))


def fun(parameters: list[Any], body: Any) -> Any:
    """Return `fn parameters -> body end`."""
    return call("fn", call("->", from_iterable(parameters), body))


_FALSY: Final = elixir_list(False, None)


def falsy(value: Any) -> Any:
    """Return the guard that holds for `nil` and `false`."""
    return kernel("in", value, _FALSY)


def is_call(form: Any) -> bool:
    """Tell whether a form is a call or a variable: a triple with metadata."""
    return type(form) is tuple and len(form) == 3 and isinstance(form[1], (Cons, EmptyList))


def is_var(form: Any) -> bool:
    """Tell whether a form is a variable: its third part is an atom."""
    return is_call(form) and type(form[0]) is Atom and (type(form[2]) is Atom or form[2] is None)


def args_of(form: Any) -> list[Any]:
    """Return the arguments of a call; none for a bare name."""
    return to_pylist(form[2]) if isinstance(form[2], (Cons, EmptyList)) else []


def is_named(form: Any, name: Atom, arity: int) -> bool:
    """Tell whether a form is a call of a plain name with so many arguments."""
    return (
        type(form) is tuple
        and len(form) == 3
        and form[0] is name
        and isinstance(form[2], (Cons, EmptyList))
        and len(form[2]) == arity
    )


def keyword_pairs(form: Any) -> list[tuple[Any, Any]] | None:
    """Return the pairs of a keyword list, or None when the form is none."""
    items, tail = split_tail(form)
    if tail is not EMPTY:
        return None
    if any(type(item) is not tuple or len(item) != 2 or type(item[0]) is not Atom for item in items):
        return None
    return items


def keyword_dict(form: Any) -> dict[str, Any] | None:
    """Return a keyword list as a dict by name (the first of equal keys wins), or None."""
    pairs = keyword_pairs(form)
    if pairs is None:
        return None
    found: dict[str, Any] = {}
    for key, value in pairs:
        found.setdefault(key.name, value)
    return found


def meta_get(meta: Any, key: str, default: Any = None) -> Any:
    """Return an entry of a form's metadata."""
    while type(meta) is Cons:
        name, value = meta.head
        if name.name == key:
            return value
        meta = meta.tail
    return default


def line_of(form: Any, default: int = 0) -> int:
    """Return the line of a form, or the default."""
    if is_call(form):
        found = meta_get(form[1], "line")
        if type(found) is int:
            return found
    return default


def code_text(form: Any) -> str:
    """Return the source text of a quoted form, for a message."""
    from pyex.syntax.formatter import to_string

    return to_string(form)


def refuse_scope(env: Any, name: str, arity: int) -> None:
    """Refuse a macro that belongs in a module's body when there is no module around it."""
    if env.module is None:
        raise argument_error(f"cannot invoke {name}/{arity} outside module")
    if env.function is not None:
        raise argument_error(f"cannot invoke {name}/{arity} inside function/macro")

"""`super`, and the names that may not stand alone: `->`, `::`, `<-`, `|`, `.`."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import fatal
from pyex.compiler.env import Scope
from pyex.compiler.expand.core import walk_args
from pyex.compiler.expand.words import NOT_SPECIAL, code_text, special
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, from_pylist, to_pylist

_SUPER: Final = atom("super")


@special("super")
def super_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `super(…)` to a call of the definition that this one overrides."""
    env = s.env
    for key, value in to_pylist(meta):
        if key is _SUPER:
            # The clause of default values: a call of the definition itself, whatever is imported under its name.
            return (value, meta, from_pylist(walk_args(args, s)))
    if env.module is None:
        raise fatal(env, meta, "cannot invoke super outside module")
    if env.function is None:
        raise fatal(env, meta, "cannot invoke super outside function")
    name, arity = env.function
    if len(args) != arity:
        raise fatal(env, meta, "super must be called with the same number of arguments as the current definition")
    found = None if env.definitions is None else env.definitions.overridden(env, meta)
    if found is None:
        from pyex.terms.inspect import inspect

        raise fatal(
            env,
            meta,
            f"no super defined for {name.name}/{arity} in module {inspect(env.module)}. Overridable functions "
            "available are: ",
        )
    walked = walk_args(args, s)
    if found[0] in ("defmacro", "defmacrop"):
        return (atom("MACRO-" + found[1]), meta, from_pylist([(atom("__CALLER__"), EMPTY, None), *walked]))
    return (atom(found[1]), meta, from_pylist(walked))


@special("->")
def arrow(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Refuse `->` outside a form of clauses."""
    text = "misplaced operator ->\n\nThis typically means invalid syntax or a macro is not available in scope"
    raise fatal(s.env, meta, text)


@special("::")
def typed(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Refuse `::` outside a bitstring or a typespec."""
    if len(args) != 2:
        return NOT_SPECIAL
    raise fatal(
        s.env,
        meta,
        "misplaced operator ::/2\n\nThe :: operator is typically used in bitstrings to specify types and sizes of "
        "segments:\n\n    <<size::32-integer, letter::utf8, rest::binary>>\n\nIt is also used in typespecs, such as "
        "@type and @spec, to describe inputs and outputs",
    )


@special("|")
def pipe(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Refuse `|` outside a list, a map update or a typespec."""
    if len(args) != 2:
        return NOT_SPECIAL
    raise fatal(
        s.env,
        meta,
        "misplaced operator |/2\n\nThe | operator is typically used between brackets to mark the tail of a list:\n\n"
        "    [head | tail]\n    [head, middle, ... | tail]\n\nIt is also used to update maps and structs, via the "
        "%{map | key: value} notation, and in typespecs, such as @type and @spec, to express the union of two types",
    )


@special(".")
def dot(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Refuse a bare dot."""
    raise fatal(s.env, meta, f"invalid call {code_text(form)}")

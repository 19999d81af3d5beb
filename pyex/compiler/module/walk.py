"""Walking expanded forms: which local and remote functions a body calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.lists import Cons, EmptyList, elixir_list, split_tail

SPECIAL: Final = frozenset(
    atom(name)
    for name in (
        "{} %{} % <<>> :: __block__ __aliases__ -> when . = ^ & fn case cond receive try for with quote | in <- "
        "__CALLER__ __STACKTRACE__ __ENV__ __DIR__ __MODULE__ \\\\ &1 do after rescue catch else super __cursor__"
    ).split()
)
_DOUBLE_COLON: Final = atom("::")
_BITS: Final = atom("<<>>")
_CAPTURE: Final = atom("&")
_SLASH: Final = atom("/")
_SIZE: Final = atom("size")
_SUPER: Final = atom("super")
_DOT: Final = atom(".")
_CASE: Final = atom("case")
_FN: Final = atom("fn")
_CHOICES: Final = frozenset({_CASE, _FN, atom("receive"), atom("try"), atom("with")})


def calls(form: Any, choices: list[Any] | None = None) -> Iterator[tuple[Any, str, int, Any]]:
    """Yield (module, name, arity, metadata) of every call in an expanded form; module is False for a local one.

    Captures `&f/1` count as calls. A call whose module is not known at compile time is left out. Every form with
    clauses on the way is added to `choices`.
    """
    stack: list[Any] = [form]
    while stack:
        node = stack.pop()
        if type(node) is Cons:
            items, tail = split_tail(node)
            for item in reversed(items):
                # A variable is a tuple whose last part is no list: there are as many of them as of all else.
                if type(item) is Cons or (type(item) is tuple and (len(item) != 3 or item[2] is not None)):
                    stack.append(item)
            if type(tail) is tuple:
                stack.append(tail)
        elif type(node) is tuple:
            if len(node) != 3 or (type(node[1]) is not Cons and type(node[1]) is not EmptyList):
                stack.extend(reversed(node))
                continue
            if choices is not None and node[0] in _CHOICES:
                choices.append(node)
            found = _call(node, stack)
            if found is not None:
                yield found


def _call(node: tuple[Any, ...], stack: list[Any]) -> tuple[Any, str, int, Any] | None:
    """Return what one call node calls, and push its parts."""
    head, meta, args = node
    if type(args) is not Cons and type(args) is not EmptyList:
        return None
    if type(head) is tuple:
        stack.append(args)
        return _dot_call(head, meta, args, stack)
    if head is _CAPTURE:
        return _capture(args, stack)
    if head is _BITS:
        for segment in args:
            _push_segment(segment, stack)
        return None
    stack.append(args)
    name = atom_name(head)
    if name is None or head in SPECIAL:
        return None
    if name.startswith("MACRO-"):
        # `super` in a macro, or its default values: the macro's function is called with the caller.
        return False, name[6:], len(args) - 1, elixir_list((_SUPER, True), *meta)
    return False, name, len(split_tail(args)[0]), meta


def _dot_call(head: Any, meta: Any, args: Any, stack: list[Any]) -> tuple[Any, str, int, Any] | None:
    if head[0] is not _DOT:
        stack.append(head)
        return None
    target = split_tail(head[2])[0]
    if len(target) == 2 and atom_name(target[1]) is not None:
        if atom_name(target[0]) is not None:
            return target[0], str(atom_name(target[1])), len(split_tail(args)[0]), meta
        stack.append(target[0])
        return None
    stack.extend(target)
    return None


def _capture(args: Any, stack: list[Any]) -> tuple[Any, str, int, Any] | None:
    inner = args.head
    if type(inner) is tuple and len(inner) == 3 and inner[0] is _SLASH:
        callee, arity = inner[2]
        if type(callee) is tuple and type(callee[0]) is Atom:
            return False, callee[0].name, arity, callee[1]
        if type(callee) is tuple and type(callee[0]) is tuple:
            module, name = callee[0][2]
            if atom_name(module) is not None and atom_name(name) is not None:
                return module, str(atom_name(name)), arity, callee[1]
    stack.append(args)
    return None


def _push_segment(segment: Any, stack: list[Any]) -> None:
    """Push the value of a bitstring's segment, and its size; the names of types are no calls."""
    if type(segment) is tuple and len(segment) == 3 and segment[0] is _DOUBLE_COLON:
        value, spec = segment[2]
        stack.append(value)
        specs = [spec]
        while specs:
            one = specs.pop()
            if type(one) is tuple and len(one) == 3 and isinstance(one[2], (Cons, EmptyList)):
                if one[0] is _SIZE:
                    stack.append(one[2])
                elif one[0] in (atom("-"), atom("*")):
                    specs.extend(one[2])
    else:
        stack.append(segment)

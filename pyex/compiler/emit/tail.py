"""Which functions of a module call each other in tail position, for ever if they like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyex.compiler.forms import Definition
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import Cons, EmptyList, split_tail

Key = tuple[str, int]

_BLOCK: Final = atom("__block__")
_CASE: Final = atom("case")
_COND: Final = atom("cond")
_WITH: Final = atom("with")
_TRY: Final = atom("try")
_RECEIVE: Final = atom("receive")
_SUPER: Final = atom("super")
_SECTIONS: Final = {
    _CASE: ("do",),
    _COND: ("do",),
    _RECEIVE: ("do", "after"),
    _WITH: ("do", "else"),
    _TRY: ("rescue", "catch", "else"),
}
_OTHER_FORMS: Final = frozenset(
    atom(name) for name in "= {} %{} % <<>> fn for & ^ quote unquote __aliases__ :: | <- -> when".split()
)


def tail_calls(definition: Definition) -> set[Key]:
    """Return the local functions that a definition calls in tail position."""
    found: set[Key] = set()
    for clause in definition.clauses:
        found.update(_calls(clause.body))
    return found


def _calls(form: Any) -> Iterator[Key]:
    for leaf in tail_forms(form):
        if type(leaf) is tuple and len(leaf) == 3 and (type(leaf[0]) is Atom or leaf[0] is None):
            head, meta, args = leaf
            if (type(args) is Cons or type(args) is EmptyList) and head not in _OTHER_FORMS:
                yield _name(head, meta), len(split_tail(args)[0])


def _name(head: Any, meta: Any) -> str:
    if head is _SUPER:
        for key, value in split_tail(meta)[0]:
            if key is _SUPER:
                return str(value[1].name)
    return "nil" if head is None else str(head.name)


def tail_forms(form: Any) -> Iterator[Any]:
    """Yield the forms in tail position of a body: those whose value is the body's."""
    while type(form) is tuple and len(form) == 3 and form[0] is _BLOCK and type(form[2]) is Cons:
        form = split_tail(form[2])[0][-1]
    sections = _SECTIONS.get(form[0]) if type(form) is tuple and len(form) == 3 and type(form[0]) is Atom else None
    if sections is None or type(form[2]) is not Cons:
        yield form
        return
    options = split_tail(split_tail(form[2])[0][-1])[0]
    names = [key.name for key, _ in options]
    if form[0] is _TRY:
        if "after" in names:
            yield None
            return
        if "else" not in names:
            yield None  # the value of `do`, which is computed inside the `try`
    for key, value in options:
        if key.name not in sections:
            continue
        if form[0] is _WITH and key.name == "do":
            yield from tail_forms(value)
            continue
        for arrow in split_tail(value)[0]:
            yield from tail_forms(split_tail(arrow[2])[0][1])


def find_cycles(calls: dict[Key, set[Key]]) -> dict[Key, int]:
    """Number the cycles of two and more functions (strongly connected, by Tarjan's way, without recursion)."""
    order: dict[Key, int] = {}
    low: dict[Key, int] = {}
    stack: list[Key] = []
    waiting: set[Key] = set()
    found: dict[Key, int] = {}
    number = 0
    for root, targets in calls.items():
        if root in order:
            continue
        work = [(root, iter(targets))]
        order[root] = low[root] = len(order)
        stack.append(root)
        waiting.add(root)
        while work:
            node, rest = work[-1]
            for target in rest:
                if target not in calls:
                    continue
                if target not in order:
                    order[target] = low[target] = len(order)
                    stack.append(target)
                    waiting.add(target)
                    work.append((target, iter(calls[target])))
                    break
                if target in waiting:
                    low[node] = min(low[node], order[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    members = []
                    while True:
                        member = stack.pop()
                        waiting.discard(member)
                        members.append(member)
                        if member == node:
                            break
                    if len(members) > 1:
                        number += 1
                        found.update(dict.fromkeys(members, number))
    return found


def cycle_widths(cycles: dict[Key, int]) -> dict[int, int]:
    """Return the largest arity in each cycle: all its bodies take so many parameters."""
    widths: dict[int, int] = {}
    for (_, arity), number in cycles.items():
        widths[number] = max(widths.get(number, 0), arity)
    return widths

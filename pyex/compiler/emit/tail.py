"""Which functions of a module call each other in tail position, for ever if they like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

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
_BAR: Final = atom("|")
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


class TailCalls(NamedTuple):
    """The functions of its own module that a definition calls in tail position, by name and by `Module.name`."""

    local: set[Key]
    qualified: set[Key]


def tail_calls(definition: Definition, module: Any) -> TailCalls:
    """Return what a definition of a module calls in tail position."""
    found = TailCalls(set(), set())
    for clause in definition.clauses:
        for leaf in tail_forms(clause.body):
            if type(leaf) is tuple and len(leaf) == 3 and (type(leaf[2]) is Cons or type(leaf[2]) is EmptyList):
                _note(found, leaf, module)
    return found


def _note(found: TailCalls, form: Any, module: Any) -> None:
    head, meta, args = form
    count = len(split_tail(args)[0])
    if type(head) is Atom or head is None:
        if head not in _OTHER_FORMS:
            found.local.add((_name(head, meta), count))
        return
    target = split_tail(head[2])[0]
    if len(target) == 2 and target[0] is module and type(target[1]) is Atom:
        found.qualified.add((target[1].name, count))


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
    if form[0] is _WITH and "else" not in names:
        yield None  # what did not match
    for key, value in options:
        if key.name not in sections:
            continue
        if form[0] is _WITH and key.name == "do":
            yield from tail_forms(value)
            continue
        for arrow in split_tail(value)[0]:
            yield from tail_forms(split_tail(arrow[2])[0][1])


def begun_list(form: Any, function: Key | None) -> tuple[list[Any], Any]:
    """Return the elements of `[a, b | name(…)]` and the call, where it is one of the function itself; else no call."""
    if type(form) is Cons:
        *items, last = split_tail(form)[0]
        if type(last) is tuple and len(last) == 3 and last[0] is _BAR:
            head, call = split_tail(last[2])[0]
            if type(call) is tuple and len(call) == 3 and type(call[0]) is Atom and type(call[2]) in (Cons, EmptyList):
                if call[0] not in _OTHER_FORMS and (_name(call[0], call[1]), len(split_tail(call[2])[0])) == function:
                    return [*items, head], call
    return [], None


def begins_lists(definition: Definition) -> bool:
    """Tell whether a function returns lists whose tail is what a call of itself returns."""
    leaves = (leaf for clause in definition.clauses for leaf in tail_forms(clause.body))
    return any(begun_list(leaf, definition.emitted)[1] is not None for leaf in leaves)


class Cycles(NamedTuple):
    """The cycles of tail calls of a module.

    `members` gives the number of a function's cycle. `widths` gives the largest arity in a cycle, the number of
    parameters that all its bodies take; it has none of a cycle that qualified calls are part of: those go to the newest
    version of the module, whose functions may be others.
    """

    members: dict[Key, int]
    widths: dict[int, int]


def find_cycles(calls: dict[Key, TailCalls]) -> Cycles:
    """Return the cycles of two and more functions, and of one that calls itself by `Module.name`.

    A function that calls itself plainly is no cycle here: it loops.
    """
    members = _connected({key: found.local | found.qualified for key, found in calls.items()})
    number = len(members)
    for key, found in calls.items():
        if key in found.qualified and key not in members:
            number += 1
            members[key] = number
    widths: dict[int, int] = {}
    for key, cycle in members.items():
        widths[cycle] = max(widths.get(cycle, 0), key[1])
    for key, cycle in members.items():
        if any(members.get(target) == cycle for target in calls[key].qualified):
            widths.pop(cycle, None)
    return Cycles(members, widths)


def _connected(calls: dict[Key, set[Key]]) -> dict[Key, int]:
    """Number the strongly connected parts of two and more (Tarjan's algorithm, without recursion)."""
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

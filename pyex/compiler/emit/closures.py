"""`fn` and captures as Python functions.

A closure captures the cells of the variables it reads. Where the surrounding code may run again in
the same Python frame (a loop made of a tail call, a comprehension), those cells change under it, so there the function
is made by a factory that takes their values.
"""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit.builder import Builder
from pyex.compiler.emit.clauses import emit_clauses, split_arrow
from pyex.compiler.emit.frame import Frame, value_form
from pyex.compiler.emit.result import TAIL, Result
from pyex.compiler.forms import Clause
from pyex.terms.atoms import Atom, is_atom
from pyex.terms.errors import PyexBug
from pyex.terms.lists import split_tail


@value_form("fn")
def anonymous_function(frame: Frame, meta: Any, clauses: list[Any]) -> Result:
    """`fn clauses end`."""
    position = frame.b.at(meta)
    found = [split_arrow(clause) for clause in clauses]
    label = f"-{frame.label}-fun-{next(frame.closures)}-"
    name, statements = closure(frame, label, found)
    frame.b.back(position)
    return Result(frame.b.name(name), statements)


def closure(frame: Frame, label: str, clauses: list[Clause]) -> tuple[str, list[ast.stmt]]:
    """Emit a Python function of clauses; returns its local name and the statements that make it."""
    b = frame.b
    position = b.line, b.column
    arity = len(clauses[0].args)
    child = Frame(frame.unit, frame.label, frame)
    parameters = child.parameters = [child.temporary() for _ in range(arity)]
    body = emit_clauses(child, parameters, clauses, TAIL, lambda: no_clause(child, position, label, parameters))
    b.back(position)
    return define(frame, label, arity, parameters, body)


def define(
    frame: Frame, label: str, arity: int, parameters: list[str], body: list[ast.stmt]
) -> tuple[str, list[ast.stmt]]:
    """Emit the Python function of a `fn` inside another; returns its local name and the statements that make it.

    On the BEAM what a module's function captures are parameters more, which stack traces count.
    """
    b = frame.b
    local = frame.temporary()
    compiled = frame.unit.module is not None
    free = sorted(free_names(parameters, body)) if frame.repeats or compiled else []
    title = f"{label}/{arity + len(free) if compiled else arity}"
    definition = b.function(title, parameters, body)
    captured = free if frame.repeats else []
    frame.encloses = frame.encloses or not frame.repeats  # what a factory takes is a value, and no cell that may change
    if not captured:
        return local, [definition, b.assign(local, b.name(title))]
    factory = frame.temporary()
    made = b.function(factory, captured, [definition, b.return_(b.name(title))])
    return local, [made, b.assign(local, b.call(factory, *[b.name(name) for name in captured]))]


def no_clause(frame: Frame, position: tuple[int, int], label: str, parameters: list[str]) -> list[ast.stmt]:
    """Return what fails when no clause of a function of that label takes its arguments."""
    b: Builder = frame.b
    b.back(position)
    args = b.pytuple([b.name(parameter) for parameter in parameters])
    return [b.raise_(b.call("anonymous_clause", b.name("__elixir__"), b.const(label), args))]


def free_names(parameters: list[str], body: list[ast.stmt]) -> set[str]:
    """Return the locals of the surrounding function that a function's body reads."""
    loaded: set[str] = set()
    stored: set[str] = set(parameters)
    stack: list[Any] = list(body)
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is ast.Name:
            (loaded if type(node.ctx) is ast.Load else stored).add(node.id)
            continue
        if kind is ast.FunctionDef:
            # Its parameters and locals are its own: a name that it has too may be read outside of it.
            stored.add(node.name)
            loaded |= free_names([one.arg for one in node.args.args], node.body)
            stack.extend(node.args.defaults)
            continue
        if kind is ast.ExceptHandler and node.name:
            stored.add(node.name)
        for field in _children(kind):
            part = getattr(node, field)
            if type(part) is list:
                stack.extend(part)
            elif part is not None:
                stack.append(part)
    return {name for name in loaded - stored if "@" in name and "/" not in name}


_CHILDREN: Final[dict[type, tuple[str, ...]]] = {
    ast.Constant: (),
    ast.FunctionDef: ("args", "body"),
    ast.arguments: ("args",),
}
"""The fields of a kind of node that hold nodes, as far as emitted code uses them."""


def _children(kind: type) -> tuple[str, ...]:
    """Return the fields of a kind of node that may hold expressions or statements."""
    found = _CHILDREN.get(kind)
    if found is None:
        found = tuple(name for name in getattr(kind, "_fields", ()) if name not in _LEAVES)
        _CHILDREN[kind] = found
    return found


_LEAVES: Final = frozenset(
    {"arg", "attr", "conversion", "ctx", "id", "kind", "lineno", "module", "name", "names", "op", "ops", "type_comment"}
)
"""Fields that hold names, operators and marks."""


@value_form("&")
def capture(frame: Frame, meta: Any, args: list[Any]) -> Result:
    """`&Module.name/arity` and `&name/arity`; other captures have become `fn` before."""
    b = frame.b
    b.at(meta)
    target, arity = split_tail(args[0][2])[0]
    head, _, rest = target
    if type(head) is Atom or head is None:
        return Result(b.name(f"{_text(head)}/{arity}"))
    module, name = split_tail(head[2])[0]
    if is_atom(module):
        return Result(frame.constants.export(module, _text(name), arity))
    result = frame.value(module)
    if rest is None:
        raise PyexBug("a capture without a call")
    found = b.call("capture", frame.expression(result), b.const(_text(name)), b.const(arity))
    return Result(found, result.statements)


def _text(name: Any) -> str:
    return name.name if type(name) is Atom else _CONSTANTS[name]


_CONSTANTS: Final[dict[Any, str]] = {None: "nil", True: "true", False: "false"}

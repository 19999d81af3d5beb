"""The one factory of Python AST nodes: every node gets the position of the form being emitted.

Names may be any text (`x@2`, `handle_call/3`), since no Python source is ever written. Nodes that there are many of have their
positions set after they were made: a third cheaper than by keywords.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.lists import Cons

_LOAD: Final = ast.Load()
_STORE: Final = ast.Store()
_IS: Final = ast.Is()
_IS_NOT: Final = ast.IsNot()
_LINE: Final = atom("line")
_COLUMN: Final = atom("column")

COMPARISONS: Final[dict[str, ast.cmpop]] = {
    "==": ast.Eq(),
    "!=": ast.NotEq(),
    "<": ast.Lt(),
    "<=": ast.LtE(),
    ">": ast.Gt(),
    ">=": ast.GtE(),
    "is": _IS,
    "is not": _IS_NOT,
    "in": ast.In(),
}
OPERATORS: Final[dict[str, ast.operator]] = {
    "+": ast.Add(),
    "-": ast.Sub(),
    "*": ast.Mult(),
    "//": ast.FloorDiv(),
    "%": ast.Mod(),
    "&": ast.BitAnd(),
    "|": ast.BitOr(),
    "^": ast.BitXor(),
    ">>": ast.RShift(),
}
_AND: Final = ast.And()
_OR: Final = ast.Or()
_NOT: Final = ast.Not()


class Builder:
    """Makes nodes at the current `line` and `column` (counted from 0)."""

    __slots__ = ("column", "line")
    line: int
    column: int

    def __init__(self, line: int = 1, column: int = 0) -> None:
        self.line = line
        self.column = column

    def at(self, meta: Any) -> tuple[int, int]:
        """Move to the position in a form's metadata, if it has one, and return the position."""
        while type(meta) is Cons:
            key, value = meta.head
            if key is _LINE:
                self.line = value
            elif key is _COLUMN:
                self.column = value - 1
            meta = meta.tail
        return self.line, self.column

    def back(self, position: tuple[int, int]) -> None:
        """Move to a position that `at` returned."""
        self.line, self.column = position

    # ---- expressions

    def name(self, name: str) -> ast.Name:
        """Read a name."""
        node = ast.Name(name, _LOAD)
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def store(self, name: str) -> ast.Name:
        """The target of an assignment."""
        node = ast.Name(name, _STORE)
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def const(self, value: Any) -> ast.Constant:
        """A Python constant."""
        node = ast.Constant(value)
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def call(self, function: ast.expr | str, *args: ast.expr) -> ast.Call:
        """A call; a function given by text is a name."""
        target = self.name(function) if type(function) is str else function
        node = ast.Call(target, list(args), [])  # type: ignore[arg-type]  # an expr by then
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def attribute(self, value: ast.expr, name: str) -> ast.Attribute:
        """`value.name`."""
        node = ast.Attribute(value, name, _LOAD)
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def tail(self, cell: str, name: str) -> ast.expr:
        """Read the tail of the cell in a local, by way of another one: `t if (t := cell._tail) is not LAZY else cell._grow()`."""
        read = self.walrus(name, self.attribute(self.name(cell), "_tail"))
        grown = self.call(self.attribute(self.name(cell), "_grow"))
        return self.conditional(self.compare(read, "is not", self.name("LAZY")), self.name(name), grown)

    def item(self, value: ast.expr, index: int | ast.expr) -> ast.Subscript:
        """`value[index]`."""
        key = self.const(index) if isinstance(index, int) else index
        return ast.Subscript(value, key, _LOAD, lineno=self.line, col_offset=self.column)

    def compare(self, left: ast.expr, *rest: Any) -> ast.Compare:
        """`left op right …`, operators as text: `compare(a, "is", b, "is", c)`."""
        operators = [COMPARISONS[name] for name in rest[::2]]
        node = ast.Compare(left, operators, list(rest[1::2]))
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def is_type(self, value: ast.expr, kind: str) -> ast.Compare:
        """`type(value) is kind`."""
        return self.compare(self.call("type", value), "is", self.name(kind))

    def all_of(self, tests: Sequence[ast.expr]) -> ast.expr:
        """`a and b and …`; no test at all is `True`."""
        if not tests:
            return self.const(True)
        if len(tests) == 1:
            return tests[0]
        flat: list[ast.expr] = []
        for test in tests:
            if type(test) is ast.BoolOp and type(test.op) is ast.And:
                flat.extend(test.values)
            else:
                flat.append(test)
        return ast.BoolOp(_AND, flat, lineno=self.line, col_offset=self.column)

    def any_of(self, tests: Sequence[ast.expr]) -> ast.expr:
        """`a or b or …`, of at least one test."""
        if len(tests) == 1:
            return tests[0]
        return ast.BoolOp(_OR, list(tests), lineno=self.line, col_offset=self.column)

    def not_(self, value: ast.expr) -> ast.expr:
        """`not value`; `a is b` becomes `a is not b`."""
        if type(value) is ast.Compare and len(value.ops) == 1:
            if value.ops[0] is _IS:
                return ast.Compare(value.left, [_IS_NOT], value.comparators, lineno=self.line, col_offset=self.column)
            if value.ops[0] is _IS_NOT:
                return ast.Compare(value.left, [_IS], value.comparators, lineno=self.line, col_offset=self.column)
        return ast.UnaryOp(_NOT, value, lineno=self.line, col_offset=self.column)

    def negative(self, value: ast.expr) -> ast.expr:
        """`-value`."""
        return ast.UnaryOp(ast.USub(), value, lineno=self.line, col_offset=self.column)

    def binary(self, left: ast.expr, operator: str, right: ast.expr) -> ast.BinOp:
        """`left operator right`."""
        return ast.BinOp(left, OPERATORS[operator], right, lineno=self.line, col_offset=self.column)

    def conditional(self, test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.IfExp:
        """`then if test else otherwise`."""
        return ast.IfExp(test, then, otherwise, lineno=self.line, col_offset=self.column)

    def walrus(self, name: str, value: ast.expr) -> ast.NamedExpr:
        """`(name := value)`."""
        node = ast.NamedExpr(self.store(name), value)
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def pytuple(self, items: Sequence[ast.expr]) -> ast.Tuple:
        """A tuple."""
        return ast.Tuple(list(items), _LOAD, lineno=self.line, col_offset=self.column)

    def pylist(self, items: Sequence[ast.expr]) -> ast.List:
        """A Python list."""
        return ast.List(list(items), _LOAD, lineno=self.line, col_offset=self.column)

    def pydict(self, keys: Sequence[ast.expr], values: Sequence[ast.expr]) -> ast.Dict:
        """A dict."""
        return ast.Dict(list(keys), list(values), lineno=self.line, col_offset=self.column)

    def interpolated(self, parts: Sequence[ast.expr]) -> ast.JoinedStr:
        """An f-string of constants and expressions that give `str`."""
        values: list[ast.expr] = [
            part
            if type(part) is ast.Constant
            else ast.FormattedValue(part, -1, None, lineno=self.line, col_offset=self.column)
            for part in parts
        ]
        return ast.JoinedStr(values, lineno=self.line, col_offset=self.column)

    # ---- statements

    def assign(self, name: str, value: ast.expr) -> ast.stmt:
        """`name = value`."""
        node = ast.Assign([self.store(name)], value)
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def assign_all(self, names: Sequence[str], values: ast.expr) -> ast.stmt:
        """`a, b = values`."""
        target = ast.Tuple([self.store(name) for name in names], _STORE, lineno=self.line, col_offset=self.column)
        return ast.Assign([target], values, lineno=self.line, col_offset=self.column)

    def evaluate(self, value: ast.expr) -> ast.stmt:
        """An expression whose value is not used."""
        return ast.Expr(value, lineno=self.line, col_offset=self.column)

    def put(self, name: str, key: ast.expr, value: ast.expr) -> ast.stmt:
        """`name[key] = value`."""
        target = ast.Subscript(self.name(name), key, _STORE, lineno=self.line, col_offset=self.column)
        return ast.Assign([target], value, lineno=self.line, col_offset=self.column)

    def yield_(self, value: ast.expr) -> ast.stmt:
        """`yield value`."""
        return self.evaluate(ast.Yield(value, lineno=self.line, col_offset=self.column))

    def return_(self, value: ast.expr) -> ast.stmt:
        """`return value`."""
        node = ast.Return(value)
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def raise_(self, value: ast.expr | None = None) -> ast.stmt:
        """`raise value`."""
        return ast.Raise(value, None, lineno=self.line, col_offset=self.column)

    def decrease(self, name: str, attribute: str) -> ast.stmt:
        """`name.attribute -= 1`."""
        target = self.attribute(self.name(name), attribute)
        target.ctx = ast.Store()
        return ast.AugAssign(target, ast.Sub(), self.const(1), lineno=self.line, col_offset=self.column)

    def if_(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt] | None = None) -> ast.stmt:
        """An `if`; an empty body becomes `pass`."""
        node = ast.If(test, body or [self.pass_()], orelse or [])
        node.lineno = self.line
        node.col_offset = self.column
        return node

    def loop(self, body: list[ast.stmt]) -> ast.stmt:
        """`while True:`, which costs nothing by itself."""
        return ast.While(self.const(True), body, [], lineno=self.line, col_offset=self.column)

    def for_(self, target: str, iterable: ast.expr, body: list[ast.stmt]) -> ast.stmt:
        """`for target in iterable:`."""
        return ast.For(
            self.store(target), iterable, body or [self.pass_()], [], None, lineno=self.line, col_offset=self.column
        )

    def try_(
        self,
        body: list[ast.stmt],
        caught: str,
        handler: list[ast.stmt],
        orelse: list[ast.stmt] | None = None,
        kind: str = "Exception",
    ) -> ast.stmt:
        """`try: … except kind as caught: … else: …`."""
        clause = ast.ExceptHandler(
            self.name(kind), caught or None, handler or [self.pass_()], lineno=self.line, col_offset=self.column
        )
        return ast.Try(body, [clause], orelse or [], [], lineno=self.line, col_offset=self.column)

    def pass_(self) -> ast.stmt:
        """`pass`."""
        return ast.Pass(lineno=self.line, col_offset=self.column)

    def break_(self) -> ast.stmt:
        """`break`."""
        return ast.Break(lineno=self.line, col_offset=self.column)

    def continue_(self) -> ast.stmt:
        """`continue`."""
        return ast.Continue(lineno=self.line, col_offset=self.column)

    def function(self, name: str, parameters: Sequence[str], body: list[ast.stmt]) -> ast.stmt:
        """`def name(parameters): body`."""
        arguments = ast.arguments(
            [],
            [ast.arg(text, None, lineno=self.line, col_offset=self.column) for text in parameters],
            None,
            [],
            [],
            None,
            [],
        )
        return ast.FunctionDef(name, arguments, body, [], None, lineno=self.line, col_offset=self.column)

    def delete(self, name: str) -> ast.stmt:
        """`del name`."""
        target = ast.Name(name, ast.Del(), lineno=self.line, col_offset=self.column)
        return ast.Delete([target], lineno=self.line, col_offset=self.column)


def terminates(body: list[ast.stmt]) -> bool:
    """Tell whether control surely does not fall out of the end of these statements."""
    if not body:
        return False
    last = body[-1]
    kind = type(last)
    if kind is ast.Return or kind is ast.Raise or kind is ast.Continue or kind is ast.Break:
        return True
    if kind is ast.If:
        return bool(last.orelse) and terminates(last.body) and terminates(last.orelse)  # type: ignore[attr-defined]
    if kind is ast.Try:
        parts = [handler.body for handler in last.handlers]  # type: ignore[attr-defined]
        parts.append(last.orelse or last.body)  # type: ignore[attr-defined]
        return all(terminates(part) for part in parts)
    return False

"""Operators and guard BIFs: inline for the usual types, a function of `terms.ops` otherwise.

A check that the types already known make superfluous is left out. The result of arithmetic on
two integers is an integer, so a chain of operations checks each operand once.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.emit.frame import Frame
from pyex.compiler.emit.result import ANY, BOOL, FLOAT, INT, LIST, MAP, NUMBER, STRING, TUPLE, Result
from pyex.terms.atoms import Atom
from pyex.terms.order import equals, identical

Operator = Callable[[Frame, list[Result]], Result]
ERLANG: Final[dict[tuple[str, int], Operator]] = {}
"""Handlers of `:erlang` functions that are emitted inline, by name and arity."""

_FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _operator(name: str, arity: int) -> Callable[[Operator], Operator]:
    def register(handler: Operator) -> Operator:
        ERLANG[name, arity] = handler
        return handler

    return register


# ---- arithmetic


def _two(frame: Frame, operands: list[Result], inline: Callable[[ast.expr, ast.expr], ast.expr], helper: str) -> Result:
    """Emit an operation on two integers inline, and call the helper for other operands."""
    b = frame.b
    left, right = operands
    first, second = frame.expression(left), frame.expression(right)
    if left.known == INT and right.known == INT:
        return Result(inline(first, second), None, INT)
    if not _may_be_integer(left) or not _may_be_integer(right):
        return Result(b.call(helper, first, second), None, NUMBER)
    if not frame.simple(left):
        name = frame.temporary()
        first, left = b.walrus(name, first), Result(b.name(name), None, left.known)
    if not frame.simple(right):
        name = frame.temporary()
        second, right = b.walrus(name, second), Result(b.name(name), None, right.known)
    if right.known == INT and frame.simple(right) and type(second) is not ast.NamedExpr:
        test = b.is_type(first, "int")
    elif left.known == INT and type(first) is not ast.NamedExpr:
        test = b.is_type(second, "int")
    elif type(first) is ast.Name and type(second) is ast.Name and first.id == second.id:
        test = b.is_type(first, "int")
    else:
        test = b.compare(b.call("type", first), "is", b.call("type", second), "is", b.name("int"))
    one, two = frame.again(left), frame.again(right)
    known = left.known & right.known & INT or INT
    found = b.conditional(test, inline(one, two), b.call(helper, one, two))
    return Result(found, None, known if left.known == right.known == INT else NUMBER)


def _may_be_integer(result: Result) -> bool:
    return bool(result.known & INT)


def _arithmetic(symbol: str, helper: str) -> None:
    def emit(frame: Frame, operands: list[Result]) -> Result:
        if any(operand.known == FLOAT for operand in operands):
            return _floating(frame, operands, helper)
        return _two(frame, operands, lambda one, two: frame.b.binary(one, symbol, two), helper)

    ERLANG[symbol, 2] = emit


def _floating(frame: Frame, operands: list[Result], helper: str) -> Result:
    """Emit an operation that gives a float, or fails: in a module without telling of its operands, as the BEAM's instructions."""
    name = helper if frame.unit.module is None else f"float_{helper}"
    return Result(frame.b.call(name, *[frame.expression(operand) for operand in operands]), None, FLOAT)


_arithmetic("+", "add")
_arithmetic("-", "subtract")
_arithmetic("*", "multiply")


def _bitwise(name: str, symbol: str) -> None:
    def emit(frame: Frame, operands: list[Result]) -> Result:
        found = _two(frame, operands, lambda one, two: frame.b.binary(one, symbol, two), name)
        return Result(found.expression, None, INT)

    ERLANG[name, 2] = emit


@_operator("/", 2)
def division(frame: Frame, operands: list[Result]) -> Result:
    """`a / b`."""
    return _floating(frame, operands, "divide")


_bitwise("band", "&")
_bitwise("bor", "|")
_bitwise("bxor", "^")


def _division(name: str, symbol: str) -> None:
    """`div` and `rem` truncate, Python floors: they agree where no operand is negative."""

    def emit(frame: Frame, operands: list[Result]) -> Result:
        b = frame.b
        left, right = operands
        first, second = frame.expression(left), frame.expression(right)
        divisor = right.constant
        if type(divisor) is not int or divisor <= 0 or left.is_constant:
            return Result(b.call(name, first, second), None, INT)
        if not frame.simple(left):
            temporary = frame.temporary()
            first, left = b.walrus(temporary, first), Result(b.name(temporary), None, left.known)
        if left.known == INT:
            test: ast.expr = b.compare(first, ">=", b.const(0))
        else:
            test = b.all_of([b.is_type(first, "int"), b.compare(frame.again(left), ">=", b.const(0))])
        inline = b.binary(frame.again(left), symbol, b.const(divisor))
        return Result(b.conditional(test, inline, b.call(name, frame.again(left), second)), None, INT)

    ERLANG[name, 2] = emit


_division("div", "//")
_division("rem", "%")


@_operator("-", 1)
def negate(frame: Frame, operands: list[Result]) -> Result:
    """`-a`; of a literal, a literal."""
    found = operands[0].constant
    if type(found) is int or type(found) is float:
        return Result(None, None, operands[0].known, -found)
    if operands[0].known == INT:
        return Result(frame.b.negative(frame.expression(operands[0])), None, INT)
    return Result(frame.b.call("negate", frame.expression(operands[0])), None, NUMBER)


# ---- comparison


def _ordering(symbol: str, operator: str, helper: str) -> None:
    def emit(frame: Frame, operands: list[Result]) -> Result:
        found = _two(frame, operands, lambda one, two: frame.b.compare(one, operator, two), helper)
        return Result(found.expression, None, BOOL)

    ERLANG[symbol, 2] = emit


_ordering("<", "<", "less")
_ordering("=<", "<=", "less_equal")
_ordering(">", ">", "greater")
_ordering(">=", ">=", "greater_equal")


def _is_identity(term: Any) -> bool:
    """Tell whether `is` compares with this constant: atoms, and the empty list."""
    return type(term) is Atom or term is None or type(term) is bool or type(term).__name__ == "EmptyList"


def _equality(symbol: str, helper: str, strict: bool, negated: bool) -> None:
    def emit(frame: Frame, operands: list[Result]) -> Result:
        left, right = operands
        if left.is_constant and right.is_constant:
            same = (identical if strict else equals)(left.constant, right.constant)
            return Result(None, None, BOOL, same is not negated)
        found = _equal(frame, [right, left] if left.is_constant else operands, helper, strict)
        return Result(frame.b.not_(found) if negated else found, None, BOOL)

    ERLANG[symbol, 2] = emit


def _equal(frame: Frame, operands: list[Result], helper: str, strict: bool) -> ast.expr:
    b = frame.b
    left, right = operands
    first, second = frame.expression(left), frame.expression(right)
    if right.is_constant and _is_identity(right.constant):
        return b.compare(first, "is", second)
    if left.known == INT and right.known == INT:
        return b.compare(first, "==", second)
    if left.known == STRING or right.known == STRING:
        if right.is_constant:
            return b.compare(first, "==", second)
        return b.call(helper, first, second)
    if type(right.constant) is int and not strict:
        return _equals_integer(frame, left, second)
    if type(right.constant) is int:
        if not frame.simple(left):
            name = frame.temporary()
            first, left = b.walrus(name, first), Result(b.name(name), None, left.known)
        return b.all_of([b.is_type(first, "int"), b.compare(frame.again(left), "==", second)])
    if frame.simple(left) and frame.simple(right) and not right.is_constant:
        return b.any_of([b.compare(first, "is", second), b.call(helper, frame.again(left), frame.again(right))])
    return b.call(helper, first, second)


def _equals_integer(frame: Frame, left: Result, literal: ast.expr) -> ast.expr:
    """`left == 1`: an integer or float may equal it, `true` must not."""
    b = frame.b
    first = frame.expression(left)
    if not frame.simple(left):
        name = frame.temporary()
        first, left = b.walrus(name, first), Result(b.name(name), None, left.known)
    plain = b.compare(frame.again(left), "==", literal)
    return b.conditional(b.is_type(first, "int"), plain, b.call("equals", frame.again(left), literal))


_equality("==", "equals", strict=False, negated=False)
_equality("/=", "equals", strict=False, negated=True)
_equality("=:=", "identical", strict=True, negated=False)
_equality("=/=", "identical", strict=True, negated=True)


# ---- booleans


@_operator("not", 1)
def negation(frame: Frame, operands: list[Result]) -> Result:
    """`not a`."""
    value = frame.expression(operands[0])
    if operands[0].known == BOOL:
        return Result(frame.b.not_(value), None, BOOL)
    return Result(frame.b.call("not_", value), None, BOOL)


# ---- type tests and BIFs


def _type_test(name: str, kind: str, known: int) -> None:
    def emit(frame: Frame, operands: list[Result]) -> Result:
        if operands[0].known == known and frame.simple(operands[0]):
            return Result(None, None, BOOL, True)
        return Result(frame.b.is_type(frame.expression(operands[0]), kind), None, BOOL)

    ERLANG[name, 1] = emit


_type_test("is_integer", "int", INT)
_type_test("is_float", "float", FLOAT)
_type_test("is_tuple", "tuple", TUPLE)
_type_test("is_map", "Map", MAP)
_type_test("is_pid", "Pid", 0)
_type_test("is_reference", "Reference", 0)
_type_test("is_port", "Port", 0)


def _function(name: str, arity: int, helper: str, known: int = ANY) -> None:
    def emit(frame: Frame, operands: list[Result]) -> Result:
        return Result(frame.b.call(helper, *[frame.expression(operand) for operand in operands]), None, known)

    ERLANG[name, arity] = emit


for _name, _arity, _helper, _known in (
    ("+", 1, "plus", NUMBER),
    ("++", 2, "concat_lists", ANY),
    ("--", 2, "subtract_lists", LIST),
    ("abs", 1, "abs_", NUMBER),
    ("round", 1, "round_", INT),
    ("trunc", 1, "trunc", INT),
    ("floor", 1, "floor", INT),
    ("ceil", 1, "ceil", INT),
    ("bnot", 1, "bnot", INT),
    ("bsl", 2, "bsl", INT),
    ("bsr", 2, "bsr", INT),
    ("tuple_size", 1, "tuple_size", INT),
    ("map_get", 2, "map_get", ANY),
    ("byte_size", 1, "byte_size", INT),
    ("bit_size", 1, "bit_size", INT),
    ("length", 1, "length", INT),
    ("binary_part", 3, "binary_part", ANY),
    ("and", 2, "and_", BOOL),
    ("or", 2, "or_", BOOL),
    ("xor", 2, "xor", BOOL),
    ("max", 2, "maximum", ANY),
    ("min", 2, "minimum", ANY),
    ("is_bitstring", 1, "is_bitstring", BOOL),
    ("is_function", 1, "is_function", BOOL),
    ("is_function", 2, "is_function", BOOL),
):
    _function(_name, _arity, _helper, _known)


def _alternatives(name: str, kinds: tuple[str, ...], constants: tuple[Any, ...] = (), empty: bool = False) -> None:
    """A type test of several Python types and constants, asked one after the other."""

    def emit(frame: Frame, operands: list[Result]) -> Result:
        b = frame.b
        operand = operands[0]
        if not frame.simple(operand) or operand.is_constant:
            return Result(b.call(name, frame.expression(operand)), None, BOOL)
        tests: list[ast.expr] = [b.is_type(frame.again(operand), kind) for kind in kinds]
        tests += [b.compare(frame.again(operand), "is", b.const(constant)) for constant in constants]
        if empty:
            tests.append(b.compare(frame.again(operand), "is", b.name("EMPTY")))
        return Result(b.any_of(tests), None, BOOL)

    ERLANG[name, 1] = emit


_alternatives("is_atom", ("Atom",), (None, True, False))
_alternatives("is_binary", ("str", "bytes"))
_alternatives("is_boolean", (), (True, False))
_alternatives("is_number", ("int", "float"))
_alternatives("is_list", ("Cons",), empty=True)


def _swapped(name: str, helper: str, known: int) -> None:
    """A BIF whose Erlang argument order is the other way round from the helper's."""

    def emit(frame: Frame, operands: list[Result]) -> Result:
        statements = [*frame.spill(operands[0]), *frame.spill(operands[1])]
        first, second = (frame.expression(operand) for operand in operands)
        return Result(frame.b.call(helper, second, first), statements, known)

    ERLANG[name, 2] = emit


_swapped("is_map_key", "is_map_key", BOOL)


def _field(name: str, field: str) -> None:
    """`hd` and `tl`: a slot of a cell."""

    def emit(frame: Frame, operands: list[Result]) -> Result:
        b = frame.b
        operand = operands[0]
        if not frame.simple(operand) or operand.is_constant:
            return Result(b.call(name, frame.expression(operand)))
        read = b.attribute(frame.again(operand), field)
        test = b.is_type(frame.again(operand), "Cons")
        return Result(b.conditional(test, read, b.call(name, frame.again(operand))))

    ERLANG[name, 1] = emit


_field("hd", "head")
_field("tl", "tail")


@_operator("map_size", 1)
def map_size(frame: Frame, operands: list[Result]) -> Result:
    """`map_size(map)`."""
    b = frame.b
    if not frame.simple(operands[0]) or operands[0].is_constant:
        return Result(b.call("map_size", frame.expression(operands[0])), None, INT)
    size = b.call("len", b.attribute(frame.again(operands[0]), "_data"))
    test = b.is_type(frame.again(operands[0]), "Map")
    return Result(b.conditional(test, size, b.call("map_size", frame.again(operands[0]))), None, INT)


@_operator("element", 2)
def element(frame: Frame, operands: list[Result]) -> Result:
    """`:erlang.element(n, tuple)`, counted from 1."""
    index = operands[0].constant
    b = frame.b
    if type(index) is int and index >= 1:
        value = operands[1]
        checked = b.call("elem", frame.expression(value), b.const(index - 1))
        if not frame.simple(value) or value.is_constant:
            return Result(checked)
        longer = b.compare(b.call("len", frame.again(value)), ">=", b.const(index))
        test = b.all_of([b.is_type(frame.again(value), "tuple"), longer])
        return Result(b.conditional(test, b.item(frame.again(value), index - 1), checked))
    statements = [*frame.spill(operands[0]), *frame.spill(operands[1])]
    return Result(b.call("element", *[frame.expression(operand) for operand in operands]), statements)


@_operator("setelement", 3)
def setelement(frame: Frame, operands: list[Result]) -> Result:
    """`:erlang.setelement(n, tuple, value)`, counted from 1."""
    return Result(frame.b.call("setelement", *[frame.expression(operand) for operand in operands]))

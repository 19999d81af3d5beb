"""Choice: `if`, `unless`, the boolean operators, `match?`, `then`, `tap`, `destructure`."""

from __future__ import annotations

from typing import Any

from pyex.compiler.kernel.build import (
    UNDERSCORE,
    apply_fun,
    block,
    call,
    case,
    clause,
    erlang,
    falsy,
    generated,
    imported,
    is_call,
    is_var,
    keyword_dict,
    match,
    remote,
    var,
)
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import argument_error, elixir_error
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, Cons, EmptyList, elixir_list

CHOICE_META = elixir_list((atom("type_check"), atom("expr")))
BOOLEAN_META = elixir_list((atom.optimize_boolean, True), *CHOICE_META)
_ELSE = atom("else")
UTILS = alias("Kernel.Utils")


def if_(env: Any, condition: Any, clauses: Any) -> Any:
    """Evaluate `do` when the condition is neither `nil` nor `false`, else `else`."""
    parts = _branches("if", clauses)
    x = var("x")
    return case(condition, clause(x, parts.get("else"), falsy(x)), clause(UNDERSCORE, parts["do"]), meta=BOOLEAN_META)


def unless(env: Any, condition: Any, clauses: Any) -> Any:
    """Evaluate `do` when the condition is `nil` or `false`, else `else`."""
    parts = _branches("unless", clauses)
    return imported("if", condition, elixir_list((atom.do, parts.get("else")), (_ELSE, parts["do"])))


def _branches(name: str, clauses: Any) -> dict[str, Any]:
    parts = keyword_dict(clauses)
    if parts is None or "do" not in parts or not set(parts) <= {"do", "else"} or len(parts) != len(clauses):
        raise argument_error(f'invalid or duplicate keys for {name}, only "do" and an optional "else" are permitted')
    return parts


def and_(env: Any, left: Any, right: Any) -> Any:
    """Boolean and: the left side must be a boolean."""
    return _boolean(env, "and", left, right, False)


def or_(env: Any, left: Any, right: Any) -> Any:
    """Boolean or: the left side must be a boolean."""
    return _boolean(env, "or", left, right, True)


def _boolean(env: Any, name: str, left: Any, right: Any, decided: bool) -> Any:
    if env.context == "guard":
        return erlang("andalso" if name == "and" else "orelse", left, right)
    _refuse_match(env, name)
    other = var("other")
    fail = erlang("error", (atom("{}"), EMPTY, elixir_list(atom.badbool, atom(name), other)))
    clauses = [clause(False, right), clause(True, True)] if decided else [clause(False, False), clause(True, right)]
    return case(left, *clauses, clause(other, fail), meta=BOOLEAN_META)


def and_then(env: Any, left: Any, right: Any) -> Any:
    """`&&`: the right side when the left is truthy, else the left."""
    _refuse_guard(env, "&&")
    x = var("x")
    return case(left, clause(x, x, falsy(x)), clause(UNDERSCORE, right), meta=CHOICE_META)


def or_else(env: Any, left: Any, right: Any) -> Any:
    """`||`: the left side when it is truthy, else the right."""
    _refuse_guard(env, "||")
    x = var("x")
    return case(left, clause(x, right, falsy(x)), clause(x, x), meta=CHOICE_META)


def not_(env: Any, value: Any) -> Any:
    """`!`: true for `nil` and `false`, false for all else."""
    _refuse_guard(env, "!")
    x = var("x")
    # Two negations in a row are a conversion to a boolean.
    if is_call(value) and value[0] is atom("!") and isinstance(value[2], Cons) and len(value[2]) == 1:
        return case(value[2].head, clause(x, False, falsy(x)), clause(UNDERSCORE, True), meta=BOOLEAN_META)
    return case(value, clause(x, True, falsy(x)), clause(UNDERSCORE, False), meta=BOOLEAN_META)


def _refuse_match(env: Any, name: str) -> None:
    if env.context == "match":
        raise argument_error(
            f"invalid expression in match, {name} is not allowed in patterns such as function clauses, "
            "case clauses or on the left side of the = operator"
        )


def _refuse_guard(env: Any, name: str) -> None:
    _refuse_match(env, name)
    if env.context == "guard":
        raise argument_error(
            f"invalid expression in guard, {name} is not allowed in guards. To learn more about guards, "
            "visit: https://hexdocs.pm/elixir/patterns-and-guards.html"
        )


def match_p(env: Any, pattern: Any, expression: Any) -> Any:
    """`match?`: whether the expression matches the pattern (with an optional guard)."""
    if is_call(pattern) and pattern[0] is atom("_") and not isinstance(pattern[2], (Cons, EmptyList)):
        return block(expression, True)
    return case(expression, clause(pattern, True), clause(UNDERSCORE, False), meta=generated())


def then(env: Any, value: Any, function: Any) -> Any:
    """Call the function with the value."""
    return apply_fun(function, value)


def tap(env: Any, value: Any, function: Any) -> Any:
    """Call the function with the value and return the value."""
    kept = var("value")
    return block(match(kept, value), apply_fun(function, kept), kept)


def destructure(env: Any, left: Any, right: Any) -> Any:
    """Match a list of variables with a list of any length: missing elements are `nil`."""
    if not isinstance(left, (Cons, EmptyList)):
        raise elixir_error("FunctionClauseError", module=alias("Kernel"), function=atom("destructure"), arity=2)
    return match(left, remote(UTILS, "destructure", right, len(left)))


def to_string(env: Any, term: Any) -> Any:
    """Convert the term to a string by the protocol `String.Chars`."""
    return remote(alias("String.Chars"), "to_string", term)


def to_charlist(env: Any, term: Any) -> Any:
    """Convert the term to a charlist by the protocol `List.Chars`."""
    return remote(alias("List.Chars"), "to_charlist", term)


def concat(env: Any, left: Any, right: Any) -> Any:
    """`<>`: one binary of two; in a pattern the left side must be of a known size."""
    *before, last = _unchain(left, right)
    return call("<<>>", *[_concat_part(env, part, False) for part in before], _concat_part(env, last, True))


def _unchain(left: Any, right: Any) -> list[Any]:
    """Return the operands of `a <> b <> c`, which nests to the right."""
    parts = [left]
    while is_call(right) and right[0] is atom("<>") and isinstance(right[2], Cons) and len(right[2]) == 2:
        left, right = right[2]
        parts.append(left)
    return [*parts, right]


def _concat_part(env: Any, part: Any, last: bool) -> Any:
    if env.context == "match" and not last and is_call(part):
        part = export(alias("Macro"), "expand", 2).fn(part, env)
        if is_var(part) and part[2] is None:
            raise argument_error(
                "cannot perform prefix match because the left operand of <> has unknown size. The left operand of <> inside "
                "a match should either be a literal binary or an existing variable with the pin operator "
                f"(such as ^some_var). Got: {part[0].name}"
            )
    if type(part) is str or type(part) is bytes:
        return part
    if type(part) is not tuple:
        from pyex.terms.inspect import inspect

        raise argument_error(f"expected binary argument in <> operator but got: {inspect(part)}")
    return call("::", part, (atom.binary, EMPTY, None))

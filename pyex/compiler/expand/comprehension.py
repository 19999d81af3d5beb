"""`for`: generators, filters, options."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import fatal
from pyex.compiler.env import Scope
from pyex.compiler.expand.clauses import clauses, head, is_clauses, one, outside_patterns
from pyex.compiler.expand.core import pattern, walk, walk_args
from pyex.compiler.expand.variables import report_unused
from pyex.compiler.expand.words import (
    BITS,
    GENERATOR,
    NOT_SPECIAL,
    TYPED,
    call,
    code_text,
    is_call,
    keyword_items,
    special,
)
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, from_pylist, to_pylist

_OPTIONS: Final = ("do", "into", "uniq", "reduce")


@special("for")
def for_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand a comprehension."""
    if not args:
        return NOT_SPECIAL
    outside_patterns("for", meta, s)
    steps, parts = _split(args, meta, s)
    if "do" not in parts:
        raise fatal(s.env, meta, 'missing :do option in "for"')
    body = parts.pop("do")
    values = dict(zip(parts, walk_args(list(parts.values()), s), strict=True))
    _check(values, body, meta, s)
    saved, first, env = s.vars, s.next_version, s.env
    walked = [_step(step, s) for step in steps]
    if not steps or not _is_generator(steps[0]):
        raise fatal(s.env, meta, "for comprehensions must start with a generator")
    if "reduce" in values:
        body = clauses("for", "do", body, meta, one("for", "do"), s)
    else:
        body = walk(body, s)
    report_unused(s, first)
    s.vars, s.env = saved, env
    result = [(atom.do, body), *[(atom(key), value) for key, value in values.items()]]
    if "into" not in values and "reduce" not in values:
        result.append((atom.into, EMPTY))
    return (atom("for"), meta, from_pylist([*walked, from_pylist(result)]))


def _split(args: list[Any], meta: Any, s: Scope) -> tuple[list[Any], dict[str, Any]]:
    """Take the options off the end: the block, and before it the keywords when the block stands alone."""
    parts: dict[str, Any] = {}
    steps = list(args)
    while steps and (pairs := keyword_items(steps[-1])) and len(args) - len(steps) < 2:
        steps.pop()
        for key, value in pairs:
            if key.name not in _OPTIONS:
                raise fatal(s.env, meta, f"unsupported option :{key.name} given to for")
            parts[key.name] = value
    return steps, parts


def _check(values: dict[str, Any], body: Any, meta: Any, s: Scope) -> None:
    env = s.env
    if "uniq" in values and type(values["uniq"]) is not bool:
        raise fatal(
            env,
            meta,
            f":uniq option for comprehensions only accepts a boolean, got: {code_text(values['uniq'])}",
        )
    if "reduce" in values:
        if "into" in values or "uniq" in values:
            raise fatal(env, meta, "cannot use :reduce alongside :into/:uniq in comprehension")
        if not is_clauses(body):
            raise fatal(
                env,
                meta,
                "when using :reduce with comprehensions, the do block must be written using acc -> expr clauses, "
                "where each clause expects the accumulator as a single argument",
            )
    elif is_clauses(body):
        raise fatal(
            env,
            meta,
            "when using :do with comprehensions, the do block cannot be written as acc -> expr clauses unless the "
            ":reduce option is given",
        )


def _is_generator(form: Any) -> bool:
    return is_call(form, GENERATOR, 2) or _bit_generator(form) is not None


def _bit_generator(form: Any) -> tuple[list[Any], Any, Any] | None:
    """Return (segments before the last, the last, the source) of `<<a, b <- source>>`, or None."""
    if not is_call(form, BITS):
        return None
    segments = to_pylist(form[2])
    last: Any = segments[-1] if segments else None
    if is_call(last, GENERATOR, 2):
        left, right = to_pylist(last[2])
        return segments[:-1], (left, last[1]), right
    if is_call(last, TYPED, 2):
        # `<<a::8 <- source>>` is read as `a :: (8 <- source)` by no grammar, but `::` may hold the arrow.
        value, spec = to_pylist(last[2])
        if is_call(spec, GENERATOR, 2):
            left, right = to_pylist(spec[2])
            return segments[:-1], (call(TYPED, last[1], value, left), spec[1]), right
    return None


def _step(form: Any, s: Scope) -> Any:
    if is_call(form, GENERATOR, 2):
        left, right = to_pylist(form[2])
        right = walk(right, s)
        return call(GENERATOR, form[1], head(form[1], [left], s)[0], right)
    found = _bit_generator(form)
    if found is None:
        return walk(form, s)
    front, (last, meta), source = found
    source = walk(source, s)
    segments = (BITS, form[1], from_pylist([*front, last]))
    return (BITS, form[1], from_pylist([call(GENERATOR, meta, pattern(segments, s), source)]))

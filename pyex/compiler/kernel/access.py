"""`get_in`, `put_in`, `update_in`, `get_and_update_in`, `pop_in` with a path: `put_in(users["ann"].age, 3)`."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.kernel.build import (
    KERNEL,
    apply_fun,
    block,
    call,
    case,
    clause,
    code_text,
    erlang,
    fun,
    generated,
    is_call,
    match,
    remote,
    var,
)
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, elixir_list, to_pylist

ACCESS: Final = alias("Access")
Step = tuple[str, Any]
"""How to go one step down: ("access", key form) for `m[key]`, ("field", name) for `m.name`."""


def get_in(env: Any, path: Any) -> Any:
    """The value at a path; `nil` on the way ends in `nil`."""
    root, steps = _path(path, "get_in", 1)
    result = root
    for kind, key in steps:
        if kind == "access":
            result = remote(ACCESS, "get", result, key)
        else:
            x = var("x")
            result = case(result, clause(None, None), clause(x, _field(x, key)))
    return result


def put_in(env: Any, path: Any, value: Any) -> Any:
    """The data with the value set at a path."""
    root, steps = _path(path, "put_in", 2)
    kept = var("value")
    return block(match(kept, value), _second(_nest(root, steps, lambda _: (None, kept))))


def update_in(env: Any, path: Any, function: Any) -> Any:
    """The data with the function applied to the value at a path."""
    root, steps = _path(path, "update_in", 2)
    kept = var("fun")
    return block(match(kept, function), _second(_nest(root, steps, lambda x: (None, apply_fun(kept, x)))))


def get_and_update_in(env: Any, path: Any, function: Any) -> Any:
    """What the function returns beside the new value at a path, and the new data."""
    root, steps = _path(path, "get_and_update_in", 2)
    kept = var("fun")
    return block(match(kept, function), _nest(root, steps, lambda x: apply_fun(kept, x)))


def pop_in(env: Any, path: Any) -> Any:
    """The value at a path, and the data without it."""
    root, steps = _path(path, "pop_in", 1)
    if steps[-1][0] == "field":
        raise argument_error(
            "cannot use pop_in when the last segment is a map/struct field. "
            f"This would effectively remove the field {inspect(steps[-1][1])} from the map/struct"
        )
    return _nest(root, steps, lambda _: atom.pop)


def _second(pair: Any) -> Any:
    return erlang("element", 2, pair)


def _field(subject: Any, name: Any) -> Any:
    return ((atom("."), elixir_list(), elixir_list(subject, name)), elixir_list((atom.no_parens, True)), elixir_list())


def _variable(name: str) -> Any:
    """Return a variable of the macro that need not be read: `put_in` does not look at the old value."""
    return (atom(name), generated(), KERNEL)


def _nest(subject: Any, steps: list[Step], leaf: Any, depth: int = 0) -> Any:
    """Return the form of `{got, new data}` after the steps; `leaf` makes that pair of the value at the end."""
    (kind, key), rest = steps[0], steps[1:]
    x = _variable(f"x{depth}")
    inner = leaf(x) if not rest else _nest(x, rest, leaf, depth + 1)
    if kind == "access":
        return remote(ACCESS, "get_and_update", subject, key, fun([x], inner))
    data, got, new = _variable(f"data{depth}"), _variable(f"got{depth}"), _variable(f"new{depth}")
    updated = _updated(data, key, new)
    return block(
        match(data, subject),
        match(x, _field(data, key)),
        match((got, new), inner),
        (got, updated),
    )


def _updated(subject: Any, key: Any, value: Any) -> Any:
    """Return `%{subject | key => value}`."""
    return (atom("%{}"), elixir_list(), elixir_list(call("|", subject, elixir_list((key, value)))))


def _path(form: Any, name: str, arity: int) -> tuple[Any, list[Step]]:
    """Return the root of a path and its steps."""
    steps: list[Step] = []
    root = form
    while is_call(root) and is_call(root[0]) and root[0][0] is atom(".") and len(to_pylist(root[0][2])) == 2:
        left, right = to_pylist(root[0][2])
        if right is atom.get and left is atom("Elixir.Access") or (_is_access(left) and right is atom.get):
            root, key = to_pylist(root[2])
            steps.append(("access", key))
        elif type(right) is Atom and not isinstance(root[2], Cons) and not _is_alias(left):
            root = left
            steps.append(("field", right))
        else:
            break
    if not steps:
        raise argument_error(
            f"expected expression given to {name}/{arity} to access at least one element, got: {code_text(form)}"
        )
    return root, steps[::-1]


def _is_access(form: Any) -> bool:
    return form is alias("Access") or (_is_alias(form) and to_pylist(form[2]) == [atom.Access])


def _is_alias(form: Any) -> bool:
    return is_call(form) and form[0] is atom("__aliases__")

""":ets: objects found by a pattern or a match specification."""

from __future__ import annotations

from typing import Any, Final

from pyex.otp import match_specs
from pyex.stdlib.erlang.ets.base import END, failure, module, table_for
from pyex.terms.atoms import atom
from pyex.terms.lists import elixir_list, from_pylist, is_proper, to_pylist

ALL: Final = atom("$_")
BOUND: Final = atom("$$")


def _spec(pattern: Any, result: Any) -> Any:
    return elixir_list((pattern, from_pylist([]), elixir_list(result)))


def _selected(name: str, table: Any, spec: Any, *, write: bool = False) -> list[Any]:
    found = table_for(name, table, spec, write=write)
    if not is_proper(spec) or not all(
        type(clause) is tuple and len(clause) == 3 and is_proper(clause[1]) and is_proper(clause[2]) and clause[2]
        for clause in to_pylist(spec)
    ):
        raise failure(name, (table, spec), a2="not a valid match specification")
    return match_specs.select(spec, list(found.objects()))


def _part(found: list[Any], limit: int) -> Any:
    """Return the first answers and a continuation that holds the others."""
    if not found:
        return END
    return from_pylist(found[:limit]), (limit, from_pylist(found[limit:])) if len(found) > limit else END


def _continued(continuation: Any) -> Any:
    if continuation is END:
        return END
    if type(continuation) is not tuple or len(continuation) != 2:
        raise failure("select", (continuation,), a1="invalid continuation")
    limit, rest = continuation
    return _part(list(to_pylist(rest)), limit)


@module.function("match", arity=2)
def match(table: Any, pattern: Any) -> Any:
    """Return what the variables `:"$1"`, `:"$2"` … of a pattern are for each object that fits.

    iex> table = :ets.new(:t, [:ordered_set])
    iex> :ets.insert(table, [{:ann, 30}, {:bob, 20}])
    iex> :ets.match(table, {:"$1", 20})
    [[:bob]]
    """
    return from_pylist(_selected("match", table, _spec(pattern, BOUND)))


@module.function("match", arity=3)
def match_part(table: Any, pattern: Any, limit: Any) -> Any:
    """As `match/2`, a number of answers at a time, with a continuation for `match/1`."""
    return _part(_selected("match", table, _spec(pattern, BOUND)), limit)


@module.function
def match_object(table: Any, pattern: Any) -> Any:
    """Return the objects that fit a pattern.

    iex> table = :ets.new(:t, [])
    iex> :ets.insert(table, {:ann, 30})
    iex> :ets.match_object(table, {:_, 30})
    [ann: 30]
    """
    return from_pylist(_selected("match_object", table, _spec(pattern, ALL)))


@module.function("match_object", arity=3)
def match_object_part(table: Any, pattern: Any, limit: Any) -> Any:
    """As `match_object/2`, a number of objects at a time."""
    return _part(_selected("match_object", table, _spec(pattern, ALL)), limit)


@module.function
def match_delete(table: Any, pattern: Any) -> Any:
    """Take the objects that fit a pattern out."""
    found = table_for("match_delete", table, pattern, write=True)
    for item in _selected("match_delete", table, _spec(pattern, ALL), write=True):
        found.delete_object(item)
    return True


@module.function
def select(table: Any, spec: Any) -> Any:
    """Return what a match specification `[{pattern, guards, results}]` makes of the objects that fit.

    iex> table = :ets.new(:t, [:ordered_set])
    iex> :ets.insert(table, [{:ann, 30}, {:bob, 20}])
    iex> :ets.select(table, [{{:"$1", :"$2"}, [{:>, :"$2", 25}], [:"$1"]}])
    [:ann]
    """
    return from_pylist(_selected("select", table, spec))


@module.function("select", arity=3)
def select_part(table: Any, spec: Any, limit: Any) -> Any:
    """As `select/2`, a number of answers at a time, with a continuation for `select/1`."""
    return _part(_selected("select", table, spec), limit)


for _name in ("select", "match", "match_object", "select_reverse"):
    module.function(_name, arity=1)(_continued)


@module.function
def select_reverse(table: Any, spec: Any) -> Any:
    """As `select/2`, from the last object to the first."""
    return from_pylist(_selected("select_reverse", table, spec)[::-1])


@module.function("select_reverse", arity=3)
def select_reverse_part(table: Any, spec: Any, limit: Any) -> Any:
    """As `select/3`, from the last object to the first."""
    return _part(_selected("select_reverse", table, spec)[::-1], limit)


@module.function
def select_count(table: Any, spec: Any) -> Any:
    """Return for how many objects a match specification gives true.

    iex> table = :ets.new(:t, [])
    iex> :ets.insert(table, [{1}, {2}])
    iex> :ets.select_count(table, [{{:"$1"}, [{:>, :"$1", 1}], [true]}])
    1
    """
    return sum(answer is True for answer in _selected("select_count", table, spec))


def _answers(name: str, table: Any, spec: Any) -> list[tuple[Any, Any]]:
    """Return the objects that fit, each with what the specification makes of it."""
    found = table_for(name, table, spec, write=True)
    pairs = []
    for item in list(found.objects()):
        answer = match_specs.select(spec, [item])
        if answer:
            pairs.append((item, answer[0]))
    return pairs


@module.function
def select_delete(table: Any, spec: Any) -> Any:
    """Take the objects out for which a match specification gives true; returns how many."""
    _selected("select_delete", table, spec, write=True)
    chosen = [item for item, answer in _answers("select_delete", table, spec) if answer is True]
    found = table_for("select_delete", table, spec, write=True)
    for item in chosen:
        found.delete_object(item)
    return len(chosen)


@module.function
def select_replace(table: Any, spec: Any) -> Any:
    """Replace objects by what a match specification makes of them, with the same key; returns how many."""
    _selected("select_replace", table, spec, write=True)
    found = table_for("select_replace", table, spec, write=True)
    pairs = _answers("select_replace", table, spec)
    for item, answer in pairs:
        found.delete_object(item)
        found.insert(answer)
    return len(pairs)


@module.function
def test_ms(tuple: Any, spec: Any) -> Any:
    """Try a match specification on a tuple: `{:ok, result}`, false when it does not fit.

    iex> :ets.test_ms({1, 2}, [{{:"$1", :_}, [], [:"$1"]}])
    {:ok, 1}
    """
    answer = match_specs.select(spec, [tuple])
    return atom("ok"), answer[0] if answer else False


@module.function
def match_spec_compile(spec: Any) -> Any:
    """Return a match specification in the form that `match_spec_run/2` takes."""
    return spec


@module.function
def match_spec_run(list: Any, compiled: Any) -> Any:
    """Return what a match specification makes of the tuples of a list."""
    return from_pylist(match_specs.select(compiled, to_pylist(list)))

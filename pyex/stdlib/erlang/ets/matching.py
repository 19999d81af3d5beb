""":ets: objects found by a pattern or a match specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pyex.otp import match_specs
from pyex.otp.match_spec_faults import faults
from pyex.stdlib.erlang.ets.base import END, failure, module, table_for
from pyex.stdlib.erlang.ets.table import ORDERED, Table
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, charlist, elixir_list, from_iterable, from_pylist, is_proper, to_pylist
from pyex.terms.order import identical
from pyex.terms.pids import Reference

ALL: Final = atom("$_")
BOUND: Final = atom("$$")
NO_SPEC: Final = "not a valid match specification"


def _spec(pattern: Any, result: Any) -> Any:
    return elixir_list((pattern, from_pylist([]), elixir_list(result)))


def _selected(name: str, table: Any, pattern_or_spec: Any, spec: Any, *, write: bool = False) -> list[Any]:
    """Return what a specification makes of a table's objects; what the function was given is told when it fails."""
    found = _checked(name, table, pattern_or_spec, spec, write=write)
    return match_specs.select(spec, found.objects())


def _checked(name: str, table: Any, pattern_or_spec: Any, spec: Any, *, write: bool = False) -> Table:
    found = table_for(name, table, pattern_or_spec, write=write)
    if spec is not EMPTY and faults(spec):
        raise failure(name, (table, pattern_or_spec), a2=NO_SPEC)
    return found


def _part(name: str, args: tuple[Any, ...], spec: Any, *, backwards: bool = False) -> Any:
    """Return the first answers, as many as the last argument says, and a continuation that holds the others."""
    table, given, limit = args
    found = _checked(name, table, given, spec)
    if type(limit) is not int or limit < 1:
        raise failure(name, args, a3="out of range")
    objects = list(found.objects())
    if found.kind is not ORDERED:
        objects.reverse()
    elif backwards:
        objects.reverse()
    answers = [(item, answers[0]) for item in objects if (answers := match_specs.select(spec, [item]))]
    return _taken(found, answers, limit)


def _taken(found: Table, answers: list[tuple[Any, Any]], limit: int) -> Any:
    if not answers or (found.kind is ORDERED and len(answers) <= limit):
        return (from_pylist([answer for _, answer in answers]), END) if answers else END
    taken, rest = answers[:limit], answers[limit:]
    results = [answer for _, answer in taken]
    held = Reference.holding((found, rest))
    key = found.key_of(taken[-1][0])
    if found.kind is ORDERED:
        return from_pylist(results), (found.reference, key, EMPTY, limit, held, EMPTY, 0, 0)
    if len(taken) < limit:
        return from_pylist(results[::-1]), END
    return from_pylist(results[::-1]), (found.reference, found.slot_of(key) + 1, limit, held, EMPTY, 0)


def _continued(continuation: Any) -> Any:
    if continuation is END:
        return END
    size = len(continuation) if type(continuation) is tuple else 0
    held = getattr(continuation[size // 2], "held", None) if size in (6, 8) else None
    if held is None:
        raise failure("select", (continuation,), a1="invalid continuation")
    found, rest = held
    return _taken(found, rest, continuation[size // 2 - 1])


@module.function("match", arity=2)
def match(table: Any, pattern: Any) -> Any:
    """Return what the variables `:"$1"`, `:"$2"` … of a pattern are for each object that fits.

    iex> table = :ets.new(:t, [:ordered_set])
    iex> :ets.insert(table, [{:ann, 30}, {:bob, 20}])
    iex> :ets.match(table, {:"$1", 20})
    [[:bob]]
    """
    return from_pylist(_selected("match", table, pattern, _spec(pattern, BOUND)))


@module.function("match", arity=3)
def match_part(table: Any, pattern: Any, limit: Any) -> Any:
    """As `match/2`, a number of answers at a time, with a continuation for `match/1`."""
    return _part("match", (table, pattern, limit), _spec(pattern, BOUND))


@module.function
def match_object(table: Any, pattern: Any) -> Any:
    """Return the objects that fit a pattern.

    iex> table = :ets.new(:t, [])
    iex> :ets.insert(table, {:ann, 30})
    iex> :ets.match_object(table, {:_, 30})
    [ann: 30]
    """
    return from_pylist(_selected("match_object", table, pattern, _spec(pattern, ALL)))


@module.function("match_object", arity=3)
def match_object_part(table: Any, pattern: Any, limit: Any) -> Any:
    """As `match_object/2`, a number of objects at a time."""
    return _part("match_object", (table, pattern, limit), _spec(pattern, ALL))


@module.function
def match_delete(table: Any, pattern: Any) -> Any:
    """Take the objects that fit a pattern out.

        iex> table = :ets.new(:t, [])
        iex> :ets.insert(table, [{1, :a}, {2, :b}])
        iex> :ets.match_delete(table, {:_, :a})
        true
        iex> :ets.tab2list(table)
        [{2, :b}]
    """
    found = table_for("match_delete", table, pattern, write=True)
    for item in _selected("match_delete", table, pattern, _spec(pattern, ALL), write=True):
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
    return from_pylist(_selected("select", table, spec, spec))


@module.function("select", arity=3)
def select_part(table: Any, spec: Any, limit: Any) -> Any:
    """As `select/2`, a number of answers at a time, with a continuation for `select/1`."""
    return _part("select", (table, spec, limit), spec)


for _name in ("select", "match", "match_object", "select_reverse"):
    module.function(_name, arity=1)(_continued)


@module.function
def select_reverse(table: Any, spec: Any) -> Any:
    """As `select/2`, from the last object to the first."""
    found = _selected("select_reverse", table, spec, spec)
    return from_pylist(found[::-1] if table_for("select_reverse", table, spec).kind is ORDERED else found)


@module.function("select_reverse", arity=3)
def select_reverse_part(table: Any, spec: Any, limit: Any) -> Any:
    """As `select/3`, from the last object to the first."""
    return _part("select_reverse", (table, spec, limit), spec, backwards=True)


@module.function
def select_count(table: Any, spec: Any) -> Any:
    """Return for how many objects a match specification gives true.

    iex> table = :ets.new(:t, [])
    iex> :ets.insert(table, [{1}, {2}])
    iex> :ets.select_count(table, [{{:"$1"}, [{:>, :"$1", 1}], [true]}])
    1
    """
    return sum(answer is True for answer in _selected("select_count", table, spec, spec))


def _answers(found: Table, spec: Any) -> list[tuple[Any, Any]]:
    """Return the objects that fit, each with what the specification makes of it."""
    return [(item, answer[0]) for item in list(found.objects()) if (answer := match_specs.select(spec, [item]))]


@module.function
def select_delete(table: Any, spec: Any) -> Any:
    """Take the objects out for which a match specification gives true; returns how many.

        iex> table = :ets.new(:t, [])
        iex> :ets.insert(table, [{1, :a}, {2, :b}])
        iex> :ets.select_delete(table, [{{:"$1", :_}, [{:>, :"$1", 1}], [true]}])
        1
    """
    found = _checked("internal_select_delete", table, spec, spec, write=True)
    chosen = [item for item, answer in _answers(found, spec) if answer is True]
    for item in chosen:
        found.delete_object(item)
    return len(chosen)


@module.function
def select_replace(table: Any, spec: Any) -> Any:
    """Replace objects by what a match specification makes of them, with the same key; returns how many.

        iex> table = :ets.new(:t, [])
        iex> :ets.insert(table, {1, :a})
        iex> :ets.select_replace(table, [{{:"$1", :a}, [], [{{:"$1", :z}}]}])
        1
        iex> :ets.tab2list(table)
        [{1, :z}]
    """
    found = _checked("select_replace", table, spec, spec, write=True)
    pairs = _answers(found, spec)
    if any(not _keeps_key(found, item, answer) for item, answer in pairs):
        raise failure("select_replace", (table, spec), a2=NO_SPEC)
    for item, answer in pairs:
        found.delete_object(item)
        found.insert(answer)
    return len(pairs)


def _keeps_key(found: Table, item: tuple[Any, ...], answer: Any) -> bool:
    return (
        type(answer) is tuple
        and len(answer) >= found.key_position
        and identical(found.key_of(answer), found.key_of(item))
    )


@module.function
def test_ms(tuple: Any, spec: Any) -> Any:
    """Try a match specification on a tuple: `{:ok, result}`, false when it does not fit, or `{:error, what is wrong}`.

    iex> :ets.test_ms({1, 2}, [{{:"$1", :_}, [], [:"$1"]}])
    {:ok, 1}
    iex> :ets.test_ms({1, 2}, [{:_, [], [:"$1"]}])
    {:error, [error: ~c"Variable $1 is unbound."]}
    """
    if wrong := faults(spec):
        return atom("error"), from_pylist([(atom("error"), charlist(text)) for text in wrong])
    answer = match_specs.select(spec, [tuple])
    return atom("ok"), answer[0] if answer else False


@module.function
def match_spec_compile(spec: Any) -> Any:
    """Return a match specification in the form that `match_spec_run/2` takes.

    iex> :ets.is_compiled_ms(:ets.match_spec_compile([{:_, [], [:"$_"]}]))
    true
    """
    if faults(spec):
        raise failure("match_spec_compile", (spec,), a1=NO_SPEC)
    return Reference.holding(_Compiled(spec))


@dataclass(frozen=True, slots=True)
class _Compiled:
    spec: Any


@module.function
def is_compiled_ms(term: Any) -> Any:
    """Tell whether a term is a compiled match specification.

    iex> :ets.is_compiled_ms([])
    false
    """
    return isinstance(getattr(term, "held", None), _Compiled)


@module.function
def match_spec_run_r(list: Any, compiled: Any, accumulator: Any) -> Any:
    """Return what a compiled match specification makes of the tuples of a list, backwards, before what is there already.

    iex> :ets.match_spec_run_r([{1}, {2}], :ets.match_spec_compile([{{:"$1"}, [], [:"$1"]}]), [0])
    [2, 1, 0]
    """
    held = getattr(compiled, "held", None)
    if not isinstance(held, _Compiled) or not is_proper(list):
        raise failure("match_spec_run_r", (list, compiled, accumulator))
    return from_iterable(match_specs.select(held.spec, to_pylist(list))[::-1], accumulator)


@module.function
def match_spec_run(list: Any, compiled: Any) -> Any:
    """Return what a compiled match specification makes of the tuples of a list.

        iex> spec = :ets.match_spec_compile([{{:"$1", :_}, [], [:"$1"]}])
        iex> :ets.match_spec_run([{1, :a}, {2, :b}], spec)
        [1, 2]
    """
    return from_pylist(to_pylist(match_spec_run_r(list, compiled, EMPTY))[::-1])

""":ets: objects put in, looked up, changed and taken out by their key."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.erlang.ets.base import failure, module, table_for
from pyex.stdlib.erlang.ets.table import Table
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, Cons, List, from_pylist, is_proper, to_pylist


def _given(name: str, table: Any, objects: Any) -> tuple[Table, list[tuple[Any, ...]]]:
    args = (table, objects)
    found = table_for(name, *args, write=True, wrong=_wrong(objects))
    items = [objects] if type(objects) is tuple else to_pylist(objects)
    if any(len(item) < found.key_position for item in items):
        raise failure(name, args)
    return found, items


def _wrong(objects: Any) -> dict[str, str]:
    """Return what is wrong with what is to be put into any table."""
    if objects == ():
        return {"a2": "is an empty tuple"}
    if type(objects) is tuple:
        return {}
    if not isinstance(objects, List):
        return {"a2": "not a tuple"}
    right = is_proper(objects) and all(type(item) is tuple and item for item in to_pylist(objects))
    return {} if right else {"a2": "not a non-empty tuple or a list of non-empty tuples"}


@module.function
def insert(table: Any, object_or_objects: Any) -> Any:
    """Add an object or a list of them; in a set an object takes the place of the one with its key.

    iex> table = :ets.new(:t, [:bag])
    iex> :ets.insert(table, [{:a, 1}, {:a, 2}])
    true
    iex> :ets.lookup(table, :a)
    [a: 1, a: 2]
    """
    found, items = _given("insert", table, object_or_objects)
    for item in items:
        found.insert(item)
    return True


@module.function
def insert_new(table: Any, object_or_objects: Any) -> Any:
    """Add objects if none of their keys is there; tells whether it did.

    iex> table = :ets.new(:t, [])
    iex> :ets.insert_new(table, {:a, 1})
    true
    iex> :ets.insert_new(table, {:a, 2})
    false
    """
    found, items = _given("insert_new", table, object_or_objects)
    if any(found.lookup(found.key_of(item)) for item in items):
        return False
    for item in items:
        found.insert(item)
    return True


@module.function
def lookup(table: Any, key: Any) -> Any:
    """Return the objects of a key.

    iex> :ets.lookup(:ets.new(:t, []), :none)
    []
    """
    return from_pylist(list(table_for("lookup", table, key).lookup(key)))


@module.function
def lookup_element(table: Any, key: Any, pos: Any) -> Any:
    """Return an element of a key's object; of a bag, those of all its objects. There must be one.

    iex> table = :ets.new(:t, [])
    iex> :ets.insert(table, {:a, 1})
    iex> :ets.lookup_element(table, :a, 2)
    1
    """
    args = (table, key, pos)
    found = table_for("lookup_element", *args)
    items = found.lookup(key)
    if not items:
        raise failure("lookup_element", args, a2="not a key that exists in the table")
    return _elements(found, items, args)


@module.function("lookup_element", arity=4)
def lookup_element_or(table: Any, key: Any, pos: Any, default: Any) -> Any:
    """Return an element of a key's object, or the default when there is none."""
    args = (table, key, pos, default)
    found = table_for("lookup_element", *args)
    items = found.lookup(key)
    return _elements(found, items, args) if items else default


def _elements(table: Table, items: list[tuple[Any, ...]], args: tuple[Any, ...]) -> Any:
    place = args[2]
    if type(place) is not int or place < 1 or any(len(item) < place for item in items):
        words = "position is greater than the size of the object" if type(place) is int else "not an integer"
        words = "out of range" if type(place) is int and place < 1 else words
        raise failure("lookup_element", args, a3=words)
    return items[0][place - 1] if table.is_set else from_pylist([item[place - 1] for item in items])


@module.function
def member(table: Any, key: Any) -> Any:
    """Tell whether a table has an object of a key.

    iex> :ets.member(:ets.new(:t, []), :a)
    false
    """
    return bool(table_for("member", table, key).lookup(key))


@module.function
def take(table: Any, key: Any) -> Any:
    """Take the objects of a key out, and return them.

        iex> table = :ets.new(:t, [])
        iex> :ets.insert(table, {1, :a})
        iex> :ets.take(table, 1)
        [{1, :a}]
        iex> :ets.take(table, 1)
        []
    """
    return from_pylist(list(table_for("take", table, key, write=True).delete(key)))


@module.function("delete", arity=2)
def delete_key(table: Any, key: Any) -> Any:
    """Take the objects of a key out."""
    table_for("delete", table, key, write=True).delete(key)
    return True


@module.function
def delete_object(table: Any, object_: Any) -> Any:
    """Take an object out; others of its key stay.

        iex> table = :ets.new(:t, [:bag])
        iex> :ets.insert(table, [{1, :a}, {1, :b}])
        iex> :ets.delete_object(table, {1, :a})
        true
        iex> :ets.tab2list(table)
        [{1, :b}]
    """
    found = table_for("delete_object", table, object_, write=True)
    if type(object_) is not tuple or len(object_) < found.key_position:
        raise failure("delete_object", (table, object_), a2="is an empty tuple" if object_ == () else "not a tuple")
    found.delete_object(object_)
    return True


@module.function
def delete_all_objects(table: Any) -> Any:
    """Take all objects out.

        iex> table = :ets.new(:t, [])
        iex> :ets.insert(table, {1, :a})
        iex> :ets.delete_all_objects(table)
        true
        iex> :ets.tab2list(table)
        []
    """
    table_for("delete_all_objects", table, write=True).clear()
    return True


def _only(name: str, args: tuple[Any, ...]) -> tuple[Table, tuple[Any, ...] | None]:
    found = table_for(name, *args, write=True)
    if not found.is_set:
        words = "the table identifier refers to an ETS table of a type not supported by this operation"
        raise failure(name, args, a1=words)
    items = found.lookup(args[1])
    return found, items[0] if items else None


_ABSENT: Final = object()


@module.function("update_counter", arity=(3, 4))
def update_counter(table: Any, key: Any, update_op: Any, default: Any = _ABSENT) -> Any:
    """Add to integers of a key's object: `n`, `{position, n}`, `{position, n, threshold, reset}` or a list of those; a
    default object is put in when there is none. Returns what came out.

        iex> table = :ets.new(:t, [])
        iex> :ets.update_counter(table, :hits, 1, {:hits, 0})
        1
    """
    args = (table, key, update_op) if default is _ABSENT else (table, key, update_op, default)
    found, item = _only("update_counter", args)
    if item is None:
        item = _default("update_counter", found, args)
    if item is None:
        raise failure("update_counter", args, a2="not a key that exists in the table")
    several = update_op is EMPTY or type(update_op) is Cons
    results = []
    for operation in to_pylist(update_op) if several else [update_op]:
        item, value = _counted(item, found.key_position, operation, args)
        results.append(value)
    found.insert(item)
    return from_pylist(results) if several else results[0]


def _default(name: str, found: Table, args: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return the object that is put in for a key that has none, if one is given."""
    if len(args) < 4:
        return None
    default, place = args[3], found.key_position - 1
    if type(default) is not tuple:
        raise failure(name, args, a4="not a tuple")
    return (*default[:place], args[1], *default[place + 1 :])


def _place(name: str, item: tuple[Any, ...], key: int, place: int, args: tuple[Any, ...]) -> int:
    """Return the index of an element that may be changed."""
    if place == key:
        raise failure(name, args, a3="the position is the same as the key position")
    if not 1 <= place <= len(item) or len(args) > 3 and place > len(args[3]):
        raise failure(name, args, a3="the position in the update operation is out of range")
    return place - 1


def _counted(item: tuple[Any, ...], key: int, operation: Any, args: tuple[Any, ...]) -> tuple[tuple[Any, ...], Any]:
    steps = operation if type(operation) is tuple else (key + 1, operation)
    if len(steps) not in (2, 4) or not all(type(part) is int for part in steps):
        raise failure("update_counter", args, a3="not a valid update operation")
    at = _place("update_counter", item, key, steps[0], args)
    if type(item[at]) is not int:
        raise failure("update_counter", args, a3="the value in the given position, in the object, is not an integer")
    value = item[at] + steps[1]
    if len(steps) == 4 and (value > steps[2] if steps[1] >= 0 else value < steps[2]):
        value = steps[3]
    return (*item[:at], value, *item[at + 1 :]), value


@module.function("update_element", arity=(3, 4))
def update_element(table: Any, key: Any, element_spec: Any, default: Any = _ABSENT) -> Any:
    """Replace elements of a key's object: `{position, value}` or a list of those; tells whether there was one.

        iex> table = :ets.new(:t, [])
        iex> :ets.insert(table, {1, :a})
        iex> :ets.update_element(table, 1, {2, :z})
        true
        iex> :ets.lookup(table, 1)
        [{1, :z}]
    """
    args = (table, key, element_spec) if default is _ABSENT else (table, key, element_spec, default)
    found, item = _only("update_element", args)
    if item is None:
        item = _default("update_element", found, args)
    if item is None:
        return False
    if type(element_spec) is Cons and not is_proper(element_spec):
        raise failure("update_element", args)
    for spec in to_pylist(element_spec) if is_proper(element_spec) else [element_spec]:
        if type(spec) is not tuple or len(spec) != 2 or type(spec[0]) is not int:
            raise failure("update_element", args, a3="is not a valid element specification")
        at = _place("update_element", item, found.key_position, spec[0], args)
        item = (*item[:at], spec[1], *item[at + 1 :])
    found.insert(item)
    return True


@module.function
def init_table(table: Any, init_fun: Any) -> Any:
    """Fill a table anew: the function is called with `:read` and returns `{objects, next function}` or `:end_of_input`.

    iex> table = :ets.new(:t, [])
    iex> :ets.init_table(table, fn :read -> :end_of_input end)
    true
    """
    found = table_for("init_table", table, init_fun, write=True)
    for item in list(found.objects()):
        found.delete_object(item)
    while True:
        read = init_fun(atom("read"))
        if read is atom("end_of_input"):
            return True
        objects, init_fun = read
        for item in to_pylist(objects):
            found.insert(item)

"""`:gb_trees`: maps as balanced trees, walked in the order of their keys."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs import balanced
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, bad_argument, function_clause
from pyex.terms.lists import from_pylist, is_proper, to_pylist

module = NativeModule(":gb_trees", doc="Maps as generally balanced trees: walked in the order of their keys.")

NONE: Final = atom("none")
VALUE: Final = atom("value")
NAME: Final = atom("gb_trees")


def _parts(tree: Any, name: str, *args: Any) -> tuple[int, Any]:
    """Return the size and the root of a tree."""
    if type(tree) is not tuple or len(tree) != 2 or type(tree[0]) is not int:
        raise function_clause(NAME, name, args or (tree,))
    return tree


def _nil_root(name: str, args: tuple[Any, ...]) -> ElixirError:
    return function_clause(NAME, name, args)


@module.function
def empty() -> Any:
    """Return an empty tree.

    iex> :gb_trees.empty()
    {0, nil}
    """
    return 0, None


@module.function
def is_empty(tree: Any) -> Any:
    """Tell whether a tree has no entries.

    iex> :gb_trees.is_empty(:gb_trees.empty())
    true
    """
    return _parts(tree, "is_empty")[1] is None


@module.function
def size(tree: Any) -> Any:
    """Return the number of entries.

    iex> :gb_trees.size(:gb_trees.from_orddict([a: 1, b: 2]))
    2
    """
    return _parts(tree, "size")[0]


@module.function
def lookup(key: Any, tree: Any) -> Any:
    """Return `{:value, value}`, or `:none` for a key that is not there.

    iex> :gb_trees.lookup(:a, :gb_trees.from_orddict([a: 1]))
    {:value, 1}
    """
    node = balanced.find(_parts(tree, "lookup", key, tree)[1], key)
    return NONE if node is None else (VALUE, node[1])


@module.function
def is_defined(key: Any, tree: Any) -> Any:
    """Tell whether a key is there.

    iex> :gb_trees.is_defined(:b, :gb_trees.from_orddict([a: 1]))
    false
    """
    return balanced.find(_parts(tree, "is_defined", key, tree)[1], key) is not None


@module.function
def get(key: Any, tree: Any) -> Any:
    """Return the value of a key that is there.

    iex> :gb_trees.get(:a, :gb_trees.from_orddict([a: 1]))
    1
    """
    node = balanced.find(_parts(tree, "get", key, tree)[1], key)
    if node is None:
        raise _nil_root("get_1", (key, None))
    return node[1]


@module.function
def insert(key: Any, value: Any, tree: Any) -> Any:
    """Return the tree with an entry more; its key must not be there.

    iex> :gb_trees.insert(:a, 1, :gb_trees.empty())
    {1, {:a, 1, nil, nil}}
    """
    count, root = _parts(tree, "insert", key, value, tree)
    try:
        return count + 1, balanced.insert(root, (key, value), count)
    except KeyError:
        raise ElixirError((atom("key_exists"), key)) from None


@module.function
def update(key: Any, value: Any, tree: Any) -> Any:
    """Return the tree with the value of a key replaced; the key must be there.

    iex> :gb_trees.update(:a, 2, :gb_trees.from_orddict([a: 1]))
    {1, {:a, 2, nil, nil}}
    """
    count, root = _parts(tree, "update", key, value, tree)
    try:
        return count, balanced.replace(root, (key, value))
    except KeyError:
        raise _nil_root("update_1", (key, value, None)) from None


@module.function
def enter(key: Any, value: Any, tree: Any) -> Any:
    """Return the tree with a key's value replaced, or with the entry more.

    iex> :gb_trees.enter(:a, 1, :gb_trees.empty())
    {1, {:a, 1, nil, nil}}
    """
    found = balanced.find(_parts(tree, "enter", key, value, tree)[1], key)
    return insert(key, value, tree) if found is None else update(key, value, tree)


@module.function
def delete(key: Any, tree: Any) -> Any:
    """Return the tree without a key that is there.

    iex> :gb_trees.delete(:a, :gb_trees.from_orddict([a: 1]))
    {0, nil}
    """
    count, root = _parts(tree, "delete", key, tree)
    try:
        return count - 1, balanced.delete(root, key)[1]
    except KeyError:
        raise _nil_root("delete_1", (key, None)) from None


@module.function
def delete_any(key: Any, tree: Any) -> Any:
    """Return the tree without a key, whether it is there or not.

    iex> :gb_trees.delete_any(:b, :gb_trees.from_orddict([a: 1]))
    {1, {:a, 1, nil, nil}}
    """
    return delete(key, tree) if is_defined(key, tree) else tree


@module.function("take", arity=2)
def take(key: Any, tree: Any) -> Any:
    """Return `{value, tree}`: the value of a key that is there, and the tree without it.

    iex> :gb_trees.take(:a, :gb_trees.from_orddict([a: 1]))
    {1, {0, nil}}
    """
    count, root = _parts(tree, "take", key, tree)
    try:
        entry, rest = balanced.delete(root, key)
    except KeyError:
        raise _nil_root("take_1", (key, None)) from None
    return entry[1], (count - 1, rest)


@module.function
def take_any(key: Any, tree: Any) -> Any:
    """Return `{value, tree}`, or `:error` when the key is not there.

    iex> :gb_trees.take_any(:b, :gb_trees.from_orddict([a: 1]))
    :error
    """
    return take(key, tree) if is_defined(key, tree) else atom("error")


@module.function
def from_orddict(list: Any) -> Any:
    """Return the tree of pairs that are in the order of their keys.

    iex> :gb_trees.from_orddict([a: 1, b: 2, c: 3])
    {3, {:b, 2, {:a, 1, nil, nil}, {:c, 3, nil, nil}}}
    """
    if not is_proper(list):
        raise bad_argument("erlang", "length", (list,), a1="not a list")
    pairs = to_pylist(list)
    return len(pairs), balanced.balanced(pairs)


@module.function
def balance(tree: Any) -> Any:
    """Return the tree rebuilt as flat as it can be.

    iex> :gb_trees.balance(:gb_trees.from_orddict([a: 1]))
    {1, {:a, 1, nil, nil}}
    """
    count, root = _parts(tree, "balance")
    return count, balanced.balanced(balanced.entries(root))


@module.function
def to_list(tree: Any) -> Any:
    """Return the entries in the order of their keys.

    iex> :gb_trees.to_list(:gb_trees.insert(:a, 1, :gb_trees.from_orddict([b: 2])))
    [a: 1, b: 2]
    """
    return from_pylist(balanced.entries(_parts(tree, "to_list")[1]))


@module.function
def keys(tree: Any) -> Any:
    """Return the keys in order.

    iex> :gb_trees.keys(:gb_trees.from_orddict([a: 1, b: 2]))
    [:a, :b]
    """
    return from_pylist([key for key, _ in balanced.entries(_parts(tree, "keys")[1])])


@module.function
def values(tree: Any) -> Any:
    """Return the values in the order of their keys.

    iex> :gb_trees.values(:gb_trees.from_orddict([a: 1, b: 2]))
    [1, 2]
    """
    return from_pylist([value for _, value in balanced.entries(_parts(tree, "values")[1])])


@module.function("map", arity=2)
def map_values(function: Any, tree: Any) -> Any:
    """Return the tree with a function of key and value as the values.

    iex> :gb_trees.map(fn _, v -> v * 2 end, :gb_trees.from_orddict([a: 1]))
    {1, {:a, 2, nil, nil}}
    """
    count, root = _parts(tree, "map", function, tree)

    def mapped(node: Any) -> Any:
        if node is None:
            return None
        return node[0], function(node[0], node[1]), mapped(node[2]), mapped(node[3])

    return count, mapped(root)


def _outermost(tree: Any, side: int, name: str) -> Any:
    root = _parts(tree, name)[1]
    if root is None:
        raise function_clause(NAME, f"{name}_1", (root,))
    return balanced.outermost(root, side)


@module.function
def smallest(tree: Any) -> Any:
    """Return the entry with the smallest key.

    iex> :gb_trees.smallest(:gb_trees.from_orddict([a: 1, b: 2]))
    {:a, 1}
    """
    return _outermost(tree, -2, "smallest")


@module.function
def largest(tree: Any) -> Any:
    """Return the entry with the largest key.

    iex> :gb_trees.largest(:gb_trees.from_orddict([a: 1, b: 2]))
    {:b, 2}
    """
    return _outermost(tree, -1, "largest")


def _taken(tree: Any, side: int, name: str) -> Any:
    count, root = _parts(tree, name)
    if root is None:
        raise function_clause(NAME, f"{name}1", (root,))
    (key, value), rest = balanced.take(root, side)
    return key, value, (count - 1, rest)


@module.function
def take_smallest(tree: Any) -> Any:
    """Return `{key, value, tree}`: the smallest entry, and the tree without it.

    iex> :gb_trees.take_smallest(:gb_trees.from_orddict([a: 1]))
    {:a, 1, {0, nil}}
    """
    return _taken(tree, -2, "take_smallest")


@module.function
def take_largest(tree: Any) -> Any:
    """Return `{key, value, tree}`: the largest entry, and the tree without it.

    iex> :gb_trees.take_largest(:gb_trees.from_orddict([a: 1]))
    {:a, 1, {0, nil}}
    """
    return _taken(tree, -1, "take_largest")


@module.function
def smaller(key: Any, tree: Any) -> Any:
    """Return the entry before a key, or `:none`.

    iex> :gb_trees.smaller(:b, :gb_trees.from_orddict([a: 1, b: 2]))
    {:a, 1}
    """
    found = balanced.neighbour(_parts(tree, "smaller", key, tree)[1], key, -1)
    return NONE if found is None else found


@module.function
def larger(key: Any, tree: Any) -> Any:
    """Return the entry after a key, or `:none`.

    iex> :gb_trees.larger(:b, :gb_trees.from_orddict([a: 1, b: 2]))
    :none
    """
    found = balanced.neighbour(_parts(tree, "larger", key, tree)[1], key, 1)
    return NONE if found is None else found


def _ordered(order: Any, name: str, *args: Any) -> None:
    """Raise FunctionClauseError unless the order of an iterator is one."""
    if not balanced.is_order(order):
        raise function_clause(NAME, name, (*args, order))


@module.function("iterator", arity=(1, 2))
def iterator(tree: Any, order: Any = balanced.ORDERED) -> Any:
    """Return an iterator for `next/1`, from the smallest key up or, `:reversed`, from the largest down.

    iex> {key, value, _} = :gb_trees.next(:gb_trees.iterator(:gb_trees.from_orddict([a: 1, b: 2])))
    iex> {key, value}
    {:a, 1}
    """
    _ordered(order, "iterator", tree)
    return balanced.iterator(_parts(tree, "iterator", tree, order)[1], order)


@module.function("iterator_from", arity=(2, 3))
def iterator_from(key: Any, tree: Any, order: Any = balanced.ORDERED) -> Any:
    """Return an iterator that begins at a key, or at the next one.

    iex> {key, _, _} = :gb_trees.next(:gb_trees.iterator_from(:b, :gb_trees.from_orddict([a: 1, b: 2])))
    iex> key
    :b
    """
    _ordered(order, "iterator_from", key, tree)
    return balanced.iterator(_parts(tree, "iterator_from", key, tree, order)[1], order, (key,))


@module.function
def next(iterator: Any) -> Any:
    """Return `{key, value, iterator}`, or `:none` at the end.

    iex> :gb_trees.next(:gb_trees.iterator(:gb_trees.empty()))
    :none
    """
    found = balanced.next_of(NAME, iterator)
    if found is None:
        return NONE
    node, rest = found
    return node[0], node[1], rest

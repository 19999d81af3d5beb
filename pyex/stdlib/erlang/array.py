"""`:array`: arrays as trees with ten branches.

A leaf is a tuple of ten elements, a node one of ten subtrees and the size of each; a number stands for a subtree of that size in
which nothing is set. `most` is how far the tree reaches, or 0 when the size is fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import is_function
from pyex.terms.lists import from_pylist, is_proper, to_pylist
from pyex.terms.order import identical

module = NativeModule(":array", doc="Arrays: elements by their number, which counts from 0.")

WIDTH: Final = 10
ARRAY: Final[Atom] = atom("array")
UNDEFINED: Final = atom("undefined")
FIXED: Final = atom("fixed")

Array = tuple[Any, int, int, Any, Any]


def _wrong() -> ElixirError:
    return ElixirError(atom("badarg"))


def _parts(array: Any) -> Array:
    if not is_array(array):
        raise _wrong()
    return array  # type: ignore[no-any-return]


def _index(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise _wrong()
    return value


def _reach(index: int, most: int) -> int:
    while index >= most:
        most *= WIDTH
    return most


def _read(index: int, tree: Any, default: Any) -> Any:
    while type(tree) is tuple:
        if len(tree) == WIDTH:
            return tree[index]
        branch, index = divmod(index, tree[WIDTH])
        tree = tree[branch]
    return default


def _written(index: int, tree: Any, value: Any, default: Any) -> Any:
    if type(tree) is int:
        tree = (default,) * WIDTH if tree == WIDTH else (tree // WIDTH,) * (WIDTH + 1)
    if len(tree) == WIDTH:
        return (*tree[:index], value, *tree[index + 1 :])
    branch, rest = divmod(index, tree[WIDTH])
    return (*tree[:branch], _written(rest, tree[branch], value, default), *tree[branch + 1 :])


def _grown(index: int, tree: Any, most: int) -> tuple[Any, int]:
    if type(tree) is int:
        most = _reach(index, tree)
        return most, most
    while index >= most:
        tree = (tree, *(most,) * WIDTH)
        most *= WIDTH
    return tree, most


def _elements(array: Array) -> list[Any]:
    found: list[Any] = []
    _, size, _, default, tree = array

    def collect(part: Any) -> None:
        if type(part) is int:
            found.extend([default] * min(part, size - len(found)))
        elif len(part) == WIDTH:
            found.extend(part)
        else:
            for branch in part[:WIDTH]:
                if len(found) < size:
                    collect(branch)

    collect(tree)
    found.extend([default] * (size - len(found)))
    return found[:size]


@module.function("new", arity=(0, 1, 2))
def new(first: Any = None, second: Any = None) -> Any:
    """Return an array without elements, or of a fixed size; options: a size, `:fixed`, `{:fixed, bool}`, `{:default, value}`.

    iex> :array.new(size: 3, default: 0) |> :array.to_list()
    [0, 0, 0]
    """
    options: list[Any] = []
    for given in (second, first):
        if given is not None:
            options = (to_pylist(given) if is_proper(given) else [given]) + options
    if second is not None and not is_proper(second):
        options = [first, second]
    size, default, fixed = 0, UNDEFINED, False
    if any(type(option) is int for option in options) or any(_named(option, "size") for option in options):
        fixed = True
    for option in options:
        if type(option) is int and option >= 0:
            size = option
        elif option is FIXED:
            fixed = True
        elif _named(option, "size") and type(option[1]) is int and option[1] >= 0:
            size = option[1]
        elif _named(option, "fixed") and type(option[1]) is bool:
            fixed = option[1]
        elif _named(option, "default"):
            default = option[1]
        else:
            raise _wrong()
    most = _reach(size - 1, WIDTH)
    return ARRAY, size, 0 if fixed else most, default, most


def _named(option: Any, name: str) -> bool:
    return type(option) is tuple and len(option) == 2 and option[0] is atom(name)


@module.function
def is_array(term: Any) -> Any:
    """Tell whether a term looks like an array.

    iex> :array.is_array(:array.new())
    true
    """
    return type(term) is tuple and len(term) == 5 and term[0] is ARRAY and type(term[1]) is int and type(term[2]) is int


@module.function
def size(array: Any) -> Any:
    """Return the number of elements: one more than the largest place that was set.

    iex> :array.size(:array.set(4, :a, :array.new()))
    5
    """
    return _parts(array)[1]


@module.function
def default(array: Any) -> Any:
    """Return what stands where nothing was set.

    iex> :array.default(:array.new())
    :undefined
    """
    return _parts(array)[3]


@module.function
def fix(array: Any) -> Any:
    """Return the array with its size fixed.

    iex> :array.is_fix(:array.fix(:array.new()))
    true
    """
    name, count, _, filler, tree = _parts(array)
    return name, count, 0, filler, tree


@module.function
def is_fix(array: Any) -> Any:
    """Tell whether an array's size is fixed.

    iex> :array.is_fix(:array.new(3))
    true
    """
    return _parts(array)[2] == 0


@module.function
def relax(array: Any) -> Any:
    """Return the array so that it grows.

    iex> :array.is_fix(:array.relax(:array.new(3)))
    false
    """
    name, count, most, filler, tree = _parts(array)
    return array if most else (name, count, _reach(count - 1, WIDTH), filler, tree)


@module.function
def get(index: Any, array: Any) -> Any:
    """Return the element of a place; beyond the end of an array that grows, the default.

    iex> :array.get(1, :array.from_list([:a, :b]))
    :b
    """
    _, count, most, filler, tree = _parts(array)
    if _index(index) < count:
        return _read(index, tree, filler)
    if most:
        return filler
    raise _wrong()


@module.function
def set(index: Any, value: Any, array: Any) -> Any:
    """Return the array with an element set; it grows where it may.

    iex> :array.set(1, :b, :array.from_list([:a])) |> :array.to_list()
    [:a, :b]
    """
    name, count, most, filler, tree = _parts(array)
    if _index(index) >= count:
        if not most:
            raise _wrong()
        if index >= most:
            tree, most = _grown(index, tree, most)
        count = index + 1
    return name, count, most, filler, _written(index, tree, value, filler)


@module.function
def reset(index: Any, array: Any) -> Any:
    """Return the array with an element set back to the default.

    iex> :array.reset(0, :array.from_list([:a])) |> :array.to_list()
    [:undefined]
    """
    _, count, most, filler, tree = _parts(array)
    if _index(index) >= count:
        if not most:
            raise _wrong()
        return array
    return array if identical(_read(index, tree, filler), filler) else set(index, filler, array)


@module.function("resize", arity=2)
def resize_to(size: Any, array: Any) -> Any:
    """Return the array with another size.

    iex> :array.resize(1, :array.from_list([:a, :b])) |> :array.to_list()
    [:a]
    """
    name, count, most, filler, tree = _parts(array)
    if _index(size) > count:
        reach = most or _reach(count - 1, WIDTH)
        tree, reach = _grown(size - 1, tree, reach) if size > reach else (tree, reach)
        return name, size, reach if most else 0, filler, tree
    return name, size, most, filler, tree


@module.function("resize", arity=1)
def resize(array: Any) -> Any:
    """Return the array without the defaults at its end.

    iex> :array.size(:array.resize(:array.set(5, :undefined, :array.new())))
    0
    """
    return resize_to(sparse_size(array), array)


@module.function
def sparse_size(array: Any) -> Any:
    """Return the size without the defaults at the end.

    iex> :array.sparse_size(:array.new(10))
    0
    """
    whole = _parts(array)
    count = whole[1]
    items = _elements(whole)
    while count and identical(items[count - 1], whole[3]):
        count -= 1
    return count


@module.function("from_list", arity=(1, 2))
def from_list(list: Any, default: Any = UNDEFINED) -> Any:
    """Return the array of a list's elements.

    iex> :array.from_list([:a, :b]) |> :array.size()
    2
    """
    if not is_proper(list):
        raise _wrong()
    made = ARRAY, 0, WIDTH, default, WIDTH
    return _filled(made, enumerate(to_pylist(list)))


def _filled(made: Any, pairs: Iterable[tuple[int, Any]]) -> Any:
    for index, value in pairs:
        made = set(index, value, made)
    return made


@module.function("from_orddict", arity=(1, 2))
def from_orddict(orddict: Any, default: Any = UNDEFINED) -> Any:
    """Return the array of pairs of a place and an element, in order.

    iex> :array.from_orddict([{1, :b}]) |> :array.to_list()
    [:undefined, :b]
    """
    if not is_proper(orddict):
        raise _wrong()
    last = -1
    pairs = to_pylist(orddict)
    for place, pair in enumerate(pairs):
        if type(pair) is not tuple or len(pair) != 2 or type(pair[0]) is not int or pair[0] <= last:
            raise ElixirError((atom("badarg"), from_pylist(pairs[place:])))
        last = pair[0]
    return _filled((ARRAY, 0, WIDTH, default, WIDTH), pairs)


def _sparse(array: Any) -> list[tuple[int, Any]]:
    whole = _parts(array)
    return [(index, item) for index, item in enumerate(_elements(whole)) if not identical(item, whole[3])]


@module.function
def to_list(array: Any) -> Any:
    """Return the elements as a list.

    iex> :array.to_list(:array.from_list([:a, :b]))
    [:a, :b]
    """
    return from_pylist(_elements(_parts(array)))


@module.function
def sparse_to_list(array: Any) -> Any:
    """Return the elements that are not the default.

    iex> :array.sparse_to_list(:array.set(3, :a, :array.new()))
    [:a]
    """
    return from_pylist([item for _, item in _sparse(array)])


@module.function
def to_orddict(array: Any) -> Any:
    """Return the pairs of place and element.

    iex> :array.to_orddict(:array.from_list([:a, :b]))
    [{0, :a}, {1, :b}]
    """
    return from_pylist(list(enumerate(_elements(_parts(array)))))


@module.function
def sparse_to_orddict(array: Any) -> Any:
    """Return the pairs of place and element, without those of the default.

    iex> :array.sparse_to_orddict(:array.set(3, :a, :array.new()))
    [{3, :a}]
    """
    return from_pylist(_sparse(array))


def _function(function: Any, arity: int) -> Callable[..., Any]:
    if not is_function(function, arity):
        raise _wrong()
    return function  # type: ignore[no-any-return]


@module.function("map")
def map_(function: Any, array: Any) -> Any:
    """Return the array of a function of place and element.

    iex> :array.map(fn i, x -> {i, x} end, :array.from_list([:a])) |> :array.to_list()
    [{0, :a}]
    """
    _function(function, 2)
    whole = _parts(array)
    pairs = [(index, function(index, item)) for index, item in enumerate(_elements(whole))]
    return _mapped(whole, pairs)


def _mapped(whole: Array, pairs: list[tuple[int, Any]]) -> Any:
    name, count, most, filler, tree = whole
    for index, item in pairs:
        tree = _written(index, tree, item, filler)
    return name, count, most, filler, tree


@module.function
def sparse_map(function: Any, array: Any) -> Any:
    """Return the array with a function of place and element where that is not the default.

    iex> :array.sparse_map(fn _, x -> x * 2 end, :array.from_list([1, :undefined])) |> :array.to_list()
    [2, :undefined]
    """
    _function(function, 2)
    return _mapped(_parts(array), [(index, function(index, item)) for index, item in _sparse(array)])


@module.function("foldl")
def foldl(function: Any, acc: Any, array: Any) -> Any:
    """Fold from the first element: the function takes place, element and accumulator.

    iex> :array.foldl(fn _, x, acc -> [x | acc] end, [], :array.from_list([:a, :b]))
    [:b, :a]
    """
    return _folded(_function(function, 3), acc, list(enumerate(_elements(_parts(array)))))


@module.function("foldr")
def foldr(function: Any, acc: Any, array: Any) -> Any:
    """Fold from the last element: the function takes place, element and accumulator.

    iex> :array.foldr(fn _, x, acc -> [x | acc] end, [], :array.from_list([:a, :b]))
    [:a, :b]
    """
    return _folded(_function(function, 3), acc, list(enumerate(_elements(_parts(array))))[::-1])


@module.function
def sparse_foldl(function: Any, acc: Any, array: Any) -> Any:
    """Fold from the first element without those that are the default.

    iex> :array.sparse_foldl(fn i, _, acc -> acc + i end, 0, :array.set(3, :a, :array.new()))
    3
    """
    return _folded(_function(function, 3), acc, _sparse(array))


@module.function
def sparse_foldr(function: Any, acc: Any, array: Any) -> Any:
    """Fold from the last element without those that are the default.

    iex> :array.sparse_foldr(fn i, _, acc -> acc + i end, 0, :array.set(3, :a, :array.new()))
    3
    """
    return _folded(_function(function, 3), acc, _sparse(array)[::-1])


def _folded(function: Callable[..., Any], acc: Any, pairs: list[tuple[int, Any]]) -> Any:
    for index, item in pairs:
        acc = function(index, item, acc)
    return acc

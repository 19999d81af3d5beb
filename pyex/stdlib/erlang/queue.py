""":queue: queues as pairs of lists, `{rear, front}`; what matters is taken from the front and put in at the rear."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, erlang_error
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, Cons, List, from_pylist, is_proper, to_pylist
from pyex.terms.order import identical

module = NativeModule(":queue", doc="First in, first out queues; both ends are reached in constant time.")
VALUE: Final = atom("value")
NONE: Final = atom("empty")

Queue = tuple[Any, Any]


def _queue(value: Any, name: str, *args: Any) -> Queue:
    if type(value) is not tuple or len(value) != 2 or not isinstance(value[0], List) or not isinstance(value[1], List):
        raise erlang_error("badarg", "queue", name, args or (value,))
    return value


def _items(value: Any, name: str, *args: Any) -> list[Any]:
    rear, front = _queue(value, name, *args)
    return [*to_pylist(front), *reversed(to_pylist(rear))]


def _callback(fun: Any, arity: int, name: str, *args: Any) -> None:
    if not is_function(fun, arity):
        raise erlang_error("badarg", "queue", name, args)


def _made(items: list[Any]) -> Queue:
    """Return the queue of some items as Erlang makes it: halves, so that neither end is empty while there are two."""
    if len(items) < 2:
        return from_pylist(items), EMPTY
    middle = len(items) // 2
    return from_pylist(items[middle:][::-1]), from_pylist(items[:middle])


def _empty(name: str, *args: Any) -> ElixirError:
    return erlang_error(NONE, "queue", name, args)


@module.function
def new() -> Any:
    """Return an empty queue.

    iex> :queue.new()
    {[], []}
    """
    return EMPTY, EMPTY


@module.function
def is_queue(term: Any) -> Any:
    """Tell whether a term looks like a queue.

        iex> :queue.is_queue(:queue.new())
        true
    """
    return type(term) is tuple and len(term) == 2 and is_proper(term[0]) and is_proper(term[1])


@module.function
def is_empty(q: Any) -> Any:
    """Tell whether a queue holds nothing.

    iex> :queue.is_empty(:queue.new())
    true
    """
    rear, front = _queue(q, "is_empty")
    return rear is EMPTY and front is EMPTY


@module.function("len")
def len_(q: Any) -> Any:
    """Return the number of items.

    iex> :queue.len(:queue.from_list([1, 2]))
    2
    """
    return len(_items(q, "len"))


@module.function
def to_list(q: Any) -> Any:
    """Return the items, the front first.

    iex> :queue.to_list(:queue.in(2, :queue.from_list([1])))
    [1, 2]
    """
    return from_pylist(_items(q, "to_list"))


@module.function
def from_list(list: Any) -> Any:
    """Return the queue of a list's elements; the first is the front.

        iex> :queue.from_list([1, 2, 3]) |> :queue.to_list()
        [1, 2, 3]
    """
    if not is_proper(list):
        raise erlang_error("badarg", "queue", "from_list", (list,))
    return _made(to_pylist(list))


@module.function("in")
def in_(item: Any, q1: Any) -> Any:
    """Put an item in at the rear.

    iex> :queue.in(1, :queue.new())
    {[1], []}
    """
    rear, front = _queue(q1, "in", item, q1)
    if front is EMPTY and type(rear) is Cons and rear.tail is EMPTY:
        return Cons(item, EMPTY), rear
    return Cons(item, rear), front


@module.function
def in_r(item: Any, q1: Any) -> Any:
    """Put an item in at the front.

        iex> :queue.in_r(0, :queue.from_list([1, 2])) |> :queue.to_list()
        [0, 1, 2]
    """
    rear, front = _queue(q1, "in_r", item, q1)
    if rear is EMPTY and type(front) is Cons and front.tail is EMPTY:
        return front, Cons(item, EMPTY)
    return rear, Cons(item, front)


module.function("snoc")(lambda q, item: in_(item, q))
module.function("cons")(in_r)


def _front(rear: Any, front: Any) -> tuple[Any, Queue] | None:
    """Return the front item and the rest, None for an empty queue."""
    if type(front) is Cons:
        if front.tail is EMPTY:
            items = to_pylist(rear)
            return front.head, _turned(items) if len(items) > 1 else (EMPTY, rear)
        return front.head, (rear, front.tail)
    if type(rear) is not Cons:
        return None
    items = to_pylist(rear)
    return items[-1], _turned(items[:-1])


def _turned(rear: list[Any]) -> Queue:
    """Return the queue of the items of a rear list, with the older half as the front."""
    if len(rear) < 2:
        return from_pylist(list(rear)), EMPTY
    keep = len(rear) // 2 if len(rear) > 2 else 1
    return from_pylist(rear[:keep]), from_pylist(rear[keep:][::-1])


def _swapped(q: Queue) -> Queue:
    return q[1], q[0]


@module.function
def out(q1: Any) -> Any:
    """Take the front item: `{{:value, item}, queue}`, or `{:empty, queue}`.

    iex> {{:value, 1}, rest} = :queue.out(:queue.from_list([1, 2]))
    iex> :queue.to_list(rest)
    [2]
    """
    found = _front(*_queue(q1, "out"))
    return (NONE, q1) if found is None else ((VALUE, found[0]), found[1])


@module.function
def out_r(q1: Any) -> Any:
    """Take the rear item: `{{:value, item}, queue}`, or `{:empty, queue}`.

        iex> {{:value, last}, _rest} = :queue.out_r(:queue.from_list([1, 2]))
        iex> last
        2
    """
    found = _front(*_swapped(_queue(q1, "out_r")))
    return (NONE, q1) if found is None else ((VALUE, found[0]), _swapped(found[1]))


@module.function
def peek(q: Any) -> Any:
    """Return `{:value, item}` of the front, or `:empty`.

    iex> :queue.peek(:queue.from_list([1, 2]))
    {:value, 1}
    """
    items = _items(q, "peek")
    return (VALUE, items[0]) if items else NONE


@module.function
def peek_r(q: Any) -> Any:
    """Return `{:value, item}` of the rear, or `:empty`.

        iex> :queue.peek_r(:queue.from_list([1, 2]))
        {:value, 2}
        iex> :queue.peek_r(:queue.new())
        :empty
    """
    items = _items(q, "peek_r")
    return (VALUE, items[-1]) if items else NONE


def _end(name: str, place: int, text: str) -> None:
    def item(q: Any) -> Any:
        items = _items(q, name)
        if not items:
            raise _empty(name, q)
        return items[place]

    item.__doc__ = f"{text}\n\n    iex> :queue.{name}(:queue.from_list([1, 2, 3]))\n    {1 if place == 0 else 3}\n"
    module.function(name)(item)


def _rest(name: str, part: slice, text: str) -> None:
    def others(q: Any) -> Any:
        found = _front(*(_queue(q, name) if part.start else _swapped(_queue(q, name))))
        if found is None:
            raise _empty(name, q)
        return found[1] if part.start else _swapped(found[1])

    left = "[2, 3]" if part.start else "[1, 2]"
    others.__doc__ = f"{text}\n\n    iex> :queue.{name}(:queue.from_list([1, 2, 3])) |> :queue.to_list()\n    {left}\n"
    module.function(name)(others)


for _name in ("get", "head"):
    _end(_name, 0, "Return the front item; there must be one.")
for _name in ("get_r", "last", "daeh"):
    _end(_name, -1, "Return the rear item; there must be one.")
for _name in ("drop", "tail"):
    _rest(_name, slice(1, None), "Return the queue without its front item; there must be one.")
for _name in ("drop_r", "init", "liat", "lait"):
    _rest(_name, slice(0, -1), "Return the queue without its rear item; there must be one.")


@module.function
def reverse(q: Any) -> Any:
    """Return the queue the other way round.

        iex> :queue.reverse(:queue.from_list([1, 2])) |> :queue.to_list()
        [2, 1]
    """
    return _swapped(_queue(q, "reverse"))


@module.function
def join(q1: Any, q2: Any) -> Any:
    """Return both queues in one, the first in front.

    iex> :queue.to_list(:queue.join(:queue.from_list([1]), :queue.from_list([2])))
    [1, 2]
    """
    rear, front = _queue(q2, "join", q1, q2)
    return rear, from_pylist([*_items(q1, "join", q1, q2), *to_pylist(front)])


@module.function
def split(n: Any, q: Any) -> Any:
    """Cut a queue after n items.

        iex> {first, second} = :queue.split(1, :queue.from_list([1, 2, 3]))
        iex> {:queue.to_list(first), :queue.to_list(second)}
        {[1], [2, 3]}
    """
    items = _items(q, "split", n, q)
    if type(n) is not int or not 0 <= n <= len(items):
        raise erlang_error("badarg", "queue", "split", (n, q))
    return _made(items[:n]), _made(items[n:])


@module.function
def member(item: Any, q: Any) -> Any:
    """Tell whether a queue holds an item.

        iex> :queue.member(2, :queue.from_list([1, 2]))
        true
    """
    return any(identical(item, other) for other in _items(q, "member", item, q))


@module.function("filter")
def filter_(fun: Any, q: Any) -> Any:
    """Keep the items for which a function is true, or put the list that it returns in an item's place.

    iex> :queue.to_list(:queue.filter(fn x -> x > 1 end, :queue.from_list([1, 2])))
    [2]
    """
    _callback(fun, 1, "filter", fun, q)
    made: list[Any] = []
    for item in _items(q, "filter", fun, q):
        answer = fun(item)
        made += to_pylist(answer) if isinstance(answer, List) else [item] if answer is True else []
    return _made(made)


@module.function
def filtermap(fun: Any, q: Any) -> Any:
    """Filter and map at once: the function returns a boolean or `{true, item}`.

        iex> :queue.filtermap(fn x -> if x > 1, do: {true, x * 10}, else: false end, :queue.from_list([1, 2])) |> :queue.to_list()
        [20]
    """
    _callback(fun, 1, "filtermap", fun, q)
    answers = [(item, fun(item)) for item in _items(q, "filtermap", fun, q)]
    return _made([item if answer is True else answer[1] for item, answer in answers if answer is not False])


@module.function
def fold(fun: Any, acc: Any, q: Any) -> Any:
    """Fold the items from front to rear: the function takes an item and the accumulator.

    iex> :queue.fold(fn x, sum -> x + sum end, 0, :queue.from_list([1, 2]))
    3
    """
    _callback(fun, 2, "fold", fun, acc, q)
    for item in _items(q, "fold", fun, acc, q):
        acc = fun(item, acc)
    return acc


@module.function("all")
def all_(fun: Any, q: Any) -> Any:
    """Tell whether a function is true for every item.

        iex> :queue.all(&(&1 > 0), :queue.from_list([1, 2]))
        true
    """
    _callback(fun, 1, "all", fun, q)
    return all(fun(item) is True for item in _items(q, "all", fun, q))


@module.function("any")
def any_(fun: Any, q: Any) -> Any:
    """Tell whether a function is true for an item.

        iex> :queue.any(&(&1 > 1), :queue.from_list([1, 2]))
        true
    """
    _callback(fun, 1, "any", fun, q)
    return any(fun(item) is True for item in _items(q, "any", fun, q))


@module.function
def delete(item: Any, q: Any) -> Any:
    """Take out the first item that is the given one.

        iex> :queue.delete(1, :queue.from_list([1, 2, 1])) |> :queue.to_list()
        [2, 1]
    """
    return delete_with(lambda other: identical(item, other), q)


@module.function
def delete_r(item: Any, q: Any) -> Any:
    """Take out the last item that is the given one.

        iex> :queue.delete_r(1, :queue.from_list([1, 2, 1])) |> :queue.to_list()
        [1, 2]
    """
    return _swapped(delete(item, _swapped(_queue(q, "delete_r", item, q))))


@module.function
def delete_with(fun: Any, q: Any) -> Any:
    """Take out the first item for which a function is true.

        iex> :queue.delete_with(&(&1 > 1), :queue.from_list([1, 2, 3])) |> :queue.to_list()
        [1, 3]
    """
    _callback(fun, 1, "delete_with", fun, q)
    items = _items(q, "delete_with", fun, q)
    for place, item in enumerate(items):
        if fun(item) is True:
            return _made(items[:place] + items[place + 1 :])
    return q


@module.function
def delete_with_r(fun: Any, q: Any) -> Any:
    """Take out the last item for which a function is true.

        iex> :queue.delete_with_r(&(&1 > 1), :queue.from_list([1, 2, 3])) |> :queue.to_list()
        [1, 2]
    """
    return _swapped(delete_with(fun, _swapped(_queue(q, "delete_with_r", fun, q))))

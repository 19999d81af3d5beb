"""List: functions on linked lists."""

from __future__ import annotations

import builtins
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.enumerable import elements
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, argument_error, elixir_error, erlang_error, function_clause
from pyex.terms.lists import EMPTY, Cons, List, from_iterable, from_pylist, is_proper, split_tail
from pyex.terms.order import equals, identical

module = NativeModule("List", doc="Functions on linked lists.")

MODULE: Final = alias("List")
OK: Final = atom("ok")
ERROR: Final = atom("error")
ASC: Final = atom("asc")
Items = builtins.list[Any]


def _proper(value: Any, name: str, *args: Any) -> Items:
    """Return the elements of a proper list; raises FunctionClauseError for anything else."""
    items, tail = split_tail(value)
    if tail is not EMPTY:
        raise function_clause(MODULE, name, args or (value,))
    return items


@module.function
def first(list: Any, default: Any = None) -> Any:
    """Return the first element, or the default.

        iex> List.first([1, 2])
        1
    """
    if list is EMPTY:
        return default
    if type(list) is not Cons:
        raise function_clause(MODULE, "first", (list, default))
    return list.head


@module.function
def last(list: Any, default: Any = None) -> Any:
    """Return the last element, or the default.

        iex> List.last([1, 2])
        2
    """
    items = _proper(list, "last", list, default)
    return items[-1] if items else default


@module.function
def flatten(list: Any, tail: Any = EMPTY) -> Any:
    """Return the elements of all nested lists in one, before an optional tail.

        iex> List.flatten([1, [2, [3]], []])
        [1, 2, 3]
    """
    result: Items = []
    stack = [iter(_proper(list, "flatten"))]
    while stack:
        for item in stack[-1]:
            if isinstance(item, List):
                stack.append(iter(_proper(item, "flatten")))
                break
            result.append(item)
        else:
            stack.pop()
    return from_iterable(result, tail)


@module.function
def foldl(list: Any, acc: Any, fun: Any) -> Any:
    """Fold from the left.

        iex> List.foldl([1, 2, 3], 0, fn x, acc -> x - acc end)
        2
    """
    for item in _proper(list, "foldl", list, acc, fun):
        acc = fun(item, acc)
    return acc


@module.function
def foldr(list: Any, acc: Any, fun: Any) -> Any:
    """Fold from the right.

        iex> List.foldr([1, 2, 3], 0, fn x, acc -> x - acc end)
        2
    """
    for item in reversed(_proper(list, "foldr", list, acc, fun)):
        acc = fun(item, acc)
    return acc


@module.function
def duplicate(elem: Any, n: Any) -> Any:
    """Return a list of `n` times the element.

        iex> List.duplicate(:a, 2)
        [:a, :a]
    """
    if type(n) is not int or n < 0:
        raise function_clause(MODULE, "duplicate", (elem, n))
    return from_pylist([elem] * n)


@module.function
def wrap(term: Any) -> Any:
    """Return a list as it is, nil as the empty list, anything else as a list of one.

        iex> List.wrap(nil)
        []
    """
    if isinstance(term, List):
        return term
    return EMPTY if term is None else Cons(term, EMPTY)


@module.function
def delete(list: Any, element: Any) -> Any:
    """Return the list without the first element that is `===` the given one.

        iex> List.delete([1, 2, 1], 1)
        [2, 1]
    """
    items = _proper(list, "delete", list, element)
    for place, item in enumerate(items):
        if identical(item, element):
            return from_pylist(items[:place] + items[place + 1 :])
    return list


@module.function
def delete_at(list: Any, index: Any) -> Any:
    """Return the list without the element at an index (from the end when negative).

        iex> List.delete_at([1, 2, 3], -1)
        [1, 2]
    """
    items = _proper(list, "delete_at", list, index)
    if not -len(items) <= index < len(items):
        return list
    return from_pylist([item for place, item in enumerate(items) if place != index % len(items)])


@module.function
def insert_at(list: Any, index: Any, value: Any) -> Any:
    """Return the list with a value put in at an index; beyond the ends it goes to the end it is near.

        iex> List.insert_at([1, 3], 1, 2)
        [1, 2, 3]
    """
    items = builtins.list(_proper(list, "insert_at", list, index, value))
    place = index if index >= 0 else max(0, len(items) + index + 1)
    items.insert(place, value)
    return from_pylist(items)


@module.function
def replace_at(list: Any, index: Any, value: Any) -> Any:
    """Return the list with another element at an index, if there is one there.

        iex> List.replace_at([1, 2], 0, :a)
        [:a, 2]
    """
    return update_at(list, index, lambda _old: value)


@module.function
def update_at(list: Any, index: Any, fun: Any) -> Any:
    """Return the list with `fun` applied to the element at an index, if there is one there.

        iex> List.update_at([1, 2], 1, fn x -> x * 10 end)
        [1, 20]
    """
    items = builtins.list(_proper(list, "update_at", list, index, fun))
    if not -len(items) <= index < len(items):
        return list
    items[index] = fun(items[index])
    return from_pylist(items)


@module.function
def pop_at(list: Any, index: Any, default: Any = None) -> Any:
    """Return the element at an index (or the default), and the list without it.

        iex> List.pop_at([1, 2, 3], 0)
        {1, [2, 3]}
    """
    items = _proper(list, "pop_at", list, index, default)
    if not -len(items) <= index < len(items):
        return default, list
    return items[index], delete_at(list, index)


@module.function("starts_with?")
def starts_with(list: Any, prefix: Any) -> bool:
    """Tell whether a list begins with the elements of another.

        iex> List.starts_with?([1, 2, 3], [1, 2])
        true
    """
    items, start = _proper(list, "starts_with?", list, prefix), _proper(prefix, "starts_with?", list, prefix)
    return len(start) <= len(items) and all(identical(a, b) for a, b in builtins.zip(items, start, strict=False))


@module.function("ends_with?")
def ends_with(list: Any, suffix: Any) -> bool:
    """Tell whether a list ends with the elements of another.

        iex> List.ends_with?([1, 2, 3], [3])
        true
    """
    items, end = _proper(list, "ends_with?", list, suffix), _proper(suffix, "ends_with?", list, suffix)
    tail = items[len(items) - len(end) :] if len(end) <= len(items) else None
    return tail is not None and all(identical(a, b) for a, b in builtins.zip(tail, end, strict=True))


@module.function("improper?")
def improper(list: Any) -> bool:
    """Tell whether a list does not end in the empty list.

        iex> List.improper?([1 | 2])
        true
    """
    if not isinstance(list, List):
        raise function_clause(MODULE, "improper?", (list,))
    return not is_proper(list)


@module.function("ascii_printable?")
def ascii_printable(list: Any, limit: Any = None) -> bool:
    """Tell whether all elements (or the first `limit`) are printable ASCII characters.

        iex> List.ascii_printable?(~c"abc")
        true
    """
    items, tail = split_tail(list)
    if type(limit) is int:
        items = items[:limit]
    elif tail is not EMPTY:
        return False
    escapes = frozenset(b"\n\r\t\v\b\f\x1b\a")
    return all(type(item) is int and (32 <= item <= 126 or item in escapes) for item in items)


@module.function
def zip(list_of_lists: Any) -> Any:
    """Return tuples of the elements at the same place, as many as the shortest list has.

        iex> List.zip([[1, 2], [3, 4]])
        [{1, 3}, {2, 4}]
    """
    return from_pylist(builtins.list(builtins.zip(*[elements(item) for item in elements(list_of_lists)], strict=False)))


@module.function
def myers_difference(list1: Any, list2: Any) -> Any:
    """Return how to get from one list to the other: a keyword list of `:eq`, `:ins` and `:del` runs.

        iex> List.myers_difference([1, 2], [1, 3])
        [eq: [1], del: [2], ins: [3]]
    """
    runs = shortest_edit(_proper(list1, "myers_difference", list1, list2), _proper(list2, "myers_difference", list1, list2))
    return from_pylist([(atom(tag), from_pylist(items)) for tag, items in runs])


def shortest_edit(old: Any, new: Any) -> Any:
    """Return the runs (tag, items) of the shortest edit script of two sequences: Myers, "An O(ND) Difference
    Algorithm" (1986), deletions before insertions."""
    frontier: dict[int, tuple[int, Any]] = {1: (0, None)}
    for distance in range(len(old) + len(new) + 1):
        for diagonal in range(-distance, distance + 1, 2):
            down = diagonal == -distance or (
                diagonal != distance and frontier[diagonal - 1][0] < frontier[diagonal + 1][0]
            )
            x, path = frontier[diagonal + 1] if down else frontier[diagonal - 1]
            if distance:
                place = x - (diagonal + 1) if down else x
                path = ("ins", new[place], path) if down else ("del", old[place], path)
                x = x if down else x + 1
            y = x - diagonal
            while x < len(old) and y < len(new) and identical(old[x], new[y]):
                path = ("eq", old[x], path)
                x, y = x + 1, y + 1
            frontier[diagonal] = (x, path)
            if x >= len(old) and y >= len(new):
                return _runs(path)
    return []


def _runs(path: Any) -> Items:
    runs: Items = []
    while path is not None:
        tag, item, path = path
        if runs and runs[-1][0] == tag:
            runs[-1][1].append(item)
        else:
            runs.append((tag, [item]))
    return [(tag, items[::-1]) for tag, items in reversed(runs)]


# ---- lists of tuples, by a key at a position


def _has_key(item: Any, key: Any, position: int) -> bool:
    return type(item) is tuple and len(item) > position and equals(item[position], key)


def _place(items: Items, key: Any, position: int) -> int:
    for place, item in enumerate(items):
        if _has_key(item, key, position):
            return place
    return -1


@module.function
def keyfind(list: Any, key: Any, position: Any, default: Any = None) -> Any:
    """Return the first tuple with that element at a position, or the default.

        iex> List.keyfind([a: 1, b: 2], 2, 1)
        {:b, 2}
    """
    items = _proper(list, "keyfind", list, key, position, default)
    place = _place(items, key, position)
    return items[place] if place >= 0 else default


@module.function("keyfind!")
def keyfind_bang(list: Any, key: Any, position: Any) -> Any:
    """Return the first tuple with that element at a position; raises KeyError.

        iex> List.keyfind!([a: 1], :a, 0)
        {:a, 1}
    """
    found = keyfind(list, key, position, EMPTY)
    if found is EMPTY:
        raise elixir_error("KeyError", key=key, term=list, message=f"key {key!r} at position {position!r} not found in: {list!r}")
    return found


@module.function("keymember?")
def keymember(list: Any, key: Any, position: Any) -> bool:
    """Tell whether a tuple has that element at a position.

        iex> List.keymember?([a: 1], :a, 0)
        true
    """
    return _place(_proper(list, "keymember?", list, key, position), key, position) >= 0


@module.function
def keyreplace(list: Any, key: Any, position: Any, new_tuple: Any) -> Any:
    """Replace the first tuple with that element at a position, if there is one.

        iex> List.keyreplace([a: 1], :a, 0, {:b, 2})
        [b: 2]
    """
    items = builtins.list(_proper(list, "keyreplace", list, key, position, new_tuple))
    place = _place(items, key, position)
    if place >= 0:
        items[place] = new_tuple
    return from_pylist(items)


@module.function
def keystore(list: Any, key: Any, position: Any, new_tuple: Any) -> Any:
    """Replace the first tuple with that element at a position, or append.

        iex> List.keystore([a: 1], :b, 0, {:b, 2})
        [a: 1, b: 2]
    """
    items = builtins.list(_proper(list, "keystore", list, key, position, new_tuple))
    place = _place(items, key, position)
    if place >= 0:
        items[place] = new_tuple
    else:
        items.append(new_tuple)
    return from_pylist(items)


@module.function
def keydelete(list: Any, key: Any, position: Any) -> Any:
    """Return the list without the first tuple with that element at a position.

        iex> List.keydelete([a: 1, b: 2], :a, 0)
        [b: 2]
    """
    items = _proper(list, "keydelete", list, key, position)
    place = _place(items, key, position)
    return from_pylist(items[:place] + items[place + 1 :]) if place >= 0 else list


@module.function
def keytake(list: Any, key: Any, position: Any) -> Any:
    """Return `{tuple, rest}` for the first tuple with that element at a position, or nil.

        iex> List.keytake([a: 1, b: 2], :a, 0)
        {{:a, 1}, [b: 2]}
    """
    items = _proper(list, "keytake", list, key, position)
    place = _place(items, key, position)
    return (items[place], from_pylist(items[:place] + items[place + 1 :])) if place >= 0 else None


@module.function
def keysort(list: Any, position: Any, sorter: Any = ASC) -> Any:
    """Sort tuples by the element at a position; `sorter` as in `Enum.sort/2`.

        iex> List.keysort([b: 2, a: 1], 0)
        [a: 1, b: 2]
    """
    from pyex.stdlib.elixir.enum.ordering import sort_by

    return sort_by(list, lambda item: item[position], sorter)


# ---- texts


@module.function
def to_atom(charlist: Any) -> Any:
    """Return the atom of a charlist.

        iex> List.to_atom(~c"ok")
        :ok
    """
    return atom(_text(charlist, "list_to_atom"))


@module.function
def to_existing_atom(charlist: Any) -> Any:
    """Return the atom of a charlist, which must exist already; raises ArgumentError.

        iex> List.to_existing_atom(~c"ok")
        :ok
    """
    from pyex.terms.atoms import _TABLE

    text = _text(charlist, "list_to_existing_atom")
    if text not in _TABLE and text not in ("nil", "true", "false"):
        raise erlang_error("badarg", "erlang", "list_to_existing_atom", (charlist,))
    return atom(text)


def _text(charlist: Any, name: str) -> str:
    items, tail = split_tail(charlist)
    if tail is not EMPTY or not all(type(item) is int and 0 <= item <= 0x10FFFF for item in items):
        raise erlang_error("badarg", "erlang", name, (charlist,))
    return "".join(map(chr, items))


@module.function
def to_integer(charlist: Any, base: Any = 10) -> Any:
    """Return the integer that a charlist writes in a base; raises ArgumentError.

        iex> List.to_integer(~c"1f", 16)
        31
    """
    try:
        return int(_text(charlist, "list_to_integer").replace("_", "x"), base)
    except ValueError:
        raise erlang_error("badarg", "erlang", "list_to_integer", (charlist,) if base == 10 else (charlist, base)) from None


@module.function
def to_float(charlist: Any) -> Any:
    """Return the float that a charlist writes; raises ArgumentError.

        iex> List.to_float(~c"2.5")
        2.5
    """
    text = _text(charlist, "list_to_float")
    if "." not in text.strip(".") or "_" in text:
        raise erlang_error("badarg", "erlang", "list_to_float", (charlist,))
    try:
        return float(text)
    except ValueError:
        raise erlang_error("badarg", "erlang", "list_to_float", (charlist,)) from None


@module.function
def to_string(list: Any) -> Any:
    """Return the string of a list of characters, strings and such lists.

        iex> List.to_string([0x61, "bc", ~c"d"])
        "abcd"
    """
    parts: Items = []
    _chardata(list, parts, list)
    if all(type(part) is str for part in parts):
        return "".join(parts)
    return binary(b"".join(map(to_bytes, parts)))


def _chardata(value: Any, parts: Items, whole: Any) -> None:
    stack = [value]
    while stack:
        current = stack.pop()
        if type(current) is Cons:
            items, tail = split_tail(current)
            stack.extend(([tail] if tail is not EMPTY else []) + items[::-1])
        elif type(current) is int and (0 <= current < 0xD800 or 0xDFFF < current <= 0x10FFFF):
            parts.append(chr(current))
        elif is_binary(current):
            parts.append(current)
        elif current is not EMPTY:
            raise _bad_chardata(current, whole)


def _bad_chardata(value: Any, whole: Any) -> ElixirError:
    if type(value) is int:
        return elixir_error(
            "UnicodeConversionError",
            encoded="",
            message=f"invalid encoding starting at {from_pylist([value])!r}",
        )
    return argument_error(
        f"""cannot convert the given list to a string.

To be converted to a string, a list must either be empty or only
contain the following elements:

  * strings
  * integers representing Unicode code points
  * a list containing one of these three elements

Please check the given list or call inspect/1 to get the list representation, got:

{whole!r}
"""
    )


@module.function
def to_charlist(list: Any) -> Any:
    """Return the charlist of a list of characters, strings and such lists.

        iex> List.to_charlist([0x61, "bc"])
        ~c"abc"
    """
    return from_pylist([ord(character) for character in to_string(list)])


@module.function
def to_tuple(list: Any) -> Any:
    """Return the elements as a tuple.

        iex> List.to_tuple([1, 2])
        {1, 2}
    """
    items, tail = split_tail(list)
    if tail is not EMPTY:
        raise erlang_error("badarg", "erlang", "list_to_tuple", (list,))
    return tuple(items)

"""Enum: groups of neighbouring elements."""

from __future__ import annotations

import itertools
from typing import Any, Final

from pyex.stdlib.elixir.enum.base import module, require_integer
from pyex.stdlib.elixir.enumerable import CONT, HALT, elements, iterate
from pyex.terms.atoms import atom
from pyex.terms.errors import elixir_error
from pyex.terms.lists import EMPTY, from_pylist, from_pylists
from pyex.terms.maps import encode_key

DISCARD: Final = atom("discard")


@module.function
def chunk_every(enumerable: Any, count: Any) -> Any:
    """Return lists of `count` elements; the last may have fewer.

        iex> Enum.chunk_every([1, 2, 3, 4, 5], 2)
        [[1, 2], [3, 4], [5]]
    """
    return chunk_every_step(enumerable, count, count, EMPTY)


@module.function("chunk_every", arity=(3, 4))
def chunk_every_step(enumerable: Any, count: Any, step: Any, leftover: Any = EMPTY) -> Any:
    """Return lists of `count` elements, each of which begins `step` elements after the one before.

    A smaller step makes them overlap, a greater one leaves elements out. The last is filled up from `leftover`, any enumerable, as far
    as that goes, or is left out when `leftover` is `:discard`.

        iex> Enum.chunk_every([1, 2, 3, 4], 2, 1, :discard)
        [[1, 2], [2, 3], [3, 4]]
        iex> Enum.chunk_every([1, 2, 3, 4], 3, 2, [0])
        [[1, 2, 3], [3, 4, 0]]
    """
    require_integer(count, "chunk_every", enumerable, count, step, leftover, least=1)
    require_integer(step, "chunk_every", enumerable, count, step, leftover, least=1)
    items = elements(enumerable)
    whole = range(0, max(len(items) - count + 1, 0), step)
    result = from_pylists([items[start : start + count] for start in whole])
    last = items[len(whole) * step :]
    if last and len(last) < count and leftover is not DISCARD:
        result.append(from_pylist(last + list(itertools.islice(iterate(leftover), count - len(last)))))
    return from_pylist(result)


@module.function
def chunk_by(enumerable: Any, fun: Any) -> Any:
    """Return lists of neighbours with the same result of `fun`.

        iex> Enum.chunk_by([1, 3, 2, 4, 5], fn x -> rem(x, 2) end)
        [[1, 3], [2, 4], [5]]
    """
    result: list[list[Any]] = []
    last: Any = None
    for element in iterate(enumerable):
        key = encode_key(fun(element))
        if result and key == last:
            result[-1].append(element)
        else:
            result.append([element])
        last = key
    return from_pylist(from_pylists(result))


@module.function
def chunk_while(enumerable: Any, acc: Any, chunk_fun: Any, after_fun: Any) -> Any:
    """Chunk with full control: `chunk_fun` returns `{:cont, chunk, acc}`, `{:cont, acc}` or `{:halt, acc}`,
    `after_fun` `{:cont, chunk, acc}` or `{:cont, acc}`.

        iex> Enum.chunk_while([1, 2, 3], [], fn x, acc -> {:cont, [x | acc], []} end, fn acc -> {:cont, acc} end)
        [[1], [2], [3]]
    """
    chunks: list[Any] = []
    for element in iterate(enumerable):
        answer = chunk_fun(element, acc)
        tag = answer[0] if type(answer) is tuple and len(answer) in (2, 3) else None
        if tag is CONT and len(answer) == 3:
            chunks.append(answer[1])
            acc = answer[2]
        elif tag is CONT:
            acc = answer[1]
        elif tag is HALT and len(answer) == 2:
            acc = answer[1]
            break
        else:
            raise elixir_error("CaseClauseError", term=answer)
    answer = after_fun(acc)
    if type(answer) is tuple and len(answer) == 3 and answer[0] is CONT:
        chunks.append(answer[1])
    elif not (type(answer) is tuple and len(answer) == 2 and answer[0] is CONT):
        raise elixir_error("CaseClauseError", term=answer)
    return from_pylist(chunks)



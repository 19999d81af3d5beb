"""Seeds and states: making, storing and exporting them, and going far ahead."""

from __future__ import annotations

import secrets
from typing import Any, Final

from pyex.stdlib.erlang.rand.base import RAND, module, splitmix, words_of
from pyex.stdlib.erlang.rand.generators import GENERATORS, HANDLERS, generator_of
from pyex.terms import ops
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.functions import export
from pyex.terms.lists import List, from_pylist, is_proper
from pyex.terms.maps import Map

SEED: Final = atom("rand_seed")
DEFAULT: Final = atom("default")
UNDEFINED: Final = atom("undefined")
_get: Final = export(atom("erlang"), "get", 1)
_put: Final = export(atom("erlang"), "put", 2)


def load() -> Any:
    """Return the process's state; the first use makes one by chance."""
    found = _get.fn(SEED)
    if found is None or type(found) is not tuple:
        return seed_s(DEFAULT)
    return found if type(found[0]) is Map else seed_s(found)


def store(state: Any) -> Any:
    """Keep a state as the process's own, and return it."""
    _put.fn(SEED, state)
    return state


def _by_chance() -> tuple[int, int, int]:
    return secrets.randbits(58), secrets.randbits(58), secrets.randbits(58)


@module.function("seed_s", arity=(1, 2))
def seed_s(algorithm: Any, seed: Any = None) -> Any:
    """Return a state for an algorithm and a seed: an integer, or a tuple of three. With an exported state alone, that state.

    iex> {_, [a | b]} = :rand.seed_s(:exsss, 42)
    iex> {a, b}
    {132629853624823445, 67522330609774851}
    """
    if seed is None and type(algorithm) is tuple and len(algorithm) == 2:
        kind, words = algorithm
        if type(kind) is Map:
            return algorithm
        return HANDLERS[_known(kind)], words
    name = _known(algorithm)
    return HANDLERS[name], GENERATORS[name].seed(_usable(algorithm, _by_chance() if seed is None else seed))


def _known(algorithm: Any) -> str:
    name = "exsss" if algorithm is DEFAULT else getattr(algorithm, "name", "")
    if type(algorithm) is not Atom or name not in GENERATORS:
        raise function_clause(RAND, "mk_alg", (algorithm,))
    return name


def _usable(algorithm: Any, seed: Any) -> Any:
    if type(seed) is int:
        return seed
    if type(seed) is tuple and len(seed) == 3 and all(type(part) is int for part in seed):
        return seed
    if isinstance(seed, List) and is_proper(seed):
        return seed
    raise function_clause(RAND, f"{_known(algorithm)}_seed", (seed,))


@module.function("seed", arity=(1, 2))
def seed(algorithm: Any, given: Any = None) -> Any:
    """Seed the process's generator, by chance or with an integer or a tuple of three; returns the state.

    iex> _ = :rand.seed(:exsss, {1, 2, 3})
    iex> for _ <- 1..5, do: :rand.uniform(10)
    [7, 1, 5, 9, 1]
    """
    return store(seed_s(algorithm, given))


@module.function
def export_seed() -> Any:
    """Return the process's state as a term that can be stored and sent, or `:undefined`.

    iex> _ = :rand.seed(:exsss, 42)
    iex> :rand.export_seed()
    {:exsss, [132629853624823445 | 67522330609774851]}
    """
    found = _get.fn(SEED)
    return export_seed_s(found) if type(found) is tuple else UNDEFINED


@module.function
def export_seed_s(state: Any) -> Any:
    """Return a state as a term that can be stored and sent.

    iex> :rand.export_seed_s(:rand.seed_s(:exrop, 42))
    {:exrop, [132629853624823445 | 67522330609774851]}
    """
    generator = generator_of(state[0]) if type(state) is tuple and len(state) == 2 else None
    if generator is None:
        raise function_clause(RAND, "export_seed_s", (state,))
    return atom(generator.name), state[1]


@module.function("jump", arity=1)
def jump_state(state: Any) -> Any:
    """Return a state that many steps ahead, so that two generators never meet.

    iex> :rand.export_seed_s(:rand.jump(:rand.seed_s(:exsss, 1))) != :rand.export_seed_s(:rand.seed_s(:exsss, 1))
    true
    """
    generator = generator_of(state[0]) if type(state) is tuple and len(state) == 2 else None
    if generator is None or generator.jump is None:
        raise ElixirError(atom("not_implemented"))
    return state[0], generator.jump(state[1])


@module.function("jump", arity=0)
def jump() -> Any:
    """Move the process's generator far ahead.

    iex> _ = :rand.seed(:exsss, 1)
    iex> {_, [a | _]} = :rand.jump()
    iex> is_integer(a)
    true
    """
    return store(jump_state(load()))


@module.function
def splitmix64_next(state: Any) -> Any:
    """Return `{word, state}`: 64 bits of the generator that seeds others.

    iex> :rand.splitmix64_next(5)
    {7134611160154358618, 11400714819323198490}
    """
    return splitmix(state)


@module.function
def seed58(count: Any, seed: Any) -> Any:
    """Return so many words of 58 bits, none of them zero, that a seed is spread to.

    iex> :rand.seed58(2, 1)
    [74922837739199681, 210417531935976551]
    """
    ops.subtract(count, 1)  # both refuse what is no number
    ops.add(seed, 0x9E3779B97F4A7C15)
    return from_pylist(words_of(count, seed))

"""Going far ahead in a linear generator: 2**64 steps at once.

A step is linear over the field of two elements, so the state after n steps is a sum of the first few states: those
that the polynomial x**n modulo the generator's characteristic polynomial names. That polynomial is found from the generator's
own output (Berlekamp and Massey's way), once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any


def _minimal_polynomial(bits: list[int]) -> int:
    """Return the shortest polynomial that a sequence of bits obeys, its lowest coefficient for the oldest bit."""
    current, previous = 1, 1
    degree, shift = 0, 1
    window = 0
    for index, bit in enumerate(bits):
        window = (window << 1 | bit) & ((1 << len(bits)) - 1)
        if (current & window).bit_count() & 1:
            before = current
            current ^= previous << shift
            if 2 * degree <= index:
                degree, previous, shift = index + 1 - degree, before, 0
        shift += 1
    # `current` counts back from the newest bit; reversed it is the characteristic polynomial.
    return int(bin(current | 1 << degree + 1)[3:][::-1], 2) if degree else 1


def _product(a: int, b: int, modulus: int) -> int:
    degree = modulus.bit_length() - 1
    result = 0
    while b:
        if b & 1:
            result ^= a
        b >>= 1
        a <<= 1
        if a >> degree & 1:
            a ^= modulus
    return result


@lru_cache
def _power(step: Callable[[Any], Any], words: int, bits: int, exponent: int) -> int:
    """Return x to the 2**exponent modulo the characteristic polynomial of a step."""
    state = tuple(range(1, words + 1))
    stream = []
    for _ in range(2 * words * bits):
        stream.append(state[0] & 1)
        state = step(state)
    modulus = _minimal_polynomial(stream)
    result = 2
    for _ in range(exponent):
        result = _product(result, result, modulus)
    return result


def advanced(step: Callable[[Any], Any], state: tuple[int, ...], exponent: int, bits: int) -> Any:
    """Return the state after 2**exponent steps."""
    polynomial = _power(step, len(state), bits, exponent)
    total = [0] * len(state)
    while polynomial:
        if polynomial & 1:
            total = [a ^ b for a, b in zip(total, state, strict=True)]
        state = step(state)
        polynomial >>= 1
    return tuple(total)

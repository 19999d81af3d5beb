"""The normal distribution by the ziggurat method: 256 layers of one area, most draws are one multiplication.

The tables are computed once, with decimals of fifty digits, so that each float is the nearest one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any, NamedTuple

SCALE = 1 << 51


class Tables(NamedTuple):
    """For each layer: below which number a draw is inside, what it is multiplied with, the height of the curve."""

    inside: tuple[int, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    edge: float
    inverse_edge: float


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the tables."""
    with localcontext(prec=50):
        edge = Decimal("3.6541528853610087963519472518")

        def height(x: Decimal) -> Decimal:
            return (-x * x / 2).exp()

        fraction = Decimal(0)
        for k in range(400, 0, -1):
            fraction = Decimal(k) / (edge + fraction)
        area = edge * height(edge) + height(edge) / (edge + fraction)
        xs = [Decimal(0)] * 257
        xs[256], xs[255] = area / height(edge), edge
        for i in range(255, 1, -1):
            xs[i - 1] = (-2 * (area / xs[i] + height(xs[i])).ln()).sqrt()
        inside = [int(edge / xs[256] * SCALE), 0, *(int(xs[i] / xs[i + 1] * SCALE) for i in range(1, 255))]
        widths = [float(xs[256] / SCALE), *(float(xs[i] / SCALE) for i in range(1, 256))]
        heights = [1.0, *(float(height(xs[i])) for i in range(1, 256))]
        return Tables(tuple(inside), tuple(widths), tuple(heights), float(edge), float(1 / edge))


def draw(bits: Callable[[], tuple[bool, int]], uniform: Callable[[], Any]) -> float:
    """Return a number; `bits` gives a sign and 51 bits, `uniform` a float between 0 and 1."""
    table = tables()
    while True:
        negative, number = bits()
        layer = number & 255
        value = number * table.widths[layer]
        signed = -value if negative else value
        if number < table.inside[layer]:
            return signed
        if layer == 0:
            return _tail(table, uniform, negative)
        low, high = table.heights[layer], table.heights[layer - 1]
        if (high - low) * uniform() + low < math.exp(-0.5 * value * value):
            return signed


def _tail(table: Tables, uniform: Callable[[], Any], negative: bool) -> float:
    while True:
        x = -table.inverse_edge * math.log(uniform())
        y = -math.log(uniform())
        if y + y > x * x:
            return -table.edge - x if negative else table.edge + x

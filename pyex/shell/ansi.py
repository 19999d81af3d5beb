"""ANSI colours by the names that IO.ANSI gives them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_COLORS: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")

CODES: Final[dict[str, int]] = {
    "reset": 0,
    "bright": 1,
    "faint": 2,
    "italic": 3,
    "underline": 4,
    "blink_slow": 5,
    "blink_rapid": 6,
    "inverse": 7,
    "reverse": 7,
    "conceal": 8,
    "crossed_out": 9,
    "normal": 22,
    "not_italic": 23,
    "no_underline": 24,
    "blink_off": 25,
    "inverse_off": 27,
    "default_color": 39,
    "default_background": 49,
    **{name: 30 + number for number, name in enumerate(_COLORS)},
    **{f"{name}_background": 40 + number for number, name in enumerate(_COLORS)},
    **{f"light_{name}": 90 + number for number, name in enumerate(_COLORS)},
    **{f"light_{name}_background": 100 + number for number, name in enumerate(_COLORS)},
}
RESET: Final = "\x1b[0m"
CLEAR: Final = "\x1b[H\x1b[2J"


def escape(names: Iterable[str]) -> str:
    """Return the escape sequences of colour names; a name that is none is left out."""
    return "".join(f"\x1b[{CODES[name]}m" for name in names if name in CODES)


def paint(text: str, names: Iterable[str]) -> str:
    """Return text in the named colours, which end where the text ends."""
    return f"{escape(names)}{text}{RESET}"

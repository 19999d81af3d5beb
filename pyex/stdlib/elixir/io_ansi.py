"""IO.ANSI: escape sequences of terminals."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.errors import argument_error
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import List, from_pylist, split_tail

module = NativeModule("IO.ANSI", doc="Escape sequences that colour and move on a terminal.")

_NAMES: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_CODES: Final[dict[str, str]] = {
    "reset": "0", "bright": "1", "faint": "2", "italic": "3", "underline": "4", "blink_slow": "5", "blink_rapid": "6",
    "inverse": "7", "reverse": "7", "conceal": "8", "crossed_out": "9", "primary_font": "10", "normal": "22",
    "not_italic": "23", "no_underline": "24", "blink_off": "25", "inverse_off": "27", "reverse_off": "27", "framed": "51",
    "encircled": "52", "overlined": "53", "not_framed_encircled": "54", "not_overlined": "55", "default_color": "39",
    "default_background": "49",
    **{f"font_{number}": str(10 + number) for number in range(1, 10)},
    **{name: str(30 + place) for place, name in enumerate(_NAMES)},
    **{f"light_{name}": str(90 + place) for place, name in enumerate(_NAMES)},
    **{f"{name}_background": str(40 + place) for place, name in enumerate(_NAMES)},
    **{f"light_{name}_background": str(100 + place) for place, name in enumerate(_NAMES)},
}


def _sequence(name: str, code: str) -> None:
    text = f"\x1b[{code}m"

    def sequence() -> str:
        return text

    sequence.__doc__ = f"Return the escape sequence `{name}`.\n\n    iex> IO.ANSI.{name}()\n    {inspect(text)}\n"
    module.function(name)(sequence)


for _name, _code in _CODES.items():
    _sequence(_name, _code)


@module.function("enabled?")
def enabled() -> bool:
    """Tell whether escape sequences are wanted: `config :elixir, ansi_enabled: true`.

        iex> is_boolean(IO.ANSI.enabled?())
        true
    """
    return bool(export(alias("Application"), "get_env", 3).fn(atom("elixir"), atom("ansi_enabled"), False))


def _colour(code: Any, base: int) -> str:
    if type(code) is not int or not 0 <= code <= 255:
        raise argument_error(f"expected a number from 0 to 255, got: {inspect(code)}")
    return f"\x1b[{base};5;{code}m"


@module.function
def color(code: Any) -> Any:
    """Return the sequence of one of 256 colours.

        iex> IO.ANSI.color(120)
        "\\e[38;5;120m"
    """
    return _colour(code, 38)


@module.function("color", arity=3)
def color_rgb(r: Any, g: Any, b: Any) -> Any:
    """Return the sequence of a colour of the 6x6x6 cube.

        iex> IO.ANSI.color(5, 0, 0)
        "\\e[38;5;196m"
    """
    return _colour(16 + 36 * r + 6 * g + b, 38)


@module.function
def color_background(code: Any) -> Any:
    """Return the sequence of one of 256 background colours.

        iex> IO.ANSI.color_background(120)
        "\\e[48;5;120m"
    """
    return _colour(code, 48)


@module.function("color_background", arity=3)
def color_background_rgb(r: Any, g: Any, b: Any) -> Any:
    """Return the sequence of a background colour of the 6x6x6 cube.

        iex> IO.ANSI.color_background(5, 0, 0)
        "\\e[48;5;196m"
    """
    return _colour(16 + 36 * r + 6 * g + b, 48)


@module.function
def home() -> Any:
    """Return the sequence that moves the cursor home.

        iex> IO.ANSI.home()
        "\\e[H"
    """
    return "\x1b[H"


@module.function
def clear() -> Any:
    """Return the sequence that clears the screen.

        iex> IO.ANSI.clear()
        "\\e[2J"
    """
    return "\x1b[2J"


@module.function
def clear_line() -> Any:
    """Return the sequence that clears the line.

        iex> IO.ANSI.clear_line()
        "\\e[2K"
    """
    return "\x1b[2K"


@module.function
def cursor(line: Any, column: Any) -> Any:
    """Return the sequence that moves the cursor to a place.

        iex> IO.ANSI.cursor(1, 2)
        "\\e[1;2H"
    """
    return f"\x1b[{line};{column}H"


def _move(name: str, letter: str) -> None:
    def move(count: Any = 1) -> str:
        return f"\x1b[{count}{letter}"

    move.__doc__ = f"Return the sequence that moves the cursor.\n\n    iex> IO.ANSI.{name}(2)\n    \"\\e[2{letter}\"\n"
    module.function(name, arity=(0, 1))(move)


for _name, _letter in (("cursor_up", "A"), ("cursor_down", "B"), ("cursor_right", "C"), ("cursor_left", "D")):
    _move(_name, _letter)


@module.function
def syntax_colors() -> Any:
    """Return the default colours of inspected terms.

        iex> Keyword.get(IO.ANSI.syntax_colors(), :atom)
        :cyan
    """
    pairs = [("atom", "cyan"), ("boolean", "magenta"), ("charlist", "yellow"), ("nil", "magenta"), ("number", "yellow"),
             ("string", "green")]
    return from_pylist([(atom(key), atom(value)) for key, value in pairs])


@module.function
def format(ansidata: Any, emit: Any = None) -> Any:
    """Return chardata with the names of sequences in it made sequences, and a reset at the end.

        iex> IO.ANSI.format([:red, "hi"], true) |> IO.iodata_to_binary()
        "\\e[31mhi\\e[0m"
    """
    return _formatted(ansidata, enabled() if emit is None else emit is True, closing=True)


@module.function
def format_fragment(ansidata: Any, emit: Any = None) -> Any:
    """As `format/2`, without the reset at the end.

        iex> IO.ANSI.format_fragment([:red, "hi"], true) |> IO.iodata_to_binary()
        "\\e[31mhi"
    """
    return _formatted(ansidata, enabled() if emit is None else emit is True, closing=False)


def _formatted(data: Any, emit: bool, *, closing: bool) -> Any:
    parts: list[Any] = []
    _walk(data, emit, parts)
    if closing and any(type(part) is str and part.startswith("\x1b[") for part in parts):
        parts.append("\x1b[0m")
    return from_pylist(parts)


def _walk(data: Any, emit: bool, parts: list[Any]) -> None:
    if isinstance(data, List):
        items, tail = split_tail(data)
        for item in items:
            _walk(item, emit, parts)
        if type(tail) is not type(data) and not isinstance(tail, List):
            _walk(tail, emit, parts)
    elif is_atom(data):
        name = data.name if type(data) is Atom else inspect(data)
        if name not in _CODES and name not in ("home", "clear", "clear_line"):
            raise argument_error(f"invalid ANSI sequence specification: {inspect(data)}")
        if emit:
            parts.append(module.exports[name, 0]())
    else:
        parts.append(data)



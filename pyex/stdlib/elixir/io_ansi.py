"""IO.ANSI: escape sequences of terminals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, List, from_pylist, split_tail

module = NativeModule("IO.ANSI", doc="Escape sequences that colour and move on a terminal.")

MODULE: Final = alias("IO.ANSI")
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


def _natural(most: int | None, name: str, *args: Any, least: int = 0) -> None:
    """Raise FunctionClauseError unless all arguments are integers in a range."""
    for arg in args:
        if type(arg) is not int or arg < least or most is not None and arg > most:
            raise function_clause(MODULE, name, args)


def _cube(r: int, g: int, b: int) -> int:
    return 16 + 36 * r + 6 * g + b


@module.function
def color(code: Any) -> Any:
    """Return the sequence of one of 256 colours.

        iex> IO.ANSI.color(120)
        "\\e[38;5;120m"
    """
    _natural(255, "color", code)
    return f"\x1b[38;5;{code}m"


@module.function("color", arity=3)
def color_rgb(r: Any, g: Any, b: Any) -> Any:
    """Return the sequence of a colour of the 6x6x6 cube.

        iex> IO.ANSI.color(5, 0, 0)
        "\\e[38;5;196m"
    """
    _natural(5, "color", r, g, b)
    return f"\x1b[38;5;{_cube(r, g, b)}m"


@module.function
def color_background(code: Any) -> Any:
    """Return the sequence of one of 256 background colours.

        iex> IO.ANSI.color_background(120)
        "\\e[48;5;120m"
    """
    _natural(255, "color_background", code)
    return f"\x1b[48;5;{code}m"


@module.function("color_background", arity=3)
def color_background_rgb(r: Any, g: Any, b: Any) -> Any:
    """Return the sequence of a background colour of the 6x6x6 cube.

        iex> IO.ANSI.color_background(5, 0, 0)
        "\\e[48;5;196m"
    """
    _natural(5, "color_background", r, g, b)
    return f"\x1b[48;5;{_cube(r, g, b)}m"


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
    _natural(None, "cursor", line, column)
    return f"\x1b[{line};{column}H"


def _move(name: str, letter: str) -> None:
    def move(count: Any = 1) -> str:
        _natural(None, name, count, least=1)
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
    plain = ("binary", "list", "map", "tuple", "call", "operator")
    coloured = {"atom": "cyan", "boolean": "magenta", "charlist": "yellow", "nil": "magenta", "number": "yellow"}
    colours = {**dict.fromkeys(plain, "default_color"), **coloured, "string": "green", "variable": "light_cyan"}
    return from_pylist([(atom(kind), atom(colours[kind])) for kind in _KINDS])


_KINDS: Final = (
    "atom", "binary", "boolean", "charlist", "list", "map", "nil", "number", "string", "tuple", "variable", "call", "operator",
)


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
    """Return what is formatted so far with each piece around it, as Elixir's iodata is built: `[former | sequence]` and
    `[former, text]`."""
    formatted: Any = EMPTY
    coloured = False
    for part, is_sequence in _pieces(data):
        if not is_sequence:
            formatted = Cons(formatted, Cons(part, EMPTY))
        elif emit:
            formatted, coloured = Cons(formatted, part), True
    return Cons(formatted, "\x1b[0m") if closing and coloured else formatted


def _pieces(data: Any) -> Iterator[tuple[Any, bool]]:
    """Walk nested lists; each piece with whether it is an escape sequence."""
    if isinstance(data, List):
        items, tail = split_tail(data)
        for item in items if tail is EMPTY else [*items, tail]:
            yield from _pieces(item)
    elif is_atom(data):
        name = data.name if type(data) is Atom else inspect(data)
        if name not in _CODES and name not in ("home", "clear", "clear_line"):
            raise argument_error(f"invalid ANSI sequence specification: {inspect(data)}")
        yield module.exports[name, 0](), True
    else:
        yield data, False

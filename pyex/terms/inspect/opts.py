"""The options of `inspect`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error
from pyex.terms.functions import export
from pyex.terms.inspect.algebra import COLOR, CONS, NIL
from pyex.terms.lists import EMPTY, Cons, to_pylist
from pyex.terms.maps import Map, struct

INFINITY: Final = atom("infinity")
_MODULE: Final = alias("Inspect.Opts")
_NAMES: Final = (
    "base",
    "binaries",
    "char_lists",
    "charlists",
    "custom_options",
    "inspect_fun",
    "limit",
    "pretty",
    "printable_limit",
    "safe",
    "structs",
    "syntax_colors",
    "width",
)


class Opts:
    """The options of one inspection, as terms; `%Inspect.Opts{}` in Elixir."""

    __slots__ = (*_NAMES, "colors")

    usual_inspect_fun: ClassVar[Callable[[Any, Any], Any] | None] = None
    """The function that gives documents where none is named, in the place of `Inspect.inspect/2`."""

    def __init__(self) -> None:
        self.base: Any = atom("decimal")
        self.binaries: Any = atom("infer")
        self.char_lists: Any = atom("infer")
        self.charlists: Any = atom("infer")
        self.custom_options: Any = EMPTY
        self.inspect_fun = Opts.usual_inspect_fun
        self.limit: Any = 50
        self.pretty: Any = False
        self.printable_limit: Any = 4096
        self.safe: Any = True
        self.structs: Any = True
        self.syntax_colors: Any = EMPTY
        self.width: Any = 80
        self.colors: dict[Any, str] = {}

    def set(self, name: str, value: Any) -> None:
        """Set one option; an unknown one is passed over."""
        if name not in _NAMES:
            return
        if name == "char_lists":
            name = "charlists"
        setattr(self, name, value)
        if name == "inspect_fun" and value is export(alias("Inspect"), "inspect", 2):
            self.inspect_fun = None
        if name == "syntax_colors":
            self.colors = {key: escape_sequence(color) for key, color in to_pylist(value)}

    def copy(self, **changes: Any) -> Opts:
        """Return the options with some of them changed."""
        new = Opts.__new__(Opts)
        for name in _NAMES:
            setattr(new, name, getattr(self, name))
        new.colors = self.colors
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    def with_limit(self, limit: Any) -> Opts:
        """Return the options with another limit."""
        return self if limit is self.limit else self.copy(limit=limit)

    def color(self, doc: Any, key: Any) -> Any:
        """Return a document in the colour of a kind of term, if there is one."""
        escape = self.colors.get(key) if self.colors else None
        if escape is None:
            return doc
        reset = self.colors.get(_RESET, "\x1b[0m")
        return (CONS, (COLOR, doc, escape), (COLOR, NIL, reset))

    def to_struct(self) -> Map:
        """Return `%Inspect.Opts{}` for user code."""
        fields = {name: getattr(self, name) for name in _NAMES}
        if fields["inspect_fun"] is None:
            fields["inspect_fun"] = export(alias("Inspect"), "inspect", 2)
        return struct(_MODULE, fields)

    @classmethod
    def from_keyword(cls, options: Any) -> Opts:
        """Return the options of an Elixir keyword list (of equal keys the first counts) or struct."""
        opts = cls()
        if type(options) is Map:
            for name in _NAMES:
                if name != "char_lists" and atom(name) in options:
                    opts.set(name, options[atom(name)])
            return opts
        if type(options) is Cons:
            for key, value in reversed(to_pylist(options)):
                opts.set(key.name, value)
        return opts


_RESET: Final = atom("reset")
_COLORS: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_SEQUENCES: Final[dict[str, str]] = {
    "reset": "0",
    "bright": "1",
    "faint": "2",
    "italic": "3",
    "underline": "4",
    "blink_slow": "5",
    "blink_rapid": "6",
    "inverse": "7",
    "reverse": "7",
    "conceal": "8",
    "crossed_out": "9",
    "normal": "22",
    "not_italic": "23",
    "no_underline": "24",
    "blink_off": "25",
    "inverse_off": "27",
    "reverse_off": "27",
    "default_color": "39",
    "default_background": "49",
    **{name: str(30 + number) for number, name in enumerate(_COLORS)},
    **{f"{name}_background": str(40 + number) for number, name in enumerate(_COLORS)},
    **{f"light_{name}": str(90 + number) for number, name in enumerate(_COLORS)},
    **{f"light_{name}_background": str(100 + number) for number, name in enumerate(_COLORS)},
}


def escape_sequence(color: Any) -> str:
    """Return the terminal's escapes for a colour as the options give it: an atom, a text, or a list of them."""
    if type(color) is Atom:
        number = _SEQUENCES.get(color.name)
        if number is None:
            raise argument_error(f"invalid ANSI sequence specification: {color!r}")
        return f"\x1b[{number}m"
    if type(color) is str:
        return color
    return "".join(map(escape_sequence, to_pylist(color)))

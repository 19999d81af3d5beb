"""What `IEx.configure/1` sets: colours, how values are inspected, prompts, the length of the history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import argument_error
from pyex.terms.lists import List, from_iterable, to_pylist
from pyex.terms.node import this_node

if TYPE_CHECKING:
    from pyex.terms.inspect import Opts

COLORS: Final[dict[str, str]] = {
    "eval_result": "yellow",
    "eval_info": "normal",
    "eval_error": "red",
    "eval_interrupt": "yellow",
    "stack_info": "red",
    "blame_diff": "red",
    "ls_directory": "blue",
    "ls_device": "green",
    "doc_code": "cyan",
    "doc_headings": "yellow",
    "doc_metadata": "yellow",
    "doc_title": "reverse yellow",
}
"""The colours of the shell's own output, unless `colors:` says otherwise."""

SYNTAX_COLORS: Final[dict[str, str]] = {
    "atom": "cyan",
    "string": "green",
    "number": "yellow",
    "list": "default_color",
    "boolean": "magenta",
    "nil": "magenta",
    "tuple": "default_color",
    "binary": "default_color",
    "map": "default_color",
    "variable": "light_cyan",
    "call": "default_color",
    "operator": "default_color",
}

_KEYS: Final = (
    "alive_continuation_prompt",
    "alive_prompt",
    "auto_reload",
    "colors",
    "continuation_prompt",
    "default_prompt",
    "dot_iex",
    "history_size",
    "inspect",
    "parser",
    "width",
)


def _defaults() -> dict[str, Any]:
    return {
        "alive_prompt": "%prefix(%node)%counter>",
        "auto_reload": False,
        "colors": {},
        "history_size": 20,
        "inspect": {"pretty": True},
        "default_prompt": "%prefix(%counter)>",
    }


@dataclass(slots=True)
class Configuration:
    """The settings of a shell. `ansi` tells whether colours are on when `colors:` does not say."""

    ansi: bool = False
    values: dict[str, Any] = field(default_factory=_defaults)
    terminal_width: int = 80
    messages: str = "1.18"

    def configure(self, options: Any) -> None:
        """Set what a keyword list gives; `colors` and `inspect` add to what was set before.

        All options are checked before one is set. Raises ArgumentError for an unknown option or a wrong value.
        """
        pairs = to_pylist(options)
        for pair in pairs:
            _validate(pair)
        for key, value in pairs:
            name = key.name
            if name in ("colors", "inspect"):
                merged = dict(self.values[name])
                merged.update((item.name, setting) for item, setting in to_pylist(value))
                self.values[name] = merged
            else:
                self.values[name] = value

    def to_keyword(self) -> Any:
        """Return all settings as `IEx.configuration/0` gives them."""
        pairs = []
        for name, value in self.values.items():
            if name in ("colors", "inspect"):
                value = from_iterable([(atom(key), item) for key, item in value.items()])
            pairs.append((atom(name), value))
        return from_iterable(pairs)

    def get(self, name: str) -> Any:
        """Return one setting, or None when it was never set."""
        return self.values.get(name)

    @property
    def history_size(self) -> int:
        """Return how many results are kept; negative is all."""
        return int(self.values["history_size"])

    @property
    def colors_enabled(self) -> bool:
        """Tell whether output is coloured."""
        enabled = self.values["colors"].get("enabled")
        return self.ansi if enabled is None else bool(enabled)

    @property
    def width(self) -> int:
        """Return the width that values are fitted into: at most 80 unless configured."""
        configured = self.values.get("width")
        return min(int(configured) if configured is not None else 80, self.terminal_width)

    def prompt(self, continuation: bool) -> str:
        """Return the pattern of the prompt: a node with a name has patterns of its own."""
        alive = "alive_" if this_node.is_alive else ""
        pattern = self.values.get(f"{alive}continuation_prompt") if continuation else None
        return str(pattern if pattern is not None else self.values[f"{alive}prompt" if alive else "default_prompt"])

    def color(self, name: str) -> str:
        """Return the escape sequence of one of the shell's colours, nothing when colours are off."""
        return self._escape(name) if self.colors_enabled else ""

    def _escape(self, name: str) -> str:
        from pyex.terms.inspect.opts import escape_sequence

        chosen = self.values["colors"].get(name)
        return escape_sequence(_color_term(COLORS[name]) if chosen is None else chosen)

    def inspect_options(self, *, colors: bool = True) -> Opts:
        """Return the options by which results are inspected."""
        from pyex.terms.inspect import Opts

        opts = Opts()
        opts.width = self.width
        for name, value in self.values["inspect"].items():
            opts.set(name, value)
        if colors and self.colors_enabled:
            opts.set("syntax_colors", self._syntax_colors())
        return opts

    def _syntax_colors(self) -> Any:
        chosen = self.values["colors"].get("syntax_colors")
        if chosen is None:
            pairs = [(atom(name), _color_term(color)) for name, color in SYNTAX_COLORS.items()]
        else:
            pairs = to_pylist(chosen)
        reset = self.values["colors"].get("eval_result", _color_term(COLORS["eval_result"]))
        items = to_pylist(reset) if isinstance(reset, List) else [reset]
        return from_iterable([*pairs, (atom.reset, from_iterable([atom.reset, *items]))])


def _color_term(names: str) -> Any:
    return from_iterable([atom(name) for name in names.split()])


def _validate(pair: Any) -> None:
    from pyex.terms.inspect import inspect

    match pair:
        case (Atom(name=name), value) if name in _KEYS and _is_valid(name, value):
            return
    raise argument_error(f"invalid configuration {inspect(pair)}")


def _is_valid(name: str, value: Any) -> bool:
    match name:
        case "colors" | "inspect":
            return isinstance(value, List)
        case "history_size" | "width":
            return type(value) is int
        case "dot_iex":
            return type(value) is str
        case "auto_reload":
            return type(value) is bool
        case "parser":
            return type(value) is tuple and len(value) == 3
    return type(value) is str

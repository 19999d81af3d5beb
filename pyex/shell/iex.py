"""The module IEx: the settings of the shell, and what code may ask it."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.shell import evaluator
from pyex.shell.configuration import COLORS
from pyex.shell.helpers import debugging
from pyex.shell.helpers.module import configuration
from pyex.terms.atoms import atom
from pyex.terms.lists import from_iterable

module: Final = NativeModule("IEx", doc="The interactive shell: its settings, and what code may ask it.")


@module.function
def configure(options: Any) -> Any:
    """Change settings of the shell: `colors`, `inspect`, `width`, `history_size`, `default_prompt`,
    `continuation_prompt`, `alive_prompt`, `alive_continuation_prompt`, `parser`, `dot_iex`, `auto_reload`.

    `colors` and `inspect` add to what was set before. In a prompt `%counter`, `%prefix` and `%node` stand for
    the number of the line, `iex` or `...`, and the name of the node.
    """
    configuration().configure(options)
    return atom.ok


@module.function("configuration")
def configuration_() -> Any:
    """Return the settings of the shell."""
    return configuration().to_keyword()


@module.function
def color(name: Any, text: Any) -> Any:
    """Return text in one of the shell's colours, such as `:eval_error`, as it is when colours are off."""
    settings = configuration()
    if not settings.colors_enabled or name.name not in COLORS:
        return text
    return f"{settings.color(name.name)}{text}\x1b[0m"


@module.function
def width() -> Any:
    """Return the number of columns that values are fitted into."""
    return configuration().width


@module.function
def inspect_opts() -> Any:
    """Return the options by which results are inspected."""
    settings = configuration()
    pairs = [(atom.width, settings.width)]
    pairs += [(atom(name), value) for name, value in settings.values["inspect"].items()]
    return from_iterable(pairs)


@module.function("started?")
def started() -> Any:
    """Tell whether a shell is running."""
    return bool(evaluator.EVALUATORS)


@module.function
def dont_display_result() -> Any:
    """Return the value that the shell does not print."""
    return evaluator.DONT_DISPLAY


module.macro("break!")(debugging.break_)
module.function("break!", arity=(3, 4))(debugging.break_function)


@module.macro
def pry(env: Any) -> Any:
    """Stop the process here, and let the person at the shell look around with the variables of this place.

    Returns `{:ok, next?}` when the code goes on, `{:error, reason}` when there is no shell to stop at.
    """
    from pyex.shell.pry import pry_form

    return pry_form(env)

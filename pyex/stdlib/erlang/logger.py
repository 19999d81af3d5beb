""":logger: messages with a level, Erlang's way: text, a format with its arguments, or a report."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp import log
from pyex.otp import logger as elixir_logger
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import erlang_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, is_proper, to_pylist

OK: Final = atom("ok")
module = NativeModule(":logger", doc="Messages with a level.")
_DIRECTIVE: Final = re.compile(r"~(?:[0-9.*-]*)(t?)([pPwWsn~])")


def _text(message: Any) -> str:
    if is_proper(message) and message is not EMPTY and all(type(item) is int for item in to_pylist(message)):
        return "".join(map(chr, to_pylist(message)))
    return elixir_logger.text_of(message)


def _formatted(template: Any, args: Any) -> str:
    given = iter(to_pylist(args))

    def directive(found: re.Match[str]) -> str:
        letter = found[2]
        if letter == "n":
            return "\n"
        if letter == "~":
            return "~"
        value = next(given)
        return _text(value) if letter == "s" and (is_binary(value) or is_proper(value)) else inspect(value)

    return _DIRECTIVE.sub(directive, _text(template))


def _log(level: Any, message: Any, args: Any) -> Any:
    if elixir_logger.should_log(level, None):
        formatted = is_proper(args) and args is not EMPTY
        log.write(level.name, _formatted(message, args) if formatted else _text(message))
    return OK


@module.function("log", arity=(2, 3, 4))
def log_(level: Any, message: Any, args: Any = EMPTY, metadata: Any = None) -> Any:
    """Log a message of a level."""
    if getattr(level, "name", None) not in log.LEVELS:
        raise erlang_error("badarg", "logger", "log", (level, message))
    return _log(level, message, args)


def _function(name: str) -> None:
    def log_level(message: Any, args: Any = EMPTY, metadata: Any = None) -> Any:
        return _log(atom(name), message, args)

    log_level.__doc__ = f"Log a message of level `:{name}`."
    module.function(name, arity=(1, 2, 3))(log_level)


for _name in log.LEVELS:
    _function(_name)


@module.function
def set_primary_config(key: Any, value: Any) -> Any:
    """Change a setting; `level` is the one that matters here."""
    from pyex.terms.lists import elixir_list

    return elixir_logger.configure(elixir_list((key, value)))


@module.function
def compare_levels(left: Any, right: Any) -> Any:
    """Which of two levels is the more severe."""
    return elixir_logger.compare_levels(left, right)

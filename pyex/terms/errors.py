"""The three ways Elixir code leaves: error, throw, exit, as Python exceptions; and our own faults.

`ElixirError.reason` is what Erlang calls the reason: an exception struct (`%RuntimeError{}`) or an
Erlang term (`:badarith`, `{:badmatch, value}`), which `terms.exceptions.normalize` turns into a
struct. `frames` are stack frames to show above the Python traceback's: a BIF that failed, with
its arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyex.terms.atoms import alias, atom
from pyex.terms.lists import from_iterable
from pyex.terms.maps import Map, struct


class Signal(Exception):
    """Base of what `catch` can catch: an error, a throw or an exit. `kind` names which."""

    kind: str
    reason: Any
    stacktrace: Any = None
    """The stack trace to tell in place of the traceback's, once it is known."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason


class ElixirError(Signal):
    """An error: `raise`, a failed match, a wrong argument."""

    kind = "error"

    def __init__(self, reason: Any, frames: tuple[tuple[Any, ...], ...] = ()) -> None:
        """`frames` are `(module, name, args)` with `args` a Python tuple of terms or an arity; a fourth
        element, if there is one, tells what is wrong with which argument (see `bad_argument`)."""
        super().__init__(reason)
        self.frames = frames
        self.stacktrace: Any = None
        """The stack trace as an Elixir list when `reraise` gave one, else None: read it off the traceback."""
        self.raised = False
        """Whether `raise` made it, in the function whose frame is the innermost."""

    def __str__(self) -> str:
        from pyex.terms.exceptions import message_of

        return message_of(self.reason)


class Throw(Signal):
    """`throw(value)`."""

    kind = "throw"


class Exit(Signal):
    """`exit(reason)`, or a call that exits its caller; its text is what Elixir says of the reason."""

    kind = "exit"

    def __str__(self) -> str:
        from pyex.terms.exit_reasons import format_exit

        return format_exit(self.reason)


class Control(BaseException):
    """Moves control inside pyex, and is no error of anybody's: no user code can catch it."""


class Killed(Control):
    """Thrown into a process to end it from outside: no user code can catch it."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.times = 0

    def is_last(self) -> bool:
        """Count that it is thrown once more; tells whether it has been caught too often."""
        self.times += 1
        return self.times > 3


class PyexBug(RuntimeError):
    """A fault of pyex itself, not of the user's code; its text asks to report it."""

    def __str__(self) -> str:
        return f"this is a bug in pyex, please report it: {super().__str__()}"


def erlang_error(reason: Any, module: Any = None, name: str = "", args: Any = ()) -> ElixirError:
    """Return an error of an Erlang reason (an atom by name, or any term), from a BIF with its arguments.

    `raise erlang_error("badarith", "erlang", "+", (1, "a"))`.
    """
    if type(reason) is str:
        reason = atom(reason)
    if module is None:
        return ElixirError(reason)
    return ElixirError(reason, ((atom(module) if type(module) is str else module, name, args),))


def evaluating(reason: Any, module: str, name: str, *args: Any) -> ElixirError:
    """Return an error for which evaluated code blames a function of Erlang's, called by Erlang's evaluator.

    Compiled code does itself what that function does: its stack traces know nothing of it.
    """
    return ElixirError(reason, ((atom(module), name, args), (atom("erl_eval"), "expr", 6)))


def bad_argument(module: str, name: str, args: tuple[Any, ...], **wrong: str) -> ElixirError:
    """Return the `:badarg` of a BIF, with what is wrong with which argument.

    `raise bad_argument("erlang", "hd", (x,), a1="not a nonempty list")`; `general="…"` is a text for no one argument.
    """
    return ElixirError(atom("badarg"), ((atom(module), name, args, wrong),))


def refused(module: str, name: str, args: tuple[Any, ...], *faults: str | None) -> ElixirError:
    """Return the `:badarg` of a BIF: what is wrong with each argument in their order, None for those that are right."""
    return bad_argument(module, name, args, **{f"a{place}": fault for place, fault in enumerate(faults, 1) if fault})


def exception(name: str, fields: Mapping[str, Any]) -> Map:
    """Return an exception struct: `exception("RuntimeError", {"message": "oops"})`."""
    return struct(alias(name), {**fields, "__exception__": True})


def elixir_error(name: str, **fields: Any) -> ElixirError:
    """Return an error that carries an exception struct: `raise elixir_error("ArgumentError", message="...")`."""
    return ElixirError(exception(name, fields))


def function_clause(module: Any, name: str, args: tuple[Any, ...]) -> ElixirError:
    """Return the error of a call that no clause matches; its first frame carries the arguments."""
    return ElixirError(atom("function_clause"), ((module, name, args),))


def argument_error(message: str) -> ElixirError:
    """Return `%ArgumentError{}` with a message."""
    return elixir_error("ArgumentError", message=message)


def keyword(**items: Any) -> Any:
    """Return an Elixir keyword list of Python keyword arguments."""
    return from_iterable([(atom(key), value) for key, value in items.items()])

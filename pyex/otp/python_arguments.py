"""What Python programs give to behaviours, and what they get back: names, options and children in Python's terms."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.finder import module_atom
from pyex.otp.python_server import named
from pyex.runtime.system import INFINITY
from pyex.terms.atoms import Atom, atom
from pyex.terms.conversion import to_python, to_term
from pyex.terms.errors import Exit
from pyex.terms.lists import from_pylist

OK: Final = atom("ok")


def options(**given: Any) -> Any:
    """Return options as a keyword list; what is None is left out, a name may be a text."""
    pairs = [(atom(key), named(value) if key == "name" else value) for key, value in given.items() if value is not None]
    return from_pylist(pairs)


def limit(timeout: int | None) -> Any:
    """Return a time in milliseconds as Elixir has it; None is for ever."""
    return INFINITY if timeout is None else timeout


def result(answer: Any) -> Any:
    """Return the value of `{:ok, value}`. Raises Exit with the reason of an error."""
    if type(answer) is tuple and answer[0] is OK:
        return answer[1]
    raise Exit(answer[1] if type(answer) is tuple else answer)


def done(answer: Any) -> None:
    """Take `:ok` for an answer. Raises Exit with the reason of an error."""
    if answer is not OK:
        raise Exit(answer[1] if type(answer) is tuple else answer)


def child_id(given: Any) -> Any:
    """Return the id of a child: a class means the module that it is, a text an atom."""
    if isinstance(given, type):
        return module_atom(given)
    return to_term(named(given))


def child(given: Any) -> Any:
    """Return a child as Elixir wants it: a class or module, `(class, argument)`, or a specification as a dict."""
    if type(given) is dict:
        pairs = {atom(key) if type(key) is str else key: value for key, value in given.items()}
        for key in ("id", "restart", "shutdown", "type"):
            value = pairs.get(atom(key))
            if type(value) is str or isinstance(value, type):
                pairs[atom(key)] = atom(value) if type(value) is str else module_atom(value)
        start = pairs.get(atom("start"))
        if type(start) is tuple:
            name = atom(start[1]) if type(start[1]) is str else start[1]
            pairs[atom("start")] = (module_atom(start[0]), name, to_term(start[2]))
        return to_term(pairs)
    if type(given) is tuple:
        return module_atom(given[0]), to_term(given[1])
    return module_atom(given)


def counts(found: Any) -> dict[str, int]:
    """Return how many children there are of each kind, by `active`, `specs`, `supervisors` and `workers`."""
    return {key.name: count for key, count in to_python(found).items()}


def reason_of(reason: Any) -> Any:
    """Return the reason of an exit: a text is an atom."""
    return reason if type(reason) is Atom else to_term(named(reason))

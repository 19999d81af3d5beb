"""Python: the way from Elixir to Python's modules: `Python.math.sqrt(2)`, `Python.json.loads(text)`."""

from __future__ import annotations

import builtins
import importlib
import importlib.util
from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.conversion import call_python, to_term
from pyex.terms.errors import ElixirError
from pyex.terms.lists import to_pylist

module = NativeModule(
    "Python",
    doc="""Python's modules and built-in functions.

    `Python.math` is the module `math`, `Python.len(list)` the built-in function. Arguments become Python's own
    lists and dicts, results become terms, a keyword list at the end gives keyword arguments, and an exception is a
    `Python.Error`.

        iex> Python.math.sqrt(16)
        4.0
    """,
)


@module.function("$handle_undefined_function", doc=False)
def undefined(name: Any, args: Any) -> Any:
    """Import the module of that name, or call the built-in function; raises UndefinedFunctionError when there is neither."""
    given = to_pylist(args)
    found = getattr(builtins, name.name, None)
    if callable(found) and (given or not _is_module(name.name)):
        return call_python(found, tuple(given))
    if not given and _is_module(name.name):
        return importlib.import_module(name.name)
    raise ElixirError(atom("undef"), ((module.name, name.name, tuple(given)),))


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


@module.function("import")
def import_(name: Any) -> Any:
    """Import a Python module by its dotted name, `"os.path"`; raises Python.Error when there is none.

        iex> Python.import("os.path").basename("/a/b")
        "b"
    """
    return importlib.import_module(name)


@module.function
def eval(expression: Any) -> Any:
    """Evaluate a Python expression and return its value as a term.

        iex> Python.eval("[n * n for n in range(3)]")
        [0, 1, 4]
    """
    return to_term(builtins.eval(expression, {}))

"""The compiler's options as `Code` reads and sets them."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.elixir.enumerable import elements
from pyex.terms.atoms import alias, atom, atom_name, is_atom
from pyex.terms.errors import elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, from_iterable, to_pylist
from pyex.terms.maps import Map

_UNDEFINED: Final = "on_undefined_variable"
_settings: Final[dict[str, Any]] = {
    "debug_info": True,
    "docs": True,
    "ignore_already_consolidated": False,
    "ignore_module_conflict": False,
    "infer_signatures": True,
    "no_warn_undefined": EMPTY,
    _UNDEFINED: atom("raise"),
    "parser_options": elixir_list((atom.columns, True)),
    "relative_paths": True,
    "tracers": EMPTY,
}
_SWITCHES: Final = frozenset(name for name, value in _settings.items() if type(value) is bool)


def compiler_options() -> Any:
    """Return the compiler's options.

    iex> Code.compiler_options().docs
    true
    """
    return Map.from_pairs([(atom(key), value) for key, value in _settings.items()])


def put_compiler_options(options: Any) -> Any:
    """Set options of the compiler; returns what those options were before.

    iex> Code.compiler_options(docs: true)
    %{docs: true}
    """
    before: list[Any] = []
    for pair in elements(options):
        if type(pair) is tuple and len(pair) == 2:
            before.append((pair[0], get_compiler_option(pair[0])))
            put_compiler_option(*pair)
    return Map.from_pairs(before)


def get_compiler_option(key: Any) -> Any:
    """Return an option of the compiler.

    iex> Code.get_compiler_option(:docs)
    true
    """
    if atom_name(key) not in _settings:
        raise function_clause(alias("Code"), "get_compiler_option", (key,))
    return _settings[key.name]


def put_compiler_option(key: Any, value: Any) -> Any:
    """Set an option of the compiler.

    iex> Code.put_compiler_option(:docs, true)
    :ok
    """
    name = atom_name(key)
    if name not in _settings or (name == _UNDEFINED and value not in (atom("raise"), atom("warn"))):
        raise elixir_error("RuntimeError", message=f"unknown compiler option: {inspect(key)}")
    if (wish := _unfulfilled(name, value)) is not None:
        raise elixir_error("RuntimeError", message=f"compiler option {inspect(key)} should be {wish}, got: {inspect(value)}")
    _settings[name] = value
    return atom.ok


def _unfulfilled(name: str, value: Any) -> str | None:
    """Return what a value of an option has to be and is not."""
    if name in _SWITCHES:
        return None if type(value) is bool else "a boolean"
    if name == "no_warn_undefined":
        return None if isinstance(value, List) or value is atom("all") else "a list or the atom :all"
    if name != _UNDEFINED and not isinstance(value, List):
        return "a list"
    if name == "tracers" and not all(map(is_atom, to_pylist(value))):
        return "a list of modules"
    return None


def available_compiler_options() -> Any:
    """Return the names of the compiler's options.

    iex> :docs in Code.available_compiler_options()
    true
    """
    return from_iterable([atom(key) for key in _settings])

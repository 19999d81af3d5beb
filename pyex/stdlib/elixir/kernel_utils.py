"""Kernel.Utils: what Kernel's macros call at run time."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.compiler.env import Env
from pyex.compiler.module.structs import define_struct
from pyex.terms import ops
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, elixir_error, exception
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, charlist, elixir_list, from_iterable, to_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Reference

module = NativeModule("Kernel.Utils")


@module.function("raise", doc=False)
def raise_(given: Any) -> Any:
    """Return the exception that `raise` of a value means: of a message, a module or an exception struct."""
    if is_binary(given):
        return exception("RuntimeError", {"message": given})
    if type(given) is Atom:
        return export(given, "exception", 1).fn(from_iterable([]))
    if ops.is_exception(given):
        return given
    return exception(
        "ArgumentError",
        {
            "message": "raise/1 and reraise/2 expect a module name, string or exception as the first argument, got: "
            + inspect(given)
        },
    )


@module.function(doc=False)
def destructure(value: Any, count: Any) -> Any:
    """Return a list of so many elements: cut, or filled up with `nil`."""
    if value is None:
        items: list[Any] = []
    else:
        items = to_pylist(value)
    return from_iterable([*items[:count], *[None] * (count - len(items))])


@module.function("struct_of?", doc=False)
def is_struct_of(term: Any, name: Any) -> bool:
    """Tell whether a term is a struct of a name."""
    if atom_name(name) is None:
        raise argument_error("argument error")
    return type(term) is Map and term.struct is name


@module.function(doc=False)
def build_struct(default: Any, given: Any, enforced: Any) -> Any:
    """Return a struct with fields set: what `__struct__/1` of a module does.

    Raises KeyError for a key that the struct does not have, ArgumentError when an enforced key is missing.
    """
    if not isinstance(given, (Map, List)):
        refused = elixir_error("Protocol.UndefinedError", protocol=alias("Enumerable"), value=given, description="")
        refused.frames = ((default.struct, "__struct__", 1),)
        raise refused
    pairs = list(given.items()) if type(given) is Map else to_pylist(given)
    result = default
    for key, value in pairs:
        if key not in default:
            failure = elixir_error("KeyError", key=key, term=None, message=None)
            setting = (default.struct, "-__struct__/1-fun-0-", 2)
            failure.frames = (setting, (default.struct, "__struct__", 1)) if enforced is not EMPTY else (setting,)
            raise failure
        result = result.put(key, value)
    keys = {key for key, _ in pairs}
    missing = [key for key in to_pylist(enforced) if key not in keys]
    if missing:
        name = inspect(default.struct)
        refused = argument_error(
            f"the following keys must also be given when building struct {name}: {inspect(from_iterable(missing))}"
        )
        refused.frames = ((default.struct, "__struct__", 1),)
        raise refused
    return result


@module.function(doc=False)
def defstruct(fields: Any, env: Any) -> Any:
    """Give the module under compilation its struct; returns the struct with its default values."""
    return define_struct(fields, Env.of(env))


@module.function(doc=False)
def undefined_local(name: Any, args: Any) -> Any:
    """Raise what a call without a module comes to in code that is evaluated with the environment of a function."""
    raise elixir_error(
        "UndefinedFunctionError",
        module=None,
        function=name,
        arity=len(to_pylist(args)),
        reason=None,
        message=f"function {name.name}/{len(to_pylist(args))} is undefined (there is no such import)",
    )


@module.function(doc=False)
def dbg(steps: Any, location: Any, options: Any) -> Any:
    """Print where `dbg` stands, if that is told, and each piece of code with its value, among them lines of text; returns
    the last value.
    """
    lines = [f"[{location}]"] if location is not None else []
    value = None
    settings = call("Keyword", "merge", _DBG_OPTIONS, options)
    for step in to_pylist(steps):
        if type(step) is tuple:
            text, value = step
            lines.append(f"{text} #=> {call('Kernel', 'inspect', value, settings)}")
        else:
            lines.append(step)
    call("IO", "puts", "\n".join(lines) + "\n")
    return value


_DBG_OPTIONS: Final = elixir_list((atom("width"), 80), (atom("pretty"), True))


@module.function(doc=False)
def dbg_notes() -> Reference:
    """Return what takes notes of the values that `dbg_note/3` meets."""
    return Reference.holding([])


@module.function(doc=False)
def dbg_note(notes: Any, text: Any, value: Any) -> Any:
    """Note a piece of code with its value, and return the value."""
    notes.held.append((text, value))
    return value


@module.function(doc=False)
def dbg_noted(title: Any, notes: Any, more: Any) -> Any:
    """Return a title, what was noted, and more steps."""
    return elixir_list(title, *notes.held, *to_pylist(more))


@module.function(doc=False)
def dbg_case(number: Any, text: Any) -> str:
    """Return the title of a `case` whose clause of that number matched."""
    return f"\nCase expression (clause #{number} matched):\n{text}"


@module.function(doc=False)
def new_exception(name: Any, fields: Any) -> Any:
    """Return an exception with fields set; raises KeyError for a field that it does not have."""
    return export(name, "__struct__", 1).fn(fields)


@module.function(doc=False)
def word_list(text: Any, kind: Any) -> Any:
    """Return the words of a text as strings, atoms or charlists: what `~w` with interpolation gives."""
    words = text.split()
    match kind:
        case "a":
            return from_iterable([atom(word) for word in words])
        case "c":
            return from_iterable([charlist(word) for word in words])
    return from_iterable(words)

"""Module attributes: `@name value`, `@name`, and the functions of `Module` that work on them."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.kernel.build import is_call
from pyex.compiler.module.builder import BUILDERS, ModuleBuilder, open_builder
from pyex.compiler.module.escape import escape
from pyex.compiler.module.reports import warn
from pyex.terms.atoms import Atom, atom, atom_name, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import ElixirError, argument_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, from_iterable, is_proper, to_pylist

DOCUMENTATION: Final = frozenset({"doc", "moduledoc", "typedoc"})
"""The attributes that `Module` hands out and takes with the line of the text."""
TYPESPECS: Final = ("callback", "macrocallback", "opaque", "spec", "type", "typep")


def put(module: Any, name: str, value: Any, line: int, missed: bool) -> Any:
    """Set an attribute from the module's body: what `@name value` compiles to. Returns `:ok`.

    `missed` says whether it is told when nobody reads it: what a macro has quoted is not.
    """
    builder = BUILDERS[module]
    builder.write(name, _checked(builder, name, value, line), line, unread=missed)
    return atom.ok


def _checked(builder: ModuleBuilder, name: str, value: Any, line: int) -> Any:
    """Return the value to store; refuses what the special attributes do not allow."""
    match name:
        case "doc" | "moduledoc" | "typedoc":
            return _checked_doc(builder, name, value, line)
        case "behaviour":
            if type(value) is not Atom:
                raise argument_error(f"@behaviour expects a module, got: {inspect(value)}")
        case "before_compile" | "after_compile" | "after_verify" | "on_definition":
            if type(value) is Atom:
                return (value, atom(f"__{name}__"))
        case "on_load":
            if "on_load" in builder.attributes:
                raise argument_error("the @on_load attribute can only be set once per module")
            if type(value) is Atom:
                return (value, 0)
            if type(value) is not tuple or len(value) != 2 or type(value[0]) is not Atom or value[1] != 0:
                raise argument_error(
                    "@on_load is a built-in module attribute that annotates a function to be invoked when the module is loaded. "
                    f"It should be an atom or an {{atom, 0}} tuple, got: {inspect(value)}"
                )
        case "impl":
            if atom_name(value) is None or value is None:
                raise argument_error(
                    "@impl is a built-in module attribute that marks the next definition as a callback implementation. "
                    f"It should be a module or a boolean, got: {inspect(value)}"
                )
            earlier = builder.attributes.get(name)
            if earlier is not None:
                warn(builder.module_env, line, f"redefining @impl attribute previously set at line {earlier.line}")
        case "enforce_keys":
            if not (is_proper(value) or type(value) is Atom):
                raise argument_error(f"@enforce_keys must be a list, got: {inspect(value)}")
    return value


def _checked_doc(builder: ModuleBuilder, name: str, value: Any, line: int) -> Any:
    if value is False or value is None or type(value) in (str, bytes):
        found = builder.attributes.get(name)
        if name != "typedoc" and found is not None and type(found.value) is str and type(value) is str:
            warn(builder.module_env, line, f"redefining @{name} attribute previously set at line {found.line}")
        return value
    if type(value) is Cons:
        # Metadata, `@doc since: "1.0"`: the text, if there is one, stays.
        builder.doc_facts.setdefault(name, []).extend(to_pylist(value))
        found = builder.attributes.get(name)
        return found.value if found is not None else None
    raise argument_error(
        f"@{name} is a built-in module attribute for documentation. It should be either false, nil, a string, or a "
        f"keyword list, got: {inspect(value)}"
    )


def get(module: Any, name: str, line: int) -> Any:
    """Return an attribute in the module's body: what `@name` compiles to. Warns when it was never set."""
    builder = BUILDERS[module]
    _warn_undefined(builder, name, line)
    return builder.read(name)


def read_in_function(env: Any, name: str, line: int) -> Any:
    """Return the form of an attribute's value for a function's body: the value as it is at this place."""
    builder = BUILDERS.get(env.module)
    if builder is None:
        raise argument_error(
            f"could not call Module.__get_attribute__/4 because the module {inspect(env.module)} is already compiled"
        )
    _warn_undefined(builder, name, line)
    value = builder.read(name)
    try:
        return escape(value)
    except ElixirError as error:
        why = error.reason.get(atom.message)
        raise argument_error(f"cannot inject attribute @{name} into function/macro because {why}") from None


def _warn_undefined(builder: ModuleBuilder, name: str, line: int) -> None:
    if name in builder.attributes or name in ("moduledoc", "doc", "typedoc", "impl", "derive", "enforce_keys"):
        return
    warn(
        builder.module_env,
        line,
        f"undefined module attribute @{name}, please remove access to @{name} or explicitly set it before access",
    )


def get_attribute(module: Any, name: Any, default: Any = None) -> Any:
    """`Module.get_attribute`: the value of an attribute, or the default.

        iex> defmodule Painted do
        ...>   @color :red
        ...>   IO.inspect(Module.get_attribute(__MODULE__, :color))
        ...> end |> elem(1)
        :red
        Painted
    """
    key = _key(name, "get_attribute", module, name, default)
    builder = open_builder(module, "get_attribute", 2)
    if key in TYPESPECS:
        return _typespecs(builder, key)
    if key not in builder.attributes:
        return default
    value = builder.read(key)
    return (builder.attributes[key].line, value) if key in DOCUMENTATION and value is not None else value


def get_last_attribute(module: Any, name: Any, default: Any = None) -> Any:
    """`Module.get_last_attribute`: the value of an attribute; of an accumulating one, the last that was set.

        iex> defmodule Latest do
        ...>   Module.register_attribute(__MODULE__, :step, accumulate: true)
        ...>   @step :a
        ...>   @step :b
        ...>   def last, do: {unquote(Module.get_last_attribute(__MODULE__, :step)), @step}
        ...> end; Latest.last()
        {:b, [:b, :a]}
    """
    key = _key(name, "get_last_attribute", module, name, default)
    builder = open_builder(module, "get_last_attribute", 2)
    found = builder.attributes.get(key)
    if found is None or (found.accumulate and found.value is EMPTY):
        return default
    value = builder.read(key)
    return value.head if found.accumulate else value


def put_attribute(module: Any, name: Any, value: Any) -> Any:
    """`Module.put_attribute`: set an attribute. Returns `:ok`.

        iex> defmodule Told do
        ...>   Module.put_attribute(__MODULE__, :told, :yes)
        ...>   def told, do: @told
        ...> end; Told.told()
        :yes
    """
    key = _key(name, "put_attribute", module, name, value)
    builder = open_builder(module, "put_attribute", 3)
    line = builder.line
    if key in DOCUMENTATION:
        line, value = _given_documentation(key, value)
    builder.write(key, _checked(builder, key, value, line), line, unread=False)
    return atom.ok


def _given_documentation(name: str, value: Any) -> tuple[int, Any]:
    """Return line and text of documentation that code hands over."""
    if type(value) is tuple and len(value) == 2 and type(value[0]) is int:
        line, text = value
        if text is None or text is False or is_binary(text) or type(text) is Cons:
            return line, text
    raise argument_error(
        f"@{name} is a built-in module attribute for documentation. When set dynamically, it should be {{line, doc}} (where "
        f'"doc" is either false, nil, a string, or a keyword list), got: {inspect(value)}'
    )


def _typespecs(builder: ModuleBuilder, kind: str) -> Any:
    """Return the specs or types that are declared so far, the last one first, as `{kind, form, {module, line}}`."""
    declared = [(atom(kind), form, (builder.name, line)) for of, form, line, _ in builder.typespecs if of == kind]
    return from_iterable(declared[::-1])


def delete_attribute(module: Any, name: Any) -> Any:
    """`Module.delete_attribute`: unset an attribute and return its value.

        iex> defmodule Undone do
        ...>   @kept 1
        ...>   def was, do: unquote(Module.delete_attribute(__MODULE__, :kept))
        ...> end; Undone.was()
        1
    """
    key = _key(name, "delete_attribute", module, name)
    builder = open_builder(module, "delete_attribute", 2)
    found = builder.attributes.get(key)
    if found is None:
        return None
    value = (found.line, found.value) if key in DOCUMENTATION else found.value
    if found.accumulate:
        found.value = EMPTY
    else:
        del builder.attributes[key]
    return value


def register_attribute(module: Any, name: Any, options: Any) -> Any:
    """`Module.register_attribute`: declare an attribute as accumulating or persisted.

        iex> defmodule Gathered do
        ...>   Module.register_attribute(__MODULE__, :rule, accumulate: true)
        ...>   @rule 1
        ...>   @rule 2
        ...>   def rules, do: @rule
        ...> end; Gathered.rules()
        [2, 1]
    """
    key = _key(name, "register_attribute", module, name, options)
    builder = open_builder(module, "register_attribute", 3)
    given = {key.name: value for key, value in to_pylist(options)}
    builder.register(key, accumulate=given.get("accumulate") is True, persist=given.get("persist") is True)
    return atom.ok


def has_attribute(module: Any, name: Any) -> bool:
    """`Module.has_attribute?`: whether an attribute is set.

        iex> defmodule Asked do
        ...>   @here true
        ...>   def here, do: @here
        ...>   def has, do: unquote(Module.has_attribute?(__MODULE__, :here))
        ...> end; Asked.has()
        true
    """
    key = _key(name, "has_attribute?", module, name)
    return key in open_builder(module, "has_attribute?", 2).attributes


def attributes_in(module: Any) -> Any:
    """`Module.attributes_in`: the names of all attributes that are set.

        iex> defmodule Names do
        ...>   @first 1
        ...>   def names, do: {@first, unquote(:first in Module.attributes_in(__MODULE__))}
        ...> end; Names.names()
        {1, true}
    """
    builder = open_builder(module, "attributes_in", 1)
    return from_iterable([atom(name) for name in dict.fromkeys([*builder.attributes, *TYPESPECS])])


def _key(name: Any, function: str, *args: Any) -> str:
    """Return an attribute's name for a function of `Module`; raises what it raises for arguments that are no atoms."""
    found = atom_name(name)
    if found is None or not is_atom(args[0]):
        raise function_clause(atom("Elixir.Module"), function, args)
    return found


def put_typespec(module: Any, kind: str, form: Any, line: int) -> Any:
    """Keep a `@spec`, `@type` or `@callback` for `h` and `t`, and for the behaviour's checks. Returns `:ok`."""
    builder = BUILDERS[module]
    doc = builder.take("typedoc") if kind in ("type", "opaque", "typep") else None
    if kind in ("callback", "macrocallback"):
        doc = builder.take("doc")
    builder.typespecs.append((kind, form, line, doc))
    return atom.ok


def typespec_name(form: Any) -> tuple[str, int] | None:
    """Return name and arity of what a spec or type speaks of."""
    while is_call(form) and type(form[0]) is Atom and form[0].name in ("::", "when"):
        form = to_pylist(form[2])[0]
    if not is_call(form) or atom_name(form[0]) is None:
        return None
    arguments = len(form[2]) if isinstance(form[2], (Cons, type(EMPTY))) else 0
    return str(atom_name(form[0])), arguments


def callbacks_of(builder: ModuleBuilder) -> list[tuple[str, int]]:
    """Return the callbacks that the module declares, macros as `MACRO-name` with the caller counted."""
    found = []
    for kind, form, _, _ in builder.typespecs:
        name = typespec_name(form)
        if name is None:
            continue
        if kind == "callback":
            found.append(name)
        elif kind == "macrocallback":
            found.append(("MACRO-" + name[0], name[1] + 1))
    return list(dict.fromkeys(found))


def optional_callbacks_of(builder: ModuleBuilder) -> list[tuple[str, int]]:
    """Return the pairs of `@optional_callbacks`."""
    attribute = builder.attributes.get("optional_callbacks")
    if attribute is None or attribute.value is None:
        return []
    macros = {typespec_name(form) for kind, form, _, _ in builder.typespecs if kind == "macrocallback"}
    given = [pair for pairs in to_pylist(attribute.value) for pair in to_pylist(pairs)]
    pairs = [(atom_name(name) or "", arity) for name, arity in given]
    return [("MACRO-" + name, arity + 1) if (name, arity) in macros else (name, arity) for name, arity in pairs]

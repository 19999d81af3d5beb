"""Module: what code may ask and tell a module that is being compiled."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.module import attributes, overriding
from pyex.compiler.module.builder import BUILDERS, ModuleBuilder, Signature, open_builder
from pyex.compiler.module.compile import compile_module
from pyex.terms.atoms import Atom, alias, atom, atom_name, exists, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, bad_argument, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, from_iterable, to_pylist
from pyex.terms.maps import Map

module = NativeModule("Module", doc="Functions about modules that are being compiled, and about module names.")

_DOCUMENTED: Final = {
    atom("def"): "function",
    atom("defmacro"): "macro",
    atom("callback"): "callback",
    atom("macrocallback"): "macrocallback",
    atom("type"): "type",
    atom("opaque"): "type",
}
"""What the documentation of each kind of definition is stored under."""
_PRIVATE: Final = frozenset({atom("defp"), atom("defmacrop"), atom("typep")})

module.function("get_attribute", arity=(2, 3))(attributes.get_attribute)
module.function("get_last_attribute", arity=(2, 3))(attributes.get_last_attribute)
module.function("put_attribute")(attributes.put_attribute)
module.function("delete_attribute")(attributes.delete_attribute)
module.function("register_attribute")(attributes.register_attribute)
module.function("has_attribute?")(attributes.has_attribute)
module.function("attributes_in")(attributes.attributes_in)


@module.function("__put_attribute__", doc=False)
def put_attribute(target: Any, name: Any, value: Any, line: Any, missed: Any) -> Any:
    """What `@name value` compiles to."""
    return attributes.put(target, atom_name(name) or "", value, line, missed)


@module.function("__get_attribute__", doc=False)
def get_attribute(target: Any, name: Any, line: Any) -> Any:
    """What `@name` compiles to in a module's body."""
    return attributes.get(target, atom_name(name) or "", line)


@module.function("__put_typespec__", doc=False)
def put_typespec(target: Any, kind: Any, form: Any, line: Any) -> Any:
    """What `@spec` and its kin compile to."""
    return attributes.put_typespec(target, kind.name, form, line)


@module.function
def make_overridable(target: Any, functions: Any) -> Any:
    """Make functions of a module overridable.

        iex> defmodule Softer do
        ...>   def one, do: 1
        ...>   Module.make_overridable(__MODULE__, one: 0)
        ...>   def one, do: super() + 1
        ...> end; Softer.one()
        2
    """
    if target not in BUILDERS and type(functions) is Atom:
        open_builder(target, "overridable?", 2)
    return overriding.make_overridable(open_builder(target, "make_overridable", 2), functions)


@module.function("overridable?")
def is_overridable(target: Any, signature: Any) -> bool:
    """Whether a function of a module is overridable.

        iex> defmodule Softest do
        ...>   def one, do: 1
        ...>   defoverridable one: 0
        ...>   def is, do: unquote(Module.overridable?(__MODULE__, {:one, 0}))
        ...> end; Softest.is()
        true
    """
    return _signature(signature) in open_builder(target, "overridable?", 2).overridable


@module.function
def overridables_in(target: Any) -> Any:
    """The overridable functions of a module.

        iex> defmodule Soft do
        ...>   def one, do: 1
        ...>   defoverridable one: 0
        ...>   def which, do: unquote(Module.overridables_in(__MODULE__))
        ...> end; Soft.which()
        [one: 0]
    """
    return _pairs(open_builder(target, "overridables_in", 1).overridable)


@module.function("open?")
def is_open(target: Any) -> bool:
    """Whether a module is being compiled.

        iex> Module.open?(Enum)
        false
    """
    if not is_atom(target):
        raise function_clause(module.name, "open?", (target,))
    return target in BUILDERS


@module.function("defines?", arity=(2, 3))
def defines(target: Any, signature: Any, kind: Any = None) -> bool:
    """Whether a module has defined a function or macro so far.

        iex> defmodule Defines do
        ...>   def one, do: 1
        ...>   def told, do: unquote({Module.defines?(__MODULE__, {:one, 0}), Module.defines?(__MODULE__, {:two, 0})})
        ...> end; Defines.told()
        {true, false}
    """
    args = (target, signature) if kind is None else (target, signature, kind)
    stored = _open(target, "defines?", *args).definitions.get(_signature(signature))
    return stored is not None and (kind is None or stored.definition.kind == kind.name)


@module.function(arity=(1, 2))
def definitions_in(target: Any, kind: Any = None) -> Any:
    """The functions and macros that a module has defined so far.

        iex> defmodule Listing do
        ...>   def one, do: 1
        ...>   def all, do: unquote(Module.definitions_in(__MODULE__))
        ...> end; Listing.all()
        [one: 0]
    """
    builder = _open(target, "definitions_in", *((target,) if kind is None else (target, kind)))
    return _pairs(
        key for key, stored in builder.definitions.items() if kind is None or stored.definition.kind == kind.name
    )


@module.function(arity=(2, 3))
def get_definition(target: Any, signature: Any, options: Any = EMPTY) -> Any:
    """Kind, metadata and clauses of a definition: `{:v1, kind, meta, clauses}`, or `nil`.

        iex> defmodule Looked do
        ...>   def one, do: 1
        ...>   def kind, do: unquote(elem(Module.get_definition(__MODULE__, {:one, 0}), 1))
        ...> end; Looked.kind()
        :def
    """
    stored = _open(target, "get_definition", target, signature, options).definitions.get(_signature(signature))
    if stored is None:
        return None
    clauses = [
        (from_iterable([(atom.line, one.line)]), from_iterable(one.args), from_iterable(one.guards), one.body)
        for one in stored.definition.clauses
    ]
    meta = from_iterable([(atom.line, stored.definition.line)])
    return (atom.v1, atom(stored.definition.kind), meta, from_iterable(clauses))


@module.function
def delete_definition(target: Any, signature: Any) -> bool:
    """Delete a definition; tells whether it was there.

        iex> defmodule Fewer do
        ...>   def one, do: 1
        ...>   Module.delete_definition(__MODULE__, {:one, 0})
        ...> end; function_exported?(Fewer, :one, 0)
        false
    """
    builder = _open(target, "delete_definition", target, signature)
    builder.local_namespace = None
    return builder.definitions.pop(_signature(signature), None) is not None


@module.function("defines_type?")
def defines_type(target: Any, signature: Any) -> bool:
    """Whether a module has declared a type, of that name and arity, so far.

        iex> defmodule Typed do
        ...>   @type age :: integer
        ...>   def has, do: unquote(Module.defines_type?(__MODULE__, {:age, 0}))
        ...> end; Typed.has()
        true
    """
    builder = _open(target, "defines_type?", target, signature)
    wanted = _signature(signature)
    declared = ("type", "typep", "opaque", "nominal")
    return any(kind in declared and attributes.typespec_name(form) == wanted for kind, form, _, _ in builder.typespecs)


@module.function
def spec_to_callback(target: Any, signature: Any) -> bool:
    """Make callbacks of the specs of a function of the module; tells whether there are any."""
    builder = _open(target, "spec_to_callback", target, signature)
    wanted = _signature(signature)
    specs = [spec for spec in builder.typespecs if spec[0] == "spec" and attributes.typespec_name(spec[1]) == wanted]
    builder.typespecs.extend(("callback", form, line, doc) for _, form, line, doc in specs)
    return bool(specs)


@module.function
def create(name: Any, quoted: Any, env: Any) -> Any:
    """Define a module of a quoted body, in an environment (`__ENV__`, or a keyword list with `:file` and `:line`).

        iex> {:module, module, _, _} = Module.create(Made, quote(do: def(one, do: 1)), __ENV__)
        iex> module.one()
        1
    """
    if not is_atom(name):
        raise function_clause(module.name, "create", (name, quoted, env))
    return compile_module(name, quoted, {}, _environment(env))


def _environment(env: Any) -> Env:
    if type(env) is not Cons and env is not EMPTY:
        return Env.of(env).replace(module=None, function=None, definitions=None)
    from pyex.compiler.env import default_env

    given = {key.name: value for key, value in to_pylist(env)}
    if "file" not in given:
        raise argument_error("expected :file to be given as option")
    return default_env(file=given["file"], line=given.get("line", 0))


@module.function(arity=(2, 3, 4))
def eval_quoted(target: Any, quoted: Any, binding: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Evaluate a quoted form in the body of a module that is being compiled.

        iex> Code.eval_quoted(quote(do: 1 + 1)) |> elem(0)
        2
    """
    from pyex.compiler.evaluate import eval_quoted as evaluate

    name = target if is_atom(target) else Env.of(target).module
    builder = open_builder(name, "eval_quoted", 4)
    env = builder.env.replace(module=name, function=None, definitions=builder) if name is target else Env.of(target)
    variables = {(name, None): value for name, value in to_pylist(binding)}
    found = evaluate(quoted, variables, env)
    named = [(atom(key), value) for key, value in found.binding.items() if type(key) is str]
    return (found.value, from_iterable(named))


@module.function(arity=1)
def concat(parts: Any) -> Any:
    """The module of a list of names: `Module.concat([Foo, "Bar"])` is `Foo.Bar`.

        iex> Module.concat([Shop, "Cart", :Item])
        Shop.Cart.Item
        iex> Module.concat(Shop, Cart)
        Shop.Cart
    """
    return atom(_concat(to_pylist(parts), "concat", parts))


@module.function("concat", arity=2)
def concat_two(left: Any, right: Any) -> Any:
    """The module of two names."""
    return atom(_concat([left, right], "concat", left, right))


def _concat(parts: list[Any], function: str, *args: Any) -> str:
    """Return the name that names make together; what is no name fits no clause."""
    names: list[str] = []
    for place, part in enumerate(parts):
        name = str(part) if is_binary(part) else atom_name(part)
        if name is None:
            if len(args) == 2:
                raise function_clause(module.name, function, args)
            raise function_clause(atom("elixir_aliases"), "do_concat", (from_iterable(parts[place:]), ".".join(["Elixir", *names])))
        if part is not None and name not in ("Elixir", ""):
            names.append(name.removeprefix("Elixir.").lstrip("."))
    return ".".join(["Elixir", *names])


@module.function(arity=1)
def safe_concat(parts: Any) -> Any:
    """Like `concat`, for names that are known already.

        iex> Module.safe_concat([Enum])
        Enum
    """
    found = _concat(to_pylist(parts), "safe_concat", parts)
    return _known(found)


@module.function("safe_concat", arity=2)
def safe_concat_two(left: Any, right: Any) -> Any:
    """Like `concat`, for names that are known already."""
    return _known(_concat([left, right], "safe_concat", left, right))


def _known(name: str) -> Any:
    """Return the atom of a name that some atom has already."""
    if not exists(name):
        raise bad_argument("erlang", "binary_to_existing_atom", (name, atom("utf8")), a1="not an already existing atom")
    return atom(name)


@module.function
def split(name: Any) -> Any:
    """The parts of a module's name as strings.

        iex> Module.split(Shop.Cart.Item)
        ["Shop", "Cart", "Item"]
    """
    if not is_binary(name) and not is_atom(name):
        raise function_clause(module.name, "split", (name,))
    text = str(name) if is_binary(name) else atom_name(name) or ""
    if not text.startswith("Elixir."):
        raise argument_error(f"expected an Elixir module, got: {inspect(name)}")
    return from_iterable(text[7:].split("."))


_RESERVED = {
    "after_compile": "Functions to call when the module has been compiled.",
    "after_verify": "Functions to call when the module has been verified.",
    "before_compile": "Macros or functions to call just before the module is compiled.",
    "behaviour": "A behaviour that the module promises to implement.",
    "callback": "The type of a function that a behaviour asks for.",
    "compile": "Options for compiling this module.",
    "deprecated": "What to use instead of the next function.",
    "derive": "The protocols that the module's struct derives.",
    "dialyzer": "Options for Dialyzer.",
    "doc": "The documentation of the next function, macro or callback.",
    "enforce_keys": "The fields that must be given when the module's struct is built.",
    "external_resource": "A file whose change makes the module stale.",
    "fallback_to_any": "Whether a protocol falls back to its implementation for Any.",
    "file": "The file name that stack traces show for the next function.",
    "for": "The type that a protocol is being implemented for.",
    "impl": "Says that the next function implements a callback.",
    "macrocallback": "The type of a macro that a behaviour asks for.",
    "moduledoc": "The documentation of the module.",
    "on_definition": "A function to call at each definition in the module.",
    "on_load": "A function to call whenever the module is loaded.",
    "opaque": "A type whose structure is nobody else's business.",
    "optional_callbacks": "The callbacks of a behaviour that may be left out.",
    "protocol": "The protocol that is being implemented.",
    "spec": "The types of a function's arguments and of its result.",
    "type": "A type, for use in specifications.",
    "typedoc": "The documentation of the next type.",
    "typep": "A type for this module alone.",
    "undefined_impl_description": "What a protocol says when it finds no implementation.",
    "vsn": "The version of the module.",
}


@module.function
def reserved_attributes() -> Any:
    """Return the module attributes that mean something to Elixir, each with a map that says what.

    iex> Map.has_key?(Module.reserved_attributes(), :moduledoc)
    true
    """
    return Map.from_pairs((atom(name), Map.from_pairs([(atom("doc"), text)])) for name, text in _RESERVED.items())


@module.function(arity=(5, 6))
def add_doc(target: Any, line: Any, kind: Any, signature: Any, *rest: Any) -> Any:
    """Document a function or macro of a module that is being compiled; its parameters may stand before the text.

        iex> defmodule Example.Told do
        ...>   def half(n), do: n / 2
        ...>   Module.add_doc(__MODULE__, 1, :def, {:half, 1}, [quote(do: n)], "The half.")
        ...> end |> elem(3)
        :ok
    """
    builder = open_builder(target, "add_doc", 6)
    if kind in _PRIVATE:
        return atom("error"), atom("private_doc")
    parameters = rest[0] if len(rest) == 2 else EMPTY
    if type(signature) is not tuple or len(signature) != 2:
        raise function_clause(module.name, "add_doc", (target, line, kind, signature, parameters, rest[-1]))
    if kind not in _DOCUMENTED:
        raise function_clause(module.name, "doc_key", (kind,))
    key = (_DOCUMENTED[kind], *_signature(signature))
    if key in builder.signatures and len(to_pylist(parameters)) != signature[1]:
        raise function_clause(module.name, "merge_signatures", (builder.signatures[key], parameters, 1))
    builder.docs[key] = rest[-1]
    builder.doc_lines[key] = line
    return atom.ok


def _open(target: Any, name: str, *args: Any) -> ModuleBuilder:
    """Return the builder of an open module for a function with these arguments, the second of which is a signature or a kind."""
    wanted = args[1] if len(args) > 1 else (atom("f"), 0)
    pair = type(wanted) is tuple and len(wanted) == 2 and is_atom(wanted[0]) and type(wanted[1]) is int
    if not is_atom(target) or not pair and not (name == "definitions_in" and is_atom(wanted)):
        of_types = name in ("defines_type?", "spec_to_callback")
        raise function_clause(alias("Kernel.Typespec") if of_types else module.name, name, args)
    return open_builder(target, name, len(args))


def _signature(pair: Any) -> Signature:
    name, arity = pair
    return (atom_name(name) or "", arity)


def _pairs(keys: Any) -> Any:
    return from_iterable(
        sorted([(atom(name), arity) for name, arity in keys], key=lambda pair: (str(atom_name(pair[0])), pair[1]))
    )

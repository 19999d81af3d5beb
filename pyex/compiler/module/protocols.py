"""Protocols: what `defprotocol` and `defimpl` write into their modules, derivation, and dispatch."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.evaluate import eval_quoted
from pyex.compiler.expand import traces
from pyex.compiler.host import host
from pyex.compiler.kernel.build import block, call, case, clause, generated, kernel, remote, var
from pyex.compiler.module.builder import BUILDERS, ModuleBuilder
from pyex.compiler.module.escape import escape
from pyex.compiler.module.heads import Head
from pyex.compiler.module.store import store_definition
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.binaries import Bits
from pyex.terms.errors import ElixirError, argument_error, elixir_error, erlang_error
from pyex.terms.functions import Export, is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, List, elixir_list, from_iterable, to_pylist
from pyex.terms.maps import STRUCT, Map
from pyex.terms.pids import Pid, Port, Reference

PROTOCOL: Final = alias("Protocol")
NATIVE: Final = frozenset(
    alias(name)
    for name in ("Enumerable", "Collectable", "Inspect", "String.Chars", "List.Chars", "IEx.Info", "JSON.Encoder")
)
"""The library's own protocols: they look for implementations themselves."""
ANY: Final = alias("Any")
INSPECT: Final = alias("Inspect")


def open_protocol(name: Any) -> Any:
    """Begin a protocol: from here on a `def` without a body declares one of its functions. Returns `:ok`."""
    builder = BUILDERS[name]
    builder.extra["protocol"] = []
    builder.extra["protocol_open"] = True
    builder.write("fallback_to_any", False, builder.line, unread=False)
    return atom.ok


def declare_function(builder: ModuleBuilder, head: Head, env: Any, line: int) -> None:
    """Declare a function of a protocol: a callback, and the function that dispatches on its first argument."""
    if not head.parameters:
        failure = argument_error("protocol functions expect at least one argument")
        traces.expanding(failure, PROTOCOL, "MACRO-def", 2, env, line)
        raise failure
    parameters = [var("term"), *(var(f"arg{index}") for index in range(2, head.arity + 1))]
    # What is not implemented fails in `impl_for!/1`, as the stack trace of the BEAM has it.
    found, term = var("implementation"), parameters[0]
    implementation = case(
        remote(PROTOCOL, "__impl_for__", env.module, term),
        clause(None, call("impl_for!", term)),
        clause(found, found),
        meta=generated(),
    )
    meta = elixir_list((atom.line, line))
    body = ((atom("."), meta, elixir_list(implementation, atom(head.name))), meta, from_iterable(parameters))
    builder.extra["protocol"].append((head.name, head.arity))
    builder.extra["protocol_open"] = False
    store_definition(
        "def",
        (atom(head.name), head.meta, from_iterable(parameters)),
        elixir_list((atom.do, body)),
        True,
        env,
        check=False,
    )
    builder.extra["protocol_open"] = True


def close_protocol(name: Any, env: Any) -> Any:
    """Complete a protocol: `impl_for/1`, `impl_for!/1`, `__protocol__/1`, and its callbacks. Returns the functions."""
    builder = BUILDERS[name]
    builder.extra["protocol_open"] = False
    functions: list[tuple[str, int]] = builder.extra["protocol"]
    if not functions and not env.collector.is_tainted(name):
        from pyex.compiler.module.reports import warn

        warn(
            env,
            builder.line,
            "protocols must define at least one function, but none was defined",
        )
    data = var("data")
    fallback = builder.read("fallback_to_any") is True
    builder.extra["fallback_to_any"] = fallback
    _define(env, call("impl_for", data), remote(PROTOCOL, "__impl_for__", name, data))
    description = builder.read("undefined_impl_description") or ""
    _define(env, call("impl_for!", data), remote(PROTOCOL, "__implementation__", name, data, escape(description)))
    pairs = from_iterable([(atom(key), arity) for key, arity in functions])
    answers = {
        "module": name,
        "functions": pairs,
        "consolidated?": False,
        "impls": atom.not_consolidated,
        "fallback_to_any": fallback,
    }
    for key, answer in answers.items():
        _define(env, call("__protocol__", atom(key)), answer)
    declared = {named for kind, form, _, _ in builder.typespecs if kind == "callback" for named in [_name_of(form)]}
    for key, arity in functions:
        if (key, arity) not in declared:
            arguments = from_iterable([call("term") for _ in range(arity)])
            builder.typespecs.append(
                ("callback", call("::", (atom(key), EMPTY, arguments), call("term")), builder.line, None)
            )
    return (atom("__protocol__"), 1)


def _name_of(form: Any) -> tuple[str, int] | None:
    from pyex.compiler.module.attributes import typespec_name

    return typespec_name(form)


def _define(env: Any, head: Any, body: Any) -> None:
    store_definition("def", head, elixir_list((atom.do, body)), True, env, check=False)


def begin_implementation(name: Any, protocol: Any, target: Any, env: Any) -> Any:
    """Begin the module of an implementation. Returns `:ok`."""
    builder = BUILDERS[name]
    if host.current.function(protocol, "behaviour_info", 1) is not None:
        builder.write("behaviour", protocol, builder.line)
    builder.write("protocol", protocol, builder.line, unread=False)
    builder.write("for", target, builder.line, unread=False)
    builder.extra["impl"] = (protocol, target)
    for key, value in (("for", target), ("target", name), ("protocol", protocol)):
        _define(env, call("__impl__", atom(key)), value)
    forget(protocol)
    return atom.ok


def derive(protocol: Any, target: Any, default: Map, options: Any, env: Any) -> None:
    """Implement a protocol for a struct as its implementation for Any says (`@derive`)."""
    if protocol not in NATIVE and not host.current.ensure_compiled(protocol):
        raise argument_error(
            f"could not load module {inspect(protocol)} due to reason :nofile, cannot derive {inspect(protocol)} for "
            f"{inspect(target)}"
        )
    if protocol is INSPECT:
        try:
            _check_shown(target, default, options)
        except ElixirError as failure:
            traces.expanding(failure, INSPECT, "MACRO-__deriving__", 3, env, env.line)
            raise
    builder = BUILDERS.get(target)
    if builder is not None:
        builder.extra.setdefault("derive", []).append((protocol, options))
    elif protocol is INSPECT:
        _derive_inspect(target, options, env)
        return
    general = atom(f"{protocol.name}.Any")
    if not host.current.ensure_compiled(general):
        if host.current.function(protocol, "__protocol__", 1) is None:
            if protocol not in NATIVE:
                raise argument_error(f"{inspect(protocol)} is not a protocol, cannot derive {inspect(protocol)} for {inspect(target)}")
            return  # the library's own protocols read what a struct derives from the module's information
        raise argument_error(
            f"could not load module {inspect(general)} due to reason :nofile, cannot derive {inspect(protocol)} for "
            f"{inspect(target)}"
        )
    if host.current.function(general, "MACRO-__deriving__", 4) is not None:
        form = block(call("require", general), remote(general, "__deriving__", target, default, options))
        eval_quoted(form, {}, env.replace(function=None))
        return
    if host.current.function(general, "__deriving__", 1) is not None:
        raise argument_error(f"cannot derive {inspect(protocol)} for {inspect(target)}")
    _delegate_to_any(protocol, general, target, env)


def _check_shown(target: Any, default: Map, options: Any) -> None:
    """Refuse options of a derived Inspect that name fields which the struct has not."""
    fields = [key for key, _ in default.items() if key is not STRUCT]
    given = dict(to_pylist(options)) if isinstance(options, List) else {}
    for name in ("only", "except", "optional"):
        wanted = given.get(atom(name), EMPTY)
        if not isinstance(wanted, List):
            raise erlang_error("badarg", "erlang", "--", (wanted, from_iterable(fields)))
        unknown = [field for field in to_pylist(wanted) if field not in fields]
        if unknown:
            shown = inspect(from_iterable(unknown))
            raise argument_error(f"unknown fields {shown} in :{name} when deriving the Inspect protocol for {inspect(target)}")


def _derive_inspect(target: Any, options: Any, env: Any) -> None:
    """Implement Inspect for a struct that is compiled already: there the options say what is shown of it."""
    term, opts = var("term"), var("opts")
    head = (atom.inspect, EMPTY, elixir_list(term, opts))
    body = remote(alias("Inspect.Any"), "__derived__", term, opts, escape(options))
    forms = elixir_list((atom.do, kernel("def", head, elixir_list((atom.do, body)))))
    eval_quoted(kernel("defimpl", INSPECT, elixir_list((atom("for"), target)), forms), {}, env.replace(function=None))


def _delegate_to_any(protocol: Any, general: Any, target: Any, env: Any) -> None:
    """Define the implementation of a struct that calls the one for Any."""
    function = host.current.function(protocol, "__protocol__", 1)
    pairs = function(atom.functions) if function is not None else EMPTY
    forms = []
    for name, arity in pairs:
        parameters = [var(f"arg{index}") for index in range(1, arity + 1)]
        head = (name, EMPTY, from_iterable(parameters))
        forms.append(kernel("def", head, elixir_list((atom.do, remote(general, name.name, *parameters)))))
    options = elixir_list((atom("for"), target))
    eval_quoted(
        kernel("defimpl", protocol, options, elixir_list((atom.do, block(*forms)))), {}, env.replace(function=None)
    )


_found: Final[dict[tuple[Any, Any], Any]] = {}
"""(protocol, type or struct name) → implementation, as far as they have been looked up."""


def forget(protocol: Any) -> None:
    """Look implementations of a protocol up anew: there is one more."""
    for key in [key for key in _found if key[0] is protocol]:
        del _found[key]


def impl_for(protocol: Any, term: Any) -> Any:
    """Return the module that implements a protocol for a term, or `nil`."""
    kind = type_of(term)
    key = (protocol, kind)
    if key in _found:
        return _found[key]
    found = _look_up(protocol, kind)
    if found is not None:
        _found[key] = found
    return found


def _look_up(protocol: Any, kind: Any) -> Any:
    name = atom(f"{protocol.name}.{(atom_name(kind) or '').removeprefix('Elixir.')}")
    if host.current.function(name, "__impl__", 1) is not None:
        return name
    function = host.current.function(protocol, "__protocol__", 1)
    if function is None or function(atom.fallback_to_any) is not True:
        return None
    general = atom(f"{protocol.name}.Any")
    # The implementation for Any may be missing: whoever calls it learns that.
    return general if protocol not in NATIVE or host.current.function(general, "__impl__", 1) is not None else None


def implementation(protocol: Any, term: Any, description: Any = "") -> Any:
    """Return the module that implements a protocol for a term; raises Protocol.UndefinedError."""
    found = impl_for(protocol, term)
    if found is None:
        raise elixir_error("Protocol.UndefinedError", protocol=protocol, value=term, description=description)
    return found


def type_of(term: Any) -> Any:
    """Return the name that protocols know a term's type by: `Integer`, `List`, or the struct's name."""
    kind = type(term)
    name = _TYPES.get(kind)
    if name is not None:
        return name
    if kind is Map:
        return term.struct or alias("Map")
    if kind is Cons or kind is type(EMPTY):
        return alias("List")
    if is_function(term):
        return alias("Function")
    return ANY


_TYPES: Final = {
    int: alias("Integer"),
    float: alias("Float"),
    str: alias("BitString"),
    bytes: alias("BitString"),
    Bits: alias("BitString"),
    tuple: alias("Tuple"),
    Atom: alias("Atom"),
    bool: alias("Atom"),
    type(None): alias("Atom"),
    Pid: alias("PID"),
    Port: alias("Port"),
    Reference: alias("Reference"),
    Export: alias("Function"),
}

"""What makes functions and macros: `def`, `defp`, `defmacro`, `defmacrop`, `defdelegate`, `defguard`, `defoverridable`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.kernel.build import (
    MODULE,
    WHEN,
    args_of,
    block,
    call,
    code_text,
    erlang,
    is_call,
    is_named,
    is_var,
    line_of,
    refuse_scope,
    remote,
)
from pyex.compiler.module.escape import escape, hand_over, has_unquote
from pyex.terms.atoms import Atom, alias, atom, atom_name, is_atom
from pyex.terms.errors import argument_error, elixir_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_iterable, to_pylist

DEFINE: Final = atom("elixir_def")
_MISSING: Final = object()


def definer(kind: str) -> Callable[..., Any]:
    """Return the macro `def`, `defp`, `defmacro` or `defmacrop`."""

    def define(env: Any, head: Any, body: Any = _MISSING) -> Any:
        refuse_scope(env, kind, 1 if body is _MISSING else 2)
        given = None if body is _MISSING else body
        dynamic_head, dynamic_body = has_unquote(head), has_unquote(given)
        return remote(
            DEFINE,
            "store_definition",
            atom(kind),
            escape(head, unquote=True) if dynamic_head else hand_over(env, head),
            escape(given, unquote=True) if dynamic_body else hand_over(env, given),
            body is not _MISSING,
            not (dynamic_head or dynamic_body),
            hand_over(env, env),
        )

    define.__doc__ = f"Define with `{kind}`, in a module's body."
    return define


def defdelegate(env: Any, functions: Any, options: Any) -> Any:
    """Define functions that call the function of the same name of another module."""
    refuse_scope(env, "defdelegate", 2)
    return remote(DEFINE, "store_delegate", hand_over(env, functions, fragments=True), options, hand_over(env, env))


def delegate_definition(head: Any, target: Any, as_name: Any) -> tuple[Any, Any]:
    """Return head and body of the function that a delegation defines."""
    name, meta, _ = head
    passed = []
    for argument in args_of(head):
        if is_named(argument, atom("\\\\"), 2):
            argument = argument[2].head
        if not is_var(argument):
            raise argument_error(
                f"guards are not allowed in defdelegate/2, got: {code_text(head)}"
                if name is WHEN
                else "defdelegate/2 only accepts function parameters, got: " + code_text(argument)
            )
        passed.append(argument)
    target_name = name if as_name is None else as_name
    body = ((atom("."), meta, elixir_list(target, target_name)), meta, from_iterable(passed))
    return head, elixir_list((atom.do, body))


def defguard(env: Any, guard: Any) -> Any:
    """Define a macro that may be used in guards."""
    return _defguard(env, "defmacro", "defguard", guard)


def defguardp(env: Any, guard: Any) -> Any:
    """Define a private macro that may be used in guards."""
    return _defguard(env, "defmacrop", "defguardp", guard)


def _defguard(env: Any, kind: str, name: str, guard: Any) -> Any:
    refuse_scope(env, name, 1)
    if not is_named(guard, WHEN, 2):
        raise argument_error(f"invalid syntax in {name} {code_text(guard)}")
    head, condition = to_pylist(guard[2])
    if not is_call(head) or type(head[0]) is not Atom:
        raise argument_error(f"invalid syntax in {name} {code_text(guard)}")
    parameters = [arg for arg in args_of(head) if is_var(arg)]
    if len(parameters) != len(args_of(head)):
        raise argument_error(f"invalid syntax in {name} {code_text(head)}")
    return remote(
        DEFINE, "store_guard", atom(kind), hand_over(env, head), hand_over(env, condition), hand_over(env, env)
    )


def guard_body(parameters: list[Any], condition: Any) -> Any:
    """Return the body of a guard's macro: the expanded condition, its parameters unquoted.

    In a guard they stand as they are; elsewhere each is evaluated once.
    """
    quoted = _unquote_parameters(parameters, condition)
    plain = call("quote", elixir_list((atom.do, quoted)))
    bound = [call("=", parameter, call("unquote", parameter)) for parameter in parameters]
    once = call("quote", elixir_list((atom.do, block(*bound, condition))))
    caller = (atom("__CALLER__"), EMPTY, None)
    in_guard = erlang("=:=", ((atom("."), EMPTY, elixir_list(caller, atom.context)), no_parens(), EMPTY), atom.guard)
    return call(
        "case",
        in_guard,
        elixir_list((atom.do, elixir_list(call("->", elixir_list(True), plain), call("->", elixir_list(False), once)))),
    )


def no_parens() -> Any:
    """Return the metadata of a field access: `map.field` is no call."""
    return elixir_list((atom.no_parens, True))


def _unquote_parameters(parameters: list[Any], form: Any) -> Any:
    names = {(p[0], p[2]) for p in parameters}

    def walk(node: Any) -> Any:
        if is_var(node) and (node[0], node[2]) in names:
            return call("unquote", node)
        if type(node) is tuple:
            return tuple([walk(item) for item in node])
        if type(node) is Cons:
            return from_iterable([walk(item) for item in to_pylist(node)])
        return node

    return walk(form)


def defoverridable(env: Any, functions: Any) -> Any:
    """Make functions of the module overridable."""
    refuse_scope(env, "defoverridable", 1)
    return remote(alias("Module"), "make_overridable", MODULE, functions)


def use(env: Any, name: Any, options: Any = EMPTY) -> Any:
    """Require a module and let it put code in here: `Module.__using__(options)`."""
    modules = _used_modules(name)
    forms = []
    for module in modules:
        if (
            not (is_call(module) and module[0] in (atom("__aliases__"), atom("__MODULE__"), atom("unquote")))
            and atom_name(module) is None
        ):
            raise argument_error(
                f"invalid arguments for use, expected a compile time atom or alias, got: {code_text(module)}"
            )
        forms.append(call("require", module))
        forms.append(remote(module, "__using__", options))
    return block(*forms)


def _used_modules(name: Any) -> list[Any]:
    """Return the modules of `A.{B, C}`, or the one."""
    if is_call(name) and is_call(name[0]) and name[0][0] is atom("."):
        base, kind = to_pylist(name[0][2])
        if kind is atom("{}"):
            return [
                (atom("__aliases__"), inner[1], from_iterable([base, *to_pylist(inner[2])]))
                for inner in to_pylist(name[2])
            ]
    return [name]


def at(env: Any, form: Any) -> Any:
    """Set or read a module attribute."""
    if env.module is None:
        raise argument_error("cannot invoke @/1 outside module")
    if not is_call(form) or type(form[0]) is not Atom:
        raise argument_error(f"expected 0 or 1 argument for @, got: {code_text(form)}")
    name = form[0].name
    arguments = args_of(form)
    line = _line(env, form)
    if len(arguments) > 1:
        if name in ("spec", "callback", "macrocallback"):
            text = f"type specification missing return type: {code_text(arguments[0])}"
            raise elixir_error("Kernel.TypespecError", file=env.file, line=line, description=text)
        raise argument_error(f"expected 0 or 1 argument for @{name}, got: {len(arguments)}")
    if not arguments:
        return _read(env, name, line)
    if env.function is not None:
        raise argument_error(f"cannot set attribute @{name} inside function/macro")
    if name == "behavior":
        _warn_behavior(env, line)
    if name in TYPESPECS:
        return remote(
            alias("Module"), "__put_typespec__", MODULE, atom(name), hand_over(env, arguments[0], fragments=True), line
        )
    quoted = any(type(pair) is tuple and pair[0] is atom.context for pair in to_pylist(form[1]))
    return remote(alias("Module"), "__put_attribute__", MODULE, atom(name), arguments[0], line, not quoted)


TYPESPECS: Final = frozenset({"spec", "type", "typep", "opaque", "callback", "macrocallback"})


def _warn_behavior(env: Any, line: int) -> None:
    from pyex.compiler.module.reports import warn

    warn(env, line, "@behavior attribute is not supported, please use @behaviour instead")


def _line(env: Any, form: Any) -> int:
    return line_of(form, env.line)


def _read(env: Any, name: str, line: int) -> Any:
    if env.function is None:
        return remote(alias("Module"), "__get_attribute__", MODULE, atom(name), line)
    from pyex.compiler.module.attributes import read_in_function

    return read_in_function(env, name, line)


def alias_bang(env: Any, form: Any) -> Any:
    """`alias!`: take an alias as the caller has it, not as the macro's author."""
    if is_call(form) and form[0] is atom("__aliases__"):
        meta = from_iterable([pair for pair in to_pylist(form[1]) if pair[0] is not atom.alias])
        return (form[0], meta, form[2])
    return form


def var_bang(env: Any, variable: Any, context: Any = None) -> Any:
    """`var!`: a variable of the caller, not of the macro."""
    if is_call(variable) and type(variable[0]) is Atom and (type(variable[2]) is Atom or variable[2] is None):
        if is_call(context):
            from pyex.terms.functions import export

            context = export(alias("Macro"), "expand", 2).fn(context, env)
        if not is_atom(context):
            raise argument_error(f"expected var! context to expand to an atom, got: {inspect(context)}")
        meta = [pair for pair in to_pylist(variable[1]) if pair[0].name not in ("counter", "if_undefined")]
        return (variable[0], from_iterable([*meta, (atom.if_undefined, atom("raise"))]), context)
    raise argument_error(f"expected a variable to be given to var!, got: {code_text(variable)}")

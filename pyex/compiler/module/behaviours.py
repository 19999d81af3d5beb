"""Behaviours: missing callbacks, and `@impl` that names none."""

from __future__ import annotations

from typing import Any

from pyex.compiler.host import host
from pyex.compiler.module import attributes
from pyex.compiler.module.builder import ModuleBuilder, Signature
from pyex.compiler.module.reports import warn
from pyex.terms.atoms import atom, atom_name
from pyex.terms.inspect import inspect
from pyex.terms.lists import to_pylist


def check(builder: ModuleBuilder) -> None:
    """Warn of callbacks that are missing, and of `@impl` where there is nothing to implement."""
    env = builder.module_env
    required: dict[Signature, Any] = {}
    optional: set[Signature] = set()
    declared = list(reversed(list(builder.attributes["behaviour"].value)))
    behaviours = list(dict.fromkeys(declared))
    for behaviour in declared:
        pairs = _callbacks(builder, env, behaviour)
        for signature in pairs or ():
            if signature in required:
                _warn_of_conflict(builder, env, signature, required[signature], behaviour)
            required[signature] = behaviour
        optional |= set(_optional(behaviour)) if pairs is not None else set()
    own = attributes.callbacks_of(builder)
    missing = [key for key in required if key not in optional and not _implemented(builder, key)]
    _check_impls(builder, env, behaviours, {**required, **dict.fromkeys(own, builder.name)})
    for signature in missing:
        kind, name, arity = _described(signature)
        what = "protocol" if required[signature] is builder.extra.get("impl", (None,))[0] else "behaviour"
        text = f"{kind} {name}/{arity} required by {what} {inspect(required[signature])}"
        stored = builder.definitions.get((name, arity))
        if stored is None:
            text += " is not implemented"
        else:
            right = "defmacro" if kind == "macro" else "def"
            text += f' was implemented as "{stored.definition.kind}" but should have been "{right}"'
        warn(env, builder.line, f"{text} (in module {builder.label})")


def _warn_of_conflict(builder: ModuleBuilder, env: Any, signature: Signature, first: Any, second: Any) -> None:
    kind, name, arity = _described(signature)
    callback = f"{kind} {name}/{arity}"
    if first is second:
        text = f"the behaviour {inspect(first)} has been declared twice (conflict in {callback} in module {builder.label})"
    else:
        text = f"conflicting behaviours found. Callback {callback} is defined by both {inspect(first)} and "
        text += f"{inspect(second)} (in module {builder.label})"
    warn(env, builder.line, text)


def _callbacks(builder: ModuleBuilder, env: Any, behaviour: Any) -> list[Signature] | None:
    if behaviour is builder.name:
        return []
    if not host.current.ensure_compiled(behaviour):
        warn(env, builder.line, f"@behaviour {inspect(behaviour)} does not exist (in module {builder.label})")
        return None
    pairs = _behaviour_info(behaviour, "callbacks")
    if pairs is None:
        warn(env, builder.line, f"module {inspect(behaviour)} is not a behaviour (in module {builder.label})")
    return pairs


def _behaviour_info(behaviour: Any, key: str) -> list[Signature] | None:
    function = host.current.function(behaviour, "behaviour_info", 1)
    if function is None:
        return None
    return [(str(atom_name(name)), arity) for name, arity in to_pylist(function(atom(key)))]


def _optional(behaviour: Any) -> list[Signature]:
    return _behaviour_info(behaviour, "optional_callbacks") or []


def _implemented(builder: ModuleBuilder, signature: Signature) -> bool:
    kind, name, arity = _described(signature)
    stored = builder.definitions.get((name, arity))
    return stored is not None and stored.definition.kind == ("defmacro" if kind == "macro" else "def")


def _described(signature: Signature) -> tuple[str, str, int]:
    name, arity = signature
    return ("macro", name[6:], arity - 1) if name.startswith("MACRO-") else ("function", name, arity)


def _check_impls(builder: ModuleBuilder, env: Any, behaviours: list[Any], known: dict[Signature, Any]) -> None:
    covered: set[Signature] = set()
    for (name, arity), _, _, _, defaults in builder.impls:
        covered.update((name, arity - less) for less in range(defaults + 1))
    _warn_without_impl(builder, env, known, covered)
    for (name, arity), kind, impl, line, defaults in builder.impls:
        is_macro = kind in ("defmacro", "defmacrop")
        candidates = [
            ("MACRO-" + name, arity - less + 1) if is_macro else (name, arity - less) for less in range(defaults + 1)
        ]
        word = "macro" if is_macro else "function"
        if kind in ("defp", "defmacrop"):
            warn(
                env,
                line,
                f"{word} {name}/{arity} is private, @impl attribute is always discarded for private functions/macros",
            )
            continue
        callback = next((known[key] for key in candidates if key in known), None)
        _check_impl(env, line, f"{word} {name}/{arity}", impl, callback, behaviours, known)


def _check_impl(
    env: Any, line: int, shown: str, impl: Any, callback: Any, behaviours: list[Any], known: dict[Signature, Any]
) -> None:
    text = f'got "@impl {inspect(impl)}" for {shown}'
    if not behaviours:
        if impl is not False:
            warn(env, line, f"{text} but no behaviour was declared")
    elif impl is False:
        if callback is not None:
            warn(env, line, f"{text} but it is a callback specified in {inspect(callback)}")
    elif impl is not True and impl not in behaviours:
        warn(env, line, f"{text} but this behaviour was not declared with @behaviour")
    elif callback is None or (impl is not True and callback is not impl):
        what = "this behaviour" if impl is not True else "no behaviour"
        verb = "does not specify" if impl is not True else "specifies"
        warn(env, line, f"{text} but {what} {verb} such callback{_known(known)}")


def _known(known: dict[Signature, Any]) -> str:
    if not known:
        return ". There are no known callbacks, please specify the proper @behaviour and make sure it defines callbacks"
    lines = []
    for signature, behaviour in sorted(known.items()):
        kind, name, arity = _described(signature)
        lines.append(f"\n  * {inspect(behaviour)}.{name}/{arity} ({kind})")
    return ". The known callbacks are:\n" + "".join(lines) + "\n"


def _warn_without_impl(builder: ModuleBuilder, env: Any, known: dict[Signature, Any], covered: set[Signature]) -> None:
    """Once one callback is marked with `@impl`, all of the module's own must be."""
    if not covered:
        return
    for signature, behaviour in known.items():
        kind, name, arity = _described(signature)
        stored = builder.definitions.get((name, arity))
        if stored is not None and stored.context not in builder.impl_contexts:
            continue
        if stored is None or not stored.check or stored.generated_default or (name, arity) in covered:
            continue
        if behaviour is builder.name or stored.definition.is_macro != (kind == "macro"):
            continue
        warn(
            env,
            stored.definition.line,
            f"module attribute @impl was not set for {kind} {name}/{arity} callback (specified in {inspect(behaviour)}). "
            'This either means you forgot to add the "@impl true" annotation before the definition or that you are '
            "accidentally overriding this callback",
        )

"""`:elixir_module.compile`: from the body of `defmodule` to a published module."""

from __future__ import annotations

import hashlib
import marshal
import pickle
from collections.abc import Callable, Mapping
from typing import Any, Final

from pyex.compiler.diagnostics import compile_error
from pyex.compiler.emit.module import emit_module
from pyex.compiler.evaluate import eval_quoted
from pyex.compiler.expand.traces import called_at_the_prompt
from pyex.compiler.forms import CompiledModule, Definition, ModuleForms, ModuleInfo
from pyex.compiler.host import host
from pyex.compiler.kernel.build import block, call, code_text, remote
from pyex.compiler.lexical import Lexical
from pyex.compiler.module import attributes, checks, constants, overriding, remotes, typespecs
from pyex.compiler.module.builder import BUILDERS, ModuleBuilder
from pyex.compiler.module.reports import warn
from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.errors import argument_error, elixir_error, erlang_error
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import elixir_list

watchers: Final[list[Callable[[Any, bytes], None]]] = []
"""Called with the name and the binary of every module that was compiled and published."""

changes: Final[list[Callable[[Any, Definition], Definition]]] = []
"""Called with the module's name and each definition before its code is emitted; what they return is emitted instead."""


def compile_module(name: Any, body: Any, binding: Mapping[Any, Any], env: Any) -> Any:
    """Evaluate a module's body, check and publish the module; returns `{:module, name, binary, last}`.

    Raises CompileError when errors were reported, and whatever the body raises.
    """
    _check_name(name, env)
    builder = ModuleBuilder(name, env, env.line)
    _warn_redefinition(name, env)
    env.collector.forget(name)
    BUILDERS[name] = builder
    lexical = None if env.lexical is not None else Lexical()
    if lexical is not None:
        env = env.replace(lexical=lexical)
    try:
        with called_at_the_prompt():
            value, last_env = _evaluate_body(builder, body, binding, env)
            compiled, stored = _finish(builder, last_env)
        host.current.publish(compiled)
    finally:
        BUILDERS.pop(name, None)
    binary = _binary(compiled, stored)
    for watcher in watchers:
        watcher(name, binary)
    _after_compile(builder, last_env, binary)
    if lexical is not None:
        lexical.report()
    remotes.check(builder)
    return (atom.module, name, binary, value)


def _check_name(name: Any, env: Any) -> None:
    if type(name) is not Atom:
        raise argument_error(f"invalid module name: {inspect(name)}")
    if name.name in ("Elixir", "Elixir."):
        raise elixir_error(
            "CompileError", file=env.file, line=env.line, description=f"cannot compile module {inspect(name)}"
        )
    open_one = BUILDERS.get(name)
    if open_one is not None:
        raise elixir_error(
            "CompileError",
            file=env.file,
            line=env.line,
            description=f"cannot define module {inspect(name)} because it is currently being defined in "
            f"{open_one.file}:{open_one.line}",
        )


def _warn_redefinition(name: Atom, env: Any) -> None:
    origin = host.current.origin(name)
    if origin is not None:
        module_env = env.replace(module=name, function=None)
        warn(
            module_env,
            env.line,
            f"redefining module {inspect(name)} (current version {origin})",
            code="redefined_module",
            subject=inspect(name),
        )


def _evaluate_body(builder: ModuleBuilder, body: Any, binding: Mapping[Any, Any], env: Any) -> tuple[Any, Any]:
    module_env = env.replace(
        module=builder.name,
        function=None,
        context=None,
        definitions=builder,
        line=builder.line,
        context_modules=(builder.name, *env.context_modules),
    )
    evaluated = eval_quoted(body, binding, module_env)
    last_env = evaluated.env
    hooks = builder.attributes["before_compile"].value
    for module, function in reversed(list(hooks)):
        if not host.current.ensure_compiled(module):
            raise erlang_error("undef", module, function.name, (last_env.to_struct(),))
        form = block(call("require", module), remote(module, function.name, last_env.to_struct()))
        last_env = eval_quoted(form, {}, last_env).env
    return evaluated.value, last_env


def _finish(builder: ModuleBuilder, env: Any) -> tuple[CompiledModule, bytes]:
    """Check the definitions and compile them; returns the module, and its code as it is stored."""
    if env.collector.is_tainted(builder.name):
        raise compile_error(env)
    overriding.restore(builder)
    checks.check_bodies(builder)
    checks.check_imports(builder)
    checks.check_on_load(builder)
    if env.collector.is_tainted(builder.name):
        raise compile_error(env)
    checks.check_locals(builder)
    typespecs.check(builder)
    checks.check_specs(builder)
    checks.check_clauses(builder)
    checks.check_attributes(builder)
    if env.collector.is_tainted(builder.name):
        raise compile_error(env)
    if env.lexical is not None:
        env.lexical.defer(constants.check(builder))
        env.lexical.report_deferred()
    definitions = [_changed(builder.name, stored.definition) for stored in builder.functions()]
    forms = ModuleForms(builder.name, builder.file, builder.line, definitions)
    code = emit_module(forms)
    info = _information(builder)
    stored = marshal.dumps(code)
    digest = hashlib.md5(stored, usedforsecurity=False).digest()
    info.extra["md5"] = digest
    if "vsn" not in builder.attributes:
        info.attributes.insert(0, ("vsn", elixir_list(int.from_bytes(digest, "big"))))
    return CompiledModule(builder.name, builder.file, code, info), stored


def _changed(name: Any, definition: Definition) -> Definition:
    for change in changes:
        definition = change(name, definition)
    return definition


def _information(builder: ModuleBuilder) -> ModuleInfo:
    """Return what is known of the module besides its code."""
    info = ModuleInfo(line=builder.line)
    for stored in builder.functions():
        definition = stored.definition
        key = (definition.name, definition.arity)
        info.clauses[key] = (definition.kind, stored.heads)
        info.lines[key] = definition.line
        if definition.kind == "def":
            info.functions.append(key)
        elif definition.kind == "defmacro":
            info.macros.append(key)
    info.functions.sort()
    info.macros.sort()
    info.attributes = builder.persisted()
    info.behaviours = list(reversed(list(builder.attributes["behaviour"].value)))
    info.callbacks = attributes.callbacks_of(builder)
    info.optional_callbacks = attributes.optional_callbacks_of(builder)
    moduledoc = builder.attributes.get("moduledoc")
    info.moduledoc = moduledoc.value if moduledoc is not None else None
    info.docs = builder.docs
    info.facts = builder.facts
    info.signatures = builder.signatures
    info.fields = builder.fields
    info.enforced = builder.enforced
    _typespecs(builder, info)
    if builder.deprecated:
        info.extra["deprecated"] = builder.deprecated
    if "on_load" in builder.attributes:
        info.extra["on_load"] = builder.attributes["on_load"].value[0].name
    for topic in ("protocol", "derive", "impl"):
        if topic in builder.extra:
            info.extra[topic] = builder.extra[topic]
    return info


def _typespecs(builder: ModuleBuilder, info: ModuleInfo) -> None:
    for kind, form, _, doc in builder.typespecs:
        named = attributes.typespec_name(form)
        if named is None:
            continue
        text = code_text(form)
        if kind in ("type", "opaque", "typep"):
            info.types.append((kind, *named, text))
            if doc is not None:
                info.docs["type", named[0], named[1]] = doc
        else:
            group = {"spec": "function"}.get(kind, kind)
            info.specs.setdefault((group, *named), []).append(text)
            if kind != "spec" and doc is not None:
                info.docs["callback", named[0], named[1]] = doc


def _binary(compiled: CompiledModule, stored: bytes) -> bytes:
    """Return the module as a binary, in the frame of a BEAM file: what `{:module, name, binary, _}` carries."""
    payload = pickle.dumps((atom_name(compiled.name), compiled.file, stored, compiled.info))
    return b"FOR1" + (len(payload) + 8).to_bytes(4, "big") + b"BEAM" + payload


def _after_compile(builder: ModuleBuilder, env: Any, binary: bytes) -> None:
    hooks = builder.attributes["after_compile"].value
    for module, function in reversed(list(hooks)):
        export(module, function.name, 2).fn(env.to_struct(), binary)
    for module, function in reversed(list(builder.attributes["after_verify"].value)):
        export(module, function.name, 1).fn(builder.name)

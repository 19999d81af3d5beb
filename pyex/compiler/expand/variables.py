"""Variables: reading, binding, pinning; which are undefined and which nobody reads."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import error, fatal, warn
from pyex.compiler.env import Env, Scope, Unused
from pyex.compiler.expand.words import COUNTER, PIN, UNDERSCORE, VERSION, call, is_variable, meta_get, special
from pyex.compiler.forms import Opaque
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons

_IF_UNDEFINED: Final = atom("if_undefined")
_GENERATED: Final = atom("generated")
_PSEUDO: Final = frozenset(atom(name) for name in ("__MODULE__", "__ENV__", "__DIR__", "__CALLER__", "__STACKTRACE__"))


def variable(form: Any, name: Atom, meta: Any, context: Any, s: Scope) -> Any:
    """Expand a bare name: a pseudo variable such as `__MODULE__`, `_`, or a variable."""
    if name in _PSEUDO:
        return _pseudo(form, name.name, meta, s)
    if name is UNDERSCORE:
        if s.env.context == "match":
            return form
        raise fatal(
            s.env,
            meta,
            "invalid use of _. _ can only be used inside patterns to ignore values and cannot be used in expressions. "
            "Make sure you are inside a pattern or change it accordingly",
        )
    key = (name, meta_get(meta, COUNTER, context))
    if s.env.context == "match":
        return _bind(name, meta, context, key, s)
    version = s.vars.get(key)
    if version is None:
        return _undefined(form, name, meta, s)
    if name.name[0] == "_" and meta_get(meta, _GENERATED) is None:
        _warn_underscored(name, meta, s)
    s.unused.pop(version, None)
    return (name, Cons((VERSION, version), meta), context)


def _bind(name: Atom, meta: Any, context: Any, key: tuple[Any, Any], s: Scope) -> Any:
    prematch = s.prematch
    assert prematch is not None  # a pattern is being expanded
    version = s.vars.get(key)
    if version is not None and version >= prematch.first:
        if name.name[0] == "_" and name.name != "_" and meta_get(meta, _GENERATED) is None:
            warn(
                s.env,
                meta,
                f'the underscored variable "{name.name}" appears more than once in a match. This means the pattern '
                f'will only match if all "{name.name}" bind to the same value. If this is the intended behaviour, please '
                "remove the leading underscore from the variable name, otherwise give the variables different names",
                code="underscored_variable_repeat",
                subject=name.name,
            )
        s.unused.pop(version, None)
    else:
        overridden = version is not None
        version = s.define(key)
        # Of the variables that a macro writes, the user is not told.
        if context is None and name.name[0] != "_" and meta_get(meta, _GENERATED) is None:
            s.unused[version] = Unused(name.name, meta, overridden)
    return (name, Cons((VERSION, version), meta), context)


def _warn_underscored(name: Atom, meta: Any, s: Scope) -> None:
    warn(
        s.env,
        meta,
        f'the underscored variable "{name.name}" is used after being set. A leading underscore indicates that the '
        "value of the variable should be ignored. If this is intended please rename the variable to remove the "
        "underscore",
        code="underscored_variable",
        subject=name.name,
    )


def _undefined(form: Any, name: Atom, meta: Any, s: Scope) -> Any:
    if meta_get(meta, _IF_UNDEFINED) is atom.apply or (s.shell and s.env.context is None):
        definitions = s.env.definitions
        if s.env.imports.find(name, 0) or (definitions is not None and definitions.defines(name.name, 0)):
            from pyex.compiler.expand.core import walk

            return walk((name, meta, EMPTY), s)
    suffix = _context_suffix(form, meta)
    error(
        s.env,
        meta,
        f'undefined variable "{name.name}"{suffix}',
        code="undefined_variable",
        subject=name.name,
        length=len(name.name),
    )
    return form


def _context_suffix(form: Any, meta: Any) -> str:
    if form[2] is None:
        return ""
    from pyex.terms.inspect import inspect

    return f" (context {inspect(form[2])})"


PSEUDO_VARIABLES: Final = frozenset({"__MODULE__", "__DIR__", "__ENV__", "__CALLER__", "__STACKTRACE__"})
"""What looks like a variable and is a special form."""


@special("^")
def pin(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `^variable` in a pattern: it reads what the variable was before the pattern."""
    if len(args) == 1 and s.env.context == "match" and s.prematch is not None:
        inner = args[0]
        if not is_variable(inner) or inner[0].name in PSEUDO_VARIABLES:
            from pyex.compiler.expand.words import code_text

            raise fatal(
                s.env,
                meta,
                f"invalid argument for unary operator ^, expected an existing variable, got: ^{code_text(inner)}",
            )
        return call(PIN, meta, _pinned(inner, s))
    from pyex.compiler.expand.words import code_text

    error(
        s.env,
        meta,
        f"misplaced operator {code_text(form)}\n\n"
        "The pin operator ^ is supported only inside matches or inside custom macros. "
        "Make sure you are inside a match or all necessary macros have been required",
    )
    return form


def _pinned(form: Any, s: Scope) -> Any:
    name, meta, context = form
    prematch = s.prematch
    assert prematch is not None  # in a pattern, as `pin` has seen
    version = prematch.vars.get((name, meta_get(meta, COUNTER, context)))
    if version is None:
        error(
            s.env,
            meta,
            f'undefined variable ^{name.name}. No variable "{name.name}"{_context_suffix(form, meta)} '
            "has been defined before the current pattern",
            code="undefined_variable",
            subject=name.name,
            length=len(name.name),
        )
        return form
    s.unused.pop(version, None)
    return (name, Cons((VERSION, version), meta), context)


def report_unused(s: Scope, first: int) -> None:
    """Warn of the variables of version `first` and later that nobody has read; they leave the scope."""
    if not s.unused:
        return
    for version in sorted(
        [number for number in s.unused if number >= first], key=lambda number: (s.unused[number].name, number)
    ):
        found = s.unused.pop(version)
        if found.overridden:
            text = (
                f'variable "{found.name}" is unused (there is a variable with the same name in the context, '
                "use the pin operator (^) to match on it or prefix this variable with underscore if it is not "
                "meant to be used)"
            )
        else:
            text = (
                f'variable "{found.name}" is unused (if the variable is not meant to be used, '
                "prefix it with an underscore)"
            )
        # The whole name is marked at the end of a function only, as Elixir does.
        length = len(found.name) if first == 0 else 1
        warn(s.env, found.meta, text, code="unused_variable", subject=found.name, length=length)


def _pseudo(form: Any, name: str, meta: Any, s: Scope) -> Any:
    env: Env = s.env
    match name:
        case "__MODULE__":
            return env.module
        case "__DIR__":
            import os

            return os.path.dirname(env.file) or "."
        case "__ENV__":
            return _env_form(env, meta, s)
        case "__CALLER__":
            if not s.caller:
                raise fatal(env, meta, "__CALLER__ is available only inside defmacro and defmacrop")
        case "__STACKTRACE__":
            if not s.stacktrace:
                raise fatal(
                    env,
                    meta,
                    "__STACKTRACE__ is available only inside catch and rescue clauses of try expressions",
                )
    if env.context == "match":
        raise fatal(env, meta, f"invalid pattern in match, {name} is not allowed in matches")
    return form


def _env_form(env: Env, meta: Any, s: Scope) -> Any:
    if env.context == "match":
        raise fatal(env, meta, "invalid pattern in match, __ENV__ is not allowed in matches")
    line = meta_get(meta, atom.line, env.line)
    struct = env.replace(line=line, versioned_vars=s.vars).to_struct()
    if env.function is None:
        return Opaque(struct)
    from pyex.compiler.expand.core import walk
    from pyex.compiler.module.escape import escape

    return walk(escape(struct.put(atom.lexical_tracker, None)), s)

"""The checks at a module's end: local calls, unused private functions, clauses that never match, attributes."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.kernel.build import WHEN, keyword_pairs, meta_get
from pyex.compiler.module.attributes import typespec_name
from pyex.compiler.module.builder import ModuleBuilder, Signature, Stored
from pyex.compiler.module.heads import column_in, line_in
from pyex.compiler.module.reports import error, fail_file, in_order, warn
from pyex.compiler.module.shadowing import Row, row, shadowed
from pyex.terms.atoms import atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import List, to_pylist

_ALWAYS_THERE = frozenset({("__info__", 1), ("module_info", 0), ("module_info", 1), ("behaviour_info", 1)})


def check_locals(builder: ModuleBuilder) -> None:
    """Report local calls of what the module does not define, and private definitions that nobody calls."""
    undefined: list[tuple[Stored, str, int, int, int]] = []
    calls: dict[Signature, set[Signature]] = {}
    for signature, stored in reversed(builder.definitions.items()):
        called = calls[signature] = set()
        for module, name, arity, meta, clause_line in stored.find_calls():
            if module is not False or (name, arity) in called:
                continue
            called.add((name, arity))
            if (name, arity) not in builder.definitions and (name, arity) not in _ALWAYS_THERE:
                undefined.append((stored, name, arity, line_in(meta, clause_line), column_in(meta)))
    for stored, name, arity, line, column in undefined:
        _report_undefined(builder, stored, name, arity, line, column)
    _check_before_definition(builder)
    _warn_unused(builder, calls)


def _report_undefined(builder: ModuleBuilder, stored: Stored, name: str, arity: int, line: int, column: int) -> None:
    definition = stored.definition
    env = builder.module_env.replace(function=(atom(definition.name), definition.arity))
    error(
        env,
        line,
        f"undefined function {name}/{arity} (expected {builder.label} to define such a function or for it to be "
        "imported, but none are available)",
        column=column,
        length=len(name),
        code="undefined_function",
        subject=f"{name}/{arity}",
    )


def _check_before_definition(builder: ModuleBuilder) -> None:
    """Refuse calls of a macro that stand above its definition: they were taken for calls of a function."""
    if not any(stored.definition.is_macro for stored in builder.functions()):
        return
    for stored in builder.functions():
        for module, name, arity, meta, clause_line in stored.find_calls():
            if module is not False or "super" in {key.name for key, _ in meta}:
                continue
            called = builder.definitions.get((name, arity))
            if called is not None and called.definition.is_macro:
                definition = stored.definition
                env = builder.module_env.replace(function=(atom(definition.name), definition.arity))
                error(
                    env,
                    line_in(meta, clause_line),
                    f"cannot invoke macro {name}/{arity} before its definition",
                    column=column_in(meta),
                )


def _warn_unused(builder: ModuleBuilder, calls: dict[Signature, set[Signature]]) -> None:
    """Warn of private functions that no public one reaches."""
    reached: set[Signature] = set()
    pending = [signature for signature, stored in builder.definitions.items() if stored.definition.is_public]
    pending += list(builder.extra.get("used_macros", ()))
    pending += list(builder.overridden_used)
    if "on_load" in builder.attributes:
        pending.append((builder.attributes["on_load"].value[0].name, 0))
    while pending:
        signature = pending.pop()
        if signature in reached:
            continue
        reached.add(signature)
        pending.extend(calls.get(signature, ()))
    module_env = builder.module_env
    for signature, stored in reversed(builder.definitions.items()):
        definition = stored.definition
        if definition.is_public or not stored.check:
            continue
        shorter = [arity for _, arity in _default_arities(builder, signature, stored) if (signature[0], arity) in reached]
        if signature in reached or shorter:
            _warn_unused_defaults(module_env, signature, stored, min(shorter, default=signature[1]))
            continue
        kind = "macro" if definition.is_macro else "function"
        warn(
            module_env,
            definition.line,
            f"{kind} {signature[0]}/{signature[1]} is unused",
            column=definition.column,
            code="unused_function",
            subject=f"{signature[0]}/{signature[1]}",
        )


def _warn_unused_defaults(env: Any, signature: Signature, stored: Stored, least: int) -> None:
    """Warn of default values of a private function that is never called with fewer than `least` arguments."""
    name, arity = signature
    if not stored.defaults or stored.generated_default or least == arity - stored.defaults:
        return
    if least == arity:
        text = f"default values for the optional arguments in {name}/{arity} are never used"
    elif least == arity - 1:
        text = f"the default value for the last optional argument in {name}/{arity} is never used"
    else:
        text = f"the default values for the last {arity - least} optional arguments in {name}/{arity} are never used"
    warn(env, stored.definition.line, text, column=stored.definition.column, code="unused_defaults")


def _default_arities(builder: ModuleBuilder, signature: Signature, stored: Stored) -> list[Signature]:
    return [(signature[0], signature[1] - number) for number in range(1, stored.defaults + 1)]


def check_on_load(builder: ModuleBuilder) -> None:
    """Refuse a function that is to be called when the module is loaded, and is not there."""
    named = builder.attributes.get("on_load")
    if named is not None and (named.value[0].name, 0) not in builder.definitions:
        error(builder.module_env, builder.line, f"undefined function {named.value[0].name}/0 given to @on_load")


def check_clauses(builder: ModuleBuilder) -> None:
    """Warn of clauses that stand below one that matches everything, in the order of the lines."""
    with in_order(builder):
        _check_definitions(builder)
        _check_choices(builder)


def _check_definitions(builder: ModuleBuilder) -> None:
    env = builder.module_env
    for stored in builder.functions():
        definition = stored.definition
        if not stored.check:
            continue
        rows = [
            row(clause.line, clause.args, bool(clause.guards), place) for place, clause in enumerate(definition.clauses)
        ]
        last = _reachable(rows)
        for clause in definition.clauses[last + 1 :]:
            warn(
                env,
                clause.line,
                f"this clause for {definition.name}/{definition.arity} cannot match because a previous clause at "
                f"line {rows[last].line} always matches",
                column=clause.column,
                plain=True,
            )
        for place, line in shadowed(rows[: last + 1]):
            _warn_shadowed(builder, definition.clauses[place].line, definition.clauses[place].column, line)


def _reachable(rows: list[Row]) -> int:
    """Return the number of the last clause that is not below one which takes everything."""
    everything = (place for place, one in enumerate(rows) if one.takes_everything)
    return next(everything, len(rows) - 1)


def _warn_shadowed(builder: ModuleBuilder, line: int, column: int, above: int) -> None:
    text = f"this clause cannot match because a previous clause at line {above} always matches"
    warn(builder.module_env, line, text, column=column, plain=True)


_OF_THE_NEXT: Final = ("deprecated", "impl", "doc")
"""Attributes that belong to the definition after them, which takes them."""


def check_attributes(builder: ModuleBuilder) -> None:
    """Warn of attributes that were set and never read, the last first."""
    env = builder.module_env
    for name, attribute in reversed(builder.attributes.items()):
        if attribute.unread_line is not None:
            warn(env, attribute.unread_line, f"module attribute @{name} was set but never used")
    for name in _OF_THE_NEXT:
        left = builder.attributes.get(name)
        if left is not None and left.value is not None:
            warn(env, left.line, f"module attribute @{name} was set but no definition follows it")
    derive = builder.attributes["derive"].value
    if derive and not builder.extra.get("derived"):
        warn(
            env,
            builder.line,
            "warning: module attribute @derive was set but never used (it must come before defstruct)",
        )


def check_bodies(builder: ModuleBuilder) -> None:
    """Report heads without a body anywhere."""
    env = builder.module_env
    for (name, arity), stored in builder.definitions.items():
        if not stored.has_body:
            error(
                env,
                stored.definition.line,
                f"implementation not provided for predefined {stored.definition.kind} {name}/{arity}",
                column=stored.definition.column,
            )


def check_imports(builder: ModuleBuilder) -> None:
    """Refuse definitions whose name and arity the module has also called as an import."""
    for signature, imported in builder.imports_used.items():
        stored = builder.definitions.get(signature)
        if stored is not None:
            name, arity = signature
            error(
                builder.module_env,
                stored.definition.line,
                f"imported {inspect(imported)}.{name}/{arity} conflicts with local function",
                column=stored.definition.column,
            )


def check_specs(builder: ModuleBuilder) -> None:
    """Refuse a `@spec` of a function that the module does not define."""
    for kind, form, line, _ in builder.typespecs:
        named = typespec_name(form)
        if kind == "spec" and named is not None and named not in builder.definitions:
            raise fail_file(builder.module_env, line, f"spec for undefined function {named[0]}/{named[1]}")


def _check_choices(builder: ModuleBuilder) -> None:
    """Warn of clauses of `case`, `fn` and their kin that stand below one that matches everything."""
    for stored in builder.functions():
        if not stored.check:
            continue
        for name, meta, args in stored.choices:
            if meta_get(meta, "generated") is not True and meta_get(meta, "type_check") is None:
                _check_choice(builder, _clauses(name, to_pylist(args)))


_SECTIONS: Final = {"case": "do", "receive": "do", "try": "else", "with": "else"}
"""Where the clauses of a form stand."""


def _clauses(name: Any, args: list[Any]) -> list[Any]:
    """Return the clauses that a form chooses from, one after the other."""
    wanted = _SECTIONS.get(name.name)
    if wanted is None:
        return args
    found = dict(keyword_pairs(args[-1]) or []).get(atom(wanted)) if args else None
    return to_pylist(found) if isinstance(found, List) else []


def _check_choice(builder: ModuleBuilder, clauses: list[Any]) -> None:
    if not clauses:
        return
    rows = []
    for place, clause in enumerate(clauses):
        patterns = to_pylist(to_pylist(clause[2])[0])
        guarded = len(patterns) == 1 and type(patterns[0]) is tuple and patterns[0][0] is WHEN
        if guarded:
            patterns = to_pylist(patterns[0][2])[:-1]
        rows.append(row(line_in(clause[1], 0), patterns, guarded, place))
    last = _reachable(rows)
    above = [(place, rows[last].line) for place in range(last + 1, len(rows))]
    for place, line in [*above, *shadowed(rows[: last + 1])]:
        if rows[place].line:
            _warn_shadowed(builder, rows[place].line, column_in(clauses[place][1]), line)

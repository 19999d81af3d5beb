"""Storing a definition: what `def name(args) when guard, do: body` does when the module's body runs."""

from __future__ import annotations

from typing import Any

from pyex.compiler.expand.words import DEFINED_BY
from pyex.compiler.forms import Definition, Kind
from pyex.compiler.kernel.build import code_text, keyword_dict, meta_get
from pyex.compiler.module import documentation
from pyex.compiler.module.builder import BUILDERS, ModuleBuilder, Signature, Stored
from pyex.compiler.module.clauses import expand_clause
from pyex.compiler.module.heads import Head, bare, column_in, default_clauses, line_in, read_head, split_guards
from pyex.compiler.module.reports import error, fail, fail_file, warn
from pyex.terms.atoms import atom
from pyex.terms.functions import export
from pyex.terms.lists import elixir_list, from_iterable
from pyex.terms.syntax_messages import shown_path


def store_definition(
    kind: Kind, form: Any, body: Any, has_body: bool, env: Any, *, check: bool = True, grouped: bool = True
) -> Any:
    """Expand and store one clause (or a bodiless head) of a function or macro; returns `{name, arity}`."""
    builder: ModuleBuilder = BUILDERS[env.module]
    head = read_head(form)
    if head is None:
        raise fail(env, env.line, f"invalid syntax in {kind} {code_text(form)}")
    line = line_in(head.meta, env.line)
    check = check and meta_get(head.meta, "context") is None  # what a macro writes is not the user's to mend
    grouped = grouped and check
    if kind == "def" and builder.extra.get("protocol_open"):
        from pyex.compiler.module.protocols import declare_function

        if has_body:
            error(env, line, "undefined function def/2 (there is no such import)")
            return (atom(head.name), head.arity)
        declare_function(builder, head, env, line)
        return (atom(head.name), head.arity)
    signature = (head.name, head.arity)
    inner = env.replace(function=(atom(head.name), signature[1]), line=line)
    parts = _body_form(kind, body, inner, line) if has_body else None
    is_macro = kind in ("defmacro", "defmacrop")
    clause = None
    if has_body:
        clause = expand_clause(
            inner, head.parameters, split_guards(head.guard), parts, is_macro, line, column_in(head.meta)
        )
    stored = _open_definition(builder, kind, signature, head, env, line, check, grouped)
    _check_defaults(stored, head, env, line)
    if clause is not None:
        builder.add_clause(stored, clause)
    else:
        _declare_head(stored, head, env, line)
    stored.context = meta_get(head.meta, "context")
    stored.heads.append(_head_form(head))
    if head.defaults:
        stored.defaults = len(head.defaults)
        _store_defaults(builder, kind, head, env, line, check)
    documentation.attach(builder, stored, head, line)
    if grouped:
        builder.last = signature
    _run_hooks(builder, kind, head, parts, env)
    return (atom(head.name), head.arity)


def _body_form(kind: str, body: Any, env: Any, line: int) -> Any:
    """Return the body of a clause; `rescue` and its kin beside `do` make it a `try`."""
    parts = keyword_dict(body)
    if parts is None or "do" not in parts:
        raise fail(env, line, f'missing :do option in "{kind}"')
    if len(parts) == 1:
        return parts["do"]
    unknown = set(parts) - {"do", "rescue", "catch", "else", "after"}
    if unknown:
        raise fail(env, line, f'unexpected option :{min(unknown)} in "{kind}"')
    return (atom("try"), elixir_list((atom.line, line), (DEFINED_BY, atom(kind))), elixir_list(body))


def _head_form(head: Head) -> Any:
    form = bare(head)
    return form if head.guard is None else (atom("when"), head.meta, elixir_list(form, head.guard))


def _open_definition(
    builder: ModuleBuilder, kind: Kind, signature: Signature, head: Head, env: Any, line: int, check: bool, grouped: bool
) -> Stored:
    name, arity = signature
    column = column_in(head.meta)
    stored = builder.definitions.get(signature)
    if stored is None:
        stored = Stored(Definition(kind, name, arity, line, column=column_in(head.meta)), check=check, file=env.file)
        builder.definitions[signature] = stored
        return stored
    definition = stored.definition
    if definition.kind != kind:
        raise fail_file(
            env,
            line,
            f"{kind} {name}/{arity} already defined as {definition.kind} in {shown_path(stored.file)}:{definition.line}",
            column=column,
        )
    if stored.generated_default:
        inner = env.replace(function=(atom(name), arity))
        raise fail(
            inner, line, f"{kind} {name}/{arity} conflicts with defaults from {name}/{stored.defaults}", column=column
        )
    if grouped and builder.last is not None and builder.last != signature and stored.has_body:
        same_name = builder.last[0] == name
        what = "name" if same_name else "name and arity (number of arguments)"
        warn(
            env,
            line,
            f"clauses with the same {what} should be grouped together, "
            f'"{kind} {name}/{arity}" was previously defined ({shown_path(stored.file)}:{definition.line})',
            column=column,
            plain=True,
        )
    return stored


def _check_defaults(stored: Stored, head: Head, env: Any, line: int) -> None:
    name, arity, kind = stored.definition.name, stored.definition.arity, stored.definition.kind
    if head.defaults and stored.defaults:
        raise fail_file(
            env,
            line,
            f"{kind} {name}/{arity} defines defaults multiple times. Elixir allows defaults to be declared once per "
            f"definition. Instead of:\n\n    def foo(:first_clause, b \\\\ :default) do ... end\n"
            "    def foo(:second_clause, b \\\\ :default) do ... end\n\none should write:\n\n"
            "    def foo(a, b \\\\ :default)\n    def foo(:first_clause, b) do ... end\n"
            "    def foo(:second_clause, b) do ... end\n",
            column=column_in(head.meta),
        )
    if (head.defaults and stored.has_body) or (stored.defaults and not stored.declared_head and stored.has_body):
        warn(
            env,
            line,
            f"{kind} {name}/{arity} has multiple clauses and also declares default values. In such cases, the default "
            "values should be defined in a header. Instead of:\n\n    def foo(:first_clause, b \\\\ :default) do ... end\n"
            "    def foo(:second_clause, b) do ... end\n\none should write:\n\n    def foo(a, b \\\\ :default)\n"
            "    def foo(:first_clause, b) do ... end\n    def foo(:second_clause, b) do ... end\n",
            column=column_in(head.meta),
            plain=True,
        )


def _declare_head(stored: Stored, head: Head, env: Any, line: int) -> None:
    if head.guard is not None:
        raise fail(
            env.replace(function=(atom(head.name), head.arity)),
            line,
            f'missing :do option in "{stored.definition.kind}"',
        )
    if stored.has_body:
        kind = stored.definition.kind
        warn(
            env,
            line,
            f"function head for {kind} {head.name}/{head.arity} must come at the top of its direct implementation. Instead "
            "of:\n\n    def add(a, b), do: a + b\n    def add(a, b)\n\none should write:\n\n    def add(a, b)\n"
            "    def add(a, b), do: a + b\n",
            column=column_in(head.meta),
            plain=True,
        )
    stored.declared_head = True


def _store_defaults(builder: ModuleBuilder, kind: Kind, head: Head, env: Any, line: int, check: bool) -> None:
    """Store the clauses of lower arity that fill in the default values."""
    for parameters, body in default_clauses(kind, head):
        signature = (head.name, len(parameters))
        existing = builder.definitions.get(signature)
        inner = env.replace(function=(atom(head.name), head.arity), line=line)
        if existing is not None and not existing.generated_default:
            if existing.defaults:
                raise fail(
                    inner,
                    line,
                    f"{kind} {head.name}/{head.arity} defaults conflicts with {head.name}/{signature[1]}",
                    column=column_in(head.meta),
                )
            # One more clause of a function that the user has written.
            existing.definition.clauses.append(
                expand_clause(inner, parameters, [], body, existing.definition.is_macro, line, column_in(head.meta))
            )
            continue
        stored = Stored(
            Definition(kind, head.name, signature[1], line, column=column_in(head.meta)),
            check=False,
            file=env.file,
            generated_default=True,
        )
        stored.defaults = head.arity
        stored.definition.clauses.append(
            expand_clause(inner, parameters, [], body, stored.definition.is_macro, line, 0)
        )
        stored.has_body = True
        stored.heads.append(code_text((atom(head.name), head.meta, from_iterable(parameters))))
        builder.definitions[signature] = stored


def _run_hooks(builder: ModuleBuilder, kind: str, head: Head, body: Any, env: Any) -> None:
    """Call the `@on_definition` hooks."""
    hooks = builder.attributes["on_definition"].value
    for hook in hooks:
        module, name = hook if type(hook) is tuple else (hook, atom("__on_definition__"))
        arguments = (
            env.to_struct(),
            atom(kind),
            atom(head.name),
            from_iterable(head.parameters),
            from_iterable(split_guards(head.guard)),
            elixir_list((atom.do, body)) if body is not None else None,
        )
        export(module, name.name, 6).fn(*arguments)

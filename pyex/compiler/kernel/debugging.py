"""`binding` and `dbg`."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.kernel.build import (
    args_of,
    block,
    call,
    code_text,
    is_call,
    keyword_dict,
    remote,
    var,
)
from pyex.compiler.kernel.pipes import pipe_steps
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist

UTILS: Final = alias("Kernel.Utils")
CALLBACK: Final = atom("dbg_callback")
_ARROW: Final = atom("<-")
_MATCH: Final = atom("=")
_DEFAULT: Final = (alias("Macro"), atom("dbg"), EMPTY)


def binding(env: Any, context: Any = None) -> Any:
    """The variables of a context with their values, as a keyword list."""
    pairs = [
        (name, (name, elixir_list((atom.generated, True), (atom.line, env.line)), context))
        for name, kind in sorted(env.versioned_vars, key=lambda key: str(key[0].name))
        if kind is context
    ]
    return from_iterable(pairs)


def dbg_binding(env: Any) -> Any:
    """`dbg()`: print the binding."""
    return dbg(env, call("binding"))


def dbg(env: Any, code: Any, options: Any = EMPTY) -> Any:
    """Print the code with its value, for each step of a pipeline and the parts of a choice, and return the value.

    What is done with the code is the business of the function that the application environment names as `:dbg_callback`.
    """
    module, name, more = export(alias("Application"), "get_env", 3).fn(atom("elixir"), CALLBACK, _DEFAULT)
    if (module, name) == _DEFAULT[:2]:
        return shown(code, options, location_text(env))
    given = (code, options, env.to_struct(), *to_pylist(more))
    return export(module, name.name, len(given)).fn(*given)


def shown(code: Any, options: Any, location: str | None) -> Any:
    """Return the form that prints the code with its value below a location, if there is one, and returns the value."""
    return remote(UTILS, "dbg", _steps(code), location, options)


def location_text(env: Any) -> str:
    """Return the place of an environment as `dbg` prints it."""
    from pyex.terms.syntax_messages import shown_path

    return f"{shown_path(env.file)}:{env.line}: {_scope(env)}"


def _scope(env: Any) -> str:
    if env.module is None:
        return "(file)"
    name = env.module.name.removeprefix("Elixir.")
    return f"{name}.{env.function[0].name}/{env.function[1]}" if env.function else f"{name} (module)"


def _steps(code: Any) -> Any:
    """Return the form of `[{source text, value}, …]`, texts alone among them; the last value is that of the whole."""
    if is_call(code) and type(code[0]) is Atom:
        match code[0].name, len(args_of(code)):
            case "|>", 2:
                return pipe_steps(code)
            case "if", 2:
                return _choice(code)
            case "case", 2:
                return _case(code)
            case "cond", 1:
                return _cond(code)
            case "with", count if count and keyword_dict(args_of(code)[-1]):
                return _with(code)
            case "__block__", count if count > 1:
                return _block(code)
            case name, 2 if name in _BOOLEAN:
                return _boolean(code)
    return elixir_list((code_text(code), code))


_BOOLEAN: Final = ("and", "or", "&&", "||")


def _choice(code: Any) -> Any:
    """Show the condition of an `if`, then the whole."""
    condition, clauses = args_of(code)
    kept = var("condition")
    shown = elixir_list(
        (f"If condition:\n{code_text(condition)}", kept),
        (f"\nIf expression:\n{code_text(code)}", (code[0], EMPTY, elixir_list(kept, clauses))),
    )
    return block(call("=", kept, condition), shown)


def _case(code: Any) -> Any:
    """Show what a `case` chooses by, then which clause it chose with the whole."""
    subject, parts = args_of(code)
    clauses = to_pylist((keyword_dict(parts) or {}).get("do", EMPTY))
    numbered = []
    for number, one in enumerate(clauses, 1):
        left, body = args_of(one)
        numbered.append((one[0], EMPTY, elixir_list(left, (number, body))))
    kept, number_of, value = var("subject"), var("number"), var("value")
    chosen = call("case", kept, elixir_list((atom.do, from_iterable(numbered))))
    text = remote(UTILS, "dbg_case", number_of, code_text(code))
    return block(
        call("=", kept, subject),
        call("=", (number_of, value), chosen),
        elixir_list((f"Case argument:\n{code_text(subject)}", kept), (text, value)),
    )


def _cond(code: Any) -> Any:
    """Show the condition that was true, then the whole."""
    clauses = to_pylist((keyword_dict(args_of(code)[0]) or {}).get("do", EMPTY))
    kept, title, value = var("condition"), var("title"), var("value")
    numbered = []
    for number, one in enumerate(clauses, 1):
        (condition,), body = to_pylist(args_of(one)[0]), args_of(one)[1]
        shown = f"Cond clause (clause #{number} matched):\n{code_text(condition)}"
        numbered.append((one[0], EMPTY, elixir_list(elixir_list(call("=", kept, condition)), ((shown, kept), body))))
    chosen = call("cond", elixir_list((atom.do, from_iterable(numbered))))
    whole = f"\nCond expression:\n{code_text(code)}"
    return block(call("=", (title, value), chosen), elixir_list(title, (whole, value)))


def _with(code: Any) -> Any:
    """Show what each clause of a `with` that was reached had on its right, then the whole."""
    *clauses, parts = args_of(code)
    notes, value = var("notes"), var("value")
    noted = []
    for clause in clauses:
        if is_call(clause) and clause[0] in (_ARROW, _MATCH) and len(args_of(clause)) == 2:
            left, right = args_of(clause)
            right = remote(UTILS, "dbg_note", notes, code_text(right), right)
            clause = clause[0], EMPTY, elixir_list(left, right)
        noted.append(clause)
    whole = f"\nWith expression:\n{code_text(code)}"
    return block(
        call("=", notes, remote(UTILS, "dbg_notes")),
        call("=", value, (code[0], EMPTY, elixir_list(*noted, parts))),
        remote(UTILS, "dbg_noted", "With clauses:", notes, elixir_list((whole, value))),
    )


def _block(code: Any) -> Any:
    """Show each expression of a block with its value."""
    expressions = args_of(code)
    kept = [var(f"value{number}") for number, _ in enumerate(expressions)]
    texts = ["  " + code_text(expression).replace("\n", "\n  ") for expression in expressions]
    pairs = [(text, value) for text, value in zip(texts, kept, strict=True)]
    assignments = [call("=", value, expression) for value, expression in zip(kept, expressions, strict=True)]
    return block(*assignments, elixir_list("Code block:\n(", *pairs, ")"))


def _boolean(code: Any) -> Any:
    """Show what stands left of each boolean operator in a row, then the whole."""
    rows = []
    while is_call(code) and type(code[0]) is Atom and code[0].name in _BOOLEAN and len(args_of(code)) == 2:
        rows.append(code)
        code = args_of(code)[0]
    kept = [var(f"value{number}") for number in range(len(rows) + 1)]
    steps = [call("=", kept[0], code)]
    pairs = [(code_text(code), kept[0])]
    for number, row in enumerate(reversed(rows), 1):
        steps.append(call("=", kept[number], (row[0], EMPTY, elixir_list(kept[number - 1], args_of(row)[1]))))
        pairs.append((code_text(row), kept[number]))
    return block(*steps, elixir_list(*pairs))

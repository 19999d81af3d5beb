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
    """Return the form of `[{source text, value}, …]`; the last value is that of the whole."""
    if is_call(code) and type(code[0]) is Atom:
        match code[0].name, len(args_of(code)):
            case "|>", 2:
                return pipe_steps(code)
            case "if" | "unless" as name, 2:
                return _choice(code, name)
            case "case", 2:
                return _case(code)
            case "and" | "or" | "&&" | "||", 2:
                return _boolean(code)
    return elixir_list((code_text(code), code))


def _choice(code: Any, name: str) -> Any:
    """Show the condition of an `if`, then the whole."""
    condition, clauses = args_of(code)
    kept = var("condition")
    word = name.capitalize()
    shown = elixir_list(
        (f"{word} condition:\n{code_text(condition)}", kept),
        (f"\n{word} expression:\n{code_text(code)}", (code[0], EMPTY, elixir_list(kept, clauses))),
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


def _boolean(code: Any) -> Any:
    """Show the left side of a boolean operator, then the whole."""
    left, right = args_of(code)
    kept = var("left")
    shown = elixir_list((code_text(left), kept), (code_text(code), (code[0], EMPTY, elixir_list(kept, right))))
    return block(call("=", kept, left), shown)

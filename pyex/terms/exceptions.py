"""Errors as exception structs, and as text: what `Exception` does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.bad_arguments import wrong_arguments
from pyex.terms.binaries import is_binary, to_bytes
from pyex.terms.blame import blame_error, did_you_mean, undefined_hint
from pyex.terms.error_info import ERROR_INFO, causes_of
from pyex.terms.errors import ElixirError, Signal, exception
from pyex.terms.exception_structs import EXCEPTIONS, MESSAGES, field, function_clause_text, pretty
from pyex.terms.exit_reasons import format_exit
from pyex.terms.foreign import signal_of
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.inspect.literals import atom_text
from pyex.terms.lists import List, split_tail, to_pylist
from pyex.terms.maps import STRUCT, Map
from pyex.terms.pids import Pid
from pyex.terms.stacktrace import format_stacktrace

_EXCEPTION: Final = atom("__exception__")
_CALLS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "badarity": ("BadArityError", ("function", "args")),
    "badbool": ("BadBooleanError", ("operator", "term")),
    "badfun": ("BadFunctionError", ("term",)),
    "badmap": ("BadMapError", ("term",)),
    "badmatch": ("MatchError", ("term",)),
    "badstruct": ("BadStructError", ("struct", "term")),
    "case_clause": ("CaseClauseError", ("term",)),
    "else_clause": ("WithClauseError", ("term",)),
    "try_clause": ("TryClauseError", ("term",)),
}
"""Erlang reasons `{name, …}` and the exceptions that they become, with the fields of the rest of the tuple."""


def is_exception(term: Any) -> bool:
    """Tell whether a term is an exception struct."""
    return type(term) is Map and term.get(_EXCEPTION) is True and type(term.get(STRUCT)) is Atom


def _build(name: str, **fields: Any) -> Map:
    return exception(name, {**EXCEPTIONS[name], **fields})


def normalize(reason: Any, stacktrace: Any = None) -> Map:
    """Return the exception struct of an error's reason; the stack trace tells what a bare atom does not."""
    if is_exception(reason):
        return reason  # type: ignore[no-any-return]  # a Map
    if type(reason) is Atom:
        found = _of_atom(reason.name, stacktrace)
        if found is not None:
            return found
    if type(reason) is tuple and reason and type(reason[0]) is Atom:
        found = _of_tuple(reason[0].name, reason[1:], stacktrace)
        if found is not None:
            return found
    return _build("ErlangError", original=reason, reason=_arguments_text(stacktrace))


def _of_atom(name: str, stacktrace: Any) -> Map | None:
    if name == "badarith":
        return _build("ArithmeticError")
    if name == "badarg":
        return _build("ArgumentError", message=_bad_argument(stacktrace))
    if name == "system_limit":
        return _build("SystemLimitError")
    if name == "cond_clause":
        return _build("CondClauseError")
    if name in ("undef", "function_clause"):
        module, function, arity = _called(stacktrace)
        kind = "UndefinedFunctionError" if name == "undef" else "FunctionClauseError"
        return _build(kind, module=module, function=function, arity=arity)
    return None


def _of_tuple(name: str, rest: tuple[Any, ...], stacktrace: Any) -> Map | None:
    if name == "badarity" and len(rest) == 1 and type(rest[0]) is tuple and len(rest[0]) == 2:
        rest = rest[0]
    known = _CALLS.get(name)
    if known is not None and len(known[1]) == len(rest):
        return _build(known[0], **dict(zip(known[1], rest, strict=True)))
    if name == "badkey" and len(rest) == 2:
        return _key_error(rest[0], rest[1])
    if name == "badkey" and len(rest) == 1:
        return _build("KeyError", key=rest[0], term=_map_of(stacktrace))
    if name == "badarg" and len(rest) == 1:
        return _build("ArgumentError", message=f"argument error: {inspect(rest[0])}")
    return None


def _key_error(key: Any, term: Any) -> Map:
    if type(term) is Map or type(term) is Atom:
        return _build("KeyError", key=key, term=term)
    message = (
        f"key {inspect(key)} not found in: {inspect(term)}\n\nIf you are using the dot syntax, such as map.field, "
        "make sure the left-hand side of the dot is a map"
    )
    return _build("KeyError", key=key, term=term, message=message)


def _first(stacktrace: Any) -> Any:
    items = split_tail(stacktrace)[0] if stacktrace is not None else []
    return items[0] if items and type(items[0]) is tuple and len(items[0]) == 4 else None


def _called(stacktrace: Any) -> tuple[Any, Any, Any]:
    entry = _first(stacktrace)
    if entry is None:
        return None, None, None
    module, function, args, _ = entry
    return module, function, args if type(args) is int else len(to_pylist(args))


def _map_of(stacktrace: Any) -> Any:
    """Return the map that a failed `:maps` function or `map_get` was given, if the stack tells."""
    entry = _first(stacktrace)
    if entry is not None and isinstance(entry[2], List):
        for argument in reversed(to_pylist(entry[2])):
            if type(argument) is Map:
                return argument
    return None


_ORDINALS: Final = {1: "1st", 2: "2nd", 3: "3rd"}


def _told_causes(stacktrace: Any) -> Map | None:
    """Return what the frame that failed tells of its arguments, by their places."""
    entry = _first(stacktrace)
    location = split_tail(entry[3])[0] if entry is not None else []
    for item in location:
        if type(item) is tuple and item[0] is ERROR_INFO:
            return causes_of(item[1])
    return None


def _bad_argument(stacktrace: Any) -> str:
    """Return what is wrong with which argument of the BIF that failed, if its frame tells."""
    causes = _told_causes(stacktrace)
    if causes is not None:
        return _causes_text(causes)
    entry = _first(stacktrace)
    if entry is not None and entry[0] is atom("erlang"):
        wrong = wrong_arguments(atom_name(entry[1]) or "", entry[2])
        if wrong:
            return _causes_text(Map.from_pairs(wrong.items()))
    return "argument error"


def _arguments_text(stacktrace: Any) -> str | None:
    """Return what the message of an Erlang error adds about its arguments."""
    causes = _told_causes(stacktrace)
    lines = _numbered_lines(causes) if causes is not None else ""
    return f":\n\n{lines}" if lines else None


def _numbered_lines(causes: Map) -> str:
    numbered = sorted((key, text) for key, text in causes.items() if type(key) is int)
    return "".join(f"  * {_ORDINALS.get(key, f'{key}th')} argument: {text}\n" for key, text in numbered)


def _causes_text(causes: Map) -> str:
    general = causes.get(atom("general"))
    lines = _numbered_lines(causes)
    if not lines:
        return str(general)
    head = "errors were found at the given arguments"
    return f"{head}: {general}\n\n{lines}" if general else f"{head}:\n\n{lines}"


# ---- messages


def message_of(term: Any) -> str:
    """Return what an exception says, as `Exception.message/1` does; of an Erlang reason, what its exception says."""
    if not is_exception(term):
        term = normalize(term)
    module = term[STRUCT]
    known = MESSAGES.get(module)
    if known is not None:
        return known(term)
    if module.name.removeprefix("Elixir.") in EXCEPTIONS:
        return _text_or_complaint(field(term, "message"), term)
    return _user_message(term, module)


def _user_message(term: Map, module: Any) -> str:
    try:
        found = export(module, "message", 1).fn(term)
    except Exception as exc:
        from pyex.terms import stacktrace

        signal = signal_of(exc)
        trace = stacktrace.of_exception(exc)
        if signal.kind != "error":
            what, message = signal.kind, inspect(signal.reason)
        else:
            failure = normalize(signal.reason, trace)
            what, message = atom_text(failure[STRUCT]), message_of(failure)
        return (
            f"got {what} with message {inspect(message)} while retrieving Exception.message/1 for "
            f"{inspect(term)}. Stacktrace:\n{format_stacktrace(trace)}"
        )
    return _text_or_complaint(found, term)


def _text_or_complaint(found: Any, term: Map) -> str:
    if not is_binary(found):
        return f"got {inspect(found)} while retrieving Exception.message/1 for {inspect(term)} (expected a string)"
    return found if type(found) is str else to_bytes(found).decode("utf-8", "replace")


# ---- text


def _kind_name(kind: Any) -> str:
    return kind if type(kind) is str else atom_name(kind) or ""


def blame(kind: Any, reason: Any, stacktrace: Any) -> tuple[Any, Any]:
    """Return the reason and stack trace with what helps to see the cause: operands, arguments, similar names."""
    if _kind_name(kind) != "error":
        return reason, stacktrace
    return blame_error(normalize(reason, stacktrace), stacktrace)


def format_banner(kind: Any, reason: Any, stacktrace: Any = None) -> str:
    """Return the line `** (RuntimeError) oops` of an error, throw or exit."""
    if type(kind) is tuple:
        return f"** (EXIT from {_source(kind[1])}) {format_exit(reason)}"
    name = _kind_name(kind)
    if name == "throw":
        return f"** (throw) {inspect(reason)}"
    if name == "exit":
        return f"** (exit) {format_exit(reason)}"
    term = normalize(reason, stacktrace)
    return f"** ({atom_text(term[STRUCT])}) {message_of(term)}"


def shell_banner(kind: Any, reason: Any, stacktrace: Any = None, show: Callable[[Any], str] = pretty) -> str:
    """Return the banner as the shell shows it: the clauses of a blamed FunctionClauseError are indented."""
    if _kind_name(kind) != "error" or not is_exception(reason) or reason[STRUCT].name != "Elixir.FunctionClauseError":
        return format_banner(kind, reason, stacktrace)
    first, newline, rest = f"** (FunctionClauseError) {function_clause_text(reason, show)}".partition("\n")
    return first + "    \n" + "\n".join("    " + line for line in rest.split("\n")) if newline else first


def _source(pid: Any) -> str:
    return repr(pid) if type(pid) is Pid else inspect(pid)


def format(kind: Any, reason: Any, stacktrace: Any) -> str:
    """Return the banner with the stack trace below it."""
    banner = format_banner(kind, reason, stacktrace)
    if type(kind) is tuple or not split_tail(stacktrace)[0]:
        return banner
    return f"{banner}\n{format_stacktrace(stacktrace)}"


def from_python(exc: BaseException) -> Signal:
    """Return the error, throw or exit that a Python exception stands for."""
    return signal_of(exc)


__all__ = [
    "ElixirError",
    "blame",
    "did_you_mean",
    "format",
    "format_banner",
    "format_exit",
    "from_python",
    "is_exception",
    "message_of",
    "normalize",
    "pretty",
    "shell_banner",
    "undefined_hint",
]

"""Elixir's own exceptions: their fields, and what each says."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.folder import current_folder
from pyex.terms.functions import Export, arity_of, export
from pyex.terms.inspect import Opts, inspect
from pyex.terms.inspect.functions import mfa_text
from pyex.terms.inspect.known import FIELDS
from pyex.terms.inspect.literals import atom_text
from pyex.terms.lists import EMPTY, to_pylist
from pyex.terms.maps import STRUCT, Map
from pyex.terms.syntax_messages import render_message

_NO_VALUE: Final = atom("ex_unit_no_meaningful_value")

EXCEPTIONS: Final[dict[str, dict[str, Any]]] = {
    "ArgumentError": {"message": "argument error"},
    "ArithmeticError": {"message": "bad argument in arithmetic expression"},
    "BadArityError": {"function": None, "args": None},
    "BadBooleanError": {"term": None, "operator": None},
    "BadFunctionError": {"term": None},
    "BadMapError": {"term": None},
    "BadStructError": {"struct": None, "term": None},
    "CaseClauseError": {"term": None},
    "Code.LoadError": {"file": None, "message": None, "reason": None},
    "CompileError": {"file": None, "line": None, "description": "compile error"},
    "CondClauseError": {},
    "EEx.SyntaxError": {"file": None, "line": None, "column": None, "snippet": None, "message": None},
    "Enum.EmptyError": {"message": "empty error"},
    "Enum.OutOfBoundsError": {"message": "out of bounds error"},
    "ErlangError": {"original": None, "reason": None},
    "ExUnit.AssertionError": {
        "left": _NO_VALUE, "right": _NO_VALUE, "message": _NO_VALUE, "expr": _NO_VALUE, "args": _NO_VALUE,
        "doctest": _NO_VALUE, "context": EMPTY,
    },
    "ExUnit.DocTest.Error": {"message": None},
    "ExUnit.DuplicateDescribeError": {"message": None},
    "ExUnit.DuplicateTestError": {"message": None},
    "ExUnit.TimeoutError": {"timeout": None, "type": None, "message": None},
    "File.CopyError": {"reason": None, "source": None, "destination": None, "on": "", "action": ""},
    "File.Error": {"reason": None, "path": None, "action": ""},
    "File.LinkError": {"reason": None, "existing": None, "new": None, "action": ""},
    "File.RenameError": {"reason": None, "source": None, "destination": None, "on": "", "action": ""},
    "FunctionClauseError": {
        "module": None, "function": None, "arity": None, "kind": None, "args": None, "clauses": None,
    },
    "IO.StreamError": {"reason": None},
    "Inspect.Error": {"exception_module": None, "exception_message": None, "stacktrace": None, "inspected_struct": None},
    "JSON.DecodeError": {"message": None, "offset": None, "data": None},
    "Kernel.TypespecError": {"file": None, "line": None, "description": None},
    "KeyError": {"key": None, "term": None, "message": None},
    "MatchError": {"term": None},
    "MismatchedDelimiterError": {
        "file": None, "line": None, "column": None, "end_line": None, "end_column": None, "opening_delimiter": None,
        "closing_delimiter": None, "expected_delimiter": None, "snippet": None,
        "description": "mismatched delimiter error",
    },
    "MissingApplicationsError": {"apps": EMPTY, "description": "missing applications found"},
    "Mix.Error": {"mix": 1, "message": None},
    "OptionParser.ParseError": {"message": None},
    "Protocol.UndefinedError": {"protocol": None, "value": None, "description": ""},
    "Python.Error": {"type": None, "message": None, "traceback": None},
    "Regex.CompileError": {"message": "regex could not be compiled"},
    "RuntimeError": {"message": "runtime error"},
    "SyntaxError": {"file": None, "line": None, "column": None, "snippet": None, "description": "syntax error"},
    "System.EnvError": {"env": None},
    "SystemLimitError": {"message": "a system limit has been reached"},
    "TokenMissingError": {
        "file": None, "line": None, "column": None, "end_line": None, "end_column": None, "snippet": None,
        "opening_delimiter": None, "expected_delimiter": None, "description": "expression is incomplete",
    },
    "TryClauseError": {"term": None},
    "URI.Error": {"action": None, "reason": None, "part": None},
    "UndefinedFunctionError": {"module": None, "function": None, "arity": None, "reason": None, "message": None},
    "UnicodeConversionError": {"encoded": None, "message": None},
    "Version.InvalidRequirementError": {"requirement": None},
    "Version.InvalidVersionError": {"version": None},
    "WithClauseError": {"term": None},
}
"""Fields of each exception, in order, with their defaults."""

FIELDS.update(
    {alias(name): tuple((atom(field), value) for field, value in fields.items()) for name, fields in EXCEPTIONS.items()}
)


def field(term: Map, name: str) -> Any:
    """Return a field of a struct, nil when it is not there."""
    return term.get(atom(name))


def pretty(term: Any) -> str:
    """Return a term laid out at 80 columns without a limit, as messages that show a value below them do."""
    opts = Opts()
    opts.pretty = True
    return inspect(term, opts)


def indented(text: str, by: str = "    ") -> str:
    """Return a text with every line but empty ones indented."""
    return "\n".join([by + line if line else line for line in text.split("\n")])


def _bad_arity(error: Map) -> str:
    fun, given = field(error, "function"), field(error, "args")
    args = to_pylist(given) if given is not None else []
    shown = ", ".join(map(inspect, args))
    count = f"{len(args)} argument{'' if len(args) == 1 else 's'} ({shown})" if args else "no arguments"
    return f"{inspect(fun)} with arity {arity_of(fun)} called with {count}"


def _bad_function(error: Map) -> str:
    term = field(error, "term")
    if arity_of(term) is not None and type(term) is not Export:
        return f"function {inspect(term)} is invalid, likely because it points to an old version of the code"
    return f"expected a function, got: {inspect(term)}"


def one_segment(module: Any) -> bool:
    """Tell whether a module's name is an alias of one part, which may have been meant to be aliased."""
    return type(module) is Atom and module.name.startswith("Elixir.") and "." not in module.name[7:]


_NOT_FOUND: Final = (
    ". Make sure the module name is correct and has been specified in full (or that an alias has been defined)"
)


def undefined_function(error: Map) -> str:
    """Return what an UndefinedFunctionError says without hints."""
    message = field(error, "message")
    if message is not None:
        return str(message)
    module, arity, reason = (field(error, name) for name in ("module", "arity", "reason"))
    function = field(error, "function")
    if function is None:
        return "undefined function"
    call = f"function {mfa_text(module, atom_name(function) or '', arity)}"
    if module is None:
        return f"{call} is undefined"
    name = atom_name(reason) if reason is not None else None
    if reason is not None and name not in ("module could not be loaded", "function not exported"):
        return f"{call} is undefined ({reason}){_NOT_FOUND if one_segment(module) else ''}"
    if name == "function not exported" or (name is None and available(module)):
        return f"{call} is undefined or private"
    hint = _NOT_FOUND if one_segment(module) else ""
    return f"{call} is undefined (module {atom_text(module)} is not available){hint}"


def available(module: Any) -> bool:
    """Tell whether a module can be loaded."""
    from pyex.terms.inspect.structs import loaded

    return loaded(export(module, "__info__", 1)) is not None or loaded(export(module, "module_info", 0)) is not None


def _function_clause(error: Map) -> str:
    return function_clause_text(error, inspect)


def function_clause_text(error: Map, show: Callable[[Any], str]) -> str:
    """Return what a FunctionClauseError says, its arguments shown by a function: in one line, or laid out as the shell has them."""
    function = field(error, "function")
    if function is None:
        return "no function clause matches"
    shown = clause_mfa(error)
    args = field(error, "args")
    text = f"no function clause matching in {shown}"
    if args is None:
        return text
    return text + blamed_clauses(error, shown, show)


def clause_mfa(error: Map) -> str:
    """Return the function of a FunctionClauseError as its message names it."""
    from pyex.terms.stacktrace import format_mfa

    return format_mfa(field(error, "module"), field(error, "function"), field(error, "arity"))


def blamed_clauses(error: Map, shown: str, show: Callable[[Any], str]) -> str:
    """Return the arguments and attempted clauses of a blamed FunctionClauseError."""
    parts = [f"\n\nThe following arguments were given to {shown}:\n\n"]
    for number, argument in enumerate(to_pylist(field(error, "args")), 1):
        value = show(argument).replace("\n", "\n    ")
        parts.append(f"    # {number}\n    {value}\n\n")
    clauses = field(error, "clauses")
    if clauses is not None and clauses is not EMPTY:
        texts = to_pylist(clauses)
        parts.append(f"Attempted function clauses (showing {min(len(texts), 10)} out of {len(texts)}):\n\n")
        parts.extend(f"    {text}\n" for text in texts[:10])
        if len(texts) > 10:
            parts.append("    ...\n")
        parts.append("\n")
    return "".join(parts).removesuffix("\n")


def _key_error(error: Map) -> str:
    message = field(error, "message")
    if message is not None:
        return str(message)
    return key_message(field(error, "key"), field(error, "term"))


def key_message(key: Any, term: Any) -> str:
    """Return what a KeyError says without hints."""
    text = f"key {inspect(key)} not found"
    if term is None:
        return text
    if atom_name(term) is not None and type(key) is Atom:
        call = f"{atom_text(term)}.{key.name}()"
        return (
            f"{text} in: {inspect(term)} (if instead you want to invoke {call}, "
            "make sure to add parentheses after the function name)"
        )
    if type(term) is Map or type(term).__name__ in ("Cons", "EmptyList"):
        return f"{text} in: {pretty(term)}"
    return f"{text} in: {inspect(term)}"


_KINDS: Final[dict[str, str]] = {
    "Atom": "Atom", "NoneType": "Atom", "bool": "Atom", "int": "Integer", "float": "Float", "str": "BitString",
    "bytes": "BitString", "Bits": "BitString", "tuple": "Tuple", "Cons": "List", "EmptyList": "List", "Pid": "PID",
    "Reference": "Reference", "Port": "Port", "function": "Function", "Export": "Function",
}


def type_name(value: Any) -> str:
    """Return the protocol's name for the type of a value: `Integer`, `User (a struct)`."""
    if type(value) is Map:
        module = value.get(STRUCT)
        return f"{atom_text(module)} (a struct)" if type(module) is Atom else "Map"
    return _KINDS.get(type(value).__name__, "Function" if callable(value) else "Any")


def _protocol_undefined(error: Map) -> str:
    protocol, value, description = (field(error, name) for name in ("protocol", "value", "description"))
    text = f"protocol {inspect(protocol)} not implemented for type {type_name(value)}"
    if description:
        text += f", {description}"
    return f"{text}\n\nGot value:\n\n{indented(pretty(value))}\n"


_REASONS: Final = {
    "enoent": "no such file or directory",
    "eacces": "permission denied",
    "eexist": "file already exists",
    "eisdir": "illegal operation on a directory",
    "enotdir": "not a directory",
    "enotempty": "directory is not empty",
    "enospc": "no space left on device",
    "einval": "invalid argument",
    "eperm": "not owner",
    "ebadf": "bad file number",
    "badarg": "bad argument",
    "terminated": "the device is terminated",
}


def file_reason(reason: Any) -> str:
    """Return the text of a file error's reason, an atom such as `:enoent`."""
    name = atom_name(reason)
    return _REASONS.get(name or "", "unknown POSIX error") if name else inspect(reason)


def _file_error(error: Map) -> str:
    action, reason, path = (field(error, name) for name in ("action", "reason", "path"))
    if action == "remove directory" and atom_name(reason) == "eexist":
        return f'could not remove directory "{path}": directory is not empty'
    return f"could not {action} {inspect(path)}: {file_reason(reason)}"


def _copy_error(error: Map) -> str:
    action, reason, source, destination, on = (
        field(error, name) for name in ("action", "reason", "source", "destination", "on")
    )
    text = f"could not {action} from {inspect(source)} to {inspect(destination)}"
    return f"{text}. {on}: {file_reason(reason)}" if on else f"{text}: {file_reason(reason)}"


def _link_error(error: Map) -> str:
    action, reason, existing, new = (field(error, name) for name in ("action", "reason", "existing", "new"))
    return f"could not {action} from {inspect(existing)} to {inspect(new)}: {file_reason(reason)}"


def _compile_error(error: Map) -> str:
    from pyex.terms.stacktrace import format_file_line

    file = field(error, "file")
    if type(file) is str:
        file = file.removeprefix(current_folder() + os.sep)
    where = format_file_line(file, field(error, "line"), " ") if file is not None else ""
    return f"{where}{field(error, 'description')}"


def _erlang_error(error: Map) -> str:
    reason = field(error, "reason")
    return f"Erlang error: {inspect(field(error, 'original'))}{reason if type(reason) is str else ''}"


def _template_error(error: Map) -> str:
    line = field(error, "line")
    place = "" if line is None else f"{field(error, 'file')}:{line}:{field(error, 'column')}: "
    return f"{place}{field(error, 'message')}{field(error, 'snippet') or ''}"


def _inspected(text: str, name: str = "term") -> Callable[[Map], str]:
    return lambda error: text + inspect(field(error, name))


MESSAGES: Final[dict[Atom, Callable[[Map], str]]] = {
    alias(name): message
    for name, message in {
        "BadArityError": _bad_arity,
        "BadBooleanError": lambda error: (
            f'expected a boolean on left-side of "{atom_name(field(error, "operator"))}", got: '
            + inspect(field(error, "term"))
        ),
        "BadFunctionError": _bad_function,
        "BadMapError": _inspected("expected a map, got: "),
        "BadStructError": lambda error: (
            f"expected a struct named {inspect(field(error, 'struct'))}, got: {inspect(field(error, 'term'))}"
        ),
        "CaseClauseError": _inspected("no case clause matching: "),
        "CompileError": _compile_error,
        "CondClauseError": lambda error: "no cond clause evaluated to a truthy value",
        "EEx.SyntaxError": _template_error,
        "ErlangError": _erlang_error,
        "File.CopyError": _copy_error,
        "File.Error": _file_error,
        "File.LinkError": _link_error,
        "File.RenameError": _copy_error,
        "FunctionClauseError": _function_clause,
        "IO.StreamError": _inspected("error during streaming: ", "reason"),
        "Kernel.TypespecError": _compile_error,
        "KeyError": _key_error,
        "MatchError": _inspected("no match of right hand side value: "),
        "MismatchedDelimiterError": render_message,
        "MissingApplicationsError": lambda error: str(field(error, "description")),
        "Protocol.UndefinedError": _protocol_undefined,
        "Python.Error": lambda error: ": ".join(filter(None, [field(error, "type"), field(error, "message")])),
        "SyntaxError": render_message,
        "System.EnvError": lambda error: (
            f"could not fetch environment variable {inspect(field(error, 'env'))} because it is not set"
        ),
        "TokenMissingError": render_message,
        "TryClauseError": _inspected("no try clause matching: "),
        "URI.Error": lambda error: (
            f"cannot {atom_name(field(error, 'action'))} due to reason "
            f"{atom_name(field(error, 'reason'))}: {inspect(field(error, 'part'))}"
        ),
        "UndefinedFunctionError": undefined_function,
        "Version.InvalidRequirementError": _inspected("invalid requirement: ", "requirement"),
        "Version.InvalidVersionError": _inspected("invalid version: ", "version"),
        "WithClauseError": _inspected("no with clause matching: "),
    }.items()
}
"""What each exception says whose message is more than its field `message`."""

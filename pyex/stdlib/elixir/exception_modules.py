"""The modules of Elixir's own exceptions: `RuntimeError`, `ArgumentError`, `KeyError` and the others.

Each has a struct, `exception/1` and `message/1`; the wording of the messages is `terms.exceptions`'.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import elixir_error, function_clause
from pyex.terms.lists import EMPTY, List, to_pylist
from pyex.terms.maps import Map

_SYNTAX: Final = {"file": None, "line": None, "column": None}

FIELDS: Final[dict[str, dict[str, Any]]] = {
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
    "Enum.EmptyError": {"message": "empty error"},
    "Enum.OutOfBoundsError": {"message": "out of bounds error"},
    "ErlangError": {"original": None, "reason": None},
    "File.CopyError": {"reason": None, "source": None, "destination": None, "on": "", "action": ""},
    "File.Error": {"reason": None, "path": None, "action": ""},
    "File.LinkError": {"reason": None, "existing": None, "new": None, "action": ""},
    "File.RenameError": {"reason": None, "source": None, "destination": None, "on": "", "action": ""},
    "FunctionClauseError": {
        "module": None,
        "function": None,
        "arity": None,
        "kind": None,
        "args": None,
        "clauses": None,
    },
    "IO.StreamError": {"reason": None},
    "Inspect.Error": {
        "exception_module": None,
        "exception_message": None,
        "stacktrace": None,
        "inspected_struct": None,
    },
    "JSON.DecodeError": {"message": None, "offset": None, "data": None},
    "Kernel.TypespecError": {"file": None, "line": None, "description": None},
    "KeyError": {"key": None, "term": None, "message": None},
    "MatchError": {"term": None},
    "MismatchedDelimiterError": {
        **_SYNTAX,
        "end_line": None,
        "end_column": None,
        "opening_delimiter": None,
        "closing_delimiter": None,
        "expected_delimiter": None,
        "snippet": None,
        "description": "mismatched delimiter error",
    },
    "MissingApplicationsError": {"apps": EMPTY, "description": "missing applications found"},
    "OptionParser.ParseError": {"message": None},
    "Protocol.UndefinedError": {"protocol": None, "value": None, "description": ""},
    "Python.Error": {"type": None, "message": None, "traceback": None},
    "Regex.CompileError": {"message": "regex could not be compiled"},
    "RuntimeError": {"message": "runtime error"},
    "SyntaxError": {**_SYNTAX, "snippet": None, "description": "syntax error"},
    "System.EnvError": {"env": None},
    "SystemLimitError": {"message": "a system limit has been reached"},
    "TokenMissingError": {
        **_SYNTAX,
        "end_line": None,
        "end_column": None,
        "snippet": None,
        "opening_delimiter": None,
        "expected_delimiter": None,
        "description": "expression is incomplete",
    },
    "TryClauseError": {"term": None},
    "URI.Error": {"action": None, "reason": None, "part": None},
    "UndefinedFunctionError": {"module": None, "function": None, "arity": None, "reason": None, "message": None},
    "UnicodeConversionError": {"encoded": None, "message": None},
    "Version.InvalidRequirementError": {"requirement": None},
    "Version.InvalidVersionError": {"version": None},
    "WithClauseError": {"term": None},
}
"""The fields of each exception with their default values."""


def _constructor(module: NativeModule, default: Map) -> Callable[[Any], Any]:
    takes_text = atom.message in default

    def exception(given: Any) -> Any:
        """Return the exception of a message or of fields."""
        if is_binary(given) and takes_text:
            return default.put(atom.message, given)
        if not isinstance(given, List):
            raise function_clause(module.name, "exception", (given,))
        result = default
        for key, value in to_pylist(given):
            if key not in default:
                raise elixir_error("KeyError", key=key, term=default, message=None)
            result = result.put(key, value)
        return result

    return exception


def _message(exception: Any) -> str:
    """Return the message of the exception."""
    from pyex.terms.exceptions import message_of

    return str(message_of(exception))


def _define(name: str, fields: dict[str, Any]) -> None:
    module = NativeModule(name)
    module.struct({"__exception__": True, **fields})
    default = module.exports["__struct__", 0]()
    module.function("exception")(_constructor(module, default))
    module.function("message")(_message)


for _name, _fields in FIELDS.items():
    _define(_name, _fields)

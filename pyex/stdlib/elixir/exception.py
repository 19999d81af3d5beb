"""Exception: what errors, throws and exits say."""

from __future__ import annotations

from typing import Any

from pyex.code.blame import blamed_clauses
from pyex.code.native import NativeModule
from pyex.terms import exceptions, stacktrace
from pyex.terms.atoms import Atom, atom, atom_name, is_atom
from pyex.terms.errors import function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, is_proper, split_tail, to_pylist

module = NativeModule(
    "Exception",
    doc="Functions for exceptions, stack traces and exit reasons.",
    behaviour=[("message", 1), ("exception", 1), ("blame", 2)],
)
module.optional_callbacks = (("blame", 2),)


@module.function
def message(error: Any) -> str:
    """Return what an exception says.

        iex> Exception.message(%RuntimeError{message: "oops"})
        "oops"
    """
    if not exceptions.is_exception(error):
        raise function_clause(module.name, "message", (error,))
    return exceptions.message_of(error)


@module.function("exception?")
def is_exception(term: Any) -> bool:
    """Tell whether a term is an exception.

        iex> Exception.exception?(1)
        false
    """
    return exceptions.is_exception(term)


@module.function
def normalize(kind: Any, payload: Any, trace: Any = EMPTY) -> Any:
    """Return the exception of an error's reason; what was thrown or exited with stays as it is.

        iex> Exception.normalize(:error, :badarith)
        %ArithmeticError{message: "bad argument in arithmetic expression"}
    """
    return exceptions.normalize(payload, trace) if atom_name(kind) == "error" else payload


@module.function
def blame(kind: Any, error: Any, trace: Any) -> Any:
    """Return the reason and stack trace with what helps to see the cause.

        iex> {error, _stack} = Exception.blame(:error, :badarith, [])
        iex> error
        %ArithmeticError{message: "bad argument in arithmetic expression"}
    """
    return exceptions.blame(kind, error, trace)


@module.function
def blame_mfa(target: Any, function: Any, args: Any) -> Any:
    """Return the kind of a function and its clauses: which parts match arguments, or `:error` when they are not known.

        iex> {:ok, kind, [{[first, _], []} | _]} = Exception.blame_mfa(String, :upcase, [1, :default])
        iex> {kind, first.match?}
        {:def, false}
    """
    if not is_atom(target) or not is_atom(function) or not is_proper(args):
        raise function_clause(module.name, "blame_mfa", (target, function, args))
    found = blamed_clauses(target, atom_name(function) or "", tuple(to_pylist(args))) if type(target) is Atom else None
    return atom("error") if found is None else (atom("ok"), *found)


@module.function
def format_banner(kind: Any, reason: Any, trace: Any = EMPTY) -> str:
    """Return the first lines of an error's text.

        iex> Exception.format_banner(:throw, 1)
        "** (throw) 1"
    """
    return exceptions.format_banner(kind, reason, trace)


@module.function
def format(kind: Any, payload: Any, trace: Any = EMPTY) -> str:
    """Return an error's banner with its stack trace.

        iex> Exception.format(:error, %RuntimeError{message: "oops"})
        "** (RuntimeError) oops"
    """
    return exceptions.format(kind, payload, trace)


@module.function
def format_exit(reason: Any) -> str:
    """Return the text of an exit reason.

        iex> Exception.format_exit({:shutdown, :a})
        "shutdown: :a"
    """
    return exceptions.format_exit(reason)


@module.function
def format_stacktrace(trace: Any = None) -> str:
    """Return a stack trace's lines; without an argument those of the running process.

        iex> Exception.format_stacktrace([{Shop, :sell, 2, [file: ~c"lib/shop.ex", line: 7]}])
        "    lib/shop.ex:7: Shop.sell/2\\n"
    """
    return stacktrace.format_stacktrace(stacktrace.current() if trace is None else trace)


@module.function
def format_stacktrace_entry(entry: Any) -> str:
    """Return the text of one frame of a stack trace.

        iex> Exception.format_stacktrace_entry({Shop, :sell, 2, [file: ~c"lib/shop.ex", line: 7]})
        "lib/shop.ex:7: Shop.sell/2"
    """
    return stacktrace.format_entry(entry)


@module.function
def format_mfa(target: Any, fun: Any, arity: Any) -> str:
    """Return `Mod.fun/arity` of a module, function and arity or arguments.

        iex> Exception.format_mfa(Foo, :bar, 1)
        "Foo.bar/1"
    """
    return stacktrace.format_mfa(target, fun, arity)


@module.function
def format_fa(fun: Any, arity: Any) -> str:
    """Return the text of a function with its arity or arguments.

        iex> Exception.format_fa(fn x -> x end, 1) |> String.starts_with?("#Function<")
        true
    """
    shown = f"({', '.join(map(inspect, split_tail(arity)[0]))})" if isinstance(arity, List) else f"/{arity}"
    return inspect(fun) + shown


@module.function
def format_file_line(file: Any, line: Any, suffix: Any = "") -> str:
    """Return `file:line:`.

        iex> Exception.format_file_line("foo", 1)
        "foo:1:"
    """
    return stacktrace.format_file_line(file, line, suffix)


@module.function
def format_file_line_column(file: Any, line: Any, column: Any, suffix: Any = "") -> str:
    """Return `file:line:column:`.

        iex> Exception.format_file_line_column("foo", 1, 2)
        "foo:1:2:"
    """
    if file is None or type(column) is not int or not column or type(line) is not int or not line:
        return stacktrace.format_file_line(file, line, suffix)
    return stacktrace.format_file_line(file, line) + f"{column}:{suffix}"


@module.function
def format_delimiter(delimiter: Any) -> str:
    """Return a delimiter between quotes.

        iex> Exception.format_delimiter(:do) |> String.length()
        4
    """
    return f'"{atom_name(delimiter)}"'

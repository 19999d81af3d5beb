from __future__ import annotations

from typing import Any

import pytest

from pyex.terms import exceptions
from pyex.terms.atoms import alias, atom
from pyex.terms.blame import did_you_mean, jaro
from pyex.terms.errors import exception, keyword
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, elixir_list, from_iterable
from pyex.terms.maps import Map
from pyex.terms.pids import Pid

PID = Pid(1)
CALL = (alias("GenServer"), atom.call, elixir_list(PID, atom.a, 5000))
LOCATION = from_iterable([(atom.file, from_iterable(map(ord, "foo.ex"))), (atom.line, 3)])
FRAME = (alias("Foo"), atom.bar, 1, LOCATION)
STACK = elixir_list(FRAME, (atom.erlang, atom("+"), elixir_list(1, "a"), EMPTY))
OOPS = exception("RuntimeError", {"message": "oops"})


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (atom.badarith, "** (ArithmeticError) bad argument in arithmetic expression"),
        ((atom.badmatch, (1, 2)), "** (MatchError) no match of right hand side value: {1, 2}"),
        ((atom.case_clause, 1), "** (CaseClauseError) no case clause matching: 1"),
        ((atom.else_clause, 1), "** (WithClauseError) no with clause matching: 1"),
        ((atom.try_clause, 1), "** (TryClauseError) no try clause matching: 1"),
        (atom.cond_clause, "** (CondClauseError) no cond clause evaluated to a truthy value"),
        ((atom.badmap, 1), "** (BadMapError) expected a map, got: 1"),
        ((atom.badfun, 1), "** (BadFunctionError) expected a function, got: 1"),
        ((atom.badstruct, alias("Foo"), 1), "** (BadStructError) expected a struct named Foo, got: 1"),
        ((atom.badbool, atom("and"), 1), '** (BadBooleanError) expected a boolean on left-side of "and", got: 1'),
        (
            (atom.badarity, (export(alias("String"), "length", 1), elixir_list(1, 2))),
            "** (BadArityError) &String.length/1 with arity 1 called with 2 arguments (1, 2)",
        ),
        ((atom.badkey, atom.a, Map.of({atom.b: 1})), "** (KeyError) key :a not found in: %{b: 1}"),
        (
            (atom.badkey, atom.a, 1),
            "** (KeyError) key :a not found in: 1\n\nIf you are using the dot syntax, such as map.field, "
            "make sure the left-hand side of the dot is a map",
        ),
        (
            (atom.badkey, atom.a, alias("Foo")),
            "** (KeyError) key :a not found in: Foo (if instead you want to invoke Foo.a(), "
            "make sure to add parentheses after the function name)",
        ),
        (atom.system_limit, "** (SystemLimitError) a system limit has been reached"),
        (atom.foo, "** (ErlangError) Erlang error: :foo"),
        ((atom.badarg, 1), "** (ArgumentError) argument error: 1"),
        (OOPS, "** (RuntimeError) oops"),
    ],
)
def test_the_banner_of_an_error_is_elixirs(reason: Any, text: str) -> None:
    assert exceptions.format_banner("error", reason) == text


@pytest.mark.parametrize(
    ("name", "fields", "message"),
    [
        ("File.Error", {"path": "foo", "action": "read file", "reason": atom.enoent},
         'could not read file "foo": no such file or directory'),
        ("File.CopyError", {"source": "a", "destination": "b", "on": "c", "action": "copy", "reason": atom.enoent},
         'could not copy from "a" to "b". c: no such file or directory'),
        ("Protocol.UndefinedError", {"protocol": alias("Enumerable"), "value": 5, "description": ""},
         "protocol Enumerable not implemented for type Integer\n\nGot value:\n\n    5\n"),
        ("CompileError", {"file": "a", "line": 1, "description": "x"}, "a:1: x"),
        ("Version.InvalidVersionError", {"version": "a"}, 'invalid version: "a"'),
        ("UndefinedFunctionError",
         {"module": alias("Foo"), "function": atom.bar, "arity": 1, "reason": None, "message": None},
         "function Foo.bar/1 is undefined (module Foo is not available). Make sure the module name is correct and has "
         "been specified in full (or that an alias has been defined)"),
        ("UndefinedFunctionError",
         {"module": alias("Foo.Bar"), "function": atom.baz, "arity": 0, "reason": None, "message": None},
         "function Foo.Bar.baz/0 is undefined (module Foo.Bar is not available)"),
        ("RuntimeError", {"message": 1},
         "got 1 while retrieving Exception.message/1 for %RuntimeError{message: 1} (expected a string)"),
    ],
)
def test_an_exception_says_what_elixirs_says(name: str, fields: dict[str, Any], message: str) -> None:
    assert exceptions.message_of(exception(name, fields)) == message


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (atom.normal, "normal"),
        (atom.killed, "killed"),
        ((atom.shutdown, atom.a), "shutdown: :a"),
        ((atom.timeout, CALL), "exited in: GenServer.call(#PID<0.1.0>, :a, 5000)\n    ** (EXIT) time out"),
        (((atom.nodedown, atom.foo), CALL),
         "exited in: GenServer.call(#PID<0.1.0>, :a, 5000)\n    ** (EXIT) no connection to foo"),
        ((OOPS, STACK),
         'an exception was raised:\n    ** (RuntimeError) oops\n        foo.ex:3: Foo.bar/1\n        :erlang.+(1, "a")'),
        (((OOPS, elixir_list(FRAME)), CALL),
         "exited in: GenServer.call(#PID<0.1.0>, :a, 5000)\n    ** (EXIT) an exception was raised:\n"
         "        ** (RuntimeError) oops\n            foo.ex:3: Foo.bar/1"),
        ((OOPS, EMPTY), '{%RuntimeError{message: "oops"}, []}'),
        ((atom.bad_return_value, (atom.x, 1)), "bad return value: {:x, 1}"),
        ((atom.already_started, PID), "already started: #PID<0.1.0>"),
        ((atom.shutdown, (atom.failed_to_start_child, alias("Foo"), (atom.EXIT, (OOPS, elixir_list(FRAME))))),
         "shutdown: failed to start child: Foo\n    ** (EXIT) an exception was raised:\n"
         "        ** (RuntimeError) oops\n            foo.ex:3: Foo.bar/1"),
        ((atom.start_spec, (atom.invalid_child_spec, 3)), "bad child specification, invalid child specification: 3"),
        ((atom.x, (alias("Foo"), atom.bar, 1)), "{:x, {Foo, :bar, 1}}"),
        ("str", '"str"'),
    ],
)
def test_an_exit_reason_is_told_as_elixir_tells_it(reason: Any, text: str) -> None:
    assert exceptions.format_exit(reason) == text


def test_blame_shows_the_arguments_of_a_call_that_no_clause_matches() -> None:
    stack = elixir_list((alias("Foo"), atom.bar, elixir_list(1, "a"), EMPTY))
    reason, trace = exceptions.blame("error", atom.function_clause, stack)
    assert exceptions.shell_banner("error", reason, trace) == (
        "** (FunctionClauseError) no function clause matching in Foo.bar/2    \n    \n"
        "    The following arguments were given to Foo.bar/2:\n    \n"
        '    # 1\n    1\n    \n    # 2\n    "a"\n    '.replace("# 1\n    1", "    # 1\n        1").replace(
            '# 2\n    "a"', '    # 2\n        "a"'
        )
    )
    assert trace.head[2] == 2


def test_blame_names_similar_keys() -> None:
    reason, _ = exceptions.blame("error", (atom.badkey, atom.nmae, Map.of({atom.name: 1})), EMPTY)
    assert exceptions.message_of(reason) == "key :nmae not found in: %{name: 1}. Did you mean:\n\n      * :name\n"


def test_similar_names_are_the_five_nearest_in_order() -> None:
    assert did_you_mean("nam", ["name", "names", "named", "namer", "nama", "namo", "zzz"]) == [
        "nama", "name", "named", "names", "namo",
    ]
    assert round(jaro("martha", "marhta"), 3) == 0.944


def test_pythons_own_exceptions_become_elixirs() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        1 // 0  # noqa: B018
    assert exceptions.from_python(caught.value).reason is atom.badarith
    assert exceptions.from_python(RecursionError()).reason is atom.system_limit
    error = exceptions.from_python(ValueError("no")).reason
    assert exceptions.message_of(error) == "ValueError: no"


def test_what_fails_in_message_is_told_in_the_message() -> None:
    exception_module = export(alias("BadException"), "message", 1)
    exception_module.fn = lambda error: error.nothing
    told = exceptions.message_of(exception("BadException", {}))
    assert told.startswith("got Python.Error with message ")
    assert exceptions.format_banner("throw", keyword(a=1)) == "** (throw) [a: 1]"

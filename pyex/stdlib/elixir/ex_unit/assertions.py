"""ExUnit.Assertions: `assert` and its kin, which tell both sides of what failed."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.compiler.kernel.build import (
    WHEN,
    args_of,
    block,
    code_text,
    fun,
    generated,
    is_call,
    is_named,
    is_var,
    kernel,
    match,
    remote,
    var,
)
from pyex.compiler.kernel.build import call as form_of
from pyex.compiler.module.escape import escape
from pyex.stdlib.elixir.ex_unit.failures import message
from pyex.stdlib.elixir.ex_unit.suite import NO_VALUE
from pyex.terms import exceptions, foreign
from pyex.terms import stacktrace as traces
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import ElixirError, Exit, Signal, Throw, elixir_error
from pyex.terms.exception_structs import MESSAGES
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, List, elixir_list, from_iterable, split_tail, to_pylist
from pyex.terms.order import compare

module = NativeModule(
    "ExUnit.Assertions", doc="What tests claim: `assert`, `refute`, and what they wait for and catch."
)
ASSERTIONS: Final = alias("ExUnit.Assertions")
MESSAGES[alias("ExUnit.AssertionError")] = message
TRUE: Final = True
_OPERATORS: Final = frozenset(map(atom, ("==", "!=", "<", ">", "<=", ">=", "===", "!==", "=~")))
_SAME: Final = frozenset(("==", "===", "<=", ">="))
_EMPTY_MAILBOX: Final = "\nThe process mailbox is empty."


def failure(message: Any, **fields: Any) -> ElixirError:
    """Return the AssertionError with a message; `left`, `right`, `expr`, `args` and `context` tell more."""
    given = {
        "left": NO_VALUE,
        "right": NO_VALUE,
        "message": message,
        "expr": NO_VALUE,
        "args": NO_VALUE,
        "doctest": NO_VALUE,
        "context": EMPTY,
    }
    given.update(fields)
    return elixir_error("ExUnit.AssertionError", **given)


# ---- assert and refute


@module.macro("assert", arity=1)
def assert_(env: Any, assertion: Any) -> Any:
    """Claim that an expression is true; comparisons and matches tell their sides when they fail.

    assert 1 + 1 == 2
    assert {:ok, value} = fetch()
    """
    return _claim(env, assertion, "assert")


@module.macro("refute", arity=1)
def refute(env: Any, assertion: Any) -> Any:
    """Claim that an expression is `false` or `nil`."""
    return _claim(env, assertion, "refute")


def _claim(env: Any, form: Any, name: str) -> Any:
    code = escape(form_of(name, form))
    wanted = name == "assert"
    if is_named(form, atom("="), 2) and wanted:
        return _matched(code, *args_of(form))
    if is_named(form, atom("match?"), 2):
        return _matching(code, form, wanted)
    if is_call(form) and form[0] in _OPERATORS and len(args_of(form)) == 2:
        return _compared(code, form, wanted)
    if is_named(form, atom("in"), 2):
        left, right = args_of(form)
        x, y = var("left"), var("right")
        test = kernel("in", x, y)
        return block(match(x, left), match(y, right), _told("__compared__", wanted, test, atom("in"), x, y, code))
    called = _plain_call(env, form)
    if called is not None:
        rebuilt, names, values = called
        binds = [match(place, value) for place, value in zip(names, values, strict=True)]
        return block(*binds, _told("__truthy__", wanted, rebuilt, from_iterable(names), code))
    return _told("__truthy__", wanted, form, NO_VALUE, code)


def _told(name: str, wanted: bool, test: Any, *args: Any) -> Any:
    """Return a test with the call of what judges it, the frame of the code that claims still on the stack."""
    result = var("result")
    return block(match(result, test), remote(ASSERTIONS, name, wanted, result, *args), result)


def _without_place(form: Any) -> Any:
    """Return a call without line and column, as what the macro itself writes."""
    kept = [pair for pair in to_pylist(form[1]) if pair[0] not in (atom.line, atom.column)]
    return (form[0], from_iterable(kept), form[2])


def _plain_call(env: Any, form: Any) -> tuple[Any, list[Any], list[Any]] | None:
    """Return a call of a function with variables for its arguments, which are told when it fails."""
    if not is_call(form) or not isinstance(form[2], List) or form[2] is EMPTY:
        return None
    values = to_pylist(form[2])
    name = form[0]
    if type(name) is Atom and (
        call("Macro", "special_form?", name, len(values)) or call("Macro", "operator?", name, len(values))
    ):
        return None
    if all(call("Macro", "quoted_literal?", value) for value in values):
        return None
    if call("Macro", "expand_once", form, env.to_struct()) is not form:
        return None
    names = [var(f"arg{place}") for place in range(len(values))]
    return (name, _without_place(form)[1], from_iterable(names)), names, values


def _compared(code: Any, form: Any, wanted: bool) -> Any:
    left, right = args_of(form)
    x, y = var("left"), var("right")
    test = kernel(form[0].name, x, y)
    return block(match(x, left), match(y, right), _told("__compared__", wanted, test, form[0], x, y, code))


@module.function("__compared__", doc=False)
def compared(wanted: Any, result: Any, operator: Any, left: Any, right: Any, code: Any) -> Any:
    """Return the result of a comparison that came out as it was claimed; raises AssertionError otherwise."""
    truth = result is not None and result is not False
    if truth is wanted:
        return result
    word, name = "Assertion" if wanted else "Refute", operator.name
    if name in ("==", "===", "!=", "!==") and compare(left, right) == 0 and (name in _SAME) is not wanted:
        raise failure(f"{word} with {name} failed, both sides are exactly equal", left=left, expr=code)
    raise failure(f"{word} with {name} failed", left=left, right=right, expr=code)


@module.function("__truthy__", doc=False)
def truthy(wanted: Any, result: Any, args: Any, code: Any) -> Any:
    """Return a value that is as true as it was claimed; raises AssertionError otherwise."""
    if (result is not None and result is not False) is wanted:
        return result
    expected = "truthy" if wanted else "false or nil"
    raise failure(f"Expected {expected}, got {inspect(result)}", expr=code, args=args)


def _matched(code: Any, pattern: Any, value: Any) -> Any:
    right = var("right")
    test = kernel("match?", _unwatched(pattern), right)
    return block(
        match(right, value),
        remote(ASSERTIONS, "__matched__", test, right, escape(pattern), code, _pins(pattern)),
        match(_binding(pattern), right),
        right,
    )


@module.function("__matched__", doc=False)
def matched(result: Any, right: Any, pattern: Any, code: Any, pins: Any) -> Any:
    """Raise AssertionError for a value that its pattern does not match."""
    if not result:
        raise failure(
            f"match (=) failed{_pinned(pins)}", left=pattern, right=right, expr=code, context=(atom("match"), pins)
        )
    return atom.ok


def _matching(code: Any, form: Any, wanted: bool) -> Any:
    pattern, value = args_of(form)
    right = var("right")
    test = kernel("match?", pattern, right)
    return block(match(right, value), _told("__matching__", wanted, test, right, escape(pattern), code, _pins(pattern)))


def _binding(pattern: Any) -> Any:
    """Return the pattern that binds once it has matched, without its guard, which is a use of its variables."""
    if not is_named(pattern, WHEN, 2):
        return pattern
    bare, guard = args_of(pattern)
    return _unwatched(bare, _names_in(guard))


def _names_in(form: Any) -> frozenset[Any]:
    """Return the names of the variables in a form."""
    if is_var(form):
        return frozenset((form[0],))
    parts = form if type(form) is tuple else split_tail(form)[0] if type(form) is Cons else ()
    return frozenset().union(*map(_names_in, parts))


def _unwatched(form: Any, names: frozenset[Any] | None = None) -> Any:
    """Return a pattern of whose variables (or of those with some names) nobody is told that they are unused."""
    if is_var(form):
        if names is not None and form[0] not in names:
            return form
        return (form[0], Cons((atom.generated, True), form[1]), form[2])
    if is_named(form, atom("^"), 1):
        return form
    if type(form) is tuple:
        return tuple(_unwatched(part, names) for part in form)
    if type(form) is Cons:
        items, tail = split_tail(form)
        return from_iterable([_unwatched(item, names) for item in items], _unwatched(tail, names))
    return form


@module.function("__matching__", doc=False)
def matching(wanted: Any, result: Any, right: Any, pattern: Any, code: Any, pins: Any) -> Any:
    """Return what `match?` said when that was claimed; raises AssertionError otherwise."""
    if result is wanted:
        return result
    word = "failed" if wanted else "succeeded, but should have failed"
    raise failure(
        f"match (match?) {word}{_pinned(pins)}", left=pattern, right=right, expr=code, context=(atom("match"), pins)
    )


def _pins(pattern: Any) -> Any:
    """Return the form of a keyword list of the variables that a pattern pins."""
    found: dict[Any, Any] = {}
    stack = [pattern]
    while stack:
        form = stack.pop()
        if type(form) is tuple:
            if len(form) == 3 and form[0] is atom("^") and is_var(args_of(form)[0]):
                found[args_of(form)[0][0]] = args_of(form)[0]
                continue
            stack.extend(form)
        elif type(form) is Cons:
            stack.extend(split_tail(form)[0])
    return from_iterable(found.items())


def _pinned(pins: Any) -> str:
    if pins is EMPTY:
        return ""
    lines = [f"\n  {name.name} = {inspect(value)}" for name, value in to_pylist(pins)]
    return "\nThe following variables were pinned:" + "".join(lines)


@module.function("assert", arity=2)
def assert_message(value: Any, message: Any) -> Any:
    """Claim that a value is true, with a message of one's own.

    iex> ExUnit.Assertions.assert(true, "it is not")
    true
    """
    if value is None or value is False:
        raise _of_message(message)
    return value


@module.function("refute", arity=2)
def refute_message(value: Any, message: Any) -> Any:
    """Claim that a value is `false` or `nil`, with a message of one's own.

    iex> ExUnit.Assertions.refute(false, "it is")
    false
    """
    if value is not None and value is not False:
        raise _of_message(message)
    return value


def _of_message(message: Any) -> ElixirError:
    if is_binary(message):
        return failure(message)
    if isinstance(message, List):
        return failure(**{key.name: value for key, value in to_pylist(message)})
    return ElixirError(message)


@module.function(arity=(0, 1))
def flunk(message: Any = "Flunked!") -> Any:
    """Fail.

    flunk("not yet")
    """
    raise failure(message)


@module.function(arity=(3, 4))
def assert_in_delta(value1: Any, value2: Any, delta: Any, message: Any = None) -> Any:
    """Claim that two numbers differ by no more than a third.

    iex> ExUnit.Assertions.assert_in_delta(1, 2, 3)
    true
    """
    _check_delta(delta)
    difference = abs(value1 - value2)
    if difference > delta:
        raise failure(
            message
            or (
                f"Expected the difference between {inspect(value1)} and {inspect(value2)} ({inspect(difference)}) "
                f"to be less than or equal to {inspect(delta)}"
            )
        )
    return TRUE


@module.function(arity=(3, 4))
def refute_in_delta(value1: Any, value2: Any, delta: Any, message: Any = None) -> Any:
    """Claim that two numbers differ by more than a third.

    iex> ExUnit.Assertions.refute_in_delta(1, 5, 3)
    false
    """
    _check_delta(delta)
    difference = abs(value1 - value2)
    if difference <= delta:
        raise failure(
            message
            or (
                f"Expected the difference between {inspect(value1)} and {inspect(value2)} ({inspect(difference)}) "
                f"to be more than {inspect(delta)}"
            )
        )
    return False


def _check_delta(delta: Any) -> None:
    if delta < 0:
        raise elixir_error("ArgumentError", message="delta must always be a positive number, got: " + inspect(delta))


# ---- errors, throws and exits


@module.function(arity=2)
def assert_raise(exception: Any, function: Any) -> Any:
    """Claim that a function raises an exception; returns it.

    iex> ExUnit.Assertions.assert_raise(ArithmeticError, fn -> :erlang.div(1, 0) end)
    %ArithmeticError{message: "bad argument in arithmetic expression"}
    """
    wanted = inspect(exception)
    try:
        function()
    except Exception as raised:
        signal = foreign.signal_of(raised)
        if not isinstance(signal, ElixirError):
            raise
        trace = traces.of_exception(raised)
        error = exceptions.normalize(signal.reason, trace)
        if error.struct is exception:
            return error
        if error.struct is alias("ExUnit.AssertionError"):
            raise
        told = failure(f"Expected exception {wanted} but got {inspect(error.struct)} ({exceptions.message_of(error)})")
        told.stacktrace = trace
        raise told from None
    raise failure(f"Expected exception {wanted} but nothing was raised")


@module.function("assert_raise", arity=3)
def assert_raise_message(exception: Any, message: Any, function: Any) -> Any:
    """Claim that a function raises an exception with a message, given as text or as a regular expression."""
    error = assert_raise(exception, function)
    told = exceptions.message_of(error)
    if told == message if is_binary(message) else call("Regex", "match?", message, told):
        return error
    raise failure(
        f"Wrong message for {inspect(exception)}\nexpected:\n  {inspect(message)}\nactual:\n  {inspect(told)}"
    )


def _catching(kind: str, expression: Any) -> Any:
    return remote(ASSERTIONS, "__caught__", atom(kind), fun([], expression))


@module.macro
def catch_exit(env: Any, expression: Any) -> Any:
    """Claim that an expression exits; returns the reason."""
    return _catching("exit", expression)


@module.macro
def catch_throw(env: Any, expression: Any) -> Any:
    """Claim that an expression throws; returns the value."""
    return _catching("throw", expression)


@module.macro
def catch_error(env: Any, expression: Any) -> Any:
    """Claim that an expression raises; returns the exception."""
    return _catching("error", expression)


@module.function("__caught__", doc=False)
def caught(kind: Any, function: Any) -> Any:
    """Return what a function exits with, throws or raises; raises AssertionError when it does not."""
    wanted: type[Signal] = {"exit": Exit, "throw": Throw, "error": ElixirError}[kind.name]
    try:
        function()
    except Exception as raised:
        signal = foreign.signal_of(raised)
        if isinstance(signal, wanted):
            return signal.reason
        raise
    raise failure(f"Expected to catch {kind.name}, got nothing")


# ---- messages


@module.macro(arity=(1, 2, 3))
def assert_receive(env: Any, pattern: Any, timeout: Any = None, failure_message: Any = None) -> Any:
    """Claim that a message comes that matches a pattern, within 100 milliseconds or the time given."""
    wait = timeout if timeout is not None else remote(ASSERTIONS, "__wait__", atom("assert_receive_timeout"))
    return _received("assert_receive", pattern, wait, failure_message)


@module.macro(arity=(1, 2))
def assert_received(env: Any, pattern: Any, failure_message: Any = None) -> Any:
    """Claim that a message has come that matches a pattern."""
    return _received("assert_received", pattern, 0, failure_message)


@module.macro(arity=(1, 2, 3))
def refute_receive(env: Any, pattern: Any, timeout: Any = None, failure_message: Any = None) -> Any:
    """Claim that no message comes that matches a pattern, within 100 milliseconds or the time given."""
    wait = timeout if timeout is not None else remote(ASSERTIONS, "__wait__", atom("refute_receive_timeout"))
    return _not_received(pattern, wait, failure_message)


@module.macro(arity=(1, 2))
def refute_received(env: Any, pattern: Any, failure_message: Any = None) -> Any:
    """Claim that no message has come that matches a pattern."""
    return _not_received(pattern, 0, failure_message)


@module.function("__wait__", doc=False)
def wait(name: Any) -> Any:
    """Return the time that a test waits for a message when it says none."""
    from pyex.stdlib.elixir.ex_unit.suite import suite

    return suite.setting(name.name, 100)


def _receiving(pattern: Any, found: Any, body: Any, timeout: Any, otherwise: Any) -> Any:
    """Return `receive do pattern = found -> body after timeout -> otherwise end`."""
    pattern = _unwatched(pattern)
    if is_named(pattern, WHEN, 2):
        bare, guard = args_of(pattern)
        head = form_of("when", match(bare, found), guard)
    else:
        head = match(pattern, found)
    arrow = atom("->")
    clauses = elixir_list((arrow, generated(), elixir_list(elixir_list(head), body)))
    after = elixir_list((arrow, EMPTY, elixir_list(elixir_list(timeout), otherwise)))
    parts = elixir_list((atom.do, clauses), (atom("after"), after))
    return (atom("receive"), generated(), elixir_list(parts))


def _received(name: str, pattern: Any, timeout: Any, message: Any) -> Any:
    received, waited = var("received"), var("timeout")
    code = escape(form_of(name, pattern))
    failed = remote(ASSERTIONS, "__not_received__", waited, escape(pattern), code, _pins(pattern), message)
    return block(
        match(waited, timeout),
        match(received, _receiving(pattern, received, received, waited, failed)),
        match(_binding(pattern), received),
        received,
    )


@module.function("__not_received__", doc=False)
def not_received(timeout: Any, pattern: Any, code: Any, pins: Any, message: Any) -> Any:
    """Raise the AssertionError that shows the mailbox in which no message matched."""
    from pyex.runtime import current

    if message is not None:
        raise _of_message(message)
    mailbox = list(current().mailbox)
    text = f"Assertion failed, no matching message after {inspect(timeout)}ms{_pinned(pins)}"
    if not mailbox:
        raise failure(text + _EMPTY_MAILBOX, expr=code)
    shown = mailbox[-10:]
    noun = "message" if len(mailbox) == 1 else "messages"
    text += f"\nShowing {len(shown)} of {len(mailbox)} {noun} in the mailbox"
    context = (atom("mailbox"), pins, from_iterable(shown))
    raise failure(text, left=pattern, expr=code, context=context)


def _not_received(pattern: Any, timeout: Any, message: Any) -> Any:
    received = var("received")
    failed = remote(ASSERTIONS, "__received__", received, code_text(pattern), message)
    return _receiving(pattern, received, failed, timeout, False)


@module.function("__received__", doc=False)
def received_against_claim(message: Any, pattern: Any, own: Any) -> Any:
    """Raise the AssertionError of a message that should not have come."""
    if own is not None:
        raise _of_message(own)
    raise failure(f"Unexpectedly received message {inspect(message)} (which matched {pattern})")

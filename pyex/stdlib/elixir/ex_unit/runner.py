"""Running tests: each in a process of its own, started by the process of its module."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from pyex import runtime
from pyex.code.native import call
from pyex.stdlib.elixir.ex_unit import callbacks, filters
from pyex.stdlib.elixir.ex_unit.formatter import Formatter
from pyex.stdlib.elixir.ex_unit.suite import IN_TEST, Failure, Test, TestModule, suite
from pyex.terms import foreign
from pyex.terms import stacktrace as traces
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit
from pyex.terms.errors import exception as exception_of
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, from_iterable, to_pylist
from pyex.terms.maps import Map

DOWN: Final = atom("DOWN")
_TIMEOUT: Final = """\
{what} timed out after {time}ms. You can change the timeout:

  1. per test by setting "@tag timeout: x" (accepts :infinity)
  2. per test module by setting "@moduletag timeout: x" (accepts :infinity)
  3. globally via "ExUnit.start(timeout: x)" configuration
  4. by running "mix test --timeout x" which sets timeout
  5. or by running "mix test --trace" which sets timeout to infinity
     (useful when using IEx.pry/0)

where "x" is the timeout given as integer in milliseconds (defaults to 60_000).
"""


@dataclass(slots=True)
class Outcome:
    """The figures of a run."""

    total: int = 0
    failures: int = 0
    excluded: int = 0
    skipped: int = 0
    invalid: int = 0
    async_seconds: float = 0.0
    sync_seconds: float = 0.0
    load_seconds: float | None = None
    """How long the modules took to load, where a script was read for them."""
    kinds: dict[str, int] = field(default_factory=dict)

    def count(self, test: Test) -> None:
        """Count a test that has ended."""
        self.total += 1
        self.kinds[test.kind] = self.kinds.get(test.kind, 0) + 1
        match test.state:
            case "failed":
                self.failures += 1
            case "excluded":
                self.excluded += 1
            case "skipped":
                self.skipped += 1
            case "invalid":
                self.invalid += 1

    def as_term(self) -> Any:
        """Return the figures as `ExUnit.run/0` does."""
        figures = {
            "total": self.total,
            "failures": self.failures + self.invalid,
            "excluded": self.excluded,
            "skipped": self.skipped,
        }
        return Map.from_pairs([(atom(name), figure) for name, figure in figures.items()])


class Run:
    """One run of the modules that wait for it."""

    def __init__(self) -> None:
        seed = suite.setting("seed")
        self.seed = seed if seed is not None else random.randrange(1_000_000)
        self.formatter = Formatter(self.seed)
        self.outcome = Outcome()
        self.left = suite.setting("max_failures", atom("infinity"))

    def run(self, names: list[Any], load_seconds: float | None = None) -> Outcome:
        """Run the tests of modules, those that may run beside others first; returns the figures."""
        self.outcome.load_seconds = load_seconds
        modules = [self._module(name) for name in names]
        self.formatter.begin()
        for is_async in (True, False):
            started = time.monotonic()
            for module in self._shuffled([module for module in modules if module.is_async is is_async]):
                self._run_module(module)
            spent = time.monotonic() - started
            if is_async:
                self.outcome.async_seconds = spent
            else:
                self.outcome.sync_seconds = spent
        self.formatter.end(self.outcome)
        for function in reversed(suite.after):
            function(self.outcome.as_term())
        return self.outcome

    def _shuffled(self, items: list[Any]) -> list[Any]:
        """Return tests or modules in the order of the seed; 0 leaves them as they were written."""
        if self.seed == 0 or len(items) < 2:
            return items
        export(atom("rand"), "seed", 2).fn(atom("exsss"), (self.seed, self.seed, self.seed))
        order = to_pylist(call("Enum", "shuffle", from_iterable(range(len(items)))))
        return [items[place] for place in order]

    def _module(self, name: Any) -> TestModule:
        tests, is_async, has_setup_all = export(name, "__ex_unit__", 0).fn()
        module = TestModule(
            name, "", [Test(name, test, tags) for test, tags in to_pylist(tests)], is_async, has_setup_all
        )
        if module.tests:
            module.file = module.tests[0].tags[atom.file]
        lines = sorted(test.tags[atom.line] for test in module.tests)
        for test in module.tests:
            test.state, test.reason = filters.verdict(test.tags, lines)
        module.tests = self._shuffled(module.tests)
        return module

    def _run_module(self, module: TestModule) -> None:
        self.formatter.module_begins(module)
        chosen = [test for test in module.tests if test.state == "passed"]
        for test in module.tests:
            if test.state != "passed":
                self.formatter.test_begins(test)
                self._ended(test)
        if chosen:
            self._in_process(module, lambda: self._run_tests(module, chosen), None, "setup_all")
            if module.failures:
                for test in chosen:
                    if test.pid is None:
                        test.state = "invalid"
                        self._ended(test)
        self.formatter.module_ended(module)

    def _run_tests(self, module: TestModule, tests: list[Test]) -> None:
        first = {"async": module.is_async, "module": module.name}
        context = Map.from_pairs([(atom(key), value) for key, value in first.items()])
        common = export(module.name, "__ex_unit__", 2).fn(atom("setup_all"), context)
        for test in tests:
            if self.left is not atom("infinity") and self.outcome.failures >= self.left:
                return
            own = common
            for key, value in test.tags.items():
                own = own.put(key, value)
            self._run_test(test, own)

    def _run_test(self, test: Test, context: Map) -> None:
        self.formatter.test_begins(test)
        limit = test.tags.get(atom("timeout"), suite.setting("timeout", 60_000))
        if suite.setting("trace") is True:
            limit = atom("infinity")
        captures = test.tags.get(atom("capture_log")) or suite.setting("capture_log")
        started = time.monotonic()

        def body() -> None:
            prepared = context.put(atom("test_pid"), runtime.self_pid())
            setup = export(test.module, "__ex_unit__", 2)
            prepared = setup.fn(atom("setup"), prepared)
            if context[atom("describe")] is not None:
                prepared = setup.fn((atom("setup"), context[atom("describe")]), prepared)
            export(test.module, test.name.name, 1).fn(prepared)

        if captures:
            from pyex.stdlib.elixir.ex_unit.capture import logged

            test.logs = logged(lambda: self._in_process(test, body, limit, "test"))[1]
        else:
            self._in_process(test, body, limit, "test")
        test.seconds = time.monotonic() - started
        if test.failures:
            test.state = "failed"
        self._ended(test)

    def _ended(self, test: Test) -> None:
        self.outcome.count(test)
        self.formatter.test_ended(test)

    def _in_process(self, owner: Test | TestModule, body: Callable[[], None], limit: Any, what: str) -> None:
        """Run a test, or a module's tests, in a process of its own, and what it left to be done at its end."""
        todo: list[Any] = []
        finished: list[bool] = []

        def process() -> None:
            owner.pid = runtime.self_pid()
            IN_TEST[owner.pid] = todo
            try:
                body()
            except Exception as error:
                owner.failures.append(failure_of(error))
            finished.append(True)
            callbacks.stop_supervisor(owner.pid)
            raise Exit(atom("shutdown"))

        pid, reference = runtime.spawn(process, (), monitor=True)
        reason = wait_for(reference, limit)
        if reason is runtime.TIMEOUT:
            owner.failures.append(_timed_out(pid, limit, what))
            runtime.exit_signal(pid, atom("kill"))
            wait_for(reference, None)
        elif not finished:
            owner.failures.append(Failure((atom("EXIT"), pid), reason))
        callbacks.stop_supervisor(pid)
        for _, function in reversed(todo):
            owner.failures.extend(_left_over(function))
        IN_TEST.pop(pid, None)


def wait_for(reference: Any, limit: Any) -> Any:
    """Wait for the end of a process that is monitored; returns the reason, or TIMEOUT."""
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(atom("infinity") if limit is None else limit)
        if message is runtime.TIMEOUT:
            return message
        if type(message) is tuple and len(message) == 5 and message[0] is DOWN and message[1] == reference:
            cursor.accept()
            return message[4]


def failure_of(error: Exception) -> Failure:
    """Return what a test's process caught."""
    signal = foreign.signal_of(error)
    return Failure(atom(signal.kind), signal.reason, traces.of_exception(error))


def _timed_out(pid: Any, limit: Any, what: str) -> Failure:
    message = _TIMEOUT.format(what=what, time=limit)
    found = call("Process", "info", pid, atom("current_stacktrace"))
    stack = found[1] if type(found) is tuple else EMPTY
    error = exception_of("ExUnit.TimeoutError", {"timeout": limit, "type": what, "message": message})
    return Failure(atom.error, error, stack)


def _left_over(function: Any) -> list[Failure]:
    """Run what a test left to be done at its end, in a process of its own; returns what went wrong."""
    failures: list[Failure] = []

    def process() -> None:
        try:
            function()
        except Exception as error:
            failures.append(failure_of(error))

    pid, reference = runtime.spawn(process, (), monitor=True)
    reason = wait_for(reference, suite.setting("timeout", 60_000))
    if reason is runtime.TIMEOUT:
        failures.append(_timed_out(pid, suite.setting("timeout", 60_000), "on_exit callback"))
        runtime.exit_signal(pid, atom("kill"))
    return failures

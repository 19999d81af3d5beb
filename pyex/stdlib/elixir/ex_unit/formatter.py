"""What a run prints: a sign for each test, the failures as they come, and the figures at the end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pyex.code.native import call
from pyex.stdlib.elixir.ex_unit.failures import Report
from pyex.stdlib.elixir.ex_unit.suite import Test, TestModule, suite
from pyex.terms.atoms import atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY

if TYPE_CHECKING:
    from pyex.stdlib.elixir.ex_unit.runner import Outcome


def write(text: str) -> None:
    """Write to the standard output of the run."""
    call("IO", "write", text)


class Formatter:
    """Prints one run."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.failures = 0
        self.traces = suite.setting("trace") is True

    def begin(self) -> None:
        """Print the settings of the run."""
        cases = suite.setting("max_cases") or 2 * (os.cpu_count() or 1)
        cases = 1 if self.traces else cases
        write(f"Running ExUnit with seed: {self.seed}, max_cases: {cases}\n")
        for name, word in (("exclude", "Excluding"), ("include", "Including")):
            tags = suite.setting(name, EMPTY)
            if tags is not EMPTY:
                write(f"{word} tags: {inspect(tags)}\n")
        write("\n")

    def module_begins(self, module: TestModule) -> None:
        """Print the module's name, where each test is told."""
        if self.traces and module.tests:
            write(f"\n{inspect(module.name)} [{os.path.relpath(module.file)}]\n")

    def test_begins(self, test: Test) -> None:
        """Print the test's name, where each test is told."""
        if self.traces:
            write(f"  * {test.name.name} [L#{test.tags[atom.line]}]")

    def test_ended(self, test: Test) -> None:
        """Print the sign of a test, and its failure."""
        match test.state:
            case "passed":
                write(self._traced(test) if self.traces else ".")
            case "failed":
                self.failures += 1
                write(self._traced(test) if self.traces else "")
                report = Report(test, test.failures, self.failures).text()
                write(report if self.traces else f"\n{report}")
                if test.logs.strip():
                    logs = "".join(f"     {line}\n" for line in test.logs.split("\n"))
                    write(f"\n     The following output was logged:\n{logs}")
                else:
                    write("\n")
            case "skipped":
                write(self._traced(test, "skipped") if self.traces else "*")
            case "excluded":
                write(self._traced(test, "excluded") if self.traces else "")
            case "invalid":
                write(self._traced(test, "invalid") if self.traces else "?")

    def _traced(self, test: Test, word: str | None = None) -> str:
        spent = word or f"{_seconds(test.seconds * 1000)}ms"
        return f"\r  * {test.name.name} ({spent}) [L#{test.tags[atom.line]}]\n"

    def module_ended(self, module: TestModule) -> None:
        """Print why the tests of a module could not run."""
        if module.failures:
            write(f"\n{Report(module, module.failures, self.failures).text()}\n")

    def end(self, outcome: Outcome) -> None:
        """Print how long it took, and the figures."""
        if outcome.total and outcome.total == outcome.excluded:
            write("All tests have been excluded.\n")
        load = outcome.load_seconds
        spent = outcome.async_seconds + outcome.sync_seconds + (load or 0)
        loading = "" if load is None else f"{_seconds(load)}s on load, "
        write(
            f"\nFinished in {_seconds(spent)} seconds ({loading}"
            f"{_seconds(outcome.async_seconds)}s async, {_seconds(outcome.sync_seconds)}s sync)\n"
        )
        kinds = [_counted(count, kind) for kind, count in sorted(outcome.kinds.items())]
        noun = "failure" if outcome.failures == 1 else "failures"
        parts = [*kinds, f"{outcome.failures} {noun}"]
        for name in ("excluded", "invalid", "skipped"):
            count = getattr(outcome, name)
            if count:
                parts.append(f"{count} {name}")
        write(", ".join(parts) + "\n")


def _counted(count: int, kind: str) -> str:
    plural = suite.plurals.get(kind, f"{kind}s")
    if kind == "property":
        plural = suite.plurals.get(kind, "properties")
    return f"{count} {kind if count == 1 else plural}"


def _seconds(seconds: float) -> str:
    """Return a time with two digits below a tenth of a second, with one above."""
    hundredths = int(seconds * 100)
    if hundredths < 10:
        return f"0.0{hundredths}"
    return f"{hundredths // 100}.{hundredths // 10 % 10}"

"""ExUnit: tests, and how they are run."""

from __future__ import annotations

import time
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.runtime import halting
from pyex.stdlib.elixir.ex_unit import callbacks
from pyex.stdlib.elixir.ex_unit.suite import keyword, suite
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit
from pyex.terms.lists import EMPTY, from_pylist, to_pylist

module = NativeModule("ExUnit", doc="Unit tests: `ExUnit.start()`, then modules that `use ExUnit.Case`.")
_STATUS: Final = 2


@module.function(arity=(0, 1))
def start(options: Any = EMPTY) -> Any:
    """Start ExUnit: the tests of the modules that follow are run when the script ends, unless `autorun: false` is given.

    Options are those of `configure/1`.
    """
    configure(options)
    suite.start()
    if suite.setting("autorun", True) is not False and not halting.is_program:
        halting.is_program = True
        halting.at_exit.append(_run_at_exit)
    return atom.ok


def _run_at_exit(status: int) -> Any:
    """Run the tests when the program ends well, and end it with a status of its own when some failed."""
    if status != 0 or suite.setting("autorun", True) is False:
        return atom.ok
    outcome = _run([], time.monotonic() - suite.began)
    halting.is_program = False
    if outcome.failures or outcome.invalid:
        raise Exit((atom("shutdown"), suite.setting("exit_status", _STATUS)))
    return atom.ok


def _run(more: list[Any], load_seconds: float | None = None) -> Any:
    from pyex.stdlib.elixir.ex_unit.runner import Run

    names = [*suite.waiting, *(name for name in more if name not in suite.waiting)]
    suite.waiting.clear()
    return Run().run(names, load_seconds)


@module.function(arity=(0, 1))
def run(additional_modules: Any = EMPTY) -> Any:
    """Run the tests of the modules that were defined since the last run; returns the figures as a map."""
    return _run(to_pylist(additional_modules)).as_term()


@module.function
def configure(options: Any) -> Any:
    """Change settings: `seed`, `include`, `exclude`, `trace`, `timeout`, `max_failures`, `capture_log`,
    `assert_receive_timeout`, `refute_receive_timeout`, `exit_status`, `autorun` and others.

        iex> ExUnit.configure([])
        :ok
    """
    for name, value in to_pylist(options):
        suite.settings[name.name] = value
    return atom.ok


@module.function
def configuration() -> Any:
    """Return the settings as a keyword list."""
    return from_pylist(sorted(to_pylist(keyword(suite.settings)), key=lambda pair: str(pair[0].name)))


@module.function
def after_suite(function: Any) -> Any:
    """Have a function called with the figures when the tests have been run."""
    suite.after.append(function)
    return atom.ok


@module.function(arity=1)
def plural_rule(word: Any) -> Any:
    """Return the plural of a kind of tests.

    iex> ExUnit.plural_rule("test")
    "tests"
    """
    return suite.plurals.get(word, f"{word}s")


@module.function("plural_rule", arity=2)
def put_plural_rule(word: Any, plural: Any) -> Any:
    """Set the plural of a kind of tests."""
    suite.plurals[word] = plural
    return atom.ok


@module.function
def fetch_test_supervisor() -> Any:
    """Return `{:ok, pid}` of the supervisor of the running test, `:error` outside of one."""
    return callbacks.fetch_test_supervisor()

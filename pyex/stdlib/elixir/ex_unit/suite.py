"""What a run of tests is made of: modules with their tests, how each ended, and the settings of the run."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, Cons
from pyex.terms.maps import Map


@dataclass(slots=True)
class Failure:
    """One thing that went wrong: an error, throw or exit with its stack trace."""

    kind: Any
    reason: Any
    stacktrace: Any = EMPTY


@dataclass(slots=True, eq=False)
class Test:
    """A test of a module. `state` is passed, failed, skipped, excluded or invalid; `detail` its failures or reason."""

    module: Any
    name: Any
    tags: Map
    state: str = "passed"
    failures: list[Failure] = field(default_factory=list)
    reason: str = ""
    logs: str = ""
    pid: Any = None
    seconds: float = 0.0

    __test__ = False

    @property
    def kind(self) -> str:
        """Return what sort of test it is: `test`, `doctest`, or the user's own."""
        found = self.tags.get(atom("test_type"))
        return str(found.name) if found is not None else "test"


@dataclass(slots=True, eq=False)
class TestModule:
    """A module of tests, in the order of their definition."""

    name: Any
    file: str
    tests: list[Test]
    is_async: bool = False
    has_setup_all: bool = False
    failures: list[Failure] = field(default_factory=list)
    pid: Any = None

    __test__ = False


class Suite:
    """The modules that wait for a run, and the settings: one for the whole program."""

    def __init__(self) -> None:
        self.started = False
        self.began = 0.0
        self.waiting: list[Any] = []
        self.settings: dict[str, Any] = {}
        self.after: list[Any] = []
        self.plurals: dict[str, str] = {}

    def start(self) -> None:
        """Note when the first module may come, for the time that loading takes."""
        self.started = True
        self.began = time.monotonic()

    def setting(self, name: str, default: Any = None) -> Any:
        """Return a setting of the run."""
        return self.settings.get(name, default)


suite: Final = Suite()

NO_VALUE: Final = atom("ex_unit_no_meaningful_value")
"""What stands in the fields of an AssertionError that tell nothing."""

IN_TEST: Final[dict[Any, Any]] = {}
"""The process of a running test, or of a module's setup, to the list of what it leaves to be done at its end."""


def keyword(pairs: dict[str, Any]) -> Any:
    """Return a keyword list."""
    result: Any = EMPTY
    for name, value in reversed(pairs.items()):
        result = Cons((atom(name), value), result)
    return result

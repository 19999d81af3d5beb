"""The helper `runtime_info`: the machine, the memory, and what runs on it."""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex import __version__, runtime
from pyex.shell import prompts, render
from pyex.shell.helpers.module import DONT_DISPLAY, configuration, helpers, puts
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import List, from_iterable, to_pylist

Rows = Iterator[tuple[str, str]]
_STARTED: Final = time.monotonic()


def _system() -> Rows:
    yield "Elixir version", prompts.ELIXIR_VERSION
    yield "pyex version", __version__
    yield "Python version", platform.python_version()
    yield "Implementation", f"{platform.python_implementation()} on {sys.platform}, {platform.machine()}"
    yield "Processors", str(os.cpu_count())


def _memory() -> Rows:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    yield "Peak memory", f"{usage.ru_maxrss // 1024} MB"


def _limits() -> Rows:
    minutes, seconds = divmod(int(time.monotonic() - _STARTED), 60)
    yield "Uptime", f"{minutes} minutes and {seconds} seconds"
    yield "Processes", str(len(runtime.processes()))


_TOPICS: Final[dict[str, tuple[str, Callable[[], Rows]]]] = {
    "system": ("System and architecture", _system),
    "memory": ("Memory", _memory),
    "limits": ("Statistics / limits", _limits),
}


_ALL: Final = from_iterable([atom(name) for name in _TOPICS])


@helpers.function
def runtime_info(topic: Any = _ALL) -> Any:
    """Print facts about the machine, the memory in use, and the processes.

    A topic, or a list of them, chooses: `:system`, `:memory`, `:limits`.
    """
    chosen = [topic] if type(topic) is Atom else to_pylist(topic) if isinstance(topic, List) else []
    settings = configuration()
    for name in chosen:
        title, rows = _TOPICS.get(name.name, ("", None))
        if rows is None:
            continue
        puts(f"\n{render.info('## ' + title, settings, 'doc_headings')}\n")
        puts("\n".join(f"{label:<20} {value}" for label, value in rows()))
    rest = [f":{name}" for name in _TOPICS if atom(name) not in chosen]
    puts(f"\nShowing topics:      [{', '.join(repr(name) for name in chosen)}]")
    puts(f"Additional topics:   [{', '.join(rest)}]\n\nTo view a specific topic call runtime_info(topic)\n")
    return DONT_DISPLAY

"""The module IEx.Helpers itself, and the words that all helpers share."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.shell import evaluator
from pyex.shell.configuration import Configuration
from pyex.terms.atoms import atom

helpers: Final = NativeModule(
    "IEx.Helpers",
    doc="""
    Welcome to pyex, an Interactive Elixir that runs on Python.

    What you type is compiled and run when the expression is complete. The functions of this module can be
    called at the prompt without naming it:

      * `b/1`            - the callbacks of a behaviour
      * `c/1`            - compiles a file
      * `call/2`         - short for `GenServer.call/2`
      * `cast/2`         - short for `GenServer.cast/2`
      * `cd/1`           - changes the current directory
      * `clear/0`        - clears the screen
      * `exit/0`         - leaves the shell
      * `exports/1`      - the functions and macros of a module
      * `flush/0`        - prints and drops the messages sent to the shell
      * `h/1`            - the documentation of a module or function
      * `i/1`            - what is known about a value
      * `import_file/1`  - evaluates a file in the shell
      * `l/1`            - loads a module
      * `ls/1`           - lists a folder
      * `pid/1`          - a pid of its text
      * `pwd/0`          - the current directory
      * `r/1`            - compiles the source of a module again
      * `recompile/0`    - compiles the project again
      * `ref/1`          - a reference of its text
      * `respawn/0`      - starts the shell's process anew
      * `runtime_info/0` - the machine, its memory, and what runs on it
      * `start_link/2`   - short for `GenServer.start_link/2`
      * `t/1`            - the types of a module
      * `v/1`            - a value from the history

    `h name` tells more of each, for example `h r`.
    """,
)
DONT_DISPLAY: Final = evaluator.DONT_DISPLAY


def configuration() -> Configuration:
    """Return the settings of the shell whose process is running, or the defaults outside a shell."""
    found = evaluator.running()
    return found.server.configuration if found is not None else Configuration()


def puts(text: str) -> None:
    """Print a line on the device of the running process."""
    call("IO", "puts", text)


def puts_error(text: str) -> None:
    """Print a line on the error stream of the running process, nothing for an empty text."""
    if text:
        call("IO", "puts", atom.stderr, text)


def display(text: str) -> Any:
    """Print a line; returns the atom that keeps the shell from printing a result below it."""
    puts(text)
    return DONT_DISPLAY

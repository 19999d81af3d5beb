"""The face of a shell on a terminal: line editing, history, completion, and output above the line being typed."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import signal
import sys
from collections.abc import AsyncGenerator, Iterator
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.shortcuts import CompleteStyle

from pyex import runtime
from pyex.shell import completion, prompts
from pyex.shell.device import Stream
from pyex.shell.highlight import STYLE, ElixirLexer
from pyex.shell.server import PREFIX, Server

SLICE = 0.01
"""How long processes run, in seconds, before the keys typed meanwhile are looked at."""


class ShellCompleter(Completer):
    """Offers what `completion` finds for the text before the cursor."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterator[Completion]:
        """Yield the candidates."""
        text = document.current_line_before_cursor
        for candidate in completion.complete(text, self.server.evaluator.completion_context()):
            yield Completion(candidate.text, candidate.start - len(text), display=candidate.display)


class Output(io.TextIOBase):
    """Standard output while the console runs: what Python code prints goes above the line being typed too."""

    def __init__(self, console: Console, stream: Stream) -> None:
        self.console = console
        self.stream = stream

    def write(self, text: str, /) -> int:
        """Print text."""
        self.console.sink(text, self.stream)
        return len(text)

    def writable(self) -> bool:
        """Output can be written."""
        return True

    def isatty(self) -> bool:
        """It ends on the terminal."""
        return True

    def fileno(self) -> int:
        """Return the terminal's own descriptor."""
        return 2 if self.stream == "stderr" else 1


class Console:
    """Reads from the terminal and prints to it."""

    def __init__(self, history_file: str | None) -> None:
        self.terminal = sys.stdout
        self.server: Server
        self._pending: list[str] = []
        self._flushing = False
        self._editing = False
        self._column_zero = True
        self._history: History = _history(history_file)
        self._loop = asyncio.new_event_loop()

    def sink(self, text: str, stream: Stream = "stdout") -> None:
        """Print at once, or above the prompt while a line is being typed."""
        if not self._editing:
            self.terminal.write(text)
            self.terminal.flush()
            return
        self._pending.append(text)
        if not self._flushing:
            self._flushing = True
            get_app().create_background_task(self._flush())

    async def _flush(self) -> None:
        await run_in_terminal(self._write_pending)

    def _write_pending(self) -> None:
        text, self._pending, self._flushing = "".join(self._pending), [], False
        self.terminal.write(text if text.endswith("\n") else text + "\n")
        self.terminal.flush()

    def run(self, server: Server) -> int:
        """Read and evaluate until the shell ends; returns the exit status."""
        self.server = server
        session = self._session()
        with self._redirected():
            while server.halted is None:
                try:
                    text = self._read(session)
                except KeyboardInterrupt:
                    server.interrupt()
                    continue
                except EOFError:
                    break
                self._enter(text)
        return server.halted or 0

    def _enter(self, text: str) -> None:
        """Give the lines of what was typed to the shell, which Ctrl-C interrupts."""
        previous = signal.signal(signal.SIGINT, lambda *_: self.server.interrupt())
        try:
            for line in text.split("\n"):
                if self.server.halted is None:
                    self.server.enter(line)
        finally:
            signal.signal(signal.SIGINT, previous)

    def _session(self) -> PromptSession[str]:
        return PromptSession(
            history=self._history,
            completer=ShellCompleter(self.server),
            complete_style=CompleteStyle.MULTI_COLUMN,
            complete_while_typing=False,
            lexer=ElixirLexer(),
            style=STYLE,
            include_default_pygments_style=False,
            key_bindings=self._bindings(),
            prompt_continuation=self._continuation,
            enable_history_search=True,
            enable_open_in_editor=True,
            tempfile_suffix=".ex",
        )

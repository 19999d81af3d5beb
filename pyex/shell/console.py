"""The face of a shell on a terminal: line editing, history, completion, and output above the line being typed."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import io
import os
import sys
from collections.abc import Iterator

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.shortcuts import CompleteStyle

from pyex import runtime
from pyex.shell import completion, prompts
from pyex.shell.device import Stream
from pyex.shell.highlight import STYLE, ElixirLexer
from pyex.shell.server import Server

WARM_UP = (
    "pyex.syntax.reader",
    "pyex.compiler.expand",
    "pyex.compiler.emit.handlers",
    "pyex.compiler.evaluate",
    "pyex.terms.inspect",
    "pyex.terms.exceptions",
    "pyex.shell.helpers",
)
"""What the first line will need: imported while it is being typed, a module at a time."""

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
        self._warm = False
        self._leaving = False
        self._column_zero = True
        self._history: History = _history(history_file)
        self._loop = asyncio.new_event_loop()

    def sink(self, text: str, stream: Stream = "stdout") -> None:
        """Print at once, or above the prompt while a line is being typed."""
        if not self._editing:
            self._print(text)
            return
        self._pending.append(text)
        if not self._flushing:
            self._flushing = True
            get_app().create_background_task(self._flush())

    async def _flush(self) -> None:
        await run_in_terminal(self._write_pending)

    def _write_pending(self) -> None:
        text, self._pending, self._flushing = "".join(self._pending), [], False
        self._print(text if text.endswith("\n") else text + "\n")

    def _print(self, text: str) -> None:
        if text:
            self.terminal.write(text)
            self.terminal.flush()
            self._column_zero = text.endswith("\n")

    def run(self, server: Server) -> int:
        """Read and evaluate until the shell ends; returns the exit status."""
        self.server = server
        session = self._session()
        with self._redirected():
            while server.halted is None:
                try:
                    text = self._read(session)
                except KeyboardInterrupt:
                    if self._interrupted(session):
                        break
                    continue
                except EOFError:
                    break
                self._leaving = False
                self._enter(text)
        return server.halted or 0

    def _interrupted(self, session: PromptSession[str]) -> bool:
        """Take Ctrl-C at the prompt: it drops what is typed; on an empty line, twice in a row, it leaves."""
        empty = not session.default_buffer.text and not self.server.buffer and not self.server.asks
        if empty and self._leaving:
            return True
        self._leaving = empty
        if empty:
            self._print("Press Ctrl+C again, or Ctrl+D, to leave.\n")
        self.server.interrupt()
        return False

    def _enter(self, text: str) -> None:
        """Give the lines of what was typed to the shell."""
        for line in text.split("\n"):
            if self.server.halted is None:
                self.server.enter(line)

    def _session(self) -> PromptSession[str]:
        return PromptSession(
            self._message,
            multiline=True,
            history=self._history,
            completer=ShellCompleter(self.server),
            complete_style=CompleteStyle.MULTI_COLUMN,
            complete_while_typing=False,
            lexer=ElixirLexer(),
            style=STYLE,
            include_default_pygments_style=False,
            key_bindings=_bindings(self.server),
            prompt_continuation=self._continuation,
            enable_open_in_editor=True,
            tempfile_suffix=".ex",
        )

    def _message(self) -> ANSI:
        return ANSI(self.server.prompt)

    def _continuation(self, width: int, number: int, wrapped: int) -> str:
        if wrapped:
            return ""
        server = self.server
        pattern = server.configuration.prompt(continuation=True)
        return prompts.render_prompt(pattern, "...", server.counter).rjust(width)

    def _read(self, session: PromptSession[str]) -> str:
        if not self._column_zero:
            self._print("\n")
        reader = PromptSession[str](self._message) if self.server.asks else session
        return self._loop.run_until_complete(self._edit(reader))

    async def _edit(self, session: PromptSession[str]) -> str:
        """Let a line be typed while the processes go on running."""
        self._editing = True
        running = asyncio.ensure_future(self._run_processes(session))
        try:
            return await session.prompt_async()
        finally:
            self._editing = False
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
            if self._pending:
                self._write_pending()

    async def _warm_up(self) -> None:
        """Import what the first line needs, giving the keyboard its turn in between."""
        for name in WARM_UP:
            importlib.import_module(name)
            await asyncio.sleep(0)
        self.server.evaluator.env  # noqa: B018 - made at its first use

    async def _run_processes(self, session: PromptSession[str]) -> None:
        if not self._warm:
            self._warm = True
            await self._warm_up()
        woken = asyncio.Event()
        self._loop.add_reader(runtime.wakeup_fd(), woken.set)
        try:
            while True:
                busy = runtime.run_ready(SLICE)
                self.server.check()
                if self.server.halted is not None and session.app.is_running:
                    session.app.exit(exception=EOFError())
                    return
                await self._pause(woken, busy)
        finally:
            self._loop.remove_reader(runtime.wakeup_fd())

    async def _pause(self, woken: asyncio.Event, busy: bool) -> None:
        """Give the keyboard its turn: at once if processes want to run, else until one is woken."""
        if busy:
            await asyncio.sleep(0)
            return
        woken.clear()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(woken.wait(), runtime.seconds_to_next_timer())

    @contextlib.contextmanager
    def _redirected(self) -> Iterator[None]:
        """Send what Python code prints through `sink`."""
        saved = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Output(self, "stdout"), Output(self, "stderr")
        try:
            yield
        finally:
            sys.stdout, sys.stderr = saved


def _history(path: str | None) -> History:
    """Return the history of a file that can be written, or one that ends with the shell."""
    if path is not None:
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "a", encoding="utf-8"):
                return FileHistory(path)
        except OSError:
            print(f"pyex: the history cannot be kept in {path}", file=sys.stderr)
    return InMemoryHistory()


def _bindings(server: Server) -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("enter", filter=~has_completions_menu)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if server.wants_more(buffer.text):
            # No indentation is added: a text that comes key by key, heredocs in it, brings its own.
            buffer.newline(copy_margin=False)
        else:
            buffer.cursor_position = len(buffer.text)
            buffer.validate_and_handle()

    @bindings.add("tab", filter=at_line_start)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("  ")

    @bindings.add("tab", filter=~at_line_start)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
            return
        text = buffer.document.current_line_before_cursor
        candidates = completion.complete(text, server.evaluator.completion_context())
        if candidates and not any(candidate.text for candidate in candidates):
            # There is nothing to insert: how the function is called is shown above the line.
            run_in_terminal(lambda: print("\n".join(candidate.display for candidate in candidates)))
        else:
            buffer.start_completion(insert_common_part=True)

    return bindings


@Condition
def at_line_start() -> bool:
    """Tell whether only blanks stand before the cursor, where a tab indents."""
    return not get_app().current_buffer.document.current_line_before_cursor.strip()


@Condition
def has_completions_menu() -> bool:
    """Tell whether a completion is chosen in the menu, which Enter then takes."""
    state = get_app().current_buffer.complete_state
    return state is not None and state.current_completion is not None

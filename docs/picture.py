"""Makes docs/session.svg: what a real shell prints for the lines below, as a terminal shows it.

    make picture
"""

from __future__ import annotations

import os
import tempfile

from pygments import lex
from pygments.lexers.erlang import ElixirLexer
from pygments.token import Token
from rich.console import Console
from rich.text import Text

from pyex.shell.configuration import Configuration
from pyex.shell.session import Session

FOLDER = os.path.dirname(os.path.abspath(__file__))
SERVER = """defmodule Sequence.Server do
  use GenServer

  def init(number), do: {:ok, number}

  def handle_call(:next_number, _from, number), do: {:reply, number, number + 1}
end
"""
BROKEN = SERVER.replace("number + 1", "numbr + 1")
MENDED = SERVER.replace("number + 1", "number + 10")
# What is typed, and what is saved in lib/sequence/server.ex before it.
LINES = [
    (SERVER, "{:ok, pid} = GenServer.start_link(Sequence.Server, 100)"),
    (None, "GenServer.call(pid, :next_number)"),
    (None, "for n <- 1..3, into: %{}, do: {n, GenServer.call(pid, :next_number)}"),
    (BROKEN, "r Sequence.Server"),
    (None, "GenServer.call(pid, :next_number)"),
    (MENDED, "r Sequence.Server"),
    (None, "{:ok, new} = GenServer.start_link(Sequence.Server, 1)"),
    (None, "[GenServer.call(new, :next_number), GenServer.call(new, :next_number)]"),
    (None, "GenServer.call(pid, :next_number)"),
]
COLORS = {
    Token.Name.Class: "bright_cyan",
    Token.String.Symbol: "cyan",
    Token.String: "green",
    Token.Number: "yellow",
    Token.Keyword: "magenta",
}


def main() -> None:
    """Run the session and write the picture."""
    console = Console(record=True, width=96, file=open(os.devnull, "w", encoding="utf-8"), force_terminal=True)  # noqa: SIM115
    with tempfile.TemporaryDirectory() as project:
        os.chdir(project)
        os.makedirs("lib/sequence")
        session = Session(Configuration(ansi=True))
        for number, (text, line) in enumerate(LINES):
            if text is not None:
                save("lib/sequence/server.ex", text, number)
            console.print(Text(session.server.prompt) + coloured(line))
            session.enter(line, 10)
            output = session.printed()
            if output:
                console.print(Text.from_ansi(output.rstrip("\n")))
        session.close()
        os.chdir(FOLDER)
    console.save_svg(os.path.join(FOLDER, "session.svg"), title="pyex", unique_id="session")


def save(path: str, text: str, time: int) -> None:
    """Write a file, with a time of its own: caches tell versions apart by it."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.utime(path, (1_700_000_000 + time, 1_700_000_000 + time))


def coloured(line: str) -> Text:
    """Return a typed line as the shell's line editor colours it."""
    text = Text()
    for kind, piece in lex(line, ElixirLexer()):
        style = next((style for token, style in COLORS.items() if kind in token), "")
        text.append(piece.rstrip("\n"), style=style)
    return text


if __name__ == "__main__":
    main()

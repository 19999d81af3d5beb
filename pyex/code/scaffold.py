"""`pyex new NAME`: a project to begin with, its server in Elixir or in Python."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Final

USAGE: Final = """\
Usage: pyex new NAME [--python]

Makes the folder NAME with a project: mix.exs, a module, and a server that hands out numbers. With --python
the server is a Python class.
"""

_MIX: Final = """\
defmodule {module}.MixProject do
  use Mix.Project

  def project do
    [
      app: :{name},
      version: "0.1.0",
      elixir: "~> 1.18",
      start_permanent: Mix.env() == :prod,
      deps: deps()
    ]
  end

  def application do
    [
      extra_applications: [:logger]
    ]
  end

  defp deps do
    []
  end
end
"""

_MODULE: Final = '''\
defmodule {module} do
  @moduledoc "The project's own functions."

  @doc """
  Answers the first question of every project.

      iex> {module}.hello()
      :world
  """
  def hello do
    :world
  end
end
'''

_TEST_HELPER: Final = "ExUnit.start()\n"

_TEST: Final = """\
defmodule {module}Test do
  use ExUnit.Case
  doctest {module}

  test "greets the world" do
    assert {module}.hello() == :world
  end
end
"""

_ELIXIR_SERVER: Final = """\
defmodule {module}.Server do
  @moduledoc "Hands out consecutive numbers."

  use GenServer

  @impl true
  def init(first_number) do
    {{:ok, first_number}}
  end

  @impl true
  def handle_call(:next_number, _from, current_number) do
    {{:reply, current_number, current_number + 1}}
  end

  @impl true
  def handle_cast({{:increment_number, delta}}, current_number) do
    {{:noreply, current_number + delta}}
  end
end
"""

_PYTHON_SERVER: Final = '''\
"""The server of {module}."""

from typing import Any

from pyex import GenServer
from pyex import atom as a


class Server(GenServer):
    """Hands out consecutive numbers."""

    def handle_call(self, request: Any, sender: Any, current_number: int) -> Any:
        match request:
            case a.next_number:
                return a.reply, current_number, current_number + 1

    def handle_cast(self, request: Any, current_number: int) -> Any:
        match request:
            case (a.increment_number, delta):
                return a.noreply, current_number + delta
'''

_README: Final = """\
# {module}

    pyex test
    pyex -S mix

    iex(1)> {{:ok, pid}} = GenServer.start_link({module}.Server, 100)
    iex(2)> GenServer.call(pid, :next_number)
    100
    iex(3)> r {module}.Server
"""

_IGNORED: Final = "__pycache__/\n_build/\ndeps/\n"


def files(name: str, *, python: bool = False) -> Mapping[str, str]:
    """Return the text of each file of a new project, by its path in the folder."""
    module = "".join(part.capitalize() for part in name.split("_"))
    server = (f"lib/{name}/server.py", _PYTHON_SERVER) if python else (f"lib/{name}/server.ex", _ELIXIR_SERVER)
    templates = {
        "README.md": _README,
        "mix.exs": _MIX,
        f"lib/{name}.ex": _MODULE,
        server[0]: server[1],
        "test/test_helper.exs": _TEST_HELPER,
        f"test/{name}_test.exs": _TEST,
    }
    texts = {path: template.format(module=module, name=name) for path, template in templates.items()}
    return {".gitignore": _IGNORED, **texts}


def main(argv: Sequence[str]) -> int:
    """Run `pyex new`; returns its exit status, 2 when the command line or the place is wrong."""
    names = [argument for argument in argv if not argument.startswith("-")]
    options = {argument for argument in argv if argument.startswith("-")}
    if options & {"-h", "--help"}:
        print(USAGE, end="")
        return 0
    if len(names) != 1 or options - {"--python"}:
        print(USAGE, file=sys.stderr, end="")
        return 2
    root = names[0]
    name = os.path.basename(os.path.normpath(root))
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        print(
            f"pyex new: a project's name is lower case letters, digits and _, and begins with a letter, got: {name!r}",
            file=sys.stderr,
        )
        return 2
    if os.path.exists(root) and (not os.path.isdir(root) or os.listdir(root)):
        print(f"pyex new: {root} exists and is not empty", file=sys.stderr)
        return 2
    try:
        _write(root, files(name, python="--python" in options))
    except OSError as error:
        print(f"pyex new: {error.strerror}: {error.filename}", file=sys.stderr)
        return 2
    print(f"\nYour project is in {root}. To try it:\n\n    cd {root}\n    pyex test\n    pyex -S mix\n")
    return 0


def _write(root: str, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
        print(f"* creating {path}")

"""The standard library: one file for each Elixir or Erlang module, loaded at its first use."""

from typing import Final

ELSEWHERE: Final[dict[str, str]] = {
    "IEx": "pyex.shell.iex",
    "IEx.Helpers": "pyex.shell.helpers",
}
"""Elixir modules that share a file with others: name → Python module."""

"""`@on_load`: what is called when a module has been loaded."""

from __future__ import annotations

import pytest

from pyex.code import versions
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export
from tests.code.conftest import Write

NAME = alias("Loads")
MODULE = """
defmodule Loads do
  @on_load :prepare
  defp prepare, do: %s
  def ready, do: :persistent_term.get(:loads_ready, false)
end
"""


def test_the_function_is_called_when_a_module_has_been_loaded_and_when_it_comes_from_the_cache(write: Write) -> None:
    write("lib/loads.ex", MODULE % ":persistent_term.put(:loads_ready, true)")
    for _ in range(2):
        assert export(NAME, "ready", 0).fn() is True
        export(atom("persistent_term"), "erase", 1).fn(atom("loads_ready"))
        versions.forget(NAME)


def test_a_module_whose_function_does_not_give_ok_is_not_there(write: Write) -> None:
    write("lib/loads.ex", MODULE % ":error")
    with pytest.raises(ElixirError) as raised:
        export(NAME, "ready", 0).fn()
    assert raised.value.reason is atom("undef")
    assert NAME not in versions.MODULES

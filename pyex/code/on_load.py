"""`@on_load`: the function of a module that is called whenever the module has been loaded, and may refuse it."""

from __future__ import annotations

from typing import Any

from pyex.code import versions
from pyex.code.versions import ModuleVersion
from pyex.terms import exceptions
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, Signal, Throw
from pyex.terms.functions import export
from pyex.terms.inspect import inspect


def call_on_load(version: ModuleVersion) -> None:
    """Call the function, if the module names one; what it gives but `:ok` unloads the module, and a failure is logged."""
    name = version.info.extra.get("on_load")
    if name is None:
        return
    try:
        answer: Any = version.namespace[f"{name}/0"]()
    except Signal as failure:
        answer = (atom("nocatch"), failure.reason) if isinstance(failure, Throw) else failure.reason
        shown = inspect(exceptions.normalize(answer) if isinstance(failure, ElixirError) else answer)
        text = f"The on_load function for module {version.name.name} returned:\n{shown}\n"
        export(atom("logger"), "warning", 1).fn(text)
    if answer is not atom("ok"):
        versions.forget(version.name)

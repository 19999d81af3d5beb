"""What is shown for a struct whose implementation of Inspect fails."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.errors import ElixirError
from pyex.terms.inspect.algebra import layout
from pyex.terms.inspect.documents import plain_doc
from pyex.terms.inspect.literals import atom_text
from pyex.terms.inspect.opts import Opts
from pyex.terms.maps import STRUCT, Map

_INDENT: Final = "    "


def inspect_error_doc(term: Map, error: ElixirError, opts: Opts) -> Any:
    """Return the text `#Inspect.Error<…>` with the failure and the term as a plain map."""
    from pyex.terms import exceptions, stacktrace

    trace = stacktrace.of_exception(error)
    reason = exceptions.normalize(error.reason, trace)
    message = exceptions.message_of(reason).replace("\n", "\n      ")
    raw = layout(plain_doc(term, opts.copy(structs=False, inspect_fun=None)), 80).replace("\n", "\n      ")
    frames = stacktrace.format_stacktrace(trace).rstrip("\n")
    return (
        f"#Inspect.Error<\n  got {atom_text(reason[STRUCT])} with message:\n\n"
        f'      """\n      {message}\n      """\n\n'
        f"  while inspecting:\n\n      {raw}\n\n  Stacktrace:\n\n{frames}\n\n>"
    )

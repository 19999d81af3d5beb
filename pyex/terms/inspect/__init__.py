"""`inspect`: terms as text, laid out as iex does."""

from __future__ import annotations

from typing import Any

from pyex.terms.inspect.algebra import INFINITE, layout
from pyex.terms.inspect.documents import to_doc
from pyex.terms.inspect.opts import INFINITY, Opts
from pyex.terms.inspect.quick import quick_text

_PLAIN = Opts()


def inspect(term: Any, opts: Any = None) -> str:
    """Return the text of a term.

    `opts` is None, an `Opts`, or an Elixir keyword list. Lines are broken at the width only when
    the options ask for `pretty`.
    """
    if opts is None:
        opts = _PLAIN
    elif type(opts) is not Opts:
        opts = Opts.from_keyword(opts)
    pretty = opts.pretty is not False and opts.pretty is not None
    width = opts.width if pretty and opts.width is not INFINITY else INFINITE
    text = quick_text(term, opts, width)
    return layout(to_doc(term, opts), width) if text is None else text


def inspect_pretty(term: Any, width: int = 80) -> str:
    """Return the text of a term as the shell shows it without colours."""
    opts = Opts()
    opts.pretty = True
    opts.width = width
    return inspect(term, opts)


def use_inspect_fun(fun: Any) -> None:
    """Have a function give the documents of terms where none is named; None is `Inspect.inspect/2` again."""
    Opts.usual_inspect_fun = _PLAIN.inspect_fun = fun


__all__ = ["Opts", "inspect", "inspect_pretty", "to_doc", "use_inspect_fun"]

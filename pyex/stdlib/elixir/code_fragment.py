"""Code.Fragment: what a piece of code says of the place where it ends."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.syntax.errors import Fault
from pyex.syntax.options import Options
from pyex.syntax.tokens import KINDS
from pyex.syntax.unfinished import read_unfinished
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.lists import EMPTY, charlist, to_pylist

module = NativeModule("Code.Fragment", doc="What can be said of code that is not complete, such as what stands at the cursor.")

Context = tuple[Any, ...]

_NAME: Final = re.compile(r"(?<!\w)[^\W\dA-Z]\w*[?!]?\Z")
_ALIAS: Final = re.compile(r"(?<!\w)[A-Z][A-Za-z0-9_]*(?:\s*\.\s*[A-Z][A-Za-z0-9_]*)*[?!]?\Z")
_ATOM: Final = re.compile(r"(?<!:):((?:[^\W\d][\w@]*[?!]?)?)\Z")
_SIGIL: Final = re.compile(r"(?<!=)~([a-zA-Z]?)\Z")
_ATTRIBUTE: Final = re.compile(r"(?<![\w@])@\Z")
_CAPTURE: Final = re.compile(r"&\d+\Z")
_OPERATOR: Final = re.compile(r"[-+*/=<>!&|^~:.\\]+\Z")
_DOT: Final = re.compile(r"(?<![.\d])\s*(?<!\.)\.\s*\Z")
_EXPRESSIONS: Final = re.compile(r"(?:[\[{,;]|<<|->|=>)\Z")
_OPERATORS: Final = frozenset(KINDS) - {"->", "@", "..."}
_NONE: Final = (atom.none,)
_EXPR: Final = (atom("expr"),)


def _made(kind: str, *parts: Any) -> Context:
    return (atom(kind), *(charlist(part) if type(part) is str else part for part in parts))


def _is(context: Context, kind: str) -> bool:
    return context[0] is atom(kind)


def _target(left: str) -> Any:
    """Return what stands left of a dot as the context of a call tells it, None when it can be nothing."""
    if left.endswith(")"):
        return atom("expr")
    found = _ending(left) if left else _NONE
    if _is(found, "local_or_var"):
        return (atom("var"), found[1])
    kinds = ("alias", "module_attribute", "unquoted_atom", "dot")
    return found if any(_is(found, kind) for kind in kinds) else None


def _dotted(left: str, hint: str) -> Context:
    target = _target(left.rstrip())
    return _NONE if target is None else _made("dot", target, hint)


def _before_dot(text: str) -> str | None:
    """Return what stands left of the one dot in which a text ends, or None when it ends in none."""
    found = _DOT.search(text)
    return None if found is None else text[: found.start()]


def _aliased(text: str, found: re.Match[str]) -> Context:
    """Return the context of a text that ends in an alias."""
    before = text[: found.start()]
    left = _before_dot(before)
    name = re.sub(r"\s", "", found.group())
    if left is None:
        if before.endswith(("?", "@")):
            return _NONE
        return _made("struct", name) if before.endswith("%") else _made("alias", name)
    parent = _ending(left.rstrip())
    if not any(_is(parent, kind) for kind in ("local_or_var", "module_attribute", "struct")):
        return _NONE
    if _is(parent, "struct"):
        return _made("struct", _made("alias", parent[1], name)) if type(parent[1]) is tuple else _NONE
    return _made("alias", parent, name)


def _named(text: str, found: re.Match[str]) -> Context:
    """Return the context of a text that ends in a name."""
    before, name = text[: found.start()], found.group()
    left = _before_dot(before)
    if left is not None:
        return _dotted(left, name)
    if before.endswith("@"):
        inner = _made("module_attribute", name) if _ATTRIBUTE.search(before) else _NONE
        return _made("struct", inner) if before.endswith("%@") else inner
    if before == "%":  # elsewhere Elixir does not look at the sign before a name
        return _made("struct", _made("local_or_var", name))
    if before.endswith("?"):
        return _NONE
    return _made("local_or_var", name)


def _symbols(text: str) -> Context:
    """Return the context of a text that ends in an operator, or in the beginning of something."""
    if text.endswith("%"):
        return _made("struct", EMPTY)
    if text.endswith("@"):
        return _made("module_attribute", EMPTY) if _ATTRIBUTE.search(text) else _NONE
    if text.endswith("..."):
        return _made("local_or_var", "...")
    found = _OPERATOR.search(text)
    run = found.group() if found is not None else ""
    if run in _OPERATORS:
        return _made("operator", run)
    left = _before_dot(text)
    if left is not None:
        return _dotted(left, "")
    if run.startswith(".") and run[1:] in _OPERATORS:
        return _dotted(text[: -len(run)], run[1:])
    return _NONE


def _ending(text: str) -> Context:
    """Return the context of a text that ends in no blank."""
    for pattern, kind in ((_ATOM, "unquoted_atom"), (_SIGIL, "sigil")):
        found = pattern.search(text)
        if found is not None:
            return _made(kind, found.group(1))
    found = _CAPTURE.search(text)
    if found is not None:
        return _made("capture_arg", found.group())
    found = _ALIAS.search(text)
    if found is not None:
        return _aliased(text, found)
    found = _NAME.search(text)
    if found is not None and not found.group()[0].isupper():
        return _named(text, found)
    return _symbols(text)


_WORDS: Final = frozenset(name for name in KINDS if name.isalpha()) | {"not"}
_CALLS: Final = {"local_or_var": "local", "dot": "dot", "operator": "operator"}


def _followed(context: Context, by: str) -> Context:
    """Return the context of what a call's parenthesis or blank, or the `/` of an arity, follows."""
    for kind, start in _CALLS.items():
        if _is(context, kind):
            is_word = kind == "local_or_var" and "".join(map(chr, to_pylist(context[1]))) in _WORDS
            start = "operator" if is_word else start
            return (atom(f"{start}_{by}"), *context[1:])
    return _NONE


def _called(text: str) -> Context:
    """Return the context of a text behind which a parenthesis opens."""
    if text.endswith("."):
        found = _ending(text)
        is_plain = _is(found, "dot") and type(found[1]) is tuple and found[1][0] in (atom("var"), atom("module_attribute"))
        return _made("anonymous_call", found[1]) if is_plain else _NONE
    return _followed(_ending(text), "call") if text else _NONE


def context_of(fragment: str) -> Any:
    """Return the context at the end of a fragment."""
    line = fragment.rsplit("\n", 1)[-1]
    text = line.rstrip()
    if not text:
        found = _EXPR
    elif text.endswith("("):
        found = _called(text[:-1].rstrip())
    elif _EXPRESSIONS.search(text):
        found = _EXPR
    elif text == "/":
        found = _NONE
    elif text.endswith("/"):
        found = _followed(_ending(text[:-1].rstrip()), "arity")
    elif text == line:
        found = _ending(text)
    elif text.endswith(":"):
        found = _EXPR if not text.endswith("::") else _followed(_ending(text), "call")
    else:
        found = _ending(text)
        found = found if text.endswith(".") and _is(found, "dot") else _followed(found, "call")
    return found if len(found) > 1 else found[0]


@module.function(arity=(1, 2))
def cursor_context(fragment: Any, options: Any = EMPTY) -> Any:
    """Return what stands at the end of a fragment: a variable, an alias, a call, an operator …

    iex> Code.Fragment.cursor_context("total = pri")
    {:local_or_var, ~c"pri"}
    iex> Code.Fragment.cursor_context("Shop.Cart.ad")
    {:dot, {:alias, ~c"Shop.Cart"}, ~c"ad"}
    iex> Code.Fragment.cursor_context("Shop.Cart.add(")
    {:dot_call, {:alias, ~c"Shop.Cart"}, ~c"add"}
    """
    return context_of(_text(fragment))


def _text(fragment: Any) -> str:
    if is_binary(fragment):
        return str(fragment)
    return "".join(chr(part) if type(part) is int else _text(part) for part in to_pylist(fragment))


@module.function(arity=(1, 2))
def container_cursor_to_quoted(fragment: Any, options: Any = EMPTY) -> Any:
    """Parse code that breaks off: what is open is closed, and `__cursor__()` stands for what was being written.

    iex> {:ok, form} = Code.Fragment.container_cursor_to_quoted("Shop.add(cart, pri")
    iex> Macro.to_string(form)
    "Shop.add(cart, __cursor__())"
    """
    given = {key.name: value for key, value in to_pylist(options)}
    reading = Options(
        given.get("file", "nofile"),
        given.get("line", 1),
        given.get("column", 1),
        given.get("columns", False) is True,
    )
    found = read_unfinished(_text(fragment), reading)
    return (atom.error, found.as_tuple()) if type(found) is Fault else (atom.ok, found)

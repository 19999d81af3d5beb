"""Quoted forms as text again: what `Macro.to_string/1` gives.

Blocks, clauses and do-blocks stand on lines of their own; an expression stands on one line.
"""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.inspect import inspect
from pyex.terms.inspect.literals import atom_text
from pyex.terms.lists import EMPTY, Cons, List, split_tail, to_pylist

_BINARY: Final[dict[str, tuple[int, str]]] = {}
for _level, (_side, _names) in enumerate(
    [
        ("left", "<- \\\\"),
        ("right", "when"),
        ("right", "::"),
        ("right", "|"),
        ("right", "=>"),
        ("right", "="),
        ("left", "|| ||| or"),
        ("left", "&& &&& and"),
        ("left", "== != =~ === !=="),
        ("left", "< > <= >="),
        ("left", "|> <<< >>> <<~ ~>> <~ ~> <~> <|>"),
        ("left", "in not-in"),
        ("left", "^^^"),
        ("right", "//"),
        ("right", "++ -- +++ --- .. <>"),
        ("left", "+ -"),
        ("left", "* /"),
        ("left", "**"),
    ],
    start=4,
):
    for _name in _names.split():
        _BINARY[_name] = (_level, _side)

_UNARY: Final = {"!": 30, "^": 30, "not": 30, "~~~": 30, "+": 30, "-": 30, "@": 40, "&": 3, "...": 2}
_BLOCK_KEYS: Final = ("do", "rescue", "catch", "else", "after")
_TIGHT: Final = frozenset({"..", "//"})
DO: Final = atom("do")
ACCESS: Final = atom("Elixir.Access")


def to_string(form: Any) -> str:
    """Return the source text of a quoted form."""
    return _text(form)


def _text(form: Any) -> str:
    kind = type(form)
    if kind is tuple:
        if len(form) == 2:
            return "{" + _text(form[0]) + ", " + _text(form[1]) + "}"
        if len(form) == 3 and (type(form[0]) in (Atom, tuple)) and isinstance(form[1], List):
            return _node(form[0], form[1], form[2])
        return "{" + ", ".join(map(_text, form)) + "}"
    if isinstance(form, List):
        return _list(form)
    return inspect(form)


def _list(form: Any) -> str:
    items, tail = split_tail(form)
    if (
        items
        and tail is EMPTY
        and all(type(item) is int and (32 <= item <= 126 or item in (9, 10, 13)) for item in items)
    ):
        return inspect(form)
    if items and _is_keyword(items):
        return "[" + _keyword(items) + "]"
    inner = _arguments(items)
    return f"[{inner}]" if tail is EMPTY else f"[{inner} | {_text(tail)}]"


def _is_keyword(items: list[Any]) -> bool:
    return bool(items) and all(type(item) is tuple and len(item) == 2 and _plain_key(item[0]) for item in items)


def _plain_key(key: Any) -> bool:
    name = atom_name(key)
    return name is not None and not name.startswith("Elixir.")


def _keyword(items: list[Any]) -> str:
    return ", ".join(f"{_key(item[0])} {_text(item[1])}" for item in items)


def _key(key: Any) -> str:
    text = atom_text(key) if type(key) is Atom else ":" + str(atom_name(key))
    return text[1:] + ":"


def _arguments(items: list[Any]) -> str:
    """Return arguments, a keyword list at their end without its brackets."""
    if items and isinstance(items[-1], Cons):
        last = split_tail(items[-1])[0]
        if _is_keyword(last):
            return ", ".join([*map(_text, items[:-1]), _keyword(last)])
    count = len(items)
    while count and type(items[count - 1]) is tuple and len(items[count - 1]) == 2 and _plain_key(items[count - 1][0]):
        count -= 1
    if count < len(items) and count:
        return ", ".join([*map(_text, items[:count]), _keyword(items[count:])])
    return ", ".join(map(_text, items))


def _node(name: Any, meta: Any, args: Any) -> str:
    if not isinstance(args, List):
        return str(atom_name(name)) if type(name) is Atom else _text(name)
    items = to_pylist(args)
    if type(name) is tuple:
        return _remote(name, meta, items)
    handler = _SPECIAL.get(name.name)
    if handler is not None:
        text = handler(items, meta)
        if text is not None:
            return text
    word = name.name
    if len(items) == 2 and word in _BINARY:
        return _binary(word, items[0], items[1])
    if len(items) == 1 and word in _UNARY:
        return _unary(word, items[0])
    return _call(word if word.isidentifier() or word[:-1].isidentifier() else atom_text(name)[1:], items, meta)


def _block_parts(items: list[Any]) -> list[Any] | None:
    """Return the pairs of a do-block that a call ends in, or None."""
    if not items or not isinstance(items[-1], Cons):
        return None
    pairs = split_tail(items[-1])[0]
    if not _is_keyword(pairs) or pairs[0][0] is not DO:
        return None
    return pairs if all(pair[0].name in _BLOCK_KEYS for pair in pairs) else None


def _call(name: str, items: list[Any], meta: Any) -> str:
    pairs = _block_parts(items)
    if pairs is None:
        return f"{name}({_arguments(items)})"
    shown = _arguments(items[:-1])
    head = f"{name} {shown}" if shown and name in _BARE else f"{name}({shown})" if shown else name
    return head + " " + _do_block(pairs)


_BARE: Final = frozenset(
    "if unless case cond def defp defmacro defmacrop defmodule defprotocol defimpl for with try receive quote".split()
)


def _do_block(pairs: list[Any]) -> str:
    lines = []
    for key, body in pairs:
        lines.append(key.name)
        lines.append(_indented(_body(body)))
    return "\n".join([*(line for line in lines if line), "end"])


def _body(body: Any) -> str:
    if isinstance(body, Cons) and all(_is_clause(item) for item in split_tail(body)[0]):
        return "\n".join(_clause(item) for item in split_tail(body)[0])
    if type(body) is tuple and len(body) == 3 and body[0] is atom("__block__") and isinstance(body[2], List):
        items = to_pylist(body[2])
        if len(items) != 1:
            return "\n".join(map(_text, items))
    return _text(body)


def _indented(text: str) -> str:
    return "\n".join("  " + line if line else line for line in text.split("\n")) if text else ""


def _is_clause(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and form[0] is atom("->")


def _clause(form: Any) -> str:
    patterns, body = to_pylist(form[2])
    return _clause_head(patterns) + _clause_body(body)


def _clause_head(patterns: Any) -> str:
    items = to_pylist(patterns)
    if len(items) == 1 and type(items[0]) is tuple and len(items[0]) == 3 and items[0][0] is atom("when"):
        *left, guard = to_pylist(items[0][2])
        shown = _arguments(left)
        return (f"{shown} " if shown else "() ") + f"when {_text(guard)} ->"
    shown = _arguments(items)
    return f"{shown} ->" if shown else "->"


def _clause_body(body: Any) -> str:
    text = _body(body)
    return f"\n{_indented(text)}" if "\n" in text else f" {text}"


def _binary(word: str, left: Any, right: Any) -> str:
    level, side = _BINARY[word]
    first = _operand(left, level, side == "left")
    second = _operand(right, level, side == "right")
    return f"{first}{word}{second}" if word in _TIGHT else f"{first} {word} {second}"


def _operand(form: Any, level: int, same_side: bool) -> str:
    inner = _level(form)
    text = _text(form)
    if inner is None or inner > level or (inner == level and same_side):
        return text
    return f"({text})"


def _level(form: Any) -> int | None:
    """Return how tightly the operator of a form binds, or None when it has none."""
    if type(form) is tuple and len(form) == 3 and type(form[0]) is Atom and isinstance(form[2], List):
        count = len(to_pylist(form[2]))
        if count == 2 and form[0].name in _BINARY:
            return _BINARY[form[0].name][0]
        if count == 1 and form[0].name in _UNARY:
            if form[0].name == "&" and type(to_pylist(form[2])[0]) is int:
                return None
            if form[0].name == "not" and _is_in(to_pylist(form[2])[0]):
                return _BINARY["in"][0]
            return _UNARY[form[0].name]
        if form[0].name == "..//":
            return _BINARY[".."][0]
    return None


def _is_in(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and form[0] is atom("in") and isinstance(form[2], List)


def _unary(word: str, operand: Any) -> str:
    if word == "not" and _is_in(operand):
        left, right = to_pylist(operand[2])
        level = _BINARY["in"][0]
        return f"{_operand(left, level, True)} not in {_operand(right, level, False)}"
    if word == "&" and type(operand) is int:
        return f"&{operand}"
    text = _text(operand)
    level = _level(operand)
    if level is not None and level < _UNARY[word]:
        text = f"({text})"
    return f"not {text}" if word == "not" else word + text


def _remote(name: Any, meta: Any, items: list[Any]) -> str:
    """Print a call whose name is a form: `a.b(c)`, `f.(x)`, `m[:k]`, `(…).(x)`."""
    if name[0] is not atom(".") or not isinstance(name[2], List):
        return f"{_text(name)}({_arguments(items)})"
    parts = to_pylist(name[2])
    if len(parts) == 1:
        return f"{_target(parts[0])}.({_arguments(items)})"
    left, right = parts
    if left is ACCESS and right is atom("get") and len(items) == 2:
        return f"{_target(items[0])}[{_text(items[1])}]"
    if right is atom("{}"):
        return f"{_target(left)}.{{{_arguments(items)}}}"
    if left is atom("erlang") and atom_name(right) in _BINARY and len(items) == 2:
        shown = f":erlang.{_function(right)}"
    else:
        shown = f"{_target(left)}.{_function(right)}"
    if not items and _flag(meta, "no_parens"):
        return shown
    return _call(shown, items, meta)


def _function(name: Any) -> str:
    text = atom_text(name) if type(name) is Atom else inspect(name)
    return text.removeprefix(":")


def _flag(meta: Any, name: str) -> bool:
    return any(type(item) is tuple and item[0] is atom(name) and item[1] is True for item in split_tail(meta)[0])


def _target(form: Any) -> str:
    text = _text(form)
    plain = _level(form) is None and not (
        type(form) is tuple and len(form) == 3 and form[0] in (atom("fn"), atom("->"))
    )
    return text if plain else f"({text})"


# ---- special forms


def _block(items: list[Any], meta: Any) -> str | None:
    if not items:
        return ""
    if len(items) == 1:
        return _text(items[0])
    return "(\n" + _indented("\n".join(map(_text, items))) + "\n)"


def _aliases(items: list[Any], meta: Any) -> str | None:
    return ".".join(item.name.removeprefix("Elixir.") if type(item) is Atom else _target(item) for item in items)


def _fn(items: list[Any], meta: Any) -> str | None:
    if len(items) == 1:
        text = _clause(items[0])
        if "\n" not in text:
            return f"fn {text} end"
        return f"fn {_clause_head(to_pylist(items[0][2])[0])}{_clause_body(to_pylist(items[0][2])[1])}\nend"
    return "fn\n" + _indented("\n".join(map(_clause, items))) + "\nend"


def _map(items: list[Any], meta: Any) -> str | None:
    return "%{" + _pairs(items) + "}"


def _pairs(items: list[Any]) -> str:
    if len(items) == 1 and type(items[0]) is tuple and len(items[0]) == 3 and items[0][0] is atom("|"):
        left, right = to_pylist(items[0][2])
        return f"{_text(left)} | {_pairs(to_pylist(right))}"
    if _is_keyword(items):
        return _keyword(items)
    return ", ".join(
        f"{_text(item[0])} => {_text(item[1])}" if type(item) is tuple and len(item) == 2 else _text(item)
        for item in items
    )


def _struct(items: list[Any], meta: Any) -> str | None:
    if len(items) != 2:
        return None
    name, body = items
    if type(body) is tuple and len(body) == 3 and body[0] is atom("%{}"):
        return f"%{_text(name)}{{{_pairs(to_pylist(body[2]))}}}"
    return None


def _bitstring(items: list[Any], meta: Any) -> str | None:
    text = _interpolated(items, '"') if _flag_present(meta, "delimiter") or _is_interpolation(items) else None
    if text is not None:
        return text
    return "<<" + ", ".join(_segment(item) for item in items) + ">>"


def _flag_present(meta: Any, name: str) -> bool:
    return any(type(item) is tuple and item[0] is atom(name) for item in split_tail(meta)[0])


def _is_interpolation(items: list[Any]) -> bool:
    return any(_interpolation(item) is not None for item in items) and all(
        type(item) is str or _interpolation(item) is not None for item in items
    )


def _interpolation(form: Any) -> Any:
    """Return the form inside `#{…}` of a segment that a string's interpolation made, in a list; else None."""
    if type(form) is not tuple or len(form) != 3 or form[0] is not atom("::"):
        return None
    value, kind = to_pylist(form[2])
    if type(kind) is not tuple or kind[0] is not atom("binary") or type(value) is not tuple or len(value) != 3:
        return None
    name = value[0]
    if type(name) is tuple and name[0] is atom(".") and to_pylist(name[2])[-1] is atom("to_string"):
        return [to_pylist(value[2])[0]]
    return None


def _interpolated(items: list[Any], quote: str) -> str | None:
    if not items or not _is_interpolation(items):
        return None
    text = ""
    for item in items:
        text += inspect(item)[1:-1] if type(item) is str else "#{" + _text(_interpolation(item)[0]) + "}"
    return quote + text + quote


def _segment(form: Any) -> str:
    if type(form) is tuple and len(form) == 3 and form[0] is atom("::"):
        value, spec = to_pylist(form[2])
        return f"{_operand(value, _BINARY['::'][0], False)}::{_spec(spec)}"
    return _text(form)


def _spec(form: Any) -> str:
    if type(form) is tuple and len(form) == 3 and form[0] in (atom("-"), atom("*")) and isinstance(form[2], List):
        items = to_pylist(form[2])
        if len(items) == 2:
            return f"{_spec(items[0])}{form[0].name}{_spec(items[1])}"
    return _text(form)


def _tuple(items: list[Any], meta: Any) -> str | None:
    return "{" + _arguments(items) + "}"


def _stepped(items: list[Any], meta: Any) -> str | None:
    if len(items) != 3:
        return None
    level = _BINARY[".."][0]
    return f"{_operand(items[0], level, False)}..{_operand(items[1], level, False)}//{_operand(items[2], level, False)}"


def _nullary_range(items: list[Any], meta: Any) -> str | None:
    return ".." if not items else None


def _capture(items: list[Any], meta: Any) -> str | None:
    if len(items) == 1 and type(items[0]) is tuple and items[0][0] is atom("/"):
        left, right = to_pylist(items[0][2])
        if type(right) is int and type(left) is tuple and len(left) == 3:
            name = _text(left)
            return f"&{name.removesuffix('()')}/{right}"
    return None


def _sigil(name: str, items: list[Any], meta: Any) -> str | None:
    if len(items) != 2 or type(items[0]) is not tuple or items[0][0] is not atom("<<>>"):
        return None
    opening = next((str(item[1]) for item in split_tail(meta)[0] if item[0] is atom("delimiter")), '"')
    closing = {"(": ")", "[": "]", "{": "}", "<": ">"}.get(opening, opening)
    parts = to_pylist(items[0][2])
    text = "".join(
        part if type(part) is str else "#{" + _text((_interpolation(part) or [part])[0]) + "}" for part in parts
    )
    modifiers = "".join(map(chr, to_pylist(items[1])))
    return f"~{name[6:]}{opening}{text}{closing}{modifiers}"


def _attribute(items: list[Any], meta: Any) -> str | None:
    """Print `@name` and `@name value`."""
    if len(items) != 1 or type(items[0]) is not tuple or len(items[0]) != 3 or type(items[0][0]) is not Atom:
        return None
    name, _, args = items[0]
    if not isinstance(args, List):
        return f"@{name.name}"
    shown = _arguments(to_pylist(args))
    return f"@{name.name} {shown}" if shown else f"@{name.name}"


_SPECIAL: Final[dict[str, Any]] = {
    "__block__": _block,
    "__aliases__": _aliases,
    "fn": _fn,
    "%{}": _map,
    "%": _struct,
    "<<>>": _bitstring,
    "{}": _tuple,
    "..//": _stepped,
    "..": _nullary_range,
    "&": _capture,
    "@": _attribute,
    **{
        f"sigil_{letter}": (lambda items, meta, letter=letter: _sigil(f"sigil_{letter}", items, meta))
        for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    },
}

"""Arguments and containers: what stands between commas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.syntax import wording
from pyex.syntax.cursor import BASE, KEYS, LITERALS, NAMES, NO_PARENS, Cursor, Many
from pyex.syntax.forms import is_cursor
from pyex.terms.atoms import atom_name
from pyex.terms.lists import EMPTY, from_pylist

_NOTHING: Final = object()
"""No key has been read yet (nil is one)."""


class Arguments(Cursor):
    """Parses arguments of calls, keywords, and the inside of brackets."""

    def paren_arguments(self) -> list[Any]:
        """Parse `(…)` of a call."""
        opening = self.expect("(")
        self.skip_eol()
        args: list[Any] = []
        tokens = self.tokens
        while tokens[self.at][0] != ")":
            token = tokens[self.at]
            if token[0] in KEYS:
                args.append(from_pylist(self.keywords(")")))
                break
            form = self.expression()
            if self.shape == NO_PARENS and (args or self.kind == ","):
                raise self.strict(form, (token[2], token[3]), wording.NESTED)
            args.append(form)
            if tokens[self.at][0] != ",":
                break
            self.at += 1
            if tokens[self.at][0] == ")":
                raise self.error()
        self.skip_eol()
        self.expect(")")
        self.opening = opening
        self.shape = BASE
        return args

    def bare_arguments(self) -> list[Any]:
        """Parse the arguments of a call without parentheses."""
        if self.kind == "(":
            opening = self.at
            form = self.parenthesised(many=True)
            if type(form) is Many:
                token = self.tokens[opening]
                raise self.fault(token[2:4], wording.PARENTHESES, "'('")
            self.shape = BASE
            first = self.operators(self.access(form, False), 0, False)
        elif self.kind in KEYS:
            args = [self.bare_keywords()]
            self.shape = BASE
            return args
        else:
            first = self.expression(0, False)
        return self.more_arguments(first)

    def more_arguments(self, first: Any) -> list[Any]:
        """Parse `, argument` as often as it follows the first one."""
        args = [first]
        if self.shape == NO_PARENS or self.kind != ",":
            return args
        while self.kind == ",":
            self.take()
            if self.kind in KEYS:
                args.append(self.bare_keywords())
                break
            place = self.place()
            form = self.expression(0, False)
            if self.shape == NO_PARENS:
                raise self.strict(form, place, wording.NESTED)
            args.append(form)
        self.shape = NO_PARENS
        return args

    def bare_keywords(self) -> Any:
        """Parse `a: 1, b: 2` without brackets around it."""
        pairs = []
        while True:
            key = self.tokens[self.at]
            pairs.append(self.pair(lambda: self.expression(0, False)))
            if self.shape == NO_PARENS:
                self.build.warn_line(key, wording.NESTED_KEYWORD % atom_name(key[1]))
            if self.kind != ",":
                return from_pylist(pairs)
            comma = self.take()
            if self.kind not in KEYS:
                if is_cursor(form := self.expression(0, False)):
                    return from_pylist([*pairs, form])
                raise self.fault(comma[2:4], wording.KEYWORDS_LAST_ARGUMENT, "','")

    def pair(self, read: Callable[[], Any]) -> Any:
        """Parse one `key: value`."""
        token = self.take()
        self.skip_eol()
        return self.build.key(token), read()

    def keywords(self, closing: str) -> list[Any]:
        """Parse keywords inside brackets, up to the closing one, which is not taken."""
        pairs = []
        while True:
            pairs.append(self.pair(self.container_item))
            if self.kind != ",":
                return pairs
            comma = self.take()
            if self.kind == closing:
                if closing == ")":
                    self.build.warn(comma, wording.TRAILING_COMMA)
                return pairs
            if self.kind not in KEYS:
                if is_cursor(form := self.container_item()):
                    return [*pairs, form]
                message = wording.KEYWORDS_LAST_ARGUMENT if closing == ")" else wording.KEYWORDS_LAST
                raise self.fault(comma[2:4], message, "','")

    # Containers

    def container_item(self) -> Any:
        """Parse one element of a container."""
        token = self.tokens[self.at]
        form = self.expression()
        if self.shape == NO_PARENS:
            raise self.strict(form, (token[2], token[3]), wording.CONTAINER)
        return form

    def items(self, closing: str, allow_keywords: bool = True, splice: bool = False) -> list[Any]:
        """Parse elements up to the closing bracket, which is not taken; keywords at the end are one element or several."""
        out: list[Any] = []
        self.skip_eol()
        while self.kind != closing:
            if self.kind in KEYS:
                if not allow_keywords:
                    raise self.error()
                pairs = self.keywords(closing)
                if splice:
                    out.extend(pairs)
                else:
                    out.append(from_pylist(pairs))
                break
            out.append(self.container_item())
            if self.kind != ",":
                break
            self.take()
        return out

    def alias(self) -> Any:
        """`Alias`."""
        return self.build.alias(self.take())

    def brackets(self) -> Any:
        """`[…]`."""
        opening = self.take()
        items = self.items("]", splice=True)
        self.skip_eol()
        self.expect("]")
        return self.build.brackets(opening, items)

    def braces(self) -> Any:
        """`{…}`."""
        return self.closed("}", "tuple", self.build.braces)

    def bitstring(self) -> Any:
        """`<<…>>`."""
        return self.closed(">>", "bitstring", self.build.bitstring)

    def closed(self, closing: str, name: str, make: Callable[[Any, list[Any]], Any]) -> Any:
        """Parse a container in which keywords need an element before them."""
        opening = self.take()
        self.skip_eol()
        only_keywords = self.kind in KEYS
        items = self.items(closing)
        self.skip_eol()
        self.expect(closing)
        if only_keywords:
            raise self.fault(opening[2:4], wording.KEYWORDS_INSIDE % name, f"'{opening[0]}'")
        return make(opening, items)

    def map(self) -> Any:
        """`%{…}`."""
        token = self.take()
        self.expect("{")
        return self.build.map(token, self.map_content())

    def struct(self) -> Any:
        """`%Name{…}`."""
        token = self.take()
        name = self.struct_name()
        brace = self.expect("{")
        return self.build.struct(token, name, brace, self.map_content())

    def struct_name(self) -> Any:
        """Parse what names the struct: an alias, a variable, a pin, an attribute …"""
        token = self.tokens[self.at]
        kind = token[0]
        if kind in ("unary_op", "at_op", "ellipsis_op", "dual_op"):
            self.at += 1
            self.skip_eol()
            return self.build.unary(token, self.struct_name())
        if kind in ("identifier", "do_identifier", "op_identifier"):
            self.at += 1
            form = self.build.call(token, None, False)
            return self.struct_dots(form)
        self.shape = BASE
        if kind == "paren_identifier":
            self.at += 1
            return self.struct_dots(self.build.call(token, self.paren_arguments(), False))
        if kind in LITERALS:
            self.at += 1
            return self.build.literal(token)
        return self.struct_dots(self.primary(kind))

    def struct_dots(self, form: Any) -> Any:
        """Parse `.Name` and `.call()` behind a struct's name."""
        while self.kind == ".":
            dot = self.take()
            self.skip_eol()
            token = self.tokens[self.at]
            if token[0] == "alias":
                self.at += 1
                form = self.build.dot_alias(dot, form, token)
            elif token[0] == "paren_identifier":
                self.at += 1
                form = self.build.remote(dot, form, token, self.paren_arguments())
            elif token[0] in NAMES:
                self.at += 1
                form = self.build.remote(dot, form, token, None)
            else:
                raise self.error()
        return form

    def map_content(self) -> Any:
        """Parse a map's entries, its opening brace being taken, and the closing one."""
        self.skip_eol()
        content: Any = EMPTY
        if self.kind in KEYS:
            content = from_pylist(self.keywords("}"))
        elif self.kind != "}":
            left = self.expression(71)
            if self.kind == "pipe_op":
                bar = self.take()
                self.skip_eol()
                content = self.build.update(bar, left, from_pylist(self.entries(_NOTHING)))
            else:
                content = from_pylist(self.entries(self.operators(left, 0, True)))
        self.skip_eol()
        self.expect("}")
        self.shape = BASE
        return content

    def entries(self, first: Any) -> list[Any]:
        """Parse `key => value` entries and the keywords behind them."""
        out: list[Any] = []
        while True:
            if first is _NOTHING and self.kind in KEYS:
                out.extend(self.keywords("}"))
                return out
            key = self.expression() if first is _NOTHING else first
            if self.kind == "assoc_op" and self.shape != NO_PARENS:
                arrow = self.take()
                self.skip_eol()
                if self.detailed:
                    key = self.build.associated(key, arrow)
                out.append((key, self.expression()))
                if self.shape == NO_PARENS:
                    raise self.error()
            elif self.shape == BASE:
                out.append(key)
            else:
                self.skip_eol()
                raise self.error()
            first = _NOTHING
            if self.kind != ",":
                return out
            self.take()
            if self.kind == "}":
                return out

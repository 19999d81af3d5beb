"""Compiling a template: its tokens become calls of the engine, whose state at the end is the template's quoted form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from pyex.code.server import ensure_loaded
from pyex.stdlib.elixir.eex.tokenizer import Source, Token, tokenize
from pyex.syntax.options import Options
from pyex.syntax.reader import read
from pyex.terms.atoms import alias, atom
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, Cons, List, elixir_list, from_iterable, from_pylist, split_tail

_HOLE: Final = "__EEX__"
_LEFT_OUT: Final = "the contents of this expression won't be output unless the EEx block starts with \"<%=\""


@dataclass(slots=True)
class _Block:
    """An expression that reaches over several tags: its text so far, with numbered holes for what stands between."""

    token: Token
    line: int
    column: int
    code: str
    holes: list[Any] = field(default_factory=list)

    def add(self, code: str, line: int) -> None:
        """Go on with the text of a tag, at its line."""
        self.code += "\n" * (line - self.line - self.code.count("\n")) + code

    def fill(self, quoted: Any) -> None:
        """Leave a hole for the quoted form of what stood between two tags."""
        self.code += f"{_HOLE}({len(self.holes)});"
        self.holes.append(quoted)


class Compiler:
    """One template on its way to a quoted form, by the engine that the options name."""

    def __init__(self, source: Source, options: Any) -> None:
        self.source = source
        self.options = options
        given = {pair[0].name: pair[1] for pair in split_tail(options)[0]}
        self.engine = given.get("engine", alias("EEx.SmartEngine"))
        self.parser = {pair[0].name: pair[1] for pair in split_tail(given.get("parser_options", EMPTY))[0]}
        self.tokens = tokenize(source)
        self.place = 0
        ensure_loaded(self.engine)

    def compile(self) -> Any:
        """Return what the engine makes of the whole template."""
        state = self._body(self._call("init", self.options), None)
        return self._call("handle_body", state)

    def _call(self, name: str, *args: Any) -> Any:
        return export(self.engine, name, len(args)).fn(*args)

    def _body(self, state: Any, block: _Block | None) -> Any:
        """Hand the tokens to the engine up to the end of the block, or of the template; returns the engine's state."""
        outer = state
        if block is not None:
            state = self._call("handle_begin", outer)
            state = self._skip_to_first_clause(block, state)
        while True:
            token = self.tokens[self.place]
            self.place += 1
            match token.kind:
                case "text":
                    meta = elixir_list((atom.line, token.line), (atom.column, token.column))
                    state = self._call("handle_text", state, meta, token.text)
                case "expr":
                    line, column, code = _trimmed(token)
                    quoted = self._parse(code, line, column)
                    state = self._call("handle_expr", state, token.marker, quoted)
                case "start_expr":
                    state = self._block(token, state)
                case "middle_expr" | "end_expr":
                    if block is None:
                        kind = "middle" if token.kind == "middle_expr" else "end"
                        message = f"unexpected {kind} of expression <%{token.marker}{token.text}%>"
                        raise self.source.error(message, token.line, token.column)
                    block.fill(self._call("handle_end", state))
                    block.add(token.text, token.line)
                    if token.kind == "end_expr":
                        return outer
                    state = self._call("handle_begin", outer)
                case "eof":
                    if block is not None:
                        message = "expected a closing '<% end %>' for block expression in EEx"
                        raise self.source.error(message, block.line, block.column)
                    return state

    def _skip_to_first_clause(self, block: _Block, state: Any) -> Any:
        """Join the first clause to a `case … do` before it, where only blanks and comments stand between them."""
        place = self.place
        while self.tokens[place].kind == "comment" or (
            self.tokens[place].kind == "text" and not self.tokens[place].text.strip()
        ):
            place += 1
        token = self.tokens[place]
        if token.kind == "middle_expr":
            block.add(token.text, token.line)
            self.place = place + 1
        return state

    def _block(self, token: Token, state: Any) -> Any:
        if token.marker == "":
            self.source.warn(_LEFT_OUT, token.line, token.column)
        block = _Block(token, *_trimmed(token))
        self._body(state, block)
        quoted = _filled(self._parse(block.code, block.line, block.column), block.holes)
        return self._call("handle_expr", state, token.marker, quoted)

    def _parse(self, code: str, line: int, column: int) -> Any:
        columns = self.parser.get("columns", True) is not False
        return read(code, Options(self.source.file, line, column, columns))


def _trimmed(token: Token) -> tuple[int, int, str]:
    """Return the place at which the code of a tag begins, and the code from there on."""
    code = token.text.lstrip()
    blank = token.text[: len(token.text) - len(code)]
    column = token.column + 2 + len(token.marker) + len(blank)
    if "\n" in blank:
        column = len(blank) - blank.rfind("\n")
    return token.line + blank.count("\n"), column, code


def _filled(form: Any, holes: list[Any]) -> Any:
    """Return a form with the holes filled."""
    if type(form) is tuple:
        if len(form) == 3 and form[0] is atom(_HOLE) and type(form[2]) is Cons:
            return holes[form[2].head]
        return tuple(_filled(part, holes) for part in form)
    if type(form) is Cons:
        items, tail = split_tail(form)
        filled = [_filled(item, holes) for item in items]
        return from_pylist(filled) if isinstance(tail, List) else from_iterable(filled, tail)
    return form

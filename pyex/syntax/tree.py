"""From the grammar's tree to Elixir's quoted forms.

One method for each kind of node; `Builder.expr` finds it by the node's number. A tree that holds
errors never comes here: `pyex.syntax.parse` has it explained by `pyex.syntax.diagnosis` first.
What the grammar lets pass and Elixir does not raises `Refused`, and is explained there as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.syntax import literals
from pyex.syntax.grammar import named, token, token_names
from pyex.syntax.options import Options, Warning_
from pyex.syntax.source import Source
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_pylist

BLOCK: Final = Atom("__block__")
DOT: Final = Atom(".")
ARROW: Final = Atom("->")
TUPLE: Final = Atom("{}")
MAP: Final = Atom("%{}")
STRUCT: Final = Atom("%")
BITSTRING: Final = Atom("<<>>")
ALIASES: Final = Atom("__aliases__")
STEP: Final = Atom("..//")
NOT: Final = Atom("not")
IN: Final = Atom("in")
WHEN: Final = Atom("when")
FN: Final = Atom("fn")
DO: Final = Atom("do")
SPLICING: Final = Atom("unquote_splicing")
ACCESS: Final = elixir_list(alias("Access"), Atom("get"))
NO_PARENS: Final = (Atom("no_parens"), True)
BRACKETS: Final = (Atom("from_brackets"), True)
AMBIGUOUS: Final = (Atom("ambiguous_op"), None)
EMPTY_BLOCK: Final = (BLOCK, EMPTY, EMPTY)
NEGATIONS: Final = (NOT, Atom("!"))

ID: Final = named("identifier")
ALIAS: Final = named("alias")
CALL: Final = named("call")
DOT_NODE: Final = named("dot")
ARGUMENTS: Final = named("arguments")
KEYWORDS: Final = named("keywords")
KEYWORD: Final = named("keyword")
COMMENT: Final = named("comment")
BINARY: Final = named("binary_operator")
UNARY: Final = named("unary_operator")
DO_BLOCK: Final = named("do_block")
STAB: Final = named("stab_clause")
STRUCT_NODE: Final = named("struct")
CONTENT: Final = named("map_content")
BODY: Final = named("body")
BLOCK_NODE: Final = named("block")
OPERATOR_ID: Final = named("operator_identifier")
TUPLE_NODE: Final = named("tuple")
PAREN: Final = token("(")
SEMICOLON: Final = token(";")
NOT_IN: Final = token("not in")
BAR: Final = token("|")
ASSOC: Final = token("=>")
STEP_OP: Final = token("//")
RANGE_OP: Final = token("..")
WHEN_OP: Final = token("when")
SECTIONS: Final = {
    named(name + "_block"): (named(name + "_block"), Atom(name)) for name in ("after", "rescue", "catch", "else")
}
LEFT_OPEN: Final = frozenset((BINARY, CALL, DOT_NODE, named("access_call")))
SIGNS: Final = (token("+"), token("-"))
OPERATORS: Final = {number: atom(name) for number, name in token_names().items()}


class Refused(Exception):
    """The grammar accepts what Elixir does not; `offset` is the byte where it was noticed."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Builder:
    """Builds the quoted forms of one tree."""

    def __init__(self, source: Source, options: Options) -> None:
        self.source = source
        self.meta = source.meta
        self.options = options
        self.encoder = options.literal_encoder
        self.existing_atoms_only = options.existing_atoms_only
        self.slice = source.slice
        self.handlers: dict[int, Callable[[Any], Any]] = {
            named(name): getattr(self, name)
            for name in (
                "access_call anonymous_function binary_operator bitstring block call dot identifier list map"
                " operator_identifier tuple unary_operator keywords"
            ).split()
        }
        self.handlers[ALIAS] = self.alias
        self.handlers.update(literals.handlers(self))

    def expr(self, node: Any) -> Any:
        """Return the quoted form of any expression node."""
        handler = self.handlers.get(node.kind_id)
        if handler is None:
            raise Refused(node.start_byte)
        return handler(node)

    def warn(self, byte: int, message: str) -> None:
        """Report a warning at a byte offset."""
        if self.options.warn is not None:
            self.warn_at(*self.source.position(byte), message)

    def warn_at(self, line: int, column: int, message: str) -> None:
        """Report a warning at a place."""
        if self.options.warn is not None:
            self.options.warn(Warning_(message, self.source.file, line, column))

    # Blocks

    def source_file(self, root: Any) -> Any:
        """Return the quoted form of the whole text."""
        return self.body([child for child in root.named_children if child.kind_id != COMMENT])

    def body(self, nodes: list[Any]) -> Any:
        """Return the form of expressions in sequence: one as it is, several as a block."""
        if len(nodes) == 1:
            form = self.expr(nodes[0])
            if type(form) is tuple and len(form) == 3 and form[0] is SPLICING and type(form[2]) is Cons:
                return BLOCK, EMPTY, Cons(form, EMPTY)
            return form
        if not nodes:
            return EMPTY_BLOCK
        expr = self.expr
        return BLOCK, EMPTY, from_pylist([expr(node) for node in nodes])

    def block(self, node: Any) -> Any:
        """`(…)`: an expression, a sequence or clauses."""
        children = [child for child in node.named_children if child.kind_id != COMMENT]
        if not children:
            semicolon = any(child.kind_id == SEMICOLON for child in node.children)
            return (BLOCK, self.meta(node.start_byte), EMPTY) if semicolon else EMPTY_BLOCK
        if children[0].kind_id == STAB:
            return self.clauses(children)
        if len(children) > 1:
            expr = self.expr
            return BLOCK, self.meta(node.start_byte), from_pylist([expr(child) for child in children])
        form = self.expr(children[0])
        if type(form) is tuple and len(form) == 3 and type(form[2]) is Cons and form[2].tail is EMPTY:
            if form[0] in NEGATIONS:
                return BLOCK, EMPTY, Cons(form, EMPTY)
            if form[0] is SPLICING:
                return BLOCK, self.meta(node.start_byte), Cons(form, EMPTY)
        return form

    def clauses(self, nodes: list[Any]) -> Any:
        """Return the `->` forms of clauses."""
        out = []
        for node in nodes:
            if node.kind_id != STAB:
                raise Refused(node.start_byte)
            out.append(self.clause(node))
        return from_pylist(out)

    def clause(self, node: Any) -> Any:
        """Return one `{:->, meta, [args, body]}`."""
        left: Any = EMPTY
        body: Any = None
        arrow = 0
        for child in node.children:
            kind = child.kind_id
            if kind == ARGUMENTS:
                left = from_pylist(self.arguments(child))
            elif kind == BODY:
                body = self.body([one for one in child.named_children if one.kind_id != COMMENT])
            elif kind == BINARY:
                left = self.guarded(child)
            elif kind != COMMENT:
                arrow = child.start_byte
        meta = self.meta(arrow)
        if body is None:
            self.warn(
                arrow, "an expression is always required on the right side of ->. Please provide a value after ->"
            )
        return ARROW, meta, Cons(left, Cons(body, EMPTY))

    def guarded(self, node: Any) -> Any:
        """Return the arguments of a clause with a guard: `[{:when, meta, args ++ [guard]}]`."""
        args: list[Any] = []
        operator = node
        for child in node.children:
            kind = child.kind_id
            if kind == ARGUMENTS:
                args = self.arguments(child)
            elif kind == WHEN_OP:
                operator = child
            elif kind != COMMENT:
                args = [*args, self.expr(child)]
        return Cons((WHEN, self.meta(operator.start_byte), from_pylist(args)), EMPTY)

    def do_block(self, node: Any) -> Any:
        """Return `[do: …, else: …]` of a do-block."""
        main = []
        sections = []
        for child in node.named_children:
            kind = child.kind_id
            if kind in SECTIONS:
                sections.append((SECTIONS[kind][1], self.section(child.named_children)))
            elif kind != COMMENT:
                main.append(child)
        return from_pylist([(DO, self.section(main)), *sections])

    def section(self, nodes: list[Any]) -> Any:
        """Return the form of what stands between `do`, `else` … and `end`: clauses or a body."""
        nodes = [node for node in nodes if node.kind_id != COMMENT]
        if nodes and nodes[0].kind_id == STAB:
            return self.clauses(nodes)
        return self.body(nodes)

    def anonymous_function(self, node: Any) -> Any:
        """`fn … -> … end`."""
        clauses = [child for child in node.named_children if child.kind_id != COMMENT]
        if not clauses:
            raise Refused(node.end_byte)
        return FN, self.meta(node.start_byte), self.clauses(clauses)

    # Names and calls

    def identifier(self, node: Any) -> Any:
        """A variable, or a call without arguments and parentheses."""
        name = self.slice(node.start_byte, node.end_byte)
        if name == "...":
            return Atom("..."), self.meta(node.start_byte), EMPTY
        return atom(name), self.meta(node.start_byte), None

    def operator_identifier(self, node: Any) -> Any:
        """The `+` of `&+/2`, or `..`."""
        name = self.slice(node.start_byte, node.end_byte)
        return atom(name), self.meta(node.start_byte), EMPTY if name == ".." else None

    def alias(self, node: Any) -> Any:
        """`Foo.Bar`."""
        text = self.slice(node.start_byte, node.end_byte)
        if not text.isascii():
            raise Refused(node.start_byte)
        return (
            ALIASES,
            self.meta(node.start_byte),
            from_pylist([Atom(part.strip()) for part in text.split(".")]) if "." in text else Cons(Atom(text), EMPTY),
        )

    def arguments(self, node: Any) -> list[Any]:
        """Return the forms of arguments; keywords at the end make one argument."""
        expr = self.expr
        return [expr(child) for child in node.named_children if child.kind_id != COMMENT]

    def call(self, node: Any) -> Any:
        """`f(x)`, `f x`, `a.f(x)`, `a.f`, `f.(x)`, with or without a do-block."""
        args: list[Any] | None = None
        block = None
        children = node.children
        target = children[0]
        arguments = None
        for child in children[1:]:
            kind = child.kind_id
            if kind == ARGUMENTS:
                arguments = child
                args = self.arguments(child)
            elif kind == DO_BLOCK:
                block = child
        if block is not None:
            args = [*(args or ()), self.do_block(block)]
        kind = target.kind_id
        if kind == ID:
            meta = self.meta(target.start_byte)
            if arguments is not None and self.is_ambiguous(arguments, target):
                meta = Cons(AMBIGUOUS, meta)
            return atom(self.slice(target.start_byte, target.end_byte)), meta, from_pylist(args or [])
        if kind == DOT_NODE:
            return self.dot_call(target, args, arguments)
        callee = self.expr(target)
        return callee, callee[1], from_pylist(args or [])

    def is_ambiguous(self, arguments: Any, target: Any) -> bool:
        """Tell whether these are the arguments of `foo -1`, which could be read as `foo - 1`."""
        if arguments.start_byte == target.end_byte:
            return False
        named = arguments.named_children
        first = named[0] if len(named) == 1 else None
        while first is not None:
            kind = first.kind_id
            if kind == UNARY:
                sign = first.children[0]
                return sign.kind_id in SIGNS and sign.start_byte == arguments.start_byte
            first = first.children[0] if kind in LEFT_OPEN else None
        return False

    def dot_call(self, target: Any, args: list[Any] | None, arguments: Any) -> Any:
        """Return the form of a call whose target is a dot."""
        left, right, dot_at = self.dot_parts(target)
        dot_meta = self.meta(dot_at)
        if right is None:
            return (DOT, dot_meta, Cons(left, EMPTY)), dot_meta, from_pylist(args or [])
        if right.kind_id == TUPLE_NODE:
            callee = self.dot(target)
            return callee, callee[1], from_pylist(args or [])
        meta = self.meta(right.start_byte)
        name = literals.dotted_name(self, right)
        if args is None:
            meta = Cons(NO_PARENS, meta)
        elif arguments is not None and self.is_ambiguous(arguments, right):
            meta = Cons(AMBIGUOUS, meta)
        return (DOT, dot_meta, Cons(left, Cons(name, EMPTY))), meta, from_pylist(args or [])

    def dot_parts(self, node: Any) -> tuple[Any, Any, int]:
        """Return the left side's form, the node of the right side (or None), and where the dot stands."""
        left: Any = None
        right: Any = None
        dot_at = 0
        for index, child in enumerate(node.children):
            if index == 0:
                left = self.expr(child)
            elif child.is_named:
                if child.kind_id != COMMENT:
                    right = child
            else:
                dot_at = child.start_byte
        return left, right, dot_at

    def dot(self, node: Any) -> Any:
        """`A.{B, C}` or `a.B`; every other dot is a call's target."""
        left, right, dot_at = self.dot_parts(node)
        meta = self.meta(dot_at)
        if right is not None and right.kind_id == TUPLE_NODE:
            return (DOT, meta, Cons(left, Cons(TUPLE, EMPTY))), meta, from_pylist(self.arguments(right))
        if right is None or right.kind_id != ALIAS:
            raise Refused(dot_at)
        parts = self.alias(right)[2]
        if type(left) is tuple and left[0] is ALIASES:
            return ALIASES, left[1], from_pylist([*left[2], *parts])
        return ALIASES, meta, Cons(left, parts)

    def access_call(self, node: Any) -> Any:
        """`container[key]`."""
        inner = [child for child in node.children if child.kind_id != COMMENT]
        meta = Cons(BRACKETS, self.meta(inner[1].start_byte))
        return (DOT, meta, ACCESS), meta, Cons(self.expr(inner[0]), Cons(self.expr(inner[2]), EMPTY))

    # Operators

    def binary_operator(self, node: Any) -> Any:
        """`a + b`, with the rewritings of `not in` and `first..last//step`."""
        children = node.children
        if len(children) != 3:
            children = [child for child in children if child.kind_id != COMMENT]
        left_node, operator, right_node = children
        left = self.expr(left_node)
        right = self.expr(right_node)
        meta = self.meta(operator.start_byte)
        kind = operator.kind_id
        name = OPERATORS[kind]
        if name is IN and type(left) is tuple and left_node.kind_id != BLOCK_NODE and left[0] in NEGATIONS:
            if len(left) == 3 and type(left[2]) is Cons and left[2].tail is EMPTY:
                return left[0], meta, Cons((IN, meta, Cons(left[2].head, Cons(right, EMPTY))), EMPTY)
        elif kind == NOT_IN:
            return NOT, meta, Cons((IN, meta, Cons(left, Cons(right, EMPTY))), EMPTY)
        elif kind == STEP_OP:
            if left_node.kind_id != BINARY or left_node.children[1].kind_id != RANGE_OP:
                raise Refused(operator.start_byte)
            return STEP, left[1], Cons(left[2].head, Cons(left[2].tail.head, Cons(right, EMPTY)))
        elif kind == ASSOC:
            raise Refused(operator.start_byte)
        return name, meta, Cons(left, Cons(right, EMPTY))

    def unary_operator(self, node: Any) -> Any:
        """`-a`, `not a`, `&1`, `@a`."""
        children = node.children
        operator = children[0]
        operand = children[-1]
        if len(children) != 2:
            # `&(…)` has its parentheses as children of its own.
            operand = [child for child in children[1:] if child.is_named and child.kind_id != COMMENT][0]
        return (
            OPERATORS[operator.kind_id],
            self.meta(operator.start_byte),
            Cons(self.expr(operand), EMPTY),
        )

    # Containers

    def list(self, node: Any) -> Any:
        """`[a, b: 1]`: keywords at the end are elements."""
        items: list[Any] = []
        for child in node.named_children:
            kind = child.kind_id
            if kind == KEYWORDS:
                items.extend(self.pairs(child))
            elif kind != COMMENT:
                items.append(self.expr(child))
        form = from_pylist(items)
        return form if self.encoder is None else self.encoded(form, node)

    def tuple(self, node: Any) -> Any:
        """`{a, b}`."""
        items = self.arguments(node)
        if len(items) == 2:
            pair = (items[0], items[1])
            return pair if self.encoder is None else self.encoded(pair, node)
        return TUPLE, self.meta(node.start_byte), from_pylist(items)

    def bitstring(self, node: Any) -> Any:
        """`<<a, b::8>>`."""
        return BITSTRING, self.meta(node.start_byte), from_pylist(self.arguments(node))

    def keywords(self, node: Any) -> Any:
        """`a: 1, b: 2` as the last argument."""
        return from_pylist(self.pairs(node))

    def pairs(self, node: Any) -> list[Any]:
        """Return the `{key, value}` forms of keywords."""
        out = []
        for pair in node.named_children:
            if pair.kind_id == COMMENT:
                continue
            parts = pair.named_children
            key = parts[0]
            if key.kind_id == KEYWORD:
                name = atom(self.slice(key.start_byte, key.end_byte).rstrip()[:-1])
                if self.encoder is not None:
                    name = self.encoded(name, key)
            else:
                name = literals.quoted_keyword(self, key)
            out.append((name, self.expr(parts[-1])))
        return out

    def map(self, node: Any) -> Any:
        """`%{…}`, `%Name{…}`, with or without an update."""
        struct: Any = None
        struct_node: Any = None
        content: Any = EMPTY
        brace = 0
        for child in node.children:
            kind = child.kind_id
            if kind == STRUCT_NODE:
                struct_node = child
                struct = self.expr(next(one for one in child.named_children if one.kind_id != COMMENT))
            elif kind == CONTENT:
                content = self.map_content(child)
            elif not child.is_named and not brace and child.start_byte > node.start_byte:
                brace = child.start_byte
        if struct_node is None:
            return MAP, self.meta(node.start_byte), content
        inner = (MAP, self.meta(brace), content)
        return STRUCT, self.meta(node.start_byte), Cons(struct, Cons(inner, EMPTY))

    def map_content(self, node: Any) -> Any:
        """Return the pairs of a map, or its update `{:|, meta, [map, pairs]}`."""
        entries = [child for child in node.named_children if child.kind_id != COMMENT]
        first = entries[0]
        if first.kind_id == BINARY:
            left, operator, right = [child for child in first.children if child.kind_id != COMMENT]
            if operator.kind_id == BAR:
                update = self.entries([right, *entries[1:]])
                meta = self.meta(operator.start_byte)
                return Cons((OPERATORS[BAR], meta, Cons(self.expr(left), Cons(update, EMPTY))), EMPTY)
        return self.entries(entries)

    def entries(self, nodes: list[Any]) -> Any:
        """Return the pairs of map entries: `key => value`, keywords, or any form that a macro will make one of."""
        out: list[Any] = []
        for node in nodes:
            kind = node.kind_id
            if kind == KEYWORDS:
                out.extend(self.pairs(node))
                continue
            if kind == BINARY:
                left, operator, right = [child for child in node.children if child.kind_id != COMMENT]
                if operator.kind_id == ASSOC:
                    out.append((self.expr(left), self.expr(right)))
                    continue
            out.append(self.expr(node))
        return from_pylist(out)

    def encoded(self, value: Any, node: Any) -> Any:
        """Return what the caller's `literal_encoder` makes of a literal."""
        return self.encoder(value, self.meta(node.start_byte))

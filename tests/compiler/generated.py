"""Random Elixir expressions for comparing pyex with Elixir: arithmetic, comparison of mixed terms, patterns,
bitstrings, comprehensions, closures, and the errors of all of them.

The expressions are drawn by a hypothesis strategy; `texts(count, seed)` draws a fixed series of them.
"""

from __future__ import annotations

import random
import re
from typing import Final

VARIABLES: Final = {"a": "3", "b": "-2", "c": "2.5", "d": ":ok", "e": '"héy"', "f": "[1, 2, 3]", "g": "%{:k => 1, \"s\" => 2}"}
PREFIX: Final = "; ".join(f"{name} = {value}" for name, value in VARIABLES.items()) + "; _ = {a, b, c, d, e, f, g}; "

_LITERALS: Final = (
    "0 1 2 -1 7 255 256 1000000000000000000000 1.0 0.5 -0.0 1.0e10 :a :b nil true false [] {} %{} \"\" \"ab\" \"é\" "
    "[1] [1,2] [:a,nil] {1} {:ok,1} {1,2,3} %{a:1} %{1=>2,1.0=>3} [a:1,b:2] <<1,2,255>> <<5::3>> [1|2] ?a ~c\"hi\" 1..3 "
    "Enum &hd/1"
).split()
_FIXES: Final = {"&hd/1": "(&hd/1)", "%{a:1}": "%{a: 1}", "[a:1,b:2]": "[a: 1, b: 2]"}
_BINARY: Final = (
    "+ - * / == === != !== < > <= >= and or && || ++ -- <> div rem in |> ..".split()
)
_UNARY: Final = (
    "-", "not ", "!", "is_integer", "is_list", "is_map", "is_atom", "is_binary", "is_number", "hd", "tl", "length", "abs",
    "tuple_size", "map_size", "byte_size", "bit_size", "inspect", "to_string", "round", "trunc", "is_nil", "is_function",
    "Enum.sum", "Enum.sort", "Enum.reverse", "Map.keys", "String.upcase", "String.length", "Enum.count",
)  # fmt: skip
_PATTERNS: Final = (
    "x", "_", "{x, y}", "[x | y]", "[x, y]", "[]", "{:ok, x}", "%{a: x}", "%{k: x}", "1", "1.0", ":a", "nil", "true", '"ab"',
    '"a" <> x', "<<x, y::binary>>", "<<x::utf8, _::bits>>", "<<x::4, y::4>>", "^a", "{x, x}", "[_, x | _]", "%{^a => x}",
    "{x, [y | _]}", "x = {_, _}", "<<x::16-little, _::binary>>", "<<n, x::binary-size(n), _::bits>>", "{_, %{a: x}}",
    "<<x::float>>", "<<x::signed-8, _::bits>>", "%{}", "[x, x | _]", "-1", "[{k, x} | _]",
)  # fmt: skip
_GUARDS: Final = (
    "x > 1", "is_integer(x)", "is_list(x) and hd(x) == 1", "x == 1 or x == :a", "not is_nil(x)", "length(x) > 1", "x in [1, 2]",
    "is_map(x) and map_size(x) > 0", "rem(x, 2) == 0", "x + 1 > 2", "is_atom(x) when is_binary(x)", "byte_size(x) == 2",
    "elem(x, 0) == :ok", "x", "is_number(x) and x * 2 > 3", "x === 1.0", "is_tuple(x) or hd(x)", "x.a == 1", "tl(x) == []",
)  # fmt: skip


class Writer:
    """Writes expressions from a source of random numbers."""

    def __init__(self, source: random.Random) -> None:
        self.source = source
        self.pick = source.choice

    def literal(self) -> str:
        found = self.pick(_LITERALS)
        return _FIXES.get(found, found)

    def expression(self, depth: int) -> str:
        if depth == 0 or self.source.random() < 0.15:
            return self.pick(list(VARIABLES)) if self.source.random() < 0.5 else self.literal()
        form = self.pick(
            (
                self.binary, self.binary, self.unary, self.unary, self.container, self.case, self.if_, self.function,
                self.comprehension, self.bits, self.text, self.match, self.try_, self.with_, self.cond, self.map_,
                self.reduce, self.call,
            )
        )  # fmt: skip
        return form(depth - 1)

    def binary(self, depth: int) -> str:
        operator = self.pick(_BINARY)
        left, right = self.expression(depth), self.expression(depth)
        if operator == "<>":
            # Elixir refuses a literal that is no binary while it expands, in the words of its syntax tree.
            left, right = self.pick(("a", "d", "e", '"p"')), self.pick(("b", "e", "inspect(a)"))
        if operator == "|>":
            return f"({left} |> then(&{{&1, {self.literal()}}}))"
        if operator in ("div", "rem"):
            return f"{operator}({left}, {right})"
        if operator == "..":
            return f"Enum.to_list({self.pick(['1', 'a', 'b'])}..{self.pick(['1', 'a', '5'])}//{self.pick(['1', '2'])})"
        return f"({left} {operator} {right})"

    def unary(self, depth: int) -> str:
        operator = self.pick(_UNARY)
        return f"{operator}({self.expression(depth)})"

    def container(self, depth: int) -> str:
        one, two = self.expression(depth), self.expression(depth)
        return self.pick(
            (f"{{{one}, {two}}}", f"[{one}, {two}]", f"[{one} | [{two}]]", f"%{{{one} => {two}}}", f'%{{:k => {one}, "z" => {two}}}')
        )

    def clause(self, depth: int) -> str:
        pattern = self.pick(_PATTERNS)
        guard = f" when {self.pick(_GUARDS)}" if "x" in pattern and self.source.random() < 0.4 else ""
        used = sorted(set(re.findall(r"\b[xy]\b", pattern)))
        body = "{" + ", ".join([*used, self.expression(depth)]) + "}"
        return f"{pattern}{guard} -> {body}"

    def clauses(self, depth: int) -> str:
        return "; ".join(self.clause(depth) for _ in range(self.source.randint(1, 4)))

    def case(self, depth: int) -> str:
        return f"(case {self.expression(depth)} do {self.clauses(depth)} end)"

    def if_(self, depth: int) -> str:
        return f"if({self.expression(depth)}, do: {self.expression(depth)}, else: {self.expression(depth)})"

    def cond(self, depth: int) -> str:
        first, second = self.expression(depth), self.expression(depth)
        return f"(cond do {first} -> {self.expression(depth)}; {second} -> {self.literal()} end)"

    def function(self, depth: int) -> str:
        return f"(fn {self.clauses(depth)} end).({self.expression(depth)})"

    def comprehension(self, depth: int) -> str:
        source = self.pick(("f", "g", "1..3", "[1, :a, {1, 2}, [3]]", self.expression(depth)))
        pattern = self.pick(("x", "x", "x", "{x, _}", "[x]", "x when is_integer(x)"))
        rest = self.pick(("", "", ", is_integer(x)", ", y <- [1, x]", ", y = x"))
        into = self.pick(("", "", "", ", uniq: true", ", into: []"))
        if self.source.random() < 0.2:
            return f'(for <<x <- {self.pick(["e", chr(34) + "abc" + chr(34), "(<<1, 2>>)"])}>>, do: {{x, {self.expression(depth)}}})'
        return f"(for {pattern} <- {source}{rest}{into}, do: {{x, {self.expression(depth)}}})"

    def bits(self, depth: int) -> str:
        segments = []
        for _ in range(self.source.randint(1, 3)):
            kind = self.pick(("", "::8", "::16", "::4", "::little-16", "::signed-8", "::float", "::utf8", "::size(a)"))
            segments.append(self.pick(("1", "255", "a", "b", "c", "d", "e", "?z")) + kind)
        if self.source.random() < 0.3:
            segments.append(self.pick(("e::binary", "d::binary", "<<5::3>>::bits", '"lit"')))
        return "<<" + ", ".join(segments) + ">>"

    def text(self, depth: int) -> str:
        return f'"x#{{{self.expression(depth)}}}y#{{a}}"'.replace('""', '"') if depth == 0 else f"to_string({self.expression(depth)})"

    def match(self, depth: int) -> str:
        pattern = self.pick(_PATTERNS)
        used = sorted(set(re.findall(r"\b[xy]\b", pattern)))
        return f"({pattern} = {self.expression(depth)}; {{{', '.join(used)}}})"

    def try_(self, depth: int) -> str:
        body = self.pick((f"throw({self.expression(depth)})", self.expression(depth), 'raise "no"', f"exit({self.literal()})"))
        handler = self.pick(
            (
                "rescue x -> {:rescued, x.__struct__}",
                "rescue x in [ArithmeticError, ArgumentError] -> x.__struct__",
                "catch x -> {:caught, x}",
                "catch :exit, x -> {:exit, x}",
                "catch x, y -> {x, is_atom(y)}",
                "catch :throw, x when is_integer(x) -> x",
                "rescue RuntimeError -> :runtime",
            )
        )
        rest = self.pick(("", "", " after :done", " else x -> {:else, x}"))
        return f"(try do {body} {handler}{rest} end)"

    def with_(self, depth: int) -> str:
        pattern = self.pick(_PATTERNS)
        otherwise = self.pick(("", "", f" else {self.clauses(depth)}"))
        return f"(with {pattern} <- {self.expression(depth)}, z = {self.expression(depth)} do {{z}}{otherwise} end)"

    def map_(self, depth: int) -> str:
        return self.pick((f"%{{g | k: {self.expression(depth)}}}", f"Map.put(g, {self.pick(('1', ':k', '2.5'))}, {self.expression(depth)})", "g.k", "g[:k]", "d.k"))

    def reduce(self, depth: int) -> str:
        return f"Enum.reduce(f, {self.expression(depth)}, fn x, y -> {self.pick(('x + y', '[x | y]', '{x, y}', 'y'))} end)"

    def call(self, depth: int) -> str:
        return self.pick(
            (
                f"elem({self.expression(depth)}, {self.pick(('0', '1', 'a'))})",
                f"put_elem({{1, 2}}, 0, {self.expression(depth)})",
                f"Enum.map({self.pick(('f', 'g', '1..3'))}, fn x -> {{x, {self.expression(depth)}}} end)",
                f"max({self.expression(depth)}, {self.expression(depth)})",
                f"Kernel.apply(fn x, y -> {{x, y}} end, [{self.expression(depth)}, 1])",
                f"(h = fn {self.clauses(depth)} end; h.({self.expression(depth)}))",
                f"{self.pick(('a', 'c', 'e', 'f', 'g'))}.()",
            )
        )


def texts(count: int, seed: int, depth: int = 3) -> list[str]:
    """Return a series of expressions, each after the variables that it may read."""
    writer = Writer(random.Random(seed))
    return [writer.expression(writer.source.randint(1, depth)) for _ in range(count)]

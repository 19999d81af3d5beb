"""The words of the parser's errors, and how an error names a token."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.syntax.tokens import EXPLAINED
from pyex.terms.atoms import atom_name

NESTED: Final = (
    "unexpected comma. Parentheses are required to solve ambiguity in nested calls.\n\n"
    "This error happens when you have nested function calls without parentheses. For example:\n\n"
    "    parent_call a, nested_call b, c, d\n\n"
    'In the example above, we don\'t know if the parameters "c" and "d" apply to the function "parent_call" or '
    '"nested_call". You can solve this by explicitly adding parentheses:\n\n'
    "    parent_call a, nested_call(b, c, d)\n\n"
    "Or by adding commas (in case a nested call is not intended):\n\n"
    "    parent_call a, nested_call, b, c, d\n\n"
    "Elixir cannot compile otherwise. Syntax error before: "
)
CONTAINER: Final = (
    "unexpected comma. Parentheses are required to solve ambiguity inside containers.\n\n"
    "This error may happen when you forget a comma in a list or other container:\n\n"
    "    [a, b c, d]\n\n"
    "Or when you have ambiguous calls:\n\n"
    "    [function a, b, c]\n\n"
    'In the example above, we don\'t know if the values "b" and "c" belongs to the list or the function "function". '
    "You can solve this by explicitly adding parentheses:\n\n"
    "    [one, function(a, b, c)]\n\n"
    "Elixir cannot compile otherwise. Syntax error before: "
)
KEYWORDS_LAST: Final = (
    "unexpected expression after keyword list. Keyword lists must always come last in lists and maps. Therefore, this "
    "is not allowed:\n\n    [some: :value, :another]\n    %{some: :value, another => value}\n\n"
    "Instead, reorder it to be the last entry:\n\n    [:another, some: :value]\n    %{another => value, some: :value}"
    "\n\nSyntax error after: "
)
KEYWORDS_LAST_ARGUMENT: Final = (
    "unexpected expression after keyword list. Keyword lists must always come as the last argument. Therefore, this is "
    "not allowed:\n\n    function_call(1, some: :option, 2)\n\nInstead, wrap the keyword in brackets:\n\n"
    "    function_call(1, [some: :option], 2)\n\nSyntax error after: "
)
ACCESS: Final = (
    "too many arguments when accessing a value. The value[key] notation in Elixir expects either a single argument or "
    "a keyword list. The following examples are allowed:\n\n    value[one]\n    value[one: 1, two: 2]\n"
    "    value[[one, two, three]]\n\nThese are invalid:\n\n    value[1, 2, 3]\n    value[one, two, three]\n\n"
    "Syntax error after: "
)
PARENTHESES: Final = (
    "unexpected parentheses. If you are making a function call, do not insert spaces between the function name and the "
    "opening parentheses. Syntax error before: "
)
FIRST_CLAUSE: Final = (
    "unexpected operator ->. If you want to define multiple clauses, the first expression must use ->. "
    "Syntax error before: "
)
NO_CLAUSES: Final = "expected anonymous functions to be defined with -> inside: "
STEP: Final = (
    "the range step operator (//) must immediately follow the range definition operator (..), for example: 1..9//2. If "
    "you wanted to define a default argument, use (\\\\) instead. Syntax error before: "
)
KEYWORDS_INSIDE: Final = (
    "unexpected keyword list inside %s. Did you mean to write a map (using %%{...}) or a list (using [...]) instead? "
    "Syntax error after: "
)
EMPTY_CLAUSE: Final = "an expression is always required on the right side of ->. Please provide a value after ->"
AMBIGUOUS_PIPE: Final = (
    "parentheses are required when piping into a function call. For example:\n\n    foo 1 |> bar 2 |> baz 3\n\n"
    "is ambiguous and should be written as\n\n    foo(1) |> bar(2) |> baz(3)\n\nAmbiguous pipe found at:"
)
ATOM_ALIAS: Final = (
    "atom cannot be followed by an alias. If the '.' was meant to be part of the atom's name, the atom name must be "
    "quoted. Syntax error before: "
)
NESTED_KEYWORD: Final = (
    'missing parentheses for expression following "%s:" keyword. Parentheses are required to solve ambiguity inside '
    "keywords.\n\nThis error happens when you have function calls without parentheses inside keywords. For example:\n\n"
    "    function(arg, one: nested_call a, b, c)\n    function(arg, one: if expr, do: :this, else: :that)\n\n"
    'In the examples above, we don\'t know if the arguments "b" and "c" apply to the function "function" or '
    '"nested_call". Or if the keywords "do" and "else" apply to the function "function" or "if". You can solve this by '
    "explicitly adding parentheses:\n\n    function(arg, one: if(expr, do: :this, else: :that))\n"
    "    function(arg, one: nested_call(a, b, c))\n\nAmbiguity found at:"
)
AFTER_BLOCK: Final = (
    'missing parentheses on expression following operator "%s", you must add parentheses to avoid ambiguities'
)
EMPTY_PARENTHESES: Final = (
    "invalid expression (). If you want to invoke or define a function, make sure there are no spaces between the "
    "function name and its arguments. If you wanted to pass an empty block or code, pass a value instead, such as a nil "
    "or an atom"
)
TRAILING_COMMA: Final = "trailing commas are not allowed inside function/macro call arguments"
NOT_IN: Final = '"not expr1 in expr2" is deprecated, use "expr1 not in expr2" instead'

_ERLANG_ATOM: Final = re.compile(r"[a-zß-öø-ÿ][\w@]*\Z")
_RESERVED: Final = frozenset(
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse"
    " receive rem try when xor".split()
)
_STRINGS: Final = ("bin_string", "list_string")


def quoted(name: str) -> str:
    """Return an atom as Erlang writes it."""
    if _ERLANG_ATOM.match(name) and name not in _RESERVED:
        return name
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def before(token: Any) -> tuple[str, str]:
    """Return message and token of "syntax error before" for a token."""
    kind, value = token[0], token[1]
    message = "syntax error before: "
    if kind == "eol":
        return message, "eol"
    if kind == "eof":
        return message, ""
    if kind in ("int", "flt"):
        return message, f'"{value}"'
    if kind == "char":
        return message, token[4]
    if kind in _STRINGS:
        return message, text_before(value)
    if kind == "sigil":
        return message, f"sigil ~{value[0]} starting with content '{content(value[1])}'"
    if kind in ("atom_unsafe", "kw_unsafe"):
        return message, text_before(value)
    if kind in ("bin_heredoc", "list_heredoc"):
        shown = ",".join(f'<<"{escaped(part)}">>' if type(part) is str else "..." for part in value)
        return message, f"{{{kind},{{{token[2]},{token[3]},nil}},{token[4]},[{shown}]}}"
    name = atom_name(value) or str(value)
    if name in EXPLAINED:
        return message, name
    if kind == "do":
        return message, "do"
    return message, quoted(name)


def escaped(text: str) -> str:
    """Return a text with its line breaks and quotes written as escapes."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def after_expression(token: Any) -> tuple[str, str]:
    """Return message and token for a keyword that stands behind a whole expression."""
    message = "syntax error before: "
    return (message, text_before(token[1])) if token[0] == "kw_unsafe" else (message, f"'{atom_name(token[1]) or ''}:'")


def text_before(parts: list[Any]) -> str:
    """Return a quoted text as an error shows it: the quote stays open where an interpolation comes first."""
    return '"' if parts and type(parts[0]) is tuple else f'"{content(parts)}"'


def content(parts: list[Any]) -> str:
    """Return what an error shows of a quoted text: as much as stands before its first interpolation."""
    return str(parts[0]) if parts and type(parts[0]) is not tuple else ""

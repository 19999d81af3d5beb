"""Code.format_string!, format_file! and quoted_to_algebra: source text laid out anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import call
from pyex.syntax.formatter import LINE_LENGTH, Style, formatted, quoted_document
from pyex.syntax.options import Comment
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, bad_argument, function_clause
from pyex.terms.functions import arity_of
from pyex.terms.inspect import inspect
from pyex.terms.inspect.algebra import INFINITE
from pyex.terms.lists import EMPTY, List, charlist, elixir_list, from_pylist, is_proper, to_pylist

ANY: Final = Atom("*")
INFINITY: Final = Atom("infinity")
_MIGRATIONS: Final = ("migrate_charlists_as_sigils", "migrate_bitstring_modifiers", "migrate_unless")


def format_string(string: Any, options: Any = EMPTY) -> Any:
    """Return a text laid out as Elixir's code is, as iodata; raises what is wrong with a text that cannot be read.

    Options: `:line_length` (98), `:locals_without_parens` (names and arities of calls that keep going without
    parentheses), `:force_do_end_blocks`, `:sigils`, `:file` and `:line` for errors, and `:migrate`, which writes
    what is deprecated as it is written today.

        iex> Code.format_string!("total=a+  b") |> IO.iodata_to_binary()
        "total = a + b"
        iex> Code.format_string!("send pid, :go", line_length: 8) |> IO.iodata_to_binary()
        "send(\\n  pid,\\n  :go\\n)"
    """
    if not is_binary(string) or not isinstance(options, List):
        raise function_clause(alias("Code"), "format_string!", (string, options))
    given = {atom_name(key): value for key, value in to_pylist(options)}
    style = style_of(given)
    file = given.get("file", "nofile")
    return from_pylist(formatted(string, style, file=file, line=given.get("line", 1)))


def format_file(file: Any, options: Any = EMPTY) -> Any:
    """Return a file's text laid out as `format_string!/2` does it, with a line break at its end, as iodata.

        iex> path = Path.join(System.tmp_dir!(), "layout_of_one.exs")
        iex> File.write!(path, "x  = 1")
        iex> IO.iodata_to_binary(Code.format_file!(path))
        "x = 1\\n"
    """
    if not is_binary(file) or not isinstance(options, List):
        raise function_clause(alias("Code"), "format_file!", (file, options))
    text = call("File", "read!", file)
    laid_out = format_string(text, from_pylist([(atom("file"), file), (atom("line"), 1), *to_pylist(options)]))
    return elixir_list(laid_out, 10)


def style_of(given: dict[str | None, Any]) -> Style:
    """Return what the options of the formatter ask for."""
    width = given.get("line_length", LINE_LENGTH)
    if width is INFINITY:
        width = INFINITE
    elif type(width) is not int:
        raise function_clause(alias("Inspect.Algebra"), "format", (EMPTY, width))
    migrates = given.get("migrate", False) is True
    names = []
    names_given = given.get("locals_without_parens", EMPTY)
    if not is_proper(names_given):
        raise bad_argument("erlang", "++", (names_given, EMPTY))
    for pair in to_pylist(names_given):
        if type(pair) is not tuple or len(pair) != 2:
            raise function_clause(alias("Code.Formatter"), "-local_without_parens?/3-inlined-0-", (pair,))
        names.append((atom_name(pair[0]) or "", -1 if pair[1] is ANY else pair[1]))
    return Style(
        width,
        names,
        given.get("force_do_end_blocks", False) is True,
        _sigils(given.get("sigils", EMPTY), given.get("file")),
        *(given.get(option, migrates) is True for option in _MIGRATIONS),
    )


def _sigils(given: Any, file: Any) -> dict[str, Callable[[str, Any], str]]:
    """Return the functions that write the text of sigils, by the sigils' names."""
    found = {}
    for name, function in to_pylist(given):
        if not callable(function) or arity_of(function) != 2 or not (atom_name(name) or "").isupper():
            raise argument_error(
                ":sigils must be a keyword list with uppercased atoms as keys and an anonymous function expecting two "
                f"arguments as value, got: {inspect(given)}"
            )
        found[atom_name(name) or ""] = _sigil_writer(name, function, file)
    return found


def _sigil_writer(name: Any, function: Any, file: Any) -> Callable[[str, Any], str]:
    def write(content: str, place: Any) -> str:
        letters, opening, line = place
        about = from_pylist(
            [
                (atom("file"), file),
                (atom("line"), line),
                (atom("sigil"), name),
                (atom("modifiers"), charlist(letters)),
                (atom("opening_delimiter"), opening),
            ]
        )
        written = function(content, about)
        if not is_binary(written) and not isinstance(written, List):
            raise argument_error(f"expected sigil callback to return iodata, got: {inspect(written)}")
        return str(call("IO", "iodata_to_binary", written))

    return write


def quoted_to_algebra(quoted: Any, options: Any = EMPTY) -> Any:
    """Return the document of a quoted form: its source text, to be laid out at any width.

    Options: those of `format_string!/2`, `:comments` as `string_to_quoted_with_comments!/2` gives them, and `:escape`,
    false where the texts in the form are written as they stood in the source.

        iex> doc = Code.quoted_to_algebra(quote(do: send(worker, {:done, 1})))
        iex> doc |> Inspect.Algebra.format(20) |> IO.iodata_to_binary()
        "send(\\n  worker,\\n  {:done, 1}\\n)"
    """
    given = {atom_name(key): value for key, value in to_pylist(options)}
    comments = [comment_of(one) for one in to_pylist(given.get("comments", EMPTY))]
    return quoted_document(quoted, comments, style_of(given), escapes=given.get("escape", True) is True)


def comment_of(given: Any) -> Comment:
    """Return a comment that is given as a map."""
    names = ("text", "line", "column", "previous_eol_count", "next_eol_count")
    return Comment(*(given.get(atom(name)) for name in names))

"""EEx: texts with Elixir code in them, evaluated or compiled into functions."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule, call
from pyex.compiler.env import Env
from pyex.compiler.kernel.build import keyword_pairs, remote
from pyex.compiler.module.escape import hand_over
from pyex.compiler.module.store import store_definition
from pyex.stdlib.elixir.eex.compiler import Compiler
from pyex.stdlib.elixir.eex.tokenizer import Source, as_term, tokenize
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import ElixirError
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, from_pylist, to_pylist

module = NativeModule("EEx", doc="Embedded Elixir: texts with `<% %>` tags, evaluated or compiled into functions.")
EEX = alias("EEx")


def _text(source: Any) -> str:
    return str(source) if is_binary(source) else str(call("IO", "chardata_to_string", source))


def _source(text: Any, options: Any, file: str = "nofile") -> Source:
    given = dict(keyword_pairs(options) or ())
    return Source(
        _text(text),
        str(given.get(atom.file, file)),
        given.get(atom.line, 1),
        given.get(atom("indentation"), 0),
        given.get(atom("trim"), False) is True,
    )


@module.function("tokenize", arity=(1, 2))
def tokens(contents: Any, opts: Any = EMPTY) -> Any:
    """Return `{:ok, tokens}` of a template, or `{:error, message, place}`.

        iex> {:ok, [token, _eof]} = EEx.tokenize("hello")
        iex> elem(token, 0)
        :text
    """
    try:
        return (atom.ok, from_iterable(map(as_term, tokenize(_source(contents, opts)))))
    except ElixirError as error:
        where = error.reason
        from pyex.terms.maps import Map

        place = Map.from_pairs([(atom.line, where[atom.line]), (atom.column, where[atom.column])])
        return (atom.error, where[atom.message], place)


@module.function(arity=(1, 2))
def compile_string(source: Any, options: Any = EMPTY) -> Any:
    """Return the quoted form of a template, ready to be evaluated.

        iex> quoted = EEx.compile_string("<%= a + b %>")
        iex> {text, _binding} = Code.eval_quoted(quoted, a: 1, b: 2)
        iex> text
        "3"
    """
    return Compiler(_source(source, options), options).compile()


@module.function(arity=(1, 2))
def compile_file(filename: Any, options: Any = EMPTY) -> Any:
    """Return the quoted form of the template in a file."""
    text = call("File", "read!", filename)
    return Compiler(_source(text, options, _text(filename)), options).compile()


@module.function(arity=(1, 2, 3))
def eval_string(source: Any, bindings: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Return the text that a template gives with variables.

        iex> EEx.eval_string("Hello <%= name %>", name: "Ann")
        "Hello Ann"

        iex> EEx.eval_string("<%= @count %> of <%= @all %>", assigns: [count: 1, all: 3])
        "1 of 3"

    With `trim: true` the blanks around tags that stand on lines of their own are left out.
    """
    return _evaluated(compile_string(source, options), bindings, options, "nofile")


@module.function(arity=(1, 2, 3))
def eval_file(filename: Any, bindings: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Return the text that the template in a file gives with variables."""
    return _evaluated(compile_file(filename, options), bindings, options, _text(filename))


def _evaluated(quoted: Any, bindings: Any, options: Any, file: str) -> Any:
    given = dict(keyword_pairs(options) or ())
    where = [(atom.file, given.get(atom.file, file)), (atom.line, given.get(atom.line, 1))]
    return call("Code", "eval_quoted", quoted, bindings, from_pylist(where))[0]


@module.macro(arity=(3, 4, 5))
def function_from_string(env: Any, kind: Any, name: Any, template: Any, args: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Define a function of the module, by the kind `:def` or `:defp`, that gives the text of a template.

        EEx.function_from_string(:def, :greet, "Hello <%= name %>", [:name])
    """
    return remote(EEX, "__define__", atom("string"), kind, name, template, args, options, hand_over(env, env))


@module.macro(arity=(3, 4, 5))
def function_from_file(env: Any, kind: Any, name: Any, file: Any, args: Any = EMPTY, options: Any = EMPTY) -> Any:
    """Define a function of the module, by the kind `:def` or `:defp`, that gives the text of the template in a file."""
    return remote(EEX, "__define__", atom("file"), kind, name, file, args, options, hand_over(env, env))


@module.function("__define__", doc=False)
def define(origin: Any, kind: Any, name: Any, given: Any, args: Any, options: Any, env: Any) -> Any:
    """Store the function of a template in the module under compilation."""
    where = Env.of(env)
    if origin is atom.file:
        resource = elixir_list(_text(given))
        call("Module", "put_attribute", where.module, atom("external_resource"), resource.head)
        quoted = compile_file(given, options)
    else:
        named = from_pylist([(atom.file, where.file), (atom.line, where.line), *to_pylist(options)][::-1])
        quoted = compile_string(given, named)
    parameters = [(arg, EMPTY, None) for arg in to_pylist(args)]
    return store_definition(
        kind.name, (name, EMPTY, from_pylist(parameters)), elixir_list((atom.do, quoted)), True, where, check=False
    )

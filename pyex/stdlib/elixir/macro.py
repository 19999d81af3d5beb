"""Macro: functions on quoted forms."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.expand import once
from pyex.compiler.expand.maps import struct_of
from pyex.compiler.kernel.debugging import location_text, shown
from pyex.compiler.kernel.pipes import insert
from pyex.compiler.module.escape import escape as escaped
from pyex.stdlib.elixir.enumerable import Lazy
from pyex.stdlib.elixir.macro_walk import (
    DOT,
    PIPE,
    PREFIXES,
    TUPLE,
    camelized,
    invalid_part,
    is_literal,
    is_node,
    is_special_form,
    kind_of_atom,
    parts,
    parts_outwards,
    underscored,
    walk,
    way_to,
)
from pyex.syntax import formatter
from pyex.syntax.strings import InvalidEscape, unescape
from pyex.syntax.tokens import KINDS, PRECEDENCE
from pyex.terms.atoms import alias, atom, atom_name, is_atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, argument_error, function_clause
from pyex.terms.functions import export, is_function, shown_as
from pyex.terms.inspect.literals import atom_text, function_name, key_text
from pyex.terms.lists import EMPTY, List, elixir_list, from_pylist, to_pylist

module = NativeModule("Macro", doc="Functions on quoted forms.")


@module.function
def to_string(tree: Any) -> Any:
    """Return the source text of a quoted form.

    iex> Macro.to_string(quote do: a + b * 2)
    "a + b * 2"
    """
    return formatter.to_string(tree)


@module.function
def expand(form: Any, env: Any) -> Any:
    """Expand the head of a form until it is no call of a macro any more.

        iex> Macro.expand(quote(do: unless(a, do: b)), __ENV__) |> Macro.to_string()
        "case a do\\n  x when Kernel.in(x, [false, nil]) -> b\\n  _ -> nil\\nend"
    """
    return once.expand_fully(form, Env.of(env))


@module.function
def expand_once(form: Any, env: Any) -> Any:
    """Expand the head of a form one step, when it is an alias or a call of a macro.

        iex> Macro.expand_once(quote(do: a and b), __ENV__) |> elem(0) |> is_tuple()
        false
    """
    return once.expand_once(form, Env.of(env))[0]


@module.function(arity=(2, 3))
def expand_literals(form: Any, env_or_acc: Any, fun: Any = None) -> Any:
    """Expand the aliases in a form that is made of literals; calls are left alone.

    With three arguments a function is called with each alias and an accumulator.

    iex> Macro.expand_literals({{:__aliases__, [], [:Shop]}, 1}, __ENV__)
    {Shop, 1}
    """
    if fun is None:
        env = Env.of(env_or_acc)
        return once.expand_literals(form, None, lambda found, acc: (once.expand_once(found, env)[0], acc))[0]
    return once.expand_literals(form, env_or_acc, fun)


@module.function
def expand_literal(form: Any, env: Any) -> Any:
    """Expand the aliases in a form that is made of literals: the older name of `expand_literals`.

    iex> Macro.expand_literal([{:__aliases__, [], [:Shop]}], __ENV__)
    [Shop]
    """
    return expand_literals(form, env)


@module.function("struct!")
def struct(name: Any, env: Any) -> Any:
    """Return the struct of a module with its default values, when the module is there at compile time.

    iex> Macro.struct!(URI, __ENV__).port
    nil
    """
    return struct_of(name, Env.of(env))


@module.function("struct_info!")
def struct_info(name: Any, env: Any) -> Any:
    """Return the fields of a module's struct, as `name.__info__(:struct)` does.

    iex> Macro.struct_info!(Range, __ENV__) |> hd()
    %{default: nil, field: :first}
    """
    struct_of(name, Env.of(env))
    return export(name, "__info__", 1).fn(atom.struct)


@module.function
def compile_apply(receiver: Any, function: Any, args: Any, env: Any) -> Any:
    """Call a function while code is compiled: what it raises stands at the environment's place.

    iex> Macro.compile_apply(String, :upcase, ["a"], __ENV__)
    "A"
    """
    given = to_pylist(args)
    return export(receiver, atom_name(function) or "", len(given)).fn(*given)


@module.function("dbg")
def dbg_backend(code: Any, options: Any, env: Any) -> Any:
    """Return the form that `dbg` becomes where nothing else is configured."""
    return shown(code, options, location_text(Env.of(env)))


@module.function(arity=(1, 2))
def unescape_string(string: Any, map: Any = None) -> Any:
    """Return a string with its escapes replaced, as the reader does; a function may say what each stands for.

    iex> Macro.unescape_string(~S(one\\ttwo))
    "one\\ttwo"
    """
    if not is_binary(string):
        chars = shown_as(lambda code: code, "1.43678373/1 in :elixir_interpolation.unescape_map") if map is None else map
        raise function_clause(atom("elixir_interpolation"), "unescape_chars", (string, chars, ""))
    raw = to_bytes(string).decode("utf-8", "surrogateescape")
    try:
        found = unescape(raw, None if map is None else lambda key: map(ord(key) if len(key) == 1 else atom(key)))
    except InvalidEscape as failure:
        raise argument_error(failure.message) from None
    return binary(found.encode("utf-8", "surrogateescape")) if type(found) is str else found


@module.function(arity=(1, 2))
def unescape_tokens(tokens: Any, map: Any = None) -> Any:
    """Return the parts of an interpolated string with the escapes of its texts replaced."""
    return from_pylist([unescape_string(part, map) if is_binary(part) else part for part in to_pylist(tokens)])


@module.function(arity=(1, 2))
def escape(term: Any, options: Any = EMPTY) -> Any:
    """Return the quoted form of a term.

    iex> Macro.escape({1, 2, 3})
    {:{}, [], [1, 2, 3]}
    """
    given = dict(to_pylist(options))
    if given.get(atom("prune_metadata")) is True:
        term = _pruned(term)
    return escaped(term, unquote=given.get(atom.unquote) is True)


def _pruned(term: Any) -> Any:
    """Return a quoted form with no other metadata than what its text depends on."""

    def prune(form: Any) -> Any:
        if not is_node(form):
            return form
        kept = [item for item in to_pylist(form[1]) if type(item) is tuple and item[0] in _KEPT]
        return form[0], from_pylist(kept), form[2]

    return walk(term, None, lambda form, acc: (prune(form), acc), _kept)[0]


_KEPT: Final = (atom.line, atom.no_parens, atom.delimiter)


@module.function(arity=(2, 3))
def prewalk(ast: Any, acc_or_fun: Any, fun: Any = None) -> Any:
    """Walk a form from the outside in, each part replaced by what the function makes of it.

        iex> Macro.prewalk(quote(do: 1 + 2 * 3), fn n when is_integer(n) -> n * 10; other -> other end) |> Macro.to_string()
        "10 + 20 * 30"
    """
    if fun is None:
        if not is_function(acc_or_fun, 1):
            raise function_clause(module.name, "prewalk", (ast, acc_or_fun))
        return walk(ast, None, lambda form, acc: (acc_or_fun(form), acc), _kept)[0]
    if not is_function(fun, 2):
        raise function_clause(module.name, "prewalk", (ast, acc_or_fun, fun))
    return walk(ast, acc_or_fun, fun, _kept)


@module.function(arity=(2, 3))
def postwalk(ast: Any, acc_or_fun: Any, fun: Any = None) -> Any:
    """Walk a form from the inside out, each part replaced by what the function makes of it.

        iex> Macro.postwalk(quote(do: a + b), fn {:a, meta, context} -> {:x, meta, context}; other ->
        ...>   other end) |> Macro.to_string()
        "x + b"
    """
    if fun is None:
        if not is_function(acc_or_fun, 1):
            raise function_clause(module.name, "postwalk", (ast, acc_or_fun))
        return walk(ast, None, _kept, lambda form, acc: (acc_or_fun(form), acc))[0]
    if not is_function(fun, 2):
        raise function_clause(module.name, "postwalk", (ast, acc_or_fun, fun))
    return walk(ast, acc_or_fun, _kept, fun)


@module.function
def traverse(ast: Any, acc: Any, pre: Any, post: Any) -> Any:
    """Walk a form with a function for the way in and one for the way out.

        iex> Macro.traverse(quote(do: 1 + 2), [], fn form, acc -> {form, acc} end, fn n, acc when is_integer(n) -> {n,
        ...>   [n | acc]}; form, acc -> {form, acc} end) |> elem(1)
        [2, 1]
    """
    if not is_function(pre, 2) or not is_function(post, 2):
        raise function_clause(module.name, "traverse", (ast, acc, pre, post))
    return walk(ast, acc, pre, post)


@module.function
def prewalker(ast: Any) -> Any:
    """Return the parts of a form as a stream, outer ones first.

        iex> Macro.prewalker(quote do: f(1)) |> Enum.count()
        2
    """
    return Lazy(lambda: parts(ast), "prewalker")


@module.function
def postwalker(ast: Any) -> Any:
    """Return the parts of a form as a stream, inner ones first.

        iex> Macro.postwalker(quote do: f(1)) |> Enum.at(0)
        1
    """
    return Lazy(lambda: parts_outwards(ast), "postwalker")


@module.function
def path(ast: Any, fun: Any) -> Any:
    """Return the way from the first part for which `fun` is true up to the whole form, or nil.

        iex> Macro.path(quote(do: [1, {2, 3}]), &(&1 == 3))
        [3, {2, 3}, [1, {2, 3}]]
    """
    if not is_function(fun, 1):
        raise function_clause(module.name, "path", (ast, fun))
    found = way_to(ast, fun)
    return None if found is None else from_pylist(found)


@module.function
def update_meta(quoted: Any, fun: Any) -> Any:
    """Change the metadata of a form; what has none stays.

        iex> Macro.update_meta({:x, [line: 1], nil}, &Keyword.put(&1, :line, 9))
        {:x, [line: 9], nil}
    """
    if is_node(quoted):
        return quoted[0], fun(quoted[1]), quoted[2]
    return quoted


@module.function
def decompose_call(ast: Any) -> Any:
    """Return `{name, args}` or `{receiver, name, args}` of a call, or :error.

    iex> Macro.decompose_call(quote(do: Foo.bar(1)))
    {{:__aliases__, [alias: false], [:Foo]}, :bar, [1]}
    """
    if not is_node(ast) or ast[0] is TUPLE:
        return atom.error
    name, _, args = ast
    if type(name) is tuple:
        inner = to_pylist(name[2]) if name[0] is DOT and isinstance(name[2], List) else []
        if len(inner) == 2 and is_atom(inner[1]) and isinstance(args, List):
            return inner[0], inner[1], args
        return atom.error
    return (name, args) if isinstance(args, List) else (name, EMPTY)


@module.function
def pipe(expr: Any, call_args: Any, position: Any) -> Any:
    """Return a call with an expression put into its arguments at a position.

        iex> Macro.pipe(quote(do: list), quote(do: Enum.at(0)), 0) |> Macro.to_string()
        "Enum.at(list, 0)"
    """
    return insert(expr, call_args, expr, position)


@module.function
def unpipe(expr: Any) -> Any:
    """Return the steps of a pipeline as `[{form, position}]`.

        iex> Macro.unpipe(quote(do: 1 |> f() |> g())) |> Enum.map(fn {form, place} -> {Macro.to_string(form), place} end)
        [{"1", 0}, {"f()", 0}, {"g()", 0}]
    """
    steps: list[Any] = []
    while is_node(expr) and expr[0] is PIPE and isinstance(expr[2], List) and len(to_pylist(expr[2])) == 2:
        expr, step = to_pylist(expr[2])
        steps.append((step, 0))
    return from_pylist([(expr, 0), *reversed(steps)])


@module.function
def var(name: Any, context: Any) -> Any:
    """Return the form of a variable.

    iex> Macro.var(:price, nil)
    {:price, [], nil}
    """
    if not is_atom(name) or not is_atom(context):
        raise function_clause(module.name, "var", (name, context))
    return name, EMPTY, context


@module.function
def unique_var(name: Any, context: Any) -> Any:
    """Return the form of a variable that no other is the same as.

    iex> Macro.unique_var(:price, nil) == Macro.unique_var(:price, nil)
    false
    """
    if not is_atom(name) or not is_atom(context):
        raise function_clause(module.name, "unique_var", (name, context))
    counter = (atom.counter, -next(_counter))
    return name, from_pylist([counter]), context


@module.function
def generate_arguments(amount: Any, context: Any) -> Any:
    """Return `amount` variables: arg1, arg2 …

    iex> Macro.generate_arguments(2, nil)
    [{:arg1, [], nil}, {:arg2, [], nil}]
    """
    return _arguments(amount, context, shown_as(var, "25.7780521/2 in Macro.var"))


def _arguments(amount: Any, context: Any, make: Any) -> Any:
    if type(amount) is not int or amount < 0 or not is_atom(context):
        raise function_clause(module.name, "generate_arguments", (amount, context, make))
    return from_pylist([make(atom(f"arg{index}"), context) for index in range(1, amount + 1)])


@module.function
def generate_unique_arguments(amount: Any, context: Any) -> Any:
    """Return `amount` variables that no others are the same as.

    iex> Macro.generate_unique_arguments(2, nil) |> Enum.map(&elem(&1, 0))
    [:arg1, :arg2]
    """
    return _arguments(amount, context, shown_as(unique_var, "27.7780521/2 in Macro.unique_var"))


@module.function
def validate(expr: Any) -> Any:
    """Return :ok for a valid quoted form, else `{:error, the part that is not}`.

        iex> Macro.validate({:ok, 1})
        :ok
        iex> Macro.validate(%{})
        {:error, %{}}
    """
    wrong = invalid_part(expr)
    return atom.ok if wrong is None else (atom.error, wrong[0])


@module.function("quoted_literal?")
def quoted_literal(term: Any) -> Any:
    """Tell whether a form is a literal: nothing in it has to be evaluated.

        iex> Macro.quoted_literal?(quote(do: [1, :a, "b"]))
        true
        iex> Macro.quoted_literal?(quote(do: x))
        false
    """
    return is_literal(term)


@module.function("operator?")
def is_operator(name: Any, arity: Any) -> Any:
    """Tell whether `name/arity` is an operator.

        iex> Macro.operator?(:+, 2)
        true
        iex> Macro.operator?(:foo, 2)
        false
    """
    if not is_atom(name) or type(arity) is not int:
        raise function_clause(module.name, "operator?", (name, arity))
    text = atom_name(name) or ""
    if text in (".", "..") and arity == (2 if text == "." else 0):
        return True
    if text in ("...", "..//"):
        return arity in ((0, 1) if text == "..." else (3,))
    if arity == 1:
        return text in PREFIXES
    return arity == 2 and KINDS.get(text) in PRECEDENCE and text not in ("=>", "//")


@module.function("special_form?")
def special_form(name: Any, arity: Any) -> Any:
    """Tell whether `name/arity` is a special form: what the compiler itself knows.

    iex> Macro.special_form?(:quote, 2)
    true
    """
    if not is_atom(name) or type(arity) is not int:
        raise function_clause(module.name, "special_form?", (name, arity))
    return is_special_form(name, arity)


@module.function
def underscore(name: Any) -> Any:
    """Return a name in lower case with underscores.

    iex> Macro.underscore("FooBar")
    "foo_bar"
    """
    if not is_atom(name):
        if not is_binary(name):
            raise function_clause(module.name, "underscore", (name,))
        return underscored(name)
    text = atom_name(name) or ""
    if not text.startswith("Elixir."):
        raise ElixirError((atom.badmatch, text))
    return underscored(text.removeprefix("Elixir."))


@module.function
def camelize(string: Any) -> Any:
    """Return a name in camel case.

    iex> Macro.camelize("foo_bar")
    "FooBar"
    """
    return camelized(string)


@module.function
def classify_atom(name: Any) -> Any:
    """Tell how an atom is written: :alias, :identifier, :quoted or :unquoted.

        iex> Macro.classify_atom(:ready?)
        :identifier
        iex> Macro.classify_atom(Enum)
        :alias
        iex> Macro.classify_atom(:"two words")
        :quoted
    """
    return atom(kind_of_atom(name))


@module.function(arity=(2, 3))
def inspect_atom(source_format: Any, name: Any, options: Any = EMPTY) -> Any:
    """Return an atom as it is written as a literal, as a key, or right of a dot.

        iex> Macro.inspect_atom(:literal, :"two words")
        ":\\"two words\\""
        iex> Macro.inspect_atom(:key, :name)
        "name:"
    """
    which = atom_name(source_format)
    if which not in _ATOM_TEXTS or not is_atom(name):
        raise function_clause(module.name, "inspect_atom", (source_format, name, options))
    text = _ATOM_TEXTS[which](name)
    escape_text = dict(to_pylist(options)).get(atom.escape)
    if escape_text is None or '"' not in text:
        return text
    before, after = text.split('"')[0], text.rsplit('"')[-1]
    written = escape_text(atom_name(name), ord('"'))
    return export(alias("IO"), "iodata_to_binary", 1).fn(elixir_list(before + '"', written, '"' + after))


_ATOM_TEXTS: Final[dict[str | None, Callable[[Any], str]]] = {
    "literal": atom_text,
    "key": key_text,
    "remote_call": lambda name: function_name(atom_name(name) or ""),
}


def _kept(form: Any, acc: Any) -> Any:
    return form, acc


_counter = itertools.count(1)

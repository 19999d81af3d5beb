"""Code: evaluating, compiling, parsing and loading at run time."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

from pyex.code import elixir_loader, evaluation, server, versions
from pyex.code.native import NativeModule, call
from pyex.code.verification import verified
from pyex.compiler.diagnostics import Collector
from pyex.compiler.env import Env, default_env
from pyex.compiler.evaluate import eval_quoted as evaluate_form
from pyex.compiler.expand import traces
from pyex.compiler.expand.linify import with_line
from pyex.compiler.lexical import Lexical
from pyex.compiler.module import compile
from pyex.stdlib.elixir import code_diagnostics, code_docs, code_formatting, code_options, code_paths
from pyex.stdlib.elixir.file.base import path_of
from pyex.stdlib.elixir.keyword.entries import get as option
from pyex.syntax import parse
from pyex.syntax.errors import Fault
from pyex.syntax.options import Comment, Options
from pyex.syntax.reader import attempt, read
from pyex.terms.atoms import Atom, atom, atom_name, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import Signal, argument_error, elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, List, from_iterable, split_tail, to_pylist
from pyex.terms.maps import Map

module = NativeModule("Code", doc="Evaluating, compiling, parsing and loading code while a program runs.")

for _function in (
    code_paths.append_path,
    code_paths.append_paths,
    code_paths.prepend_path,
    code_paths.prepend_paths,
    code_paths.delete_path,
    code_paths.delete_paths,
    code_diagnostics.print_diagnostic,
    code_options.available_compiler_options,
    code_options.get_compiler_option,
    code_options.put_compiler_option,
):
    module.function(_function)
module.function("compiler_options", arity=0)(code_options.compiler_options)
module.function("compiler_options", arity=1)(code_options.put_compiler_options)
module.function(arity=(1, 2))(code_diagnostics.with_diagnostics)
module.function("format_string!", arity=(1, 2))(code_formatting.format_string)
module.function(code_formatting.quoted_to_algebra)
module.function("format_file!", arity=(1, 2))(code_formatting.format_file)


def _options(options: Any) -> dict[str, Any]:
    return {key.name: value for key, value in to_pylist(options)}


def _environment(given: Any, name: str, *args: Any) -> Env:
    """Return the Env of what a function takes, `__ENV__` or options; it was called with these arguments."""
    if type(given) is not Map and not isinstance(given, List):
        raise function_clause(module.name, name, args)
    if isinstance(given, List):
        options = _options(given)
        collector = Collector(evaluation.report)
        file, line, inside = options.get("file", "nofile"), options.get("line", 1), options.get("module")
        env = default_env(file=file, line=line, collector=collector, lexical=Lexical())
        return env if inside is None else env.replace(module=inside)
    return Env.of(given)


def _variables(binding: Any) -> dict[Any, Any]:
    """Return a binding as the evaluator takes it: a name, or {name, context}, to its value."""
    found: dict[Any, Any] = {}
    for key, value in to_pylist(binding):
        name, context = key if type(key) is tuple else (key, None)
        found[(atom_name(name) if context is None else (name, context))] = value
    return found


def _binding(variables: Mapping[Any, Any]) -> Any:
    """Return the evaluator's variables as a binding, the newest first."""
    pairs = [(atom(key) if type(key) is str else key, value) for key, value in variables.items()]
    return from_iterable(reversed(pairs))


@module.function(arity=(1, 2, 3))
def eval_string(string: Any, binding: Any = EMPTY, env_or_opts: Any = EMPTY) -> Any:
    """Evaluate a text: `{value, binding}`.

    iex> Code.eval_string("a + b", a: 1, b: 2) |> elem(0)
    3
    """
    env = _environment(env_or_opts, "eval_string", string, binding, env_or_opts)
    return _evaluated(parse(_text(string), file=env.file, line=env.line, columns=False, warn=evaluation.report_source), binding, env)[:2]


@module.function(arity=(1, 2, 3))
def eval_quoted(quoted: Any, binding: Any = EMPTY, env_or_opts: Any = EMPTY) -> Any:
    """Evaluate a quoted form: `{value, binding}`.

        iex> Code.eval_quoted(quote(do: 6 * 7))
        {42, []}
    """
    env = _environment(env_or_opts, "eval_quoted", quoted, binding, env_or_opts)
    return _evaluated(_lined(quoted, env), binding, env)[:2]


def _lined(quoted: Any, env: Env) -> Any:
    return with_line(quoted, env.line) if env.line else quoted


@module.function(arity=(3, 4))
def eval_quoted_with_env(quoted: Any, binding: Any, env: Any, options: Any = EMPTY) -> Any:
    """Evaluate a quoted form in an environment: `{value, binding, environment}`.

        iex> {value, binding, _env} = Code.eval_quoted_with_env(quote(do: x = 5), [], Code.env_for_eval(__ENV__))
        iex> {value, length(binding)}
        {5, 1}
    """
    where = _environment(env, "eval_quoted_with_env", quoted, binding, env, options)
    found = _evaluated(_lined(quoted, where), binding, where)
    return (found[0], _pruned(quoted, binding, found[1]), found[2]) if option(options, atom("prune_binding")) is True else found


def _pruned(quoted: Any, before: Any, after: Any) -> Any:
    """Return the variables of a binding that a form names or has changed."""
    if _names(quoted, atom("binding")):
        return after
    given = dict(to_pylist(before))
    kept = [(key, value) for key, value in to_pylist(after) if given.get(key, _CHANGED) is not value or _names(quoted, key)]
    return from_iterable(kept)


_CHANGED: Final = object()


def _names(form: Any, key: Any) -> bool:
    """Tell whether a variable, or a call without arguments, stands in a quoted form."""
    name = key[0] if type(key) is tuple else key
    if type(form) is tuple:
        return (len(form) == 3 and form[0] is name) or any(_names(part, key) for part in form)
    return type(form) is Cons and any(_names(part, key) for part in split_tail(form)[0])


@module.function
def env_for_eval(env_or_opts: Any) -> Any:
    """The environment that `eval_quoted_with_env` takes, made of options.

        iex> Code.env_for_eval(file: "rules.ex", line: 9).line
        9
    """
    return _environment(env_or_opts, "env_for_eval", env_or_opts).to_struct()


def _evaluated(quoted: Any, binding: Any, env: Env) -> tuple[Any, Any, Any]:
    try:
        with verified(), traces.called_at_the_prompt():
            result = evaluate_form(quoted, _variables(binding), env)
    except Signal as signal:
        traces.end_at_evaluation(signal, env.file)
        raise
    return result.value, _binding(result.binding), result.env.to_struct()


@module.function
def eval_file(file: Any, relative_to: Any = None) -> Any:
    """Evaluate a file: `{value, binding}`.

        iex> path = Path.join(System.tmp_dir!(), "three.exs")
        iex> File.write!(path, "one = 1
        ...> one + 2")
        iex> Code.eval_file(path)
        {3, [one: 1]}
    """
    path = _found("eval_file", file, relative_to)
    with verified():
        value, variables, _ = evaluation.evaluate_file(_contents(path), path)
    return (value, _binding(variables))


def _found(name: str, file: Any, folder: Any) -> str:
    if not is_binary(file):
        raise function_clause(module.name, name, (file, folder))
    path = os.path.abspath(os.path.join("" if folder is None else path_of(folder), path_of(file)))
    if not os.path.isfile(path):
        message = f"could not load {path}. Reason: enoent"
        raise elixir_error("Code.LoadError", file=path, reason=atom.enoent, message=message)
    return path


def _contents(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


_required: Final[dict[str, Any]] = {}


@module.function
def compile_file(file: Any, relative_to: Any = None) -> Any:
    """Compile a file: `[{module, binary}]` of its modules.

        iex> path = Path.join(System.tmp_dir!(), "lamp.ex")
        iex> File.write!(path, "defmodule Lamp do
        ...>   def on, do: true
        ...> end")
        iex> [{module, _}] = Code.compile_file(path)
        iex> module.on()
        true
    """
    path = _found("compile_file", file, relative_to)
    return _modules_of(lambda: elixir_loader.compile_text(_contents(path), path))


def _modules_of(action: Callable[[], Any]) -> Any:
    """Return `[{module, binary}]` of the modules that are compiled meanwhile."""
    found: list[tuple[Any, bytes]] = []

    def note(name: Any, data: bytes) -> None:
        found.append((name, data))

    compile.watchers.append(note)
    try:
        with verified():
            action()
    finally:
        compile.watchers.remove(note)
    return from_iterable(found)


@module.function
def require_file(file: Any, relative_to: Any = None) -> Any:
    """Compile a file unless it was required before: `[{module, binary}]`, or `nil`.

        iex> path = Path.join(System.tmp_dir!(), "once.exs")
        iex> File.write!(path, "1")
        iex> {Code.require_file(path), Code.require_file(path)}
        {[], nil}
    """
    path = _found("require_file", file, relative_to)
    if path in _required:
        return None
    _required[path] = True
    return compile_file(path)


@module.function
def required_files() -> Any:
    """The files that were required.

        iex> path = Path.join(System.tmp_dir!(), "listed.exs")
        iex> File.write!(path, "1")
        iex> Code.require_file(path)
        iex> path in Code.required_files()
        true
    """
    return from_iterable(_required)


@module.function
def unrequire_files(files: Any) -> Any:
    """Let files be required again.

        iex> path = Path.join(System.tmp_dir!(), "again.exs")
        iex> File.write!(path, "1")
        iex> Code.require_file(path)
        iex> Code.unrequire_files([path])
        :ok
    """
    if not isinstance(files, List):
        raise function_clause(module.name, "unrequire_files", (files,))
    for file in to_pylist(files):
        _required.pop(file, None)
    return atom.ok


@module.function(arity=(1, 2))
def load_file(file: Any, relative_to: Any = None) -> Any:
    """Compile a file, as `compile_file` does, and count it as required: `[{module, binary}]`."""
    path = _found("load_file", file, relative_to)
    _required[path] = True
    return compile_file(path)


@module.function
def loaded_files() -> Any:
    """The files that were required: the older name of `required_files`."""
    return required_files()


@module.function
def unload_files(files: Any) -> Any:
    """Let files be required again: the older name of `unrequire_files`."""
    return unrequire_files(files)


@module.function("can_await_module_compilation?")
def can_await_module_compilation() -> bool:
    """Whether a module is compiled just now that other files may wait for.

    iex> Code.can_await_module_compilation?()
    false
    """
    return elixir_loader.is_compiling()


@module.function
def purge_compiler_modules() -> Any:
    """Forget the modules that the compiler made for its own use: there are none, since it makes none.

    iex> Code.purge_compiler_modules()
    {:ok, 0}
    """
    return (atom.ok, 0)


@module.function
def get_docs(name: Any, kind: Any) -> Any:
    """Return `nil`: the documentation that this older function read is kept nowhere; see `fetch_docs`.

    iex> Code.get_docs(String, :docs)
    nil
    """
    return None


@module.function(arity=(1, 2))
def compile_string(string: Any, file: Any = "nofile") -> Any:
    """Compile a text: `[{module, binary}]` of its modules.

        iex> [{Desk, _}] = Code.compile_string("defmodule Desk do
        ...>   def legs, do: 4
        ...> end")
        iex> Desk.legs()
        4
    """
    return compile_quoted(parse(string, file=file, warn=evaluation.report_source), file)


@module.function(arity=(1, 2))
def compile_quoted(quoted: Any, file: Any = "nofile") -> Any:
    """Compile a quoted form: `[{module, binary}]` of its modules.

        iex> [{module, _}] = Code.compile_quoted(quote(do: defmodule(Chair, do: def(legs, do: 3))))
        iex> module.legs()
        3
    """
    return _modules_of(lambda: evaluate_form(quoted, {}, evaluation.file_env(file)))


@module.function(arity=(1, 2))
def string_to_quoted(string: Any, options: Any = EMPTY) -> Any:
    """Parse a text: `{:ok, quoted}`, or `{:error, {where, message, token}}`.

        iex> Code.string_to_quoted("1 + x")
        {:ok, {:+, [line: 1], [1, {:x, [line: 1], nil}]}}
        iex> {:error, {_where, what, near}} = Code.string_to_quoted("1 +")
        iex> {what, near}
        {"syntax error before: ", ""}
    """
    found = attempt(_text(string), _reading(options))
    return (atom.error, found.as_tuple()) if type(found) is Fault else (atom.ok, found)


@module.function("string_to_quoted!", arity=(1, 2))
def string_to_quoted_or_raise(string: Any, options: Any = EMPTY) -> Any:
    """Parse a text; raises SyntaxError, TokenMissingError or MismatchedDelimiterError.

        iex> Code.string_to_quoted!("[a: 1]")
        [a: 1]
    """
    return read(_text(string), _reading(options))


def _text(string: Any) -> Any:
    return string if is_binary(string) else "".join(map(chr, to_pylist(string)))


@module.function(arity=(1, 2))
def string_to_quoted_with_comments(string: Any, options: Any = EMPTY) -> Any:
    """Parse a text: `{:ok, quoted, comments}`, or `{:error, {where, message, token}}`.

    iex> {:ok, _, [comment]} = Code.string_to_quoted_with_comments("1 # one")
    iex> {comment.text, comment.column}
    {"# one", 3}
    """
    comments: list[Comment] = []
    found = attempt(_text(string), _reading(options, comments))
    return (atom.error, found.as_tuple()) if type(found) is Fault else (atom.ok, found, _comments(comments))


@module.function("string_to_quoted_with_comments!", arity=(1, 2))
def string_to_quoted_with_comments_or_raise(string: Any, options: Any = EMPTY) -> Any:
    """Parse a text: `{quoted, comments}`; raises what `string_to_quoted!` raises.

    iex> {1, [comment]} = Code.string_to_quoted_with_comments!("1 # one")
    iex> comment.line
    1
    """
    comments: list[Comment] = []
    found = read(_text(string), _reading(options, comments))
    return found, _comments(comments)


def _comments(comments: list[Comment]) -> Any:
    """Return comments as maps."""
    names = ("text", "line", "column", "previous_eol_count", "next_eol_count")
    keys = [atom(name) for name in names]
    return from_iterable(
        [
            Map.from_pairs(
                zip(keys, (one.text, one.line, one.column, one.breaks_before, one.breaks_behind), strict=True)
            )
            for one in comments
        ]
    )


def _reading(options: Any, comments: list[Comment] | None = None) -> Options:
    given = _options(options)
    return Options(
        given.get("file", "nofile"),
        given.get("line", 1),
        given.get("column", 1),
        given.get("columns", False) is True,
        given.get("token_metadata", False) is True,
        given.get("literal_encoder"),
        given.get("existing_atoms_only", False) is True,
        evaluation.report_source if given.get("emit_warnings", True) is True else None,
        unescape=given.get("unescape", True) is True,
        comments=comments,
    )


@module.function(arity=(1, 2))
def cursor_context(fragment: Any, options: Any = EMPTY) -> Any:
    """Return what stands at the end of a fragment: the older name of `Code.Fragment.cursor_context`.

    iex> Code.cursor_context("total = pri")
    {:local_or_var, ~c"pri"}
    """
    return call("Code.Fragment", "cursor_context", fragment, options)


@module.function
def ensure_loaded(name: Any) -> Any:
    """Load a module: `{:module, name}` or `{:error, :nofile}`.

        iex> Code.ensure_loaded(Enum)
        {:module, Enum}
        iex> Code.ensure_loaded(NowhereToBeFound)
        {:error, :nofile}
    """
    found = server.ensure_loaded(name) if type(name) is Atom else None
    return (atom.module, name) if found is not None else (atom.error, atom.nofile)


@module.function
def ensure_compiled(name: Any) -> Any:
    """Compile and load a module: `{:module, name}` or `{:error, :nofile}`.

        iex> Code.ensure_compiled(Enum)
        {:module, Enum}
    """
    return ensure_loaded(name)


@module.function("ensure_loaded?")
def is_loadable(name: Any) -> bool:
    """Whether a module is loaded or can be.

        iex> Code.ensure_loaded?(Keyword)
        true
    """
    if not is_atom(name):
        raise function_clause(module.name, "ensure_loaded?", (name,))
    return ensure_loaded(name)[0] is atom.module


@module.function("ensure_compiled?", doc=False)
def is_compilable(name: Any) -> bool:
    """Whether a module is loaded or can be compiled.

        iex> Code.ensure_compiled?(Keyword)
        true
    """
    if not is_atom(name):
        raise function_clause(module.name, "ensure_compiled?", (name,))
    return is_loadable(name)


@module.function("ensure_loaded!")
def ensure_loaded_or_raise(name: Any) -> Any:
    """Load a module and return its name; raises ArgumentError when there is none.

        iex> Code.ensure_loaded!(Map)
        Map
    """
    if not is_loadable(name):
        raise argument_error(f"could not load module {inspect(name)} due to reason :nofile")
    return name


@module.function("ensure_compiled!")
def ensure_compiled_or_raise(name: Any) -> Any:
    """Compile and load a module and return its name; raises ArgumentError when there is none.

        iex> Code.ensure_compiled!(Map)
        Map
    """
    return ensure_loaded_or_raise(name)


@module.function
def ensure_all_loaded(names: Any) -> Any:
    """Load modules: `:ok`, or `{:error, [{name, reason}]}`.

        iex> Code.ensure_all_loaded([Enum, Map])
        :ok
        iex> Code.ensure_all_loaded([Enum, NowhereToBeFound])
        {:error, [{NowhereToBeFound, :nofile}]}
    """
    missing = [(name, atom.nofile) for name in to_pylist(names) if not is_loadable(name)]
    return (atom.error, from_iterable(missing)) if missing else atom.ok


@module.function("ensure_all_loaded!")
def ensure_all_loaded_bang(names: Any) -> Any:
    """Load modules; raises ArgumentError when one of them is missing.

        iex> Code.ensure_all_loaded!([Enum, String])
        :ok
    """
    found = ensure_all_loaded(names)
    if found is atom.ok:
        return found
    lines = [f"  * {inspect(name)} due to reason {inspect(reason)}" for name, reason in to_pylist(found[1])]
    raise argument_error("could not load the following modules:\n\n" + "\n".join(lines))


@module.function("loaded?")
def is_loaded(name: Any) -> bool:
    """Whether a module is loaded.

        iex> Code.loaded?(NowhereToBeFound)
        false
    """
    return versions.current(name) is not None


@module.function
def fetch_docs(name: Any) -> Any:
    """The documentation of a module as data: `{:docs_v1, …}`, or `{:error, :module_not_found}`.

    iex> {:docs_v1, _, :elixir, "text/markdown", %{"en" => _}, %{}, docs} = Code.fetch_docs(Tuple)
    iex> {{:function, :to_list, 1}, _, ["to_list(tuple)"], %{"en" => _}, %{}} = List.last(docs)
    iex> Code.fetch_docs(NoSuchModule)
    {:error, :module_not_found}
    """
    version = server.ensure_loaded(name) if type(name) is Atom else None
    if version is None or (version.kind != "native" and version.file is None):
        return (atom.error, atom.module_not_found)
    return code_docs.documentation(version) or (atom.error, atom.chunk_not_found)

"""ExUnit.Case: what `use ExUnit.Case` gives a module: `test`, `describe`, and tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.compiler.env import Env
from pyex.compiler.kernel import build
from pyex.compiler.kernel.build import block, kernel, keyword_pairs, remote
from pyex.compiler.module.builder import BUILDERS
from pyex.compiler.module.escape import escape, hand_over
from pyex.compiler.module.store import store_definition
from pyex.stdlib.elixir.ex_unit.suite import suite
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error, elixir_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map

module = NativeModule("ExUnit.Case", doc="Makes a module a set of tests: `use ExUnit.Case`.")
CASE: Final = alias("ExUnit.Case")
_KEY: Final = "ex_unit"
_RESERVED: Final = frozenset(("module", "file", "line", "test", "async", "registered", "describe"))
_TAGS: Final = ("tag", "describetag", "moduletag")


@dataclass(slots=True)
class Declared:
    """What a module under compilation has declared so far."""

    is_async: bool = False
    parameters: Any = None
    tests: list[tuple[Any, Map]] = field(default_factory=list)
    describe: str | None = None
    describe_line: int | None = None
    described: list[str] = field(default_factory=list)
    setups: list[tuple[str, str | None, Any]] = field(default_factory=list)
    """(`setup` or `setup_all`, the describe block it stands in, name of a function or {module, name})."""


def declared(env: Env) -> Declared:
    """Return what a module of tests has declared; raises when it is none."""
    found = BUILDERS[env.module].extra.get(_KEY)
    if not isinstance(found, Declared):
        raise elixir_error(
            "RuntimeError",
            message='cannot define test. Please make sure you have invoked "use ExUnit.Case" in the current module',
        )
    return found


@module.macro("__using__", doc=False)
def using(env: Any, opts: Any) -> Any:
    """Make a module a set of tests."""
    names = ("ExUnit.Callbacks", "ExUnit.Assertions", "ExUnit.Case", "ExUnit.DocTest")
    quiet = elixir_list((atom("warn"), False))
    imports = [build.call("import", alias(name), quiet) for name in names]
    hooks = [kernel("@", build.call(hook, CASE)) for hook in ("before_compile", "after_compile")]
    return block(remote(CASE, "__open__", opts, hand_over(env, env)), *imports, *hooks)


@module.function("__open__", doc=False)
def open_module(opts: Any, env: Any) -> Any:
    """Begin to note what a module declares."""
    where = Env.of(env)
    if not suite.started:
        raise elixir_error(
            "RuntimeError",
            message="cannot use ExUnit.Case without starting the ExUnit application, "
            "please call ExUnit.start() or explicitly start the :ex_unit app",
        )
    given = {key.name: value for key, value in to_pylist(opts)}
    BUILDERS[where.module].extra.setdefault(_KEY, Declared(given.get("async", False) is True))
    for name in _TAGS:
        call("Module", "register_attribute", where.module, atom(name), elixir_list((atom("accumulate"), True)))
    return atom.ok


@module.macro("test", arity=(1, 2, 3))
def define_test(env: Any, message: Any, var: Any = None, contents: Any = None) -> Any:
    """Define a test, with its context as the second argument where it wants it.

        test "one and one", %{start: start} do
          assert start + 1 == 2
        end

    Without a body it fails as not implemented.
    """
    if contents is None and keyword_pairs(var) and keyword_pairs(var)[0][0] is atom.do:  # type: ignore[index]
        var, contents = build.UNDERSCORE, var
    here = hand_over(env, env)
    if contents is None:
        flunk = remote(alias("ExUnit.Assertions"), "flunk", "Not implemented")
        contents = elixir_list((atom.do, flunk))
        var = build.UNDERSCORE
        here = remote(CASE, "__not_implemented__", here)
    return remote(CASE, "__define__", message, escape(var, unquote=True), escape(contents, unquote=True), here)


@module.function("__not_implemented__", doc=False)
def not_implemented(env: Any) -> Any:
    """Mark the next test as one without a body."""
    call("Module", "put_attribute", Env.of(env).module, atom("tag"), atom("not_implemented"))
    return env


@module.function("__define__", doc=False)
def define(message: Any, var: Any, contents: Any, env: Any) -> Any:
    """Store a test of the module under compilation."""
    where = Env.of(env)
    name = register(where, "test", message, EMPTY)
    parts = dict(keyword_pairs(contents) or ())
    # what stands last in a test is no tail call: its frame is looked for on the stack
    body = elixir_list(
        (atom.do, block(parts.get(atom.do), atom.ok)), *(pair for pair in parts.items() if pair[0] is not atom.do)
    )
    store_definition("def", (name, EMPTY, elixir_list(var)), body, True, where, grouped=False)
    return (name, 1)


def register(env: Env, kind: str, message: Any, more: Any) -> Any:
    """Note a test with the tags that stand before it; returns the name of its function."""
    noted = declared(env)
    words = [kind, *([noted.describe] if noted.describe is not None else []), str(message)]
    name = atom(" ".join(words))
    if any(name is known for known, _ in noted.tests):
        raise elixir_error(
            "ExUnit.DuplicateTestError", message=f'"{name.name}" is already defined in {inspect(env.module)}'
        )
    tags: dict[Any, Any] = {}
    for attribute in ("moduletag", "describetag", "tag"):
        values = call("Module", "get_attribute", env.module, atom(attribute))
        for value in reversed(to_pylist(values)):
            _add_tags(tags, value)
    _add_tags(tags, more)
    call("Module", "delete_attribute", env.module, atom("tag"))
    own = {
        "async": noted.is_async,
        "describe": noted.describe,
        "describe_line": noted.describe_line,
        "file": env.file,
        "line": env.line,
        "module": env.module,
        "registered": Map(),
        "test": name,
        "test_type": atom(kind),
    }
    pairs = [*tags.items(), *((atom(key), value) for key, value in own.items())]
    noted.tests.append((name, Map.from_pairs(pairs)))
    return name


def _add_tags(tags: dict[Any, Any], value: Any) -> None:
    if type(value) is Atom:
        tags[value] = True
        return
    for key, given in to_pylist(value) if isinstance(value, List) else value.items():
        if key.name in _RESERVED:
            raise elixir_error(
                "RuntimeError", message=f"cannot set tag {inspect(key)} because it is reserved by ExUnit"
            )
        tags[key] = given


@module.macro
def describe(env: Any, message: Any, contents: Any) -> Any:
    """Group tests under a common name; a `setup` inside is for them alone."""
    body = dict(keyword_pairs(contents) or ()).get(atom.do)
    here = hand_over(env, env)
    return block(remote(CASE, "__describe__", message, here), body, remote(CASE, "__end_describe__", here))


@module.function("__describe__", doc=False)
def begin_describe(message: Any, env: Any) -> Any:
    """Begin a group of tests."""
    where = Env.of(env)
    noted = declared(where)
    if noted.describe is not None:
        raise elixir_error(
            "RuntimeError",
            message='cannot call "describe" inside another "describe". See the documentation for ExUnit.Case.describe/2 '
            "on named setups and how to handle hierarchies",
        )
    if type(message) is not str:
        raise argument_error(f"describe name must be a string, got: {inspect(message)}")
    if to_pylist(call("Module", "get_attribute", where.module, atom("describetag"))):
        raise elixir_error("RuntimeError", message="@describetag must be set inside describe/2 blocks")
    if message in noted.described:
        raise elixir_error(
            "ExUnit.DuplicateDescribeError",
            message=f'describe "{message}" is already defined in {inspect(where.module)}',
        )
    noted.describe, noted.describe_line = message, where.line
    noted.described.append(message)
    return atom.ok


@module.function("__end_describe__", doc=False)
def end_describe(env: Any) -> Any:
    """End a group of tests."""
    where = Env.of(env)
    noted = declared(where)
    noted.describe = noted.describe_line = None
    call("Module", "delete_attribute", where.module, atom("describetag"))
    return atom.ok


@module.macro("__before_compile__", doc=False)
def before_compile(env: Any, module_env: Any) -> Any:
    """Define what the runner asks a module of tests for: its tests, and its setups as one function for each kind."""
    noted = declared(env)
    tests = from_pylist([(name, tags) for name, tags in noted.tests])
    summary = (tests, noted.is_async, any(kind == "setup_all" for kind, _, _ in noted.setups))
    forms = [_definition([], escape(summary))]
    for kind in ("setup_all", "setup"):
        for name in (None, *noted.described):
            chosen = [target for found, where, target in noted.setups if found == kind and where == name]
            if chosen or name is None:
                forms.append(_setup(kind, name, chosen))
    forms.append(_definition([build.UNDERSCORE, build.var("context")], build.var("context")))
    return block(*forms)


def _definition(parameters: list[Any], body: Any) -> Any:
    return block(
        kernel("@", build.call("doc", False)),
        kernel("def", build.call("__ex_unit__", *parameters), elixir_list((atom.do, body))),
    )


def _setup(kind: str, name: str | None, targets: list[Any]) -> Any:
    context = build.var("context")
    steps = []
    for target in targets:
        called = (
            remote(target[0], target[1].name, context) if type(target) is tuple else build.call(target.name, context)
        )
        merged = remote(alias("ExUnit.Callbacks"), "__merge__", build.MODULE, atom(kind), context, called)
        steps.append(build.match(context, merged))
    return _definition([atom(kind) if name is None else (atom(kind), name), context], block(*steps, context))


@module.function("__after_compile__", doc=False)
def after_compile(env: Any, bytecode: Any) -> Any:
    """Hand a module that is compiled to the next run."""
    name = Env.of(env).module
    if name not in suite.waiting:
        suite.waiting.append(name)
    return atom.ok


@module.function
def register_test(env: Any, kind: Any, name: Any, tags: Any) -> Any:
    """Register a test of one's own kind; returns the name of the function to define for it."""
    return register(Env.of(env), kind.name, name, tags)

"""ExUnit.Callbacks: what is done before and after tests, and the processes that live as long as one."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.compiler.env import Env
from pyex.compiler.kernel.build import UNDERSCORE, keyword_pairs, remote
from pyex.compiler.module.escape import escape, hand_over
from pyex.compiler.module.store import store_definition
from pyex.runtime import self_pid
from pyex.stdlib.elixir.ex_unit.case import declared
from pyex.stdlib.elixir.ex_unit.suite import IN_TEST
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error, elixir_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, from_iterable, from_pylist, to_pylist
from pyex.terms.maps import Map

module = NativeModule("ExUnit.Callbacks", doc="What is done before and after tests: `setup`, `setup_all`, `on_exit`.")
CALLBACKS: Final = alias("ExUnit.Callbacks")
_RESERVED: Final = frozenset(map(atom, ("case", "file", "line", "test", "async", "registered", "describe")))


@module.macro(arity=(1, 2))
def setup(env: Any, block_or_functions: Any, contents: Any = None) -> Any:
    """Say what is done before each test: a block (with the context, where it is wanted), or names of functions.

    What it returns, `:ok`, a keyword list or a map (also as `{:ok, more}`), is added to the context.
    """
    return _callback("setup", env, block_or_functions, contents)


@module.macro(arity=(1, 2))
def setup_all(env: Any, block_or_functions: Any, contents: Any = None) -> Any:
    """Say what is done once before the tests of the module, in a process that lives until the last has ended."""
    return _callback("setup_all", env, block_or_functions, contents)


def _callback(kind: str, env: Any, given: Any, contents: Any) -> Any:
    here = hand_over(env, env)
    var = given
    if contents is None:
        pairs = keyword_pairs(given)
        if not pairs or pairs[0][0] is not atom.do:
            return remote(CALLBACKS, "__named__", atom(kind), given, here)
        var, contents = UNDERSCORE, given
    return remote(CALLBACKS, "__block__", atom(kind), escape(var, unquote=True), escape(contents, unquote=True), here)


@module.function("__named__", doc=False)
def named(kind: Any, functions: Any, env: Any) -> Any:
    """Note functions that prepare tests."""
    where = Env.of(env)
    noted = declared(where)
    for target in to_pylist(functions) if isinstance(functions, List) else [functions]:
        if type(target) is not Atom and not (type(target) is tuple and len(target) == 2):
            raise argument_error(
                f"{kind.name}/1 expects a callback as an atom, a {{module, function}} tuple or a list of callbacks, "
                f"got: {inspect(functions)}"
            )
        noted.setups.append((kind.name, noted.describe, target))
    return atom.ok


@module.function("__block__", doc=False)
def from_block(kind: Any, var: Any, contents: Any, env: Any) -> Any:
    """Store a block that prepares tests as a function of the module."""
    where = Env.of(env)
    noted = declared(where)
    name = atom(f"__ex_unit_{kind.name}_{len(noted.setups)}")
    noted.setups.append((kind.name, noted.describe, name))
    store_definition("defp", (name, EMPTY, elixir_list(var)), contents, True, where, check=False)
    return atom.ok


@module.function("__merge__", doc=False)
def merge(owner: Any, kind: Any, context: Any, returned: Any) -> Any:
    """Return the context with what a setup returned."""
    given = returned
    if type(returned) is tuple and len(returned) == 2 and returned[0] is atom.ok:
        given = returned[1]
    elif returned is atom.ok:
        return context
    if type(given) is Map and given.struct is None:
        pairs = list(given.items())
    elif isinstance(given, List) and keyword_pairs(given) is not None:
        pairs = to_pylist(given)
    else:
        raise elixir_error(
            "RuntimeError",
            message=f"expected ExUnit {kind.name} callback in {inspect(owner)} to return the atom :ok, a keyword, "
            f"or a map, got {inspect(returned)} instead",
        )
    for key, value in pairs:
        if key in _RESERVED and key in context and context[key] != value:
            raise elixir_error(
                "RuntimeError",
                message=f"ExUnit {kind.name} callback in {inspect(owner)} is trying to set reserved field "
                f"{inspect(key)} to {inspect(value)}",
            )
        context = context.put(key, value)
    return context


@module.function(arity=(1, 2))
def on_exit(name_or_function: Any, function: Any = None) -> Any:
    """Say what is done when the test has ended; a name lets a later call replace it."""
    name = name_or_function if function is not None else object()
    todo = IN_TEST.get(self_pid())
    if todo is None:
        raise argument_error("on_exit/2 can only be invoked from the test process")
    todo[:] = [pair for pair in todo if function is None or pair[0] != name]
    todo.append((name, function if function is not None else name_or_function))
    return atom.ok


# ---- supervised processes


_supervisors: Final[dict[Any, Any]] = {}


def supervisor_of(pid: Any) -> Any:
    """Return the supervisor of the processes of a test, nil when it has none."""
    return _supervisors.get(pid)


def stop_supervisor(pid: Any) -> None:
    """End the processes that a test started, the last one first."""
    supervisor = _supervisors.pop(pid, None)
    if supervisor is not None and call("Process", "alive?", supervisor):
        call("Supervisor", "stop", supervisor)


@module.function
def fetch_test_supervisor() -> Any:
    """Return `{:ok, pid}` of the test's supervisor, started at the first question."""
    me = self_pid()
    if me not in IN_TEST:
        return atom.error
    if me not in _supervisors:
        options = from_pylist(
            [(atom("strategy"), atom("one_for_one")), (atom("max_restarts"), 1_000_000), (atom("max_seconds"), 1)]
        )
        _supervisors[me] = call("Supervisor", "start_link", EMPTY, options)[1]
        call("Process", "unlink", _supervisors[me])
    return (atom.ok, _supervisors[me])


def _supervisor(name: str) -> Any:
    found = fetch_test_supervisor()
    if found is atom.error:
        raise argument_error(f"{name} can only be invoked from the test process")
    return found[1]


@module.function(arity=(1, 2))
def start_supervised(child_spec_or_module: Any, opts: Any = EMPTY) -> Any:
    """Start a process that ends before the test does: `{:ok, pid}` or `{:error, reason}`."""
    supervisor = _supervisor("start_supervised/2")
    spec = call("Supervisor", "child_spec", child_spec_or_module, opts)
    return call("Supervisor", "start_child", supervisor, spec)


@module.function("start_supervised!", arity=(1, 2))
def start_supervised_or_raise(child_spec_or_module: Any, opts: Any = EMPTY) -> Any:
    """Start a process that ends before the test does, and return its pid."""
    found = start_supervised(child_spec_or_module, opts)
    if found[0] is atom.ok:
        return found[1]
    shown = inspect(call("Supervisor", "child_spec", child_spec_or_module, opts))
    raise elixir_error(
        "RuntimeError",
        message=f"failed to start child with the spec {shown}.\nReason: {call('Exception', 'format_exit', found[1])}",
    )


@module.function("start_link_supervised!", arity=(1, 2))
def start_link_supervised(child_spec_or_module: Any, opts: Any = EMPTY) -> Any:
    """Start a process as `start_supervised!` does, linked to the test."""
    pid = start_supervised_or_raise(child_spec_or_module, opts)
    call("Process", "link", pid)
    return pid


@module.function
def stop_supervised(id: Any) -> Any:
    """End a process of the test's supervisor: `:ok` or `{:error, :not_found}`."""
    supervisor = _supervisor("stop_supervised/1")
    children = to_pylist(call("Supervisor", "which_children", supervisor))
    for child, pid, _kind, _modules in children:
        if child == id:
            call("Process", "unlink", pid)
            call("Supervisor", "terminate_child", supervisor, id)
            call("Supervisor", "delete_child", supervisor, id)
            return atom.ok
    return (atom.error, atom("not_found"))


@module.function("stop_supervised!")
def stop_supervised_or_raise(id: Any) -> Any:
    """End a process of the test's supervisor."""
    if stop_supervised(id) is not atom.ok:
        children = call("Supervisor", "which_children", _supervisor("stop_supervised!/1"))
        known = from_iterable([child[0] for child in to_pylist(children)])
        raise elixir_error(
            "RuntimeError",
            message=f"could not stop child ID {inspect(id)} because it was not found, children IDs: {inspect(known)}",
        )
    return atom.ok

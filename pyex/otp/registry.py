"""Registry: processes by key, on this node; names for servers, or groups of processes under one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import child_specs, gen_server, match_specs, supervisor
from pyex.otp.match_spec_faults import faults
from pyex.otp.options import by_name
from pyex.otp.registry_server import above, tell
from pyex.otp.registry_table import UNIQUE, Table, table
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import ElixirError, argument_error, bad_argument, erlang_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, from_iterable, from_pylist, is_proper, to_pylist
from pyex.terms.order import identical
from pyex.terms.pids import Pid, Reference

NAME: Final = alias("Registry")
OK: Final = atom("ok")
ERROR: Final = atom("error")
NOREPLY: Final = atom("noreply")
REPLY: Final = atom("reply")
UNDEFINED: Final = atom("undefined")
DUPLICATE: Final = atom("duplicate")
module = NativeModule("Registry", doc="Processes by key: names for servers, or groups of processes under one key.")


# ---- the client


@module.function("start_link", arity=1)
def start_link(options: Any) -> Any:
    """Start a registry; options are `keys` (`:unique` or `:duplicate`), `name`, `listeners`, `meta` and `partitions`.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Example.Names)
        iex> {:ok, _} = Registry.register(Example.Names, "me", :value)
        iex> [{pid, value}] = Registry.lookup(Example.Names, "me")
        iex> {pid == self(), value}
        {true, :value}
    """
    given = by_name(options)
    kind = given.get("keys")
    if kind is not UNIQUE and kind is not DUPLICATE:
        raise argument_error(f"expected :keys to be given and be one of :unique or :duplicate, got: {inspect(kind)}")
    name = given.get("name")
    if name is None:
        raise argument_error("expected :name option to be present")
    if type(name) is not Atom:
        raise argument_error(f"expected :name to be an atom, got: {inspect(name)}")
    meta = _option(given, "meta", EMPTY, "a keyword list", _is_keyword)
    partitions = _option(given, "partitions", 1, "a positive integer", lambda value: type(value) is int and value > 0)
    listeners = _option(given, "listeners", EMPTY, "a list of named processes", _are_names)
    compressed = _option(given, "compressed", False, "a boolean", lambda value: type(value) is bool)
    # The numbers are the names of Elixir's own entries beside those of the user, as the state of the supervisor shows them.
    own = [(-1, (kind, partitions, None, None, listeners)), (-2, (kind, partitions, None))]
    argument = (kind, name, partitions, listeners, from_pylist([*own, *to_pylist(meta)]), compressed)
    return gen_server.start_link(supervisor.SERVER, (above.name, argument), elixir_list((atom("name"), name)))


@module.function("start_link", arity=(2, 3))
def start_by_kind(kind: Any, name: Any, options: Any = EMPTY) -> Any:
    """Start a registry: its kind and its name stand before its options, as they did before Elixir 1.5.

        iex> {:ok, _} = Registry.start_link(:duplicate, Example.Topics)
        iex> Registry.count(Example.Topics)
        0
    """
    if kind is not UNIQUE and kind is not DUPLICATE or type(name) is not Atom:
        raise function_clause(NAME, "start_link", (kind, name, options))
    if not is_proper(options):
        raise bad_argument("lists", "keyfind", (atom("listeners"), 1, options), a3="not a proper list")
    named = elixir_list((atom("keys"), kind), (atom("name"), name))
    return start_link(from_pylist([*to_pylist(named), *to_pylist(options)]))


def _option(given: dict[str, Any], name: str, default: Any, what: str, accepts: Callable[[Any], bool]) -> Any:
    value = given.get(name, default)
    if not accepts(value):
        raise argument_error(f"expected :{name} to be {what}, got: {inspect(value)}")
    return value


def _is_keyword(meta: Any) -> bool:
    return is_proper(meta) and all(type(item) is tuple and len(item) == 2 and type(item[0]) is Atom for item in to_pylist(meta))


def _are_names(listeners: Any) -> bool:
    return is_proper(listeners) and all(type(listener) is Atom for listener in to_pylist(listeners))


@module.function
def child_spec(options: Any) -> Any:
    """The specification of a registry under a supervisor.

        iex> Registry.child_spec(keys: :unique, name: Rooms).id
        Rooms
    """
    given = by_name(options)
    spec = child_specs.spec_map(NAME, options, type=child_specs.SUPERVISOR)
    return spec.put(child_specs.ID, given.get("name", NAME))


@module.function
def register(registry: Any, key: Any, value: Any) -> Any:
    """Register the calling process under a key; `{:error, {:already_registered, pid}}` when a unique key is taken.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Example.Keys)
        iex> {:ok, _} = Registry.register(Example.Keys, :a, 1)
        iex> Registry.keys(Example.Keys, self())
        [:a]
    """
    made = table(registry)
    me = runtime.self_pid()
    if made.is_unique:
        taken = made.lookup(key)
        if taken:
            return ERROR, (atom("already_registered"), taken[0][0])
    keeper = made.keeper(me)
    runtime.link(keeper)
    made.add(key, me, value)
    tell(made, atom("register"), registry, key, me, value)
    return OK, keeper


@module.function
def unregister(registry: Any, key: Any) -> Any:
    """Take the calling process's entries of a key away.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Example.Gone)
        iex> {:ok, _} = Registry.register(Example.Gone, :a, 1)
        iex> Registry.unregister(Example.Gone, :a)
        :ok
        iex> Registry.lookup(Example.Gone, :a)
        []
    """
    made = table(registry)
    me = runtime.self_pid()
    entries = made.lookup(key)
    rest = [entry for entry in entries if entry[0] != me]
    made.replace(key, rest, me)
    if len(rest) != len(entries):
        tell(made, atom("unregister"), registry, key, me)
    _unlink_if_idle(made, me)
    return OK


def _unlink_if_idle(made: Table, pid: Pid) -> None:
    if pid not in made.owners:
        runtime.unlink(made.keeper(pid))


@module.function("unregister_match", arity=(3, 4))
def unregister_match(registry: Any, key: Any, pattern: Any, guards: Any = EMPTY) -> Any:
    """Take those of the calling process's entries of a key away whose value matches.

        iex> {:ok, _} = Registry.start_link(keys: :duplicate, name: Topics)
        iex> Registry.register(Topics, "news", :old)
        iex> Registry.register(Topics, "news", :new)
        iex> Registry.unregister_match(Topics, "news", :old)
        :ok
        iex> Registry.values(Topics, "news", self())
        [:new]
    """
    made = table(registry)
    me = runtime.self_pid()
    _check("internal_select_delete", key, pattern, guards, me, True)
    rest = [entry for entry in made.lookup(key) if entry[0] != me or not _matches(pattern, guards, entry[1])]
    made.replace(key, rest, me)
    _unlink_if_idle(made, me)
    return OK


def _matches(pattern: Any, guards: Any, value: Any) -> bool:
    bound: dict[int, Any] = {}
    return match_specs.match(pattern, value, bound) and match_specs.holds(guards, value, bound)


def _check(name: str, key: Any, pattern: Any, guards: Any, owner: Any, answer: Any) -> None:
    """Refuse a pattern and guards that make no match specification, with the one that the table of entries is asked with."""
    if faults(elixir_list(((pattern,), guards, elixir_list(True)))):
        of_key = (atom("=:="), (atom("element"), 1, _WHOLE), (atom("const"), key))
        head = (_ANY, (owner, pattern))
        raise _no_spec(name, elixir_list((head, from_iterable([of_key], guards), elixir_list(answer))))


_ANY: Final = atom("_")
_WHOLE: Final = atom("$_")
_SECOND: Final = (atom("element"), 2, _WHOLE)


def _no_spec(name: str, spec: Any) -> ElixirError:
    return bad_argument("ets", name, (Reference(), spec), a2="not a valid match specification")


@module.function
def lookup(registry: Any, key: Any) -> Any:
    """The processes of a key with their values, `{pid, value}` each.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Seats)
        iex> Registry.register(Seats, 12, :window)
        iex> Registry.lookup(Seats, 12) == [{self(), :window}]
        true
        iex> Registry.lookup(Seats, 13)
        []
    """
    return from_pylist(table(registry).lookup(key))


@module.function("match", arity=(3, 4))
def match(registry: Any, key: Any, pattern: Any, guards: Any = EMPTY) -> Any:
    """The entries of a key whose value matches a pattern.

        iex> {:ok, _} = Registry.start_link(keys: :duplicate, name: Ages)
        iex> Registry.register(Ages, :joe, {30, :kg})
        iex> Registry.match(Ages, :joe, {:"$1", :kg}, [{:>, :"$1", 20}]) == [{self(), {30, :kg}}]
        true
    """
    _check("select", key, pattern, guards, _ANY, _SECOND)
    return from_pylist([entry for entry in table(registry).lookup(key) if _matches(pattern, guards, entry[1])])


@module.function("count_match", arity=(3, 4))
def count_match(registry: Any, key: Any, pattern: Any, guards: Any = EMPTY) -> Any:
    """How many entries of a key have a value that matches a pattern.

        iex> {:ok, _} = Registry.start_link(keys: :duplicate, name: Counts)
        iex> Registry.register(Counts, :a, 1)
        iex> Registry.register(Counts, :a, 2)
        iex> Registry.count_match(Counts, :a, :_)
        2
    """
    _check("select_count", key, pattern, guards, _ANY, True)
    return sum(_matches(pattern, guards, value) for _, value in table(registry).lookup(key))


@module.function
def select(registry: Any, spec: Any) -> Any:
    """What a match specification makes of the entries, `{key, pid, value}` each.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Picks)
        iex> Registry.register(Picks, :a, 1)
        iex> Registry.register(Picks, :b, 2)
        iex> Registry.select(Picks, [{{:"$1", :_, :"$2"}, [{:>, :"$2", 1}], [:"$1"]}])
        [:b]
    """
    return from_pylist(_selected("select", registry, spec))


@module.function
def count_select(registry: Any, spec: Any) -> Any:
    """For how many entries a match specification gives true.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Sums)
        iex> Registry.register(Sums, :a, 1)
        iex> Registry.count_select(Sums, [{{:_, :_, :"$1"}, [{:>, :"$1", 0}], [true]}])
        1
    """
    return sum(value is True for value in _selected("count_select", registry, spec))


def _selected(name: str, registry: Any, spec: Any) -> list[Any]:
    if not isinstance(spec, List):
        raise function_clause(NAME, name, (registry, spec))
    clauses = to_pylist(spec)
    if not all(type(clause) is tuple and len(clause) == 3 and _is_head(clause[0]) for clause in clauses):
        raise argument_error(f"invalid match specification in Registry.{name}/2: {inspect(spec)}")
    objects = table(registry).objects()
    if clauses and faults(spec):
        stored = [((head[0], (head[1], head[2])), guards, body) for head, guards, body in clauses]
        raise _no_spec("select" if name == "select" else "select_count", from_pylist(stored))
    return match_specs.select(spec, objects)


def _is_head(head: Any) -> bool:
    return type(head) is tuple and len(head) == 3


@module.function
def count(registry: Any) -> Any:
    """How many entries there are.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Few)
        iex> Registry.register(Few, :a, nil)
        iex> Registry.count(Few)
        1
    """
    return len(table(registry).objects())


@module.function
def keys(registry: Any, pid: Any) -> Any:
    """The keys of a process.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Mine)
        iex> Registry.register(Mine, "lamp", nil)
        iex> Registry.keys(Mine, self())
        ["lamp"]
    """
    return from_pylist(table(registry).keys_of(pid))


@module.function
def values(registry: Any, key: Any, pid: Any) -> Any:
    """The values of a process under a key.

        iex> {:ok, _} = Registry.start_link(keys: :duplicate, name: Many)
        iex> Registry.register(Many, :a, 1)
        iex> Registry.register(Many, :a, 2)
        iex> Registry.values(Many, :a, self())
        [1, 2]
    """
    return from_pylist([value for owner, value in table(registry).lookup(key) if owner == pid])


@module.function
def update_value(registry: Any, key: Any, callback: Any) -> Any:
    """Change the calling process's value of a unique key; `{new, old}`, or `:error` when it has none.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Tally)
        iex> Registry.register(Tally, :hits, 1)
        iex> Registry.update_value(Tally, :hits, &(&1 + 1))
        {2, 1}
        iex> Registry.update_value(Tally, :misses, &(&1 + 1))
        :error
    """
    made = table(registry)
    if not made.is_unique:
        raise argument_error("Registry.update_value/3 is not supported for duplicate registries")
    me = runtime.self_pid()
    for owner, value in made.lookup(key):
        if owner == me:
            changed = callback(value)
            made.replace(key, [(me, changed)], me)
            return changed, value
    return ERROR


@module.function("dispatch", arity=(3, 4))
def dispatch(registry: Any, key: Any, mfa_or_fun: Any, opts: Any = EMPTY) -> Any:
    """Call a function with the entries of a key, if there are any.

        iex> {:ok, _} = Registry.start_link(keys: :duplicate, name: Bus)
        iex> Registry.register(Bus, "rain", nil)
        iex> Registry.dispatch(Bus, "rain", fn entries -> for {pid, _} <- entries, do: send(pid, :wet) end)
        :ok
        iex> receive do word -> word end
        :wet
    """
    entries = table(registry).lookup(key)
    if entries:
        listed = from_pylist(entries)
        if type(mfa_or_fun) is tuple:
            from pyex.terms.functions import export

            target, name, args = mfa_or_fun
            given = [listed, *to_pylist(args)]
            export(target, name.name, len(given)).fn(*given)
        else:
            mfa_or_fun(listed)
    return OK


@module.function
def lock(registry: Any, lock_key: Any, function: Any) -> Any:
    """Call a function while no other process holds the lock of that key.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Door)
        iex> Registry.lock(Door, :front, fn -> :inside end)
        :inside
    """
    made = table(registry)
    waiting = atom("$lock")
    while any(identical(lock_key, held) for held in made.meta.get(waiting, ())):
        runtime.scheduler.give_way()
    held = made.meta.setdefault(waiting, [])
    held.append(lock_key)
    try:
        return function()
    finally:
        held.remove(lock_key)


@module.function
def meta(registry: Any, key: Any) -> Any:
    """What the registry keeps under a name of its own: `{:ok, value}` or `:error`.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Told, meta: [color: :red])
        iex> Registry.meta(Told, :color)
        {:ok, :red}
        iex> Registry.meta(Told, :size)
        :error
    """
    if type(key) is not Atom and type(key) is not tuple:
        raise function_clause(NAME, "meta", (registry, key))
    kept = table(registry).meta
    return (OK, kept[key]) if key in kept else ERROR


@module.function
def put_meta(registry: Any, key: Any, value: Any) -> Any:
    """Have the registry keep a value under a name of its own.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Noted)
        iex> Registry.put_meta(Noted, :size, 3)
        iex> Registry.meta(Noted, :size)
        {:ok, 3}
    """
    table(registry).meta[key] = value
    return OK


@module.function
def delete_meta(registry: Any, key: Any) -> Any:
    """Have the registry forget a value of its own.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Unsaid, meta: [size: 3])
        iex> Registry.delete_meta(Unsaid, :size)
        iex> Registry.meta(Unsaid, :size)
        :error
    """
    table(registry).meta.pop(key, None)
    return OK


# ---- names for servers: `{:via, Registry, {registry, key}}`


def _unique(registry: Any) -> Table:
    made = table(registry)
    if not made.is_unique:
        raise argument_error(":via is not supported for duplicate registries")
    return made


@module.function
def whereis_name(name: Any) -> Any:
    """The pid of a key, or `:undefined`.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Names)
        iex> Registry.whereis_name({Names, :nobody})
        :undefined
    """
    found = _unique(name[0]).lookup(name[1])
    return found[0][0] if found else UNDEFINED


@module.function
def register_name(name: Any, pid: Any) -> Any:
    """Register the calling process under a key; `:yes` or `:no`.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Called)
        iex> Registry.register_name({Called, :me}, self())
        :yes
        iex> Registry.whereis_name({Called, :me}) == self()
        true
    """
    value = name[2] if len(name) == 3 else None
    if pid != runtime.self_pid():
        raise function_clause(NAME, "register_name", (name[0], name[1], value, pid))
    return atom("yes") if register(name[0], name[1], value)[0] is OK else atom("no")


@module.function
def unregister_name(name: Any) -> Any:
    """Take a key back.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Uncalled)
        iex> Registry.register_name({Uncalled, :me}, self())
        iex> Registry.unregister_name({Uncalled, :me})
        :ok
    """
    return unregister(name[0], name[1])


@module.function
def send(name: Any, msg: Any) -> Any:
    """Send a message to the process of a key; returns the message.

        iex> {:ok, _} = Registry.start_link(keys: :unique, name: Post)
        iex> Registry.register(Post, :me, nil)
        iex> Registry.send({Post, :me}, :letter)
        :letter
        iex> receive do word -> word end
        :letter
    """
    pid = whereis_name(name)
    if type(pid) is not Pid:
        raise erlang_error("badarg", NAME, "send", (name, msg))
    return runtime.send(pid, msg)

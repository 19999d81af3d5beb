"""Application: programs that start and stop as one, with an environment of settings."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.otp import applications
from pyex.otp.applications import ERROR, OK, environments, started
from pyex.stdlib.elixir.io_warnings import warn_of_call
from pyex.terms.atoms import Atom, alias, atom, atom_name, is_atom
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, EmptyList, charlist, elixir_list, from_pylist, to_pylist

NAME: Final = alias("Application")
TEMPORARY: Final = atom("temporary")
module = NativeModule(
    "Application",
    doc="Programs that start and stop as one, and their settings.",
    behaviour=[("config_change", 3), ("prep_stop", 1), ("start", 2), ("start_phase", 3), ("stop", 1)],
)
module.optional_callbacks = (("config_change", 3), ("prep_stop", 1), ("start_phase", 3))


def _name(function: str, app: Any, *rest: Any) -> str:
    if type(app) is not Atom:
        raise function_clause(NAME, function, (app, *rest))
    return app.name


def _setting(function: str, app: Any, key: Any, *rest: Any) -> Any:
    """Return an application whose setting is asked for or changed; a key that is no atom is warned of."""
    _name(function, app, key, *rest)
    if not is_atom(key):
        warning = f"passing non-atom as application env key is deprecated, got: {inspect(key)}"
        warn_of_call(warning, NAME, atom(function), len(rest) + 2)
    return app


# ---- settings


@module.function
def get_env(app: Any, key: Any, default: Any = None) -> Any:
    """A setting of an application.

        iex> Application.put_env(:example, :colour, "red")
        :ok
        iex> Application.get_env(:example, :colour)
        "red"
        iex> Application.get_env(:example, :size, 10)
        10
    """
    _setting("get_env", app, key, default)
    return environments.get(app, {}).get(key, default)


@module.function
def fetch_env(app: Any, key: Any) -> Any:
    """A setting as `{:ok, value}`, or `:error`.

        iex> Application.fetch_env(:example, :nothing)
        :error
    """
    found = environments.get(_setting("fetch_env", app, key), {})
    return (OK, found[key]) if key in found else ERROR


@module.function("fetch_env!")
def fetch_env_or_raise(app: Any, key: Any) -> Any:
    """A setting; raises ArgumentError when there is none.

        iex> Application.put_env(:shop, :currency, :eur)
        iex> Application.fetch_env!(:shop, :currency)
        :eur
    """
    found = environments.get(_setting("fetch_env!", app, key), {})
    if key in found:
        return found[key]
    known = applications.find(app.name) is not None
    why = f"configuration at {inspect(key)} was not set" if known else "the application was not loaded nor configured"
    raise argument_error(
        f"could not fetch application environment {inspect(key)} for application {inspect(app)} because {why}"
    )


@module.function("put_env", arity=(3, 4))
def put_env(app: Any, key: Any, value: Any, opts: Any = EMPTY) -> Any:
    """Change a setting.

        iex> Application.put_env(:example, :a, 1)
        :ok
    """
    environments.setdefault(_setting("put_env", app, key, value, opts), {})[key] = value
    return OK


@module.function("put_all_env", arity=(1, 2))
def put_all_env(config: Any, opts: Any = EMPTY) -> Any:
    """Change settings of several applications.

        iex> Application.put_all_env(shop: [size: 3, color: :red])
        :ok
        iex> Application.get_env(:shop, :color)
        :red
    """
    for app, settings in to_pylist(config):
        environments.setdefault(app, {}).update(dict(to_pylist(settings)))
    return OK


@module.function("delete_env", arity=(2, 3))
def delete_env(app: Any, key: Any, opts: Any = EMPTY) -> Any:
    """Take a setting away.

        iex> Application.put_env(:shop, :sale, true)
        iex> Application.delete_env(:shop, :sale)
        :ok
        iex> Application.get_env(:shop, :sale)
        nil
    """
    environments.get(_setting("delete_env", app, key, opts), {}).pop(key, None)
    return OK


@module.function
def get_all_env(app: Any) -> Any:
    """All settings of an application.

        iex> Application.put_env(:bakery, :bread, 2)
        iex> Application.get_all_env(:bakery)
        [bread: 2]
    """
    _name("get_all_env", app)
    return from_pylist(list(environments.get(app, {}).items()))


@module.macro("compile_env", arity=(2, 3))
def compile_env(env: Any, app: Any, key_or_path: Any, default: Any = None) -> Any:
    """A setting that is read when the module is compiled."""
    from pyex.compiler.module.escape import escape

    value = _at_path(app, key_or_path)
    return default if value is None else escape(value)


@module.macro("compile_env!", arity=2)
def compile_env_or_raise(env: Any, app: Any, key_or_path: Any) -> Any:
    """A setting that is read when the module is compiled, and must be there."""
    from pyex.compiler.module.escape import escape

    return escape(compile_env_of_or_raise(env, app, key_or_path))


@module.function("compile_env", arity=4)
def compile_env_of(env: Any, app: Any, key_or_path: Any, default: Any) -> Any:
    """A setting that a macro reads for the module being compiled, given its `Macro.Env`."""
    found = _at_path(app, key_or_path)
    return default if found is None else found


@module.function("compile_env!", arity=3)
def compile_env_of_or_raise(env: Any, app: Any, key_or_path: Any) -> Any:
    """A setting that a macro reads for the module being compiled, and that must be there."""
    if not isinstance(key_or_path, (Cons, EmptyList)):
        return fetch_env_or_raise(app, key_or_path)
    fetch_env_or_raise(app, to_pylist(key_or_path)[0])
    return _at_path(app, key_or_path)


def _at_path(app: Any, key_or_path: Any) -> Any:
    if not isinstance(key_or_path, (Cons, EmptyList)):
        return get_env(app, key_or_path)
    first, *path = to_pylist(key_or_path)
    value = get_env(app, first)
    for key in path:
        value = next((item for name, item in to_pylist(value) if name is key), None) if value is not None else None
    return value


# ---- starting and stopping


@module.function("start", arity=(1, 2))
def start(app: Any, type: Any = TEMPORARY) -> Any:
    """Start an application whose needs run.

        iex> Application.start(:no_such_application)
        {:error, {~c"no such file or directory", ~c"no_such_application.app"}}
    """
    return applications.start(_name("start", app, type), type)


@module.function
def stop(app: Any) -> Any:
    """Stop an application.

        iex> Application.stop(:no_such_application)
        {:error, {:not_started, :no_such_application}}
    """
    return applications.stop(_name("stop", app))


@module.function("ensure_started", arity=(1, 2))
def ensure_started(app: Any, type: Any = TEMPORARY) -> Any:
    """Start an application unless it runs.

        iex> Application.ensure_started(:elixir)
        :ok
    """
    if _name("ensure_started", app, type) in started:
        return OK
    return start(app, type)


@module.function("ensure_all_started", arity=(1, 2))
def ensure_all_started(app_or_apps: Any, type_or_opts: Any = TEMPORARY) -> Any:
    """Start applications and all that they need; `{:ok, those that were started}`.

        iex> Application.ensure_all_started(:elixir)
        {:ok, []}
    """
    listed = to_pylist(app_or_apps) if isinstance(app_or_apps, (Cons, EmptyList)) else [app_or_apps]
    done: list[Any] = []
    for app in listed:
        failed = _ensure(_name("ensure_all_started", app), done)
        if failed is not None:
            return ERROR, failed
    return OK, from_pylist(done)


def _ensure(name: str, done: list[Any]) -> Any:
    if name in started:
        return None
    application = applications.find(name)
    if application is None:
        return atom(name), applications.missing(atom(name))[1]
    for need in application.needs:
        failed = _ensure(need, done)
        if failed is not None:
            return failed
    result = applications.start(name, TEMPORARY)
    if result is not OK:
        return atom(name), result[1]
    done.append(atom(name))
    return None


@module.function
def load(app: Any) -> Any:
    """Load an application without starting it.

        iex> Application.load(:elixir)
        {:error, {:already_loaded, :elixir}}
    """
    name = _name("load", app)
    application = applications.find(name)
    if application is None:
        return applications.missing(app)
    if name in started:
        return ERROR, (atom("already_loaded"), app)
    applications.load_environment(application)
    return OK


@module.function
def ensure_loaded(app: Any) -> Any:
    """Load an application unless it is loaded.

        iex> Application.ensure_loaded(:elixir)
        :ok
    """
    return OK if applications.find(_name("ensure_loaded", app)) is not None else applications.missing(app)


@module.function
def unload(app: Any) -> Any:
    """Unload an application that does not run.

        iex> Application.unload(:no_such_application)
        {:error, {:not_loaded, :no_such_application}}
    """
    name = _name("unload", app)
    if applications.find(name) is None:
        return ERROR, (atom("not_loaded"), app)
    if name in started:
        return ERROR, (atom("running"), app)
    applications.environments.pop(app, None)
    applications.unloaded.add(app)
    return OK


# ---- what is known


def _described(application: applications.Application) -> Any:
    return atom(application.name), charlist(application.description), charlist(application.version)


@module.function("started_applications", arity=(0, 1))
def started_applications(timeout: Any = 5000) -> Any:
    """The applications that run, as `{name, description, version}`, the last one first.

        iex> :elixir in Enum.map(Application.started_applications(), &elem(&1, 0))
        true
    """
    found = [applications.find(name) for name in reversed(started)]
    return from_pylist([_described(one) for one in found if one is not None])


@module.function
def loaded_applications() -> Any:
    """The applications that are loaded, as `{name, description, version}`.

        iex> :kernel in Enum.map(Application.loaded_applications(), &elem(&1, 0))
        true
    """
    return started_applications()


def _facts(application: applications.Application) -> dict[str, Any]:
    return {
        "description": charlist(application.description),
        "id": EMPTY,
        "vsn": charlist(application.version),
        "modules": from_pylist(application.modules),
        "maxP": atom("infinity"),
        "maxT": atom("infinity"),
        "registered": from_pylist(list(application.registered)),
        "included_applications": EMPTY,
        "optional_applications": EMPTY,
        "applications": from_pylist([atom(name) for name in application.needs]),
        "mod": application.start if application.start is not None else EMPTY,
        "start_phases": application.phases,
    }


_FACTS: Final = frozenset(
    "description id vsn modules maxP maxT registered included_applications optional_applications applications mod "
    "start_phases".split()
)


@module.function("spec", arity=1)
def spec(app: Any) -> Any:
    """All that is known of an application, or nil."""
    application = applications.find(_name("spec", app))
    if application is None:
        return None
    return from_pylist([(atom(key), value) for key, value in _facts(application).items()])


@module.function("spec", arity=2)
def spec_item(app: Any, key: Any) -> Any:
    """One fact about an application, or nil.

        iex> Application.spec(:elixir, :vsn) |> is_list()
        true
    """
    application = applications.find(_name("spec", app, key))
    if atom_name(key) not in _FACTS:
        raise function_clause(NAME, "spec", (app, key))
    return None if application is None else _facts(application)[key.name]


@module.function
def get_application(module: Any) -> Any:
    """The application that a module belongs to, or nil.

        iex> Application.get_application(Enum)
        :elixir
    """
    name = applications.application_of(module)
    return None if name is None else atom(name)


@module.function("app_dir", arity=1)
def app_dir(app: Any) -> Any:
    """The folder of an application; raises ArgumentError for one that there is not."""
    from pyex.code.project import Project

    project = Project.current
    if project is None or project.app != _name("app_dir", app):
        raise argument_error(f"unknown application: {inspect(app)}")
    return project.root


@module.function("app_dir", arity=2)
def app_path(app: Any, path: Any) -> Any:
    """A path inside the folder of an application."""
    import os

    parts = to_pylist(path) if isinstance(path, (Cons, EmptyList)) else [path]
    return os.path.join(app_dir(app), *parts)


@module.function
def format_error(reason: Any) -> Any:
    """The reason of a failed start, as text.

        iex> Application.format_error({:already_started, :shop})
        "already started application shop"
        iex> Application.format_error({:not_started, :shop})
        "not started application shop"
    """
    return applications.format_failure(reason)


@module.macro("__using__", doc=False)
def using(env: Any, opts: Any) -> Any:
    """Make a module the start of an application, with a `stop/1` that does nothing."""
    state = build.var("_state")
    return build.block(
        build.kernel("@", build.call("behaviour", NAME)),
        build.kernel("@", build.call("doc", False)),
        build.kernel("def", build.call("stop", state), elixir_list((atom("do"), OK))),
        build.kernel("defoverridable", elixir_list((atom("stop"), 1))),
    )

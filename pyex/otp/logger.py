"""Logger: messages with a level, printed where the shell prints its reports."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.otp import log, logger_backends, logger_translators
from pyex.otp.applications import environments
from pyex.runtime.process import Process
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, EmptyList, charlist, from_pylist, split_tail, to_pylist
from pyex.terms.maps import Map

NAME: Final = alias("Logger")
OK: Final = atom("ok")
METADATA: Final = "logger_metadata"
LEVEL: Final = "logger_level"
NONE: Final = atom("none")
STRING: Final = atom("string")
REPORT: Final = atom("report")
_APPLICATION: Final = atom("logger")
_DOMAIN: Final = atom("domain")
_ELIXIR: Final = from_pylist([atom("elixir")])
module = NativeModule("Logger", doc="Messages with a level and metadata, for whoever looks after a program.")
module_levels: Final[dict[Any, Any]] = {}
_LISTED: Final = ("error", "info", "debug", "emergency", "alert", "critical", "warning", "notice")


def is_level(level: Any) -> bool:
    """Tell whether a term is a level, `:all` and `:none` included."""
    return type(level) is Atom and level.name in (*log.LEVELS, "warn", "all", "none")


def _rank(level: Any) -> int:
    """Return how severe a level is: `:all` lets everything through, `:none` nothing."""
    if not is_level(level):
        raise argument_error("argument error")
    name = "warning" if level.name == "warn" else level.name
    if name in ("all", "none"):
        return -1 if name == "all" else len(log.LEVELS)
    return log.LEVELS.index(name)


def should_log(level: Any, caller: Any) -> bool:
    """Tell whether a message of a level from a module of the running process is printed."""
    if not is_level(level) or level.name in ("all", "none"):
        least = len(log.LEVELS) - 1 - _rank(atom(log.Console.level))
        raise function_clause(atom("logger_config"), "less_or_equal_level", (level, least))
    rank = _rank(level)
    process = runtime.scheduler.current
    own = runtime.flag_of(process, LEVEL, None) if process is not None else None
    if own is not None and is_level(own):
        return rank >= _rank(own)
    chosen = module_levels.get(caller)
    return rank >= (_rank(chosen) if chosen is not None else _rank(atom(log.Console.level)))


def text_of(message: Any) -> str:
    """Return the text of a message: a report as a keyword list, chardata as text."""
    if type(message) is Map:
        return inspect(from_pylist(list(message.items())))
    if isinstance(message, (Cons, EmptyList)):
        items, tail = split_tail(message)
        if items and tail is EMPTY and all(type(item) is tuple and len(item) == 2 for item in items):
            return inspect(message)
        return _chardata(message)
    if is_binary(message):
        return message if type(message) is str else message.decode("utf-8", "replace")
    if type(message) is Atom:
        return message.name
    return str(message) if type(message) in (int, float) else inspect(message)


def _chardata(message: Any) -> str:
    pieces = []
    for item in to_pylist(message):
        pieces.append(chr(item) if type(item) is int else text_of(item))
    return "".join(pieces)


def _set_flag(process: Process, name: str, value: Any) -> None:
    process.flags = {**(process.flags or {}), name: value}


# ---- the macros


def _logging(level: Any, env: Any, message: Any, metadata: Any) -> Any:
    """Quote a message that is made only when it is to be printed."""
    asked = build.remote(NAME, "__should_log__", level, env.module)
    done = build.remote(NAME, "__do_log__", level, message, _location(env), metadata)
    return build.case(asked, build.clause(None, OK), build.clause(build.UNDERSCORE, done), meta=build.generated())


def _location(env: Any) -> Any:
    """Quote where a message is logged, for its metadata; there is nothing to tell of the prompt."""
    if env.function is None:
        return EMPTY
    name, arity = env.function
    place = (atom("mfa"), build.tuple_form(env.module, name, arity)), (atom("file"), charlist(env.file))
    return from_pylist([*place, (atom("line"), env.line)])


def _macro(name: str) -> None:
    level = atom("warning" if name == "warn" else name)

    def one(env: Any, message_or_fun: Any) -> Any:
        return _logging(level, env, message_or_fun, EMPTY)

    def two(env: Any, message_or_fun: Any, metadata: Any) -> Any:
        return _logging(level, env, message_or_fun, metadata)

    one.__doc__ = two.__doc__ = f"Log a message of level `:{name}`."
    module.macro(name, arity=1)(one)
    module.macro(name, arity=2)(two)


for _name in (*log.LEVELS, "warn"):
    _macro(_name)


@module.macro("log", arity=2)
def log_macro(env: Any, level: Any, message_or_fun: Any) -> Any:
    """Log a message of a level."""
    return _logging(level, env, message_or_fun, EMPTY)


@module.macro("log", arity=3)
def log_with_metadata(env: Any, level: Any, message_or_fun: Any, metadata: Any) -> Any:
    """Log a message of a level, with metadata."""
    return _logging(level, env, message_or_fun, metadata)


@module.function("__should_log__", doc=False)
def should_log_from(level: Any, caller: Any) -> Any:
    """Return the level when a message of it is printed, else nil."""
    return level if should_log(level, caller) else None


@module.function("__do_log__", doc=False)
def do_log(level: Any, message: Any, location: Any, metadata: Any) -> Any:
    """Log a message that is to be logged."""
    name = "warning" if level.name == "warn" else level.name
    own = list(_pairs(metadata).items())
    if is_function(message, 0):
        message = message()
        if type(message) is tuple and len(message) == 2:
            message, more = message
            own += to_pylist(more)
    known = {**dict(to_pylist(location)), **_metadata(), **dict(own)}
    domain = known.get(_DOMAIN)
    known[_DOMAIN] = Cons(atom("elixir"), domain) if isinstance(domain, Cons) else _ELIXIR
    log.emit(name, _message(message), known)
    return OK


def _message(message: Any) -> Any:
    """Return a message as an event holds it: a report or a text."""
    if type(message) is Map:
        return REPORT, message
    if isinstance(message, Cons):
        items, tail = split_tail(message)
        if tail is EMPTY and all(type(item) is tuple and len(item) == 2 for item in items):
            return REPORT, message
    if is_binary(message) or isinstance(message, (Cons, EmptyList)):
        return STRING, message
    advice = (
        f"passing {inspect(message)} to Logger is deprecated, expected a map, a keyword list, a string, "
        "a list of strings, or a zero-arity anonymous function"
    )
    export(alias("IO"), "warn", 1).fn(advice)
    return STRING, export(alias("String.Chars"), "to_string", 1).fn(message)


@module.function("bare_log", arity=(2, 3))
def bare_log(level: Any, message_or_fun: Any, metadata: Any = EMPTY) -> Any:
    """Log a message of a level that is known only when the program runs."""
    if should_log(level, None):
        do_log(level, message_or_fun, EMPTY, metadata)
    return OK


# ---- levels


@module.function
def level() -> Any:
    """The level from which on messages are printed.

        iex> is_atom(Logger.level())
        true
    """
    return atom(log.Console.level)


@module.function
def levels() -> Any:
    """All levels.

        iex> Logger.levels()
        [:error, :info, :debug, :emergency, :alert, :critical, :warning, :notice]
    """
    return from_pylist([atom(name) for name in _LISTED])


@module.function
def compare_levels(left: Any, right: Any) -> Any:
    """Which of two levels is the more severe: `:lt`, `:eq` or `:gt`.

        iex> Logger.compare_levels(:info, :error)
        :lt
    """
    first, second = _rank(left), _rank(right)
    return atom("eq") if first == second else atom("lt" if first < second else "gt")


@module.function
def configure(options: Any) -> Any:
    """Change the settings of the logger while it runs; the rest is kept for `Application.get_env/2`."""
    for key, value in to_pylist(options):
        if key is not atom("level"):
            environments[_APPLICATION][key] = value
        elif is_level(value):
            log.Console.level = "warning" if value.name == "warn" else value.name
    return OK


@module.function
def put_module_level(mod: Any, level: Any) -> Any:
    """Set the level of a module, or of a list of modules.

        iex> Logger.put_module_level(Shop, :error)
        :ok
        iex> Logger.get_module_level(Shop)
        [{Shop, :error}]
    """
    if not is_level(level):
        return atom("error"), (atom("invalid_level"), level)
    for name in to_pylist(mod) if isinstance(mod, (Cons, EmptyList)) else [mod]:
        module_levels[name] = level
    return OK


@module.function
def get_module_level(mod: Any) -> Any:
    """The levels that were set for a module, or for a list of modules.

        iex> Logger.get_module_level(Nowhere)
        []
    """
    wanted = to_pylist(mod) if isinstance(mod, (Cons, EmptyList)) else [mod]
    return from_pylist([(name, module_levels[name]) for name in wanted if name in module_levels])


@module.function
def delete_module_level(module: Any) -> Any:
    """Forget the level of a module.

        iex> Logger.put_module_level(Shop, :error)
        iex> Logger.delete_module_level(Shop)
        :ok
        iex> Logger.get_module_level(Shop)
        []
    """
    for name in to_pylist(module) if isinstance(module, (Cons, EmptyList)) else [module]:
        module_levels.pop(name, None)
    return OK


@module.function
def delete_all_module_levels() -> Any:
    """Forget the levels of all modules.

        iex> Logger.delete_all_module_levels()
        :ok
    """
    module_levels.clear()
    return OK


@module.function
def put_process_level(pid: Any, level: Any) -> Any:
    """Set the level of the calling process.

        iex> Logger.put_process_level(self(), :warning)
        :ok
        iex> Logger.get_process_level(self())
        :warning
        iex> Logger.delete_process_level(self())
        :ok
    """
    _set_flag(runtime.current(), LEVEL, level)
    return OK


@module.function
def get_process_level(pid: Any) -> Any:
    """The level of the calling process, or nil.

        iex> Logger.get_process_level(self())
        nil
    """
    return runtime.flag_of(runtime.current(), LEVEL, None)


@module.function
def delete_process_level(pid: Any) -> Any:
    """Forget the level of the calling process.

        iex> Logger.delete_process_level(self())
        :ok
    """
    _set_flag(runtime.current(), LEVEL, None)
    return OK


@module.function
def disable(pid: Any) -> Any:
    """Print no message of the calling process.

        iex> Logger.disable(self())
        :ok
        iex> Logger.enabled?(self())
        false
        iex> Logger.enable(self())
        :ok
    """
    return put_process_level(pid, NONE)


@module.function
def enable(pid: Any) -> Any:
    """Print the messages of the calling process again.

        iex> Logger.enable(self())
        :ok
        iex> Logger.enabled?(self())
        true
    """
    return delete_process_level(pid)


@module.function("enabled?")
def enabled(pid: Any) -> bool:
    """Whether the messages of the calling process are printed.

        iex> Logger.enabled?(self())
        true
    """
    return get_process_level(pid) is not NONE


# ---- metadata


@module.function("metadata", arity=0)
def metadata() -> Any:
    """The metadata of the calling process.

        iex> Logger.metadata(user: 1)
        :ok
        iex> Logger.metadata()
        [user: 1]
    """
    return from_pylist(list(_metadata().items()))


def _metadata() -> dict[Any, Any]:
    found: dict[Any, Any] = runtime.flag_of(runtime.current(), METADATA, {})
    return found


def _pairs(metadata: Any) -> dict[Any, Any]:
    """Return metadata, a keyword list or anything that can be walked like one, by its keys."""
    return dict(to_pylist(export(alias("Enum"), "to_list", 1).fn(metadata)))


@module.function("metadata", arity=1)
def put_metadata(metadata: Any) -> Any:
    """Add to the metadata of the calling process; nil takes a key out."""
    merged = {**_metadata(), **_pairs(metadata)}
    _set_flag(runtime.current(), METADATA, {key: value for key, value in merged.items() if value is not None})
    return OK


@module.function("reset_metadata", arity=(0, 1))
def reset_metadata(metadata: Any = EMPTY) -> Any:
    """Set the metadata of the calling process anew.

        iex> Logger.metadata(order: 7)
        iex> Logger.reset_metadata(user: 1)
        iex> Logger.metadata()
        [user: 1]
    """
    _set_flag(runtime.current(), METADATA, {})
    return put_metadata(metadata)


# ---- translators, backends

for _function in (
    logger_translators.add_translator, logger_translators.remove_translator, logger_backends.add_backend,
    logger_backends.remove_backend, logger_backends.configure_backend, logger_backends.flush,
):  # fmt: skip
    module.function(_function)


# ---- the levels of applications


def _modules_of(app: Any) -> Any:
    from pyex.otp import applications

    found = applications.find(app.name) if type(app) is Atom else None
    return None if found is None else from_pylist(list(found.modules))


@module.function
def put_application_level(appname: Any, level: Any) -> Any:
    """Set the level of all modules of an application.

        iex> Logger.put_application_level(:no_such_application, :error)
        {:error, {:not_loaded, :no_such_application}}
    """
    modules = _modules_of(appname)
    return (atom("error"), (atom("not_loaded"), appname)) if modules is None else put_module_level(modules, level)


@module.function
def delete_application_level(appname: Any) -> Any:
    """Forget the level of all modules of an application."""
    modules = _modules_of(appname)
    return (atom("error"), (atom("not_loaded"), appname)) if modules is None else delete_module_level(modules)


@module.function("default_formatter", arity=(0, 1))
def default_formatter(overrides: Any = EMPTY) -> Any:
    """The formatter of the console, as `config :logger, :default_formatter` has it, with some settings set anew.

        iex> {Logger.Formatter, settings} = Logger.default_formatter(format: "$message")
        iex> settings.template
        [:message]
    """
    from pyex.otp import logger_formatter

    settings = environments[_APPLICATION]
    older = [item for item in to_pylist(settings.get(atom("console"), EMPTY)) if item[0].name in _OF_FORMATTER]
    own = [(name, settings[name]) for name in (atom("truncate"), atom("utc_log")) if name in settings]
    given = settings.get(atom("default_formatter"))
    chosen = older if given is None else to_pylist(given)
    return logger_formatter.new(from_pylist([*own, *chosen, *to_pylist(overrides)]))


_OF_FORMATTER: Final = ("colors", "format", "metadata", "truncate", "utc_log")
"""What `config :logger, :console`, the older way, says of the formatter."""


def read_configuration() -> None:
    """Take over what the configuration of an application says of `:logger`: the level, and the console's handler."""
    settings = environments[_APPLICATION]
    level = settings.get(atom("level"))
    if type(level) is Atom:
        configure(from_pylist([(atom("level"), level)]))
    handler = settings.get(atom("default_handler"))
    if handler is False:
        log.handlers.pop(log.DEFAULT, None)
    elif isinstance(handler, Cons) and log.DEFAULT in log.handlers:
        log.handlers[log.DEFAULT].level = dict(to_pylist(handler)).get(atom("level"), atom("all"))


@module.function("add_handlers")
def add_handlers(app: Any) -> Any:
    """Add the handlers of an application's configuration: there are none."""
    return OK

""":logger: messages with a level, Erlang's way, and what becomes of them: handlers, filters, levels, metadata."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import log
from pyex.otp import logger as elixir_logger
from pyex.stdlib.erlang.io_lib.functions import printable_unicode_list
from pyex.terms.atoms import atom, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, Cons, charlist, elixir_list, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map

OK: Final = atom("ok")
ERROR: Final = atom("error")
LEVEL: Final = atom("level")
UNDEFINED: Final = atom("undefined")
METADATA: Final = elixir_logger.METADATA
module = NativeModule(":logger", doc="Messages with a level, and the handlers and filters that they go through.")


# ---- messages


def _message(message: Any, args: Any) -> Any:
    """Return a message as an event holds it: a text, a report, or a format with its arguments."""
    if args is not EMPTY and is_proper(args):
        return message, args
    if type(message) is Map or (message is not EMPTY and is_proper(message) and type(to_pylist(message)[0]) is tuple):
        return atom("report"), message
    if is_function(message, 0):
        return _message(message(), EMPTY)
    return atom("string"), message if is_binary(message) or is_proper(message) else elixir_logger.text_of(message)


def _log(level: Any, message: Any, args: Any, metadata: Any) -> Any:
    if type(args) is Map and metadata is None:
        args, metadata = EMPTY, args
    if elixir_logger.should_log(level, None):
        own = dict(metadata.items()) if type(metadata) is Map else {}
        if is_function(message, 1):
            message, args = message(args), EMPTY
            message, args = message if type(message) is tuple else (message, EMPTY)
        log.emit(level.name, _message(message, args), {**_own(), **own})
    return OK


def _own() -> dict[Any, Any]:
    process = runtime.scheduler.current
    found: dict[Any, Any] = runtime.flag_of(process, METADATA, {}) if process is not None else {}
    return found


@module.function("log", arity=(2, 3, 4))
def log_(level: Any, message: Any, args: Any = EMPTY, metadata: Any = None) -> Any:
    """Log a message of a level."""
    return _log(level, message, args, metadata)


def _function(name: str) -> None:
    def log_level(message: Any, args: Any = EMPTY, metadata: Any = None) -> Any:
        return _log(atom(name), message, args, metadata)

    log_level.__doc__ = f"Log a message of level `:{name}`."
    module.function(name, arity=(1, 2, 3))(log_level)


for _name in log.LEVELS:
    _function(_name)


@module.function
def allow(level: Any, module: Any) -> bool:
    """Whether a message of a level from a module is logged."""
    return elixir_logger.should_log(level, module)


@module.function
def compare_levels(left: Any, right: Any) -> Any:
    """Which of two levels is the more severe."""
    return elixir_logger.compare_levels(left, right)


# ---- the settings of all messages


@module.function
def get_primary_config() -> Any:
    """The level, the filters and the metadata that hold for all messages."""
    pairs = [
        (LEVEL, atom(log.Console.level)),
        (atom("filter_default"), log.LOG),
        (atom("filters"), log.listed(log.primary_filters)),
        (atom("metadata"), Map.from_pairs(list(log.primary_metadata.items()))),
    ]
    return Map.from_pairs(pairs)


@module.function("set_primary_config", arity=2)
def set_primary_config(key: Any, value: Any) -> Any:
    """Change the level or the metadata of all messages."""
    if key is atom("metadata"):
        log.primary_metadata.clear()
        log.primary_metadata.update(value.items())
        return OK
    if key is not LEVEL:
        return ERROR, (atom("invalid_primary_config"), (key, value))
    if not elixir_logger.is_level(value):
        return ERROR, (atom("invalid_level"), value)
    return elixir_logger.configure(elixir_list((key, value)))


@module.function
def update_primary_config(config: Any) -> Any:
    """Change some settings of all messages."""
    for key, value in config.items():
        answer = set_primary_config(key, value)
        if answer is not OK:
            return answer
    return OK


@module.function("set_primary_config", arity=1)
def set_primary_config_map(config: Any) -> Any:
    """Change several settings of all messages."""
    return update_primary_config(config)


@module.function
def add_primary_filter(filter_id: Any, filter: Any) -> Any:
    """Let all messages go through a filter, `{function, extra}`."""
    return _add_filter(log.primary_filters, filter_id, filter)


@module.function
def remove_primary_filter(filter_id: Any) -> Any:
    """Take a filter of all messages away."""
    return _remove_filter(log.primary_filters, filter_id)


def _add_filter(filters: log.Filters, name: Any, given: Any) -> Any:
    if name in filters:
        return ERROR, (atom("already_exist"), name)
    if not (type(given) is tuple and len(given) == 2 and is_function(given[0], 2)):
        return ERROR, (atom("invalid_filter"), (name, given))
    filters[name] = given
    return OK


def _remove_filter(filters: log.Filters, name: Any) -> Any:
    if filters.pop(name, None) is None:
        return ERROR, (atom("not_found"), name)
    return OK


# ---- handlers


def _handler(name: Any) -> log.Handler | None:
    return log.handlers.get(name)


def _unknown(name: Any) -> Any:
    return ERROR, (atom("not_found"), name)


@module.function
def get_handler_ids() -> Any:
    """The names of the handlers.

        iex> :default in :logger.get_handler_ids()
        true
    """
    return from_pylist(list(log.handlers))


@module.function("get_handler_config", arity=0)
def get_handler_configs() -> Any:
    """The settings of all handlers."""
    return from_pylist([handler.described() for handler in log.handlers.values()])


@module.function("get_handler_config", arity=1)
def get_handler_config(handler_id: Any) -> Any:
    """The settings of a handler."""
    handler = _handler(handler_id)
    return _unknown(handler_id) if handler is None else (OK, handler.described())


@module.function
def add_handler(handler_id: Any, module: Any, config: Any) -> Any:
    """Have the events handed to `module.log/2` too."""
    if not is_atom(handler_id):
        return ERROR, (atom("invalid_id"), handler_id)
    if not _exports(module, "log", 2):
        return ERROR, (atom("invalid_handler"), (atom("function_not_exported"), (module, atom("log"), 2)))
    if _handler(handler_id) is not None:
        return ERROR, (atom("already_exist"), handler_id)
    handler = log.Handler(handler_id, module)
    _configure(handler, config)
    adding = export(module, "adding_handler", 1)
    if _exports(module, "adding_handler", 1):
        answer = adding.fn(handler.described())
        if not (type(answer) is tuple and answer[0] is OK):
            return ERROR, (atom("handler_not_added"), answer[1] if type(answer) is tuple else answer)
        _configure(handler, answer[1])
    log.handlers[handler_id] = handler
    return OK


def _exports(module: Any, name: str, arity: int) -> bool:
    from pyex.code.server import ensure_loaded

    version = ensure_loaded(module)
    return version is not None and version.defines(name, arity)


@module.function
def remove_handler(handler_id: Any) -> Any:
    """Take a handler away."""
    handler = log.handlers.pop(handler_id, None)
    if handler is None:
        return _unknown(handler_id)
    if _exports(handler.module, "removing_handler", 1):
        export(handler.module, "removing_handler", 1).fn(handler.described())
    return OK


def _configure(handler: log.Handler, config: Any) -> None:
    for key, value in config.items():
        if key.name == "filters":
            handler.filters = dict(to_pylist(value))
        elif key.name in ("level", "config", "formatter", "filter_default"):
            setattr(handler, key.name, value)


def _change(handler_id: Any, config: Any, how: str) -> Any:
    """Change the settings of a handler, as its module has them; what is not named is set back by `:set`."""
    level = config.get(LEVEL)
    if level is not None and not elixir_logger.is_level(level):
        return ERROR, (atom("invalid_level"), level)
    handler = _handler(handler_id)
    if handler is None:
        return _unknown(handler_id)
    changed = log.Handler(handler_id, handler.module)
    if how == "update":
        _configure(changed, handler.described())
    _configure(changed, config)
    if _exports(handler.module, "changing_config", 3):
        changing = export(handler.module, "changing_config", 3)
        answer = changing.fn(atom(how), handler.described(), changed.described())
        if not (type(answer) is tuple and answer[0] is OK):
            return answer
        _configure(changed, answer[1])
    _configure(handler, changed.described())
    return OK


@module.function("set_handler_config", arity=2)
def set_handler_config(handler_id: Any, config: Any) -> Any:
    """Set the settings of a handler; what is not named is as it was at first."""
    return _change(handler_id, config, "set")


@module.function("update_handler_config", arity=2)
def update_handler_config(handler_id: Any, config: Any) -> Any:
    """Change some settings of a handler."""
    return _change(handler_id, config, "update")


@module.function("set_handler_config", arity=3)
def set_handler_setting(handler_id: Any, key: Any, value: Any) -> Any:
    """Change one setting of a handler."""
    return _change(handler_id, Map.from_pairs([(key, value)]), "update")


@module.function("update_handler_config", arity=3)
def update_handler_setting(handler_id: Any, key: Any, value: Any) -> Any:
    """Change one setting of a handler."""
    return _change(handler_id, Map.from_pairs([(key, value)]), "update")


@module.function
def add_handler_filter(handler_id: Any, filter_id: Any, filter: Any) -> Any:
    """Let the events of one handler go through a filter."""
    handler = _handler(handler_id)
    return _unknown(handler_id) if handler is None else _add_filter(handler.filters, filter_id, filter)


@module.function
def remove_handler_filter(handler_id: Any, filter_id: Any) -> Any:
    """Take a filter of one handler away."""
    handler = _handler(handler_id)
    return _unknown(handler_id) if handler is None else _remove_filter(handler.filters, filter_id)


# ---- modules and processes


@module.function
def set_module_level(modules: Any, level: Any) -> Any:
    """Set the level of a module, or of a list of modules."""
    return elixir_logger.put_module_level(modules, level)


@module.function("unset_module_level", arity=0)
def unset_module_levels() -> Any:
    """Forget the levels of all modules."""
    return elixir_logger.delete_all_module_levels()


@module.function("unset_module_level", arity=1)
def unset_module_level(modules: Any) -> Any:
    """Forget the level of a module, or of a list of modules."""
    return elixir_logger.delete_module_level(modules)


@module.function("get_module_level", arity=0)
def get_module_levels() -> Any:
    """The modules that have a level of their own.

        iex> :logger.set_module_level(Example.Quiet, :error)
        iex> {Example.Quiet, :error} in :logger.get_module_level()
        true
    """
    return from_pylist(list(elixir_logger.module_levels.items()))


@module.function("get_module_level", arity=1)
def get_module_level(modules: Any) -> Any:
    """The levels that were set for a module, or for a list of modules."""
    return elixir_logger.get_module_level(modules)


@module.function
def set_application_level(application: Any, level: Any) -> Any:
    """Set the level of all modules of an application."""
    return elixir_logger.put_application_level(application, level)


@module.function
def unset_application_level(application: Any) -> Any:
    """Forget the level of all modules of an application."""
    return elixir_logger.delete_application_level(application)


@module.function
def get_config() -> Any:
    """All settings: those of all messages, of the handlers and of modules.

        iex> :logger.get_config().primary == :logger.get_primary_config()
        true
    """
    return Map.from_pairs([
        (atom("primary"), get_primary_config()),
        (atom("handlers"), get_handler_configs()),
        (atom("proxy"), get_proxy_config()),
        (atom("module_levels"), get_module_levels()),
    ])


@module.function
def get_proxy_config() -> Any:
    """How events of other nodes and of the emulator are held back when there are too many: here they never are."""
    return Map.from_pairs([(atom(name), value) for name, value in _PROXY.items()])


_PROXY: Final = {
    "sync_mode_qlen": 500,
    "drop_mode_qlen": 1000,
    "flush_qlen": 5000,
    "burst_limit_enable": False,
    "burst_limit_max_count": 500,
    "burst_limit_window_time": 1000,
    "overload_kill_enable": False,
    "overload_kill_qlen": 20000,
    "overload_kill_mem_size": 3000000,
    "overload_kill_restart_after": 5000,
}


@module.function
def timestamp() -> Any:
    """The time of an event: microseconds since 1970."""
    return int(log.Console.now().timestamp() * 1_000_000)


@module.function
def format_report(report: Any) -> Any:
    """The format of a report and its arguments.

        iex> :logger.format_report(%{a: 1})
        {~c"    ~tp: ~tp", [:a, 1]}
    """
    if type(report) is not Map and (report is EMPTY or not is_proper(report)):
        return charlist("~tp"), elixir_list(report)
    if _is_text(report):
        return charlist("~ts"), elixir_list(report)
    lines: list[str] = []
    shown: list[Any] = []
    for entry in report.items() if type(report) is Map else to_pylist(report):
        parts = entry if type(entry) is tuple and len(entry) == 2 else (entry,)
        lines.append(f"    ~tp: {'~ts' if _is_text(parts[1]) else '~tp'}" if len(parts) == 2 else "    ~tp")
        shown.extend(parts)
    return charlist("\n".join(lines)), from_pylist(shown)


def _is_text(term: Any) -> bool:
    """Tell whether a term is a charlist that can be read."""
    return isinstance(term, Cons) and printable_unicode_list(term)


@module.function
def set_process_metadata(metadata: Any) -> Any:
    """Set the metadata of the calling process."""
    return elixir_logger.reset_metadata(from_pylist(list(metadata.items())))


@module.function
def update_process_metadata(metadata: Any) -> Any:
    """Add to the metadata of the calling process."""
    return elixir_logger.put_metadata(from_pylist(list(metadata.items())))


@module.function
def get_process_metadata() -> Any:
    """The metadata of the calling process, or `:undefined`.

        iex> :logger.set_process_metadata(%{user: 1})
        :ok
        iex> :logger.get_process_metadata()
        %{user: 1}
    """
    return Map.from_pairs(list(_own().items())) if _own() else UNDEFINED


@module.function
def unset_process_metadata() -> Any:
    """Forget the metadata of the calling process."""
    return elixir_logger.reset_metadata()

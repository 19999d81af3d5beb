""":logger: messages with a level, Erlang's way, and what becomes of them: handlers, filters, levels, metadata."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import log
from pyex.otp import logger as elixir_logger
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import erlang_error
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, elixir_list, from_pylist, is_proper, to_pylist
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
    if getattr(level, "name", None) not in log.LEVELS:
        raise erlang_error("badarg", "logger", "log", (level, message))
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
    return elixir_logger.configure(elixir_list((key, value)))


@module.function("set_primary_config", arity=1)
def set_primary_config_map(config: Any) -> Any:
    """Change several settings of all messages."""
    for key, value in config.items():
        if key is LEVEL or key is atom("metadata"):
            set_primary_config(key, value)
    return OK


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
        return ERROR, (atom("invalid_filter"), given)
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
    if _handler(handler_id) is not None:
        return ERROR, (atom("already_exist"), handler_id)
    handler = log.Handler(handler_id, module)
    _configure(handler, config)
    adding = export(module, "adding_handler", 1)
    if _exports(module, "adding_handler"):
        answer = adding.fn(handler.described())
        if not (type(answer) is tuple and answer[0] is OK):
            return ERROR, (atom("handler_not_added"), answer[1] if type(answer) is tuple else answer)
        _configure(handler, answer[1])
    log.handlers[handler_id] = handler
    return OK


def _exports(module: Any, name: str) -> bool:
    from pyex.code.server import ensure_loaded

    version = ensure_loaded(module)
    return version is not None and version.defines(name, 1)


@module.function
def remove_handler(handler_id: Any) -> Any:
    """Take a handler away."""
    handler = log.handlers.pop(handler_id, None)
    if handler is None:
        return _unknown(handler_id)
    if _exports(handler.module, "removing_handler"):
        export(handler.module, "removing_handler", 1).fn(handler.described())
    return OK


def _configure(handler: log.Handler, config: Any) -> None:
    for key, value in config.items():
        if key.name == "filters":
            handler.filters = dict(to_pylist(value))
        elif key.name in ("level", "config", "formatter", "filter_default"):
            setattr(handler, key.name, value)


@module.function("set_handler_config", arity=2)
def set_handler_config(handler_id: Any, config: Any) -> Any:
    """Change settings of a handler."""
    handler = _handler(handler_id)
    if handler is None:
        return _unknown(handler_id)
    _configure(handler, config)
    return OK


@module.function("update_handler_config", arity=2)
def update_handler_config(handler_id: Any, config: Any) -> Any:
    """Change some settings of a handler."""
    return set_handler_config(handler_id, config)


@module.function("set_handler_config", arity=3)
def set_handler_setting(handler_id: Any, key: Any, value: Any) -> Any:
    """Change one setting of a handler."""
    return set_handler_config(handler_id, Map.from_pairs([(key, value)]))


@module.function("update_handler_config", arity=3)
def update_handler_setting(handler_id: Any, key: Any, value: Any) -> Any:
    """Change one setting of a handler."""
    return set_handler_config(handler_id, Map.from_pairs([(key, value)]))


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


@module.function
def unset_module_level(modules: Any) -> Any:
    """Forget the level of a module, or of a list of modules."""
    return elixir_logger.delete_module_level(modules)


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

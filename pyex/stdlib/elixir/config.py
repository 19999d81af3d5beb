"""Config: the language of configuration files."""

from __future__ import annotations

import os
from typing import Any

from pyex.code import configuring
from pyex.code.configuring import evaluation, is_keyword, merge
from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import argument_error, elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import List, elixir_list, from_pylist, to_pylist

module = NativeModule("Config", doc="The language of the files config/config.exs and config/runtime.exs.")


@module.function("config", arity=2)
def config(root_key: Any, opts: Any) -> Any:
    """Set settings of an application, merged deeply with what was set before.

        import Config
        config :logger, level: :info
    """
    if not is_atom(root_key) or not isinstance(opts, List):
        raise function_clause(module.name, "config", (root_key, opts))
    if not is_keyword(opts):
        raise argument_error(f"config/2 expected a keyword list, got: {inspect(opts)}")
    found = evaluation()
    found.settings = merge(found.settings, [(root_key, opts)])
    return atom.ok


@module.function("config", arity=3)
def config_key(root_key: Any, key: Any, opts: Any) -> Any:
    """Set one setting of an application; a keyword list is merged with what was set before.

        import Config
        config :example, Example.Repo, size: 10
    """
    if not is_atom(root_key) or not is_atom(key):
        raise function_clause(module.name, "config", (root_key, key, opts))
    found = evaluation()
    found.settings = merge(found.settings, [(root_key, elixir_list((key, opts)))])
    return atom.ok


@module.function
def read_config(root_key: Any) -> Any:
    """Return what has been set so far for an application, or nil."""
    return next((value for key, value in evaluation().settings if key is root_key), None)


@module.macro("config_env", arity=0)
def config_env(env: Any) -> Any:
    """Return the environment that the file is read for: `:dev`, `:test`, `:prod`."""
    return build.remote(module.name, "__env__!")


@module.macro("config_target", arity=0)
def config_target(env: Any) -> Any:
    """Return the target that the file is read for, `:host` usually."""
    return build.remote(module.name, "__target__!")


@module.macro("import_config", arity=1)
def import_config(env: Any, file: Any) -> Any:
    """Read another configuration file; its path is relative to this file's folder."""
    folder = os.path.dirname(os.path.abspath(env.file))
    return build.remote(module.name, "__import__!", build.remote(atom("Elixir.Path"), "expand", file, folder))


@module.function("__env__!", doc=False)
def environment() -> Any:
    """Return the environment of the configuration under way."""
    found = evaluation().env
    if found is None:
        raise elixir_error("RuntimeError", message="no :env key was given to this configuration file")
    return found


@module.function("__target__!", doc=False)
def target() -> Any:
    """Return the target of the configuration under way."""
    found = evaluation().target
    if found is None:
        raise elixir_error("RuntimeError", message="no :target key was given to this configuration file")
    return found


@module.function("__import__!", doc=False)
def import_file(path: Any) -> Any:
    """Read another file into the configuration under way."""
    if not evaluation().imports:
        raise elixir_error(
            "RuntimeError",
            message="import_config/1 is not enabled for this configuration file. "
            "Some configuration files do not allow importing other files as they are often copied to external systems",
        )
    return configuring.import_file(path)


@module.function("__merge__", arity=2, doc=False)
def merge_lists(config1: Any, config2: Any) -> Any:
    """Return two configurations merged."""
    return from_pylist(merge(to_pylist(config1), to_pylist(config2)))

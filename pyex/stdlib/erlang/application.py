""":application, Erlang's face of Application."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp import application, applications
from pyex.terms.atoms import atom

OK: Final = atom("ok")
UNDEFINED: Final = atom("undefined")
module = NativeModule(":application", doc="Programs that start and stop as one, and their settings.")

for _name, _arity, _function in (
    ("start", 1, application.start), ("start", 2, application.start), ("stop", 1, application.stop),
    ("ensure_started", 1, application.ensure_started), ("ensure_all_started", 1, application.ensure_all_started),
    ("load", 1, application.load), ("unload", 1, application.unload), ("get_env", 3, application.get_env),
    ("which_applications", 0, application.started_applications), ("set_env", 3, application.put_env),
    ("loaded_applications", 0, application.loaded_applications), ("get_all_env", 1, application.get_all_env),
    ("unset_env", 2, application.delete_env), ("get_application", 1, application.get_application),
):  # fmt: skip
    module.function(_name, arity=_arity)(_function)


@module.function("get_env", arity=2)
def get_env(app: Any, key: Any) -> Any:
    """A setting as `{:ok, value}`, or `:undefined`."""
    found = applications.environments.get(app, {})
    return (OK, found[key]) if key in found else UNDEFINED


@module.function("get_key", arity=2)
def get_key(app: Any, key: Any) -> Any:
    """A fact about an application as `{:ok, value}`, or `:undefined`."""
    found = application.spec_item(app, key)
    return UNDEFINED if found is None else (OK, found)


@module.function("get_all_key", arity=1)
def get_all_key(app: Any) -> Any:
    """All that is known of an application as `{:ok, list}`, or `:undefined`."""
    found = application.spec(app)
    return UNDEFINED if found is None else (OK, found)

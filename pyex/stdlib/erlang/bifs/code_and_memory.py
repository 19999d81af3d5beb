"""Loaded modules, collecting garbage, what is printed at once, and the switches of the machine."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any, Final

from pyex import runtime
from pyex.otp import match_specs
from pyex.otp.match_spec_faults import faults
from pyex.runtime import old_code
from pyex.stdlib.erlang.bifs.starting import is_option
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import bad_argument, refused
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, charlist, elixir_list, from_pylist, is_proper, to_pylist
from pyex.terms.pids import Pid, Port, Reference

_UNDEFINED: Final = atom("undefined")


def _named(name: str, module: Any) -> Any:
    if not is_atom(module):
        raise bad_argument("erlang", name, (module,), a1="not an atom")
    return module


def function_exported(target: Any, name: Any, arity: Any) -> bool:
    """Whether a loaded module exports a function; the library is always loaded."""
    if not is_atom(target) or not is_atom(name) or type(arity) is not int:
        faults = [None if is_atom(given) else "not an atom" for given in (target, name)]
        no_integer = None if type(arity) is int else "not an integer"
        raise refused("erlang", "function_exported", (target, name, arity), *faults, no_integer)
    version = _loaded(target)
    return version is not None and version.defines(getattr(name, "name", ""), arity)


def module_loaded(target: Any) -> bool:
    """Whether a module is loaded; the library always is."""
    return _loaded(_named("module_loaded", target)) is not None


def _loaded(target: Any) -> Any:
    """Return the version of a loaded module, or None; a module of the library is loaded for it."""
    from pyex.code import server
    from pyex.code.native import load_native
    from pyex.code.versions import current

    if current(target) is None and load_native(target) is not None:
        server.ensure_loaded(target)
    return current(target)


def loaded() -> Any:
    """The names of all loaded modules."""
    from pyex.code.versions import loaded_modules

    return from_pylist(list(loaded_modules()))


def check_old_code(module: Any) -> bool:
    """Whether there is an older version of a module that processes may still run."""
    return old_code.has_old(_named("check_old_code", module))


def check_process_code(pid: Any, module: Any, options: Any = EMPTY) -> Any:
    """Whether a process runs an older version of a module."""
    if type(pid) is not Pid or not is_atom(module):
        no_pid = None if type(pid) is Pid else "not a pid"
        faults = (no_pid, None if is_atom(module) else "not an atom")
        raise refused("erlang", "check_process_code", (pid, module), *faults)
    asked = None
    for option in to_pylist(options) if is_proper(options) else [options]:
        if is_option(option, "async"):
            asked = option
        elif not (is_option(option, "allow_gc") and type(option[1]) is bool):
            raise bad_argument("erlang", "check_process_code", (pid, module, options), a3="invalid option in list")
    found = pid.process is not None and old_code.runs_old(pid.process, module)
    if asked is None:
        return found
    runtime.send(runtime.self_pid(), (atom("check_process_code"), asked[1], found))
    return asked[0]


def delete_module(module: Any) -> Any:
    """Unload a module: true, or `:undefined` when it was not loaded."""
    return True if old_code.delete(_named("delete_module", module)) else _UNDEFINED


def purge_module(module: Any) -> bool:
    """Throw the old version of a module away; there must be one."""
    if is_atom(module) and old_code.has_old(module):
        old_code.purge(module)
        return True
    raise bad_argument("erlang", "purge_module", (module,), **({} if is_atom(module) else {"a1": "not an atom"}))


_MODULE_INFO: Final = frozenset({"module", "exports", "functions", "attributes", "compile", "md5", "nifs", "native"})


def get_module_info(module: Any, item: Any = None) -> Any:
    """What `module_info` of a module gives."""
    from pyex.code import server

    known = item is None or type(item) is Atom and item.name in _MODULE_INFO
    if not is_atom(module) or not known or server.ensure_loaded(module) is None:
        raise bad_argument("erlang", "get_module_info", (module,) if item is None else (module, item))
    if item is None:
        return export(module, "module_info", 0).fn()
    return export(module, "module_info", 1).fn(item)


_NOBODY: Final = object()


def garbage_collect(pid: Any = _NOBODY, options: Any = EMPTY) -> Any:
    """Collect garbage now; with `async: request`, tell by a message that it is done."""
    if pid is not _NOBODY and type(pid) is not Pid:
        raise bad_argument("erlang", "garbage_collect", (pid,), a1="not a pid")
    gc.collect()
    for option in to_pylist(options):
        if type(option) is tuple and option[0] is atom("async"):
            runtime.send(runtime.self_pid(), (atom("garbage_collect"), option[1], True))
            return atom("async")
    return True


def display(term: Any) -> bool:
    """Print a term to the standard error, as Erlang writes it."""
    from pyex.stdlib.erlang.io_lib.write import Style, write

    sys.stdout.flush()
    os.write(1, (write(term, Style(strings=True)) + "\n").encode())
    return True


_DEVICES: Final = {atom("stdout"): 1, atom("stderr"): 2, atom("stdin"): 1}


def display_string(first: Any, second: Any = _NOBODY) -> bool:
    """Print characters at once, past the shell's own output; to `:stdout` or `:stderr`."""
    device, text = (atom("stderr"), first) if second is _NOBODY else (first, second)
    args = (first,) if second is _NOBODY else (first, second)
    characters = text if type(text) is str else None
    if characters is None and is_proper(text) and all(type(item) is int for item in to_pylist(text)):
        characters = "".join(map(chr, to_pylist(text)))
    if device not in _DEVICES or characters is None:
        faults = [] if second is _NOBODY else [None if device in _DEVICES else "not a valid device type"]
        raise refused("erlang", "display_string", args, *faults, None if characters is not None else _NO_CHARACTERS)
    os.write(_DEVICES[device], characters.encode())
    return True


_NO_CHARACTERS: Final = "not a list of characters"


def list_to_ref(text: Any) -> Any:
    """The reference that a charlist shows."""
    words = _numbers("list_to_ref", text, "#Ref<", "reference")
    if len(words) != 4:
        raise bad_argument("erlang", "list_to_ref", (text,), a1=_unreadable("reference"))
    return Reference.of(*words[1:])


def list_to_port(text: Any) -> Any:
    """The port that a charlist shows."""
    words = _numbers("list_to_port", text, "#Port<", "port")
    if len(words) != 2:
        raise bad_argument("erlang", "list_to_port", (text,), a1=_unreadable("port"))
    return Port(words[-1])


def _unreadable(kind: str) -> str:
    return f"not a textual representation of a {kind}"


def _numbers(name: str, text: Any, head: str, kind: str) -> list[int]:
    if not is_proper(text):
        raise bad_argument("erlang", name, (text,), a1="not a list")
    shown = "".join(chr(item) if type(item) is int and 0 <= item < 128 else "?" for item in to_pylist(text))
    words = shown.removeprefix(head).removesuffix(">").split(".")
    if not shown.startswith(head) or not all(word.isdigit() for word in words):
        raise bad_argument("erlang", name, (text,), a1=_unreadable(kind))
    return [int(word) for word in words]


_FLAGS: Final[dict[Any, Any]] = {
    atom(name): value
    for name, value in {
        "backtrace_depth": 8, "fullsweep_after": 65535, "min_heap_size": 233, "min_bin_vheap_size": 46422,
        "max_heap_size": 0, "schedulers_online": 1, "trace_control_word": 0, "time_offset": atom("final"),
    }.items()
}  # fmt: skip


def system_flag(flag: Any, value: Any) -> Any:
    """Set a switch of the machine and return what it was; none of them has an effect here."""
    if flag not in _FLAGS:
        raise bad_argument("erlang", "system_flag", (flag, value), a1="invalid system flag")
    if type(value) is not type(_FLAGS[flag]):
        raise bad_argument("erlang", "system_flag", (flag, value), a2="invalid value for this flag")
    old, _FLAGS[flag] = _FLAGS[flag], value
    return old


def match_spec_test(term: Any, spec: Any, kind: Any) -> Any:
    """Try a match specification: `{:ok, result, [], []}`, the result false for a term that does not fit."""
    if kind not in (atom("table"), atom("trace")):
        raise bad_argument("erlang", "match_spec_test", (term, spec, kind), a3="invalid type for match spec")
    tracing = kind is atom("trace")
    tried = tuple(to_pylist(term)) if tracing and is_proper(term) else term
    if wrong := faults(spec, "trace" if tracing else "table"):
        return atom("error"), from_pylist([(atom("error"), charlist(text)) for text in wrong])
    found = match_specs.select(_of_arguments(spec) if tracing else spec, [tried])
    result = found[0] if found else False
    return atom("ok"), (True if tracing and found else result), EMPTY, EMPTY


def _of_arguments(spec: Any) -> Any:
    """Return a specification for calls as one for tuples: the heads are lists of arguments, results are not wanted."""
    clauses = []
    for head, guards, _ in to_pylist(spec):
        pattern = tuple(to_pylist(head)) if is_proper(head) else head
        clauses.append((pattern, guards, elixir_list(True)))
    return from_pylist(clauses)


BIFS: Final = (
    function_exported, module_loaded, loaded, check_old_code, check_process_code, delete_module, purge_module,
    get_module_info, garbage_collect, display, display_string, list_to_ref, list_to_port, system_flag, match_spec_test,
)  # fmt: skip

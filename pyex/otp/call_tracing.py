"""Tracing of calls: which functions tell of being called, and which processes are looked at (`:erlang.trace`, `:dbg`).

A traced function keeps its identity and gets other code, which tells of the call and goes on with the code it had: so calls through
export entries, local ones and the callbacks that a server holds are all seen, and nobody pays while nothing is traced. A function
of the library has its export entry exchanged instead. Self calls in tail position are a loop in compiled code, and are not seen.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from types import CodeType, FunctionType
from typing import Any, Final

from pyex.code.server import ensure_loaded
from pyex.code.versions import ModuleVersion, loaded_modules
from pyex.otp import match_specs
from pyex.runtime import system
from pyex.runtime.ending import bare_reason
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import Signal
from pyex.terms.functions import Export, export
from pyex.terms.lists import EMPTY, charlist, from_pylist, to_pylist
from pyex.terms.pids import Pid

TRACE: Final = atom("trace")
CALL: Final = atom("call")
ANY: Final = atom("_")
_ACTIONS: Final = frozenset({"return_trace", "exception_trace", "message"})


@dataclass(slots=True, eq=False)
class Traced:
    """A process that is looked at: what of, and who is told."""

    flags: set[str]
    tracer: Pid


@dataclass(slots=True, eq=False)
class Pattern:
    """A traced function: what its match specification asks for, and how it is put back."""

    module: Any
    name: str
    arity: int
    local: bool
    spec: Any
    restore: Callable[[], None] = field(default=lambda: None)


processes: Final[dict[Pid, Traced]] = {}
patterns: Final[dict[tuple[Any, str, int], Pattern]] = {}


class Everyone:
    """What holds for all processes, and for those that are not there yet."""

    traced: Traced | None = None


def traced(pid: Pid) -> Traced | None:
    """Return how a process is looked at; who is told of others is not looked at itself."""
    found = processes.get(pid) if processes else None
    if found is None:
        found = Everyone.traced
    return None if found is None or found.tracer == pid else found


# ---- functions


def set_pattern(module: Any, name: Any, arity: Any, spec: Any, *, local: bool) -> int:
    """Trace the functions of a module and name, or no longer (`spec` is None); returns how many there are.

    `:_` stands for every module, name or arity; without `local` only exported functions are meant.
    """
    count = 0
    for target in loaded_modules() if module is ANY else [module]:
        version = ensure_loaded(target)
        if version is None:
            continue
        for key in _functions(version, local):
            if (name is ANY or key[0] == name.name) and (arity is ANY or key[1] == arity):
                _change(version, key, spec, local)
                count += 1
    return count


def _functions(version: ModuleVersion, local: bool) -> list[tuple[str, int]]:
    names = dict.fromkeys(key for key in version.exports if not key[0].startswith("MACRO-"))
    if local:
        for name, value in version.namespace.items():
            if type(value) is FunctionType and "/" in name and not name.startswith("MACRO-"):
                base, _, arity = name.rpartition("/")
                if arity.isdecimal():
                    names.setdefault((base, int(arity)))
    return list(names)


def _change(version: ModuleVersion, key: tuple[str, int], spec: Any, local: bool) -> None:
    known = patterns.pop((version.name, *key), None)
    if known is not None:
        known.restore()
    if spec is None:
        return
    pattern = Pattern(version.name, *key, local, spec)
    function = version.exports.get(key) or version.namespace.get(f"{key[0]}/{key[1]}")
    if type(function) is FunctionType and version.kind == "elixir" and not function.__code__.co_freevars:
        _exchange_code(pattern, function)
    else:
        _exchange_entry(pattern, export(version.name, *key))
    patterns[(version.name, *key)] = pattern


def _exchange_code(pattern: Pattern, function: FunctionType) -> None:
    entry = export(pattern.module, pattern.name, pattern.arity)
    code, loop = function.__code__, entry.loop
    before = FunctionType(code, function.__globals__, function.__name__, function.__defaults__)
    function.__code__ = _telling(pattern.arity, lambda *args: _called(pattern, before, args))
    entry.loop = entry.through

    def restore() -> None:
        function.__code__ = code
        entry.loop = loop

    pattern.restore = restore


def _telling(arity: int, hook: Callable[..., Any]) -> CodeType:
    """Return the code of a function that hands its arguments to a hook, which is one of its constants."""
    names = ", ".join(f"a{place}" for place in range(arity))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # the text that is called is exchanged below
        made = compile(f"def traced({names}): return 'the hook'({names})", __file__, "exec", dont_inherit=True)
    code = next(constant for constant in made.co_consts if isinstance(constant, CodeType))
    return code.replace(co_consts=tuple(hook if constant == "the hook" else constant for constant in code.co_consts))


def _exchange_entry(pattern: Pattern, entry: Export) -> None:
    before, loop = entry.fn, entry.loop
    hook = lambda *args: _called(pattern, before, args)  # noqa: E731  # compared with what the entry holds when it is put back
    entry.fn, entry.loop = hook, entry.through

    def restore() -> None:
        if entry.fn is hook:
            entry.fn, entry.loop = before, loop

    pattern.restore = restore


# ---- calls


def _called(pattern: Pattern, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    process = system.scheduler.current
    looked_at = traced(process.pid) if process is not None else None
    if process is None or looked_at is None or "call" not in looked_at.flags or _is_inner(pattern, function):
        return function(*args)
    asked = _asked(pattern.spec, from_pylist(list(args)))
    if asked is None:
        return function(*args)
    me, tracer = process.pid, looked_at.tracer
    name = atom(pattern.name)
    counted = "arity" in looked_at.flags
    told = (TRACE, me, CALL, (pattern.module, name, pattern.arity if counted else from_pylist(list(args))))
    if "message" not in asked:
        system.send(tracer, told)
    elif asked["message"] is not False:
        system.send(tracer, (*told, asked["message"]))
    if "return_trace" not in asked and "exception_trace" not in asked:
        return function(*args)
    which = (pattern.module, name, pattern.arity)
    try:
        value = function(*args)
    except Exception as error:
        if "exception_trace" in asked:
            kind = atom(error.kind if isinstance(error, Signal) else "error")
            system.send(tracer, (TRACE, me, atom("exception_from"), which, (kind, bare_reason(error))))
        raise
    system.send(tracer, (TRACE, me, atom("return_from"), which, value))
    return value


def _is_inner(pattern: Pattern, function: Any) -> bool:
    """Tell whether a call comes from the function's own module, where only those from outside are to be seen."""
    if pattern.local:
        return False
    caller: Any = sys._getframe(2)
    while caller is not None and caller.f_code.co_filename == __file__:
        caller = caller.f_back
    return caller is not None and caller.f_globals is getattr(function, "__globals__", None)


def _asked(spec: Any, args: Any) -> dict[str, Any] | None:
    """Return what a match specification asks for when arguments match it; None when they do not."""
    if spec is True or spec is EMPTY:
        return {}
    for pattern, guards, body in to_pylist(spec):
        bound: dict[int, Any] = {}
        if match_specs.match(pattern, args, bound) and match_specs.holds(guards, args, bound):
            return _done(to_pylist(body), args, bound)
    return None


def _done(body: list[Any], args: Any, bound: dict[int, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    for action in body:
        name = action[0].name if type(action) is tuple and action and type(action[0]) is Atom else ""
        if name in _ACTIONS:
            asked[name] = _value(action[1], args, bound) if len(action) == 2 else True
    return asked


def _value(form: Any, args: Any, bound: dict[int, Any]) -> Any:
    """Return what a message is to hold; `{:caller}` and `{:caller_line}` are who called."""
    name = form[0].name if type(form) is tuple and form and type(form[0]) is Atom else ""
    if name in ("caller", "caller_line"):
        found = _caller()
        return found if found is _UNKNOWN or name == "caller_line" else found[:3]
    return match_specs.evaluate(form, args, bound, in_body=True)


_UNKNOWN: Final = atom("undefined")


def _caller() -> Any:
    """Return the function of Elixir that called the traced one, with file and line: `{module, name, arity, {file, line}}`."""
    frame = sys._getframe()
    while frame is not None:
        namespace, code = frame.f_globals, frame.f_code
        if "__elixir__" in namespace and code.co_filename != __file__:
            module = namespace["__elixir__"]
            if module is None:
                return atom("elixir"), atom("eval_external_handler"), 3, (charlist("src/elixir.erl"), 388)
            name, _, arity = code.co_name.rpartition("/")
            if arity.isdecimal():
                return module, atom(name), int(arity), (charlist(code.co_filename), frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]  # None at the end
    return _UNKNOWN

"""Stack traces: Python tracebacks as Elixir's lists of frames, and their text.

A frame is `{module, function, arity_or_args, location}`, the innermost first. Only Elixir frames (their globals hold
`__elixir__`) and frames of the user's Python files are shown; pyex's own, Python's library and installed packages are left out.
"""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FrameType, TracebackType
from typing import Any, Final

from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.binaries import is_binary, to_bytes
from pyex.terms.error_info import ERROR_INFO, location_of
from pyex.terms.errors import ElixirError
from pyex.terms.exception_structs import EXCEPTIONS
from pyex.terms.folder import current_folder
from pyex.terms.functions import Export, arity_of
from pyex.terms.inspect import inspect
from pyex.terms.inspect.functions import mfa_text
from pyex.terms.inspect.literals import atom_text, function_name
from pyex.terms.lists import EMPTY, EmptyList, List, from_iterable, from_pylist, split_tail, to_pylist
from pyex.terms.maps import Map
from pyex.terms.native_frames import leaves_caller
from pyex.terms.rounds_table import TABLE, part_at
from pyex.terms.stack_entries import COMPILED, COMPILED_LABEL, FILE, NAME, OUTSIDE, TOP, entry_of

WAITING: Final = "@waiting"
"""The local of a function that loops where the BEAM's calls itself: the line of the calls that would wait, once there are any."""

DEPTH: Final = 8
"""As many frames of a stack are kept, as on the BEAM."""

Place = tuple[FrameType, int | None, bool, int]
"""A Python frame, the line at which it stands, whether callers of it stand at the same place, and its last instruction."""

_LOOKED_AT: Final = 64
"""As many places of a traceback are looked at; a recursion is one."""

_MAPS: Final = atom("maps")
_GET: Final = atom("get")
_ERL_EVAL: Final = atom("erl_eval")
_EXPR: Final = atom("expr")
_EVAL_BITS: Final = atom("eval_bits")
RAISED: Final = (ERROR_INFO, Map.from_pairs([(atom("module"), alias("Exception"))]))
"""What the location of a frame tells when `raise` stands in its function."""

project_application: Callable[[Any], str | None] | None = None
"""Filled by the code server: name and version, `sequence 0.1.0`, of the project that a module belongs to."""

waits_only: Callable[[CodeType, int], bool] | None = None
"""Filled by the compiler: whether code waits at an instruction for nothing but the value that it returns: a tail call."""


# ---- from Python


def of_exception(exc: BaseException) -> Any:
    """Return the stack trace of a caught exception as an Elixir list, callers of the catching function included."""
    from pyex.terms.foreign import signal_of

    signal = signal_of(exc) if isinstance(exc, Exception) else exc
    given = getattr(signal, "stacktrace", None)
    if given is not None:
        return given
    told = getattr(exc, _TOLD, None)
    if told is not None and told[0] is exc.__traceback__:
        return told[1]
    trace = _of_signal(exc, signal)
    setattr(exc, _TOLD, (exc.__traceback__, trace))
    return trace


_TOLD: Final = "__elixir_trace__"
"""Where an exception keeps the stack trace that was made of its traceback: `rescue` and `__STACKTRACE__` want the same one."""


def _of_signal(exc: BaseException, signal: Any) -> Any:
    frames: list[Any] = []
    if isinstance(signal, ElixirError):
        frames = [_given_frame(frame, signal.reason) for frame in signal.frames]
    found = _frames(exc.__traceback__)
    if any(map(_is_evaluated, found)) and not _in_evaluation(exc.__traceback__):
        found = [frame for frame in found if not _is_evaluated(frame)]
    if found and not frames and getattr(signal, "raised", False) and found[0][0] is not TOP:
        module, name, arity, location = found[0]
        found[0] = (module, name, arity, from_pylist([*to_pylist(location), RAISED]))
    return from_pylist(_merged(frames, found)[:DEPTH])


def _in_evaluation(tb: TracebackType | None) -> bool:
    """Tell whether an evaluation is on the stack; a function of the prompt that another process runs leaves no frame."""
    frame = tb.tb_frame if tb is not None else None
    while tb is not None:
        if tb.tb_frame.f_code.co_name in OUTSIDE:
            return True
        tb = tb.tb_next
    while frame is not None:
        if frame.f_code.co_name in OUTSIDE:
            return True
        frame = frame.f_back
    return False


def _merged(given: list[Any], frames: list[Any]) -> list[Any]:
    """Put given frames before a traceback's; a function without a matching clause is in both, and shown once.

    Where code is evaluated, a bitstring is made and a map is changed by functions of Erlang's; compiled code does it itself.
    The last are called so deep in Erlang's evaluator that a stack trace ends inside it.
    """
    if given and frames:
        module, name, args, info = given[-1]
        inner = frames[0]
        if module is _MAPS and name is _GET and inner[0] is not TOP:
            return [*given[:-1], (atom("erlang"), atom("map_get"), args, info), *frames]
        evaluator = module is _ERL_EVAL and name is _EXPR
        if evaluator and inner[0] is TOP:
            return given[:-1]
        if (evaluator or module is _EVAL_BITS) and inner[0] is not TOP:
            module, name, args, location = inner
            return [(module, name, args, from_iterable([*to_pylist(location), *to_pylist(info)])), *frames[1:]]
        if inner[0] is module and inner[1] is name and isinstance(args, List) and _takes(inner, len(to_pylist(args))):
            location = from_iterable([*to_pylist(inner[3]), *to_pylist(info)])
            return [*given[:-1], (module, name, args, location), *frames[1:]]
    return given + frames


def _takes(frame: Any, count: int) -> bool:
    """Tell whether a frame's function was given so many arguments; of one without a name it counts what that captures too."""
    return bool(frame[2] == count or (frame[2] > count and _INNER.match(atom_name(frame[1]) or "")))


def _is_evaluated(frame: Any) -> bool:
    return frame[0] is TOP and frame[1] is FILE


def inner_frames(exc: BaseException) -> list[Any]:
    """Return the frames of an exception up to where it was caught, innermost first."""
    found = [_given_frame(frame, exc.reason) for frame in exc.frames] if isinstance(exc, ElixirError) else []
    entries = []
    tb = exc.__traceback__
    while tb is not None:
        entry = entry_of(tb.tb_frame, tb.tb_lineno, current_folder())
        if entry is not None:
            entries.append(entry)
        tb = tb.tb_next
    return found + entries[::-1]


def from_traceback(tb: TracebackType | None) -> Any:
    """Return the frames of a Python traceback, and of what called it, as an Elixir list."""
    return from_pylist(_frames(tb)[:DEPTH])


def current() -> Any:
    """Return the stack trace of the running code."""
    import sys

    return from_pylist(_callers(sys._getframe(1))[:DEPTH])


def of_frame(frame: FrameType | None) -> Any:
    """Return the stack trace of a Python frame: where a process is now."""
    return from_pylist(_callers(frame)[:DEPTH])


def _given_frame(frame: tuple[Any, ...], reason: Any) -> Any:
    module, name, args = frame[:3]
    given = from_iterable(args) if isinstance(args, tuple) else args
    called = atom(name) if isinstance(name, str) else name
    return module, called, given, location_of(module, called, given, frame[3] if len(frame) > 3 else {}, reason)


def _frames(tb: TracebackType | None) -> list[Any]:
    """Return the frames of a traceback, innermost first, then those of what called its first."""
    places: deque[Place] = deque(maxlen=_LOOKED_AT)
    outer = tb.tb_frame.f_back if tb is not None else None
    while tb is not None:
        last = places[-1] if places else None
        again = last is not None and last[0].f_code is tb.tb_frame.f_code and last[1] == tb.tb_lineno
        if again:
            places.pop()
        places.append((tb.tb_frame, tb.tb_lineno, again, tb.tb_lasti))
        tb = tb.tb_next
    return _told(itertools.chain(reversed(places), _outwards(outer)))


def _callers(frame: FrameType | None) -> list[Any]:
    return _told(_outwards(frame))


def _outwards(frame: FrameType | None) -> Iterator[Place]:
    """Yield the places of a frame and of its callers; a recursion from one place is one, as on the BEAM."""
    code, line = None, None
    while frame is not None:
        if frame.f_code is not code or frame.f_lineno != line:
            code, line = frame.f_code, frame.f_lineno
            yield frame, line, False, frame.f_lasti
        frame = frame.f_back


def _told(places: Iterable[Place]) -> list[Any]:
    """Return the entries of places, innermost first.

    Of evaluated functions that call each other only the innermost is told. One that compiled code has called is told with
    the line of the prompt that called that code, and the compiled code between them is not, as in iex. What has called
    another function in tail position is gone, as on the BEAM.
    """
    found: list[Any] = []
    folder = current_folder()
    evaluated = 0
    """How many entries there are up to the last evaluated one."""
    between = False
    inner: FrameType | None = None
    for frame, line, again, last in places:
        called = inner
        if frame.f_code not in _STUBS:
            inner = frame
        entry = entry_of(frame, line, folder)
        if entry is None:
            between = between or "__elixir__" not in frame.f_globals
            continue
        waiting = frame.f_locals.get(WAITING) if WAITING in frame.f_code.co_varnames else None
        if called is not None and _has_left(frame, last, called):
            between = True
            if waiting is None:
                continue
            entry, waiting = entry_of(frame, waiting, folder), None
        if not _is_evaluated(entry):
            between = True
        elif evaluated:
            if not between:
                continue
            del found[evaluated:]
        if again and not found and not _is_evaluated(entry):
            found.append(
                entry
            )  # the place of the failure is one, that of the calls that led there by recursion another
        found += _with_rounds(frame, line, last, entry, called)
        if waiting is not None:
            found.append(entry_of(frame, waiting, folder))
        if _is_evaluated(entry):
            evaluated, between = len(found), False
        if len(found) >= DEPTH:
            break
    return found


def _with_rounds(frame: FrameType, line: int | None, last: int, entry: Any, called: FrameType | None) -> list[Any]:
    """Return the entries of a frame: of the parts that are functions of their own on the BEAM, then its own."""
    label = frame.f_code.co_name
    parts, ends = part_at(frame.f_code, last, frame.f_globals.get(TABLE))
    if not parts:
        return [entry]
    folder = current_folder()
    interpreted = _is_evaluated(entry) and label != COMPILED_LABEL
    name = label.rpartition("/")[0]
    inside = atom(name if _INNER.match(name) else f"-{label}-fun-0-")
    shown: list[Any] = []
    gone = ends and called is not None and _is_function(called)
    for _, outer, arity, leaves in parts:
        module, _, _, location = entry_of(frame, line, folder)
        told = (COMPILED if module is TOP or label.startswith("__MODULE__/") else module, inside, arity, location)
        if interpreted:
            shown.append((TOP, FILE, 1, location))
        elif not gone:
            shown.append(told)
        line, gone = outer, leaves
    return shown if gone and not _is_evaluated(entry) else [*shown, entry_of(frame, line, folder)]


def _has_left(frame: FrameType, last: int, called: FrameType) -> bool:
    """Tell whether a frame of a compiled function has only to return what the function in `called` returns."""
    if (
        waits_only is None
        or frame.f_globals.get("__elixir__") is None
        or frame.f_code.co_name.startswith("__MODULE__/")
    ):
        return False
    return _is_function(called) and waits_only(frame.f_code, last)


def _is_function(called: FrameType) -> bool:
    """Tell whether a frame is that of a function which on the BEAM is one too."""
    if "__elixir__" in called.f_globals:
        return NAME.match(called.f_code.co_name) is not None
    return leaves_caller(called.f_code)


_STUBS: Final = (Export.unresolved.__code__, Export.through.__code__)
"""Stand between the caller of a function and the function while its module is not loaded."""



# ---- as text


_ERLANG_STDLIB: Final = frozenset(
    "array base64 binary calendar dets dict digraph erl_eval ets file_sorter gb_sets gb_trees gen gen_event gen_server "
    "gen_statem io io_lib lists maps math orddict ordsets proc_lib proplists queue rand re sets string supervisor sys timer "
    "unicode uri_string".split()
)
_ELIXIR_STDLIB: Final = frozenset(
    "Access Agent Application Atom Base Bitwise Calendar Code Collectable Date DateTime Duration DynamicSupervisor Enum Enumerable "
    "Exception File Float Function GenServer IO Inspect Integer JSON Kernel Keyword List Macro Map MapSet Module NaiveDateTime "
    "Node OptionParser PartitionSupervisor Path Port Process Protocol Range Record Regex Registry Stream String StringIO "
    "Supervisor System Task Time Tuple URI Version".split()
)
_PROTOCOLS: Final = frozenset({"Collectable", "Enumerable", "Inspect", "List", "String"})
"""Below these names lie the users' implementations too."""
_BELOW_PROTOCOLS: Final = frozenset({"Inspect.Algebra", "Inspect.Opts", "List.Chars", "String.Break", "String.Chars"})
"""What Elixir itself has below those names, its own implementations aside."""

ELIXIR_VERSION: Final = "1.18.3"
STDLIB_VERSION: Final = "6.2.2.1"
KERNEL_VERSION: Final = "10.2.7.1"
_ERLANG_KERNEL: Final = frozenset(
    "application application_controller application_master code erpc error_logger file global inet logger net_adm net_kernel os pg rpc".split()
)


_APPLICATIONS: Final = {"IEx": "iex", "Logger": "logger"}


def application_of(module: Any) -> str:
    """Return the prefix of a frame that names its application, `(elixir 1.18.3) `, or nothing."""
    own = project_application(module) if project_application is not None else None
    if own is not None:
        return f"({own}) "
    name = atom_name(module) or ""
    if name.startswith("Elixir."):
        first, dot, _ = name[7:].partition(".")
        if name[7:] in EXCEPTIONS:
            return f"(elixir {ELIXIR_VERSION}) "
        if first in _ELIXIR_STDLIB and (not (dot and first in _PROTOCOLS) or name[7:] in _BELOW_PROTOCOLS):
            return f"(elixir {ELIXIR_VERSION}) "
        return f"({_APPLICATIONS[first]} {ELIXIR_VERSION}) " if first in _APPLICATIONS else ""
    if name == "elixir":
        return f"(elixir {ELIXIR_VERSION}) "
    if name in _ERLANG_KERNEL:
        return f"(kernel {KERNEL_VERSION}) "
    return f"(stdlib {STDLIB_VERSION}) " if name in _ERLANG_STDLIB else ""


def format_location(location: Any) -> str:
    """Return `file:line: ` of a frame's location, or nothing."""
    file: Any = None
    line: Any = 0
    for item in split_tail(location)[0]:
        if type(item) is tuple and len(item) == 2:
            if item[0] is atom.file:
                file = item[1]
            elif item[0] is atom.line:
                line = item[1]
    return format_file_line(file, line, " ")


def format_file_line(file: Any, line: Any, suffix: str = "") -> str:
    """Return `file:line:` with a suffix; empty when there is no file."""
    if isinstance(file, List):
        file = "".join(map(chr, to_pylist(file)))
    elif is_binary(file):
        file = to_bytes(file).decode("utf-8", "replace")
    if not file:
        return ""
    return f"{file}:{line}:{suffix}" if type(line) is int and line else f"{file}:{suffix}"


_INNER: Final = re.compile(r"-(?P<outer>.+)/(?P<arity>\d+)-fun-\d+-\Z", re.DOTALL)


def format_mfa(module: Any, name: Any, args: Any) -> str:
    """Return `Mod.fun/arity`, `Mod.fun(args)`, or `anonymous fn/arity in Mod.fun/arity`."""
    text = atom_name(name) or ""
    found = _INNER.match(text)
    if found is not None:
        arity = args if type(args) is int else len(to_pylist(args))
        return f"anonymous fn/{arity} in {_module_text(module)}.{function_name(found['outer'])}/{found['arity']}"
    if type(args) is int:
        if text.startswith("MACRO-") and args:
            # A macro is a function whose first argument is the caller's environment.
            text, args = text[6:], args - 1
        if _module_text(module) != atom_text(module):
            return f"{_module_text(module)}.{text}/{args}"
        return mfa_text(module, text, args)
    return f"{_module_text(module)}.{function_name(text)}({_arguments(args)})"


def _module_text(module: Any) -> str:
    name = atom_name(module) or ""
    return name if name.startswith("Python.") else atom_text(module)


def _arguments(args: Any) -> str:
    return ", ".join(map(inspect, to_pylist(args)))


def format_entry(entry: Any) -> str:
    """Return one frame's text, without indentation."""
    if len(entry) == 3:
        fun, args, location = entry
        shown = f"/{args}" if type(args) is int else f"({_arguments(args)})"
        return f"{format_location(location)}{inspect(fun)}{shown}"
    module, name, args, location = entry
    where = format_location(location)
    text = atom_name(name)
    if text == "__MODULE__" and args == 0:
        return f"{where}{atom_text(module)} (module)"
    if text == "__MODULE__" and args == 1:
        return f"{where}(module)"
    if text == "__FILE__" and args == 1:
        return f"{where}(file)"
    return f"{application_of(module)}{where}{format_mfa(module, name, args)}"


def format_stacktrace(stacktrace: Any) -> str:
    """Return a stack trace's lines, each indented by four blanks."""
    entries = to_pylist(stacktrace)
    return "".join([f"    {format_entry(entry)}\n" for entry in entries]) if entries else "\n"


def is_stacktrace(value: Any) -> bool:
    """Tell whether a term has the form of a stack trace."""
    if type(value) is EmptyList or not isinstance(value, List):
        return type(value) is EmptyList
    items, tail = split_tail(value)
    return tail is EMPTY and all(map(_is_entry, items))


def _is_entry(item: Any) -> bool:
    if type(item) is not tuple:
        return False
    if len(item) == 4:
        module, name, args, location = item
        named = type(module) is Atom and (type(name) is Atom or name in (None, True, False))
    elif len(item) == 3:
        fun, args, location = item
        named = arity_of(fun) is not None
    else:
        return False
    return named and (type(args) is int or isinstance(args, List)) and isinstance(location, List)


__all__ = [
    "application_of",
    "current",
    "format_entry",
    "format_file_line",
    "format_mfa",
    "format_stacktrace",
    "from_traceback",
    "is_stacktrace",
    "of_exception",
    "of_frame",
]

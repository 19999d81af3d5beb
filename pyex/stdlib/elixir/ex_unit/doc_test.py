"""ExUnit.DocTest: the examples of a module's documentation as tests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from pyex.code import server
from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.kernel import build
from pyex.compiler.kernel.build import remote
from pyex.compiler.module.escape import hand_over
from pyex.compiler.module.store import store_definition
from pyex.stdlib.elixir.ex_unit.assertions import failure
from pyex.stdlib.elixir.ex_unit.case import register
from pyex.syntax import parse
from pyex.terms import exceptions, foreign
from pyex.terms import stacktrace as traces
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError, elixir_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, to_pylist
from pyex.terms.order import identical

module = NativeModule("ExUnit.DocTest", doc="The examples of a module's documentation as tests.")
DOC_TEST: Final = alias("ExUnit.DocTest")
_PROMPT: Final = re.compile(r"(?:iex|\.\.\.)(?:\([^)]*\))?> ?(.*)")
_RAISES: Final = re.compile(r"\*\* \((\S+)\) ?(.*)", re.DOTALL)


@dataclass(slots=True)
class Step:
    """An expression of an example, with the text of what it should give."""

    code: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """Return the example as it stands in the documentation."""
        first, *rest = self.code
        return "\n".join([f"iex> {first}", *(f"...> {line}" for line in rest), *self.expected])


def examples(text: str) -> list[list[Step]]:
    """Return the examples of a documentation: those that no empty line parts belong together."""
    groups: list[list[Step]] = []
    fresh = True
    in_step = False
    for raw in text.split("\n"):
        line = raw.strip()
        prompt = _PROMPT.match(line)
        if prompt is not None and line.startswith("iex"):
            if fresh:
                groups.append([])
            groups[-1].append(Step([prompt[1]]))
            fresh, in_step = False, True
        elif prompt is not None and in_step and groups:
            groups[-1][-1].code.append(prompt[1])
        elif not line or line.startswith("```"):
            fresh, in_step = True, False
        elif in_step:
            groups[-1][-1].expected.append(line)
    return groups


@module.macro(arity=(1, 2))
def doctest(env: Any, mod: Any, opts: Any = EMPTY) -> Any:
    """Make tests of the examples in a module's documentation. Options: `only`, `except`, `import`, `tags`."""
    load = build.call("import", mod, elixir_list((atom("warn"), False)))
    pairs = dict(build.keyword_pairs(opts) or ())
    forms = [load] if pairs.get(atom("import")) is True else []
    place = hand_over(env, env)
    if forms:
        place = (atom("__ENV__"), EMPTY, None)
    return build.block(*forms, remote(DOC_TEST, "__define__", mod, opts, place))


@module.function("__define__", doc=False)
def define(mod: Any, opts: Any, env: Any) -> Any:
    """Store the tests of a module's examples in the module under compilation."""
    where = Env.of(env)
    given = {key.name: value for key, value in to_pylist(opts)}
    version = server.ensure_loaded(mod)
    if version is None or version.file is None:
        raise elixir_error(
            "ExUnit.DocTest.Error",
            message=f"could not retrieve the documentation for module {inspect(mod)}. "
            "The module was not compiled with documentation or its BEAM file cannot be accessed",
        )
    number = 0
    for title, key, text in _documentation(mod, version.info):
        if not _wanted(key, given):
            continue
        for group in examples(text):
            number += 1
            name = register(where, "doctest", f"{title} ({number})", given.get("tags", EMPTY))
            body = build.block(*(_form(step) for step in group), atom.ok)
            head = (name, EMPTY, elixir_list(build.UNDERSCORE))
            store_definition("def", head, elixir_list((atom.do, body)), True, where, check=False)
    return atom.ok


def _documentation(mod: Any, info: Any) -> list[tuple[str, Any, str]]:
    """Return title, name with arity, and text of each documentation of a module."""
    shown = inspect(mod)
    found: list[tuple[str, Any, str]] = []
    if isinstance(info.moduledoc, str):
        found.append((f"module {shown}", None, info.moduledoc))
    named = [(info.lines.get((name, arity), 0), kind, name, arity) for kind, name, arity in info.docs]
    for _, kind, name, arity in sorted(named):
        text = info.docs[kind, name, arity]
        if kind in ("function", "macro") and isinstance(text, str):
            found.append((f"{shown}.{name}/{arity}", (atom(name), arity), text))
    return found


def _wanted(key: Any, given: dict[str, Any]) -> bool:
    def is_among(option: str) -> bool:
        listed = to_pylist(given[option])
        return (atom("moduledoc") if key is None else key) in listed or (key is not None and key[0] in listed)

    if "only" in given:
        return is_among("only")
    return "except" not in given or not is_among("except")


def _form(step: Step) -> Any:
    code = "\n".join(step.code)
    quoted = parse(code, columns=False)
    expected = "\n".join(step.expected)
    if not expected:
        return quoted
    raised = _RAISES.match(expected)
    if raised is not None:
        function = build.fun([], quoted)
        return remote(DOC_TEST, "__raises__", function, raised[1], raised[2], step.shown, code)
    value = build.var("value")
    if expected.startswith("#") and "<" in expected:
        told = remote(DOC_TEST, "__inspected__", value, expected, step.shown, code)
    else:
        told = remote(
            DOC_TEST, "__compared__", value, parse(expected, columns=False), step.shown, f"{code} === {expected}"
        )
    return (
        build.block(build.match(value, quoted), told)
        if not _binds(quoted)
        else build.block(quoted, build.match(value, _bound(quoted)), told)
    )


def _binds(quoted: Any) -> bool:
    return build.is_named(quoted, atom("="), 2) and build.is_var(build.args_of(quoted)[0])


def _bound(quoted: Any) -> Any:
    return build.args_of(quoted)[0]


def _failed(message: str, shown: str, code: str, **more: Any) -> ElixirError:
    return failure(message, doctest=shown, expr=code, **more)


@module.function("__compared__", doc=False)
def compared(value: Any, expected: Any, shown: Any, code: Any) -> Any:
    """Claim that an example gave the value that the documentation says."""
    if not identical(value, expected):
        raise _failed("Doctest failed", shown, code, left=value, right=expected)
    return atom.ok


@module.function("__inspected__", doc=False)
def inspected(value: Any, expected: Any, shown: Any, code: Any) -> Any:
    """Claim that what an example gave is inspected as the documentation says."""
    found = inspect(value)
    if found != expected:
        raise _failed("Doctest failed", shown, f"inspect({code}) === {inspect(expected)}", left=found, right=expected)
    return atom.ok


@module.function("__raises__", doc=False)
def raises(function: Any, name: Any, message: Any, shown: Any, code: Any) -> Any:
    """Claim that an example raises what the documentation says."""
    try:
        function()
    except Exception as raised:
        signal = foreign.signal_of(raised)
        if not isinstance(signal, ElixirError):
            raise
        error = exceptions.normalize(signal.reason, traces.of_exception(raised))
        told = exceptions.message_of(error)
        if inspect(error.struct) == name and told == message:
            return atom.ok
        if inspect(error.struct) != name:
            problem = f"Doctest failed: expected exception {name} but got {inspect(error.struct)} with message {inspect(told)}"
        else:
            problem = (
                f"Doctest failed: wrong message for {name}\nexpected:\n  {inspect(message)}\nactual:\n  {inspect(told)}"
            )
        raise _failed(problem, shown, code) from None
    raise _failed(f"Doctest failed: expected exception {name} but nothing was raised", shown, code)

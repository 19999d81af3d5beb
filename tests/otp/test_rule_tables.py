"""The rules of the behaviours' manuals, on modules in Elixir and on Python classes: what came of each on the BEAM comes here."""

from __future__ import annotations

import os
from typing import Any

import pytest

from pyex import GenServer, GenStateMachine, send, sleep
from pyex import atom as a
from pyex.code.evaluation import evaluate_file
from pyex.code.finder import module_atom
from pyex.code.versions import current
from pyex.terms.atoms import alias
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import from_iterable, is_proper, to_pylist
from pyex.terms.pids import Pid
from tests.otp.rule_tables import MODULES, Rule, elixirs, prelude, rules, script
from tests.runtime.programs import run

IN = a("in")


class Told(GenStateMachine):
    """The machine of machines.exs, which does what it is told."""

    state_enter = True

    def init(self, argument: Any) -> Any:
        return argument()

    def handle_event(self, kind: Any, content: Any, state: Any, data: Any) -> Any:
        logs = is_proper(data)
        match kind, content:
            case a.enter, old:
                return (a.keep_state, from_iterable([(a.enter, old, state), *to_pylist(data)])) if logs else data(old, state)
            case (a.call, sender), a.seen:
                return a.keep_state_and_data, (a.reply, sender, (state, to_pylist(data)[::-1] if logs else a.none))
            case (a.call, sender), (a.do, function):
                return function(sender, state, data)
            case (a.call, _), (a.later, _) if state is a.a:
                return a.keep_state_and_data, a.postpone
            case (a.call, sender), (a.later, what):
                return a.keep_state_and_data, (a.reply, sender, (what, state))
            case a.cast, (a.do, function):
                return function(state, data)
            case a.cast, (word, wanted, _) if word is IN and wanted is not state:
                return a.keep_state_and_data, a.postpone
        return a.keep_state, from_iterable([(kind, content), *to_pylist(data)])

    def terminate(self, reason: Any, state: Any, data: Any) -> Any:
        match data:
            case (a.told, pid):
                send(pid, (a.terminate, reason, state))
        return a.ok


class Kid(GenServer):
    """The child of supervisors.exs, which tells of its beginning and its end."""

    @classmethod
    def start_link(cls, argument: Any = None, *, name: Any = None, timeout: Any = None) -> Any:
        return super().start_link(argument, name=argument[1] if name is None else name, timeout=timeout)

    def init(self, argument: Any) -> Any:
        match argument:
            case _, a.ignored:
                return a.ignore
            case _, a.failing:
                return a.stop, a.why
        process_flag(a.trap_exit, True)
        send(argument[0], (a.up, argument[1]))
        return a.ok, argument

    def handle_cast(self, request: Any, state: Any) -> Any:
        match request:
            case (a.stop, reason):
                return a.stop, reason, state
            case (a.sleep, time):
                sleep(time)
                return a.noreply, state

    def terminate(self, reason: Any, state: Any) -> Any:
        send(state[0], (a.down, state[1], reason))


class Hears:
    """The event handler of events.exs: any class that has its callbacks is one."""

    def init(self, argument: Any) -> Any:
        match argument:
            case (me, (a.do, function)):
                return function(me)
            case (function, taken):
                return function(taken)
        return a.ok, argument

    def handle_event(self, event: Any, me: Any) -> Any:
        match event:
            case (a.do, function):
                return function(me)
        send(me, (a.event, event))
        return a.ok, me

    def handle_call(self, request: Any, me: Any) -> Any:
        match request:
            case (a.do, function):
                return function(me)
        return a.ok, (a.answer, request), me

    def handle_info(self, message: Any, me: Any) -> Any:
        send(me, (a.info, message))
        return a.ok, me

    def terminate(self, reason: Any, me: Any) -> Any:
        if isinstance(me, Pid):
            send(me, (a.terminate, reason))
        return a.last, me is a.other


CLASSES = {"machines": Told, "supervisors": Kid, "events": Hears}
process_flag = export(alias("Process"), "flag", 2)
TABLE = [(name, language, rule) for name in MODULES for language in ("elixir", "python") for rule in rules(name)]


@pytest.mark.parametrize(("name", "language", "rule"), TABLE, ids=[f"{name}-{language}-{rule.sentence}" for name, language, rule in TABLE])
def test_what_came_of_a_rule_on_the_beam_comes_here(name: str, language: str, rule: Rule, virtual_time: None) -> None:
    if current(alias(MODULES[name])) is None:
        evaluate_file(prelude(name).encode(), f"{name}.exs")
    module = MODULES[name] if language == "elixir" else inspect(module_atom(CLASSES[name]))
    outcome = run(lambda: evaluate_file(script(rule, module).encode(), f"{name}.exs")[0])
    assert outcome == rule.outcome


@pytest.mark.slow  # it runs a real Elixir
@pytest.mark.skipif("PYEX_ORACLE" not in os.environ, reason="PYEX_ORACLE names no real Elixir")
@pytest.mark.parametrize("name", MODULES)
def test_the_outcomes_are_those_of_the_beam(name: str) -> None:
    assert elixirs(name, MODULES[name]) == [rule.outcome for rule in rules(name)]

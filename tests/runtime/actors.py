"""Random programs of processes: spawns, links, monitors, aliases, names, traps, exits, sends and receives.

A program is a term, `{first, steps}`: with how many actors it begins, and who does what. `actors.ex` runs it, on pyex and on
the BEAM; the outcome is what the actors saw and what is left of them. Elixir's outcomes of a sample are recorded:

    python -m tests.runtime.actors

`PYEX_ORACLE` names a program that runs `elixir` when it is given that word; without it `elixir` itself is run.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from pyex import runtime
from pyex.code import versions
from pyex.code.evaluation import evaluate_file
from pyex.terms.atoms import alias, atom
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import elixir_list

FOLDER: Final = Path(__file__).parent
INTERPRETER: Final = FOLDER / "actors.ex"
RECORDED: Final = FOLDER / "actors.json"
SAMPLE: Final = 600

FIRST: Final = 3
WHO: Final = st.integers(0, FIRST).map(str)
REASON: Final = st.sampled_from([":normal", ":boom", ":kill", ":shutdown", "{:shutdown, 1}", ":killed", ":noproc"])
NUMBER: Final = st.integers(0, 2).map(str)
NAME: Final = st.sampled_from([":actor_a", ":actor_b"])
PATTERN: Final = st.sampled_from([":message", ":exit", ":down"])


def act(name: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return what makes the text of one act."""
    return st.tuples(*parts).map(lambda chosen: "{" + ", ".join([f":{name}", *chosen]) + "}")


def acts(one: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[str]:
    """Return what makes the text of a list of acts."""
    return st.lists(one, min_size=least, max_size=most).map(lambda chosen: "[" + ", ".join(chosen) + "]")


TO_OTHERS: Final = st.one_of(
    act("link", WHO),
    act("link", WHO),
    act("unlink", WHO),
    act("monitor", WHO, NUMBER),
    act("monitor", WHO, NUMBER, st.sampled_from([":explicit_unalias", ":demonitor", ":reply_demonitor"])),
    act("exit", WHO, REASON),
    act("exit", WHO, REASON),
    act("send", WHO, NUMBER),
    act("alive", WHO),
    act("links", WHO),
    act("queue", WHO),
)
ALONE: Final = st.one_of(
    act("trap", st.sampled_from(["true", "true", "false"])),
    act("leave", REASON),
    act("raise", st.just('"oops"')),
    act("throw", NUMBER),
    act("demonitor", NUMBER),
    act("flush", NUMBER),
    act("told", NUMBER),
    act("receive", st.one_of(PATTERN, st.just(":any"))),
    act("wait", PATTERN),
    act("yield", st.integers(1, 3).map(str)),
    st.just(":hibernate"),
)
NAMES: Final = st.one_of(
    act("register", NAME),
    act("register", NAME),
    act("unregister", NAME),
    act("whereis", NAME),
    act("send_name", NAME, NUMBER),
    act("monitor_name", NAME, NUMBER),
    act("alias", NUMBER, st.sampled_from([":explicit_unalias", ":reply"])),
    act("unalias", NUMBER),
    act("send_reference", NUMBER, NUMBER),
    act("send_reference", NUMBER, NUMBER),
)
SIMPLE: Final = st.one_of(TO_OTHERS, ALONE, NAMES)
SPAWN: Final = act("spawn", st.sampled_from([":spawn", ":link", ":monitor", ":both"]), acts(SIMPLE, 0, 2))
STEP: Final = st.tuples(
    WHO, acts(st.one_of(TO_OTHERS, TO_OTHERS, ALONE, NAMES, SPAWN, act("catching", acts(SIMPLE, 1, 3))), 1, 3)
).map(lambda step: f"{{{step[0]}, {step[1]}}}")
PROGRAMS: Final = acts(STEP, 2, 9).map(lambda steps: f"{{{FIRST}, {steps}}}")

SCRIPT: Final = """
:erlang.system_flag(:schedulers_online, 1)
Logger.configure(level: :none)
Code.require_file("actors.ex")
programs = for program <- File.stream!("programs"), do: elem(Code.eval_string(program), 0)
run = fn program -> Task.await(Task.async(fn -> Actors.run(program) end), :infinity) end
Enum.each(programs, run) # the BEAM loads a module at the first call of it, which takes a turn or more
for program <- programs do
  File.write!("outcomes", inspect(run.(program), limit: :infinity) <> "\\n", [:append])
end
"""


def elixirs(programs: list[str]) -> list[str]:
    """Return the outcomes of programs on a real Elixir, all in one run."""
    oracle = os.environ.get("PYEX_ORACLE")
    command = [oracle, "elixir"] if oracle else ["elixir"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "actors.ex").write_text(INTERPRETER.read_text())
        (folder / "programs").write_text("".join(program + "\n" for program in programs))
        (folder / "run.exs").write_text(SCRIPT)
        subprocess.run([*command, "run.exs"], cwd=folder, check=True)
        return (folder / "outcomes").read_text().splitlines()


def ours(program: str) -> str:
    """Return the outcome of a program on pyex."""
    if alias("Actors") not in versions.MODULES:
        evaluate_file(INTERPRETER.read_bytes(), str(INTERPRETER))
    results: list[Any] = []

    def drive() -> None:
        term = export(alias("Code"), "eval_string", 1).fn(program)[0]
        results.append(export(alias("Actors"), "run", 1).fn(term))

    pid = runtime.spawn(drive)
    runtime.run(until=lambda: not runtime.is_alive(pid))
    runtime.run_ready()
    assert results, f"the driver has ended: {inspect(runtime.exit_reason(pid))}"
    return inspect(results[0], elixir_list((atom("limit"), atom("infinity"))))


def sample() -> list[str]:
    """Return programs, the same ones each time."""
    found: list[str] = []

    @seed(7)
    @settings(max_examples=SAMPLE, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(PROGRAMS)
    def collect(program: str) -> None:
        found.append(program)

    collect()
    return sorted(set(found), key=len)


if __name__ == "__main__":
    programs = sample()
    lines = [json.dumps(pair) for pair in zip(programs, elixirs(programs), strict=True)]
    RECORDED.write_text("[\n" + ",\n".join(lines) + "\n]\n")

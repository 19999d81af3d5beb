"""What the manuals say of a behaviour, rule by rule: a sentence, lines of Elixir, and what a real Elixir made of them.

    PYEX_ORACLE=… python -m tests.otp.rule_tables     records the outcomes again

A file begins with modules. Then come the rules, `# sentence`, code and `# => outcome`, under headings `# ---- …`; `m` is the module
that is tried, one in Elixir or one in Python.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "rules"
_RULE: Final = re.compile(r"# (?!=> |---- )(?P<sentence>[^\n]+)\n(?P<code>(?:(?!#)[^\n]*\n)+)# => (?P<outcome>[^\n]*)\n")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it says, the code that shows it, and what comes of that."""

    sentence: str
    code: str
    outcome: str


def prelude(name: str) -> str:
    """Return the modules that a file begins with."""
    return (FOLDER / f"{name}.exs").read_text().split("# ----")[0]


def rules(name: str) -> list[Rule]:
    """Return the rules of a file."""
    text = (FOLDER / f"{name}.exs").read_text()
    found = [Rule(each["sentence"], each["code"].strip(), each["outcome"]) for each in _RULE.finditer(text)]
    assert len(found) == text.count("\n# => ")
    return found


def script(rule: Rule, module: str) -> str:
    """Return the code of a rule, tried on a module, in a process of its own; its value is the outcome as text."""
    return f"""
caller = self()
{{pid, ref}} = spawn_monitor(fn ->
m = {module}
outcome = (
{rule.code}
)
send(caller, {{:outcome, inspect(outcome, limit: :infinity, printable_limit: :infinity, width: 100_000)}})
end)
receive do
  {{:DOWN, ^ref, _, _, _}} -> receive do {{:outcome, outcome}} -> outcome after 0 -> "nothing" end
after
  4000 -> Process.exit(pid, :kill); "nothing in time"
end
"""


def elixirs(name: str, module: str) -> list[str]:
    """Return what a real Elixir makes of the rules of a file."""
    oracle = os.environ.get("PYEX_ORACLE")
    lines = [f"IO.puts((fn -> {script(rule, module)} end).())" for rule in rules(name)]
    text = "\n".join(["Logger.configure(level: :none)", prelude(name), *lines])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "rules.exs").write_text(text)
        command = [*([oracle] if oracle else []), "elixir", "rules.exs"]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def record(name: str, module: str) -> None:
    """Put what a real Elixir makes of the rules into their file."""
    outcomes = iter(elixirs(name, module))
    path = FOLDER / f"{name}.exs"
    path.write_text(re.sub(r"(?m)^# => .*$", lambda _: f"# => {next(outcomes)}", path.read_text()))


MODULES: Final = {"machines": "Told", "supervisors": "Kid", "events": "Hears"}
"""The module in Elixir that each file is about."""

if __name__ == "__main__":
    for each in sys.argv[1:] or MODULES:
        record(each, MODULES[each])

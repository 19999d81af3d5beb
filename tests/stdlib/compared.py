"""How often the library's functions are called in what was recorded from a real Elixir: `python -m tests.stdlib.compared`.

Counted are the expressions of `differential/` and `recorded/` and the sessions of `tests/golden`. What is called less than `ENOUGH`
times is listed in `thin.json`, those of Erlang's modules in `erlang_thin.json`, which the command writes anew.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyex.syntax import parse
from pyex.terms.atoms import Atom, atom_name
from pyex.terms.errors import ElixirError
from pyex.terms.lists import List, split_tail
from tests.stdlib.differential import FOLDER as DIFFERENTIAL
from tests.stdlib.differential import read
from tests.stdlib.erlang_exports import STORED as ERLANG_STORED
from tests.stdlib.exports import STORED
from tests.stdlib.record import FOLDER as RECORDED

UNCOMPARED: Final = {
    ":erlang.display/1": "prints past every device, and the place where depends on the version of Erlang",
    ":erlang.display_string/1": "prints past every device",
    ":erlang.display_string/2": "prints past every device",
    ":erlang.halt/0": "ends whoever would tell what it gave",
    "System.halt/0": "as above",
    "System.stop/0": "as above",
}
"""What a recorded call could not tell, each with its reason."""
ENOUGH: Final = 3
"""How many calls of a function are compared at least: a usual one, an edge and a wrong one; of one without arguments a single one."""
THIN: Final = Path(__file__).with_name("thin.json")
ERLANG_THIN: Final = Path(__file__).with_name("erlang_thin.json")
ABSENT: Final = Path(__file__).with_name("absent.json")
ERLANG_ABSENT: Final = Path(__file__).with_name("erlang_absent.json")
GOLDEN: Final = Path(__file__).parents[1] / "golden"
MODULES: Final = (
    "Access Atom Base Bitwise Calendar Calendar.ISO Code Collectable Date DateTime Duration Enum Enumerable Exception File Float "
    "Function IO IO.ANSI Inspect Inspect.Algebra Integer JSON Kernel Keyword List List.Chars Macro Map MapSet Module NaiveDateTime "
    "Node OptionParser Path Port Process Protocol Range Record Regex Stream String String.Chars StringIO System Time Tuple URI Version"
)
_PROMPT: Final = re.compile(r"(?:iex|\.\.\.)\(\d+\)> ?(.*)")


def expressions() -> Iterator[str]:
    """Yield all expressions whose results are compared with a real Elixir's."""
    for path in sorted(DIFFERENTIAL.glob("*.txt")):
        yield from (expression for expression, _ in read(path))
    for path in sorted(RECORDED.glob("*.exprs")):
        yield from path.read_text(encoding="utf-8").splitlines()
    for path in sorted(GOLDEN.rglob("*.iex")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if typed := _PROMPT.match(line):
                yield typed[1]


@cache
def calls() -> Counter[str]:
    """Return how often each function is called, by `Module.name/arity`; a local call is one of Kernel's."""
    found: Counter[str] = Counter()
    for text in expressions():
        try:
            form = parse(text, file="recorded")
        except ElixirError:
            continue  # a part of a longer expression, or one that is recorded for its error
        found.update(_calls(form, 0))
    return found


def _calls(form: Any, piped: int) -> Iterator[str]:
    """Yield the calls in a form that is given so many arguments by a pipe."""
    if isinstance(form, List):
        items, tail = split_tail(form)
        for item in [*items, tail]:
            if item is not form:
                yield from _calls(item, 0) if type(item) is tuple or isinstance(item, List) and len(items) else ()
        return
    if type(form) is not tuple:
        return
    if len(form) != 3 or not isinstance(form[2], List):
        for item in form:
            yield from _calls(item, 0)
        return
    head, _, arguments = form
    given = split_tail(arguments)[0]
    name = atom_name(head)
    if name == "|>" and len(given) == 2:
        yield "Kernel.|>/2"
        yield from _calls(given[0], 0)
        yield from _calls(given[1], 1)
        return
    if name == "/" and (called := _captured(given)) is not None:
        yield called
        return
    if name is not None:
        yield f"Kernel.{name}/{len(given) + piped}"
    elif (remote := _remote(head)) is not None:
        yield f"{remote}/{len(given) + piped}"
    else:
        yield from _calls(head, 0)
    for argument in given:
        yield from _calls(argument, 0)


def _remote(head: Any) -> str | None:
    """Return `Module.name` of the head of a remote call of a module that is named in the call."""
    if type(head) is not tuple or len(head) != 3 or atom_name(head[0]) != "." or not isinstance(head[2], List):
        return None
    parts = split_tail(head[2])[0]
    if len(parts) == 2 and type(parts[0]) is Atom:
        return f":{parts[0].name}.{atom_name(parts[1])}"
    if len(parts) != 2 or type(parts[0]) is not tuple or atom_name(parts[0][0]) != "__aliases__":
        return None
    names = [atom_name(part) for part in split_tail(parts[0][2])[0]]
    return f"{'.'.join(str(name) for name in names)}.{atom_name(parts[1])}"


def _captured(given: list[Any]) -> str | None:
    """Return what `Module.name/arity` names, as it stands below `&`."""
    if len(given) != 2 or type(given[1]) is not int or type(given[0]) is not tuple or len(given[0]) != 3:
        return None
    remote = _remote(given[0][0])
    return f"{remote}/{given[1]}" if remote is not None else None


def thin() -> dict[str, dict[str, int]]:
    """Return the functions of each module that are compared less than `ENOUGH` times, and how often they are."""
    exported: dict[str, list[str]] = json.loads(STORED.read_text(encoding="utf-8"))
    return _thin({module: exported[module] for module in MODULES.split()}, ABSENT, "")


def erlang_thin() -> dict[str, dict[str, int]]:
    """Return the same of Erlang's modules."""
    return _thin(json.loads(ERLANG_STORED.read_text(encoding="utf-8")), ERLANG_ABSENT, ":")


def _thin(exported: dict[str, list[str]], absences: Path, sigil: str) -> dict[str, dict[str, int]]:
    """Return what is compared too little of what modules export; functions that are not there need no calls."""
    absent: dict[str, list[str]] = json.loads(absences.read_text(encoding="utf-8"))
    counted = calls()
    found = {
        module: {
            name: times
            for name in names
            if name not in absent.get(module, [])
            and f"{sigil}{module}.{name}" not in UNCOMPARED
            and (times := counted[f"{sigil}{module}.{name}"]) < _needed(name)
        }
        for module, names in exported.items()
    }
    return {module: names for module, names in found.items() if names}


def _needed(name: str) -> int:
    return 1 if name.endswith("/0") else ENOUGH


if __name__ == "__main__":
    for path, listed in ((THIN, thin()), (ERLANG_THIN, erlang_thin())):
        path.write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

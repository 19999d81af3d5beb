"""What other processes print beside the step that is evaluated: Logger's blocks and traced messages.

Where such a block falls between the lines of a step is a race in iex itself: the report of a crashed server stands before or
after the exit that its caller gets. So two outputs are the same when they are with all asides moved to their end.
"""

from __future__ import annotations

import re
from typing import Final

_LOG: Final = re.compile(r"\d\d:\d\d:\d\d\.\d{3} \[\w+\]")
_TRACE: Final = re.compile(r"\*DBG\* ")
_REPORT: Final = re.compile(
    r"\s|$|\*\* \((?!exit\)|EXIT)|Last message|State:|Client |Function:|Args:|Initial Call:|Ancestors:|Start Call:"
    r"|Message Queue|Messages:|Links:|Dictionary:|Trapping Exits:|Status:|Heap Size:|Stack Size:|Reductions:|Neighbours:"
)


def moved_last(text: str) -> str:
    """Return an output with its asides, in their order, behind everything else."""
    step: list[str] = []
    asides: list[str] = []
    inside = False
    for line in text.split("\n"):
        if _TRACE.match(line):
            asides.append(line)
        elif _LOG.match(line):
            inside = True
            asides.append(line)
        elif inside and _REPORT.match(line):
            asides.append(line)
        else:
            inside = False
            step.append(line)
    return "\n".join([*step, *asides])

"""Running all processes for some time, from outside of any."""

from __future__ import annotations

import time

from pyex import runtime


def test_what_is_due_in_that_time_has_its_turn_however_late_the_machine_is() -> None:
    heard: list[int] = []

    def sleeper() -> None:
        runtime.pause(0.001)
        heard.append(1)

    runtime.spawn(sleeper, ())
    runtime.run_ready()
    time.sleep(0.003)
    runtime.run_for(0)
    assert heard == [1]

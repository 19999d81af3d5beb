"""How a `receive` without a time limit begins: most take the first message, so it is out of the mailbox at once."""

from __future__ import annotations

from typing import Any

from pyex.runtime.system import Cursor, current, scheduler


def first_message() -> Any:
    """Take the first message out of the running process's mailbox, waiting for it; `refused` puts it back."""
    process = scheduler.current
    if process is None:
        raise RuntimeError("not inside a process")
    while not process.mailbox:
        # What `block` does most of the time, here once more: a call less is a tenth of what a message takes.
        queue = scheduler.queue
        if (
            scheduler.straight > 0
            and queue
            and queue[0].greenlet is not None
            and process.greenlet is not None
            and process.thrown is None
            and scheduler.handing_back is None
        ):
            process.waiting = True
            scheduler.straight -= 1
            following = queue.popleft()
            following.queued = False
            following.reductions += 1
            scheduler.current = following
            following.greenlet.switch(following)
            if process.thrown is not None:
                scheduler.strike(process)
        else:
            scheduler.block()
    return process.mailbox.popleft()


def refused(message: Any) -> Cursor:
    """Put a message back that is not wanted yet; returns a cursor that stands behind it."""
    process = current()
    process.mailbox.appendleft(message)
    cursor = Cursor(process)
    cursor.place = 1
    return cursor

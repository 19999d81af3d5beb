"""The scheduler: one OS thread, a run queue, and greenlets for the processes that need a stack.

Whoever calls `run` from outside a process is the hub for that time. A process that blocks switches to
the hub; one that ends gives its greenlet back to a pool, since a fresh greenlet costs ten times as much. Pool members
are started from the hub only: started from deep inside another one they would inherit its stack's depth.
"""

from __future__ import annotations

import contextlib
import ctypes
import heapq
import itertools
import os
import selectors
from collections import deque
from collections.abc import Callable
from typing import Any, Final, NoReturn

from greenlet import getcurrent, greenlet

from pyex.runtime.clock import RealClock
from pyex.runtime.process import IDLE, Hibernation, Process
from pyex.terms.errors import Killed, PyexBug
from pyex.terms.pids import Pid

FIRST_PID: Final = 105
POOL: Final = 64
STRAIGHT: Final = 16
"""As many switches go from process to process before the hub looks at timers, other threads and its condition."""
BUSY: Final = 2
"""In place of `True`: a process is queued among the busy ones."""
MANY: Final = 1000
"""From how many processes on the memory of idle ones is worth a look."""


class NoStack(Exception):  # no error of anybody's: who called finds another way
    """A process would have to wait, and has no stack of its own to keep: what it was to do must be done in its greenlet."""


class Timer:
    """A function to be called at a time, unless it is cancelled."""

    __slots__ = ("call", "cancelled", "deadline")

    def __init__(self, deadline: float, call: Callable[[], None]) -> None:
        self.deadline = deadline
        self.call = call
        self.cancelled = False


class _Attentive(deque[Process]):
    """A run queue that tells of the first process that is put into it, and gives way to a plain one then."""

    def __init__(self, scheduler: Scheduler, told: Callable[[], None]) -> None:
        super().__init__(scheduler.queue)
        self.scheduler = scheduler
        self.told = told

    def append(self, process: Process) -> None:
        """Queue a process."""
        super().append(process)
        self.scheduler.queue = deque(self)
        self.told()


class Scheduler:
    """Runs processes until nothing can run, or until a condition holds."""

    def __init__(self, clock: Any = None) -> None:
        self.clock = clock or RealClock()
        self.queue: deque[Process] = deque()
        self.busy: deque[Process] = deque()
        """The processes that were cut after a whole slice of time: the others get every second slice, if they want it."""
        self._is_their_turn = self._was_theirs = False
        self._whole: Process | None = None
        """Whose slice the timer measures, from its beginning on."""
        self.current: Process | None = None
        self.hub: Any = None
        self._rested = 0.0
        self.pool: list[Any] = []
        self.handing_back: Process | None = None
        """The process that waits in `hand_over` for the one that runs now."""
        self.processes: dict[int, Process] = {}
        """Those that live, by the numbers of their pids."""
        self.timers: list[tuple[float, int, Timer]] = []
        self._sweep_at = 2 * MANY
        self._serial = itertools.count(FIRST_PID)
        self._order = itertools.count()
        self._posted: deque[Callable[[], None]] = deque()
        self.abroad = 0
        """How many things go on in other threads that are going to post something."""
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)
        self.ended: Callable[[Process, BaseException | None], Any] = lambda process, error: error
        self.detached: Callable[[Process], None] = lambda caller: None
        """Called for a caller whose call turns out to take time: it needs a timer, and to hear of the other's end."""
        self._escaped: KeyboardInterrupt | None = None
        self.straight = 0
        """How many switches from process to process are left before the hub is asked again."""
        self.armed = False
        """Whether the timer that takes the machine from a process is set, or there is none."""
        self.arm: Callable[[], None] | None = self._first_arm

    def _first_arm(self) -> None:
        from pyex.runtime.preemption import enable

        enable(self)
        if self.arm is not None:
            self.arm()

    # ---- processes

    def new_pid(self) -> Pid:
        """Return a pid that no process had before."""
        return Pid(next(self._serial))

    def add(self, process: Process) -> None:
        """Let a new process run; one that waits is there, and runs when somebody wakes it."""
        process.pid.process = process
        self.processes[process.pid.number] = process
        if not process.waiting:
            self.schedule(process)

    def schedule(self, process: Process) -> None:
        """Put a process at the end of the run queue, once."""
        if not process.queued:
            process.queued = True
            self.queue.append(process)

    def wake(self, process: Process) -> None:
        """Let a waiting process look at its mailbox again."""
        if process.waiting:
            process.waiting = False
            self.schedule(process)

    def block(self) -> None:
        """Give way until somebody wakes the running process; raises what it was doomed to meanwhile."""
        process = self.current
        if process is None:
            raise PyexBug("only a process can block")
        if process.greenlet is None:
            raise NoStack
        if process.thrown is not None:
            self.strike(process)  # it goes on after it was to die
        process.waiting = True
        if self.handing_back is not None:
            self.detach()
        queue = self.queue
        if queue and self.straight > 0 and queue[0].greenlet is not None:
            # Straight to the next process, past the hub: what a message between two processes costs is this.
            self.straight -= 1
            following = queue.popleft()
            following.queued = False
            following.reductions += 1
            self.current = following
            following.greenlet.switch(following)
        else:
            self.hub.switch()
        if process.thrown is not None:
            self.strike(process)

    def give_way(self) -> None:
        """Let the others run first."""
        process = self.current
        if process is not None and self.hub is not None:
            if process.greenlet is None:
                raise NoStack
            self.schedule(process)
            if self.handing_back is not None:
                self.detach()
            following = self.following(self.pool)
            if following is None:
                self.hub.switch()
            elif following is not process:
                following.greenlet.switch(following)
            if process.thrown is not None:
                self.strike(process)

    def cut(self) -> None:
        """Take the machine from the running process, whose time is over.

        Who has had a whole slice waits among the busy ones: a thousand of them keep nobody waiting who has little to do.
        """
        process = self.current
        if process is None or self.hub is None:
            return
        had_all = process is self._whole and self.straight == STRAIGHT
        if had_all or process.cut_at == process.reductions - 1:
            process.queued = BUSY
            self.busy.append(process)
        else:
            self.schedule(process)
        process.cut_at = process.reductions
        self._is_their_turn = not self._was_theirs
        if self.handing_back is not None:
            self.detach()
        self.hub.switch()
        if process.thrown is not None:
            self.strike(process)

    def overdue(self) -> None:
        """Let the busy processes have their turn as soon as the running one waits: its slice is over, and it cannot be cut."""
        self.straight = 0
        self._is_their_turn = not self._was_theirs

    def hasten(self, process: Process) -> None:
        """Let a process run among the next ones, also if it waits among the busy ones: it is to die."""
        if process.queued is BUSY:
            process.queued = True  # its place there counts no more
            self.queue.append(process)
        else:
            self.schedule(process)

    def _next(self) -> Process | None:
        """Take the process that the hub is to run from one queue or the other."""
        queue, busy = self.queue, self.busy
        while busy and (self._is_their_turn or not queue):
            process = busy.popleft()
            if process.queued is BUSY:
                self._was_theirs = True
                return process
        self._was_theirs = False
        return queue.popleft() if queue else None

    def hand_over(self, process: Process) -> None:
        """Block the running process and run an idle one at once, without a pass through the run queue.

        Where no worker is free the idle one is only woken, and the running process goes on. Who wakes the blocked one from there hands back to it directly, as soon as the other is idle again.
        """
        me = self.current
        if me is None or not self.pool or process.queued:
            self.wake(process)  # no worker is free: the caller waits in the usual way, with its timer and watching
            return
        if self.handing_back is not None:
            self.detach()
        worker = self.pool.pop()
        process.waiting = False
        process.greenlet = worker
        me.waiting = True
        self.handing_back = me
        self.current = process
        worker.switch(process)
        if me.thrown is not None:
            self.strike(me)

    def strike(self, process: Process) -> NoReturn:
        """Raise what was thrown into the running process. One that is to die stays so, whatever it catches.

        Python code can catch everything, and go on; the third time it is left where it stands, and never runs again.
        """
        thrown = process.thrown
        if type(thrown) is not Killed:
            process.thrown = None
        elif thrown.is_last():
            self._abandon(process, thrown)
        assert thrown is not None
        raise thrown

    def _abandon(self, process: Process, thrown: Killed) -> None:
        if self.handing_back is not None:
            self.detach()
        self.ended(process, thrown)
        # Python would end the greenlet by an exception when nobody holds it any more, and wait for it to be heeded.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(process.greenlet))
        process.greenlet = None
        self.hub.switch()

    def following(self, workers: list[Any]) -> Process | None:
        """Return the process to switch to at once, with a greenlet: a switch past the hub takes half the time.

        None when the hub has to be asked: it has not been for `STRAIGHT` switches, or somebody wants it (`heed`).
        """
        queue = self.queue
        if self.straight <= 0 or not queue:
            return None
        if queue[0].greenlet is None and not workers:
            return None
        self.straight -= 1
        process = queue.popleft()
        process.queued = False
        process.reductions += 1
        if process.greenlet is None:
            process.greenlet = workers.pop()
        self.current = process
        return process

    def heed(self) -> None:
        """Have who runs the scheduler look at its condition before another process has its turn: it may hold now."""
        self.straight = 0

    def detach(self) -> None:
        """Let the caller that waits for a direct hand-back wait like any other from now on."""
        caller, self.handing_back = self.handing_back, None
        if caller is None:
            return
        if caller.waiting:
            self.detached(caller)
        else:
            self.schedule(caller)

    def _work(self, process: Process) -> None:
        """The body of every pool member: run a process until it ends or is idle, then wait for another."""
        me = getcurrent()
        pool = self.pool
        while True:
            error: BaseException | None = None
            idle = False
            try:
                if process.thrown is not None:
                    self.strike(process)
                args = process.args
                idle = (process.body(*args) if args else process.body()) is IDLE
            except Hibernation as later:
                process.body, process.args = later.body, later.args
                idle = True
            except BaseException as caught:  # the end of a process, whatever ended it
                error = caught
            if idle:
                process.waiting = True
                if process.mailbox or process.thrown is not None:
                    self.wake(process)
            else:
                if type(process.thrown) is Killed:
                    error = process.thrown  # whatever it has made of that
                process.thrown = None
                self.ended(process, error)
                if isinstance(error, KeyboardInterrupt):
                    self._escaped = error  # who pressed Ctrl-C meant the program, whichever process was running
                error = None  # a parked worker keeps no dead process's frames
            process.greenlet = None
            caller = self.handing_back
            if caller is not None:
                if not caller.waiting and not caller.queued:
                    # It has its answer from what has just run: go back to it at once.
                    self.handing_back = None
                    self.current = caller
                    pool.append(me)
                    process = caller.greenlet.switch()
                    continue
                self.detach()
            if len(pool) >= POOL:
                return
            pool.append(me)
            following = self.following(pool) if idle else None
            process = self.hub.switch() if following is None else self._go_on(following, me)

    def _go_on(self, process: Process, me: Any) -> Process:
        """Run another process from a parked worker; returns the one that this worker is to run."""
        if process.greenlet is me:
            return process
        following: Process = process.greenlet.switch(process)
        return following

    # ---- running

    def run(self, until: Callable[[], bool] | None = None, *, patient: bool = False) -> bool:
        """Run until the condition holds (True) or nothing can ever run again by itself (False). Waits for timers.

        A patient run sleeps even then: another thread or a signal's handler may still post something.
        """
        while True:
            if until is not None and until():
                return True
            if self.run_some():
                continue
            if until is not None and until():
                return True
            pause = self.seconds_to_next_timer()
            if pause is None and not self._posted and not self.abroad and not (patient and isinstance(self.clock, RealClock)):
                return until is None
            self._sleep(pause)

    def run_some(self) -> bool:
        """Run one process, or what timers and other threads have brought; tells whether there was anything."""
        if self._posted:
            self._take_posted()
        if self.timers:
            self._fire()
        process = self._next()
        if process is None:
            return False
        process.queued = False
        outer_hub, outer = self.hub, self.current
        self.hub, self.current = getcurrent(), process
        try:
            if process.greenlet is None:
                process.greenlet = self.pool.pop() if self.pool else greenlet(self._work)
            process.reductions += 1
            self.straight = STRAIGHT
            self._whole = None
            if self.arm is not None and (self._was_theirs or not self.armed):
                self.arm()
                self._whole = process
            process.greenlet.switch(process)
        finally:
            self.hub, self.current = outer_hub, outer
        if self._escaped is not None:
            escaped, self._escaped = self._escaped, None
            raise escaped
        return True

    def run_ready(self, seconds: float = 0.0) -> bool:
        """Run what can run now, for at most some seconds; tells whether more is ready."""
        end = self.clock.now() + seconds
        while self.run_some():
            if seconds and self.clock.now() >= end:
                break
        return bool(self.queue or self.busy)

    def attend(self, told: Callable[[], None]) -> None:
        """Have a function called when the next process is to run: for who runs them from time to time, and sleeps in between."""
        self.queue = _Attentive(self, told)

    def _let_rest(self) -> None:
        """Now that nothing runs: let idle processes give memory back, where there are many, and not every time."""
        if len(self.processes) < MANY or self.clock.now() < self._rested + 1.0:
            return
        self._rested = self.clock.now()
        for process in self.processes.values():
            if process.greenlet is None:
                process.rest()

    def _sleep(self, pause: float | None) -> None:
        if not isinstance(self.clock, RealClock):
            self.clock.sleep(pause or 0.0)
            return
        self._let_rest()
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_read, selectors.EVENT_READ)
            selector.select(pause)
        self.drain()

    # ---- timers

    def at(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Call a function after some seconds."""
        timer = Timer(self.clock.now() + seconds, call)
        if len(self.timers) >= self._sweep_at:
            self._sweep()
        heapq.heappush(self.timers, (timer.deadline, next(self._order), timer))
        return timer

    def _sweep(self) -> None:
        """Take out the timers that were cancelled: most calls set one, and few of those ever go off."""
        self.timers[:] = [entry for entry in self.timers if not entry[2].cancelled]
        heapq.heapify(self.timers)
        self._sweep_at = 2 * max(MANY, len(self.timers))

    def _fire(self) -> None:
        now = self.clock.now()
        while self.timers and (self.timers[0][2].cancelled or self.timers[0][0] <= now):
            timer = heapq.heappop(self.timers)[2]
            if not timer.cancelled:
                timer.call()

    def seconds_to_next_timer(self) -> float | None:
        """Return how long nothing will happen by itself: 0 when something is ready, None when nothing is planned."""
        if self.queue or self.busy or self._posted:
            return 0.0
        while self.timers and self.timers[0][2].cancelled:
            heapq.heappop(self.timers)
        return max(0.0, self.timers[0][0] - self.clock.now()) if self.timers else None

    # ---- the door for other threads

    def post(self, call: Callable[[], None]) -> None:
        """Have a function called on the runtime's thread; the only thing another thread may do."""
        self._posted.append(call)
        self.straight = 0
        with contextlib.suppress(BlockingIOError):  # a full pipe wakes as well as one byte more
            os.write(self._wake_write, b"!")

    def _take_posted(self) -> None:
        self.drain()
        while self._posted:
            self._posted.popleft()()

    def drain(self) -> None:
        """Take the bytes that have woken this thread out of the pipe."""
        try:
            while os.read(self._wake_read, 4096):
                pass
        except BlockingIOError:
            pass  # the pipe is empty: that is what was wanted

    def wakeup_fd(self) -> int:
        """Return the file descriptor that becomes readable when another thread has posted something."""
        return self._wake_read

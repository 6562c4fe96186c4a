"""Working a run off: workers claim chunks until none is left; killed anywhere, anybody carries on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import OperationalError, connection

from duly.invoicing.actions.certify import Certificate
from duly.invoicing.actions.issue import issue_next_chunk
from duly.invoicing.actions.plan import finish_planning, plan_next_chunk
from duly.invoicing.actions.runs import finish_run, start_issuing
from duly.invoicing.queries.runs import open_runs, run
from duly.kernel.actor import Actor, system_actor

Progress = Callable[[str, int, int], None]
"""Told after each chunk: phase ('plan' or 'issue'), chunks done, chunks in all."""

TRY_AGAIN = frozenset(["40001", "40P01"])
"""SQLSTATE of a serialization failure and a deadlock: nothing was done, the transaction is repeated."""
TRIES = 5


@dataclass(slots=True)
class Work:
    """What the workers of one phase share."""

    phase: str
    step: Callable[[], bool]
    chunks: int
    done: int
    progress: Progress | None
    lock: threading.Lock = field(default_factory=threading.Lock)
    failures: list[BaseException] = field(default_factory=list)

    def work(self) -> None:
        """Take chunks until none is left or somebody failed."""
        while not self.failures and self.again():
            with self.lock:
                self.done += 1
                if self.progress is not None:
                    self.progress(self.phase, self.done, self.chunks)

    def again(self) -> bool:
        """Take one chunk, repeating it when the database asks for that."""
        for attempt in range(TRIES):
            try:
                return self.step()
            except OperationalError as error:
                state = getattr(error.__cause__, "sqlstate", None)
                if state not in TRY_AGAIN or attempt == TRIES - 1 or connection.in_atomic_block:
                    raise
        return False


def work_run(run_id: int, *, by: Actor, workers: int = 2, progress: Progress | None = None) -> Certificate | None:
    """Plan, or (once approved) issue the run as far as it goes; the certificate when this call finished it.

    Each worker has its own connection and holds one chunk at a time; memory does not grow with the run. With
    `workers=1` the work is done in the calling thread.
    """
    if run(by.entity_id, run_id).state == "planning":
        drive(run_id, "plan", lambda: plan_next_chunk(run_id, by=by), by, workers, progress)
        finish_planning(run_id, by=by)
        return None
    if run(by.entity_id, run_id).state not in ("approved", "issuing"):
        return None
    start_issuing(run_id, by=by)
    drive(run_id, "issue", lambda: issue_next_chunk(run_id, by=by), by, workers, progress)
    return finish_run(run_id, by=by)


def drive(
    run_id: int, phase: str, step: Callable[[], bool], by: Actor, workers: int, progress: Progress | None
) -> None:
    """Let the workers take chunk after chunk; the first failure stops them all and is raised here."""
    now = run(by.entity_id, run_id)
    work = Work(phase, step, now.chunks, now.chunks_planned if phase == "plan" else now.chunks_issued, progress)
    if workers <= 1:
        work.work()
        return
    threads = [threading.Thread(target=in_thread, args=(work,), daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if work.failures:
        raise work.failures[0]


def in_thread(work: Work) -> None:
    """Work on a connection of this thread's own and hand a failure to the thread that waits."""
    try:
        work.work()
    except BaseException as error:  # noqa: BLE001  the edge of a thread; raised again by drive()
        work.failures.append(error)
    finally:
        connection.close()


def work_open_runs(entity_id: int, *, workers: int = 2, progress: Progress | None = None) -> int:
    """Carry on every run of the entity that waits for workers; what `duly worker` does. Returns how many."""
    waiting = open_runs(entity_id)
    for run_id in waiting:
        work_run(run_id, by=system_actor(entity_id), workers=workers, progress=progress)
    return len(waiting)

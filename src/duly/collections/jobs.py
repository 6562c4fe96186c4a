"""Working a dunning run off, chunk by chunk; killed anywhere, anybody carries on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from duly.collections.actions.keeping import keep_books
from duly.collections.actions.plan_run import finish_planning, plan_next_chunk
from duly.collections.actions.release_run import finish_release, release_next_chunk, start_release
from duly.collections.actions.standing import refresh_board
from duly.collections.actions.statements import Made, Wanted, send_statements
from duly.collections.models import Run
from duly.collections.queries.runs import run, runs
from duly.kernel.actions import rehearsal
from duly.kernel.actor import Actor, system_actor
from duly.kernel.sql import fetch_sql

ACCOUNTS_A_STRETCH = 5_000
Progress = Callable[[str, int, int], None]
"""Told after each chunk: phase ('plan' or 'release'), chunks done, chunks in all."""


def work_dunning(run_id: int, *, today: date, by: Actor, workers: int = 1, progress: Progress | None = None) -> Run:
    """Plan, or once it was let go release, the run as far as it goes; returns how it stands then."""
    found = run(by.entity_id, run_id)
    if found.state == "planning":
        drive("plan", lambda: plan_next_chunk(run_id, by=by), found.chunks, workers, progress)
        finish_planning(run_id, by=by)
    elif found.state == "releasing":
        drive("release", lambda: release_next_chunk(run_id, today=today, by=by), found.chunks, workers, progress)
        finish_release(run_id, by=by)
    return run(by.entity_id, run_id)


def release_dunning(run_id: int, *, today: date, by: Actor, workers: int = 1, progress: Progress | None = None) -> Run:
    """Let a planned run go and work it off."""
    start_release(run_id, by=by)
    return work_dunning(run_id, today=today, by=by, workers=workers, progress=progress)


@dataclass(slots=True)
class Work:
    """What the workers of one phase share."""

    phase: str
    step: Callable[[], bool]
    chunks: int
    progress: Progress | None
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    failures: list[BaseException] = field(default_factory=list)

    def go(self) -> None:
        """Take chunks until none is left or somebody failed."""
        while not self.failures and self.step():
            with self.lock:
                self.done += 1
                if self.progress is not None:
                    self.progress(self.phase, self.done, self.chunks)

    def go_in_thread(self) -> None:
        """Work on a connection of this thread's own and hand a failure to the thread that waits."""
        try:
            self.go()
        except BaseException as error:  # noqa: BLE001  the edge of a thread; raised again by drive()
            self.failures.append(error)
        finally:
            connection.close()


def drive(phase: str, step: Callable[[], bool], chunks: int, workers: int, progress: Progress | None) -> None:
    """Let the workers take chunk after chunk; the first failure stops them all and is raised here."""
    work = Work(phase, step, chunks, progress)
    if workers <= 1:
        work.go()
        return
    threads = [threading.Thread(target=work.go_in_thread, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if work.failures:
        raise work.failures[0]


def work_open_dunning(entity_id: int, today: date) -> int:
    """Carry on every run of the entity that waits for workers; returns how many."""
    waiting = runs(entity_id, states=["planning", "releasing"])
    for found in waiting:
        work_dunning(found.id, today=today, by=system_actor(entity_id))
    return len(waiting)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of account ids, both ends included: one transaction of a statement run."""

    first_id: int
    last_id: int


def send_due_statements(to_on: date, *, today: date, by: Actor, workers: int = 1, keep: bool = True) -> Made:
    """Make every statement its schedule makes due, stretch by stretch; killed anywhere, the next call goes on.

    With `keep` False everything is done and forgotten, in the calling thread.
    """
    waiting = fetch_sql(
        "duly.collections", "statements/stretches.sql", Stretch, entity=by.entity_id, size=ACCOUNTS_A_STRETCH
    )
    totals = [0, 0]

    def step() -> bool:
        try:
            part = waiting.pop()
        except IndexError:
            return False
        made = send_statements(Wanted(to_on, first_id=part.first_id, last_id=part.last_id), today=today, by=by)
        totals[0] += made.queued
        totals[1] += made.held
        return True

    if keep:
        drive("statements", step, len(waiting), workers, None)
    else:
        with rehearsal():
            drive("statements", step, len(waiting), 1, None)
    return Made(totals[0], totals[1])


_kept_on: dict[int, date] = {}


def keep_up(entity_id: int, today: date) -> int:
    """Once a day judge promises and plans and renew the board, then carry on runs; returns how much was done."""
    done = 0
    if _kept_on.get(entity_id) != today:
        by = system_actor(entity_id)
        keep_books(today, by=by)
        refresh_board(today, by=by)
        _kept_on[entity_id] = today
        done = 1
    return done + work_open_dunning(entity_id, today)

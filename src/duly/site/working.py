"""What goes on in the background: the outbox, approved runs, the seals. Rows in PostgreSQL are the queue.

Every step claims its rows (`for update skip locked`) and can be killed anywhere: what was claimed is simply claimed
again, by this worker or another. There is no broker and no job table beside the work itself (decision 0004).
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

from django.db import close_old_connections

from duly.kernel import clock

PAUSE_SECONDS = 2.0
log = logging.getLogger("duly.worker")
Step = Callable[[], int]


def steps() -> dict[str, Step]:
    """Return what a worker does in one round, by the name of what it counts."""
    from duly.site import wiring

    return wiring.WORK


def work_once() -> dict[str, int]:
    """Do what is due now; returns how much of each was done."""
    return {what: step() for what, step in steps().items()}


def work_until_stopped(stop: threading.Event | None = None) -> None:
    """Work round after round; SIGTERM and SIGINT end it after the step in hand."""
    ended = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
    while not ended.is_set():
        try:
            done = work_once()
        except Exception:  # noqa: BLE001  the outermost edge: one bad round must not end the worker
            log.exception("a round of the worker failed at %s", clock.now())
            done = {}
        close_old_connections()
        if not any(done.values()):
            ended.wait(PAUSE_SECONDS)

"""What goes on in the background: approved runs, the outbox, the seals. Rows in PostgreSQL are the queue.

Every step claims its rows (`for update skip locked`) and can be killed anywhere: what was claimed is simply claimed
again, by this worker or another. There is no broker and no job table beside the work itself (decision 0004).
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections

from duly.access.queries import entities, entity
from duly.collections.jobs import keep_up
from duly.events.sealing import seal_events
from duly.invoicing.jobs import work_open_runs
from duly.kernel import clock
from duly.kernel.actor import system_actor
from duly.ledger.sealing import seal_ledger
from duly.office.actions import sync_work
from duly.office.actions.quality import draw_sample
from duly.site.corrections import bank_details_in_force, notices_sent
from duly.site.differences import sweep_office
from duly.site.mailing import read_bounces, send_documents
from duly.site.reporting import send_reports

PAUSE_SECONDS = 2.0
log = logging.getLogger("duly.worker")
Step = Callable[[int], int]
"""Does what is due for one entity; returns how much."""


def keep_collections(entity_id: int) -> int:
    """Judge promises and plans, renew the board once a day, carry on dunning runs; returns how much was done."""
    return keep_up(entity_id, clock.today_in(entity(entity_id).zone))


STEPS: dict[str, Step] = {
    "run steps": lambda entity_id: work_open_runs(entity_id, workers=1),
    "documents sent": send_documents,
    "reports sent": send_reports,
    "differences moved": sweep_office,
    "bank details in force": bank_details_in_force,
    "notices sent": notices_sent,
    "collections kept": keep_collections,
}
"""What a worker does in one round for each entity, in this order; the name says what it counts."""
SEAL_SECONDS = 60.0
_sealed_at: list[float] = []


def work_once(*, seal: bool = True) -> dict[str, int]:
    """Do what is due now for every entity; returns how much of each was done."""
    known = [entity.id for entity in entities()]
    done = {what: sum(step(entity_id) for entity_id in known) for what, step in STEPS.items()}
    done["bounces read"] = read_bounces(known)
    if seal:
        done["work moved"] = sum(keep_work_true(entity_id) for entity_id in known)
        done["entries sealed"] = seal_ledger(clock.now())
        done["events sealed"] = seal_events(clock.now())
    return done


def keep_work_true(entity_id: int) -> int:
    """Bring the queue in line with what is held, and draw the quality sample; returns how much moved."""
    found = entity(entity_id)
    by, today = system_actor(entity_id, zone=found.zone), clock.today_in(found.zone)
    return sync_work(today=today, by=by).total + draw_sample(today=today, by=by)


def seal_is_due() -> bool:
    """Return whether the last seal of this worker is a minute old."""
    now = time.monotonic()
    if _sealed_at and now - _sealed_at[0] < SEAL_SECONDS:
        return False
    _sealed_at[:] = [now]
    return True


def work_until_stopped(stop: threading.Event | None = None) -> None:
    """Work round after round; SIGTERM and SIGINT end it after the step in hand."""
    ended = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
    while not ended.is_set():
        try:
            done = work_once(seal=seal_is_due())
        except Exception:
            log.exception("a round of the worker failed at %s", clock.now())
            done = {}
        close_old_connections()
        if not any(done.values()):
            ended.wait(PAUSE_SECONDS)

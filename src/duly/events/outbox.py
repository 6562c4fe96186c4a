"""What leaves the building: rows are leased, carried out by whoever serves their kind, and marked with the outcome.

A lease is a committed step of its own: whoever dies with a leased row loses it when the lease is over, and another
carries on. So a thing is sent at least once; the receiver can tell a repetition by its dedup key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from duly.kernel.sql import fetch_one, fetch_sql, run_sql

HERE = "duly.events"
LEASE = timedelta(minutes=5)
BACKOFF = (1, 5, 30, 120, 360, 720, 1440)
"""Minutes to wait after each failed attempt; after the last the row has failed."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row to be carried out; `attempts` counts this one."""

    entity_id: int
    id: int
    kind: str
    topic: str
    subject_kind: str
    subject_id: int
    account_id: int | None
    payload: Any
    dedup_key: str
    attempts: int


def lease_due(
    entity_id: int, kinds: Sequence[str], at: datetime, *, topic: str = "%", limit: int = 50
) -> list[Outgoing]:
    """Take queued rows that are due for five minutes; what another worker holds is passed over."""
    rows = fetch_sql(
        HERE,
        "outbox/lease.sql",
        Outgoing,
        entity=entity_id,
        kinds=list(kinds),
        topic=topic,
        at=at,
        until=at + LEASE,
        limit=limit,
    )
    return [replace(row, payload=decoded(row.payload)) for row in rows]


def decoded(value: Any) -> Any:
    """Return a jsonb column as Python values."""
    return json.loads(value) if isinstance(value, str) else value


def mark(row: Outgoing, state: str, *, at: datetime, reply: str = "", message_id: str = "") -> None:
    """Note how a leased row ended: sent, failed or cancelled, and what the other side said."""
    run_sql(
        HERE,
        "outbox/mark.sql",
        entity=row.entity_id,
        id=row.id,
        state=state,
        at=at,
        reply=reply,
        message_id=message_id,
    )


def put_off(row: Outgoing, *, at: datetime, reply: str) -> str:
    """Try a leased row again later, each time later still; failed when it was tried often enough. The new state."""
    if row.attempts > len(BACKOFF):
        mark(row, "failed", at=at, reply=reply)
        return "failed"
    run_sql(
        HERE,
        "outbox/put_off.sql",
        entity=row.entity_id,
        id=row.id,
        not_before=at + timedelta(minutes=BACKOFF[row.attempts - 1]),
        reply=reply,
    )
    return "queued"


def cancel_queued(entity_id: int, subject_kind: str, subject_ids: Sequence[int]) -> int:
    """Call back what waits and was not started; returns how many rows."""
    return run_sql(HERE, "outbox/cancel.sql", entity=entity_id, kind=subject_kind, ids=list(subject_ids))


def cancel_before(entity_id: int, subject_kind: str, before: datetime, *, reason: str) -> int:
    """Call back all that was due before a moment and was not started; returns how many rows."""
    return run_sql(HERE, "outbox/cancel_before.sql", entity=entity_id, kind=subject_kind, before=before, reason=reason)


@dataclass(frozen=True, slots=True)
class Sent:
    """The last row of a subject that was sent."""

    id: int
    account_id: int | None


def mark_bounced(entity_id: int, subject_kind: str, subject_id: int, reply: str) -> Sent | None:
    """Note that the last sent row of a subject did not arrive; None when nothing of it was sent."""
    return fetch_one(HERE, "outbox/bounce.sql", Sent, entity=entity_id, kind=subject_kind, id=subject_id, reply=reply)


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a row may leave now; if not, when it may, or never by waiting, and the reason's code."""

    allowed: bool
    again_at: datetime | None = None
    reason: str = ""


BEFORE_LEAVING: list[Callable[[Outgoing, datetime], Leave]] = []
"""Who is asked before something leaves; filled by the site's wiring, so that below never knows above."""


def may_leave(row: Outgoing, at: datetime) -> bool:
    """Ask whoever is to be asked about a leased row; one that may not leave waits until it may, or is called back."""
    for ask in BEFORE_LEAVING:
        answer = ask(row, at)
        if answer.allowed:
            continue
        if answer.again_at is None:
            mark(row, "cancelled", at=at, reply=answer.reason)
        else:
            params = {"entity": row.entity_id, "id": row.id, "not_before": answer.again_at, "reply": answer.reason}
            run_sql(HERE, "outbox/put_off.sql", **params)
        return False
    return True

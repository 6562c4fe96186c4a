"""Recording use: many events at once, each counted once whoever sends it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from duly.commercial.actions.amend import BadRow
from duly.commercial.models import Recorded, Rejected, UsageEvent
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.refusals import Refused
from duly.kernel.sql import copy_rows, fetch_sql, fetch_value, run_sql

HERE = "duly.commercial"
NAMED_IN_EVENT = 1000

STAGED = {
    "staged_usage": """
        place bigint not null,
        external_id text not null,
        meter text not null,
        account_id bigint,
        account_number text,
        agreement_number text,
        at timestamptz not null,
        quantity numeric(20, 6) not null default 1,
        unique_key text not null default '',
        agreement_id bigint,
        on_day date,
        repeated boolean not null default false,
        problem text""",
}
FIELDS = [
    "external_id",
    "meter",
    "account_id",
    "account_number",
    "agreement_number",
    "at",
    "quantity",
    "unique_key",
]


@contextmanager
def usage_batch(entity_id: int, *, today: date, import_batch_id: int | None = None) -> Iterator[Recorded]:
    """Open staged_usage; at the end its events are recorded, each external_id once.

    An event whose external_id is known and says the same is counted as repeated; one that says otherwise is
    rejected (`usage.same_id_other_content`), as is one whose account is unknown or whose agreement is not
    certain.
    """
    recorded = Recorded(0, 0, [])

    def take_in() -> None:
        where = {"entity": entity_id}
        run_sql(HERE, "usage/1_resolve.sql", **where)
        analyze("staged_usage")
        run_sql(HERE, "usage/2_repeated.sql", **where)
        run_sql(HERE, "usage/3_lock.sql", today=today, **where)
        recorded.recorded = run_sql(HERE, "usage/4_write.sql", batch=import_batch_id, now=clock.now(), **where)
        run_sql(HERE, "usage/5_doubt.sql", today=today, **where)
        recorded.repeated = int(fetch_value(HERE, "usage/counts.sql"))
        recorded.rejected = [
            Rejected(row.place, f"usage.{row.code}", row.about) for row in fetch_sql(HERE, "usage/problems.sql", BadRow)
        ]

    with door(STAGED, take_in):
        yield recorded


@action("usage.record")
def record_usage(
    events: Iterable[UsageEvent], *, today: date, by: Actor, import_batch_id: int | None = None
) -> Recorded:
    """Record moments of use; twice is once. Late ones put what was billed for their days in doubt.

    Without `import_batch_id` (by hand, by API) the first rejected event refuses all.
    """
    sent: list[str] = []
    with usage_batch(by.entity_id, today=today, import_batch_id=import_batch_id) as recorded:
        copy_rows("staged_usage", ["place", *FIELDS], _rows(events, sent))
    if recorded.rejected and import_batch_id is None:
        first = recorded.rejected[0]
        raise Refused(first.code, place=first.place, external_id=first.about)
    current = act()
    current.say(f"{recorded.recorded} usage events recorded", repeated=recorded.repeated)
    if import_batch_id is not None:
        current.undo_with("usage.remove", import_batch_id=import_batch_id)
    elif recorded.repeated == 0 and len(sent) <= NAMED_IN_EVENT:
        current.undo_with("usage.remove", external_ids=sent)
    return recorded


def _rows(events: Iterable[UsageEvent], sent: list[str]) -> Iterator[tuple[Any, ...]]:
    for place, event in enumerate(events, 1):
        if place <= NAMED_IN_EVENT + 1:
            sent.append(event.external_id)
        yield (place, *(getattr(event, name) for name in FIELDS))


@action("usage.record", name="usage.remove")
def remove_usage(external_ids: Sequence[str] | None = None, *, import_batch_id: int | None = None, by: Actor) -> int:
    """Take events back as if never sent; what was billed for their days is repaired by the next plan."""
    which: dict[str, Any] = {
        "entity": by.entity_id,
        "batch": import_batch_id,
        "external_ids": list(external_ids) if external_ids is not None else None,
    }
    run_sql(HERE, "usage/undo_1_doubt.sql", **which)
    removed = run_sql(HERE, "usage/undo_2_remove.sql", **which)
    act().say(f"{removed} usage events removed")
    return removed

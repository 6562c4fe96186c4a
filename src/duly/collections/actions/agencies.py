"""Handing accounts over to an agency as a file, and calling them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duly.events.actions import outbox_batch
from duly.events.outbox import cancel_queued
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql

HERE = "duly.collections"
UNDO_WINDOW = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class _Handed:
    id: int
    account_id: int
    currency: str
    amount_minor: int


@action("policies.edit", name="agencies.add")
def add_agency(name: str, *, by: Actor, email: str = "", reference: str = "") -> int:
    """Make an agency known; `reference` is our client number there. A known name keeps its id."""
    made = fetch_value(HERE, "agency/add.sql", entity=by.entity_id, name=name, email=email, reference=reference)
    act().about("agency", int(made))
    act().say(f"Agency {name}")
    return int(made)


@action("agency.hand_over", name="agencies.hand_over")
def hand_over(account_ids: Sequence[int], agency_id: int, *, reason: str, today: date, by: Actor) -> int:
    """Give what is overdue and undisputed of accounts to an agency; returns the batch, whose file leaves in a minute.

    What is in a plan, promised, disputed or on a stop list stays. From then on nobody here reminds them.
    """
    if not reason.strip():
        raise Refused("agencies.needs_reason")
    batch = int(fetch_value(HERE, "agency/batch.sql"))
    params = {"entity": by.entity_id, "batch": batch}
    handed = fetch_sql(
        HERE,
        "agency/hand_over.sql",
        _Handed,
        accounts=list(account_ids),
        agency=agency_id,
        reason=reason,
        on=today,
        by=by.name,
        **params,
    )
    if not handed:
        raise Refused("agencies.nothing_to_hand_over", accounts=list(account_ids)[:20])
    for row in handed:
        by.require_within_limit("agency.hand_over", row.amount_minor, row.currency)
    run_sql(HERE, "agency/items.sql", on=today, **params)
    with outbox_batch():
        name = f"handover-{batch}-{today}.csv"
        run_sql(HERE, "agency/stage_outbox.sql", name=name, not_before=clock.now() + UNDO_WINDOW, **params)
    one = handed[0].account_id if len(handed) == 1 else None
    act().about("handover", batch, account_id=one)
    act().say(f"{len(handed)} account{'s' if len(handed) > 1 else ''} handed over: {reason}", batch=batch)
    act().undo_with("agencies.recall", handover_ids=[row.id for row in handed], why="handed over by mistake")
    return batch


@action("agency.hand_over", name="agencies.recall")
def recall(handover_ids: Sequence[int], *, why: str, today: date, by: Actor) -> int:
    """Call accounts back from their agency; returns how many. A file that has not left yet stays here."""
    if not why.strip():
        raise Refused("agencies.needs_reason")
    back = fetch_sql(
        HERE, "agency/recall.sql", _Handed, entity=by.entity_id, ids=list(handover_ids), why=why, on=today, by=by.name
    )
    if not back:
        raise Refused("agencies.recalled_already", handovers=list(handover_ids)[:20])
    run_sql(HERE, "agency/free_items.sql", entity=by.entity_id, ids=[row.id for row in back])
    batches = fetch_value(HERE, "agency/whole_batches.sql", entity=by.entity_id, ids=[row.id for row in back])
    cancel_queued(by.entity_id, "handover", list(batches or []))
    one = back[0].account_id if len(back) == 1 else None
    act().about("handover", None, account_id=one)
    act().say(f"{len(back)} account{'s' if len(back) > 1 else ''} recalled: {why}")
    return len(back)

"""Planning a dunning run: who would get what, who is left out and why. Nothing is sent by it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from duly.collections.actions.gate import ask_batch
from duly.collections.actions.keeping import keep_books
from duly.collections.models import RUN_STATES
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, fetch_value, run_sql

HERE = "duly.collections"
PAYERS_A_CHUNK = 4_000
LONGEST_WAIT = timedelta(days=4)
"""A letter may wait this long for the person's hours; what would wait longer is left out, with its next time."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One unit of a run's work: a range of payers, both ends included."""

    run_id: int
    chunk: int
    first_party_id: int
    last_party_id: int
    through_on: date
    account_ids: list[int] | None


@action("dunning.run", name="dunning.plan")
def plan_dunning(through_on: date, *, today: date, by: Actor, account_ids: Sequence[int] | None = None) -> int:
    """Begin a run that looks at everything overdue at the end of `through_on`; returns its id.

    Promises and plans are brought up to date first. A plan of before that was not released is cancelled. Refuses to go
    back behind a day that has been released, and to look ahead of the office's day.
    """
    wanted = list(account_ids) if account_ids is not None else None
    if through_on > today:
        raise Refused("dunning.day_to_come", through=through_on.isoformat(), today=today.isoformat())
    last_on = fetch_value(HERE, "dun/last_through.sql", entity=by.entity_id)
    if last_on is not None and through_on < last_on:
        raise Refused("dunning.goes_back", through=through_on.isoformat(), last=last_on.isoformat())
    keep_books(through_on, by=by)
    run_id = int(
        fetch_value(
            HERE,
            "dun/begin_run.sql",
            entity=by.entity_id,
            through_on=through_on,
            accounts=wanted,
            by=by.user_id,
            by_name=by.name,
            at=clock.now(),
        )
    )
    params: dict[str, Any] = {"entity": by.entity_id, "run": run_id, "accounts": wanted}
    run_sql(HERE, "dun/cancel_planned.sql", **params)
    run_sql(HERE, "dun/make_chunks.sql", size=PAYERS_A_CHUNK, through_on=through_on, **params)
    run_sql(HERE, "dun/find_unplaced.sql", through_on=through_on, **params)
    act().about("dunning_run", run_id)
    act().say(f"Dunning through {through_on} is planned", run=run_id)
    return run_id


def claim(entity_id: int, run_id: int, state: str, run_state: str) -> Chunk | None:
    """Take the next chunk of a run that waits in a state; None when there is none."""
    return fetch_one(HERE, "dun/claim_chunk.sql", Chunk, entity=entity_id, run=run_id, state=state, run_state=run_state)


@action("dunning.run", name="dunning.plan_chunk")
def plan_next_chunk(run_id: int, *, by: Actor) -> bool:
    """Plan the next chunk; False when none is left. Killed anywhere, the chunk is simply planned again."""
    act().quiet = True
    chunk = claim(by.entity_id, run_id, "waiting", "planning")
    if chunk is None:
        return False
    now = clock.now()
    where: dict[str, Any] = {
        "entity": by.entity_id,
        "run": run_id,
        "first": chunk.first_party_id,
        "last": chunk.last_party_id,
        "through_on": chunk.through_on,
        "accounts": chunk.account_ids,
        "chunk": chunk.chunk,
    }
    run_sql(HERE, "dun/0_staging.sql")
    run_sql(HERE, "dun/1_items.sql", **where)
    analyze("dunning_item")
    run_sql(HERE, "dun/2_accounts.sql", **where)
    analyze("dunning_account")
    run_sql(HERE, "dun/3_letters.sql", **where)
    analyze("dunning_letter")
    with ask_batch(by.entity_id, by=by, run_id=run_id):
        run_sql(HERE, "dun/4_ask.sql", contact_at=now)
    run_sql(HERE, "dun/5_answers.sql", latest=now + LONGEST_WAIT)
    for step in ("6_write_letters", "7_write_items", "8_charges", "9_sum_charges", "10_left_out", "11_count"):
        run_sql(HERE, f"dun/{step}.sql", **where)
    return True


@action("dunning.run", name="dunning.finish_plan")
def finish_planning(run_id: int, *, by: Actor) -> None:
    """Close the planning once every chunk is planned; twice is once."""
    act().quiet = True
    analyze("collections_letter", "collections_letter_item", "collections_letter_charge")
    move(run_id, "planned", by, unfinished="waiting")


@action("dunning.run", name="dunning.cancel")
def cancel_run(run_id: int, *, by: Actor) -> None:
    """Forget a run that was planned; nothing was sent by it."""
    if not move(run_id, "cancelled", by, unfinished=""):
        raise Refused("dunning_run.cannot_become_cancelled", run=run_id)
    act().about("dunning_run", run_id)
    act().say("Dunning run cancelled: nothing is sent")


def move(run_id: int, target: str, by: Actor, *, unfinished: str, certificate: Any = None) -> bool:
    """Step: move the run to a state, guarded by the state it is in and by chunks still `unfinished`."""
    moved = fetch_value(
        HERE,
        "dun/move_run.sql",
        entity=by.entity_id,
        run=run_id,
        target=target,
        sources=RUN_STATES.sources_of(target),
        unfinished=unfinished,
        at=clock.now(),
        by=by.name,
        certificate=json.dumps(certificate) if certificate is not None else None,
    )
    return moved is not None

"""Releasing a dunning run: charges become open items, steps are taken, letters wait in the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from duly.collections.actions.plan_run import claim, move
from duly.collections.queries.runs import certificate_of, run
from duly.events.actions import outbox_batch
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import run_sql
from duly.ledger.actions import posting_batch
from duly.receivables.actions import item_batch, number_batch

HERE = "duly.collections"
UNDO_WINDOW = timedelta(seconds=60)


@action("dunning.release", name="dunning.start_release")
def start_release(run_id: int, *, by: Actor) -> None:
    """Let a planned run go out; from here on it is carried on chunk by chunk, by whoever works."""
    found = run(by.entity_id, run_id)
    if found.state in ("releasing", "released"):
        act().quiet = True
        return
    if not move(run_id, "releasing", by, unfinished="waiting"):
        raise Refused("dunning_run.cannot_become_releasing", run=run_id, state=found.state)
    act().about("dunning_run", run_id)
    act().say(f"Dunning through {found.through_on} released: {found.letters:,} letters", run=run_id)


@action("dunning.release", name="dunning.release_chunk")
def release_next_chunk(run_id: int, *, today: date, by: Actor) -> bool:
    """Release the next chunk; False when none is left.

    Letters whose facts have changed since they were planned become stale and are left to the next run. One transaction:
    charges with items, entries and numbers, steps, outbox.
    """
    act().quiet = True
    chunk = claim(by.entity_id, run_id, "planned", "releasing")
    if chunk is None:
        return False
    where: dict[str, Any] = {"entity": by.entity_id, "run": run_id, "chunk": chunk.chunk}
    run_sql(HERE, "release/1_stale.sql", planned_at=run(by.entity_id, run_id).planned_at, **where)
    charges = run_sql(HERE, "release/2_charges.sql", charged_on=today, **where)
    if charges:
        with item_batch():
            run_sql(HERE, "release/3_stage_items.sql", **where)
            with posting_batch():
                run_sql(HERE, "release/4_stage_entries.sql", entity=by.entity_id, actor=by.user_id)
                run_sql(HERE, "release/5_stage_postings.sql", entity=by.entity_id)
    run_sql(HERE, "release/6_steps.sql", through_on=chunk.through_on, **where)
    with outbox_batch():
        run_sql(HERE, "release/7_stage_outbox.sql", not_before=clock.now() + UNDO_WINDOW, **where)
    run_sql(HERE, "release/8_released.sql", by=by.name, **where)
    run_sql(HERE, "release/9_chunk.sql", **where)
    if charges:
        with number_batch(by.entity_id):
            run_sql(HERE, "release/stage_numbers.sql", **where)
    return True


@action("dunning.release", name="dunning.finish_release")
def finish_release(run_id: int, *, by: Actor) -> None:
    """Close the run with its certificate once every chunk is released; twice is once."""
    act().quiet = True
    move(run_id, "released", by, unfinished="planned", certificate=certificate_of(by.entity_id, run_id))


@action("dunning.run", name="dunning.take_out")
def take_out(letter_ids: Sequence[int], *, why: str, by: Actor) -> int:
    """Leave letters of a planned run out this time, with the reason; their items come back in the next run."""
    if not why.strip():
        raise Refused("dunning.needs_reason")
    taken = run_sql(HERE, "dun/decide.sql", **_decision(letter_ids, "proposed", "taken_out", why, by))
    if not taken:
        raise Refused("dunning.letters_not_waiting", letters=list(letter_ids)[:20])
    act().say(f"{taken} letter{'s' if taken > 1 else ''} left out: {why}", letters=list(letter_ids)[:100])
    act().undo_with("dunning.put_back", letter_ids=list(letter_ids))
    return taken


@action("dunning.run", name="dunning.put_back")
def put_back(letter_ids: Sequence[int], *, by: Actor) -> int:
    """Take letters in again that a person left out."""
    back = run_sql(HERE, "dun/decide.sql", **_decision(letter_ids, "taken_out", "proposed", "", by))
    act().say(f"{back} letter{'s' if back != 1 else ''} taken in again")
    return back


def _decision(letter_ids: Sequence[int], source: str, target: str, why: str, by: Actor) -> dict[str, Any]:
    return {
        "entity": by.entity_id,
        "ids": list(letter_ids),
        "source": source,
        "target": target,
        "why": why,
        "by": by.name,
    }

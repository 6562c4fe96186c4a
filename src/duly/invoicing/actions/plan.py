"""Planning a run: who is to be billed, with what, what is surprising, who is held and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duly.invoicing.actions.charge_batch import charge_batch
from duly.invoicing.actions.review import review_chunk
from duly.invoicing.collect import COLLECTORS, CollectScope
from duly.invoicing.models import Chunk
from duly.invoicing.rules import CHUNK_ACCOUNTS, DECIDE_WITHIN_DAYS, business_days_after
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, fetch_value, run_sql

HERE = "duly.invoicing"
SMALL = 50
"""Accounts up to which a chunk is planned by index lookups, above it by ranges and hashes."""


@action("runs.plan")
def plan_run(
    through_on: date,
    issued_on: date,
    account_ids: Sequence[int] | None = None,
    *,
    today: date,
    by: Actor,
    note: str = "",
) -> int:
    """Make a run that bills all that is due through a day (catch-up included), still to be planned; its id.

    Refuses a day of issue without an open period. `account_ids` limits the run; None is every account.
    """
    run_id = make_run(through_on, issued_on, account_ids, today=today, actor=by, note=note)
    act().about("run", run_id)
    act().say(f"Bill run through {through_on} set up", through_on=through_on, issued_on=issued_on)
    act().undo_with("runs.cancel", run_id=run_id)
    return run_id


def require_open_period(entity_id: int, day: date) -> None:
    """Refuse a day that lies in no open period, before any work is done for it."""
    if not fetch_value(HERE, "plan/0_period_open.sql", entity=entity_id, day=day):
        raise Refused("ledger.period_closed", day=day.isoformat())


def make_run(
    through_on: date,
    issued_on: date,
    account_ids: Sequence[int] | None,
    *,
    today: date,
    actor: Actor,
    note: str = "",
) -> int:
    """Write the run and its chunks of about 4,000 accounts each; refused without an open period."""
    ids = None if account_ids is None else sorted(set(account_ids))
    run_id = fetch_value(
        HERE,
        "plan/1_make_run.sql",
        entity=actor.entity_id,
        through_on=through_on,
        issued_on=issued_on,
        planned_on=today,
        account_ids=ids,
        note=note,
        made_by=actor.user_id,
        made_by_name=actor.name,
        at=clock.now(),
        size=CHUNK_ACCOUNTS,
    )
    if run_id is None:
        raise Refused("ledger.period_closed", day=issued_on.isoformat())
    return int(run_id)


@action("runs.plan", name="runs.plan_chunk")
def plan_next_chunk(run_id: int, *, by: Actor) -> bool:
    """Plan one waiting chunk of the run nobody else works on; False when none is left to take."""
    chunk = claim(by.entity_id, run_id, state="waiting", run_states=["planning"])
    act().quiet = True
    if chunk is None:
        return False
    plan_chunk(by.entity_id, chunk)
    return True


def claim(entity_id: int, run_id: int, *, state: str, run_states: list[str]) -> Chunk | None:
    """Take one chunk of that state until commit; what another worker holds is passed over."""
    return fetch_one(
        HERE,
        "plan/3_claim_chunk.sql",
        Chunk,
        entity=entity_id,
        run=run_id,
        state=state,
        run_states=run_states,
    )


def plan_chunk(entity_id: int, chunk: Chunk) -> None:
    """Plan a chunk and add it up."""
    draw_up(entity_id, chunk)
    total_chunk(entity_id, chunk, "planned")


def draw_up(entity_id: int, chunk: Chunk) -> None:
    """Collect the chunk's charges, compare them with what is expected, review them, hold what is in doubt."""
    where = {
        "entity": entity_id,
        "run": chunk.run_id,
        "first": chunk.first_account_id,
        "last": chunk.last_account_id,
        "account_ids": chunk.account_ids,
    }
    scope = CollectScope(entity_id, chunk.first_account_id, chunk.last_account_id, chunk.through_on, chunk.account_ids)

    def make_items() -> None:
        run_sql(HERE, "plan/4_make_items.sql", **where, through_on=chunk.through_on, collected=bool(COLLECTORS))

    with charge_batch(make_items):
        for collect in COLLECTORS:
            collect(scope)
        plan_for_sets(chunk)
    review_chunk(entity_id, chunk, deadline_of(chunk))
    run_sql(HERE, "plan/6_hold_items.sql", **where, deadline_on=deadline_of(chunk))


def deadline_of(chunk: Chunk) -> date:
    """Return the day by which what the chunk holds is to be decided."""
    return business_days_after(chunk.planned_on, DECIDE_WITHIN_DAYS)


def plan_for_sets(chunk: Chunk) -> None:
    """Keep the planner from nested loops over freshly filled tables, unless the chunk is a few accounts."""
    if chunk.account_ids is None or is_dense(chunk, len(chunk.account_ids)):
        run_sql(HERE, "plan/for_sets.sql")


def is_dense(chunk: Chunk, accounts: int) -> bool:
    """Return whether a run limited to some accounts touches so many of a range that reading the range pays."""
    span = chunk.last_account_id - chunk.first_account_id + 1
    return accounts > SMALL and span <= 10 * accounts


def total_chunk(entity_id: int, chunk: Chunk, state: str | None, *, freeze: bool = True) -> None:
    """Bring the chunk's totals (and state, when given) up to date with its items.

    What was expected is added up with `freeze` only: an issue is measured against what its plan said.
    """
    run_sql(
        HERE,
        "plan/7_total_chunk.sql",
        entity=entity_id,
        run=chunk.run_id,
        chunk=chunk.chunk,
        first=chunk.first_account_id,
        last=chunk.last_account_id,
        state=state,
        freeze=freeze,
    )


@action("runs.plan", name="runs.finish_planning")
def finish_planning(run_id: int, *, by: Actor) -> bool:
    """Call the run planned when no chunk waits any more; True for the one who did."""
    act().about("run", run_id)
    done = bool(run_sql(HERE, "plan/8_finish.sql", entity=by.entity_id, run=run_id, at=clock.now()))
    act().say("Bill run planned")
    act().quiet = not done
    return done

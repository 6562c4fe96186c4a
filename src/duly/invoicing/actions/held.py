"""Held accounts as work: whose it is, and letting them go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duly.invoicing.actions.issue import issue_invoices
from duly.invoicing.actions.replan import lock_plans, replan
from duly.invoicing.models import Issued
from duly.invoicing.queries.runs import run
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True)
class StillHeld:
    """An account that is held after all, and why."""

    account_id: int
    reason_code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Released:
    """What releasing came to: accounts still held, and the documents issued where the run was over already."""

    still_held: list[StillHeld]
    issued: Issued | None


@action("charges.review", name="runs.assign_held")
def assign_held(run_id: int, account_ids: Sequence[int], *, owner_id: int | None, deadline_on: date, by: Actor) -> int:
    """Give held accounts of a run to somebody, with a deadline; returns how many accounts and currencies."""
    before = fetch_value(
        HERE,
        "run/assign_held.sql",
        entity=by.entity_id,
        run=run_id,
        account_ids=list(account_ids),
        owner=owner_id,
        deadline_on=deadline_on,
    )
    if not before:
        raise Refused("run.not_held", run=run_id, accounts=list(account_ids)[:20])
    one = account_ids[0] if len(set(account_ids)) == 1 else None
    act().about("run", run_id, account_id=one)
    words = "Held account" if one else f"{len(before)} held accounts"
    act().say(f"{words} of run {run_id} assigned, to be decided by {deadline_on}", owner=owner_id)
    act().undo_with("runs.restore_held", run_id=run_id, before=before)
    return len(before)


@action("charges.review", name="runs.restore_held")
def restore_held(run_id: int, before: Sequence[Mapping[str, Any]], *, by: Actor) -> int:
    """Give held accounts back to whom they were assigned before; those let go meanwhile stay so."""
    rows = json.dumps([dict(row) for row in before])
    restored = run_sql(HERE, "run/restore_held.sql", entity=by.entity_id, run=run_id, before=rows)
    if not restored:
        raise Refused("run.not_held", run=run_id)
    act().about("run", run_id)
    act().say(f"{restored} held account{'' if restored == 1 else 's'} given back")
    return restored


@action("charges.review", name="runs.release_held")
def release_held(run_id: int, account_ids: Sequence[int], *, note: str, today: date, by: Actor) -> Released:
    """Let held accounts go: their surprises are accepted once, and what stands against them is asked anew.

    While the run is being planned they join it; when it is over they are billed at once (which takes the right
    `invoices.issue`), through the run's own day. A hold on the account itself, or a missing address, still holds.
    """
    wanted, ids = run(by.entity_id, run_id), sorted(set(account_ids))
    plans = lock_plans(by.entity_id, ids)
    accepted = run_sql(
        HERE,
        "review/accept_all.sql",
        entity=by.entity_id,
        run=run_id,
        account_ids=ids,
        decided_by=by.name,
        at=clock.now(),
        note=note,
    )
    replan(by.entity_id, plans)
    issued = None
    if wanted.state == "issued":
        by.require("invoices.issue")
        issued = issue_invoices(ids, through_on=wanted.through_on, issued_on=today, today=today, by=by)
    at = issued.run_id if issued else run_id
    still = fetch_sql(HERE, "run/still_held.sql", StillHeld, entity=by.entity_id, run=at, account_ids=ids)
    act().about("run", run_id, account_id=ids[0] if len(ids) == 1 else None)
    act().say(
        f"{len(ids) - len({row.account_id for row in still})} of {len(ids)} held accounts released",
        accounts=ids[:100],
        surprises_accepted=accepted,
        note=note,
    )
    act().undo = None
    return Released(still, issued)

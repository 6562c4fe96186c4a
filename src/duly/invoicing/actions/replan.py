"""Keeping planned runs true while people edit drafts: until approval, a run's plan follows its drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.invoicing.models import Chunk
from duly.invoicing.rules import DECIDE_WITHIN_DAYS, business_days_after
from duly.kernel.sql import fetch_sql, run_sql

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True)
class LockedPlan:
    """A chunk of a run planned and not yet approved, locked by us, and the accounts we touch in it."""

    run_id: int
    chunk: int
    first_account_id: int
    last_account_id: int
    through_on: date
    issued_on: date
    planned_on: date
    account_ids: list[int]


def lock_plans(entity_id: int, account_ids: Sequence[int]) -> list[LockedPlan]:
    """Lock the chunks of runs not yet approved that these accounts are in: the first lock of an edit."""
    return fetch_sql(HERE, "run/lock_plans.sql", LockedPlan, entity=entity_id, account_ids=list(account_ids))


def replan(entity_id: int, plans: Sequence[LockedPlan]) -> None:
    """Let the items of these accounts and the chunks' totals say what the drafts now say."""
    for plan in plans:
        where = {
            "entity": entity_id,
            "run": plan.run_id,
            "first": plan.account_ids[0],
            "last": plan.account_ids[-1],
            "account_ids": plan.account_ids,
        }
        run_sql(HERE, "run/refresh_items.sql", **where, through_on=plan.through_on)
        deadline_on = business_days_after(plan.planned_on, DECIDE_WITHIN_DAYS)
        run_sql(HERE, "plan/6_hold_items.sql", **where, deadline_on=deadline_on)
        chunk = Chunk(*(getattr(plan, name) for name in Chunk.__slots__))
        run_sql(
            HERE,
            "plan/7_total_chunk.sql",
            entity=entity_id,
            run=chunk.run_id,
            chunk=chunk.chunk,
            first=chunk.first_account_id,
            last=chunk.last_account_id,
            state=None,
            freeze=True,
        )

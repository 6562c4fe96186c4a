"""Payment plans: open items rescheduled over dates. No new invoice; the items stay as they are, and come back whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.collections.queries.account import plan
from duly.collections.rules.plans import fault
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, fetch_value, run_sql

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class _Debt:
    minor: int
    items: int
    currencies: int
    currency: str
    busy: int


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Open items of an account, and on each day (`due_on`) its amount (`amounts_minor`)."""

    account_id: int
    item_ids: Sequence[int]
    due_on: Sequence[date]
    amounts_minor: Sequence[int]
    grace_days: int = 5
    note: str = ""


@action("plans.make")
def make_plan(wanted: NewPlan, *, today: date, by: Actor) -> int:
    """Reschedule open items; the amounts add up to what is open of them.

    Refuses items of another account or currency, and items that are in a plan, disputed or with an agency. While the
    plan is kept nobody is reminded of them. Returns the plan's id.
    """
    ids = sorted(set(wanted.item_ids))
    debt = fetch_one(HERE, "plans/debt.sql", _Debt, entity=by.entity_id, account=wanted.account_id, items=ids)
    if debt is None or debt.items != len(ids) or debt.currencies != 1:
        raise Refused("plans.items_not_open", account=wanted.account_id, items=ids)
    if debt.busy:
        raise Refused("plans.items_rest_already", items=debt.busy)
    dated = list(zip(wanted.due_on, wanted.amounts_minor, strict=True))
    if wrong := fault(debt.minor, dated, today):
        raise Refused(wrong, open_minor=debt.minor, planned_minor=sum(wanted.amounts_minor))
    by.require_within_limit("plans.make", debt.minor, debt.currency)
    plan_id = int(
        fetch_value(
            HERE,
            "plans/make.sql",
            entity=by.entity_id,
            account=wanted.account_id,
            currency=debt.currency,
            amount=debt.minor,
            grace_days=wanted.grace_days,
            starts_on=today,
            note=wanted.note,
            by=by.name,
            at=clock.now(),
        )
    )
    run_sql(HERE, "plans/items.sql", entity=by.entity_id, plan=plan_id, items=ids)
    run_sql(
        HERE,
        "plans/instalments.sql",
        entity=by.entity_id,
        plan=plan_id,
        days=[day for day, _ in dated],
        amounts=[minor for _, minor in dated],
    )
    act().about("plan", plan_id, account_id=wanted.account_id)
    act().say(
        f"{Money(debt.minor, debt.currency)} to be paid in {len(dated)} instalments until {dated[-1][0]}", plan=plan_id
    )
    act().undo_with("plans.cancel", plan_id=plan_id, why="made by mistake")
    return plan_id


@action("plans.make", name="plans.cancel")
def cancel_plan(plan_id: int, *, why: str, today: date, by: Actor) -> None:
    """End a running plan; its items are due again on their own days."""
    found = plan(by.entity_id, plan_id)
    if not run_sql(HERE, "plans/cancel.sql", entity=by.entity_id, id=plan_id, why=why, on=today):
        raise Refused("plan.cannot_become_cancelled", plan=plan_id, state=found.state)
    fetch_value(HERE, "keep/free_items.sql", entity=by.entity_id)
    act().about("plan", plan_id, account_id=found.account_id)
    act().say(f"Payment plan {plan_id} ended: {why}")

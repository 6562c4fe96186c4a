"""Applying money to open items, and taking that back: one payment to many debts, many payments to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.payments.actions.batch import HERE
from duly.payments.rules import Application, OpenItem, oldest_first
from duly.receivables.actions import allocation_batch, unallocate


@dataclass(frozen=True, slots=True)
class AllocationId:
    id: int
    account_id: int


@action("receivables.allocate", name="receipts.apply")
def apply(applications: Sequence[Application], *, reason: str = "applied by hand", today: date, by: Actor) -> list[int]:
    """Settle the debit items with the credit items named; returns the allocation ids.

    Refuses more than an item has open, items of two accounts or two currencies, and two items of the same
    side.
    """
    with allocation_batch(entity_id=by.entity_id, effective_on=today, by=by):
        run_sql(
            HERE,
            "apply/stage.sql",
            entity=by.entity_id,
            credit_ids=[one.credit_item_id for one in applications],
            debit_ids=[one.debit_item_id for one in applications],
            amounts_minor=[one.amount_minor for one in applications],
            reason=reason,
        )
        if strangers := fetch_sql(HERE, "apply/of_two_accounts.sql", AllocationId):
            raise Refused("receipts.items_of_two_accounts", item=strangers[0].id)
        made = fetch_sql(HERE, "apply/staged_ids.sql", AllocationId)
    ids = [row.id for row in made]
    current = act()
    accounts = {row.account_id for row in made}
    current.about("allocation", ids[0] if len(ids) == 1 else None)
    current.account_id = accounts.pop() if len(accounts) == 1 else None
    current.say(f"Applied to {len(ids)} open item{'s' if len(ids) > 1 else ''}", allocations=ids, reason=reason)
    current.undo_with("receipts.unapply", allocation_ids=ids)
    return ids


@action("receivables.allocate", name="receipts.apply_oldest_first")
def apply_oldest_first(account_ids: Sequence[int], *, today: date, by: Actor) -> list[int]:
    """Settle what these accounts owe with their unapplied money and credits, oldest due day first."""
    items = fetch_sql(HERE, "apply/open_items.sql", OpenItem, entity=by.entity_id, account_ids=list(account_ids))
    applications = oldest_first(items)
    if not applications:
        raise Refused("receipts.nothing_to_apply", accounts=list(account_ids))
    return apply(applications, reason="oldest first", today=today, by=by)


@action("receivables.unallocate", name="receipts.unapply")
def unapply(allocation_ids: Sequence[int], *, today: date, by: Actor) -> int:
    """Take allocations back: the documents and the money are open again. Returns how many were taken back."""
    return unallocate(list(allocation_ids), effective_on=today, by=by)

"""Receipts recorded by hand meet the bank line that brings their money to the bank."""

from __future__ import annotations

from collections.abc import Sequence

from duly.kernel.actions import action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import run_sql
from duly.payments.actions.batch import HERE


@action("bank.place", name="receipts.deposit")
def deposit(receipt_ids: Sequence[int], *, deposit_keys: Sequence[str], by: Actor) -> None:
    """Mark each receipt as brought to the bank under the key beside it; refuses one that does not wait for
    it.
    """
    met = run_sql(HERE, "deposit/meet.sql", entity=by.entity_id, ids=list(receipt_ids), keys=list(deposit_keys))
    if met < len(receipt_ids):
        raise Refused("receipts.not_waiting_for_the_bank", receipts=list(receipt_ids))


@action("bank.place", name="receipts.undeposit")
def undeposit(deposit_keys: Sequence[str], *, by: Actor) -> int:
    """Let the receipts under these keys wait for their bank line again; returns how many."""
    return run_sql(HERE, "deposit/part.sql", entity=by.entity_id, keys=list(deposit_keys))

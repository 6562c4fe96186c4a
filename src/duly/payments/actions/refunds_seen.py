"""Refunds as the bank shows them: seen leaving, closed, or come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.payments.actions.batch import HERE
from duly.payments.actions.refunds import Id, OfFile, lock_refunds
from duly.payments.actions.reverse import reverse_from_bank
from duly.payments.models import REFUND_STATES


@action("bank.place", name="refunds.see")
def see_refunds(refund_ids: Sequence[int], keys: Sequence[str], days: Sequence[date], *, by: Actor) -> int:
    """Note that the bank shows these refunds, each under the key of its line; a step of placing the lines."""
    seen = run_sql(HERE, "refund/seen.sql", entity=by.entity_id, ids=list(refund_ids), keys=list(keys), days=list(days))
    if seen < len(set(refund_ids)):
        raise Refused("refunds.not_on_their_way", refunds=list(refund_ids))
    return seen


@action("bank.place", name="refunds.unsee")
def unsee_refunds(keys: Sequence[str], *, by: Actor) -> int:
    """Let the refunds seen under these keys be on their way again; a step of taking the lines' placement back."""
    back = fetch_sql(HERE, "refund/returned_by.sql", Id, entity=by.entity_id, keys=list(keys))
    if back:
        raise Refused("refunds.return_stands", refunds=[one.id for one in back])
    return run_sql(HERE, "refund/unseen.sql", entity=by.entity_id, keys=list(keys))


@action("refunds.release", name="refunds.close")
def close_refunds(refund_ids: Sequence[int], *, today: date, by: Actor) -> int:
    """Close refunds that the bank shows; returns how many."""
    ids = sorted(set(refund_ids))
    for one in lock_refunds(ids, by):
        REFUND_STATES.require(one.state, "closed")
    closed = run_sql(HERE, "refund/close.sql", entity=by.entity_id, ids=ids, today=today, by=by.name)
    act().about("refund", ids[0] if len(ids) == 1 else None)
    act().say(f"{closed} refund{'s' if closed > 1 else ''} closed", refunds=ids)
    act().undo_with("refunds.reopen", refund_ids=ids)
    return closed


@action("refunds.release", name="refunds.reopen")
def reopen_refunds(refund_ids: Sequence[int], *, by: Actor) -> int:
    """Take the closing of refunds back; returns how many."""
    return run_sql(HERE, "refund/reopen.sql", entity=by.entity_id, ids=list(refund_ids))


@action("bank.place", name="refunds.return")
def return_refunds(
    refund_ids: Sequence[int], keys: Sequence[str], reasons: Sequence[str], *, today: date, by: Actor
) -> list[int]:
    """Note that refunds came back (by the bank line of the key, '' for none): their money is unapplied again.

    Refused for what is not on its way or paid. Returns the reversals' receipts.
    """
    ids = sorted(set(refund_ids))
    for one in lock_refunds(ids, by):
        REFUND_STATES.require(one.state, "returned")
    back = fetch_sql(
        HERE,
        "refund/returned.sql",
        OfFile,
        entity=by.entity_id,
        ids=list(refund_ids),
        keys=[key or None for key in keys],
        reasons=list(reasons),
        today=today,
    )
    receipts = [one.receipt_id for one in back if one.receipt_id is not None]
    reversals = reverse_from_bank(receipts, reason=f"returned: {reasons[0]}", today=today, by=by)
    act().about("refund", ids[0] if len(ids) == 1 else None)
    act().account_id = back[0].account_id if len(back) == 1 else None
    act().say(f"{len(ids)} refund{'s' if len(ids) > 1 else ''} came back: {reasons[0]}", refunds=ids)
    return reversals

"""Taking a receipt back, whole: what it settled is open again, a mirror takes its money out of the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.payments.actions.batch import HERE, receipt_batch
from duly.receivables.actions import allocation_batch, unallocate


@dataclass(frozen=True, slots=True)
class Reversed:
    id: int
    account_id: int
    amount_minor: int
    currency: str
    method: str
    deposit_key: str | None


@dataclass(frozen=True, slots=True)
class Id:
    id: int


@action("receipts.reverse")
def reverse(receipt_ids: Sequence[int], *, reason: str, today: date, by: Actor) -> list[int]:
    """Reverse receipts recorded by hand; returns the ids of the reversals.

    Refuses what is reversed already, what came by a bank line or has met one (take the line's placement back
    instead), and an amount above the actor's limit.
    """
    reversals = _reverse(receipt_ids, reason=reason, today=today, by=by, of_bank=False)
    current = act()
    current.say(f"{len(reversals)} receipt{'s' if len(reversals) > 1 else ''} reversed: {reason}", reason=reason)
    return reversals


@action("bank.place", name="receipts.reverse_from_bank")
def reverse_from_bank(receipt_ids: Sequence[int], *, reason: str, today: date, by: Actor) -> list[int]:
    """Reverse receipts because the placement of their bank lines is taken back; a step of that act only."""
    return _reverse(receipt_ids, reason=reason, today=today, by=by, of_bank=True)


def lock_items(receipt_ids: Sequence[int], *, entity_id: int) -> None:
    """Hold the items of these receipts and all they settle until commit, in id order (before any posting)."""
    run_sql(HERE, "reverse/1_lock_items.sql", entity=entity_id, ids=sorted(receipt_ids))


def _reverse(receipt_ids: Sequence[int], *, reason: str, today: date, by: Actor, of_bank: bool) -> list[int]:
    ids = sorted(set(receipt_ids))
    lock_items(ids, entity_id=by.entity_id)
    claimed = claim_reversal(ids, by.entity_id)
    if not of_bank:
        check_by_hand(claimed, by)
    settled = fetch_sql(HERE, "reverse/3_allocations.sql", Id, entity=by.entity_id, ids=ids)
    if settled:
        unallocate([row.id for row in settled], effective_on=today, by=by)
    with receipt_batch(by=by) as write:
        run_sql(HERE, "reverse/4_stage_mirrors.sql", entity=by.entity_id, ids=ids, today=today, reason=reason)
        write()
        with allocation_batch(entity_id=by.entity_id, effective_on=today, by=by):
            run_sql(HERE, "reverse/5_stage_allocations.sql", entity=by.entity_id)
        mirrors = fetch_sql(HERE, "reverse/6_mirrors.sql", Id)
    if len(claimed) == 1:
        act().about("receipt", claimed[0].id, account_id=claimed[0].account_id)
    return [row.id for row in mirrors]


def claim_reversal(ids: Sequence[int], entity_id: int) -> list[Reversed]:
    """Mark receipts as reversed and return them; refused when one is reversed already."""
    claimed = fetch_sql(HERE, "reverse/2_claim.sql", Reversed, entity=entity_id, ids=list(ids))
    if len(claimed) < len(ids):
        missing = sorted(set(ids) - {receipt.id for receipt in claimed})
        raise Refused("receipts.cannot_become_reversed", receipts=missing)
    return claimed


def check_by_hand(receipts: Sequence[Reversed], actor: Actor) -> None:
    """Refuse to reverse money of the bank, and amounts above the actor's limit."""
    for receipt in receipts:
        if receipt.method == "bank" or receipt.deposit_key:
            raise Refused(
                "receipts.belongs_to_bank_line",
                receipt=receipt.id,
                remedy="take the placement of the bank line back",
            )
        actor.require_within_limit("receipts.reverse", receipt.amount_minor, receipt.currency)

"""Recording money that came in. Once per key, whoever brings it and however often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import BadInput
from duly.kernel.sql import fetch_sql, run_sql
from duly.payments.actions.batch import HERE, receipt_batch
from duly.payments.rules import UNDEPOSITED_CODE


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """Money as it is brought in: `source_key` names it for ever (empty: a new one is made, so it cannot
    repeat).

    No ledger account means 1050 Undeposited receipts.
    """

    account_id: int
    currency: str
    amount_minor: int
    received_on: date
    method: str = "cheque"
    source_key: str = ""
    gl_account_id: int | None = None
    payer_name: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StagedId:
    """A staged receipt's id, and whether it was on record before."""

    receipt_id: int
    known: bool


@action("receipts.record")
def record(row: ReceiptRow, *, by: Actor) -> int:
    """Record one receipt by hand; without a ledger account it waits in 1050 for its bank line. Returns its
    id.
    """
    receipt_id = record_receipts([row], by=by)[0]
    current = act()
    current.about("receipt", receipt_id, account_id=row.account_id)
    money = Money(row.amount_minor, row.currency)
    current.say(f"{money} received by {row.method}", method=row.method, reference=row.reference)
    return receipt_id


@action("receipts.record", name="receipts.record_many")
def record_receipts(rows: Sequence[ReceiptRow], *, by: Actor) -> list[int]:
    """Record receipts; returns their ids in the order given, the known ones with the id they have.

    Refuses a key that was used for other content, an unknown account, a currency that is not the account's, a
    closed day, an amount that is not above zero.
    """
    if any(row.amount_minor <= 0 for row in rows):
        raise BadInput("receipts.amount_not_above_zero", remedy="money that goes back is a reversal or a refund")
    with receipt_batch(by=by) as write:
        _stage(rows, by)
        new = write()
        ids = fetch_sql(HERE, "record/staged_ids.sql", StagedId)
    current = act()
    current.say(f"{new} receipts recorded", new=new, known=len(rows) - new)
    current.quiet = new == 0
    fresh = [row.receipt_id for row in ids if not row.known]
    current.undo_with("receipts.reverse", receipt_ids=fresh, reason="undone")
    return [row.receipt_id for row in ids]


def _stage(rows: Sequence[ReceiptRow], by: Actor) -> None:
    run_sql(
        HERE,
        "record/stage_rows.sql",
        entity=by.entity_id,
        undeposited=UNDEPOSITED_CODE,
        account_ids=[row.account_id for row in rows],
        currencies=[row.currency for row in rows],
        amounts_minor=[row.amount_minor for row in rows],
        days=[row.received_on for row in rows],
        methods=[row.method for row in rows],
        keys=[row.source_key or f"by-hand:{uuid4()}" for row in rows],
        gl_account_ids=[row.gl_account_id for row in rows],
        payers=[row.payer_name for row in rows],
        references=[row.reference for row in rows],
        notes=[row.note for row in rows],
    )

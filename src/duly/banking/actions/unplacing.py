"""Taking the placement of bank lines back: the line is open again, everything it caused is reversed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.banking.actions.accounts import HERE
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.ledger.actions import reverse_entries
from duly.payments.actions import lock_items, reverse_from_bank, undeposit
from duly.payments.actions.refunds_seen import unsee_refunds


@dataclass(frozen=True, slots=True)
class Placed:
    """A placement about to be taken back."""

    id: int
    line_id: int
    kind: str
    receipt_id: int | None


@action("bank.place", name="bank.unplace")
def unplace(line_ids: Sequence[int], *, today: date, by: Actor) -> int:
    """Take back what these lines were placed as, whole: allocations, receipts, entries. Returns how many
    lines.

    Lines are locked first, then open items in id order; numbers of the mirror receipts come last. Refuses a
    line that is not placed.
    """
    ids = sorted(set(line_ids))
    placed = fetch_sql(HERE, "unplace/1_lock.sql", Placed, entity=by.entity_id, ids=ids)
    if missing := set(ids) - {row.line_id for row in placed}:
        raise Refused("bank.line_is_not_placed", lines=sorted(missing))
    receipts = [row.receipt_id for row in placed if row.receipt_id]
    entries = [row.id for row in placed if not row.receipt_id]
    if receipts:
        lock_items(receipts, entity_id=by.entity_id)
    if entries:
        reverse_entries(
            by.entity_id,
            "bank_line",
            entries,
            as_kind="bank_line_undone",
            effective_on=today,
            actor_id=by.user_id,
        )
        undeposit([f"bank-line:{row.id}" for row in placed if row.kind == "deposit"], by=by)
        unsee_refunds([f"bank-line:{row.line_id}" for row in placed if row.kind == "ledger"], by=by)
    run_sql(HERE, "unplace/2_placements.sql", entity=by.entity_id, ids=ids, today=today)
    moved = run_sql(HERE, "unplace/3_lines.sql", entity=by.entity_id, ids=ids)
    if receipts:
        reverse_from_bank(receipts, reason="placement taken back", today=today, by=by)
    current = act()
    current.about("bank_line", ids[0] if len(ids) == 1 else None)
    current.say(f"{moved} bank line{'s' if moved > 1 else ''} open again", lines=ids[:100])
    return moved

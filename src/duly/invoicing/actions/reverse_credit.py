"""Taking a credit note back: its mirror document restores what it took, and the two settle each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.events.outbox import cancel_queued
from duly.invoicing.actions.issue import IssueScope, number_documents, post_documents, write_grouped
from duly.invoicing.actions.plan import require_open_period
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import format_minor
from duly.kernel.refusals import NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_value, run_sql
from duly.receivables.actions import allocation_batch
from duly.receivables.actions.allocations import unallocate

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True)
class LockedCredit:
    """A credit note locked for taking it back, with what stands against it."""

    id: int
    kind: str
    account_id: int
    currency: str
    total_minor: int
    corrects_id: int | None
    number: str
    voids: bool
    reversed: bool
    left_already: bool
    billed_again: bool


@action("invoices.credit", name="invoices.reverse_credit")
def reverse_credit(credit_id: int, *, reason: str = "credited by mistake", today: date, by: Actor) -> int:
    """Take a credit note back whole, before it has left: what it settled is open again, its lines stand again.

    Nothing is deleted: an invoice with a number of its own mirrors the credit note, and the two settle each
    other. Neither is sent. Returns the mirror's id.
    """
    lock_invoice_of(by.entity_id, credit_id)
    cancel_queued(by.entity_id, "invoice", [credit_id])
    credit = lock_credit(by.entity_id, credit_id)
    by.require_within_limit("invoices.credit", -credit.total_minor, credit.currency)
    require_open_period(by.entity_id, today)
    if settled := fetch_value(HERE, "reverse_credit/allocations.sql", entity=by.entity_id, id=credit_id):
        unallocate(settled, effective_on=today, by=by)
    mirror_id = write_mirror(credit, reason, today, by_actor=by)
    act().about("invoice", credit.corrects_id, account_id=credit.account_id)
    amount = f"{format_minor(-credit.total_minor, credit.currency)} {credit.currency}"
    act().say(f"{credit.number} over {amount} taken back: {reason}", credit_note=credit_id, mirror=mirror_id)
    number_documents(by.entity_id, [mirror_id])
    return mirror_id


def lock_invoice_of(entity_id: int, credit_id: int) -> None:
    """Lock the invoice a credit note belongs to first, as crediting does."""
    corrects = fetch_value(HERE, "reverse_credit/invoice_of.sql", entity=entity_id, id=credit_id)
    if corrects is not None:
        run_sql(HERE, "credit/lock_invoice.sql", entity=entity_id, id=corrects)


def lock_credit(entity_id: int, credit_id: int) -> LockedCredit:
    """Lock a credit note; refused when it cannot be taken back as if it had never been."""
    found = fetch_one(HERE, "reverse_credit/lock_credit.sql", LockedCredit, entity=entity_id, id=credit_id)
    if found is None:
        raise NotFound("invoice.unknown", invoice=credit_id)
    if found.kind != "credit_note" or found.corrects_id is None:
        raise Refused("credit.not_a_credit_of_an_invoice", number=found.number)
    if found.reversed:
        raise Refused("credit.reversed_already", number=found.number)
    if found.voids:
        raise Refused("credit.voids_an_invoice", number=found.number)
    if found.billed_again:
        raise Refused("credit.billed_again", number=found.number)
    if found.left_already:
        raise Refused("credit.sent_already", number=found.number)
    return found


def write_mirror(credit: LockedCredit, reason: str, today: date, *, by_actor: Actor) -> int:
    """Write the document that restores what the credit note took, post it, and let the two settle each other."""
    scope = IssueScope(
        by_actor.entity_id,
        today,
        credit.account_id,
        credit.account_id,
        clock.now(),
        by_actor.user_id,
        corrects_id=credit.id,
        reason=reason,
    )
    where = {"entity": scope.entity_id, "id": credit.id}
    run_sql(HERE, "issue/0_staging.sql")
    mirror_id = int(fetch_value(HERE, "reverse_credit/1_stage_document.sql", **where))
    run_sql(HERE, "reverse_credit/2_stage_lines.sql", **where, today=today, at=clock.now())
    run_sql(HERE, "reverse_credit/3_stage_shares.sql", **where)
    write_grouped(scope)
    post_documents(scope)
    with allocation_batch(entity_id=scope.entity_id, effective_on=today, by=by_actor):
        run_sql(HERE, "reverse_credit/4_stage_allocation.sql", **where, reason=reason)
    return mirror_id

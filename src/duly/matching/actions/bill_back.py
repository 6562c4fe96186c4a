"""Taking a credit note back: what was issued stays, so its lines are billed again and the two settle each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.invoicing.actions import NewCharge, add_charges
from duly.invoicing.actions.credit import lock
from duly.invoicing.actions.issue import number_documents
from duly.invoicing.actions.void import bill_named
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_sql
from duly.payments.actions import apply
from duly.payments.rules import Application
from duly.receivables.actions import unallocate

HERE = "duly.matching"


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit note, the invoice it corrects, its item, and what it settles."""

    invoice_id: int
    item_id: int
    amount_minor: int
    allocations: list[int]


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A line of a credit note, in the words a charge is entered with; the net is above zero."""

    line: int
    item_code: str
    description: str
    net_minor: int
    tax_code: str
    revenue_account: str
    tax_point_on: date


@dataclass(frozen=True, slots=True)
class NewItem:
    """The open item of a new document."""

    id: int
    amount_minor: int


@action("invoices.credit", name="discrepancies.bill_back")
def bill_back(credit_id: int, *, today: date, by: Actor) -> int:
    """Bill again what a credit note took off, and settle the note with it: the invoice is open as before.

    Returns the new invoice's id. Refused when the note was used for something else meanwhile, or when its tax cannot be
    billed again to the cent.
    """
    found = fetch_one(HERE, "cases/back/credit.sql", Credit, entity=by.entity_id, id=credit_id)
    if found is None:
        raise NotFound("invoice.unknown", invoice=credit_id)
    invoice = lock(by.entity_id, found.invoice_id)
    charges = [
        NewCharge(
            account_id=invoice.account_id,
            bill_on=today,
            item_code=line.item_code,
            description=line.description,
            net_minor=line.net_minor,
            tax_code=line.tax_code,
            revenue_account=line.revenue_account,
            tax_point_on=line.tax_point_on,
            charge_key=f"credit-back:{credit_id}:{line.line}",
        )
        for line in fetch_sql(HERE, "cases/back/lines.sql", CreditLine, entity=by.entity_id, id=credit_id)
    ]
    entered = add_charges(charges, source_kind="rebill", by=by)
    new_id = bill_named(invoice, entered, reason="credit taken back", today=today, by_actor=by)
    [item] = fetch_sql(HERE, "cases/back/item.sql", NewItem, entity=by.entity_id, id=new_id)
    if item.amount_minor != found.amount_minor:
        raise Refused("discrepancies.tax_cannot_be_billed_back", credit=credit_id)
    if found.allocations:
        unallocate(found.allocations, effective_on=today, by=by)
    apply([Application(found.item_id, item.id, item.amount_minor)], reason="credit taken back", today=today, by=by)
    number_documents(by.entity_id, [new_id])
    act().about("invoice", found.invoice_id, account_id=invoice.account_id)
    act().say("A credit note was taken back: its lines are billed again", credit_note=credit_id, invoice=new_id)
    act().undo = None
    return new_id

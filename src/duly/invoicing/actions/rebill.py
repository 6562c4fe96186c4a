"""Billing the wrong customer's invoice to the right one: credited in full there, billed here, as one act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from duly.invoicing.actions.charges import NewCharge, add_charges
from duly.invoicing.actions.issue import number_documents
from duly.invoicing.actions.replan import lock_plans, replan
from duly.invoicing.actions.void import (
    Corrected,
    Rebilled,
    account_of,
    bill_named,
    require_untouched,
    take_back,
)
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.receivables.queries import account

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line as it was billed, in the words a charge is entered with."""

    line: int
    item_code: str
    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    net_minor: int
    period_from: date | None
    period_to: date | None
    tax_point_on: date
    revenue_account: str


@action("invoices.void", name="invoices.rebill")
def rebill_invoice(invoice_id: int, to_account_id: int, *, reason: str, today: date, by: Actor) -> Corrected:
    """Credit an invoice in full and bill its lines to another account now; one act, two documents.

    Tax is that of the other account. The former account's drafts are dismissed, so that nothing of it is collected
    there again. Refused for an invoice that was credited before, and for an account in another currency.
    """
    target = account(by.entity_id, to_account_id)
    former = account_of(by.entity_id, invoice_id)
    plans = lock_plans(by.entity_id, sorted({former, to_account_id}))
    invoice = require_untouched(by.entity_id, invoice_id)
    if target.id == invoice.account_id:
        raise Refused("rebill.same_account", invoice=invoice_id)
    if target.currency != invoice.currency or target.state != "active":
        raise Refused("rebill.account_cannot_take_it", account=target.number, currency=invoice.currency)
    lines = fetch_sql(HERE, "credit/billed_lines.sql", BilledLine, entity=by.entity_id, id=invoice_id)
    run_sql(HERE, "credit/rebill.sql", entity=by.entity_id, id=invoice_id)
    drafts = fetch_sql(
        HERE, "credit/rebilled.sql", Rebilled, entity=by.entity_id, account=invoice.account_id, id=invoice_id
    )
    note = f"billed to {target.number} instead: {reason}"
    run_sql(
        HERE, "charge/switch.sql", entity=by.entity_id, ids=[row.id for row in drafts], dismissed_by=by.name, note=note
    )
    entered = add_charges([_charge(line, invoice_id, target.id, today) for line in lines], source_kind="rebill", by=by)
    credit_id = take_back(invoice, reason=reason, today=today, by_actor=by, right="invoices.void")
    elsewhere = replace(invoice, account_id=target.id)
    new_id = bill_named(elsewhere, entered, reason=reason, today=today, by_actor=by, corrects=False)
    replan(by.entity_id, plans)
    number_documents(by.entity_id, [credit_id, new_id])
    act().about("invoice", invoice_id, account_id=invoice.account_id)
    act().say(
        f"Billed to {target.number} {target.name} instead: {reason}",
        credit_note=credit_id,
        new_invoice=new_id,
        to_account=target.id,
    )
    act().undo = None
    return Corrected(credit_id, new_id)


def _charge(line: BilledLine, invoice_id: int, account_id: int, today: date) -> NewCharge:
    return NewCharge(
        account_id=account_id,
        bill_on=today,
        item_code=line.item_code,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        net_minor=line.net_minor,
        period_from=line.period_from,
        period_to=line.period_to,
        tax_point_on=line.tax_point_on,
        revenue_account=line.revenue_account,
        charge_key=f"rebill:{invoice_id}:{line.line}",
    )

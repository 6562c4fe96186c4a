"""Voiding an invoice, and correcting one: credit in full, charges billable again, a new invoice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from duly.events.outbox import cancel_queued
from duly.invoicing.actions.charges import EDITABLE, draft
from duly.invoicing.actions.credit import Locked, creditable_lines, lock, write_credit
from duly.invoicing.actions.issue import (
    UNDO_WINDOW,
    DocumentRef,
    IssueScope,
    number_documents,
    write_documents,
)
from duly.invoicing.actions.replan import lock_plans, replan
from duly.invoicing.rules import net_of
from duly.invoicing.rules.crediting import credit_in_full
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The two documents of a correction."""

    credit_note_id: int
    invoice_id: int


@dataclass(frozen=True, slots=True)
class Rebilled:
    """A draft that bills a line of a voided invoice again."""

    id: int
    line: int


@action("invoices.void")
def void_invoice(invoice_id: int, *, reason: str, today: date, by: Actor) -> int:
    """Take an invoice back whole; its charges become billable again. Returns the credit note's id.

    Refused when it was voided or credited before, or takes back lines itself: then credit what is left. While its
    mail has not left, neither document is sent.
    """
    plans = lock_plans(by.entity_id, [account_of(by.entity_id, invoice_id)])
    invoice = require_untouched(by.entity_id, invoice_id)
    run_sql(HERE, "credit/rebill.sql", entity=by.entity_id, id=invoice_id)
    replan(by.entity_id, plans)
    credit_id = take_back(invoice, reason=reason, today=today, by_actor=by, right="invoices.void")
    if cancel_queued(by.entity_id, "invoice", [invoice_id]):
        cancel_queued(by.entity_id, "invoice", [credit_id])
    number_documents(by.entity_id, [credit_id])
    act().say(f"Voided: {reason}", credit_note=credit_id)
    return credit_id


def account_of(entity_id: int, invoice_id: int) -> int:
    """Return the account of a document, before anything is locked."""
    return int(fetch_value(HERE, "credit/account_of.sql", entity=entity_id, id=invoice_id) or 0)


def require_untouched(entity_id: int, invoice_id: int) -> Locked:
    """Lock an invoice of which nothing was taken back yet."""
    invoice = lock(entity_id, invoice_id)
    if invoice.voided_by_id is not None:
        raise Refused("invoice.voided_already", invoice=invoice_id, credit_note=invoice.voided_by_id)
    if any(line.credited_net_minor for line in creditable_lines(entity_id, invoice_id)):
        raise Refused("invoice.credited_already", invoice=invoice_id)
    if fetch_value(HERE, "credit/reversing_lines.sql", entity=entity_id, id=invoice_id):
        raise Refused("invoice.takes_back_lines", invoice=invoice_id)
    return invoice


def take_back(invoice: Locked, *, reason: str, today: date, by_actor: Actor, right: str) -> int:
    """Credit an untouched invoice in full and mark it voided."""
    credits = credit_in_full(creditable_lines(by_actor.entity_id, invoice.id))
    credit_id = write_credit(invoice, credits, reason=reason, today=today, actor=by_actor, right=right)
    run_sql(HERE, "credit/mark_voided.sql", entity=by_actor.entity_id, id=invoice.id, credit=credit_id)
    return credit_id


@action("invoices.void", name="invoices.correct")
def correct_invoice(
    invoice_id: int, changes: Mapping[int, Mapping[str, Any]], *, reason: str, today: date, by: Actor
) -> Corrected:
    """Credit an invoice in full and bill its lines again as changed, at once; one act, two documents.

    `changes` is line number -> fields of a draft (quantity, unit_price, net_minor, description ...);
    {"drop": True} leaves it out. Lines not named are billed again as they were.
    """
    plans = lock_plans(by.entity_id, [account_of(by.entity_id, invoice_id)])
    invoice = require_untouched(by.entity_id, invoice_id)
    run_sql(HERE, "credit/rebill.sql", entity=by.entity_id, id=invoice_id)
    again = fetch_sql(
        HERE, "credit/rebilled.sql", Rebilled, entity=by.entity_id, account=invoice.account_id, id=invoice_id
    )
    wanted = [row.id for row in again if not changes.get(row.line, {}).get("drop")]
    dropped = [row.id for row in again if changes.get(row.line, {}).get("drop")]
    if unknown := set(changes) - {row.line for row in again}:
        raise Refused("correct.line_unknown", lines=sorted(unknown))
    for row in again:
        if row.line in changes and row.id in wanted:
            change_draft(by, row.id, changes[row.line], reason)
    if dropped:
        run_sql(HERE, "charge/switch.sql", entity=by.entity_id, ids=dropped, dismissed_by=by.name, note=reason)
    credit_id = take_back(invoice, reason=reason, today=today, by_actor=by, right="invoices.void")
    new_id = bill_named(invoice, wanted, reason=reason, today=today, by_actor=by)
    replan(by.entity_id, plans)
    number_documents(by.entity_id, [credit_id, new_id])
    act().about("invoice", invoice_id, account_id=invoice.account_id)
    act().say(f"Corrected: {reason}", credit_note=credit_id, new_invoice=new_id)
    return Corrected(credit_id, new_id)


def change_draft(by_actor: Actor, charge_id: int, changes: Mapping[str, Any], reason: str) -> None:
    """Write the corrected values into the draft that bills a line again."""
    was = draft(by_actor.entity_id, charge_id, lock=True)
    if unknown := set(changes) - {*EDITABLE}:
        raise Refused("charge.cannot_edit", fields=sorted(unknown))
    values = {name: changes.get(name, getattr(was, name)) for name in EDITABLE}
    if "net_minor" not in changes and values["unit_price"] is not None:
        values["net_minor"] = net_of(Decimal(values["quantity"]), Decimal(values["unit_price"]), was.currency)
    run_sql(
        HERE,
        "charge/edit.sql",
        entity=by_actor.entity_id,
        id=charge_id,
        edited_by=by_actor.name,
        note=reason,
        **values,
    )


def bill_named(
    invoice: Locked, charge_ids: list[int], *, reason: str, today: date, by_actor: Actor, corrects: bool = True
) -> int:
    """Bill exactly these drafts now to the account of `invoice`, as the document that corrects it (or on its own)."""
    scope = IssueScope(
        by_actor.entity_id,
        today,
        invoice.account_id,
        invoice.account_id,
        clock.now() + UNDO_WINDOW,
        by_actor.user_id,
        corrects_id=invoice.id if corrects else None,
        reason=reason,
    )
    run_sql(HERE, "issue/0_staging.sql")
    run_sql(HERE, "issue/1_take_named.sql", entity=by_actor.entity_id, ids=charge_ids)
    if not write_documents(scope, reversals=False):
        raise Refused("correct.nothing_to_bill", invoice=invoice.id)
    [made, *_] = fetch_sql(HERE, "issue/made.sql", DocumentRef)
    return made.id

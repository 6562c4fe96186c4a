"""Taking back what was billed: credits in full, by line, by amount. Nothing issued is ever edited."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duly.invoicing.actions.issue import (
    UNDO_WINDOW,
    IssueScope,
    number_documents,
    post_documents,
    queue_documents,
    write_grouped,
)
from duly.invoicing.actions.plan import require_open_period
from duly.invoicing.rules.crediting import (
    CreditableLine,
    LineCredit,
    credit_amount,
    credit_in_full,
    credit_lines,
)
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import format_minor
from duly.kernel.refusals import NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value, run_sql
from duly.receivables.actions import allocation_batch

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True)
class Locked:
    """A document locked for a change."""

    id: int
    kind: str
    account_id: int
    currency: str
    issued_on: date
    net_minor: int
    tax_minor: int
    total_minor: int
    po_number: str
    voided_by_id: int | None
    corrects_id: int | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with what was taken of it, as the database has it."""

    line: int
    net_minor: int
    tax_rate_ids: list[int]
    tax_minors: list[int]
    credited_net_minor: int
    credited_rate_ids: list[int]
    credited_tax_minors: list[int]


@action("invoices.credit")
def credit_invoice(
    invoice_id: int,
    *,
    lines: Mapping[int, int] | None = None,
    amount_minor: int | None = None,
    reason: str,
    today: date,
    by: Actor,
) -> int:
    """Credit an invoice: all that is left, so much net of some lines, or an amount including tax.

    Never more than is left of any line. The credit settles the open part of the invoice, the rest stays an
    open credit. Until it has left, Undo takes it back by a mirror document. Returns the credit note's id.
    """
    invoice = lock(by.entity_id, invoice_id)
    left = creditable_lines(by.entity_id, invoice_id)
    if lines is not None:
        credits = credit_lines(left, lines)
    elif amount_minor is not None:
        credits = credit_amount(left, amount_minor)
    else:
        credits = credit_in_full(left)
    credit_id = write_credit(invoice, credits, reason=reason, today=today, actor=by, right="invoices.credit")
    number_documents(by.entity_id, [credit_id])
    act().undo_with("invoices.reverse_credit", credit_id=credit_id)
    return credit_id


def lock(entity_id: int, invoice_id: int) -> Locked:
    """Lock an invoice for crediting; refused for credit notes."""
    found = fetch_one(HERE, "credit/lock_invoice.sql", Locked, entity=entity_id, id=invoice_id)
    if found is None:
        raise NotFound("invoice.unknown", invoice=invoice_id)
    if found.kind != "invoice":
        raise Refused("credit.not_an_invoice", invoice=invoice_id)
    return found


def creditable_lines(entity_id: int, invoice_id: int) -> list[CreditableLine]:
    """Return the lines of an invoice with what is left of each to credit."""
    return [
        CreditableLine(
            row.line,
            row.net_minor,
            tuple(zip(row.tax_rate_ids, row.tax_minors, strict=True)),
            int(row.credited_net_minor),
            tuple(zip(row.credited_rate_ids, row.credited_tax_minors, strict=True)),
        )
        for row in fetch_sql(HERE, "credit/lines.sql", LineRow, entity=entity_id, id=invoice_id)
    ]


def write_credit(
    invoice: Locked, credits: Sequence[LineCredit], *, reason: str, today: date, actor: Actor, right: str
) -> int:
    """Write the credit note, post it, settle it against the invoice, queue it; its number comes last."""
    total_minor = sum(credit.minor for credit in credits)
    if total_minor <= 0:
        raise Refused("credit.nothing_left", invoice=invoice.id)
    actor.require_within_limit(right, total_minor, invoice.currency)
    require_open_period(actor.entity_id, today)
    not_before = clock.now() + UNDO_WINDOW
    scope = IssueScope(
        actor.entity_id,
        today,
        invoice.account_id,
        invoice.account_id,
        not_before,
        actor.user_id,
        corrects_id=invoice.id,
        reason=reason,
    )
    run_sql(HERE, "issue/0_staging.sql")
    credit_id = stage_credit(scope, invoice, credits)
    write_grouped(scope)
    post_documents(scope)
    with allocation_batch(entity_id=actor.entity_id, effective_on=today, by=actor):
        run_sql(HERE, "credit/4_stage_allocation.sql", entity=actor.entity_id, id=invoice.id, reason=reason)
    queue_documents(scope)
    act().about("invoice", invoice.id, account_id=invoice.account_id)
    act().say(
        f"Credited {format_minor(total_minor, invoice.currency)} {invoice.currency}: {reason}",
        credit_note=credit_id,
        total_minor=total_minor,
    )
    return credit_id


def stage_credit(scope: IssueScope, invoice: Locked, credits: Sequence[LineCredit]) -> int:
    """Fill the working tables of an issue with the one credit note."""
    where = {"entity": scope.entity_id, "id": invoice.id}
    net_minor = -sum(credit.net_minor for credit in credits)
    taken = [{"line": credit.line, "net_minor": -credit.net_minor} for credit in credits]
    taxes = [
        {"line": credit.line, "rate_id": rate_id, "tax_minor": -tax_minor}
        for credit in credits
        for rate_id, tax_minor in credit.taxes
    ]
    credit_id = int(fetch_value(HERE, "credit/1_stage_document.sql", **where, net_minor=net_minor))
    run_sql(
        HERE,
        "credit/2_stage_lines.sql",
        **where,
        lines=json.dumps(taken),
        today=scope.issued_on,
        at=clock.now(),
    )
    run_sql(HERE, "credit/3_stage_shares.sql", entity=scope.entity_id, taxes=json.dumps(taxes))
    return credit_id

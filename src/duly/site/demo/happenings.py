"""What happens to agreements and invoices in a month: seats come and go, somebody complains, somebody leaves."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duly.commercial.actions import amend, end
from duly.commercial.models import Amendment
from duly.invoicing.actions.credit import credit_invoice
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql
from duly.receivables.actions.accounts import NewHold, hold_accounts

HERE = "duly.site"
COMPLAINTS = ("Service was down for a day", "Seats removed before the month began", "Goodwill after a late answer")


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A line of an agreement that sells seats."""

    agreement_id: int
    line: int
    quantity: Decimal
    customer: str
    account_id: int


@dataclass(frozen=True, slots=True)
class Creditable:
    """An invoice and its total in minor units."""

    id: int
    total_minor: int


def change_agreements(month_on: date, dice: random.Random, by: Actor) -> None:
    """Let about one customer in sixty change seats from some day of the month, and one in four hundred leave."""
    lines = fetch_sql(HERE, "demo/seat_lines.sql", SeatLine, entity=by.entity_id, day=month_on)
    changed = [line for line in lines if dice.random() < 1 / 60]
    if changed:
        amend(
            [
                Amendment(
                    line.agreement_id,
                    month_on + timedelta(days=dice.randint(-12, 14)),
                    line.line,
                    quantity=max(Decimal(1), line.quantity + dice.choice((-2, -1, 1, 2, 3, 5))),
                )
                for line in changed
            ],
            reason="seats as asked for by the customer",
            by=by,
        )
    leaving = [line.agreement_id for line in lines if dice.random() < 1 / 400 and line not in changed]
    if leaving:
        end(leaving, ends_on=month_on, reason="cancelled by the customer", by=by)


def credit_complaints(issued_on: date, today: date, dice: random.Random, by: Actor) -> None:
    """Credit a few invoices of the month, some in part, some in full."""
    invoices = fetch_sql(HERE, "demo/creditable.sql", Creditable, entity=by.entity_id, day=issued_on)
    for invoice in dice.sample(invoices, k=min(len(invoices), max(1, len(invoices) // 250))):
        amount = None if dice.random() < 0.3 else invoice.total_minor // dice.choice((4, 5, 10))
        credit_invoice(invoice.id, amount_minor=amount, reason=dice.choice(COMPLAINTS), today=today, by=by)


def hold_some(today: date, dice: random.Random, by: Actor, owner_id: int) -> None:
    """Put a few accounts on hold, as somebody does when an address or a price is in doubt."""
    lines = fetch_sql(HERE, "demo/seat_lines.sql", SeatLine, entity=by.entity_id, day=today)
    chosen = dice.sample(lines, k=min(3, len(lines)))
    reasons = ("Asked for a new billing address", "Renegotiates the price", "Merges with another customer")
    if chosen:
        hold_accounts(
            [
                NewHold(line.account_id, "billing", reason, today + timedelta(days=3 + place), owner_id)
                for place, (line, reason) in enumerate(zip(chosen, reasons, strict=False))
            ],
            by=by,
        )


def charges_csv(month_on: date, dice: random.Random, by: Actor) -> bytes:
    """Write this month's one-off charges as somebody typed them: two stand there twice."""
    lines = fetch_sql(HERE, "demo/seat_lines.sql", SeatLine, entity=by.entity_id, day=month_on)
    chosen = dice.sample(lines, k=min(len(lines), max(3, len(lines) // 80)))
    rows: list[tuple[object, ...]] = [
        (line.customer, f"ONB-{line.customer}", "ONBOARDING", "Onboarding workshop", 1, "450.00", month_on)
        for line in chosen
    ]
    rows += [(row[0], f"{row[1]}-B", *row[2:]) for row in rows[:2]]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("customer", "external_id", "item", "description", "quantity", "unit_price", "bill_on"))
    writer.writerows(rows)
    return text.getvalue().encode()

"""Why a receipt is where it is, and why a bank line was matched as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.banking.queries.lines import line
from duly.kernel.money import format_minor
from duly.kernel.sql import fetch_sql
from duly.matching.queries import explain as explain_line
from duly.payments.models import Receipt
from duly.payments.queries import allocations_of, receipt
from duly.reports.why.models import Asked, Why, group, in_the_books, of_money, what_happened

HERE = "duly.reports"


@dataclass(frozen=True, slots=True)
class LineOfReceipt:
    """The bank line a receipt came from or was found on."""

    line_id: int
    booked_on: date


def why_receipt(asked: Asked) -> Why:
    """Explain a receipt: where it came from, what it paid, what is left."""
    found = receipt(asked.entity_id, asked.id)
    left = format_minor(found.unapplied_minor, found.currency)
    return of_money(
        f"{found.number} of {found.received_on}: {{}} by {found.method} from {found.payer_name or found.account_name}"
        f" on {found.account_number}, recorded by {found.by_name}; {left} of it is not applied",
        found.amount_minor,
        found.currency,
        [
            *_state(found),
            *_from_bank(asked),
            *group("What it paid", _paid(asked)),
            *in_the_books(asked.entity_id, "receipt", found.id),
            *what_happened(asked.entity_id, ("receipt",), found.id),
        ],
        href=f"/payments/receipts/{found.id}",
    )


def _state(found: Receipt) -> Iterator[Why]:
    if found.state == "reversed":
        yield Why("It was reversed: what it had paid is open again")
    if found.note:
        yield Why(f"Note: {found.note}")


def _from_bank(asked: Asked) -> Iterator[Why]:
    for row in fetch_sql(HERE, "why/lines_of_receipt.sql", LineOfReceipt, entity=asked.entity_id, id=asked.id):
        told = explain_line(asked.entity_id, row.line_id)
        yield Why(
            f"Bank line {row.line_id} of {row.booked_on}: {told.sentence}",
            tuple(Why(one) for one in told.because),
            href=f"/match/{row.line_id}",
        )


def _paid(asked: Asked) -> Iterator[Why]:
    for one in allocations_of(asked.entity_id, asked.id):
        because = f": {one.reason}" if one.reason else ""
        back = " (taken back later)" if one.taken_back else ""
        yield of_money(
            f"{{}} to {one.number or one.item_kind} on {one.effective_on}{because}{back}",
            one.amount_minor,
            one.currency,
            href=f"/why/{one.number}" if one.number else "",
        )


def why_bank_line(asked: Asked) -> Why:
    """Explain a bank line: what the bank said, why it was matched as it was or why it waits."""
    found = line(asked.entity_id, asked.id)
    told = explain_line(asked.entity_id, asked.id)
    payer = f" from {found.payer_name}" if found.payer_name else ""
    said = [Why(f"The bank's text: {found.text}")] if found.text else []
    if found.structured_reference:
        said.append(Why(f"Structured reference: {found.structured_reference}"))
    return of_money(
        f"Bank line {found.id} of {found.booked_on} on {found.bank_account_name}: {{}}{payer}. {told.sentence}",
        found.amount_minor,
        found.currency,
        [*said, *(Why(one) for one in told.because), *what_happened(asked.entity_id, ("bank_line",), found.id)],
        href=f"/match/{found.id}",
    )

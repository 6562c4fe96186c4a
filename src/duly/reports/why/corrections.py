"""Why something was moved to another account, written off or refunded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.money import format_minor
from duly.kernel.sql import fetch_sql
from duly.payments.queries.refunds import checks_of, money_of, refund
from duly.payments.rules.refunds import CHECK_WORDS
from duly.receivables.queries import item_of_document
from duly.receivables.rules import WRITE_OFF_REASONS
from duly.reports.why.models import Asked, Why, group, in_the_books, of_money, what_happened

HERE = "duly.reports"


@dataclass(frozen=True, slots=True)
class Moved:
    """A transfer as it is told."""

    amount_minor: int
    currency: str
    of_number: str
    from_account: str
    to_account: str
    effective_on: date
    reason: str
    by_name: str
    taken_back: bool


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A write-off as it is told."""

    amount_minor: int
    currency: str
    of_number: str
    account: str
    effective_on: date
    reason: str
    note: str
    by_name: str
    by_rule: bool
    taken_back: bool


def why_transfer(asked: Asked) -> Why:
    """Explain a transfer: what moved from where to where, and why."""
    [row] = fetch_sql(HERE, "why/transfer.sql", Moved, entity=asked.entity_id, id=asked.id)
    return of_money(
        f"{asked.number} of {row.effective_on}: {{}} of {row.of_number or 'an open item'} moved from {row.from_account}"
        f" to {row.to_account} by {row.by_name}: {row.reason}",
        row.amount_minor,
        row.currency,
        [
            *([Why("It was taken back: the item stands where it was")] if row.taken_back else []),
            *in_the_books(asked.entity_id, "transfer", asked.id),
            *what_happened(asked.entity_id, ("transfer",), asked.id),
        ],
    )


def why_write_off(asked: Asked) -> Why:
    """Explain a write-off: what was given up, for which reason, by whom or by which rule."""
    [row] = fetch_sql(HERE, "why/write_off.sql", GivenUp, entity=asked.entity_id, id=asked.id)
    known = WRITE_OFF_REASONS.get(row.reason)
    words = known.words if known else row.reason
    return of_money(
        f"{asked.number} of {row.effective_on}: {{}} of {row.of_number or 'an open item'} on {row.account} given up"
        f" by {'the rule for small balances' if row.by_rule else row.by_name}: {words}",
        row.amount_minor,
        row.currency,
        [
            *([Why(f"Note: {row.note}")] if row.note else []),
            *([Why("It was taken back: the debt is open again")] if row.taken_back else []),
            *in_the_books(asked.entity_id, "write_off", asked.id),
            *what_happened(asked.entity_id, ("write_off",), asked.id),
        ],
        href="/write-offs",
    )


def why_late_charge(asked: Asked) -> Why:
    """Explain a late charge: what was charged for paying late, and what of it is open."""
    item = item_of_document(asked.entity_id, asked.kind, asked.id)
    left = format_minor(item.open_minor, item.currency)
    return of_money(
        f"{asked.number} of {item.issued_on}: {{}} for paying late on {item.account_number}, due {item.due_on};"
        f" {left} of it is open",
        item.amount_minor,
        item.currency,
        [
            *in_the_books(asked.entity_id, asked.kind, asked.id),
            *what_happened(asked.entity_id, (asked.kind,), asked.id),
        ],
        href=f"/accounts/{item.account_number}?tab=items",
    )


def why_refund(asked: Asked) -> Why:
    """Explain a refund: whose money, every check with what it saw, and how far it came."""
    found = refund(asked.entity_id, asked.id)
    checks = (Why(f"{one.stage}: {CHECK_WORDS[one.name]}: {one.outcome}. {one.sentence}")
              for one in checks_of(asked.entity_id, asked.id))  # fmt: skip
    money = (
        of_money(f"{{}} of {one.number or one.kind}", one.amount_minor, found.currency)
        for one in money_of(asked.entity_id, asked.id)
    )
    return of_money(
        f"{found.number}: {{}} to {found.account_name} on the account ending in {found.last4}, asked for by"
        f" {found.requested_by_name} on {found.requested_on}: {found.reason}; it is {found.state}",
        found.amount_minor,
        found.currency,
        [
            *group("Which money", money),
            *group("Every check as it was made", checks),
            *(in_the_books(asked.entity_id, "receipt", found.receipt_id) if found.receipt_id else ()),
            *what_happened(asked.entity_id, ("refund",), asked.id),
        ],
        href=f"/refunds/{found.number}",
    )

"""Why an account owes what it owes, what of it is late, and what is stopped for it."""

from __future__ import annotations

from collections.abc import Iterator

from duly.kernel.money import format_minor
from duly.receivables.queries import (
    account_aging,
    account_by_number,
    explain_balance,
    item_of_document,
    items_of_account,
    settlements_of,
)
from duly.receivables.queries.accounts import holds_of
from duly.reports.why.models import Asked, Why, group, in_the_books, of_money, what_happened

MOST_ITEMS = 50
LATE = ("not due", "1–30 days late", "31–60 days late", "61–90 days late", "over 90 days late")


def why_account(asked: Asked) -> Why:
    """Explain a balance: opening + charges - credits - payments, the open items, the ages, the holds."""
    account = account_by_number(asked.entity_id, asked.number)
    balance = explain_balance(asked.entity_id, account.id, asked.as_of)
    steps = [
        of_money(
            f"{step.label}: {{}} in {step.items:,} document{'' if step.items == 1 else 's'}",
            step.amount_minor,
            balance.currency,
            href=step.href,
        )
        for step in balance.lines
    ]
    return of_money(
        f"{account.number} {account.name} owes {{}} at the end of {asked.as_of}",
        balance.balance_minor,
        balance.currency,
        [
            *steps,
            *group("By age", _ages(asked, account.id)),
            *group("Open today", _open_items(asked, account.id)),
            *group("Stopped for it", _holds(asked, account.id)),
            *what_happened(asked.entity_id, ("account",), account.id),
        ],
        href=f"/accounts/{account.number}",
    )


def why_opening(asked: Asked) -> Why:
    """Explain an item taken over from the books before: what it was, what settled it since."""
    item = item_of_document(asked.entity_id, "opening", asked.id)
    settled = [
        of_money(
            f"{{}} by {one.other_number or one.other_kind} on {one.effective_on}"
            + (f": {one.reason}" if one.reason else "")
            + (" (taken back later)" if one.taken_back else ""),
            one.amount_minor,
            one.currency,
            href=f"/why/{one.other_number}" if one.other_number else "",
        )
        for one in settlements_of(asked.entity_id, [item.id])
        if one.reverses_id is None
    ]
    return of_money(
        f"{asked.number} of {item.issued_on}, taken over from the books before, on {item.account_number}"
        f" {item.account_name}: {{}}, of which {format_minor(item.open_minor, item.currency)} is open",
        item.amount_minor,
        item.currency,
        [*group("What settled it", settled), *in_the_books(asked.entity_id, "opening", item.id)],
        href=f"/accounts/{item.account_number}",
    )


def _ages(asked: Asked, account_id: int) -> Iterator[Why]:
    for row in account_aging(asked.entity_id, account_id, asked.as_of):
        for label, minor in zip(LATE, row.buckets, strict=True):
            if minor:
                yield of_money(f"{{}} is {label}", minor, row.currency)
        if row.unapplied_minor:
            yield of_money("{} is not applied to anything", row.unapplied_minor, row.currency)


def _open_items(asked: Asked, account_id: int) -> Iterator[Why]:
    items = items_of_account(asked.entity_id, account_id)
    for item in items[:MOST_ITEMS]:
        name = item.number or item.kind.replace("_", " ")
        yield of_money(
            f"{name} of {item.issued_on}, due {item.due_on}: {{}} open",
            item.open_minor,
            item.currency,
            href=f"/why/{item.number}" if item.number else "",
        )
    if len(items) > MOST_ITEMS:
        yield Why(f"and {len(items) - MOST_ITEMS:,} more", href=f"/accounts/{asked.number}?tab=items")


def _holds(asked: Asked, account_id: int) -> Iterator[Why]:
    for hold in holds_of(asked.entity_id, account_id, current_only=False):
        ended = f"; released by {hold.released_by} on {hold.released_at:%Y-%m-%d}" if hold.released_at else ""
        note = f" ({hold.note})" if hold.note else ""
        yield Why(
            f"Held for {hold.scope} since {hold.placed_at:%Y-%m-%d} by {hold.placed_by} until {hold.deadline_on}:"
            f" {hold.reason}{note}{ended}"
        )

"""Reading corrections: write-offs, transfers, what stays on account, the rule for small balances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duly.kernel.money import currency_digits
from duly.kernel.sql import fetch_one, fetch_sql
from duly.receivables.rules import SmallBalanceRule, shipped_small_balance

HERE = "duly.receivables"


@dataclass(frozen=True, slots=True)
class WrittenOffRow:
    """A write-off with its account; the amount is positive where a debt was given up."""

    id: int
    number: str | None
    account_id: int
    account_number: str
    account_name: str
    item_id: int
    currency: str
    amount_minor: int
    gl_code: str
    effective_on: date
    reason: str
    note: str
    rule: int | None
    by_name: str
    at: datetime
    batch_id: int
    taken_back: bool
    reverses_id: int | None


@dataclass(frozen=True, slots=True)
class OnAccount:
    """Money or credit (open_minor < 0) that stays on an account for a purpose."""

    id: int
    account_id: int
    account_number: str
    account_name: str
    item_id: int
    currency: str
    open_minor: int
    reason: str
    review_on: date
    placed_by: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class _Rule:
    id: int
    currency: str
    limit_minor: int
    older_than_days: int
    valid_from: date
    by_name: str


def small_balance_rule(entity_id: int, currency: str, day: date) -> SmallBalanceRule:
    """Return the rule for small balances that counts on a day; the shipped one where none was set."""
    found = fetch_one(HERE, "write_off/policy.sql", _Rule, entity=entity_id, currency=currency, day=day)
    if found is None:
        return shipped_small_balance(currency, currency_digits(currency))
    return SmallBalanceRule(found.id, found.currency, found.limit_minor, found.older_than_days)


def write_offs(
    entity_id: int, *, account_id: int | None = None, before: tuple[date, int] | None = None, limit: int = 50
) -> list[WrittenOffRow]:
    """Return write-offs, newest first, of one account or all; `before` is (day, id) of the last one shown."""
    day, last_id = before or (None, None)
    return fetch_sql(
        HERE,
        "read/write_offs.sql",
        WrittenOffRow,
        entity=entity_id,
        account=account_id,
        day=day,
        last_id=last_id,
        limit=limit,
    )


def kept_on_account(entity_id: int, *, account_id: int | None = None, limit: int = 200) -> list[OnAccount]:
    """Return what stays on account for a purpose, earliest review first."""
    return fetch_sql(HERE, "read/on_account.sql", OnAccount, entity=entity_id, account=account_id, limit=limit)

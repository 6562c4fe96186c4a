"""Accounts as the screens show them: the list with its next steps, the timeline, the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duly.kernel.sql import fetch_sql, fetch_value
from duly.receivables.queries import AccountFilter, AccountRow, accounts_page

HERE = "duly.desk"
SHOWN_OTHERWISE = (
    "receipts.record",
    "receipts.record_many",
    "receipts.apply",
    "receipts.apply_oldest_first",
    "receipts.unapply",
    "receivables.unallocate",
    "receipts.reverse",
    "invoices.issue",
    "matching.match",
    "matching.accept",
)
"""Acts whose result stands in the timeline itself, as the document, receipt or allocation they made."""
LINKED = ("receipts.correct", "receipts.move", "receipts.split")
ONE_STEP = (*LINKED, "receivables.transfer", "receivables.on_account", "writeoffs.make")
"""Corrections: what they take back and settle again belongs to the one step that the act is."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of an account's timeline; amounts are minor units, `event_id` is what Undo takes back."""

    kind: str
    id: int
    on_day: date
    at: datetime | None
    rank: int
    actor: str
    word: str
    number: str
    amount_minor: int | None
    currency: str | None
    note: str
    state: str
    event_id: int | None
    ids: list[int]
    things: int
    sort_key: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What an account waits for."""

    account_id: int
    hold_until: date | None
    to_apply_minor: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A charge that waits to be billed."""

    id: int
    description: str
    bill_on: date
    quantity: Decimal
    unit: str
    net_minor: int
    currency: str
    source_kind: str
    edited_by: str | None


@dataclass(frozen=True, slots=True)
class _Name:
    tax_profile: str


def timeline(
    entity_id: int,
    account_id: int,
    *,
    zone: str,
    only: str = "",
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Happening]:
    """Return the next lines of the account's story, newest first; `only` is money, messages or changes."""
    return fetch_sql(
        HERE,
        "accounts/timeline.sql",
        Happening,
        entity=entity_id,
        account=account_id,
        zone=zone,
        money=only in ("", "money"),
        messages=only in ("", "messages"),
        changes=only in ("", "changes"),
        until=date.fromisoformat(after[0].partition("|")[0]) if after else date.max,
        after=after[0] if after else None,
        after_id=after[1] if after else None,
        shown_otherwise=list(SHOWN_OTHERWISE),
        linked=list(LINKED),
        one_step=list(ONE_STEP),
        # One day may hold more lines than a page: the page before may have used some of this part's.
        reach=limit + 200,
        limit=limit,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """Which accounts, in which order: by name or number; lists of marked accounts always by name."""

    where: AccountFilter
    unapplied_only: bool = False
    sort: str = "name"

    @property
    def by_mark(self) -> bool:
        """Whether only marked accounts are wanted."""
        return self.unapplied_only or self.where.past_due_only or self.where.held_only


def accounts_listed(
    entity_id: int, today: date, wanted: Listed, *, after: tuple[str, int] | None = None, limit: int = 50
) -> list[AccountRow]:
    """Return the next accounts by the way that is quick for the filter."""
    where = wanted.where
    if not wanted.by_mark:
        return accounts_page(entity_id, today, where=where, sort=wanted.sort, after=after, limit=limit)
    params = _narrow(where) | {
        "entity": entity_id,
        "today": today,
        "after_key": after[0] if after else None,
        "after_id": after[1] if after else None,
        "limit": limit,
    }
    if wanted.unapplied_only or where.held_only:
        marks = {
            "held_only": where.held_only,
            "unapplied_only": wanted.unapplied_only,
            "past_due_only": where.past_due_only,
        }
        return fetch_sql(HERE, "accounts/marked.sql", AccountRow, **params, **marks)
    return fetch_sql(HERE, "accounts/past_due.sql", AccountRow, **params)


def count_accounts(entity_id: int, where: AccountFilter) -> int:
    """Return how many accounts fit by name, state and owner, counted no further than 10,001."""
    return int(fetch_value(HERE, "accounts/count.sql", entity=entity_id, **_narrow(where)))


def _narrow(where: AccountFilter) -> dict[str, Any]:
    begins = where.begins.strip().lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return {"state": where.state, "owner": where.owner_id, "prefix": f"{begins}%" if begins else None}


def next_steps(entity_id: int, account_ids: Sequence[int]) -> dict[int, NextStep]:
    """Return by account what each waits for."""
    rows = fetch_sql(HERE, "accounts/next_steps.sql", NextStep, entity=entity_id, ids=list(account_ids))
    return {row.account_id: row for row in rows}


def drafts_of(entity_id: int, account_id: int) -> list[DraftRow]:
    """Return the charges of the account that wait to be billed, by bill day."""
    return fetch_sql(HERE, "accounts/drafts.sql", DraftRow, entity=entity_id, account=account_id)


def tax_profiles(entity_id: int) -> list[str]:
    """Return the tax profiles an account may have."""
    return [row.tax_profile for row in fetch_sql(HERE, "accounts/tax_profiles.sql", _Name, entity=entity_id)]

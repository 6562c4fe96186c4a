"""Money and credits not yet applied to anything, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import fetch_sql

HERE = "duly.receivables"


@dataclass(frozen=True, slots=True)
class UnappliedRow:
    """A payment or credit with something left to apply; `left_minor` is positive, minor units."""

    item_id: int
    account_id: int
    account_number: str
    account_name: str
    kind: str
    document_id: int
    number: str
    currency: str
    issued_on: date
    days: int
    left_minor: int
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class UnappliedTotal:
    """Unapplied money of one kind and currency, by age."""

    kind: str
    currency: str
    items: int
    up_to_30_minor: int
    up_to_60_minor: int
    up_to_90_minor: int
    over_90_minor: int
    total_minor: int


def unapplied_page(
    entity_id: int,
    as_of: date,
    *,
    kinds: tuple[str, ...] = ("payment", "credit_note", "opening", "other"),
    after: tuple[date, int] | None = None,
    limit: int | None = 50,
) -> list[UnappliedRow]:
    """Return the next payments and credits not applied at the end of a day, oldest first; all without a
    limit."""
    return fetch_sql(
        HERE,
        "read/unapplied.sql",
        UnappliedRow,
        entity=entity_id,
        as_of=as_of,
        kinds=list(kinds),
        after_day=after[0] if after else None,
        after_id=after[1] if after else None,
        limit=limit,
    )


def unapplied_totals(entity_id: int, as_of: date) -> list[UnappliedTotal]:
    """Return what was not applied at the end of a day by kind, currency and age."""
    return fetch_sql(HERE, "read/unapplied_totals.sql", UnappliedTotal, entity=entity_id, as_of=as_of)

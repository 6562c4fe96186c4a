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


KINDS = ("payment", "credit_note", "opening", "other")


def unapplied_page(
    entity_id: int,
    as_of: date,
    *,
    kinds: tuple[str, ...] = KINDS,
    after: tuple[date, int] | None = None,
    limit: int | None = 50,
) -> list[UnappliedRow]:
    """Return the next payments and credits not applied at the end of a day, oldest first; all without a
    limit."""
    return _unapplied("read/unapplied.sql", entity_id, as_of, kinds, (after, limit))


def unapplied_now_page(
    entity_id: int,
    today: date,
    *,
    kinds: tuple[str, ...] = KINDS,
    after: tuple[date, int] | None = None,
    limit: int | None = 50,
) -> list[UnappliedRow]:
    """Return the next payments and credits not applied as everything stands, oldest first, straight from an
    index."""
    return _unapplied("read/unapplied_now.sql", entity_id, today, kinds, (after, limit))


def _unapplied(
    path: str,
    entity_id: int,
    as_of: date,
    kinds: tuple[str, ...],
    page: tuple[tuple[date, int] | None, int | None],
) -> list[UnappliedRow]:
    after, limit = page
    return fetch_sql(
        HERE,
        path,
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

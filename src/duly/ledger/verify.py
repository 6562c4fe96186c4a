"""Proof of the books from their rows: set-based, one pass a check, the first hundred problems of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.checks import Problem
from duly.kernel.money import Money
from duly.kernel.sql import fetch_sql, fetch_value

HERE = "duly.ledger"


@dataclass(frozen=True, slots=True)
class _Entry:
    entry_id: int
    detail: str


@dataclass(frozen=True, slots=True)
class _Day:
    code: str
    on_day: date
    currency: str
    off_by_minor: int


@dataclass(frozen=True, slots=True)
class _Outside:
    on_day: date


@dataclass(frozen=True, slots=True)
class _Mirror:
    entry_id: int
    reverses_id: int


@dataclass(frozen=True, slots=True)
class _Picture:
    starts_on: date
    detail: str


def checks(entity_id: int) -> list[Problem]:
    """Return every broken rule of the entity's books; the hash chain is proved apart
    (duly.ledger.sealing.CHAIN)."""
    return [*_entries(entity_id), *_totals(entity_id), *_pictures(entity_id)]


def postings_in_books(entity_id: int) -> int:
    """Return how many postings the entity has (from the day totals, which the checks prove)."""
    return int(fetch_value(HERE, "verify/count_postings.sql", entity=entity_id) or 0)


def _entries(entity_id: int) -> list[Problem]:
    uneven = fetch_sql(HERE, "verify/entries.sql", _Entry, entity=entity_id)
    mirrors = fetch_sql(HERE, "verify/mirrors.sql", _Mirror, entity=entity_id)
    return [
        *(Problem("ledger.entry", f"entry {row.entry_id}", row.detail) for row in uneven),
        *(
            Problem("ledger.mirror", f"entry {row.entry_id}", f"it is not the exact mirror of {row.reverses_id}")
            for row in mirrors
        ),
    ]


def _totals(entity_id: int) -> list[Problem]:
    daily = fetch_sql(HERE, "verify/daily.sql", _Day, entity=entity_id)
    outside = fetch_sql(HERE, "verify/days.sql", _Outside, entity=entity_id)
    return [
        *(
            Problem(
                "ledger.daily",
                f"{row.code} on {row.on_day}",
                f"the total is {Money(row.off_by_minor, row.currency)} off its postings",
            )
            for row in daily
        ),
        *(Problem("ledger.period", str(row.on_day), "there are postings on a day in no period") for row in outside),
    ]


def _pictures(entity_id: int) -> list[Problem]:
    return [
        Problem("ledger.closed_period", f"{row.starts_on:%Y-%m}", row.detail)
        for row in fetch_sql(HERE, "verify/snapshots.sql", _Picture, entity=entity_id)
    ]

"""Which reports go out by themselves, what an hour costs, whose bank accounts are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.kernel.sql import fetch_sql

HERE = "duly.reports"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A report that goes out in a rhythm."""

    id: int
    report: str
    title: str
    asked: dict[str, Any]
    format: str
    cadence: str
    next_on: date
    last_on: date | None
    state: str
    made_by_name: str
    people: str | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class CostRate:
    """What an hour costs from a day on; without a person everybody's."""

    id: int
    person: str | None
    currency: str
    hour_minor: int
    valid_from: date
    made_by: str


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """A colleague's bank account by its last digits."""

    id: int
    person: str
    last4: str
    noted_on: date
    noted_by: str


def schedules(entity_id: int) -> list[Schedule]:
    """Return what goes out, the next first, what was stopped last."""
    return fetch_sql(HERE, "schedule/list.sql", Schedule, entity=entity_id)


def cost_rates(entity_id: int) -> list[CostRate]:
    """Return what an hour costs."""
    return fetch_sql(HERE, "costs/rates.sql", CostRate, entity=entity_id)


def staff_accounts(entity_id: int) -> list[StaffAccount]:
    """Return the bank accounts of colleagues that are known."""
    return fetch_sql(HERE, "costs/accounts.sql", StaffAccount, entity=entity_id)

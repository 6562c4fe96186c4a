"""Rows of collections, and the states that disputes, promises, plans and runs may have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.kernel.states import States

DISPUTE_STATES = States(
    "dispute",
    {
        "open": {"resolved_ours", "resolved_theirs", "withdrawn"},
        "resolved_ours": {"open"},
        "resolved_theirs": {"open"},
        "withdrawn": {"open"},
    },
)
PROMISE_STATES = States(
    "promise",
    {
        "open": {"kept", "broken", "withdrawn"},
        "kept": {"broken", "open"},
        "broken": {"kept", "open"},
        "withdrawn": {"open"},
    },
)
PLAN_STATES = States(
    "plan",
    {"open": {"kept", "defaulted", "cancelled"}, "kept": {"open"}, "defaulted": {"open"}, "cancelled": set()},
)
RUN_STATES = States(
    "dunning_run",
    {
        "planning": {"planned", "cancelled"},
        "planned": {"releasing", "cancelled"},
        "releasing": {"released"},
        "released": set(),
        "cancelled": set(),
    },
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A part of an item that is not agreed."""

    id: int
    account_id: int
    item_id: int
    invoice_id: int | None
    line: int | None
    number: str
    amount_minor: int
    currency: str
    reason: str
    note: str
    state: str
    owner_id: int | None
    opened_on: date
    due_on: date
    made_by: str
    closed_on: date | None
    closed_by: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody said they would pay, and what came until now."""

    id: int
    account_id: int
    amount_minor: int
    currency: str
    promised_on: date
    grace_days: int
    made_on: date
    made_with: str
    note: str
    state: str
    received_minor: int
    settled_on: date | None
    seen_by: str | None
    made_by: str


@dataclass(frozen=True, slots=True)
class Instalment:
    """One date of a plan."""

    place: int
    due_on: date
    amount_minor: int
    covered_minor: int
    state: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Open items of an account rescheduled over dates."""

    id: int
    account_id: int
    currency: str
    amount_minor: int
    paid_minor: int
    grace_days: int
    state: str
    starts_on: date
    note: str
    ended_on: date | None
    ended_why: str
    made_by: str
    items: int


@dataclass(frozen=True, slots=True)
class Run:
    """A dunning run with what its letters and chunks add up to; money per currency in minor units."""

    id: int
    through_on: date
    state: str
    limited: bool
    made_by: int | None
    made_by_name: str
    made_at: datetime
    planned_at: datetime | None
    released_by_name: str | None
    released_at: datetime | None
    chunks: int
    chunks_planned: int
    chunks_released: int
    letters: int
    letters_out: int
    left_out: int
    certificate: Any

"""Accounts, open items and what settles them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """A receivables account: who owes, on which terms."""

    id: int
    public_id: Any
    number: str
    party_id: int
    name: str
    currency: str
    terms_days: int
    po_number: str
    tax_profile: str
    delivery: str
    billing_email: str
    language: str
    owner_id: int | None
    state: str
    opened_on: date
    external_id: str | None
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """What was stopped for an account, by whom, until when."""

    id: int
    account_id: int
    scope: str
    reason: str
    note: str
    owner_id: int | None
    deadline_on: date
    placed_at: datetime
    placed_by: str
    released_at: datetime | None
    released_by: str | None

"""Customers, patients, payers: whoever the office deals with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.kernel.states import States


@dataclass(frozen=True, slots=True)
class Party:
    """One party as it stands now."""

    id: int
    public_id: Any
    external_id: str | None
    kind: str
    name: str
    legal_name: str
    email: str
    phone: str
    vat_id: str
    language: str
    country: str
    street: str
    street2: str
    postal_code: str
    city: str
    region: str
    version: int
    created_at: datetime


BANK_CHANGE_STATES = States(
    "bank_change",
    {
        "requested": {"called_back", "refused"},
        "called_back": {"confirmed", "refused"},
        "confirmed": {"in_force", "refused"},
        "in_force": set(),
        "refused": set(),
    },
)


@dataclass(frozen=True, slots=True)
class BankDetail:
    """A bank account of a party, shown by its last four: how it is known, and since when money goes there."""

    id: int
    party_id: int
    last4: str
    source: str
    first_seen_on: date
    payments_seen: int
    in_force_from: date | None
    change_id: int | None


@dataclass(frozen=True, slots=True)
class BankChange:
    """A change of bank details on its way, with who asked, who called whom, who confirmed and how long it cools."""

    id: int
    party_id: int
    party_name: str
    last4: str
    holder: str
    reason: str
    came_by: str
    state: str
    requested_by: int | None
    requested_by_name: str
    requested_on: date
    contact_id: int | None
    contact_name: str | None
    called_phone: str | None
    called_by: int | None
    called_by_name: str | None
    called_at: datetime | None
    call_note: str
    confirmed_by: int | None
    confirmed_by_name: str | None
    confirmed_on: date | None
    cooling_until_on: date | None
    in_force_on: date | None
    refused_by_name: str | None
    refused_because: str


@dataclass(frozen=True, slots=True)
class OlderContact:
    """Somebody to call back: known, with a phone number, since before the change was asked for."""

    id: int
    name: str
    phone: str
    duty: str
    known_since: date

"""Customers, patients, payers: whoever the office deals with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


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

"""The rows of charges, documents and runs, and the states they may have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duly.kernel.states import States


def from_json(value: Any) -> Any:
    """Return a jsonb column as Python values (Django's cursor hands jsonb out as text)."""
    return json.loads(value) if isinstance(value, str) else value


RUN_STATES = States(
    "run",
    {
        "planning": {"planned", "cancelled"},
        "planned": {"approved", "cancelled"},
        "approved": {"issuing", "cancelled"},
        "issuing": {"issued"},
        "issued": set(),
        "cancelled": set(),
    },
)

SURPRISE_STATES = States(
    "surprise",
    {
        "open": {"accepted", "always", "fixed", "held", "superseded"},
        "held": {"accepted", "always", "fixed", "open", "superseded"},
        "accepted": {"open"},
        "always": {"open"},
        "fixed": {"open"},
        "superseded": set(),
    },
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """One claimed unit of a run's work: a range of account ids, both ends included."""

    run_id: int
    chunk: int
    first_account_id: int
    last_account_id: int
    through_on: date
    issued_on: date
    planned_on: date
    account_ids: list[int] | None


@dataclass(frozen=True, slots=True)
class Issued:
    """What an issue made: documents and their numbers, and what was held."""

    run_id: int | None
    documents: int
    held: int
    document_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A charge that waits to be billed; `agreed_net_minor` is the agreement's net beside an edited one."""

    id: int
    account_id: int
    currency: str
    charge_key: str
    version: int
    source_kind: str
    source_id: int | None
    item_id: int | None
    description: str
    period_from: date | None
    period_to: date | None
    bill_on: date
    tax_point_on: date
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    net_minor: int
    tax_code_id: int
    revenue_account_id: int
    po_number: str
    reverses_invoice_id: int | None
    reverses_line: int | None
    pricing: Any
    agreed_net_minor: int | None
    edited_by: str | None
    dismissed_by: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Run:
    """A bill run with the totals of its chunks; `*_net` are minor units per currency."""

    id: int
    through_on: date
    issued_on: date
    planned_on: date
    state: str
    note: str
    limited: bool
    made_by: int | None
    made_by_name: str
    created_at: datetime
    planned_at: datetime | None
    approved_at: datetime | None
    approved_by: int | None
    approved_by_name: str | None
    issued_at: datetime | None
    certificate: Any
    chunks: int
    chunks_planned: int
    chunks_issued: int
    expected_accounts: int
    planned_accounts: int
    held_accounts: int
    nothing_due: int
    billed_accounts: int
    elsewhere_accounts: int
    documents: int
    lines: int
    surprises: int
    expected_net: dict[str, int]
    billed_net: dict[str, int]
    held_net: dict[str, int]
    elsewhere_net: dict[str, int]
    to_bill_net: dict[str, int]

"""Receipts as rows, and the moves between their states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.kernel.states import States

RECEIPT_STATES = States("receipt", {"recorded": {"reversed"}, "reversed": set()})


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received (amount_minor > 0) or gone back (< 0: reversal, return, refund)."""

    id: int
    account_id: int
    account_name: str
    account_number: str
    kind: str
    number: str | None
    currency: str
    amount_minor: int
    unapplied_minor: int
    received_on: date
    method: str
    source_key: str
    gl_account_id: int
    payer_name: str
    reference: str
    note: str
    state: str
    reverses_id: int | None
    deposit_key: str | None
    item_id: int
    by_name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReceiptAllocation:
    """A part of a receipt that settles (or settled, when taken back) an open item."""

    allocation_id: int
    item_id: int
    item_kind: str
    document_id: int
    number: str | None
    amount_minor: int
    currency: str
    effective_on: date
    taken_back: bool
    reason: str


@dataclass(frozen=True, slots=True)
class UnappliedCash:
    """Money on an account that no document has yet (open_minor < 0): since when, and whose work it is."""

    item_id: int
    receipt_id: int
    number: str | None
    account_id: int
    account_number: str
    account_name: str
    owner_id: int | None
    currency: str
    amount_minor: int
    open_minor: int
    received_on: date
    days_old: int
    owed_minor: int


REFUND_STATES = States(
    "refund",
    {
        "requested": {"approved", "refused"},
        "approved": {"requested", "released", "refused"},
        "released": {"approved", "seen", "returned"},
        "seen": {"released", "closed", "returned"},
        "closed": {"seen", "returned"},
        "returned": set(),
        "refused": set(),
    },
)


@dataclass(frozen=True, slots=True)
class Refund:
    """Money going back: who asked, who approved, who paid, and where it stands."""

    id: int
    number: str | None
    account_id: int
    account_number: str
    account_name: str
    party_id: int
    party_kind: str
    currency: str
    amount_minor: int
    bank_detail_id: int
    last4: str
    reason: str
    state: str
    again_of_id: int | None
    requested_by: int | None
    requested_by_name: str
    requested_on: date
    approved_by: int | None
    approved_by_name: str | None
    approved_on: date | None
    accepted_warnings: list[str]
    refused_by_name: str | None
    refused_because: str
    file_id: int | None
    message_id: str | None
    receipt_id: int | None
    released_by_name: str | None
    released_on: date | None
    seen_key: str | None
    seen_on: date | None
    closed_on: date | None
    closed_by_name: str | None
    returned_on: date | None
    returned_because: str


@dataclass(frozen=True, slots=True)
class RefundCheck:
    """A check as it was made, with what it saw."""

    id: int
    stage: str
    name: str
    outcome: str
    sentence: str
    evidence: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class RefundItem:
    """A part of a refund: which money it is, what of it is open now."""

    item_id: int
    kind: str
    document_id: int
    number: str
    amount_minor: int
    open_minor: int


@dataclass(frozen=True, slots=True)
class RefundFile:
    """A payment file as it was handed to the bank."""

    id: int
    format: str
    message_id: str
    bank_account_id: int
    currency: str
    execute_on: date
    refunds: int
    total_minor: int
    sha256: bytes
    state: str
    made_by_name: str
    made_at: datetime

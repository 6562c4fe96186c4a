"""Receipts as rows, and the moves between their states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

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

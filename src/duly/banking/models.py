"""Bank accounts, files, statements, lines and placements as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.kernel.states import States

LINE_STATES = States(
    "line",
    {
        "open": {"placed", "undone"},
        "placed": {"open"},
        "quarantined": {"open", "undone"},
        "undone": set(),
    },
)


@dataclass(frozen=True, slots=True)
class BankAccount:
    """One of our accounts at a bank and the ledger account that mirrors it."""

    id: int
    name: str
    iban: str
    account_number: str
    bic: str
    bank_name: str
    currency: str
    gl_account_id: int
    gl_code: str
    reference_scheme: str
    csv_mapping: dict[str, Any] | None
    active: bool
    routing: str = ""
    ach_company_id: str = ""


@dataclass(frozen=True, slots=True)
class BankFile:
    """One file in the import history; `undoable` while nothing of it is placed and nothing builds on it."""

    id: int
    name: str
    format: str
    sha256: bytes
    size_bytes: int
    statements: int
    quarantined: int
    lines_new: int
    lines_known: int
    lines_placed: int
    state: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BankStatement:
    """A statement as taken in; `problem` says in a sentence why it is in quarantine."""

    id: int
    bank_account_id: int
    file_id: int
    reference: str
    sequence: str
    from_on: date
    to_on: date
    opening_minor: int | None
    closing_minor: int | None
    lines: int
    sum_minor: int
    chain_no: int | None
    state: str
    problem: str
    currency: str


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of a statement (credit +). The payer's account is shown by its last four characters only."""

    id: int
    bank_account_id: int
    bank_account_name: str
    statement_id: int
    booked_on: date
    value_on: date | None
    amount_minor: int
    currency: str
    text: str
    payer_name: str
    payer_account_last4: str
    end_to_end_id: str
    bank_reference: str
    structured_reference: str
    mandate_id: str
    is_return: bool
    return_reason: str
    charges_minor: int
    state: str
    placed_as: str
    placed_at: datetime | None
    placed_by: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Placement:
    """What a line or a part of it is in the books; `undone_on` when it was taken back."""

    id: int
    line_id: int
    kind: str
    account_id: int | None
    account_name: str | None
    gl_code: str | None
    receipt_id: int | None
    receipt_number: str | None
    amount_minor: int
    currency: str
    posted_on: date
    undone_on: date | None
    memo: str
    by_name: str
    at: datetime

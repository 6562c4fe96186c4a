"""Proposals, their items, and what the match desk shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duly.kernel.states import States

PROPOSAL_STATES = States(
    "proposal",
    {
        "proposed": {"accepted", "refused", "stale"},
        "accepted": {"undone"},
        "refused": set(),
        "stale": set(),
        "undone": set(),
    },
)


@dataclass(frozen=True, slots=True)
class Series:
    """A series of document numbers as the masks need it."""

    document_kind: str
    prefix: str
    width: int
    last_seq: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a line is thought to pay, the sentence that says why, and the evidence behind the sentence."""

    id: int
    line_id: int
    account_id: int
    account_number: str
    account_name: str
    rank: int
    rule: str
    confidence: str
    amount_minor: int
    left_minor: int
    currency: str
    returns_receipt_id: int | None
    sentence: str
    warnings: list[str]
    evidence: list[dict[str, Any]]
    state: str
    made_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    receipt_id: int | None


@dataclass(frozen=True, slots=True)
class ProposalItem:
    """An open item of a proposal: what was open when it was made, what is open now, what would be applied."""

    proposal_id: int
    item_id: int
    kind: str
    document_id: int
    number: str | None
    due_on: date
    open_then_minor: int
    open_now_minor: int
    amount_minor: int
    gl_code: str


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line on the match desk."""

    line_id: int
    line_version: int
    state: str
    booked_on: date
    amount_minor: int
    currency: str
    bank_account_name: str
    payer_name: str
    text: str
    structured_reference: str
    sentence: str
    method: str
    proposal_id: int | None
    rule: str | None
    confidence: str | None
    account_id: int | None
    account_number: str | None
    account_name: str | None
    warnings: list[str] | None
    items: int


@dataclass(frozen=True, slots=True)
class DeskTab:
    """How many lines stand in a state of the desk, and their money in one currency."""

    state: str
    currency: str
    lines: int
    amount_minor: int
    by_rule: int


@dataclass(frozen=True, slots=True)
class WillPost:
    """One posting that accepting would make. Minor units, debit positive."""

    gl_code: str
    text: str
    amount_minor: int


CASE_STATES = States("case", {"open": {"resolved", "dropped"}, "resolved": {"open"}, "dropped": {"open"}})
CASE_KINDS = {
    "short_payment": "Short payment",
    "deduction": "Deduction",
    "over_payment": "Over payment",
    "double_payment": "Double payment",
    "wrong_account": "Wrong account",
    "price": "Price not as agreed",
    "tax": "Tax not as agreed",
    "missing_charge": "Missing charge",
    "ledger_bank": "Ledger against bank",
}


@dataclass(frozen=True, slots=True)
class Id:
    """An id."""

    id: int


@dataclass(frozen=True, slots=True)
class Case:
    """A difference somebody has to settle; `favours` 'them': we miss money, 'us': we hold or billed too much."""

    id: int
    subject: str
    kind: str
    favours: str
    account_id: int | None
    account_number: str | None
    account_name: str | None
    item_id: int | None
    item_kind: str | None
    item_number: str | None
    line_id: int | None
    receipt_id: int | None
    receipt_number: str | None
    invoice_id: int | None
    invoice_line: int | None
    amount_minor: int
    currency: str
    happened_on: date
    sentence: str
    facts: dict[str, Any]
    cause: str
    likely: str | None
    resolution: str
    note: str
    state: str
    waiting_on: str
    owner_id: int | None
    opened_on: date
    due_on: date
    opened_times: int
    resolved_on: date | None
    resolved_by: str
    version: int


@dataclass(frozen=True, slots=True)
class CaseCause:
    """An explanation of a case that was found: its rank, its calculation, its parts."""

    rank: int
    cause: str
    sentence: str
    score: int
    parts: list[dict[str, Any]]


ALLOWANCE_KINDS = {"discount": "Early-payment discount", "withholding": "Withholding tax", "bank_fee": "Bank fee"}


@dataclass(frozen=True, slots=True)
class AllowanceRow:
    """What an account, or every one, may take off."""

    id: int
    kind: str
    account_id: int | None
    account_number: str | None
    account_name: str | None
    rate: Decimal
    days: int
    grace_days: int
    amount_minor: int
    currency: str | None
    note: str
    valid_from: date
    valid_to: date | None
    made_by: str

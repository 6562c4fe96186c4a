"""Rows of the books. Amounts are minor units; debit positive, credit negative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.kernel.states import States

JOURNAL_STATES = States(
    "journal",
    {"waiting": {"posted", "refused"}, "posted": {"reversed"}, "refused": set(), "reversed": set()},
)
PERIOD_STATES = States("period", {"open": {"closed"}, "closed": {"open"}})


@dataclass(frozen=True, slots=True)
class GlAccount:
    """One account of the chart; a control account is posted to only through open items."""

    id: int
    code: str
    name: str
    kind: str
    control: str | None
    parent_code: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class Period:
    """A month of the books; `closed_hash` binds its trial balance and the last sealed block."""

    id: int
    starts_on: date
    ends_on: date
    state: str
    closed_at: datetime | None
    closed_by: int | None
    closed_by_name: str | None
    closed_hash: bytes | None


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """Debits, credits and balance of one ledger account in one currency."""

    gl_account_id: int
    code: str
    name: str
    kind: str
    currency: str
    debit_minor: int
    credit_minor: int
    balance_minor: int
    postings: int


@dataclass(frozen=True, slots=True)
class GlPosting:
    """One posting on the page of a ledger account."""

    entry_id: int
    line: int
    effective_on: date
    posted_at: datetime
    source_kind: str
    source_id: int
    memo: str
    amount_minor: int
    account_id: int | None
    item_id: int | None


@dataclass(frozen=True, slots=True)
class JournalPosting:
    """One posting as the journal export takes it, in the order entries were written."""

    entry_id: int
    line: int
    effective_on: date
    posted_at: datetime
    source_kind: str
    source_id: int
    reverses_id: int | None
    memo: str
    code: str
    gl_name: str
    gl_kind: str
    currency: str
    amount_minor: int
    account_id: int | None
    item_id: int | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal somebody wrote by hand, with who made and who decided it."""

    id: int
    effective_on: date
    memo: str
    state: str
    lines: str | list[dict[str, Any]]
    made_by: int | None
    made_by_name: str
    decided_by_name: str | None
    created_at: datetime
    decided_at: datetime | None
    entry_id: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """A sealed stretch of the chain."""

    id: int
    xid_from: int
    xid_to: int
    rows: int
    block_hash: bytes
    sealed_at: datetime

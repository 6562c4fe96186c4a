"""Decisions about journals and the chart. Pure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("asset", "liability", "equity", "income", "expense")
CONTROLS = ("receivable", "unapplied")


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line somebody wrote: a ledger account's code, a currency, minor units (debit positive) and a
    note."""

    code: str
    currency: str
    amount_minor: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One ledger account as a file names it."""

    code: str
    name: str
    kind: str
    control: str = ""
    parent_code: str = ""
    active: bool = True


def lines_of(kept: str | Sequence[Mapping[str, Any]]) -> list[JournalLine]:
    """Return a journal's lines as they were written, from the JSON they are kept in."""
    rows: Sequence[Mapping[str, Any]] = json.loads(kept) if isinstance(kept, str) else kept
    return [JournalLine(**row) for row in rows]


def off_by(lines: Sequence[JournalLine]) -> dict[str, int]:
    """Return by how many minor units each currency does not balance; empty when the journal balances."""
    totals: dict[str, int] = defaultdict(int)
    for line in lines:
        totals[line.currency] += line.amount_minor
    return {currency: total for currency, total in totals.items() if total}


def turnover(lines: Sequence[JournalLine]) -> dict[str, int]:
    """Return the sum of debits per currency: what a limit is compared with."""
    totals: dict[str, int] = defaultdict(int)
    for line in lines:
        totals[line.currency] += max(line.amount_minor, 0)
    return dict(totals)


def journal_fault(lines: Sequence[JournalLine], controls: Mapping[str, str | None]) -> tuple[str, object] | None:
    """Return why a journal cannot be posted (a code and a fact), or None. `controls` holds the known
    codes."""
    if len(lines) < 2:
        return "journal_needs_two_lines", len(lines)
    for line in lines:
        if line.code not in controls:
            return "unknown_account", line.code
        if controls[line.code]:
            return "control_account_is_posted_by_open_items", line.code
        if not line.amount_minor:
            return "journal_line_without_amount", line.code
    if uneven := off_by(lines):
        return "journal_does_not_balance", uneven
    return None


def chart_fault(line: ChartLine) -> str:
    """Return what is wrong with a chart line in words for the person who made the file; empty when nothing
    is."""
    if not line.code.strip():
        return "the account has no code"
    if not line.name.strip():
        return "the account has no name"
    if line.kind not in KINDS:
        return f"kind {line.kind!r} is none of {', '.join(KINDS)}"
    if line.control and line.control not in CONTROLS:
        return f"control {line.control!r} is none of {', '.join(CONTROLS)}"
    return ""

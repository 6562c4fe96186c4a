"""Differences are looked for after acts that move money or documents, and by the worker; who knows what of them."""

from __future__ import annotations

from datetime import date

from duly.access.queries import entity
from duly.commercial.differences import KINDS, find_differences, known_prices
from duly.kernel import clock
from duly.kernel.actions import Act
from duly.kernel.actor import system_actor
from duly.matching.actions import ask_for_sweep, sweep, sweep_due
from duly.matching.actions.sweep import MOST_ACCOUNTS, is_settling
from duly.matching.differences import FINDERS, KNOWERS
from duly.matching.queries.cases import accounts_of_batch, accounts_of_lines
from duly.reports.knowing import known_plans

AFTER = (
    "matching.accept",
    "matching.accept_exact",
    "matching.auto_apply",
    "matching.split",
    "matching.unapply",
    "receipts.apply",
    "receipts.unapply",
    "receipts.reverse",
    "receivables.transfer",
    "receivables.take_transfers_back",
    "writeoffs.make",
    "writeoffs.take_back",
    "invoices.credit",
    "invoices.void",
)
"""Acts after which the accounts they touched are looked at again, in the same transaction."""


def look_for_differences(done: Act) -> None:
    """Look at the accounts an act touched; when they are many, have a worker look at all of them soon."""
    if is_settling() or done.name == "discrepancies.sweep" or done.quiet:
        return
    accounts = touched_by(done)
    if 0 < len(accounts) <= MOST_ACCOUNTS:
        sweep(accounts, today=clock.today_in(done.by.zone), by=done.by)
    else:
        ask_for_sweep(done.by.entity_id)


def touched_by(done: Act) -> list[int]:
    """Return the accounts an act touched, as far as it says so; nothing when it does not."""
    if done.account_id is not None:
        return [done.account_id]
    entity_id, most = done.by.entity_id, MOST_ACCOUNTS + 1
    if done.subject_kind == "match_batch" and done.subject_id is not None:
        return accounts_of_batch(entity_id, done.subject_id, most)
    if done.subject_kind == "bank_line" and done.subject_id is not None:
        return accounts_of_lines(entity_id, [done.subject_id], most)
    lines = done.facts.get("lines")
    return accounts_of_lines(entity_id, [int(line) for line in lines], most) if isinstance(lines, list) else []


def sweep_office(entity_id: int) -> int:
    """Sweep an office when it is due; returns how many cases are not as they were."""
    zone = entity(entity_id).zone
    today: date = clock.today_in(zone)
    due = sweep_due(entity_id, today=today, at=clock.now())
    if not due:
        return 0
    return sweep(bills=due == "all", today=today, by=system_actor(entity_id, zone=zone)).changed


def connect_differences() -> None:
    """Tell the search who else finds and knows differences."""
    if not FINDERS:
        FINDERS.append((KINDS, find_differences))
        KNOWERS.extend([known_prices, known_plans])

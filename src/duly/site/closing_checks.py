"""What else must tie before a month is closed: the lines of the checklist that capabilities above the ledger answer."""

from __future__ import annotations

from collections.abc import Sequence

from duly.banking.queries.reconcile import reconcile
from duly.invoicing.queries.runs import open_runs
from duly.kernel.money import format_minor
from duly.ledger.closing import CloseCheck
from duly.ledger.models import Period
from duly.site.verify import quick_checks


def banks_off(entity_id: int, period: Period) -> Sequence[str]:
    """Name each bank account whose statement and ledger differ at the end of the period."""
    found = reconcile(entity_id, period.ends_on)
    return [
        f"{f.name}: statement {format_minor(f.statement_minor, f.currency)}, ledger"
        f" {format_minor(f.ledger_minor, f.currency)} {f.currency}, {f.open_lines} lines not placed,"
        f" {f.quarantined} statements in quarantine"
        for f in (bank.figures for bank in found.banks if not bank.reconciled)
    ]


def controls_off(entity_id: int, period: Period) -> Sequence[str]:
    """Name each control account that differs from its open items at the end of the period."""
    return [
        f"{c.gl_code} {c.name}: ledger {format_minor(c.ledger_minor, c.currency)}, open items"
        f" {format_minor(c.items_minor, c.currency)} {c.currency}"
        for c in reconcile(entity_id, period.ends_on).controls
        if c.difference_minor
    ]


def runs_unfinished(entity_id: int, period: Period) -> Sequence[str]:
    """Name each bill run that was begun and neither issued nor cancelled."""
    return [f"Bill run {run_id} is not finished" for run_id in open_runs(entity_id)]


def broken_invariants(entity_id: int, period: Period) -> Sequence[str]:
    """Name what `duly verify` finds."""
    return [f"{problem.check}: {problem.subject}: {problem.detail}" for problem in quick_checks(entity_id)]


CHECKS = (
    CloseCheck("bank", "Every bank account equals its ledger account", "/payments", banks_off),
    CloseCheck("subledger", "Every control account equals its open items", "/reports/reconcile", controls_off),
    CloseCheck("runs", "No bill run is half done", "/runs", runs_unfinished),
    CloseCheck("verify", "The books are proved", "/reports/verify", broken_invariants),
)

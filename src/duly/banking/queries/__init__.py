"""Reading what the bank says: accounts, files, statements, lines, and whether the books agree."""

from duly.banking.queries.lines import (
    bank_account,
    bank_accounts,
    files,
    line,
    lines,
    payer_account,
    placements_of,
    statements,
)
from duly.banking.queries.reconcile import Reconciliation, reconcile, reconcile_banks, strip

__all__ = [
    "Reconciliation",
    "bank_account",
    "bank_accounts",
    "files",
    "line",
    "lines",
    "payer_account",
    "placements_of",
    "reconcile",
    "reconcile_banks",
    "statements",
    "strip",
]

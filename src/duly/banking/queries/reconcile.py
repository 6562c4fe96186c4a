"""Bank = ledger = subledger: three figures read from three places, and every line that lies between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import fetch_sql

HERE = "duly.banking"


@dataclass(frozen=True, slots=True)
class Between:
    """Something that explains a part of the difference between bank and ledger (bank minus ledger).

    kind: 'line' (on the statement, not or not yet in the books), 'entry' (in the books, on no statement),
    'opening' (what the bank held before the first statement), 'gap' (a gap between statements that a person
    accepted).
    """

    bank_account_id: int
    kind: str
    subject_id: int
    on: date
    text: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one bank account as of a day, in minor units; the difference is bank minus ledger.

    What is unexplained (no line, entry, opening or gap accounts for it) is a fault in the books when not 0.
    """

    bank_account_id: int
    name: str
    gl_code: str
    currency: str
    statement_minor: int
    ledger_minor: int
    explained_minor: int
    statement_on: date | None
    open_lines: int
    quarantined: int
    difference_minor: int
    unexplained_minor: int


@dataclass(frozen=True, slots=True)
class BankReconciliation:
    """One bank account: its figures and what lies between them, largest first.

    Reconciled when bank and ledger are equal and no statement waits in quarantine.
    """

    figures: Figures
    between: list[Between]
    reconciled: bool


@dataclass(frozen=True, slots=True)
class ControlCheck:
    """A control account of the ledger against the open items behind it; any difference is a fault."""

    gl_code: str
    name: str
    control: str
    currency: str
    ledger_minor: int
    items_minor: int
    difference_minor: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The whole answer as of a day."""

    as_of: date
    banks: list[BankReconciliation]
    controls: list[ControlCheck]

    @property
    def reconciled(self) -> bool:
        """Every bank account equals its ledger account, every control account its open items."""
        return all(bank.reconciled for bank in self.banks) and self.subledger_ties

    @property
    def subledger_ties(self) -> bool:
        """Every control account equals the open items behind it."""
        return all(not control.difference_minor for control in self.controls)


def reconcile(entity_id: int, as_of: date) -> Reconciliation:
    """Compare statements, ledger and open items as of a day and list what lies between bank and ledger."""
    controls = fetch_sql(HERE, "reconcile/controls.sql", ControlCheck, entity=entity_id, as_of=as_of)
    return Reconciliation(as_of, reconcile_banks(entity_id, as_of), controls)


def reconcile_banks(entity_id: int, as_of: date) -> list[BankReconciliation]:
    """Compare statements and ledger of every bank account as of a day."""
    between: dict[int, list[Between]] = {}
    for row in fetch_sql(HERE, "reconcile/between.sql", Between, entity=entity_id, as_of=as_of):
        between.setdefault(row.bank_account_id, []).append(row)
    banks = []
    for figures in strip(entity_id, as_of):
        equal = figures.difference_minor == 0 and figures.quarantined == 0
        banks.append(BankReconciliation(figures, between.get(figures.bank_account_id, []), equal))
    return banks


def strip(entity_id: int, as_of: date) -> list[Figures]:
    """Return the figures of every bank account: statement, ledger, what explains the difference."""
    return fetch_sql(HERE, "reconcile/figures.sql", Figures, entity=entity_id, as_of=as_of)

"""Who may do what before anybody changes the tables: the shipped roles, their rights and limits. Pure."""

from __future__ import annotations

VIEW = frozenset({"books.view", "exports.run"})
SPECIALIST = VIEW | {
    "parties.edit",
    "accounts.edit",
    "accounts.hold",
    "agreements.edit",
    "usage.record",
    "charges.edit",
    "charges.review",
    "runs.plan",
    "invoices.issue",
    "invoices.credit",
    "invoices.send",
    "receipts.record",
    "receipts.reverse",
    "bank.import",
    "bank.place",
    "matching.match",
    "receivables.allocate",
    "receivables.unallocate",
    "imports.run",
    "events.undo",
}
COORDINATOR = SPECIALIST | {
    "agreements.approve",
    "catalog.edit",
    "runs.approve",
    "runs.issue",
    "invoices.void",
}
ACCOUNTANT = VIEW | {
    "bank.import",
    "bank.place",
    "banking.edit",
    "ledger.post",
    "ledger.edit",
    "ledger.close",
    "ledger.reopen",
    "imports.run",
    "events.undo",
}
OWNER = VIEW | {
    "runs.approve",
    "invoices.credit",
    "ledger.post",
    "ledger.reopen",
    "access.grant",
    "settings.edit",
    "catalog.edit",
    "agreements.approve",
    "banking.edit",
    "events.undo",
}
ADMIN = frozenset({"settings.edit", "access.grant", "books.view"})
AUDITOR = VIEW

ROLE_RIGHTS: dict[str, frozenset[str]] = {
    "specialist": frozenset(SPECIALIST),
    "coordinator": frozenset(COORDINATOR),
    "accountant": frozenset(ACCOUNTANT),
    "owner": frozenset(OWNER),
    "admin": ADMIN,
    "auditor": AUDITOR,
}
"""Follows the segregation table of the trust design: nobody may delete a financial record, so no right says so."""

ROLE_LIMITS_MAJOR: dict[str, dict[str, int]] = {
    "specialist": {"invoices.credit": 500, "receipts.reverse": 5_000},
    "coordinator": {"invoices.credit": 10_000},
}
"""Largest amount in whole units of the entity's currency; policy data from the first day on, these are the start."""

ROLES = tuple(ROLE_RIGHTS)
ALL_RIGHTS = frozenset().union(*ROLE_RIGHTS.values())

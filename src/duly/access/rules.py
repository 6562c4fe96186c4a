"""Who may do what before anybody changes the tables: the shipped roles, their rights, limits and gates. Pure.

The levels of a right: *do* (make, and decide when others ask), *approve* (decide only; one's own act needs another),
*propose* (ask only). ROLE_RIGHTS, ROLE_APPROVES and ROLE_PROPOSES hold them, as in the table of duties of the guide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from duly.kernel.actor import Actor

VIEW = frozenset({"books.view", "exports.run", "proposals.see"})
MAKES = VIEW | {
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
    "receivables.on_account",
    "refunds.request",
    "writeoffs.small",
    "disputes.edit",
    "promises.make",
    "plans.make",
    "contacts.log",
    "statements.send",
    "collections.stop",
    "baddebt.propose",
    "discrepancies.resolve",
    "work.do",
    "imports.run",
    "events.undo",
}
"""What the people at the desk do all day, specialists and coordinators alike."""
SPECIALIST = MAKES | {"bank_details.request"}
COORDINATOR = MAKES | {
    "agreements.approve",
    "catalog.edit",
    "runs.approve",
    "runs.issue",
    "invoices.void",
    "receipts.move",
    "receivables.transfer",
    "writeoffs.make",
    "refunds.approve",
    "bank_details.confirm",
    "dunning.run",
    "dunning.release",
    "agency.hand_over",
    "work.assign",
    "team.manage",
    "quality.review",
    "reports.schedule",
    "gates.pass",
}
ACCOUNTANT = VIEW | {
    "bank.import",
    "bank.place",
    "banking.edit",
    "ledger.post",
    "ledger.edit",
    "ledger.close",
    "refunds.release",
    "bank_details.confirm",
    "access.review",
    "reports.schedule",
    "work.do",
    "imports.run",
    "events.undo",
}
OWNER = VIEW | {
    "runs.approve",
    "ledger.post",
    "ledger.reopen",
    "access.grant",
    "access.grant_money",
    "access.waive",
    "access.review",
    "settings.edit",
    "catalog.edit",
    "agreements.approve",
    "banking.edit",
    "refunds.approve",
    "work.do",
    "work.assign",
    "team.manage",
    "gates.pass",
    "reports.schedule",
    "events.undo",
}
ADMIN = frozenset({"settings.edit", "access.grant", "books.view", "proposals.see"})
AUDITOR = VIEW | {"access.review"}

ROLE_RIGHTS: dict[str, frozenset[str]] = {
    "specialist": frozenset(SPECIALIST),
    "coordinator": frozenset(COORDINATOR),
    "accountant": frozenset(ACCOUNTANT),
    "owner": frozenset(OWNER),
    "admin": ADMIN,
    "auditor": frozenset(AUDITOR),
}
"""Follows the segregation table of the trust design: nobody may delete a financial record, so no right says so."""

ROLE_APPROVES: dict[str, frozenset[str]] = {
    "accountant": frozenset(
        {
            "invoices.credit",
            "writeoffs.small",
            "writeoffs.make",
            "remit_to.change",
            "policies.edit",
            "matching.rules",
        }
    ),
    "owner": frozenset(
        {
            "invoices.credit",
            "writeoffs.small",
            "writeoffs.make",
            "agency.hand_over",
            "remit_to.change",
            "policies.edit",
            "matching.rules",
        }
    ),
}
"""Rights to say yes to what others ask for; whoever holds one asks others for the same act."""

ROLE_PROPOSES: dict[str, frozenset[str]] = {
    "specialist": frozenset({"receipts.move", "receivables.transfer", "writeoffs.make", "agency.hand_over"}),
    "coordinator": frozenset(
        {"matching.rules", "policies.edit", "access.grant", "access.grant_money", "remit_to.change"}
    ),
    "accountant": frozenset({"ledger.reopen"}),
    "admin": frozenset({"access.grant_money"}),
}

ROLE_LIMITS_MAJOR: dict[str, dict[str, int]] = {
    "specialist": {
        "invoices.credit": 500,
        "receipts.reverse": 5_000,
        "writeoffs.small": 10,
        "plans.make": 5_000,
        "discrepancies.resolve": 50,
    },
    "coordinator": {
        "invoices.credit": 10_000,
        "receivables.transfer": 25_000,
        "writeoffs.make": 1_000,
        "refunds.approve": 5_000,
        "discrepancies.resolve": 1_000,
    },
    "accountant": {"invoices.credit": 50_000, "writeoffs.make": 10_000},
}
"""Largest amount in whole units of the entity's currency; policy data from the first day on, these are the start."""

GATES: dict[str, tuple[str, frozenset[str]]] = {
    "billing": (
        "Charges, agreements and invoices",
        frozenset({"charges.edit", "charges.review", "agreements.edit", "invoices.issue", "invoices.credit"}),
    ),
    "money": (
        "Receipts, matching and allocations",
        frozenset(
            {
                "receipts.record",
                "receipts.reverse",
                "bank.place",
                "matching.match",
                "receivables.allocate",
                "receivables.unallocate",
                "receivables.on_account",
                "discrepancies.resolve",
            }
        ),
    ),
    "corrections": ("Write-offs and refunds", frozenset({"writeoffs.small", "refunds.request"})),
    "collections": (
        "Disputes, promises, plans and stops",
        frozenset({"disputes.edit", "promises.make", "plans.make", "collections.stop", "statements.send"}),
    ),
    "bank details": ("Bank details of customers", frozenset({"bank_details.request"})),
}
"""Gate -> what it covers, the rights that need it. Without a current pass a person may only propose: a trainee."""

PURE_RIGHTS = frozenset({"books.view", "exports.run", "proposals.see", "work.do", "events.undo", "imports.run"})
"""Rights that need no proposal: looking, one's own work, and what asks another right anyway."""

ROLES = tuple(ROLE_RIGHTS)
ALL_RIGHTS = frozenset().union(*ROLE_RIGHTS.values(), *ROLE_APPROVES.values(), *ROLE_PROPOSES.values())

CONFLICTS: tuple[tuple[str, frozenset[str], str], ...] = (
    (
        "refunds.release",
        frozenset({"refunds.request", "refunds.approve", "receipts.record", "receipts.reverse"}),
        "Who lets money out neither asks for it, approves it nor takes money in.",
    ),
    (
        "access.grant",
        frozenset({"receipts.record", "bank.place", "matching.match", "refunds.request", "refunds.release"}),
        "Who gives rights moves no money.",
    ),
    (
        "ledger.post",
        frozenset({"receipts.record", "refunds.request", "writeoffs.make"}),
        "Who posts by hand handles no receipts, refunds or write-offs.",
    ),
    ("ledger.close", frozenset({"ledger.reopen"}), "Who closes a period does not open it again."),
)
"""A right, those that nobody holds beside it (to do alone), and why. Refused when granted, but for a signed waiver."""

POLICIES: dict[str, tuple[int, str]] = {
    "proposals.deadline_days": (2, "Working days within which a proposal should be decided"),
    "bank_details.cooling_days": (5, "Working days before confirmed bank details of a customer come into force"),
    "refunds.quiet_days": (14, "Days after a change of bank details in which no refund goes there"),
    "refunds.twin_days": (30, "Days within which a second refund of the same amount is looked at as a duplicate"),
    "reviews.due_days": (2, "Days after its week within which a review of small-office mode is due"),
}
"""Name -> shipped value and what it says; access_policy holds what was set since, with its days."""

LEVELS = ("do", "approve", "propose")


def levels_of(role: str) -> dict[str, str]:
    """Return the shipped rights of a role with their levels."""
    held = {"propose": ROLE_PROPOSES.get(role, ()), "approve": ROLE_APPROVES.get(role, ()), "do": ROLE_RIGHTS[role]}
    return {right: level for level, rights in held.items() for right in sorted(rights)}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rights that one person should not hold, and why."""

    right: str
    other: str
    why: str


def conflicts_in(rights: Collection[str]) -> list[Conflict]:
    """Return the conflicts among rights that one person holds to do alone."""
    return [
        Conflict(right, other, why)
        for right, others, why in CONFLICTS
        if right in rights
        for other in sorted(others)
        if other in rights
    ]


def carries_money(role: str) -> bool:
    """Return whether a shipped role may move money or change who may: such a role is for the owner to give."""
    return bool(ROLE_RIGHTS[role] | ROLE_APPROVES.get(role, frozenset())) and role not in ("auditor", "admin")


def covers(actor: Actor, needs: Mapping[str, Any]) -> bool:
    """Return whether an actor's rights and limits suffice to decide what needs them."""
    return all(actor.may_decide(right) for right in needs["rights"]) and all(
        (limit := actor.limit_of(right, currency)) is None or abs(minor) <= limit
        for right, minor, currency in needs["amounts"]
    )

"""Roles compared: what two roles may do, propose and approve, and up to which amount, from the rights as they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from duly.access.queries import members
from duly.desk.pages.settings.rights import words_of
from duly.desk.queries.settings import RightRow, rights_table, roles
from duly.desk.web.acting import day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render

AREAS = {
    "access": "People and rights",
    "bank_details": "Bank details",
    "remit_to": "Bank details",
    "baddebt": "Collections",
    "agency": "Collections",
    "dunning": "Collections",
    "contacts": "Collections",
    "disputes": "Collections",
    "plans": "Collections",
    "promises": "Collections",
    "collections": "Collections",
    "statements": "Collections",
    "writeoffs": "Receivables",
    "receivables": "Receivables",
    "accounts": "Accounts",
    "parties": "Accounts",
    "bank": "Bank and matching",
    "banking": "Bank and matching",
    "matching": "Bank and matching",
    "discrepancies": "Bank and matching",
    "receipts": "Receipts and refunds",
    "refunds": "Receipts and refunds",
    "charges": "Billing",
    "runs": "Billing",
    "usage": "Billing",
    "invoices": "Billing",
    "agreements": "Billing",
    "catalog": "Billing",
    "ledger": "Ledger",
}
OTHER = "The office"


@dataclass(frozen=True, slots=True)
class Held:
    """How a role holds one right: the level ('' when it does not), its limits, the gates it asks for."""

    level: str
    limits: list[tuple[int, str, date]]
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One right beside itself."""

    right: str
    words: str
    left: Held
    right_hand: Held

    @property
    def differs(self) -> bool:
        """Whether the two roles hold it differently."""
        return (self.left.level, self.left.limits) != (self.right_hand.level, self.right_hand.limits)


@page("GET", right="proposals.see")
def show_roles(request: HttpRequest) -> HttpResponseBase:
    """Show two roles side by side, by area."""
    actor = signed_in(request)
    today = day_of(actor)
    left, right = role_in(request, "left", "specialist"), role_in(request, "right", "coordinator")
    rows = [compared(row, left, right) for row in rights_table(actor.entity_id, today)]
    rows = [row for row in rows if row.left.level or row.right_hand.level]
    if request.GET.get("differ"):
        rows = [row for row in rows if row.differs]
    by_area = sorted(rows, key=lambda row: (area_of(row.right), row.right))
    people = [person for person in members(actor.entity_id) if person.is_active]
    context = {
        "left": left,
        "right": right,
        "roles": [(role, role.capitalize()) for role in roles()],
        "areas": [(area, list(found)) for area, found in groupby(by_area, key=lambda row: area_of(row.right))],
        "counts": {role: counts(rows, role == left) for role in (left, right)},
        "names": {role: [person.name for person in people if role in person.roles] for role in (left, right)},
        "differ": bool(request.GET.get("differ")),
        "today": today,
    }
    return render(request, "roles/compared.html", context)


def role_in(request: HttpRequest, name: str, otherwise: str) -> str:
    """Read a role out of the address."""
    asked = request.GET.get(name, otherwise)
    return asked if asked in roles() else otherwise


def area_of(right: str) -> str:
    """Return the part of the office a right belongs to."""
    return AREAS.get(right.partition(".")[0], OTHER)


def compared(row: RightRow, left: str, right: str) -> Compared:
    """Put a right beside itself for two roles."""
    return Compared(row.name, words_of(row.name), held(row, left), held(row, right))


def held(row: RightRow, role: str) -> Held:
    """Say how a role holds a right."""
    level = row.levels.get(role, "")
    limits = row.limits_of(role) if level in ("do", "approve") else []
    return Held(level, limits, row.gates if level in ("do", "approve") else ())


def counts(rows: list[Compared], is_left: bool) -> dict[str, int]:
    """Count the rights of a role by level."""
    return Counter((row.left if is_left else row.right_hand).level for row in rows)


urlpatterns = [path("roles", show_roles, name="roles")]

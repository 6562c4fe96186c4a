"""The work that waits, in the order in which it should be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql

HERE = "duly.desk"
EACH_AT_MOST = 25
FAR = date.max
RIGHTS = {
    "hold": "accounts.hold",
    "surprise": "charges.review",
    "run": "runs.approve",
    "match": "matching.match",
    "gap": "bank.import",
    "journal": "ledger.post",
    "mail": "invoices.send",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what it is about, why, until when; the amount (minor units) is what is at stake."""

    kind: str
    id: int
    subject: str
    who: str
    what: str
    deadline_on: date | None
    owner_id: int | None
    amount_minor: int | None
    currency: str | None
    things: int

    @property
    def href(self) -> str:
        """Where it is done."""
        paths = {
            "hold": f"/accounts/{self.subject}",
            "surprise": f"/charges?surprise={self.id}",
            "run": f"/runs/{self.id}",
            "match": "/match",
            "gap": "/payments",
            "journal": "/reports/journals",
            "mail": f"/invoices/{self.subject}",
        }
        return paths[self.kind]


def waiting_work(actor: Actor, today: date, *, mine: bool = True) -> list[Waiting]:
    """Return what waits for the actor (or for anybody), first what is due first, then what is worth most.

    Of each kind at most 25; only kinds whose work the actor may do.
    """
    rows = fetch_sql(
        HERE,
        "today/work.sql",
        Waiting,
        entity=actor.entity_id,
        user=actor.user_id,
        zone=actor.zone,
        mine=mine,
        limit=EACH_AT_MOST,
    )
    return in_order([row for row in rows if actor.may(RIGHTS[row.kind])])


def in_order(rows: Sequence[Waiting]) -> list[Waiting]:
    """Sort by deadline, then by money, then by kind and id so that the order stays."""
    return sorted(rows, key=lambda row: (row.deadline_on or FAR, -abs(row.amount_minor or 0), row.kind, row.id))

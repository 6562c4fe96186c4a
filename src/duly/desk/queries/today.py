"""The work that waits, in the order in which it should be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from duly.invoicing.queries.documents import list_undelivered
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql

HERE = "duly.desk"
EACH_AT_MOST = 25
FAR = date.max
SEND_AGAIN_WITHIN = timedelta(days=2)
MATCH_WITHIN = timedelta(days=2)
"""A bank line should be matched within two days; today/work.sql reckons with it."""
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
            "surprise": f"/charges?at={self.id}",
            "run": f"/runs/{self.id}",
            "match": "/match",
            "gap": "/payments",
            "journal": "/reports/journals/waiting",
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
        mine=mine,
        limit=EACH_AT_MOST,
    )
    rows += undelivered(actor, mine=mine) if actor.may(RIGHTS["mail"]) else []
    return in_order([row for row in rows if actor.may(RIGHTS[row.kind])])


def undelivered(actor: Actor, *, mine: bool) -> list[Waiting]:
    """Return documents that did not arrive, to be sent again within two days."""
    return [
        Waiting(
            "mail",
            row.invoice_id,
            row.number,
            row.account_name,
            row.reply,
            row.at.astimezone(ZoneInfo(actor.zone)).date() + SEND_AGAIN_WITHIN,
            row.owner_id,
            row.total_minor,
            row.currency,
            1,
        )
        for row in list_undelivered(actor.entity_id, limit=EACH_AT_MOST)
        if not mine or row.owner_id in (None, actor.user_id)
    ]


def in_order(rows: Sequence[Waiting]) -> list[Waiting]:
    """Sort by deadline, then by money, then by kind and id so that the order stays."""
    return sorted(rows, key=lambda row: (row.deadline_on or FAR, -abs(row.amount_minor or 0), row.kind, row.id))

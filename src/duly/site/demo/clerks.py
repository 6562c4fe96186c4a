"""What people do in the demo's past months; this month's questions are left to the visitor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.banking.actions import Part, place
from duly.invoicing.actions.review import decide_surprises
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql
from duly.payments.actions import apply_oldest_first

HERE = "duly.site"


@dataclass(frozen=True, slots=True)
class Id:
    """A row to work on."""

    id: int


@dataclass(frozen=True, slots=True)
class KnownPayer:
    """A bank line and the account its payer seems to have."""

    id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class Leftover:
    """A bank line without a proposal."""

    id: int
    amount_minor: int
    text: str


def decide_review(run_id: int, by: Actor) -> None:
    """Accept the surprises of a planned run: the customers were asked, the quantities are right."""
    waiting = [row.id for row in fetch_sql(HERE, "demo/surprises.sql", Id, entity=by.entity_id, run=run_id)]
    if waiting:
        decide_surprises(waiting, decision="accepted", note="checked with the customer", by=by)


def place_leftovers(today: date, by: Actor) -> None:
    """Put money of known payers on their accounts, oldest bill first; bank charges and unknown money go aside."""
    known = fetch_sql(HERE, "demo/likely.sql", KnownPayer, entity=by.entity_id)
    left = fetch_sql(HERE, "demo/leftovers.sql", Leftover, entity=by.entity_id)
    parts = [Part(line.id, "receipt", account_id=line.account_id) for line in known] + [
        Part(line.id, "ledger", gl_code="6100", memo="account fees")
        if line.amount_minor < 0
        else Part(line.id, "unidentified", memo=line.text)
        for line in left
    ]
    if parts:
        place(parts, today=today, by=by)
    if known:
        apply_oldest_first(sorted({line.account_id for line in known}), today=today, by=by)

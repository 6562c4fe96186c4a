"""Charge review: what is surprising, the drafts behind it, what was agreed and what was billed before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duly.desk.web.paging import Cursor
from duly.invoicing.queries.charges import DraftFilter
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class Surprise:
    """One question of charge review; `at_stake_minor` is the money it is about."""

    id: int
    run_id: int
    through_on: date
    account_id: int
    account_number: str
    account_name: str
    charge_id: int | None
    kind: str
    currency: str
    sentence: str
    facts: Any
    at_stake_minor: int
    state: str
    owner_id: int | None
    deadline_on: date
    decided_by: str | None
    decided_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Surprises of one state and currency: how many, how much is at stake, the first deadline."""

    state: str
    currency: str
    surprises: int
    at_stake_minor: int
    deadline_on: date


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison: the draft, what was agreed, what the last invoice said. None: not there."""

    charge_id: int | None
    description: str
    source_kind: str | None
    period_from: date | None
    period_to: date | None
    bill_on: date | None
    quantity: Decimal | None
    unit: str
    unit_price: Decimal | None
    net_minor: int | None
    agreed_minor: int | None
    agreed_price: Decimal | None
    last_quantity: Decimal | None
    last_price: Decimal | None
    last_minor: int | None
    edited_by: str
    dismissed_by: str
    note: str


@dataclass(frozen=True, slots=True)
class Billed:
    """An earlier invoice of the account."""

    id: int
    number: str
    issued_on: date
    net_minor: int


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item of the catalog one can charge for."""

    code: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class SurpriseFilter:
    """What the questions are narrowed to."""

    run_id: int | None = None
    kind: str | None = None
    owner_id: int | None = None
    account_id: int | None = None


def surprises(entity_id: int, state: str, where: SurpriseFilter, *, cursor: Cursor, limit: int) -> list[Surprise]:
    """Return the questions that are open or held (most money first), or decided (newest first)."""
    common = {
        "entity": entity_id,
        "run": where.run_id,
        "kind": where.kind,
        "account": where.account_id,
        "after_id": cursor.after_id,
        "limit": limit,
    }
    if state == "decided":
        return fetch_sql(HERE, "charges/decided.sql", Surprise, **common)
    return fetch_sql(
        HERE,
        "charges/surprises.sql",
        Surprise,
        **common,
        id=None,
        state=state,
        owner=where.owner_id,
        after=cursor.after,
    )


def surprise(entity_id: int, surprise_id: int) -> Surprise:
    """Return one question; NotFound when this entity has none of that id."""
    found = fetch_one(HERE, "charges/surprise.sql", Surprise, entity=entity_id, id=surprise_id)
    if found is None:
        raise NotFound("surprise.unknown", surprise=surprise_id)
    return found


def waiting(entity_id: int) -> list[Waiting]:
    """Return how many questions wait, per state and currency."""
    return fetch_sql(HERE, "charges/counts.sql", Waiting, entity=entity_id)


def comparison(entity_id: int, account_id: int, currency: str, through_on: date) -> list[Compared]:
    """Return the account's drafts due through a day beside agreement and last invoice."""
    return fetch_sql(
        HERE,
        "charges/comparison.sql",
        Compared,
        entity=entity_id,
        account=account_id,
        currency=currency,
        through_on=through_on,
    )


def history(entity_id: int, account_id: int, currency: str) -> list[Billed]:
    """Return the account's last eight invoices, oldest first."""
    return fetch_sql(HERE, "charges/history.sql", Billed, entity=entity_id, account=account_id, currency=currency)


def count_drafts(entity_id: int, where: DraftFilter) -> int:
    """Return how many charges fit, counted no further than 10,001."""
    return int(
        fetch_value(
            HERE,
            "charges/count_drafts.sql",
            entity=entity_id,
            account=where.account_id,
            kind=where.source_kind,
            through_on=where.through_on,
            dismissed=where.dismissed,
        )
    )


def items(entity_id: int) -> list[ItemChoice]:
    """Return what can be charged for."""
    return fetch_sql(HERE, "charges/items.sql", ItemChoice, entity=entity_id)

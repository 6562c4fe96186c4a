"""The board: overdue accounts by stage, the most worth doing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import fetch_one, fetch_sql

HERE = "duly.collections"
STAGES = ("reminder", "call", "promise", "dispute", "plan", "hold", "agency")


@dataclass(frozen=True, slots=True)
class Column:
    """One stage with how many accounts stand in it and what they owe past due, by currency."""

    stage: str
    currency: str
    accounts: int
    overdue_minor: int


@dataclass(frozen=True, slots=True)
class Card:
    """One account on the board. `score` and `account_id` are where the next page goes on."""

    account_id: int
    party_id: int
    number: str
    name: str
    stage: str
    currency: str
    overdue_minor: int
    disputed_minor: int
    oldest_due_on: date
    usual_days: int | None
    last_step: int
    next_on: date | None
    unplaced_minor: int
    score: int
    owner_id: int | None
    last_words: str


def columns(entity_id: int) -> list[Column]:
    """Return every stage and currency with what stands in it."""
    return fetch_sql(HERE, "read/columns.sql", Column, entity=entity_id)


def cards(entity_id: int, stage: str, *, after: tuple[int, int] | None = None, limit: int = 50) -> list[Card]:
    """Return the next accounts of a stage, most worth doing first."""
    score, account = after or (None, None)
    return fetch_sql(
        HERE, "read/cards.sql", Card, entity=entity_id, stage=stage, one=None, score=score, account=account, limit=limit
    )


def card_of(entity_id: int, account_id: int) -> Card | None:
    """Return an account's card; None where it is not on the board."""
    return fetch_one(
        HERE, "read/cards.sql", Card, entity=entity_id, stage=None, one=account_id, score=None, account=None, limit=1
    )

"""What corrections look like before they are made: accounts before and after, and what the books would say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duly.kernel.actions import try_out
from duly.kernel.actor import EVERY_RIGHT, Actor
from duly.kernel.refusals import BeyondRight
from duly.kernel.sql import fetch_sql, fetch_value

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account owes and what it has with us, minor units."""

    id: int
    number: str
    name: str
    currency: str
    owed_minor: int
    theirs_minor: int


@dataclass(frozen=True, slots=True)
class WouldPost:
    """What the books would say: a ledger account, the customer's account where it is one's, minor units."""

    code: str
    name: str
    account_number: str
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Preview:
    """An act tried out and taken back: its summary, accounts before and after, postings; whether it needs another."""

    summary: str
    sides: list[tuple[Standing, Standing]]
    postings: list[WouldPost]
    needs_another: bool


@dataclass(frozen=True, slots=True)
class LineLike:
    """An open bank line of a certain amount."""

    id: int
    booked_on: date
    bank_account_name: str
    payer_name: str
    text: str
    amount_minor: int
    currency: str


def preview(actor: Actor, right: str, account_ids: Sequence[int], change: Callable[[Actor], object]) -> Preview:
    """Try a change out, look at what it makes true, and take all of it back.

    What is beyond the actor's right is tried out all the same and says that somebody else will have to decide.
    """
    try:
        tried = _try(actor, account_ids, change)
        return replace(tried, needs_another=not actor.may_do(right))
    except BeyondRight:
        free = replace(actor, rights=frozenset([EVERY_RIGHT]), limits={}, gates={})
        return replace(_try(free, account_ids, change), needs_another=True)


def _try(by_actor: Actor, account_ids: Sequence[int], change: Callable[[Actor], object]) -> Preview:
    entity, ids = by_actor.entity_id, list(dict.fromkeys(account_ids))
    before = fetch_sql(HERE, "corrections/standing.sql", Standing, entity=entity, ids=ids)
    last = fetch_value(HERE, "corrections/last_entry.sql", entity=entity)

    def look(_: object) -> tuple[list[Standing], list[WouldPost]]:
        return (
            fetch_sql(HERE, "corrections/standing.sql", Standing, entity=entity, ids=ids),
            fetch_sql(HERE, "corrections/posted_since.sql", WouldPost, entity=entity, after=last),
        )

    tried, (after, postings) = try_out("corrections.preview", by_actor, lambda: change(by_actor), look)
    return Preview(tried.summary, list(zip(before, after, strict=True)), postings, False)


def lines_like(entity_id: int, amount_minor: int, currency: str) -> list[LineLike]:
    """Return open bank lines of exactly this amount (money out below zero), newest first."""
    return fetch_sql(
        HERE, "corrections/lines_like.sql", LineLike, entity=entity_id, amount_minor=amount_minor, currency=currency
    )

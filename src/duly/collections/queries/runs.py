"""Reading dunning runs: what is proposed, who is left out, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.collections.models import Run
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_sql, fetch_value

HERE = "duly.collections"


def run(entity_id: int, run_id: int) -> Run:
    """Return one run; NotFound for another tenant's."""
    found = fetch_sql(HERE, "read/run.sql", Run, entity=entity_id, id=run_id, states=None, limit=1)
    if not found:
        raise NotFound("dunning.run_unknown", run=run_id)
    return found[0]


def runs(entity_id: int, *, states: Sequence[str] | None = None, limit: int = 50) -> list[Run]:
    """Return the latest runs, newest first."""
    wanted = list(states) if states is not None else None
    return fetch_sql(HERE, "read/run.sql", Run, entity=entity_id, id=None, states=wanted, limit=limit)


def certificate_of(entity_id: int, run_id: int) -> dict[str, Any]:
    """Return what was overdue and what became of it, in count and in money, and whether that adds up."""
    found: dict[str, Any] = fetch_value(HERE, "dun/certificate.sql", entity=entity_id, run=run_id)
    return found


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a run: to whom, by what, what it asks for and what it costs. Minor units of `currency`."""

    id: int
    run_id: int
    party_id: int
    account_id: int
    account_number: str
    name: str
    step: int
    step_name: str
    channel: str
    address: str
    language: str
    currency: str
    dunned_minor: int
    charges_minor: int
    items: int
    accounts: int
    oldest_due_on: date
    pay_by_on: date
    not_before: datetime | None
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who was due for a step and is not written to, and why."""

    account_id: int
    account_number: str
    name: str
    reason: str
    detail: str
    items: int
    amount_minor: int
    currency: str
    until_on: date | None
    next_allowed_at: datetime | None


def letters_of(entity_id: int, run_id: int, *, after: int = 0, limit: int | None = 50) -> list[Letter]:
    """Return the letters of a run, in the order they were made."""
    return fetch_sql(
        HERE, "read/letters.sql", Letter, entity=entity_id, run=run_id, party=None, after=after, limit=limit
    )


def letters_to(entity_id: int, party_id: int, *, limit: int = 20) -> list[Letter]:
    """Return the last letters to a payer, newest first."""
    found = fetch_sql(HERE, "read/letters.sql", Letter, entity=entity_id, run=None, party=party_id, after=0, limit=None)
    return sorted(found, key=lambda letter: -letter.id)[:limit]


def left_out_of(
    entity_id: int, run_id: int, *, reason: str | None = None, after: int = 0, limit: int | None = 50
) -> list[LeftOut]:
    """Return who a run leaves out, by account; of one reason where it is named."""
    return fetch_sql(
        HERE, "read/left_out.sql", LeftOut, entity=entity_id, run=run_id, reason=reason, after=after, limit=limit
    )

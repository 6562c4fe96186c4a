"""Reading cases: the list, one with what was found, and how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql
from duly.matching.models import AllowanceRow, Case, CaseCause, Id

HERE = "duly.matching"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Sought:
    """Which cases: done or open, of a kind, waiting on whom, of whom; `query` finds account or sentence."""

    done: bool = False
    kind: str | None = None
    waiting_on: str | None = None
    owner_id: int | None = None
    query: str | None = None


def cases(entity_id: int, sought: Sought, *, after: tuple[date, int] | None = None, limit: int = PAGE) -> list[Case]:
    """Return a page of open cases by deadline, or of those done, the last first.

    `after` is the (due or resolved day, id) of the last row shown.
    """
    day, last_id = after or (None, None)
    return fetch_sql(
        HERE,
        "cases/read_list.sql",
        Case,
        entity=entity_id,
        done=sought.done,
        kind=sought.kind or None,
        waiting_on=sought.waiting_on or None,
        owner=sought.owner_id,
        query=f"%{sought.query}%" if sought.query else None,
        day=day,
        last_id=last_id,
        limit=limit,
    )


def case(entity_id: int, case_id: int) -> Case:
    """Return one case; NotFound for another office's."""
    found = fetch_one(HERE, "cases/read_one.sql", Case, entity=entity_id, id=case_id)
    if found is None:
        raise NotFound("discrepancies.unknown", case=case_id)
    return found


def causes_of(entity_id: int, case_id: int) -> list[CaseCause]:
    """Return the explanations that were found of a case, best first."""
    return fetch_sql(HERE, "cases/read_causes.sql", CaseCause, entity=entity_id, id=case_id)


@dataclass(frozen=True, slots=True)
class KindCount:
    """Open cases of one kind and currency."""

    kind: str
    currency: str
    cases: int
    amount_minor: int
    late: int
    oldest_on: date


def counts(entity_id: int, today: date) -> list[KindCount]:
    """Return what is open by kind and currency."""
    return fetch_sql(HERE, "cases/read_counts.sql", KindCount, entity=entity_id, today=today)


def accounts_of_batch(entity_id: int, batch_id: int, limit: int) -> list[int]:
    """Return the accounts whose money one act of matching applied, `limit` at most."""
    rows = fetch_sql(HERE, "cases/accounts_of_batch.sql", Id, entity=entity_id, batch=batch_id, limit=limit)
    return [row.id for row in rows]


def accounts_of_lines(entity_id: int, line_ids: list[int], limit: int) -> list[int]:
    """Return the accounts these bank lines are or were placed on, `limit` at most."""
    rows = fetch_sql(HERE, "cases/accounts_of_lines.sql", Id, entity=entity_id, lines=line_ids, limit=limit)
    return [row.id for row in rows]


def allowances(entity_id: int) -> list[AllowanceRow]:
    """Return what customers may take off, what holds today first."""
    return fetch_sql(HERE, "allowances/read.sql", AllowanceRow, entity=entity_id)

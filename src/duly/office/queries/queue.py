"""What waits, in the order in which it should be done. Pages by key: the last row's place and id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value
from duly.office.models import Count, Work, WorkStep

HERE = "duly.office"
NOBODY = 0
"""The owner of work that has none yet."""
DAY_ZERO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a queue should show: kinds, owners (None: everybody; NOBODY: not owned yet), days of deadline, the cursor.

    `user_id` leaves out what this person made and may therefore not decide; `rights` what asks for another right.
    """

    kinds: Sequence[str]
    owners: Sequence[int] | None = None
    from_on: date | None = None
    before_on: date | None = None
    user_id: int | None = None
    rights: Sequence[str] | None = None
    after: str | date | None = None
    after_id: int | None = None


def place_from(day: date | None) -> str | None:
    """Return where work due on a day begins in a list."""
    return None if day is None else f"{max((day - DAY_ZERO).days, 0):06d}"


def queue_page(entity_id: int, asked: Asked, *, limit: int) -> list[Work]:
    """Return a page of waiting work: by deadline, then money at stake, then age."""
    bounds = {"from_place": place_from(asked.from_on), "before_place": place_from(asked.before_on)}
    keys = {"entity": entity_id, "kinds": list(asked.kinds), "after": asked.after, "after_id": asked.after_id}
    if asked.owners is None:
        return fetch_sql(HERE, "queue/of_all.sql", Work, **keys, **bounds, limit=limit)
    rights = None if asked.rights is None else list(asked.rights)
    person = {"owners": list(asked.owners), "user": asked.user_id, "rights": rights}
    return fetch_sql(HERE, "queue/of_owners.sql", Work, **keys, **bounds, **person, limit=limit)


def pended_page(entity_id: int, asked: Asked, *, limit: int) -> list[Work]:
    """Return pended work by the day of its return."""
    return _page("pended", entity_id, asked, limit)


def escalated_page(entity_id: int, asked: Asked, *, limit: int) -> list[Work]:
    """Return work that was escalated, oldest first; of all owners."""
    keys = {"after": asked.after, "after_id": asked.after_id, "limit": limit}
    return fetch_sql(HERE, "queue/escalated.sql", Work, entity=entity_id, kinds=list(asked.kinds), **keys)


def done_page(entity_id: int, asked: Asked, *, limit: int) -> list[Work]:
    """Return finished work, newest first; owners are those who did it."""
    return _page("done", entity_id, asked, limit)


def _page(name: str, entity_id: int, asked: Asked, limit: int) -> list[Work]:
    owners = None if asked.owners is None else list(asked.owners)
    keys = {"after": asked.after, "after_id": asked.after_id, "limit": limit, "owners": owners}
    return fetch_sql(HERE, f"queue/{name}.sql", Work, entity=entity_id, kinds=list(asked.kinds), **keys)


def come_back(entity_id: int, owners: Sequence[int], *, limit: int = 12) -> list[Work]:
    """Return what came back from pend and is not finished."""
    return fetch_sql(HERE, "queue/returned.sql", Work, entity=entity_id, owners=list(owners), limit=limit)


def works(entity_id: int, ids: Sequence[int]) -> list[Work]:
    """Return pieces of work by id, whatever their state; unknown ids are left out."""
    return fetch_sql(HERE, "queue/one.sql", Work, entity=entity_id, ids=list(ids))


def work(entity_id: int, work_id: int) -> Work:
    """Return one piece of work."""
    found = works(entity_id, [work_id])
    if not found:
        raise NotFound("work.unknown", work=work_id)
    return found[0]


def work_of_account(entity_id: int, account_id: int, *, limit: int = 20) -> list[Work]:
    """Return what waits about one account."""
    return fetch_sql(HERE, "queue/of_account.sql", Work, entity=entity_id, account=account_id, limit=limit)


def steps_of(entity_id: int, work_id: int, *, version: int | None = None, limit: int = 50) -> list[WorkStep]:
    """Return how work came to where it is, newest first; with `version`, what stood there as that version."""
    return fetch_sql(HERE, "queue/steps.sql", WorkStep, entity=entity_id, work=work_id, version=version, limit=limit)


def counts(entity_id: int, kinds: Sequence[str], owners: Sequence[int], *, today: date, soon: date) -> list[Count]:
    """Return how much waits of each kind for each owner, up to 1,000 each; `soon` is the last day counted as soon."""
    return fetch_sql(
        HERE,
        "queue/counts.sql",
        Count,
        entity=entity_id,
        kinds=list(kinds),
        owners=list(owners),
        today=today,
        soon=soon,
    )


@dataclass(frozen=True, slots=True)
class Due:
    """How many pieces of a kind are due on a day for an owner."""

    owner_id: int
    kind: str
    deadline_on: date
    works: int


def due_by_day(entity_id: int, kinds: Sequence[str], owners: Sequence[int], *, through: date) -> list[Due]:
    """Return what is due up to a day, by owner, kind and day."""
    return fetch_sql(
        HERE, "queue/due.sql", Due, entity=entity_id, kinds=list(kinds), owners=list(owners), through=through
    )


@dataclass(frozen=True, slots=True)
class Pended:
    """How much is pended, and the day on which the first of it returns."""

    works: int
    first_on: date | None


def pended_of(entity_id: int, owners: Sequence[int]) -> Pended:
    """Return how much is pended by some people."""
    found = fetch_one(HERE, "queue/first_return.sql", Pended, entity=entity_id, owners=list(owners))
    assert found is not None
    return found


def business_day(entity_id: int, day: date, days: int) -> date:
    """Return the day that lies `days` business days after a day, in the calendar of the office."""
    found: date = fetch_value(HERE, "policy/business_day.sql", entity=entity_id, day=day, days=days)
    return found


@dataclass(frozen=True, slots=True)
class DoneOn:
    """How much was finished on a day."""

    day: date
    works: int


def done_by_day(entity_id: int, owners: Sequence[int], from_on: date, to_on: date) -> dict[date, int]:
    """Return how much some people finished on each day of a span; days without are left out."""
    rows = fetch_sql(
        HERE, "queue/done_by_day.sql", DoneOn, entity=entity_id, owners=list(owners), from_on=from_on, to_on=to_on
    )
    return {row.day: row.works for row in rows}

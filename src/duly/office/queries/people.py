"""Who works here, how much, since when away, and who may be given which work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.access.queries import actors
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql
from duly.office.models import AbsenceRow, Person
from duly.office.rules import KINDS, Absence, covered_by, may_work, who_covers

HERE = "duly.office"
WEEK_MINUTES = 38 * 60
"""Capacity of a person the office has said nothing about."""


@dataclass(frozen=True, slots=True)
class _Known:
    user_id: int
    capacity_minutes: int
    skills: list[str]
    languages: list[str]
    trainee_until: date | None
    version: int


def people(entity_id: int, today: date) -> list[Person]:
    """Return who may do work here, by name: everybody active with the right work.do, done or asked for."""
    known = {row.user_id: row for row in fetch_sql(HERE, "team/people.sql", _Known, entity=entity_id)}
    return [
        Person(
            actor.user_id or 0,
            actor.name,
            list(actor.roles),
            row.capacity_minutes,
            row.skills,
            row.languages,
            row.trainee_until,
            row.version,
        )
        for actor in actors(entity_id, today)
        if actor.may("work.do")
        for row in [known.get(actor.user_id or 0) or _unknown(actor)]
    ]


def _unknown(actor: Actor) -> _Known:
    return _Known(actor.user_id or 0, WEEK_MINUTES, [], [actor.language], None, 0)


def absences(entity_id: int, from_on: date) -> list[AbsenceRow]:
    """Return who is away on or after a day, soonest first."""
    return fetch_sql(HERE, "team/absences.sql", AbsenceRow, entity=entity_id, from_on=from_on)


def away(rows: list[AbsenceRow]) -> list[Absence]:
    """Return absences as the rules read them."""
    return [Absence(row.user_id, row.cover_id, row.from_on, row.back_on) for row in rows]


def owners_for(actor: Actor, today: date) -> list[int]:
    """Return whose work a person sees as theirs: their own, and that of those they cover for today."""
    if actor.user_id is None:
        return []
    return [actor.user_id, *covered_by(actor.user_id, today, away(absences(actor.entity_id, today)))]


def covers(entity_id: int, today: date) -> dict[int, int | None]:
    """Return for everybody away today who does their work."""
    rows = away(absences(entity_id, today))
    return {row.user_id: who_covers(row.user_id, today, rows) for row in rows if row.from_on <= today < row.back_on}


def who_may_work(entity_id: int, kind: str, today: date) -> dict[int, str]:
    """Return who may be given work of a kind, by id: right and gate of today."""
    return {
        actor.user_id: actor.name
        for actor in actors(entity_id, today)
        if actor.user_id is not None and may_work(actor, KINDS[kind])
    }

"""Work as the screens show it: whose queue is looked at, where the next act is done, the numbers of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duly.kernel.actor import EVERY_RIGHT, Actor
from duly.office.models import Count, Work
from duly.office.queries import Asked, come_back, counts, due_by_day, queue_page
from duly.office.queries.people import owners_for
from duly.office.queries.policy import policies
from duly.office.queries.queue import NOBODY, Pended, done_by_day, pended_of
from duly.office.rules import KINDS, Kind, kinds_for, path_of, week_of

CAP = 1_000


def rights_of(actor: Actor) -> list[str] | None:
    """Return the rights a person decides with, for work that asks for one of its own; None where that is all."""
    return None if EVERY_RIGHT in actor.rights else sorted(actor.rights | actor.approves)


def mine(actor: Actor, today: date, *, nobodys: bool = True) -> Asked:
    """Return what is a person's to do: theirs, of those they cover for, and what nobody has yet and they may take."""
    owners = [*owners_for(actor, today), *([NOBODY] if nobodys else [])]
    return Asked(kinds_for(actor), owners, user_id=actor.user_id, rights=rights_of(actor))


def href_of(one: Work) -> str:
    """Return where the next best act on a piece of work is done."""
    return path_of(KINDS[one.kind], subject=one.subject, subject_id=one.subject_id, work_id=one.id)


def verb_of(one: Work) -> str:
    """Return the next best act in words."""
    return one.next_act or KINDS[one.kind].verb


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of a person's own week: pieces done, and pieces due and left."""

    day: date
    done: int
    left: int


@dataclass(frozen=True, slots=True)
class Day:
    """A person's day: the queue in its order, what came back, the counts, the week, what is put off."""

    work: list[Work]
    back: list[Work]
    counts: list[Count]
    week: list[WeekDay]
    pended: Pended
    planned_minutes: int

    def count(self, *kinds: str) -> int:
        """Return how much of some kinds waits, up to 1,000 each."""
        return sum(one.works for one in self.counts if one.kind in kinds)

    @property
    def due_today(self) -> int:
        """Pieces due today."""
        return sum(one.today for one in self.counts)

    @property
    def late(self) -> int:
        """Pieces that are late."""
        return sum(one.late for one in self.counts)


def day_of_work(actor: Actor, today: date, *, limit: int) -> Day:
    """Return a person's day."""
    asked = mine(actor, today)
    own = [owner for owner in asked.owners or () if owner != NOBODY]
    found = counts(actor.entity_id, asked.kinds, asked.owners or (), today=today, soon=today)
    known = policies(actor.entity_id)
    minutes = sum((one.today + one.late) * known[one.kind].minutes for one in found if one.owner_id != NOBODY)
    return Day(
        queue_page(actor.entity_id, asked, limit=limit),
        come_back(actor.entity_id, own),
        found,
        week_days(actor, own, asked.kinds, today),
        pended_of(actor.entity_id, own),
        minutes,
    )


def week_days(actor: Actor, own: Sequence[int], kinds: Sequence[str], today: date) -> list[WeekDay]:
    """Return a person's week: done and left a day; what is late counts on today."""
    days = week_of(today)
    done = done_by_day(actor.entity_id, own[:1], days[0], days[-1])
    left = dict.fromkeys(days, 0)
    first = max(today, days[0])
    for one in due_by_day(actor.entity_id, kinds, own, through=days[-1]):
        left[max(one.deadline_on, first) if max(one.deadline_on, first) in left else days[-1]] += one.works
    return [WeekDay(day, done.get(day, 0), left[day]) for day in days]


def due_bounds(due: str | None, today: date) -> tuple[date | None, date | None]:
    """Return from which and before which day work is due: late, today, this week, later."""
    after_week = today + timedelta(days=7 - today.weekday())
    tomorrow = today + timedelta(days=1)
    bounds = {
        "late": (None, today),
        "today": (today, tomorrow),
        "week": (None, after_week),
        "later": (after_week, None),
    }
    return bounds.get(due or "", (None, None))


def kind_of(one: Work) -> Kind:
    """Return the kind of a piece of work."""
    return KINDS[one.kind]

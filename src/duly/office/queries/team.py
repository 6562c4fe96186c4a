"""The team's week: work against presence, what is at risk, what was done how well; and the calendars of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from duly.access.queries import actor_of
from duly.kernel.clock import today_in
from duly.kernel.refusals import NotAllowed
from duly.kernel.sql import fetch_one, fetch_sql
from duly.office.models import Feed, Person, Sample, Throughput
from duly.office.queries.people import absences, away, owners_for, people
from duly.office.queries.policy import closed_among, policies
from duly.office.queries.queue import NOBODY, Due, due_by_day
from duly.office.rules import KINDS, Absence, capacity_minutes, kinds_for, spread, week_of

HERE = "duly.office"
LATELY_DAYS = 30
FEED_DAYS = 60
FAR = date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class DayLoad:
    """One day of a person's week: planned work and presence, in minutes."""

    day: date
    planned: int
    present: int

    @property
    def percent(self) -> int:
        """Work in percent of presence; 999 for work on a day without presence."""
        return 100 * self.planned // self.present if self.present else 999 if self.planned else 0


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """A person's week, and what of theirs is open, late, due soon; a lane of one kind counts up to 1,000."""

    person: Person
    days: list[DayLoad]
    open: int
    late: int
    soon: int
    away_now: bool
    back_on: date | None
    cover: str | None

    @property
    def planned(self) -> int:
        """Minutes of work due this week, from today on."""
        return sum(day.planned for day in self.days)

    @property
    def present(self) -> int:
        """Minutes present this week, from today on."""
        return sum(day.present for day in self.days)

    @property
    def percent(self) -> int:
        """Work in percent of presence."""
        return 100 * self.planned // self.present if self.present else 999 if self.planned else 0


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Work of a kind due on a day that is late, or due while its owner is away or has no time left for it."""

    kind: str
    deadline_on: date
    owner_id: int
    owner: str | None
    works: int
    why: str


@dataclass(frozen=True, slots=True)
class Team:
    """The team's week as a coordinator needs it."""

    days: list[date]
    people: list[PersonWeek]
    at_risk: list[AtRisk]
    unowned: int


def team_week(entity_id: int, today: date) -> Team:
    """Return the week of everybody: minutes of what is due each day against minutes present, and what is at risk."""
    staff, days = people(entity_id, today), week_of(today)
    rows = absences(entity_id, min(days[0], today))
    absent, closed, known = away(rows), closed_among(entity_id, days), policies(entity_id)
    owners = [NOBODY, *(person.user_id for person in staff)]
    due: dict[int, list[Due]] = defaultdict(list)
    for one in due_by_day(entity_id, list(KINDS), owners, through=FAR):
        due[one.owner_id].append(one)
    left = [day for day in days if day >= today] or days
    weeks = []
    for person in staff:
        theirs = due[person.user_id]
        gone = [each for each in absent if each.user_id == person.user_id]
        minutes: dict[date, int] = defaultdict(int)
        for one in theirs:
            minutes[one.deadline_on] += one.works * known[one.kind].minutes
        present = capacity_minutes(person.capacity_minutes, days, closed=closed, absences=gone)
        planned = [0] * (len(days) - len(left)) + spread(minutes, left)
        now = next((row for row in rows if row.user_id == person.user_id and row.from_on <= today), None)
        soon = next((row for row in rows if row.user_id == person.user_id), None)
        weeks.append(
            PersonWeek(
                person,
                [DayLoad(*three) for three in zip(days, planned, present, strict=True) if three[0] >= left[0]],
                sum(one.works for one in theirs),
                sum(one.works for one in theirs if one.deadline_on < today),
                sum(one.works for one in theirs if one.deadline_on <= soon_until(left, today)),
                now is not None,
                soon.back_on if soon else None,
                soon.cover if soon else None,
            )
        )
    return Team(days, weeks, at_risk(weeks, due, absent, today), sum(one.works for one in due[NOBODY]))


def soon_until(left: Sequence[date], today: date) -> date:
    """Return the last day that counts as soon: the second business day from today on."""
    return left[1] if len(left) > 1 else today + timedelta(days=3)


def at_risk(
    weeks: Sequence[PersonWeek], due: dict[int, list[Due]], absent: Sequence[Absence], today: date
) -> list[AtRisk]:  # fmt: skip
    """Return what will probably be late, soonest first: late already, owner away or without time, nobody's and due."""
    found = []
    for week in weeks:
        over = [day.day for day in week.days if day.planned > day.present]
        for one in due[week.person.user_id]:
            why = ""
            if one.deadline_on < today:
                why = "late"
            elif any(a.user_id == week.person.user_id and a.from_on <= one.deadline_on < a.back_on for a in absent):
                why = "away"
            elif one.deadline_on in over:
                why = "no time"
            if why:
                found.append(
                    AtRisk(one.kind, one.deadline_on, week.person.user_id, week.person.name, one.works, why)
                )  # fmt: skip
    found += [
        AtRisk(one.kind, one.deadline_on, NOBODY, None, one.works, "nobody's")
        for one in due[NOBODY]
        if one.deadline_on <= today
    ]
    return sorted(found, key=lambda one: (one.deadline_on, -one.works, one.kind))


def throughput(entity_id: int, since: date) -> list[Throughput]:
    """Return what people did of each kind since a day, and how much of what was reviewed was right."""
    return fetch_sql(HERE, "team/throughput.sql", Throughput, entity=entity_id, since=since)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which samples: of a state, of a person, one by id; after an id of the list."""

    state: str | None = None
    user_id: int | None = None
    id: int | None = None
    after_id: int | None = None


def samples(entity_id: int, wanted: Wanted, *, limit: int) -> list[Sample]:
    """Return acts picked for review: those that wait oldest first, reviewed ones newest first."""
    where = {"state": wanted.state, "user": wanted.user_id, "id": wanted.id, "after_id": wanted.after_id}
    return fetch_sql(HERE, "quality/samples.sql", Sample, entity=entity_id, **where, limit=limit)


def feeds(entity_id: int, user_id: int) -> list[Feed]:
    """Return a person's calendar addresses that lead somewhere."""
    return fetch_sql(HERE, "team/feeds.sql", Feed, entity=entity_id, user=user_id)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a calendar: so many pieces of a kind on a day; never who or whose."""

    day: date
    kind: str
    works: int
    returns: bool = False


@dataclass(frozen=True, slots=True)
class _Return:
    day: date
    works: int


def calendar_of(token: str, today: date | None = None) -> tuple[Feed, list[Entry]] | None:
    """Return what a secret address shows: deadlines of 60 days in counts; None when it leads nowhere (any more).

    The rights are those of today: whoever left the office, or the team's lead, sees nothing.
    """
    feed = fetch_one(HERE, "team/feed_of_token.sql", Feed, token_hash=sha256(token.encode()).digest())
    if feed is None:
        return None
    try:
        actor = actor_of(feed.user_id, feed.entity_id)
    except NotAllowed:
        return None
    if not actor.may("team.manage" if feed.scope == "team" else "work.do"):
        return None
    day = today or today_in(actor.zone)
    if feed.scope == "team":
        owners, kinds = [NOBODY, *(person.user_id for person in people(feed.entity_id, day))], list(KINDS)
    else:
        owners, kinds = owners_for(actor, day), kinds_for(actor)
    through = day + timedelta(days=FEED_DAYS)
    sums: dict[tuple[date, str], int] = defaultdict(int)
    for one in due_by_day(feed.entity_id, kinds, owners, through=through):
        sums[max(one.deadline_on, day), one.kind] += one.works
    back = fetch_sql(HERE, "team/returns.sql", _Return, entity=feed.entity_id, owners=owners, through=through)
    entries = [Entry(on, kind, works) for (on, kind), works in sorted(sums.items())]
    return feed, entries + [Entry(max(one.day, day), "", one.works, returns=True) for one in back]

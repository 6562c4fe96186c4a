"""Rows of work, of the people who do it, and of the rules it follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duly.kernel.states import States

WORK_STATES = States(
    "work",
    {
        "open": {"open", "claimed", "pended", "done", "dropped"},
        "claimed": {"open", "claimed", "pended", "done", "dropped"},
        "pended": {"open", "claimed", "pended", "done", "dropped"},
        "done": set(),
        "dropped": set(),
    },
)


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work; `place` is its place in a list, `version` what a change must name."""

    id: int
    kind: str
    subject_kind: str
    subject_id: int
    subject: str
    who: str
    account_id: int | None
    account_number: str | None
    reason: str
    next_act: str
    money_minor: int | None
    currency: str | None
    since_on: date
    deadline_on: date
    owner_id: int | None
    owner: str | None
    maker_id: int | None
    state: str
    return_on: date | None
    pend_reason: str
    returned_on: date | None
    escalated_on: date | None
    escalated_why: str
    note: str
    done_on: date | None
    done_by_name: str | None
    outcome: str
    version: int
    place: str


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One change of a piece of work, and what stood there before it."""

    version: int
    verb: str
    note: str
    at: datetime
    by_name: str
    owner: str | None
    state: str
    reason: str
    money_minor: int | None
    deadline_on: date
    return_on: date | None


@dataclass(frozen=True, slots=True)
class Pick:
    """A piece of work as somebody saw it: a change of it must find this version."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Count:
    """How much of a kind waits for an owner: counted up to 1,000; late and soon are parts of it."""

    kind: str
    owner_id: int | None
    works: int
    late: int
    soon: int
    today: int


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A kind's policy as an office keeps it."""

    kind: str
    version: int
    within_days: int
    minutes: int
    pend_days: int
    most_pend_days: int
    escalate_after_days: int
    sample_percent: Decimal
    procedure: str
    made_at: datetime
    made_by_name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that gives new work to people; `people` empty means everybody who may do it."""

    id: int
    place: int
    name: str
    kind: str | None
    at_least_minor: int | None
    at_most_minor: int | None
    currency: str | None
    account_from: str | None
    account_to: str | None
    language: str | None
    skill: str
    method: str
    people: list[int]
    turn: int
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does work here, with what planning needs to know of them."""

    user_id: int
    name: str
    roles: list[str]
    capacity_minutes: int
    skills: list[str]
    languages: list[str]
    trainee_until: date | None
    version: int


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """A time away; `back_on` is the first day present again."""

    id: int
    user_id: int
    name: str
    cover_id: int | None
    cover: str | None
    from_on: date
    back_on: date
    note: str


@dataclass(frozen=True, slots=True)
class Sample:
    """An act picked for review, and what the review found."""

    id: int
    event_id: int
    kind: str
    action: str
    summary: str
    account_id: int | None
    account_number: str | None
    user_id: int
    user_name: str
    acted_on: date
    picked: str
    state: str
    finding: str | None
    note: str
    reviewed_by_name: str | None
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Throughput:
    """What one person did of one kind: pieces done in time and late, acts reviewed and found right."""

    user_id: int
    kind: str
    done: int
    late: int
    reviewed: int
    right: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar address of a person; the address itself is known only when it is made."""

    entity_id: int

    id: int
    user_id: int
    scope: str
    created_at: datetime

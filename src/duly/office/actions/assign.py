"""New work finds its people: the first rule that fits, and only those whose rights, gates and limits allow it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duly.access.queries import actors
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import EVERY_RIGHT, Actor
from duly.kernel.sql import fetch_one, fetch_sql
from duly.office.models import Person, Rule
from duly.office.queries.people import absences, away, people
from duly.office.queries.policy import policies, rules
from duly.office.rules import KINDS, Absence, may_work, who_covers

HERE = "duly.office"
AT_ONCE = 5_000
"""Pieces of work given in one statement."""


@action("work.assign", name="work.assign_by_rules", proposable=False)
def assign_by_rules(*, today: date, by: Actor) -> int:
    """Give all work without an owner to people by the rules; returns how much found one."""
    given = give_new_work(by.entity_id, list(KINDS), today=today)
    act().say(f"{given} given by the rules")
    act().quiet = not given
    return given


@dataclass(frozen=True, slots=True)
class _Given:
    last_id: int
    works: int


def give_new_work(entity_id: int, kinds: Sequence[str], *, today: date) -> int:
    """Step: assign what has no owner; returns how much found one. Without rules everything stays for who takes it."""
    known = rules(entity_id)
    if not known:
        return 0
    seats = json.dumps(seats_of(entity_id, known, kinds, today))
    given, after = 0, 0
    while True:
        found = fetch_one(
            HERE,
            "assign/give.sql",
            _Given,
            entity=entity_id,
            kinds=list(kinds),
            seats=seats,
            after=after,
            limit=AT_ONCE,
            at=clock.now(),
        )
        if found is None or not found.last_id:
            return given
        given, after = given + found.works, found.last_id


@dataclass(frozen=True, slots=True)
class _Load:
    owner_id: int
    kind: str
    works: int


def seats_of(entity_id: int, known: Sequence[Rule], kinds: Sequence[str], today: date) -> list[dict[str, Any]]:
    """Return who may be given what by which rule: a seat for each, in turn, with limits and the work they have."""
    staff = {person.user_id: person for person in people(entity_id, today)}
    acting = {id_: actor for actor in actors(entity_id, today) if (id_ := actor.user_id) is not None and id_ in staff}
    absent, minutes = away(absences(entity_id, today)), policies(entity_id)
    loads: dict[int, int] = dict.fromkeys(staff, 0)
    if any(rule.method == "least_loaded" for rule in known):
        for load in fetch_sql(
            HERE, "team/loads.sql", _Load, entity=entity_id, kinds=list(KINDS), owners=list(staff)
        ):  # fmt: skip
            loads[load.owner_id] += load.works * minutes[load.kind].minutes if load.kind in minutes else 0
    return [
        {
            "rule_id": rule.id,
            "kind": kind,
            "seat": seat,
            "user_id": user_id,
            "limits": limits_of(acting[user_id], KINDS[kind].right),
            "rights": decided_by(acting[user_id]) if KINDS[kind].decides else None,
            "load_minutes": loads[user_id],
            "minutes": minutes[kind].minutes,
        }
        for rule in known
        for kind in kinds
        if rule.kind in (None, kind)
        for seat, user_id in enumerate(candidates(rule, kind, staff, acting, absent, today))
    ]


def candidates(
    rule: Rule,
    kind: str,
    staff: dict[int, Person],
    acting: dict[int, Actor],
    absent: Sequence[Absence],
    today: date,
) -> list[int]:
    """Return who a rule may choose from for a kind today; who is away is replaced by their cover."""
    named = rule.people or sorted(staff)
    present = [who_covers(user_id, today, absent) for user_id in named]
    return [
        user_id
        for user_id in dict.fromkeys(present)
        if user_id is not None
        and user_id in staff
        and may_work(acting[user_id], KINDS[kind])
        and (not rule.skill or rule.skill in staff[user_id].skills)
        and (not rule.language or rule.language in staff[user_id].languages)
    ]


def limits_of(actor: Actor, right: str) -> dict[str, int] | None:
    """Return the limits of a right by currency; None where it has none."""
    found = {currency: minor for (name, currency), minor in actor.limits.items() if name == right}
    return found or None


def decided_by(actor: Actor) -> list[str] | None:
    """Return the rights a person decides with; None where that is every right."""
    return None if EVERY_RIGHT in actor.rights else sorted(actor.rights | actor.approves)

"""Small-office mode: the owner signs, with a date and a reason, that one person holds what two should.

Auditors accept compensating controls: every week of such a waiver is looked through by somebody, and what was found
is kept. A week that nobody looked through stays due until somebody does.
"""

from __future__ import annotations

from datetime import date

from duly.access.queries import acts_under_waiver, members, waivers
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotAllowed, NotFound, Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.access"
LONGEST_DAYS = 366


@action("access.waive", name="waivers.sign", proposable=False)
def sign_waiver(user_id: int, *, reason: str, from_on: date, until_on: date, by: Actor) -> int:
    """Sign that a person may hold conflicting rights from a day until another, at most a year; returns its id."""
    if not reason.strip():
        raise BadInput("waiver.reason_missing")
    if not 0 < (until_on - from_on).days <= LONGEST_DAYS:
        raise BadInput("waiver.at_most_a_year", from_on=from_on, until_on=until_on)
    people = {person.user_id: person.name for person in members(by.entity_id)}
    if user_id not in people:
        raise NotFound("access.not_a_member", user=user_id)
    waiver_id = int(
        fetch_value(
            HERE,
            "waiver/sign.sql",
            entity=by.entity_id,
            user=user_id,
            reason=reason.strip(),
            by=by.user_id or 0,
            by_name=by.name,
            at=clock.now(),
            from_on=from_on,
            until_on=until_on,
        )
    )
    act().about("user", user_id)
    act().say(
        f"{by.name} signed that {people[user_id]} holds what two should, until {until_on}: {reason.strip()}",
        waiver=waiver_id,
    )
    return waiver_id


@action("access.waive", name="waivers.end", proposable=False)
def end_waiver(waiver_id: int, *, today: date, by: Actor) -> None:
    """End a waiver: from today conflicting rights are only asked for; its weeks are still looked through."""
    if all(waiver.id != waiver_id for waiver in waivers(by.entity_id)):
        raise NotFound("waiver.unknown", waiver=waiver_id)
    if not run_sql(HERE, "waiver/end.sql", entity=by.entity_id, id=waiver_id, on_day=today, by=by.user_id or 0):
        raise Refused("waiver.not_in_force", waiver=waiver_id)
    act().about("waiver", waiver_id)
    act().say("Small-office mode ended", waiver=waiver_id)


@action("access.review", name="waivers.review", proposable=False)
def review_week(waiver_id: int, week_on: date, *, finding: str, today: date, by: Actor) -> None:
    """Record that a week was looked through, and what was found; once, and when the week is over.

    By another than the person it is about, unless nobody else works here.
    """
    found = next((waiver for waiver in waivers(by.entity_id) if waiver.id == waiver_id), None)
    if found is None:
        raise NotFound("waiver.unknown", waiver=waiver_id)
    others = [person for person in members(by.entity_id) if person.is_active and person.user_id != found.user_id]
    if found.user_id == by.user_id and others:
        raise NotAllowed("waiver.reviewed_by_another", who=[person.name for person in others])
    acts = acts_under_waiver(by.entity_id, found.user_id, week_on, by.zone)
    done = run_sql(
        HERE,
        "waiver/review.sql",
        entity=by.entity_id,
        waiver=waiver_id,
        week=week_on,
        acts=len(acts),
        finding=finding.strip(),
        by=by.user_id or 0,
        by_name=by.name,
        at=clock.now(),
        day=today,
    )
    if not done:
        raise Refused("waiver.nothing_due", waiver=waiver_id, week_on=week_on)
    act().about("waiver", waiver_id)
    act().say(
        f"Week of {week_on} of {found.person} looked through: {finding.strip() or 'nothing found'}", acts=len(acts)
    )

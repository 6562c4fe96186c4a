"""Reports that go out by themselves: to people of the office who may export, on their day, once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from duly.access.queries import actor_of, members
from duly.events.actions import outbox_batch
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotAllowed, NotFound, Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql
from duly.reports.queries import BY_NAME, report
from duly.reports.queries.schedules import schedules
from duly.reports.rules import CADENCES, FORMATS, next_after

HERE = "duly.reports"
DAYS = ("as_of", "from", "to")
"""Days are those of the sending, never of the asking: each time the report is of its own day."""


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """Which report, asked how (choices, not days), as which file, how often, to which people, first when."""

    report: str
    format: str
    cadence: str
    to_users: tuple[int, ...]
    first_on: date
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule whose day has come."""

    id: int
    cadence: str
    first_on: date


@action("reports.schedule")
def schedule_report(wanted: NewSchedule, *, today: date, by: Actor) -> int:
    """Have a report sent by mail in a rhythm; returns the schedule's id.

    Only people of the office who may export get one, and only as long as they may.
    """
    kind = BY_NAME.get(wanted.report)
    if kind is None or wanted.format not in FORMATS or wanted.cadence not in CADENCES:
        raise BadInput("reports.schedule_unreadable", report=wanted.report, cadence=wanted.cadence)
    if not wanted.to_users:
        raise BadInput("reports.schedule_needs_people")
    if wanted.first_on < today:
        raise Refused("reports.schedule_in_the_past", first_on=wanted.first_on)
    known = {member.user_id for member in members(by.entity_id) if member.is_active}
    for user_id in wanted.to_users:
        if user_id not in known or not may_get(by.entity_id, user_id):
            raise Refused("reports.person_may_not_export", user=user_id)
    asked = {name: value for name, value in wanted.asked.items() if name not in DAYS and value}
    report(by.entity_id, wanted.report, today=today, values=asked)
    made = int(
        fetch_value(
            HERE,
            "schedule/write.sql",
            entity=by.entity_id,
            report=wanted.report,
            title=kind.title,
            asked=json.dumps(asked),
            format=wanted.format,
            cadence=wanted.cadence,
            to_users=sorted(set(wanted.to_users)),
            next_on=wanted.first_on,
            by=by.user_id,
            by_name=by.name,
            at=clock.now(),
        )
    )
    act().about("report_schedule", made)
    act().say(f"{kind.title} goes out {CADENCES[wanted.cadence]}, to {len(set(wanted.to_users))}", report=wanted.report)
    act().undo_with("reports.stop_schedule", schedule_id=made)
    return made


@action("reports.schedule", name="reports.stop_schedule")
def stop_schedule(schedule_id: int, *, by: Actor) -> None:
    """Send a report no more."""
    _set_state(schedule_id, "stopped", None, by)
    act().about("report_schedule", schedule_id)
    act().say("The report is sent no more")
    act().undo_with("reports.resume_schedule", schedule_id=schedule_id)


@action("reports.schedule", name="reports.resume_schedule")
def resume_schedule(schedule_id: int, *, today: date, by: Actor) -> None:
    """Send a stopped report again, from today on."""
    _set_state(schedule_id, "active", today, by)
    act().about("report_schedule", schedule_id)
    act().say("The report is sent again")
    act().undo_with("reports.stop_schedule", schedule_id=schedule_id)


@action("reports.schedule", name="reports.queue_due")
def queue_due(*, today: date, by: Actor) -> int:
    """Put what is due today into the outbox, a mail a person, each once; returns how many mails."""
    due = fetch_sql(HERE, "schedule/lock_due.sql", Due, entity=by.entity_id, today=today)
    act().quiet = not due
    if not due:
        return 0
    ids = [one.id for one in due]
    following = [next_after(one.cadence, one.first_on, today) for one in due]
    mails = run_sql(HERE, "schedule/write_sendings.sql", entity=by.entity_id, ids=ids, today=today)
    with outbox_batch():
        run_sql(HERE, "schedule/stage_outbox.sql", entity=by.entity_id, ids=ids, today=today, at=clock.now())
    run_sql(HERE, "schedule/move_on.sql", entity=by.entity_id, ids=ids, days=following, today=today)
    act().say(f"{len(due)} report{'' if len(due) == 1 else 's'} on their way to {mails}", schedules=ids)
    return mails


def _set_state(schedule_id: int, state: str, next_on: date | None, actor: Actor) -> None:
    if schedule_id not in {one.id for one in schedules(actor.entity_id)}:
        raise NotFound("reports.schedule_unknown", schedule=schedule_id)
    if not run_sql(
        HERE, "schedule/set_state.sql", entity=actor.entity_id, id=schedule_id, state=state, next_on=next_on
    ):
        raise Refused("reports.schedule_not_running", schedule=schedule_id)


def may_get(entity_id: int, user_id: int) -> bool:
    """Return whether a person may be sent a report: works here and may export."""
    try:
        return actor_of(user_id, entity_id).may_do("exports.run")
    except NotAllowed:
        return False

"""How work is planned: policies with their procedures, assignment rules, people, absences, closed days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotFound, Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.office.queries.policy import policies
from duly.office.rules import KINDS, METHODS

HERE = "duly.office"


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """How a kind of work is done from now on; days are business days. `version` is the one it was written over."""

    kind: str
    version: int
    within_days: int
    minutes: int
    pend_days: int
    most_pend_days: int
    escalate_after_days: int
    sample_percent: Decimal
    procedure: str


@action("policies.edit", name="work.set_policy")
def set_policy(policy: NewPolicy, *, by: Actor) -> int:
    """Write a new version of a kind's policy; waiting work whose deadline was computed is due as it now says.

    Refused when somebody wrote a version meanwhile. Returns the version.
    """
    if policy.kind not in KINDS:
        raise NotFound("work.kind_unknown", kind=policy.kind)
    if not policy.procedure.strip():
        raise BadInput("work.procedure_empty")
    if policy.pend_days > policy.most_pend_days:
        raise BadInput("work.pend_days_cross", pend_days=policy.pend_days, most_pend_days=policy.most_pend_days)
    was = policies(by.entity_id)[policy.kind]
    version = policy.version + 1
    values = asdict(policy) | {"version": version, "procedure": policy.procedure.strip()}
    who = {"by_id": by.user_id, "by_name": by.name, "at": clock.now()}
    written = was.version == policy.version and run_sql(HERE, "policy/add.sql", entity=by.entity_id, **values, **who)
    if not written:
        raise Refused("work.policy_changed_meanwhile", kind=KINDS[policy.kind].plural, version=was.version)
    moved = 0
    if was.within_days != policy.within_days:
        moved = run_sql(
            HERE, "policy/recompute.sql", entity=by.entity_id, kind=policy.kind, within_days=policy.within_days
        )
    act().say(f"Policy for {KINDS[policy.kind].plural.lower()} is now version {version}", moved=moved)
    return version


@dataclass(frozen=True, slots=True)
class NewRule:
    """An assignment rule; empty conditions fit all, no `people` means everybody who may do it. `place` is its order."""

    place: int
    name: str
    method: str = "round_robin"
    kind: str | None = None
    at_least_minor: int | None = None
    at_most_minor: int | None = None
    currency: str | None = None
    account_from: str | None = None
    account_to: str | None = None
    language: str | None = None
    skill: str = ""
    people: tuple[int, ...] = ()


@action("work.assign", name="work.add_rule")
def add_rule(rule: NewRule, *, by: Actor) -> int:
    """Add an assignment rule; rules at or after its place move one on. Returns its id."""
    if not rule.name.strip():
        raise BadInput("work.rule_needs_name")
    if rule.method not in METHODS or rule.kind not in (None, *KINDS):
        raise BadInput("work.rule_unclear", method=rule.method, kind=rule.kind)
    if (rule.at_least_minor is not None or rule.at_most_minor is not None) and not rule.currency:
        raise BadInput("work.rule_needs_currency")
    run_sql(HERE, "policy/1_make_room.sql", entity=by.entity_id, place=rule.place)
    values = asdict(rule) | {"people": list(rule.people)}
    made = int(fetch_value(HERE, "policy/2_add_rule.sql", entity=by.entity_id, **values))
    act().about("work_rule", made)
    act().say(f"Rule added: {rule.name.strip()}")
    act().undo_with("work.end_rule", rule_id=made)
    return made


@action("work.assign", name="work.end_rule")
def end_rule(rule_id: int, *, by: Actor) -> None:
    """Stop an assignment rule; what it assigned stays."""
    name = fetch_value(HERE, "policy/end_rule.sql", entity=by.entity_id, id=rule_id)
    if name is None:
        raise NotFound("work.rule_unknown", rule=rule_id)
    act().about("work_rule", rule_id)
    act().say(f"Rule ended: {name}")


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """How much a person works a week, what they know, which languages, and until when they are in training.

    `version` is the one it was written over, 0 where nothing was known.
    """

    user_id: int
    capacity_minutes: int
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    trainee_until: date | None = None
    version: int = 0


@action("team.manage", name="work.plan_person")
def plan_person(plan: PersonPlan, *, by: Actor) -> None:
    """Plan with a person as said; refused when somebody else planned meanwhile."""
    moved = run_sql(
        HERE,
        "team/set_person.sql",
        entity=by.entity_id,
        user=plan.user_id,
        capacity_minutes=plan.capacity_minutes,
        skills=sorted({skill.strip().lower() for skill in plan.skills if skill.strip()}),
        languages=sorted({language.strip().lower()[:2] for language in plan.languages if language.strip()}),
        trainee_until=plan.trainee_until,
        version=plan.version,
    )
    if not moved:
        raise Refused("work.person_changed_meanwhile", person=plan.user_id)
    act().about("user", plan.user_id)
    act().say(f"Planned for {plan.capacity_minutes // 60} h a week", capacity_minutes=plan.capacity_minutes)


@action("team.manage", name="work.be_away")
def be_away(
    user_id: int, from_on: date, back_on: date, cover_id: int | None = None, note: str = "", *, by: Actor
) -> int:  # fmt: skip
    """Note that a person is away until `back_on`, the first day back, and who covers. Returns the absence's id."""
    if back_on <= from_on:
        raise BadInput("work.back_before_away", from_on=from_on, back_on=back_on)
    if cover_id == user_id:
        raise BadInput("work.covers_nobody_self")
    made = int(
        fetch_value(
            HERE,
            "team/be_away.sql",
            entity=by.entity_id,
            user=user_id,
            cover=cover_id,
            from_on=from_on,
            back_on=back_on,
            note=note.strip(),
            by_id=by.user_id,
            by_name=by.name,
        )
    )
    act().about("user", user_id)
    act().say(f"Away from {from_on.isoformat()}, back on {back_on.isoformat()}", absence=made)
    act().undo_with("work.be_here", absence_id=made)
    return made


@action("team.manage", name="work.be_here")
def be_here(absence_id: int, *, by: Actor) -> None:
    """Cancel an absence."""
    if not run_sql(HERE, "team/be_here.sql", entity=by.entity_id, id=absence_id):
        raise NotFound("work.absence_unknown", absence=absence_id)
    act().say("Absence cancelled", absence=absence_id)


@action("team.manage", name="work.close_days")
def close_days(days: Sequence[date], name: str, *, by: Actor) -> int:
    """Close the office on these days: no deadline and no return falls on them. Returns how many are new."""
    if not name.strip():
        raise BadInput("work.closed_day_needs_name")
    new = run_sql(HERE, "policy/close_days.sql", entity=by.entity_id, days=list(days), name=name.strip())
    act().say(f"Closed: {name.strip()}", days=[day.isoformat() for day in days])
    act().undo_with("work.open_days", days=[day.isoformat() for day in days])
    return new


@action("team.manage", name="work.open_days")
def open_days(days: Sequence[date | str], *, by: Actor) -> int:
    """Take closed days back; returns how many there were."""
    wanted = [date.fromisoformat(day) if isinstance(day, str) else day for day in days]
    gone = run_sql(HERE, "policy/open_days.sql", entity=by.entity_id, days=wanted)
    act().say(f"{gone} closed day{'' if gone == 1 else 's'} taken back")
    return gone

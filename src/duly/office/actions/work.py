"""What people do with work: claim, hand over, pend, finish, drop, make by hand; each as many pieces as are picked.

Every act names the version it saw. When one piece was changed meanwhile nothing is done, and the refusal names both
versions (`work.changed_meanwhile`), so that nobody's work is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duly.access.queries import actors
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotAllowed, NotFound, Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.office.actions.sync import Scope, synced
from duly.office.models import WORK_STATES, Pick, Work
from duly.office.queries import works
from duly.office.queries.people import absences, away, owners_for, who_may_work
from duly.office.queries.policy import policies
from duly.office.queries.queue import business_day
from duly.office.rules import KINDS, may_work, who_covers

HERE = "duly.office"
MOST_PICKED = 1_000


@action("work.do", name="work.claim", proposable=False)
def claim(picks: Sequence[Pick], *, today: date, by: Actor) -> None:
    """Take work into one's hands, so that others see it is being done; what is already in them stays."""
    found = _seen(picks, by)
    for one in found:
        _require_mine(one, by, today, taking=True)
        if not may_work(by, KINDS[one.kind]) and not by.may(KINDS[one.kind].right):
            raise NotAllowed("access.right_missing", right=KINDS[one.kind].right, actor=by.name)
    wanted = [one for one in found if one.state != "claimed" or one.owner_id != by.user_id]
    _change(wanted, _Step("claimed", "claimed", by.user_id), today=today, by=by)
    act().say(_said("Claimed", found))
    act().quiet = not wanted


@action("work.do", name="work.hand_over", proposable=False)
def hand_over(picks: Sequence[Pick], to_id: int | None, note: str = "", *, today: date, by: Actor) -> str:
    """Give work to a person (or back to nobody) with a note; others' work needs the right work.assign.

    Whoever gets it must have right and gate for its kind. Somebody who is away is replaced by their cover. Returns the
    name of who has it now.
    """
    found = _seen(picks, by)
    for one in found:
        _require_mine(one, by, today, taking=False)
    goes_to, name = _receiver(found, to_id, by, today)
    _change(found, _Step("handed over", "open", goes_to, note.strip()), today=today, by=by)
    act().say(_said(f"Handed to {name}:", found), to=goes_to, note=note)
    return name


def _receiver(found: Sequence[Work], to_id: int | None, by: Actor, today: date) -> tuple[int | None, str]:
    """Return who gets the work: the person named, or who covers them; refuse whoever may not do it."""
    if to_id is None:
        return None, "everybody"
    acting = {actor.user_id: actor for actor in actors(by.entity_id, today)}
    present = who_covers(to_id, today, away(absences(by.entity_id, today)))
    person = acting.get(present) if present is not None else None
    if person is None:
        raise Refused("work.nobody_there", person=acting[to_id].name if to_id in acting else to_id)
    for one in found:
        if not may_work(person, KINDS[one.kind]):
            able = who_may_work(by.entity_id, one.kind, today)
            raise Refused("work.not_for", person=person.name, kind=KINDS[one.kind].plural, who=sorted(able.values()))
        if one.maker_id == person.user_id:
            raise Refused("work.maker_decides_not", person=person.name, subject=one.subject)
    return person.user_id, person.name


@action("work.do", name="work.pend", proposable=False)
def pend(picks: Sequence[Pick], return_on: date, reason: str, *, today: date, by: Actor) -> None:
    """Put work off until a day, with the reason; it then returns to who pended it.

    The policy of the kind says how far; what is pended beyond its deadline is shown to the coordinator at once.
    """
    if not reason.strip():
        raise BadInput("work.pend_needs_reason")
    if return_on <= today:
        raise BadInput("work.pend_to_later", return_on=return_on)
    found, known = _seen(picks, by), policies(by.entity_id)
    for one in found:
        _require_mine(one, by, today, taking=True)
    most = min((known[one.kind].most_pend_days for one in found), default=0)
    latest = business_day(by.entity_id, today, most)
    if return_on > latest:
        raise BadInput("work.pend_too_long", return_on=return_on, latest_on=latest, days=most)
    _change(found, _Step("pended", "pended", by.user_id, reason.strip(), return_on), today=today, by=by)
    act().say(_said(f"Pended until {return_on.isoformat()}:", found), reason=reason.strip(), return_on=return_on)


@action("work.do", name="work.finish", proposable=False)
def finish(picks: Sequence[Pick], outcome: str = "", *, today: date, by: Actor) -> None:
    """Say that work is done. Work that comes from a held thing is done when the thing is: refused while it is held."""
    found = _seen(picks, by)
    for one in found:
        _require_mine(one, by, today, taking=True)
    held = [one for one in found if not KINDS[one.kind].by_hand]
    if held:
        _look_again(held, today, by)
    by_hand = [one for one in found if KINDS[one.kind].by_hand]
    _change(by_hand, _Step("done", "done", by.user_id, outcome.strip()), today=today, by=by)
    act().say(_said("Done:", found), outcome=outcome.strip())


def _look_again(held: Sequence[Work], today: date, by: Actor) -> None:
    for kind in {one.kind for one in held}:
        ids = [one.subject_id for one in held if one.kind == kind]
        synced(Scope([kind], ids=ids), today=today, by=by, outcome="Found to be done")
    left = [one for one in works(by.entity_id, [one.id for one in held]) if one.state != "done"]
    if left:
        raise Refused("work.still_held", subject=left[0].subject, verb=left[0].next_act or KINDS[left[0].kind].verb)


@action("work.do", name="work.drop", proposable=False)
def drop(picks: Sequence[Pick], reason: str, *, today: date, by: Actor) -> None:
    """Drop work made by hand that need not be done, with the reason."""
    if not reason.strip():
        raise BadInput("work.drop_needs_reason")
    found = _seen(picks, by)
    for one in found:
        _require_mine(one, by, today, taking=True)
        if not KINDS[one.kind].by_hand:
            raise Refused("work.still_held", subject=one.subject, verb=one.next_act or KINDS[one.kind].verb)
    _change(found, _Step("dropped", "dropped", by.user_id, reason.strip()), today=today, by=by)
    act().say(_said("Dropped:", found), reason=reason.strip())


@dataclass(frozen=True, slots=True)
class NewTask:
    """Work made by hand: a task or a question, for somebody or for whoever takes it; without a day the policy's."""

    kind: str
    subject: str
    reason: str
    account_id: int | None = None
    owner_id: int | None = None
    deadline_on: date | None = None
    money_minor: int | None = None
    currency: str | None = None


@action("work.do", name="work.add", proposable=False)
def add_task(task: NewTask, *, today: date, by: Actor) -> int:
    """Make a task or a question; for somebody else it needs the right work.assign. Returns its id."""
    kind = KINDS.get(task.kind)
    if kind is None or not kind.by_hand:
        raise BadInput("work.kind_not_by_hand", kind=task.kind)
    if not task.subject.strip():
        raise BadInput("work.needs_subject")
    if task.owner_id not in (None, by.user_id) and not by.may_do("work.assign"):
        raise NotAllowed("access.right_missing", right="work.assign", actor=by.name)
    within = policies(by.entity_id)[task.kind].within_days
    made = fetch_value(
        HERE,
        "act/add.sql",
        entity=by.entity_id,
        kind=task.kind,
        subject=task.subject.strip(),
        reason=task.reason.strip(),
        money_minor=task.money_minor,
        currency=task.currency,
        today=today,
        deadline_on=task.deadline_on or business_day(by.entity_id, today, within),
        owner=task.owner_id,
        account=task.account_id,
        by_id=by.user_id,
    )
    act().about("work", int(made), account_id=task.account_id)
    act().say(f"{kind.label} made: {task.subject.strip()}")
    act().undo_with("work.drop", picks=[{"id": int(made), "version": 1}], reason="Made by mistake")
    return int(made)


@action("work.do", name="work.restore", proposable=False)
def restore(before: list[dict[str, Any]], *, by: Actor) -> None:
    """Put work back as it stood before a step; refused when somebody changed it since."""
    back = run_sql(
        HERE,
        "act/restore.sql",
        entity=by.entity_id,
        before=json.dumps(before, default=str),
        at=clock.now(),
        by_id=by.user_id,
        by_name=by.name,
    )
    if back != len(before):
        raise changed([Pick(int(one["id"]), int(one["version"])) for one in before])
    act().say(f"{back} put back")


def changed(picks: Sequence[Pick]) -> Refused:
    """Return the refusal of an act on work that is no longer as it was seen; its facts name what was seen."""
    seen = [{"id": pick.id, "version": pick.version} for pick in picks]
    return Refused("work.changed_meanwhile", works=len(seen), picks=seen)


def _seen(picks: Sequence[Pick], by: Actor) -> list[Work]:
    """Return the picked work as it stands; refused when any of it is not as it was seen, or not there."""
    wanted = {pick.id: pick.version for pick in as_picks(picks)}
    if not 0 < len(wanted) <= MOST_PICKED:
        raise BadInput("work.pick_some", most=MOST_PICKED)
    found = works(by.entity_id, list(wanted))
    if len(found) != len(wanted):
        raise NotFound("work.unknown", work=min(set(wanted) - {one.id for one in found}))
    if stale := [Pick(one.id, wanted[one.id]) for one in found if one.version != wanted[one.id]]:
        raise changed(stale)
    return found


def as_picks(picks: Sequence[Any]) -> list[Pick]:
    """Return picks also where they come from an event's undo, as mappings."""
    return [one if isinstance(one, Pick) else Pick(int(one["id"]), int(one["version"])) for one in picks]


def _require_mine(one: Work, by: Actor, today: date, *, taking: bool) -> None:
    """Refuse work of somebody else, unless the actor assigns work; what nobody has may be taken by anybody."""
    if taking and one.maker_id is not None and one.maker_id == by.user_id:
        raise Refused("work.maker_decides_not", person=by.name, subject=one.subject)
    if one.owner_id is None or by.may_do("work.assign") or one.owner_id in owners_for(by, today):
        return
    raise NotAllowed("work.of_somebody_else", owner=one.owner or "", subject=one.subject, right="work.assign")


@dataclass(frozen=True, slots=True)
class _Step:
    """What happens to picked work: what it is called, where it leads, whose it is then, until when, why."""

    verb: str
    state: str
    owner_id: int | None
    note: str = ""
    return_on: date | None = None


def _change(found: Sequence[Work], step: _Step, *, today: date, by: Actor) -> None:
    if not found:
        return
    ids = [one.id for one in found]
    before = fetch_value(HERE, "act/as_json.sql", entity=by.entity_id, ids=ids)
    moved = run_sql(
        HERE,
        "act/change.sql",
        entity=by.entity_id,
        picks=json.dumps([{"id": one.id, "version": one.version} for one in found]),
        sources=WORK_STATES.sources_of(step.state),
        verb=step.verb,
        state=step.state,
        keeps_owner=step.owner_id is None and step.verb != "handed over",
        owner=step.owner_id,
        return_on=step.return_on,
        note=step.note,
        today=today,
        at=clock.now(),
        by_id=by.user_id,
        by_name=by.name,
    )
    if moved != len(found):
        raise changed([Pick(one.id, one.version) for one in found])
    one = found[0] if len(found) == 1 else None
    act().about("work", one.id if one else None, account_id=one.account_id if one else None)
    act().undo_with("work.restore", before=before)


def _said(verb: str, found: Sequence[Work]) -> str:
    one = found[0]
    if len(found) > 1:
        return f"{verb} {len(found)} pieces of work"
    return f"{verb} {KINDS[one.kind].label} {one.subject}" + (f" ({one.who})" if one.who else "")

"""Work follows what is held: new things become work, settled ones are done, changed ones say what is so now.

A sync reads what each kind's statement (sql/held) says is held, and compares. It is run for the touched kinds within
the act that touched them (`react`), and for all by the worker (`sweep`), which also brings pended work back, escalates
what is left alone and assigns what is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from duly.access.queries import actors
from duly.kernel import clock
from duly.kernel.actions import Act, act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.sql import fetch_sql, fetch_value, run_sql
from duly.office.actions.assign import give_new_work
from duly.office.queries.people import absences, away, covers
from duly.office.queries.policy import policies, policies_json
from duly.office.rules import KINDS, Kind, may_work, who_covers

HERE = "duly.office"
STAGED = {
    "staged_held": """
        kind text not null,
        subject_kind text not null,
        subject_id bigint not null,
        subject text not null,
        who text not null default '',
        account_id bigint,
        reason text not null,
        next_act text not null default '',
        money_minor bigint,
        currency char(3),
        since_on date not null,
        deadline_hint date,
        owner_hint bigint,
        maker_id bigint,
        needs_right text not null default ''""",
}
MOST_IN_AN_ACT = 5_000
"""Held things up to which an act brings their work in line itself; a large bank file leaves it to the worker."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sync looks at: kinds, and of them only these accounts or these things; None is all."""

    kinds: Sequence[str]
    accounts: list[int] | None = None
    ids: list[int] | None = None


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync changed."""

    opened: int = 0
    changed: int = 0
    done: int = 0
    assigned: int = 0

    def __add__(self, other: Synced) -> Synced:
        return Synced(
            self.opened + other.opened,
            self.changed + other.changed,
            self.done + other.done,
            self.assigned + other.assigned,
        )

    @property
    def total(self) -> int:
        """How much moved."""
        return self.opened + self.changed + self.done + self.assigned


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str


def synced(scope: Scope, *, today: date, by: Actor, outcome: str, most: int | None = None) -> Synced:
    """Step: bring the work of a scope in line with what is held; `by` is who is named for what is done.

    With `most`, a scope that holds more than that is left to the worker.
    """
    held = [name for name in scope.kinds if not KINDS[name].by_hand]
    where = {"entity": by.entity_id, "accounts": scope.accounts, "ids": scope.ids}
    snapshot = fetch_value(HERE, "sync/snapshot.sql")
    with door(STAGED, lambda: None):
        for name in held:
            run_sql(HERE, f"held/{name}.sql", **where, today=today)
    if most is not None and fetch_value(HERE, "sync/is_large.sql", **where, kinds=held, most=most):
        return Synced()
    who = {"at": clock.now(), "by_id": by.user_id, "by_name": by.name}
    done = run_sql(
        HERE, "sync/1_close.sql", **where, kinds=held, snapshot=snapshot, today=today, outcome=outcome, **who
    )
    changed = run_sql(HERE, "sync/2_change.sql", entity=by.entity_id, **who)
    fresh = [row.kind for row in fetch_sql(HERE, "sync/fresh.sql", _Kind, entity=by.entity_id)]
    if not fresh:
        return Synced(changed=changed, done=done)
    opened = run_sql(
        HERE,
        "sync/3_open.sql",
        entity=by.entity_id,
        policies=policies_json(policies(by.entity_id)),
        owners=json.dumps(owners_today(by.entity_id, fresh, today)),
    )
    return Synced(opened, changed, done, give_new_work(by.entity_id, fresh, today=today))


def owners_today(entity_id: int, kinds: Sequence[str], today: date) -> list[dict[str, object]]:
    """Return for everybody who does the work of a kind that is theirs today: they, their cover, or nobody."""
    acting = {actor.user_id: actor for actor in actors(entity_id, today) if actor.user_id is not None}
    absent = away(absences(entity_id, today))
    found: list[dict[str, object]] = []
    for user_id in acting:
        to_id = who_covers(user_id, today, absent)
        if to_id is not None and to_id in acting:
            found += [
                {"kind": kind, "user_id": user_id, "to_id": to_id}
                for kind in kinds
                if may_work(acting[to_id], KINDS[kind])
            ]
    return found


def touched(action_name: str) -> list[Kind]:
    """Return the kinds of work an action may start or end."""
    return [kind for kind in KINDS.values() if action_name.startswith(kind.acts)]


def reaction_to(action_name: str) -> Callable[[Act], None]:
    """Return what brings the work an action touched in line; the act may be another that has the action as a step."""
    return lambda done: react(action_name, done)


def react(action_name: str, done: Act) -> None:
    """Step: bring the work an action touched in line, within the act; only what it names, where it names it."""
    today = clock.today_in(done.by.zone)
    groups: dict[str, tuple[Scope, list[str]]] = {}
    for kind in touched(action_name):
        scope = scope_of(kind, done)
        groups.setdefault(f"{scope.accounts}{scope.ids}", (scope, []))[1].append(kind.name)
    for scope, kinds in groups.values():
        wanted = Scope(kinds, scope.accounts, scope.ids)
        synced(wanted, today=today, by=done.by, outcome=done.summary or action_name, most=MOST_IN_AN_ACT)


def scope_of(kind: Kind, done: Act) -> Scope:
    """Return how little of a kind has to be looked at after an act."""
    if kind.subject_kind and done.subject_kind == kind.subject_kind and done.subject_id is not None:
        return Scope([kind.name], ids=[done.subject_id])
    if kind.by_account and done.account_id is not None:
        return Scope([kind.name], accounts=[done.account_id])
    return Scope([kind.name])


@action("work.do", name="work.sync", proposable=False)
def sync_work(kinds: Sequence[str] | None = None, *, today: date, by: Actor) -> Synced:
    """Bring all work in line with what is held, bring pended work back, escalate, assign. Returns what moved."""
    wanted = list(kinds or KINDS)
    nobody = Actor(by.entity_id, None, "Duly", by.rights, zone=by.zone)
    moved = synced(Scope(wanted), today=today, by=nobody, outcome="No longer held")
    returned, escalated = bring_back(by.entity_id, today=today)
    moved += Synced(assigned=give_new_work(by.entity_id, wanted, today=today))
    act().say(
        f"Work brought in line: {moved.opened} new, {moved.done} done, {returned} back, {escalated} escalated",
        opened=moved.opened,
        done=moved.done,
        changed=moved.changed,
        returned=returned,
        escalated=escalated,
    )
    act().quiet = not (moved.total or returned or escalated)
    return moved


def bring_back(entity_id: int, *, today: date) -> tuple[int, int]:
    """Step: pended work whose day has come returns, what is left alone is escalated; returns how much of each."""
    at, known = clock.now(), policies_json(policies(entity_id))
    relief = [{"user_id": who, "cover_id": cover} for who, cover in covers(entity_id, today).items() if cover]
    returned = run_sql(
        HERE, "sync/returns.sql", entity=entity_id, today=today, at=at, covers=json.dumps(relief)
    )  # fmt: skip
    escalated = run_sql(HERE, "sync/escalates.sql", entity=entity_id, today=today, policies=known)
    return returned, escalated

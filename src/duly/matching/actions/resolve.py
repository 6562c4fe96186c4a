"""Settling a case: what the person picked is posted through the acts there are, as one act with one undo."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from inspect import signature
from typing import Any

from duly.kernel.actions import REGISTRY, act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import BadInput, Refused
from duly.kernel.sql import fetch_one, run_sql
from duly.matching.actions.settling import STEPS, Settling, Undo
from duly.matching.actions.sweep import settling, sweep
from duly.matching.models import Case, CaseCause
from duly.matching.queries.cases import case
from duly.matching.rules.finding import CAUSES, OTHER_CAUSES, title_of
from duly.matching.rules.resolutions import ASK_DAYS, RESOLUTIONS, WAIT_DAYS, Resolution

HERE = "duly.matching"


@dataclass(frozen=True, slots=True)
class Part:
    """What a person says of (a part of) a case: its cause, its amount in minor units, and how it is settled.

    `arguments` are those of the explanation picked: item_id, to_account_id, lines, amount_minor, gl_code ...
    """

    cause: str
    resolution: str
    amount_minor: int
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """How a case is settled: its parts make up the difference; one that waits comes back `back_on`."""

    parts: tuple[Part, ...]
    note: str = ""
    back_on: date | None = None

    def items(self) -> list[int]:
        """Return the items the parts name."""
        named = (part.arguments.get(name) for part in self.parts for name in ("item_id", "credit_item_id"))
        return [int(str(item)) for item in named if item is not None]


def decision_of(cause: CaseCause, note: str = "") -> Decision:
    """Return what picking an explanation, as it was found, means."""
    parts = (
        Part(part["cause"], part["resolution"], part["amount_minor"], dict(part["arguments"])) for part in cause.parts
    )
    return Decision(tuple(parts), note)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A case that was open until this act."""

    id: int


@action("discrepancies.resolve")
def resolve(case_id: int, decision: Decision, *, version: int, today: date, by: Actor) -> str:
    """Settle a case as decided; returns the state it is in now. One act, one undo.

    Refuses parts that do not make up the difference, what the kind of case does not allow, and a case that moved or
    was settled meanwhile. Each part asks the right of what it does, within the limit for settling differences.
    """
    found = case(by.entity_id, case_id)
    chosen = _chosen(found, decision.parts)
    for resolution in chosen:
        by.require(resolution.right)
    outcome = _outcome(chosen)
    if outcome == "resolved":
        by.require_within_limit("discrepancies.resolve", found.amount_minor, found.currency)
    _claim(found, decision, chosen, outcome, version=version, today=today, actor=by)
    undo: list[Undo] = []
    with settling():
        for part, resolution in zip(decision.parts, chosen, strict=True):
            step = Settling(found, part.amount_minor, dict(part.arguments), decision.note, resolution)
            undo += STEPS[resolution.key](step, today, by)
    run_sql(HERE, "cases/note_undo.sql", entity=by.entity_id, id=case_id, undo=json.dumps(undo, default=str))
    if found.account_id is not None and outcome == "resolved":
        sweep([found.account_id], today=today, by=by)
    _tell(found, decision, chosen)
    if None in undo:
        act().undo = None
    return outcome


def _chosen(found: Case, parts: Sequence[Part]) -> list[Resolution]:
    if not parts or any(part.amount_minor <= 0 for part in parts):
        raise BadInput("discrepancies.nothing_chosen")
    if sum(part.amount_minor for part in parts) != found.amount_minor:
        raise Refused(
            "discrepancies.parts_are_not_the_difference",
            parts_minor=sum(part.amount_minor for part in parts),
            amount_minor=found.amount_minor,
            currency=found.currency,
        )
    chosen = []
    for part in parts:
        resolution = RESOLUTIONS.get(part.resolution)
        if part.cause not in CAUSES and part.cause not in OTHER_CAUSES:
            raise BadInput("discrepancies.cause_unknown", cause=part.cause)
        if resolution is None or (resolution.kinds and found.kind not in resolution.kinds):
            raise BadInput("discrepancies.not_for_this_kind", resolution=part.resolution, kind=found.kind)
        chosen.append(resolution)
    return chosen


def _outcome(chosen: Sequence[Resolution]) -> str:
    outcomes = {resolution.outcome for resolution in chosen}
    if "waits" in outcomes:
        if outcomes != {"waits"}:
            raise Refused("discrepancies.cannot_wait_and_settle")
        return "open"
    return "resolved" if "resolved" in outcomes else "dropped"


def _claim(  # noqa: PLR0913  one guarded statement says it all
    found: Case,
    decision: Decision,
    chosen: Sequence[Resolution],
    outcome: str,
    *,
    version: int,
    today: date,
    actor: Actor,
) -> None:
    # Items first and in id order, like every other act: steps that take a number would lock them too late.
    items = sorted({*decision.items(), *([found.item_id] if found.item_id else [])})
    run_sql(HERE, "cases/settle/lock_items.sql", entity=actor.entity_id, ids=items)
    waits_for = chosen[0].waiting_on if outcome == "open" else "us"
    days = ASK_DAYS if waits_for == "customer" else WAIT_DAYS
    claimed = fetch_one(
        HERE,
        "cases/decide.sql",
        Claimed,
        entity=actor.entity_id,
        id=found.id,
        version=version,
        state=outcome,
        cause=_causes(decision),
        resolution="+".join(resolution.key for resolution in chosen),
        note=decision.note.strip()[:500],
        waiting_on=waits_for,
        due_on=decision.back_on or today + timedelta(days=days),
        today=today,
        by=actor.user_id,
        by_name=actor.name,
    )
    if claimed is None:
        raise Refused("discrepancies.changed_meanwhile", case=found.id)


def _causes(decision: Decision) -> str:
    return "+".join(dict.fromkeys(part.cause for part in decision.parts))


def _tell(found: Case, decision: Decision, chosen: Sequence[Resolution]) -> None:
    current, causes = act(), _causes(decision)
    current.about("case", found.id, account_id=found.account_id)
    done = " and ".join(resolution.title.lower() for resolution in chosen)
    current.say(
        f"Difference of {Money(found.amount_minor, found.currency)}: {title_of(causes).lower()}; {done}",
        kind=found.kind,
        cause=causes,
        amount_minor=found.amount_minor,
        currency=found.currency,
        note=decision.note,
    )
    current.quiet = False
    current.undo_with("discrepancies.unresolve", case_id=found.id)


@action("discrepancies.resolve", name="discrepancies.unresolve")
def unresolve(case_id: int, *, today: date, by: Actor) -> None:
    """Take back how a case was settled, whole, last step first; it is open again with what was found before."""
    found = case(by.entity_id, case_id)
    steps = _taken(by.entity_id, case_id)
    if steps is None:
        raise Refused("discrepancies.nothing_to_take_back", case=case_id)
    if None in steps:
        raise Refused("discrepancies.step_cannot_be_undone", case=case_id)
    with settling():
        for step in reversed([step for step in steps if step]):
            reverse = REGISTRY[step["action"]]
            by.require(reverse.right)  # type: ignore[attr-defined]
            reverse(**step["args"], **_day(reverse, today), by=by)
    run_sql(HERE, "cases/reopen.sql", entity=by.entity_id, id=case_id, due_on=today + timedelta(days=1))
    if found.account_id is not None:
        sweep([found.account_id], today=today, by=by)
    act().about("case", case_id, account_id=found.account_id)
    act().say(f"Difference of {Money(found.amount_minor, found.currency)} is open again")
    act().quiet = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The steps an act took, each with what reverses it."""

    undo: list[dict[str, Any] | None]


def _taken(entity_id: int, case_id: int) -> list[dict[str, Any] | None] | None:
    found = fetch_one(HERE, "cases/undo_of.sql", Taken, entity=entity_id, id=case_id)
    return found.undo if found else None


def _day(reverse: Any, today: date) -> dict[str, date]:
    wanted = signature(reverse).parameters
    return {name: today for name in ("today", "effective_on") if name in wanted}


@action("discrepancies.resolve", name="discrepancies.assign")
def assign(case_ids: Sequence[int], owner_id: int | None, *, by: Actor) -> int:
    """Give open cases to a person; returns how many."""
    given = run_sql(HERE, "cases/assign.sql", entity=by.entity_id, ids=sorted(set(case_ids)), owner=owner_id)
    act().say(f"{given} difference{'' if given == 1 else 's'} handed over", cases=sorted(set(case_ids))[:100])
    act().quiet = not given
    return given

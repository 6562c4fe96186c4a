"""Pausing, resuming and ending agreements; reaching milestones. Each can be dated back and taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value, run_sql

HERE = "duly.commercial"


@dataclass(frozen=True, slots=True)
class Locked:
    """How many agreements were found and taken, and the first that is not active (0: none)."""

    not_active: int
    found: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A pause or milestone that changed, and the first day it changes."""

    id: int
    agreement_id: int
    account_id: int
    from_on: date


@dataclass(frozen=True, slots=True)
class EndChanged:
    """An agreement whose end moved, and when it ended before."""

    agreement_id: int
    account_id: int
    was_on: date | None


@action("agreements.edit", name="agreements.pause")
def pause(
    agreement_ids: Sequence[int], *, from_on: date, until: date | None = None, reason: str = "", by: Actor
) -> list[int]:
    """Bill nothing from a day on, until `until` (the first day billed again); returns the pauses' ids."""
    ids = _lock(agreement_ids, by)
    if until is not None and until <= from_on:
        raise Refused("agreement.pause_is_empty", from_on=from_on, until=until)
    overlapping = fetch_value(
        HERE, "change/pause_overlaps.sql", entity=by.entity_id, ids=ids, from_on=from_on, until=until
    )
    if overlapping:
        raise Refused("agreement.pauses_already", agreement=overlapping)
    made = fetch_sql(
        HERE,
        "change/pause.sql",
        Changed,
        entity=by.entity_id,
        ids=ids,
        from_on=from_on,
        until=until,
        reason=reason,
        at=clock.now(),
    )
    _doubt(made, by)
    _say(made, f"paused from {from_on}" + (f" until {until}" if until else ""))
    act().undo_with("agreements.set_pauses", pauses=[[row.id, from_on.isoformat()] for row in made])
    return [row.id for row in made]


@action("agreements.edit", name="agreements.resume")
def resume(agreement_ids: Sequence[int], *, on_day: date, by: Actor) -> int:
    """Bill again from a day on; refused when none of the agreements pauses on it. Returns how many resumed."""
    ids = _lock(agreement_ids, by)
    resumed = fetch_sql(HERE, "change/resume.sql", Changed, entity=by.entity_id, ids=ids, on_day=on_day)
    if not resumed:
        raise Refused("agreement.does_not_pause", on_day=on_day)
    _doubt(resumed, by)
    _say(resumed, f"resumed on {on_day}")
    act().undo_with("agreements.set_pauses", pauses=[[row.id, None] for row in resumed])
    return len(resumed)


@action("agreements.edit", name="agreements.set_pauses")
def set_pauses(pauses: Sequence[Sequence[object]], *, by: Actor) -> int:
    """Let pauses last until other days: (pause id, ISO day or None for open); the first day empties a
    pause.
    """
    changed = fetch_sql(
        HERE,
        "change/set_resumed.sql",
        Changed,
        entity=by.entity_id,
        pauses=json.dumps([list(p) for p in pauses]),
    )
    _doubt(changed, by)
    _say(changed, "pause changed")
    return len(changed)


@action("agreements.edit", name="agreements.end")
def end(agreement_ids: Sequence[int], *, ends_on: date, reason: str = "", by: Actor) -> int:
    """End agreements: `ends_on` is the first day no longer billed; what was billed beyond it is reversed."""
    ids = _lock(agreement_ids, by)
    changed = _set_ends([[agreement_id, ends_on.isoformat()] for agreement_id in ids], by)
    if len(changed) != len(ids):
        raise Refused("agreement.ends_before_start", ends_on=ends_on)
    act().say(f"{_agreements(len(ids))} ended on {ends_on}", reason=reason)
    return len(changed)


@action("agreements.edit", name="agreements.set_ends")
def set_ends(ends: Sequence[Sequence[object]], *, by: Actor) -> int:
    """Let agreements end on other days: (agreement id, ISO day or None for never)."""
    changed = _set_ends([list(pair) for pair in ends], by)
    act().say(f"{_agreements(len(changed))}: end changed")
    return len(changed)


@action("agreements.edit", name="agreements.reach_milestones")
def reach_milestones(milestone_ids: Sequence[int], *, reached_on: date, by: Actor) -> int:
    """Say that milestones were reached on a day: they are billed with the next plan through it."""
    reached = fetch_sql(
        HERE, "change/reach.sql", Changed, entity=by.entity_id, ids=list(milestone_ids), on_day=reached_on
    )
    if len(reached) != len(set(milestone_ids)):
        raise Refused("agreement.milestone_reached_already", milestones=list(milestone_ids))
    _doubt(reached, by)
    _say(reached, f"milestone reached on {reached_on}")
    act().undo_with("agreements.unreach_milestones", milestone_ids=list(milestone_ids))
    return len(reached)


@action("agreements.edit", name="agreements.unreach_milestones")
def unreach_milestones(milestone_ids: Sequence[int], *, by: Actor) -> int:
    """Say that milestones were not reached after all; what was billed for them is reversed."""
    open_again = fetch_sql(HERE, "change/reach.sql", Changed, entity=by.entity_id, ids=list(milestone_ids), on_day=None)
    _doubt(open_again, by)
    _say(open_again, "milestone not reached")
    return len(open_again)


def _lock(agreement_ids: Sequence[int], by: Actor) -> list[int]:
    ids = sorted(set(agreement_ids))
    locked = fetch_one(HERE, "change/lock.sql", Locked, entity=by.entity_id, ids=ids)
    assert locked is not None
    if locked.found != len(ids):
        raise Refused("agreement.unknown", agreements=ids)
    if locked.not_active:
        raise Refused("agreement.not_active", agreement=locked.not_active)
    return ids


def _doubt(changed: Sequence[Changed], by: Actor) -> None:
    """Have the next plan compare these agreements from the first changed day on."""
    if changed:
        run_sql(
            HERE,
            "change/doubt.sql",
            entity=by.entity_id,
            ids=sorted({row.agreement_id for row in changed}),
            from_on=min(row.from_on for row in changed),
        )


def _set_ends(ends: list[list[object]], by: Actor) -> list[EndChanged]:
    changed = fetch_sql(HERE, "change/set_ends.sql", EndChanged, entity=by.entity_id, ends=json.dumps(ends))
    if len(changed) == 1:
        act().about("agreement", changed[0].agreement_id, account_id=changed[0].account_id)
    was = [[row.agreement_id, row.was_on.isoformat() if row.was_on else None] for row in changed]
    act().undo_with("agreements.set_ends", ends=was)
    return changed


def _say(changed: Sequence[Changed], what: str) -> None:
    if len(changed) == 1:
        act().about("agreement", changed[0].agreement_id, account_id=changed[0].account_id)
    act().say(f"{_agreements(len(changed))} {what}", agreements=[row.agreement_id for row in changed])


def _agreements(number: int) -> str:
    return "Agreement" if number == 1 else f"{number} agreements"

"""Quality: which acts are looked at, and what was found."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date

from duly.access.queries import actors
from duly.kernel import clock
from duly.kernel.actions import REGISTRY, act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_sql, run_sql
from duly.office.actions.sync import Scope, synced
from duly.office.models import Sample
from duly.office.queries.people import people
from duly.office.queries.policy import policies
from duly.office.rules import FINDINGS, kind_of_act

HERE = "duly.office"


@dataclass(frozen=True, slots=True)
class _Sampling:
    seed: str
    sampled_through: int


@action("work.do", name="work.draw_sample", proposable=False)
def draw_sample(*, today: date, by: Actor, seed: str = "") -> int:
    """Pick acts for review: a share at random by the office's seed, and all of people in training. Returns how many.

    `seed` is taken the first time only; later draws go on with the one the office has.
    """
    drawn = draw(by, today, seed=seed)
    act().say(f"{drawn} act{'' if drawn == 1 else 's'} picked for review")
    act().quiet = not drawn
    return drawn


def draw(by: Actor, today: date, *, seed: str = "") -> int:
    """Step: pick acts since the last draw; another draw going on at the same time is left alone."""
    run_sql(HERE, "quality/seed.sql", entity=by.entity_id, seed=seed or secrets.token_hex(12))
    known = fetch_one(HERE, "quality/sampling.sql", _Sampling, entity=by.entity_id)
    if known is None:
        return 0
    drawn = run_sql(
        HERE,
        "quality/draw.sql",
        entity=by.entity_id,
        seed=known.seed,
        through=known.sampled_through,
        again=known.sampled_through > 0,
        trainees=sorted(trainees(by.entity_id, today)),
        graded=graded_acts(by.entity_id),
        at=clock.now(),
    )
    run_sql(HERE, "quality/move_on.sql", entity=by.entity_id)
    if drawn:
        synced(Scope(["quality"]), today=today, by=by, outcome="")
    return drawn


def trainees(entity_id: int, today: date) -> set[int]:
    """Return who is in training: planned so until a day, or without a gate their role's rights ask for."""
    planned = {
        person.user_id
        for person in people(entity_id, today)
        if person.trainee_until is not None and person.trainee_until >= today
    }
    return planned | {actor.user_id for actor in actors(entity_id, today) if actor.gates and actor.user_id is not None}


def graded_acts(entity_id: int) -> str:
    """Write which actions are looked at, as which kind, and what share of them."""
    known = policies(entity_id)
    return json.dumps(
        [
            {"action": name, "kind": kind, "percent": str(known[kind].sample_percent)}
            for name in REGISTRY
            if (kind := kind_of_act(name)) is not None
        ]
    )


@action("quality.review", name="quality.review", proposable=False)
def review(sample_id: int, finding: str, note: str = "", *, by: Actor) -> None:
    """Say what the review of an act found; anything but right needs a sentence. Nobody reviews their own act."""
    if finding not in FINDINGS:
        raise BadInput("quality.finding_unknown", finding=finding)
    if finding != "right" and not note.strip():
        raise BadInput("quality.finding_needs_note")
    found = fetch_sql(
        HERE, "quality/samples.sql", Sample,
        entity=by.entity_id, state=None, user=None, id=sample_id, after_id=None, limit=1,
    )  # fmt: skip
    if not found:
        raise NotFound("quality.sample_unknown", sample=sample_id)
    sample = found[0]
    if sample.user_id == by.user_id:
        raise Refused("quality.own_act", person=by.name)
    moved = run_sql(
        HERE,
        "quality/review.sql",
        entity=by.entity_id,
        id=sample_id,
        finding=finding,
        note=note.strip(),
        by_id=by.user_id,
        by_name=by.name,
        at=clock.now(),
    )
    if not moved:
        raise Refused("quality.reviewed_already", who=sample.reviewed_by_name or "")
    act().about("sample", sample_id, account_id=sample.account_id)
    act().say(f"Reviewed an act of {sample.user_name}: {FINDINGS[finding].lower()}", finding=finding, note=note.strip())
    act().undo_with("quality.reopen", sample_id=sample_id)


@action("quality.review", name="quality.reopen", proposable=False)
def reopen(sample_id: int, *, by: Actor) -> None:
    """Take a review back; the act waits for a review again."""
    if not run_sql(HERE, "quality/reopen.sql", entity=by.entity_id, id=sample_id):
        raise NotFound("quality.sample_unknown", sample=sample_id)
    act().about("sample", sample_id)
    act().say("Review taken back", sample=sample_id)

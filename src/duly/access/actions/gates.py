"""Gates: what a person must have been trained in before a right is theirs to use alone."""

from __future__ import annotations

from datetime import date

from duly.access.rules import ALL_RIGHTS
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotAllowed, Refused
from duly.kernel.sql import run_sql

HERE = "duly.access"


@action("policies.edit", name="gates.define")
def define_gate(name: str, covers: str, *, by: Actor) -> None:
    """Name a gate and what it covers; a known one gets the new words."""
    if not name.strip():
        raise BadInput("gate.name_missing")
    run_sql(HERE, "gate/define.sql", entity=by.entity_id, name=name.strip(), covers=covers.strip())
    act().say(f"Gate {name.strip()}: {covers.strip()}")


@action("policies.edit", name="gates.require")
def require_gate(right: str, gate: str | None, *, from_on: date, by: Actor) -> None:
    """Let a right need a gate (or none) from a day on: who has no current pass then only proposes."""
    if right not in ALL_RIGHTS:
        raise BadInput("access.right_unknown", name=right)
    run_sql(HERE, "gate/1_end_need.sql", entity=by.entity_id, right=right, from_on=from_on)
    if gate is not None and not run_sql(
        HERE, "gate/2_begin_need.sql", entity=by.entity_id, right=right, gate=gate, from_on=from_on
    ):
        raise BadInput("gate.unknown", gate=gate)
    act().say(f"{right} needs {gate or 'no gate'} from {from_on}", right=right, gate=gate)


@action("gates.pass")
def pass_gate(
    user_id: int, gate: str, *, passed_on: date, valid_to: date | None = None, note: str = "", by: Actor
) -> None:
    """Record that a person has passed a gate, until a day where it must be renewed; nobody passes themselves."""
    if user_id == by.user_id:
        raise NotAllowed("access.never_to_oneself", gate=gate)
    if valid_to is not None and valid_to <= passed_on:
        raise BadInput("gate.ends_before_it_begins")
    recorded = run_sql(
        HERE,
        "gate/pass.sql",
        entity=by.entity_id,
        gate=gate,
        user=user_id,
        passed_on=passed_on,
        valid_to=valid_to,
        note=note,
        by=by.user_id,
        by_name=by.name,
    )
    if not recorded:
        raise BadInput("gate.unknown", gate=gate)
    act().about("user", user_id)
    act().benefits(user_id)
    act().say(f"Gate {gate} passed", gate=gate, valid_to=valid_to)


@action("gates.pass", name="gates.end_pass")
def end_pass(user_id: int, gate: str, *, on_day: date, by: Actor) -> None:
    """End a person's pass of a gate: from that day they only propose what needs it."""
    if not run_sql(HERE, "gate/end_pass.sql", entity=by.entity_id, user=user_id, gate=gate, on_day=on_day):
        raise Refused("gate.not_passed", gate=gate)
    act().about("user", user_id)
    act().say(f"Gate {gate} is to be passed again", gate=gate)

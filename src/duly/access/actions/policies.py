"""Limits and rights of roles, and numbers of policy: from a day on, what was before stays on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.access.actions.people import require_no_conflict
from duly.access.queries import members
from duly.access.rules import ALL_RIGHTS, LEVELS, POLICIES, ROLES
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotAllowed
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.access"


@dataclass(frozen=True, slots=True)
class NewLimit:
    """The largest amount (minor units; None lifts the limit) a role may move with a right, from a day on."""

    role: str
    right: str
    currency: str
    limit_minor: int | None
    from_on: date


@action("policies.edit", name="access.set_limit")
def set_limit(wanted: NewLimit, *, by: Actor) -> None:
    """Set a role's limit for a right from a day on; nobody widens a role they hold themselves."""
    if wanted.role not in ROLES:
        raise BadInput("access.role_unknown", role=wanted.role, roles=", ".join(ROLES))
    if wanted.limit_minor is not None and wanted.limit_minor < 0:
        raise BadInput("access.limit_below_zero", remedy="give an amount of zero or more")
    if wanted.role in by.roles:
        raise NotAllowed("access.never_to_oneself", role=wanted.role)
    which = {
        "entity": by.entity_id,
        "role": wanted.role,
        "right": wanted.right,
        "currency": wanted.currency,
    }
    before = fetch_value(HERE, "limit/on_day.sql", day=wanted.from_on, **which)
    run_sql(HERE, "limit/1_end.sql", from_on=wanted.from_on, **which)
    if wanted.limit_minor is not None:
        run_sql(HERE, "limit/2_begin.sql", from_on=wanted.from_on, limit=wanted.limit_minor, **which)
    act().say(
        f"Limit of {wanted.role} for {wanted.right} from {wanted.from_on}",
        role=wanted.role,
        right=wanted.right,
        currency=wanted.currency,
        before=before,
        after=wanted.limit_minor,
    )


@dataclass(frozen=True, slots=True)
class NewRight:
    """How a role holds a right from a day on: do, approve, propose, or None for not at all."""

    role: str
    right: str
    level: str | None
    from_on: date


@action("access.grant_money", name="access.set_right")
def set_right(wanted: NewRight, *, by: Actor) -> None:
    """Give a role a right, change its level or take it, from a day on; nobody changes a role they hold themselves.

    Refused where somebody in the role would then hold conflicting rights.
    """
    if wanted.role not in ROLES or wanted.right not in ALL_RIGHTS:
        raise BadInput("access.right_unknown", role=wanted.role, name=wanted.right)
    if wanted.level is not None and wanted.level not in LEVELS:
        raise BadInput("access.level_unknown", level=wanted.level, levels=", ".join(LEVELS))
    if wanted.role in by.roles:
        raise NotAllowed("access.never_to_oneself", role=wanted.role)
    which = {"entity": by.entity_id, "role": wanted.role, "right": wanted.right}
    before = fetch_value(HERE, "right/on_day.sql", day=wanted.from_on, **which)
    run_sql(HERE, "right/1_end.sql", from_on=wanted.from_on, **which)
    if wanted.level is not None:
        run_sql(HERE, "right/2_begin.sql", from_on=wanted.from_on, level=wanted.level, **which)
    holders = [person.user_id for person in members(by.entity_id) if wanted.role in person.roles]
    require_no_conflict(by.entity_id, holders, wanted.from_on)
    act().say(
        f"{wanted.role.capitalize()}: {wanted.right} is {wanted.level or 'not held'} from {wanted.from_on}",
        role=wanted.role,
        right=wanted.right,
        before=before,
        after=wanted.level,
    )


@action("policies.edit", name="access.set_policy")
def set_policy(name: str, value: int, *, from_on: date, by: Actor) -> None:
    """Set a number of policy from a day on; what was before stays on record."""
    if name not in POLICIES:
        raise BadInput("access.policy_unknown", name=name, policies=", ".join(POLICIES))
    if not 0 <= value <= 366:
        raise BadInput("access.policy_out_of_range", name=name, remedy="give a number from 0 to 366")
    which = {"entity": by.entity_id, "name": name}
    before = fetch_value(HERE, "policy/on_day.sql", day=from_on, **which)
    run_sql(HERE, "policy/1_end.sql", from_on=from_on, **which)
    run_sql(HERE, "policy/2_begin.sql", from_on=from_on, value=value, **which)
    act().say(f"{POLICIES[name][1]}: {value} from {from_on}", policy=name, before=before, after=value)

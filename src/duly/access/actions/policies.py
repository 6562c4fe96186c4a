"""Limits and rights of roles, and numbers of policy: from a day on, what was before stays on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.access.rules import ROLES
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

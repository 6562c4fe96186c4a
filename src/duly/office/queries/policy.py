"""Policies, assignment rules and closed days in force."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import fetch_sql
from duly.office.models import PolicyRow, Rule
from duly.office.rules import KINDS, Policy

HERE = "duly.office"
SHAPE = ("within_days", "minutes", "procedure", "pend_days", "most_pend_days", "escalate_after_days", "sample_percent")


def policies(entity_id: int) -> dict[str, Policy]:
    """Return the policy of every kind: the office's own where it wrote one, else the shipped one (version 0)."""
    own = {row.kind: row for row in fetch_sql(HERE, "policy/policies.sql", PolicyRow, entity=entity_id)}
    return {name: _of_row(own[name]) if name in own else kind.policy for name, kind in KINDS.items()}


def _of_row(row: PolicyRow) -> Policy:
    return Policy(**{name: getattr(row, name) for name in SHAPE}, version=row.version)


def policy_history(entity_id: int, kind: str) -> list[PolicyRow]:
    """Return all versions of a kind's policy, newest first; empty while the shipped one holds."""
    return fetch_sql(HERE, "policy/history.sql", PolicyRow, entity=entity_id, kind=kind)


def policies_json(known: dict[str, Policy]) -> str:
    """Write what statements need of the policies, as they read it."""
    return json.dumps(
        [
            {"kind": name, "within_days": one.within_days, "escalate_after_days": one.escalate_after_days}
            for name, one in known.items()
        ]
    )


def rules(entity_id: int) -> list[Rule]:
    """Return the active assignment rules in their order."""
    return fetch_sql(HERE, "policy/rules.sql", Rule, entity=entity_id)


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which the office is closed."""

    day: date
    name: str


def closed_days(entity_id: int, from_on: date) -> list[ClosedDay]:
    """Return the closed days from a day on."""
    return fetch_sql(HERE, "policy/closed.sql", ClosedDay, entity=entity_id, from_on=from_on)


def closed_among(entity_id: int, days: Sequence[date]) -> set[date]:
    """Return which of these days are closed days."""
    return {one.day for one in closed_days(entity_id, min(days)) if one.day in days}

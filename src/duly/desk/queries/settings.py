"""What the settings show, and what forms offer to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duly.access.queries import gates, role_limits, role_rights
from duly.access.rules import ROLES
from duly.catalog.queries import items
from duly.kernel.sql import fetch_sql

HERE = "duly.desk"
MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import: what came in, who brought it, whether it was taken back."""

    id: int
    kind: str
    file_name: str
    rows_read: int
    rows_created: int
    rows_updated: int
    rows_skipped: int
    rows_rejected: int
    rejected_file: str
    state: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right: how each role holds it, up to which amount (minor units) by role and currency, after which gate."""

    name: str
    levels: dict[str, str]
    limits: tuple[tuple[str, str, int, date], ...]
    gates: tuple[str, ...]

    @property
    def area(self) -> str:
        """What it is about: the first word of its name."""
        return self.name.partition(".")[0]

    def limits_of(self, role: str) -> list[tuple[int, str, date]]:
        """Return the limits of a role: amount, currency, from which day."""
        return [(minor, currency, day) for held_by, currency, minor, day in self.limits if held_by == role]


def item_choices(entity_id: int) -> list[tuple[str, str]]:
    """Return the items that are sold, as code and name."""
    return [(item.code, f"{item.code} · {item.name}") for item in items(entity_id, limit=MOST_ITEMS) if item.active]


def rights_table(entity_id: int, today: date) -> list[RightRow]:
    """Return who may do what today, and the limits that hold or will, in order of the rights' names."""
    holders: dict[str, dict[str, str]] = {}
    for row in role_rights(entity_id, today):
        holders.setdefault(row.right_name, {})[row.role] = row.level
    limits = role_limits(entity_id, today)
    needed = gates(entity_id, today)
    return [
        RightRow(
            name,
            levels,
            tuple((x.role, x.currency, x.limit_minor, x.valid_from) for x in limits if x.right_name == name),
            tuple(gate.name for gate in needed if name in gate.rights),
        )
        for name, levels in sorted(holders.items())
    ]


def roles() -> Sequence[str]:
    """Return the roles there are."""
    return ROLES


def import_batches(entity_id: int, *, before: int | None = None, limit: int = 50) -> list[ImportBatch]:
    """Return what was brought in, newest first."""
    return fetch_sql(HERE, "settings/import_batches.sql", ImportBatch, entity=entity_id, before=before, limit=limit)

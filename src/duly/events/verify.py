"""Proof of the events: no row was changed since it was written."""

from __future__ import annotations

from dataclasses import dataclass

from duly.kernel.checks import Problem
from duly.kernel.sql import fetch_sql

HERE = "duly.events"


@dataclass(frozen=True, slots=True)
class _Changed:
    entity_id: int
    id: int


def checks(entity_id: int) -> list[Problem]:
    """Return every event of the entity whose content is not what its hash was taken of (the first
    hundred)."""
    return [
        Problem("events.row_changed", f"event {row.id}", "its content does not give the hash it was written with")
        for row in fetch_sql(HERE, "seal/changed_rows.sql", _Changed, entity=entity_id)
    ]

"""The rules of contact that bind the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from duly.collections.rules.gate import Law
from duly.kernel.sql import fetch_sql

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class _LawRow:
    pack: str
    code: str
    kind: str
    person_kinds: list[str]
    countries: list[str]
    regions: list[str]
    channels: list[str]
    purposes: list[str]
    params: Any
    valid_from: date
    valid_to: date | None


def laws_of(entity_id: int) -> list[Law]:
    """Return the active rules of all packs, whatever day they bind on."""
    return [
        Law(
            row.pack,
            row.code,
            row.kind,
            tuple(row.person_kinds),
            tuple(row.countries),
            tuple(row.regions),
            tuple(row.channels),
            tuple(row.purposes),
            row.params,
            row.valid_from,
            row.valid_to,
        )
        for row in fetch_sql(HERE, "gate/laws.sql", _LawRow, entity=entity_id)
    ]

"""Which payment references the office's documents carry."""

from __future__ import annotations

from dataclasses import dataclass

from duly.kernel.sql import fetch_sql

HERE = "duly.receivables"
RF = "RF"


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A scheme that documents carry now or carried before."""

    scheme: str
    is_current: bool


def reference_schemes(entity_id: int) -> list[str]:
    """Return the schemes in use, the current one first; RF where nothing else was ever chosen."""
    rows = fetch_sql(HERE, "read/reference_schemes.sql", SchemeRow, entity=entity_id)
    found = [row.scheme for row in rows]
    return [*found, *([] if RF in found else [RF])]

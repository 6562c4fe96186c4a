"""What the bill run's screens show beyond the run itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duly.kernel.sql import fetch_sql

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class Owned:
    """An account and whose it is."""

    id: int
    owner_id: int | None


def owners_of(entity_id: int, account_ids: Sequence[int]) -> dict[int, int]:
    """Return who owns which of these accounts now; those nobody owns are left out."""
    rows = fetch_sql(HERE, "runs/owners.sql", Owned, entity=entity_id, ids=list(account_ids))
    return {row.id: row.owner_id for row in rows if row.owner_id is not None}

"""What the rooms above matching know of its cases; matching asks through the list of knowers."""

from __future__ import annotations

from collections.abc import Sequence

from duly.kernel.sql import fetch_sql
from duly.matching.differences import Known

HERE = "duly.reports"


def known_plans(entity_id: int, case_ids: Sequence[int]) -> list[Known]:
    """Return payment plans and disputes of what these cases hang on."""
    return fetch_sql(HERE, "knowing/plans.sql", Known, entity=entity_id, cases=list(case_ids))

"""What must always be true between lines, proposals and what was applied."""

from __future__ import annotations

from duly.kernel.checks import Problem
from duly.kernel.sql import fetch_sql

HERE = "duly.matching"
CHECKS = ["accepted_is_placed", "applied_is_not_more_than_paid"]


def checks(entity_id: int) -> list[Problem]:
    """Return every accepted proposal without its placement and every one that applies too much."""
    return [problem for name in CHECKS for problem in fetch_sql(HERE, f"verify/{name}.sql", Problem, entity=entity_id)]

"""What must hold of agreements, proved from the rows."""

from __future__ import annotations

from duly.kernel.checks import Problem
from duly.kernel.sql import fetch_sql

HERE = "duly.commercial"
CHECKS = ("verify/overlaps.sql", "verify/strays.sql", "verify/billed_twice.sql")


def checks(entity_id: int) -> list[Problem]:
    """Return what is broken: overlapping versions, stray lines, charges billed twice."""
    return [problem for path in CHECKS for problem in fetch_sql(HERE, path, Problem, entity=entity_id)]

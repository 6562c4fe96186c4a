"""What must hold of reminders, plans, disputes and late charges, proved from the rows."""

from __future__ import annotations

from duly.kernel.checks import Problem
from duly.kernel.sql import fetch_sql

HERE = "duly.collections"
CHECKS = ("verify/charges.sql", "verify/plans.sql", "verify/disputes.sql", "verify/letters.sql")


def checks(entity_id: int) -> list[Problem]:
    """Return what is broken: charges without item or entry, plans that do not add up, disputes above their item."""
    return [problem for path in CHECKS for problem in fetch_sql(HERE, path, Problem, entity=entity_id)]

"""What must always be true of the bank's side, proved again from the rows."""

from __future__ import annotations

from duly.kernel.checks import Problem
from duly.kernel.sql import fetch_sql

HERE = "duly.banking"
CHECKS = ["chain_holds", "placements_are_the_line", "books_have_the_placement", "receipt_of_the_placement"]


def checks(entity_id: int) -> list[Problem]:
    """Return every statement, line or placement that the chain or the books contradict."""
    return [problem for name in CHECKS for problem in fetch_sql(HERE, f"verify/{name}.sql", Problem, entity=entity_id)]

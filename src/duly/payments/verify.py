"""What must always be true of receipts, proved again from the rows."""

from __future__ import annotations

from duly.kernel.checks import Problem
from duly.kernel.sql import fetch_sql

HERE = "duly.payments"
CHECKS = [
    "item_is_the_receipt",
    "books_have_the_receipt",
    "reversed_means_mirrored",
    "every_receipt_is_numbered",
    "refunds_are_paid_once",
]


def checks(entity_id: int) -> list[Problem]:
    """Return every receipt whose item, entry, mirror or number is missing or differs."""
    return [problem for name in CHECKS for problem in fetch_sql(HERE, f"verify/{name}.sql", Problem, entity=entity_id)]

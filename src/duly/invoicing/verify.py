"""Proving documents, numbers, credits and certificates from the rows."""

from __future__ import annotations

from dataclasses import dataclass

from duly.kernel.checks import Problem
from duly.kernel.sql import fetch_sql

HERE = "duly.invoicing"
CHECKS = {
    "invoicing.totals": "a document is its lines and taxes",
    "invoicing.tax_shares": "a tax is the shares of its lines",
    "invoicing.numbers": "numbers have no gap and no stranger",
    "invoicing.items": "a document is open in its total",
    "invoicing.postings": "a document is in the books as it stands on paper",
    "invoicing.credited": "no line is taken back beyond what was billed",
    "invoicing.drafts": "nothing waits to be billed twice",
    "invoicing.certificates": "every issued run adds up",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A broken invariant as the database names it."""

    subject: str
    detail: str


def checks(entity_id: int) -> list[Problem]:
    """Prove every invariant of charges, documents and runs of an entity; at most 20 findings a check."""
    return [
        Problem(check, found.subject, found.detail)
        for check in CHECKS
        for found in fetch_sql(HERE, f"verify/{check.split('.')[1]}.sql", Found, entity=entity_id)
    ]

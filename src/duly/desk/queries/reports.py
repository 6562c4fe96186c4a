"""Finding what a number or an entry is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class Named:
    """The document a number is of."""

    document_kind: str
    document_id: int
    number: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A posting with the entry it belongs to; debit positive, minor units."""

    entry_id: int
    effective_on: date
    posted_at: datetime
    source_kind: str
    source_id: int
    memo: str
    reverses_id: int | None
    line: int
    code: str
    name: str
    currency: str
    amount_minor: int
    account_number: str | None
    account_name: str | None


def document_named(entity_id: int, number: str) -> Named | None:
    """Return which document has a number; None when none has."""
    return fetch_one(HERE, "reports/named.sql", Named, entity=entity_id, number=number.strip())


def entry(entity_id: int, entry_id: int) -> list[EntryLine]:
    """Return an entry's postings; NotFound when the books have none of that id."""
    lines = fetch_sql(HERE, "reports/entry.sql", EntryLine, entity=entity_id, id=entry_id)
    if not lines:
        raise NotFound("ledger.unknown_entry", entry=entry_id)
    return lines


def number_of(entity_id: int, kinds: list[str], document_id: int) -> str | None:
    """Return the number of a document of one of these kinds."""
    found: str | None = fetch_value(HERE, "reports/number_of.sql", entity=entity_id, kinds=kinds, id=document_id)
    return found

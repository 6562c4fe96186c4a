"""Subledger against ledger: the open items of each control account beside its balance in the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import fetch_sql

HERE = "duly.receivables"


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """One control account and currency: what its items have open, what the ledger says, minor units."""

    code: str
    name: str
    currency: str
    items_minor: int
    ledger_minor: int

    @property
    def difference_minor(self) -> int:
        """Ledger less items; zero when they tie."""
        return self.ledger_minor - self.items_minor


@dataclass(frozen=True, slots=True)
class OffItem:
    """An item whose postings are not what is open of it (`item_id` None: postings without an item)."""

    code: str
    currency: str
    item_id: int | None
    account_id: int | None
    items_minor: int
    ledger_minor: int


def control_totals(entity_id: int, as_of: date | None = None) -> list[ControlTotal]:
    """Return subledger and ledger side by side, as of the end of a day or as everything stands."""
    return fetch_sql(HERE, "read/control_totals.sql", ControlTotal, entity=entity_id, as_of=as_of or date.max)


def items_off_the_ledger(entity_id: int) -> list[OffItem]:
    """Return the difference line by line: the items whose postings on control accounts are not what is
    open."""
    return fetch_sql(HERE, "read/items_off_the_ledger.sql", OffItem, entity=entity_id)

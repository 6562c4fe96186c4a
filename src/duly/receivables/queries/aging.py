"""What is open, by how late it is, as of any day.

A day in the past is answered by what is open now, plus what was allocated after the day, of items that were
there on
the day: no balance is ever kept per day, and none can be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import fetch_sql, stream_sql

HERE = "duly.receivables"
BUCKETS = ("not_due", "late_1_30", "late_31_60", "late_61_90", "late_over_90")
"""The columns in days after the due day; credits and money not yet applied stand apart, never inside a
bucket."""


@dataclass(frozen=True, slots=True)
class Aging:
    """What one account (or, without one, everybody) owes in one currency, in minor units by days late."""

    account_id: int | None
    number: str
    name: str
    currency: str
    items: int
    not_due_minor: int
    late_1_30_minor: int
    late_31_60_minor: int
    late_61_90_minor: int
    late_over_90_minor: int
    unapplied_minor: int
    total_minor: int

    @property
    def buckets(self) -> tuple[int, ...]:
        """The five buckets in order of lateness."""
        return (
            self.not_due_minor,
            self.late_1_30_minor,
            self.late_31_60_minor,
            self.late_61_90_minor,
            self.late_over_90_minor,
        )

    @property
    def past_due_minor(self) -> int:
        """Everything whose due day has passed."""
        return sum(self.buckets[1:])


def aging_totals(entity_id: int, as_of: date) -> list[Aging]:
    """Return one row a currency over all accounts, as of the end of a day."""
    return fetch_sql(HERE, "read/aging_totals.sql", Aging, entity=entity_id, as_of=as_of)


def aging_page(entity_id: int, as_of: date, *, after: tuple[int, str] | None = None, limit: int = 50) -> list[Aging]:
    """Return the next accounts with anything open on the day, in order of account and currency."""
    return fetch_sql(
        HERE,
        "read/aging_page.sql",
        Aging,
        entity=entity_id,
        as_of=as_of,
        after_account=after[0] if after else 0,
        after_currency=after[1] if after else "",
        limit=limit,
    )


def stream_aging(entity_id: int, as_of: date) -> Iterator[Aging]:
    """Yield every account with anything open on the day, in order of account; needs a transaction."""
    return stream_sql(HERE, "read/aging_accounts.sql", Aging, entity=entity_id, as_of=as_of)


def account_aging(entity_id: int, account_id: int, as_of: date) -> list[Aging]:
    """Return one row a currency of one account, as of the end of a day."""
    return fetch_sql(HERE, "read/aging_of_account.sql", Aging, entity=entity_id, account=account_id, as_of=as_of)

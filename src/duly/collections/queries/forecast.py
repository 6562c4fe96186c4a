"""What cash to expect, from how each payer really pays, with promises and plans in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.collections.rules.forecast import Sums, Week, weeks_of
from duly.kernel.sql import fetch_sql

HERE = "duly.collections"
WEEKS = 13


@dataclass(frozen=True, slots=True)
class Habit:
    """How late an account pays: payments looked at, and days past due at 10, 50 and 90 % of them."""

    payments: int
    early_days: int | None
    usual_days: int | None
    late_days: int | None


def expected_cash(entity_id: int, today: date, *, weeks: int = WEEKS, account_id: int | None = None) -> list[Week]:
    """Return the cash expected in each of the next weeks, currency by currency, without what is disputed or with an
    agency. Amounts are minor units; each account's payments are taken as independent of the others'.
    """
    sums = fetch_sql(HERE, "forecast/weeks.sql", Sums, entity=entity_id, today=today, weeks=weeks, account=account_id)
    return weeks_of(sums)


def habit_of(entity_id: int, account_id: int, today: date) -> Habit:
    """Return how late an account has paid what it settled in the last two years."""
    [found] = fetch_sql(HERE, "forecast/habit.sql", Habit, entity=entity_id, account=account_id, today=today)
    return found

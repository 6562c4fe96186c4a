"""What several reports share: streaming rows as tuples, months and parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from duly.kernel.sql import fetch_sql, stream_sql
from duly.ledger.queries import chart, trial_balance
from duly.reports.models import Asked, Page, Parameter, Proof, Row

HERE = "duly.reports"


def _as_row(**columns: Any) -> Row:
    return tuple(columns.values())


def stream(path: str, **params: Any) -> Iterator[Row]:
    """Yield a statement's rows as tuples in constant memory; needs a transaction."""
    return stream_sql(HERE, path, cast("type[Row]", _as_row), **params)


def fetch(path: str, **params: Any) -> list[Row]:
    """Return a statement's rows as tuples."""
    return fetch_sql(HERE, path, cast("type[Row]", _as_row), **params)


def day_parameter(asked: Asked, name: str, label: str, default: date) -> Parameter:
    """Return a day parameter with its value as the address has it."""
    return Parameter(name, label, "date", asked.day(name, default).isoformat())


def year_before(day: date) -> date:
    """Return the first day of the month twelve months before: thirteen months end with this one."""
    return date(day.year - 1, day.month, 1)


def months(from_on: date, to_on: date) -> list[date]:
    """Return the first days of the months from one day to another."""
    found, day = [], from_on.replace(day=1)
    while day <= to_on:
        found.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found


def by_currency(rows: Iterable[Row], currency_at: int, minor_at: int) -> dict[str, int]:
    """Return the sum of a money column per currency."""
    totals: dict[str, int] = {}
    for row in rows:
        currency = str(row[currency_at])
        totals[currency] = totals.get(currency, 0) + int(cast(int, row[minor_at]))
    return totals


def control_balances(entity_id: int, as_of: date) -> dict[str, int]:
    """Return, per currency, what the ledger's control accounts hold at the end of a day: all open items
    together."""
    controls = {account.id for account in chart(entity_id) if account.control}
    totals: dict[str, int] = {}
    for row in trial_balance(entity_id, as_of):
        if row.gl_account_id in controls:
            totals[row.currency] = totals.get(row.currency, 0) + row.balance_minor
    return totals


def control_proofs(entity_id: int, as_of: date, reported: dict[str, int]) -> tuple[Proof, ...]:
    """Return, per currency, the open items a report shows beside the control accounts of the ledger."""
    ledger = control_balances(entity_id, as_of)
    return tuple(
        Proof(
            "Open items against the ledger's control accounts",
            currency,
            reported.get(currency, 0),
            ledger.get(currency, 0),
            f"/reports/trial-balance?as_of={as_of}",
        )
        for currency in sorted({*ledger, *reported})
        if ledger.get(currency, 0) or reported.get(currency, 0)
    )


def keyset(rows: list[Row], limit: int, key_at: tuple[int, ...]) -> Page:
    """Return the first `limit` of the rows, with the last one's key as cursor when there are more."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(shown, tuple(str(shown[-1][at]) for at in key_at) if more else None)

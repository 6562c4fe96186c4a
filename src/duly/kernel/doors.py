"""A door lets a capability above hand rows to one below: temporary tables, filled by SQL, taken in at the end.

The tables belong to the connection and empty themselves at commit; a door empties them too when it closes, so that
several batches fit in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

ANALYZE_FROM = 500
"""Rows from which planning without statistics hurts (un-analysed tables invite nested loops that never end)."""


@contextmanager
def door(tables: dict[str, str], take_in: Callable[[], object]) -> Iterator[None]:
    """Make the temporary `tables` (name -> column list), let the caller fill them, take the rows in, empty them."""
    with connection.cursor() as cursor:
        for name, columns in tables.items():
            cursor.execute(f"create temp table if not exists {name} ({columns}) on commit delete rows")
    yield
    analyze(*tables)
    take_in()
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"delete from {name}")  # noqa: S608  names are ours


def analyze(*tables: str) -> None:
    """Refresh the planner's statistics of temporary tables that hold more than a few hundred rows."""
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"select count(*) from (select 1 from {name} limit {ANALYZE_FROM}) as few")  # noqa: S608  names are ours
            if cursor.fetchone()[0] >= ANALYZE_FROM:
                cursor.execute(f"analyze {name}")

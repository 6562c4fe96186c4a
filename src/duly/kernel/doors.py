"""A door lets a capability above hand rows to one below: temporary tables, filled by SQL, taken in at the end.

The tables belong to the connection and empty themselves at commit; a door empties them when it opens, too, so that
several batches fit in one transaction. A door costs two round trips beside what goes through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

ANALYZE_FROM = 500
"""Rows from which planning without statistics hurts (un-analysed tables invite nested loops that never end)."""


@contextmanager
def door(
    tables: dict[str, str], take_in: Callable[[], object], *, keys: dict[str, str] | None = None
) -> Iterator[None]:
    """Make the temporary `tables` (name -> column list), let the caller fill them, take the rows in.

    `keys` names the tables whose statistics serve a join, and the columns joined by; None is all of all tables.
    """
    make = "; ".join(
        f"create temp table if not exists {name} ({columns}) on commit delete rows; delete from {name}"  # noqa: S608  names are ours
        for name, columns in tables.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(make)
    yield
    if keys is None:
        analyze(*tables)
    elif keys:
        analyze(*keys, columns=keys)
    take_in()


def analyze(*tables: str, columns: dict[str, str] | None = None) -> None:
    """Refresh the planner's statistics of temporary tables that hold more than a few hundred rows."""
    few = ", ".join(f"(select count(*) from (select 1 from {name} limit {ANALYZE_FROM}) as few)" for name in tables)  # noqa: S608  names are ours
    with connection.cursor() as cursor:
        cursor.execute(f"select {few}")
        for name, rows in zip(tables, cursor.fetchone(), strict=True):
            if rows >= ANALYZE_FROM:
                cursor.execute(f"analyze {name} ({columns[name]})" if columns else f"analyze {name}")

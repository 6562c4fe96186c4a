"""Run a named .sql file of a capability inside the current transaction; rows come back as typed dataclasses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import psycopg
from django.db import connection
from psycopg import sql

R = TypeVar("R")
_JSON_TYPES = frozenset({114, 3802})
"""Type numbers of json and jsonb: Django leaves their values as text, rows want them read."""
_keeping: ContextVar[bool] = ContextVar("duly_keeping_plans", default=False)
_IN_QUOTES = re.compile(r"'[^']*'")
PLANS_KEPT = 400
"""Plans a connection remembers: all statements of the acts that keep theirs, in a few variants of number types."""


@contextmanager
def kept_plans() -> Iterator[None]:
    """Plan the statements inside once a connection, not once a call: for an act on a few rows, where planning fifty
    statements costs more than running them. A run over thousands of rows wants plans made for its sizes instead.

    Statements inside are bound by the server; needs a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local plan_cache_mode = force_generic_plan")
    raw = connection.connection
    raw.prepare_threshold, raw.prepared_max = PLANS_KEPT, PLANS_KEPT
    token = _keeping.set(True)
    try:
        yield
    finally:
        _keeping.reset(token)


@contextmanager
def _executed(package: str, path: str, params: Mapping[str, Any]) -> Iterator[Any]:
    """Run the statement; the cursor it answers through."""
    if _keeping.get() and _is_one(package, path):
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            yield cursor.execute(statement(package, path), params, prepare=True)
    else:
        with connection.cursor() as wrapped:
            wrapped.execute(statement(package, path), params)
            yield wrapped


@cache
def _is_one(package: str, path: str) -> bool:
    """Return whether the file holds one statement: only such has a plan to keep."""
    lines = statement(package, path).splitlines()
    text = _IN_QUOTES.sub("", "\n".join(line for line in lines if not line.lstrip().startswith("--")))
    return ";" not in text.rstrip().rstrip(";")


@cache
def statement(package: str, path: str) -> str:
    """Return the text of `package/sql/path`."""
    return files(package).joinpath("sql", path).read_text(encoding="utf-8")


def run_sql(package: str, path: str, **params: Any) -> int:
    """Run a statement and return how many rows it touched."""
    with _executed(package, path, params) as cursor:
        return int(cursor.rowcount)


def fetch_sql(package: str, path: str, row_type: type[R], **params: Any) -> list[R]:
    """Run a query; each column fills the field of that name of `row_type` (a dataclass)."""
    with _executed(package, path, params) as cursor:
        make = _row_maker(cursor.description, row_type)
        return [make(row) for row in cursor.fetchall()]


def fetch_one(package: str, path: str, row_type: type[R], **params: Any) -> R | None:
    """Run a query that finds one row or none."""
    rows = fetch_sql(package, path, row_type, **params)
    assert len(rows) <= 1, f"{path} found {len(rows)} rows"
    return rows[0] if rows else None


def fetch_value(package: str, path: str, **params: Any) -> Any:
    """Run a statement and return the first column of its first row, or None."""
    with _executed(package, path, params) as cursor:
        row = cursor.fetchone()
        if row is None:
            return None
        return _read_json(row[0]) if cursor.description[0][1] in _JSON_TYPES else row[0]


def stream_sql(package: str, path: str, row_type: type[R], *, size: int = 2000, **params: Any) -> Iterator[R]:
    """Run a query through a server-side cursor in constant memory; needs a transaction."""
    with connection.connection.cursor(name="duly_stream") as cursor:
        cursor.itersize = size
        cursor.execute(statement(package, path), params)
        make = _row_maker(cursor.description, row_type)
        for row in cursor:
            yield make(row)


def _row_maker(description: Sequence[Any], row_type: type[R]) -> Callable[[Sequence[Any]], R]:
    names = [column[0] for column in description]
    json_places = [place for place, column in enumerate(description) if column[1] in _JSON_TYPES]

    def make(row: Sequence[Any]) -> R:
        values = list(row)
        for place in json_places:
            values[place] = _read_json(values[place])
        return row_type(**dict(zip(names, values, strict=True)))

    return make


def _read_json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, (str, bytes)) else value


def copy_rows(table: str, columns: list[str], rows: Iterator[tuple[Any, ...]]) -> int:
    """COPY rows into a table (a temporary staging table of the caller); returns how many."""

    copied = 0
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    command = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)
            copied += 1
    return copied

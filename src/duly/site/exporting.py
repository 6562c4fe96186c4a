"""Taking tables out: every report there is, a few lists beside them, and the journal; each file is whole or
not there.

Memory stays constant whatever the number of rows; who took what out, and how much, stays on record as an
event.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from duly.formats.tabular.write import Column, write_table
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.kernel.sql import stream_sql
from duly.ledger.queries import periods
from duly.reports.exports import write_journal
from duly.reports.queries import BY_NAME, report

HERE = "duly.site"
TABLES = ("csv", "xlsx", "parquet")
JOURNALS = ("csv", "beancount")
MOVEMENTS = ("invoices", "receipts", "allocations", "postings")
"""Reports that a file has whole unless days are named; on a screen they begin with the last stretch."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked for; None is the beginning or the end of the books."""

    from_on: date | None = None
    to_on: date | None = None


def columns_of(words: str) -> tuple[Column, ...]:
    """Read columns written as `name` or `name:kind`; money is in the currency of the column `currency`."""
    parted = [word.partition(":") for word in words.split()]
    return tuple(
        Column(name, kind or "text", "currency" if kind == "money" else None)  # type: ignore[arg-type]
        for name, _, kind in parted
    )


LISTS: dict[str, tuple[Column, ...]] = {
    "customers": columns_of(
        "customer name email currency terms_days:int po_number tax_profile delivery language state opened_on:date"
        " external_id"
    ),
    "invoice-lines": columns_of(
        "number kind issued_on:date line:int account description period_from:date period_to:date quantity:decimal"
        " unit unit_price:decimal currency net:money tax_code revenue_account charge_key"
    ),
    "bank-lines": columns_of(
        "line:int bank_account booked_on:date value_on:date currency amount:money payer text structured_reference"
        " state sentence"
    ),
}
KINDS = (*BY_NAME, *LISTS, "journal")


@action("exports.run")
def export(
    kind: str, file: Path, *, days: Days, values: Mapping[str, str] | None = None, today: date, by: Actor
) -> dict[str, Any]:
    """Write a kind in the format of the name's ending; returns `rows`, and of a journal its `batch` and
    `sha256`.

    `values` are parameters of a report by name, as its address has them (`as_of`, `account`, `by` ...).
    """
    ending = file.suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise BadInput("exports.kind_unknown", kind=kind, kinds=", ".join(KINDS))
    endings = JOURNALS if kind == "journal" else TABLES
    if ending not in endings:
        raise BadInput("exports.ending_unknown", file=file.name, remedy=f"a name ending in {' or '.join(endings)}")
    books = periods(by.entity_id)
    whole_days = Days(days.from_on or books[0].starts_on, days.to_on or books[-1].ends_on)
    with whole(file) as out:
        if kind == "journal":
            facts = _journal(by.entity_id, whole_days, out, ending)
        elif kind in LISTS:
            facts = {"rows": write_table(_rows(kind, by.entity_id, whole_days), LISTS[kind], out, ending=ending)}
        else:
            asked = _asked(whole_days if kind in MOVEMENTS else days) | dict(values or {})
            found = report(by.entity_id, kind, today=today, values=asked)
            facts = {"rows": write_table(found.rows(), found.typed_columns, out, ending=ending)}
    act().about("export", None)
    act().say(f"{facts['rows']:,} rows of {kind} taken out as {file.name}", kind=kind, **facts)
    return facts


def _asked(days: Days) -> dict[str, str]:
    named = {"from": days.from_on, "to": days.to_on}
    return {name: day.isoformat() for name, day in named.items() if day is not None}


def _journal(entity_id: int, days: Days, out: BinaryIO, ending: str) -> dict[str, Any]:
    assert days.from_on is not None
    assert days.to_on is not None
    done = write_journal(entity_id, days.from_on, days.to_on, out, ending=ending)
    return {"rows": done.rows, "batch": done.batch, "sha256": done.sha256}


def _rows(kind: str, entity_id: int, days: Days) -> Iterator[tuple[object, ...]]:
    path = f"export/{kind.replace('-', '_')}.sql"
    found = stream_sql(HERE, path, dict, entity=entity_id, from_on=days.from_on, to_on=days.to_on)
    return (tuple(row[column.name] for column in LISTS[kind]) for row in found)


@contextmanager
def whole(file: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its name only when the block has ended well."""
    if not file.parent.is_dir():
        raise BadInput("exports.no_such_folder", file=str(file), remedy="make the folder first")
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with draft.open("w+b") as out:
            yield out
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)

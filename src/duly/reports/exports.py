"""Reports and the journal as files: typed XLSX, CSV and Parquet; the journal as CSV and Beancount with its
hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, BinaryIO

from django.db import transaction

from duly.formats.ledger_export import Account, Entry, Posting, write_beancount, write_journal_csv
from duly.formats.tabular.write import write_table
from duly.kernel.refusals import BadInput
from duly.ledger.models import JournalPosting
from duly.ledger.queries import chart, stream_journal
from duly.reports.models import Report

JOURNAL_ENDINGS = ("csv", "beancount")


def write_report(report: Report, out: BinaryIO, *, ending: str) -> int:
    """Write a report as csv, xlsx or parquet in constant memory; returns how many rows."""
    with transaction.atomic():
        return write_table(report.rows(), report.typed_columns, out, ending=ending)


@dataclass(frozen=True, slots=True)
class JournalFile:
    """What a journal export wrote; the same days of closed books always give the same hash."""

    batch: str
    sha256: str
    rows: int
    from_on: date
    to_on: date


class _Hashing:
    """A file that keeps the sha256 of what is written to it."""

    def __init__(self, out: BinaryIO) -> None:
        self.out, self.hash = out, hashlib.sha256()

    def write(self, data: Any) -> int:
        self.hash.update(data)
        return self.out.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.out, name)


def write_journal(entity_id: int, from_on: date, to_on: date, out: BinaryIO, *, ending: str) -> JournalFile:
    """Write all entries of these days as `csv` or `beancount`; a second export of the same rows is the same
    file.

    `batch` names the file to whoever books it: days and the first 12 digits of its sha256.
    """
    if ending not in JOURNAL_ENDINGS:
        raise BadInput("reports.unknown_journal_format", ending=ending, known=", ".join(JOURNAL_ENDINGS))
    accounts = [Account(row.code, row.name, row.kind) for row in chart(entity_id)]  # type: ignore[arg-type]
    hashing: Any = _Hashing(out)
    with transaction.atomic():
        entries = _entries(stream_journal(entity_id, from_on, to_on))
        if ending == "csv":
            rows = write_journal_csv(entries, accounts, hashing)
        else:
            title = f"Journal {from_on} to {to_on}"
            rows = write_beancount(entries, accounts, hashing, title=title, first_on=from_on)
    digest = hashing.hash.hexdigest()
    return JournalFile(f"{from_on:%Y%m%d}-{to_on:%Y%m%d}-{digest[:12]}", digest, rows, from_on, to_on)


def _entries(postings: Iterator[JournalPosting]) -> Iterator[Entry]:
    for _, group in groupby(postings, key=lambda posting: posting.entry_id):
        lines = list(group)
        first = lines[0]
        facts = {"source": f"{first.source_kind} {first.source_id}"}
        if first.reverses_id is not None:
            facts["reverses"] = str(first.reverses_id)
        yield Entry(
            number=str(first.entry_id),
            posted_on=first.effective_on,
            kind=first.source_kind,
            text=first.memo,
            postings=tuple(
                Posting(
                    line.code,
                    line.amount_minor,
                    line.currency,
                    reference=f"account {line.account_id}" if line.account_id else "",
                )
                for line in lines
            ),
            facts=facts,
        )

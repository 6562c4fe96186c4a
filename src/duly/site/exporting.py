"""Taking tables out: each kind is typed columns and a stream of rows; the file is whole or not there at all.

Memory stays constant whatever the number of rows; who took what out, and how much, stays on record as an event.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from duly.access.queries import entity
from duly.formats.ledger_export import Account, Entry, Posting, write_beancount, write_journal_csv
from duly.formats.tabular.write import Column, write_table
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.kernel.sql import stream_sql
from duly.ledger.models import JournalPosting
from duly.ledger.queries import chart, periods, stream_journal, trial_balance
from duly.receivables.queries.aging import stream_aging
from duly.receivables.queries.items import stream_open_items

HERE = "duly.site"
TABLES = ("csv", "xlsx", "parquet")
JOURNALS = ("csv", "beancount")
Rows = Iterator[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows, of which days; `as_of` is the day of kinds that are a state and not a movement."""

    entity_id: int
    from_on: date
    to_on: date
    as_of: date


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of table: its columns in order, and where its rows come from."""

    columns: tuple[Column, ...]
    rows: Callable[[Scope], Rows]


def columns_of(words: str) -> tuple[Column, ...]:
    """Read columns written as `name` or `name:kind`; money is in the currency of the column `currency`."""
    parted = [word.partition(":") for word in words.split()]
    return tuple(
        Column(name, kind or "text", "currency" if kind == "money" else None)  # type: ignore[arg-type]
        for name, _, kind in parted
    )


def queried(file: str, words: str) -> Export:
    """Return the kind whose rows are what a statement of sql/export finds."""
    columns = columns_of(words)

    def rows(scope: Scope) -> Rows:
        found = stream_sql(
            HERE, f"export/{file}", dict, entity=scope.entity_id, from_on=scope.from_on, to_on=scope.to_on
        )
        return (tuple(row[column.name] for column in columns) for row in found)

    return Export(columns, rows)


def read(words: str, found: Callable[[Scope], Iterable[object]], fields: str) -> Export:
    """Return the kind whose rows are a reading of a capability: `fields` of its rows, in the columns' order."""
    names = fields.split()

    def rows(scope: Scope) -> Rows:
        return (tuple(getattr(row, name) for name in names) for row in found(scope))

    return Export(columns_of(words), rows)


POSTINGS = (
    "entry:int line:int effective_on:date posted_at:datetime source source_id:int memo ledger_account ledger_name"
    " currency amount:money account_id:int item_id:int reverses:int"
)
AGING = (
    "account name currency items:int not_due:money late_1_30:money late_31_60:money late_61_90:money"
    " late_over_90:money unapplied:money total:money"
)
EXPORTS: dict[str, Export] = {
    "customers": queried(
        "customers.sql",
        "customer name email currency terms_days:int po_number tax_profile delivery language state opened_on:date"
        " external_id",
    ),
    "invoices": queried(
        "invoices.sql",
        "number kind account name issued_on:date due_on:date period_from:date period_to:date currency net:money"
        " tax:money total:money open:money closed_on:date reference po_number reason corrects voided_by run:int"
        " delivery",
    ),
    "invoice-lines": queried(
        "invoice_lines.sql",
        "number kind issued_on:date line:int account description period_from:date period_to:date quantity:decimal"
        " unit unit_price:decimal currency net:money tax_code revenue_account charge_key",
    ),
    "open-items": read(
        "account name kind number currency issued_on:date due_on:date amount:money open:money",
        lambda scope: stream_open_items(scope.entity_id, scope.as_of),
        "account_number account_name kind number currency issued_on due_on amount_minor open_minor",
    ),
    "allocations": queried(
        "allocations.sql",
        "id:int effective_on:date account name document document_kind settled_by settled_by_kind currency"
        " amount:money reason reverses:int posted_at:datetime",
    ),
    "receipts": queried(
        "receipts.sql",
        "number kind received_on:date account name method currency amount:money unapplied:money ledger_account payer"
        " reference state recorded_by recorded_at:datetime",
    ),
    "bank-lines": queried(
        "bank_lines.sql",
        "line:int bank_account booked_on:date value_on:date currency amount:money payer text structured_reference"
        " state sentence",
    ),
    "postings": read(
        POSTINGS,
        lambda scope: stream_journal(scope.entity_id, scope.from_on, scope.to_on),
        "entry_id line effective_on posted_at source_kind source_id memo code gl_name currency amount_minor account_id"
        " item_id reverses_id",
    ),
    "trial-balance": read(
        "ledger_account name kind currency debit:money credit:money balance:money",
        lambda scope: trial_balance(scope.entity_id, scope.as_of),
        "code name kind currency debit_minor credit_minor balance_minor",
    ),
    "aging": read(
        AGING,
        lambda scope: stream_aging(scope.entity_id, scope.as_of),
        "number name currency items not_due_minor late_1_30_minor late_31_60_minor late_61_90_minor"
        " late_over_90_minor unapplied_minor total_minor",
    ),
}
KINDS = (*EXPORTS, "journal")


@action("exports.run")
def export(kind: str, file: Path, scope: Scope, *, by: Actor) -> int:
    """Write a kind into a file in the format of the name's ending; returns how many rows (entries of a journal)."""
    ending = file.suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise BadInput("exports.kind_unknown", kind=kind, kinds=", ".join(KINDS))
    endings = JOURNALS if kind == "journal" else TABLES
    if ending not in endings:
        raise BadInput("exports.ending_unknown", file=file.name, remedy=f"a name ending in {' or '.join(endings)}")
    with whole(file) as out:
        if kind == "journal":
            rows = write_journal(scope, out, ending=ending)
        else:
            rows = write_table(EXPORTS[kind].rows(scope), EXPORTS[kind].columns, out, ending=ending)
    act().about("export", None)
    act().say(f"{rows:,} rows of {kind} taken out as {file.name}", kind=kind, rows=rows)
    return rows


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


def write_journal(scope: Scope, out: BinaryIO, *, ending: str) -> int:
    """Write the journal as CSV or as Beancount text; returns how many rows or transactions."""
    accounts = [Account(one.code, one.name, one.kind) for one in chart(scope.entity_id)]  # type: ignore[arg-type]
    entries = entries_of(stream_journal(scope.entity_id, scope.from_on, scope.to_on))
    if ending == "csv":
        return write_journal_csv(entries, accounts, out)
    home, first_on = entity(scope.entity_id), periods(scope.entity_id)[0].starts_on
    return write_beancount(entries, accounts, out, title=home.name, first_on=first_on)


def entries_of(postings: Iterable[JournalPosting]) -> Iterator[Entry]:
    """Gather the postings of each entry, as they come."""
    for _, group in groupby(postings, key=lambda posting: posting.entry_id):
        lines = list(group)
        first = lines[0]
        yield Entry(
            str(first.entry_id),
            first.effective_on,
            first.source_kind,
            first.memo,
            tuple(Posting(line.code, line.amount_minor, line.currency) for line in lines),
            {"source": f"{first.source_kind} {first.source_id}"},
        )

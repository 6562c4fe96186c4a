"""The chart of accounts. A chart is small, so its values pass through Python."""

from __future__ import annotations

from dataclasses import dataclass

from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql
from duly.ledger.actions import import_accounts, undo_import_accounts
from duly.ledger.rules import CONTROLS, KINDS, ChartLine
from duly.site.imports.spec import Batch, Counts, Field, Kind, register

HERE = "duly.site"


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    code: str
    name: str
    type: str
    control: str
    parent_code: str


def take_in(batch: Batch) -> Counts:
    """Add and change ledger accounts by code; one with postings keeps its kind and control.

    Whoever may import customers may not therefore change the books: this asks for the right of the ledger as
    well.
    """
    batch.by.require("ledger.edit")
    rows = fetch_sql(HERE, "imports/chart/rows.sql", _Row)
    wanted = [ChartLine(row.code, row.name, row.type, row.control, row.parent_code) for row in rows]
    done = import_accounts(wanted, import_batch_id=batch.id, by=batch.by)
    rejected = tuple((rows[one.place - 1].line, one.reason, "correct the row") for one in done.rejected)
    return Counts(done.created, done.updated, done.unchanged, rejected)


def undo(batch_id: int, by: Actor) -> int:
    """Take away the ledger accounts a batch made; refused when one has postings."""
    return undo_import_accounts(batch_id, by=by)


CHART = register(
    Kind(
        "chart",
        "ledger accounts",
        (
            Field(
                "code",
                required=True,
                aliases=(
                    "account",
                    "account number",
                    "account code",
                    "gl code",
                    "ledger account",
                    "konto",
                    "kontonummer",
                ),
            ),
            Field("name", required=True, aliases=("account name", "title", "bezeichnung", "kontobezeichnung")),
            Field("type", "code", required=True, aliases=("kind", "account type", "kontoart"), choices=KINDS),
            Field(
                "control",
                "code",
                default="",
                choices=CONTROLS,
                help="receivable or unapplied: its balance is the sum of open items",
            ),
            Field("parent_code", default="", aliases=("parent", "group", "oberkonto")),
        ),
        (),
        take_in,
        undo,
    )
)

"""Taking in a chart of accounts: what is new is added, what differs is changed, what has postings keeps its
kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.refusals import Refused
from duly.kernel.sql import copy_rows, fetch_sql, fetch_value, run_sql
from duly.ledger.rules import ChartLine, chart_fault

HERE = "duly.ledger"

STAGED = {
    "staged_gl_account": """
        place bigint not null,
        code text not null,
        name text not null,
        kind text not null,
        control text,
        parent_code text,
        active boolean not null,
        fault text not null default ''""",
}
COLUMNS = ["place", "code", "name", "kind", "control", "parent_code", "active", "fault"]


@dataclass(frozen=True, slots=True)
class RejectedAccount:
    """A row that was not taken: its place in the file (from 1) and why."""

    place: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChartOutcome:
    """What became of the rows of a chart."""

    created: int
    updated: int
    unchanged: int
    rejected: list[RejectedAccount]


@action("ledger.edit", name="ledger.import_accounts")
def import_accounts(rows: Iterable[ChartLine], *, import_batch_id: int | None = None, by: Actor) -> ChartOutcome:
    """Add and change ledger accounts by code; rows with a fault are left out and named with their reason."""
    outcome: list[ChartOutcome] = []
    with door(STAGED, lambda: outcome.append(_take_in(by.entity_id, import_batch_id))):
        copy_rows("staged_gl_account", COLUMNS, _staged(rows))
    done = outcome[0]
    act().say(
        f"Chart of accounts: {done.created} new, {done.updated} changed, {len(done.rejected)} left out",
        created=done.created,
        updated=done.updated,
        rejected=len(done.rejected),
    )
    if import_batch_id is not None:
        act().undo_with("ledger.undo_import_accounts", import_batch_id=import_batch_id)
    return done


@action("ledger.edit", name="ledger.undo_import_accounts")
def undo_import_accounts(import_batch_id: int, *, by: Actor) -> int:
    """Take away the accounts a batch made; refused when one has postings. Returns how many went.

    Accounts the batch only changed keep the change.
    """
    used = fetch_value(HERE, "chart/batch_in_use.sql", entity=by.entity_id, batch=import_batch_id)
    if used is not None:
        raise Refused("ledger.account_has_postings", gl_code=used)
    gone = run_sql(HERE, "chart/drop_batch.sql", entity=by.entity_id, batch=import_batch_id)
    act().say(f"{gone} ledger accounts of an import taken away", import_batch=import_batch_id)
    return gone


def _staged(rows: Iterable[ChartLine]) -> Iterator[tuple[object, ...]]:
    for place, row in enumerate(rows, start=1):
        yield (
            place,
            row.code.strip(),
            row.name.strip(),
            row.kind,
            row.control or None,
            row.parent_code or None,
            row.active,
            chart_fault(row),
        )


def _take_in(entity_id: int, import_batch_id: int | None) -> ChartOutcome:
    run_sql(HERE, "chart/1_find_faults.sql", entity=entity_id)
    rejected = fetch_sql(HERE, "chart/2_rejected.sql", RejectedAccount)
    taken = int(fetch_value(HERE, "chart/count_good.sql"))
    updated = run_sql(HERE, "chart/3_update.sql", entity=entity_id)
    created = run_sql(HERE, "chart/4_insert.sql", entity=entity_id, batch=import_batch_id)
    return ChartOutcome(created, updated, taken - updated - created, rejected)

"""Reading runs: what one would bill, how far it is, what was surprising, what is held, its certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from duly.invoicing.models import Run, from_json
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value

HERE = "duly.invoicing"
JSON_FIELDS = ("expected_net", "billed_net", "held_net", "elsewhere_net", "to_bill_net", "certificate")


def read(found: Run) -> Run:
    return replace(found, **{name: from_json(getattr(found, name)) for name in JSON_FIELDS})


def run(entity_id: int, run_id: int) -> Run:
    """Return a run with its totals as of now; NotFound when this entity has none of that id."""
    found = fetch_one(HERE, "run/run.sql", Run, entity=entity_id, id=run_id, before=None, limit=1, limited=None)
    if found is None:
        raise NotFound("run.unknown", run=run_id)
    return read(found)


def runs(entity_id: int, *, before_id: int | None = None, limit: int = 50, limited: bool | None = None) -> list[Run]:
    """Return the entity's runs, newest first, older than `before_id`.

    `limited` False leaves out invoices issued one by one (runs over named accounts), True shows only them.
    """
    found = fetch_sql(
        HERE, "run/run.sql", Run, entity=entity_id, id=None, before=before_id, limit=limit, limited=limited
    )
    return [read(row) for row in found]


@dataclass(frozen=True, slots=True)
class RunRef:
    """A run by its id."""

    id: int


def open_runs(entity_id: int) -> list[int]:
    """Return the runs that wait for workers: still to be planned, or approved and not yet issued."""
    return [row.id for row in fetch_sql(HERE, "run/open_runs.sql", RunRef, entity=entity_id)]


@dataclass(frozen=True, slots=True)
class Held:
    """An account a run holds: why, whose work it is, until when; amounts in minor units."""

    account_id: int
    account_number: str
    account_name: str
    currency: str
    charges: int
    net_minor: int
    expected_minor: int
    reason_code: str
    reason: str
    owner_id: int | None
    deadline_on: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """An account whose bill differs from that of the run before."""

    account_id: int
    account_number: str
    account_name: str
    currency: str
    net_minor: int
    before_minor: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run will bill, beside the run before it, with the accounts that change most."""

    run: Run
    previous: Run | None
    biggest_changes: list[Change]


def held_page(entity_id: int, run_id: int, *, after_account: int | None = None, limit: int = 50) -> list[Held]:
    """Return the accounts a run holds, in account order, past `after_account`."""
    return fetch_sql(HERE, "read/held.sql", Held, entity=entity_id, run=run_id, after=after_account, limit=limit)


def preview(entity_id: int, run_id: int, *, changes: int = 20) -> Preview:
    """Return what a run will bill compared with the last run of all accounts."""
    now = run(entity_id, run_id)
    before = fetch_value(HERE, "read/previous_run.sql", entity=entity_id, run=run_id)
    if before is None:
        return Preview(now, None, [])
    biggest = fetch_sql(
        HERE, "read/biggest_changes.sql", Change, entity=entity_id, run=run_id, before=before, limit=changes
    )
    return Preview(now, run(entity_id, int(before)), biggest)

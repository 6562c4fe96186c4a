"""Reading runs: what one would bill, how far it is, what was surprising, what is held, its certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace

from duly.invoicing.models import Run, from_json
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql

HERE = "duly.invoicing"
JSON_FIELDS = ("expected_net", "billed_net", "held_net", "elsewhere_net", "to_bill_net", "certificate")


def read(found: Run) -> Run:
    return replace(found, **{name: from_json(getattr(found, name)) for name in JSON_FIELDS})


def run(entity_id: int, run_id: int) -> Run:
    """Return a run with its totals as of now; NotFound when this entity has none of that id."""
    found = fetch_one(HERE, "run/run.sql", Run, entity=entity_id, id=run_id, before=None, limit=1)
    if found is None:
        raise NotFound("run.unknown", run=run_id)
    return read(found)


def runs(entity_id: int, *, before_id: int | None = None, limit: int = 50) -> list[Run]:
    """Return the entity's runs, newest first, older than `before_id`."""
    found = fetch_sql(HERE, "run/run.sql", Run, entity=entity_id, id=None, before=before_id, limit=limit)
    return [read(row) for row in found]


@dataclass(frozen=True, slots=True)
class RunRef:
    """A run by its id."""

    id: int


def open_runs(entity_id: int) -> list[int]:
    """Return the runs that wait for workers: still to be planned, or approved and not yet issued."""
    return [row.id for row in fetch_sql(HERE, "run/open_runs.sql", RunRef, entity=entity_id)]

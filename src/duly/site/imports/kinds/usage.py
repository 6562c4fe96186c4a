"""Usage: moments of use, each counted once whoever sends it again."""

from __future__ import annotations

from duly.commercial.actions.usage import remove_usage, usage_batch
from duly.kernel.actor import Actor
from duly.kernel.sql import run_sql
from duly.site.imports.spec import Batch, Counts, Field, Kind, customer_field, register

HERE = "duly.site"


def take_in(batch: Batch) -> Counts:
    """Record the events as one set; repeated ones count as skipped."""
    with usage_batch(batch.entity_id, today=batch.today, import_batch_id=batch.id) as recorded:
        run_sql(HERE, "imports/usage/stage.sql", entity=batch.entity_id)
    late = tuple((r.place, f"{r.code} {r.about}".strip(), "correct the row") for r in recorded.rejected)
    return Counts(created=recorded.recorded, skipped=recorded.repeated, rejected=late)


def undo(batch_id: int, by: Actor) -> int:
    """Remove the events of the batch; what was billed for their days is repaired by the next run."""
    return remove_usage(import_batch_id=batch_id, by=by)


USAGE = register(
    Kind(
        "usage",
        "usage events",
        (
            Field("external_id", required=True, aliases=("event id", "id", "idempotency key"), help="counts once"),
            Field("meter", required=True, aliases=("metric", "event", "usage metric")),
            customer_field(),
            Field("agreement", aliases=("agreement number", "contract")),
            Field("at", "moment", required=True, aliases=("timestamp", "time", "date", "moment")),
            Field("quantity", "number", default=1, aliases=("qty", "value", "units", "menge")),
            Field("unique_key", default="", aliases=("unique", "unique value"), help="for meters that count distinct"),
        ),
        ("imports/unknown_customer.sql",),
        take_in,
        undo,
    )
)

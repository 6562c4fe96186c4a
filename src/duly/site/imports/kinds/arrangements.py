"""Arrangements: agreements with their lines, a row a line; rows with the same agreement number belong together."""

from __future__ import annotations

from dataclasses import dataclass

from duly.commercial.actions.agree import agreement_batch, withdraw
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql, fetch_value, run_sql
from duly.site.imports.spec import Batch, Counts, Field, Kind, customer_field, register

HERE = "duly.site"


@dataclass(frozen=True, slots=True)
class _Line:
    line: int
    place: int


def take_in(batch: Batch) -> Counts:
    """Make the agreements as one set; those with a bad line come back whole."""
    with agreement_batch(batch.entity_id, import_batch_id=batch.id) as agreed:
        run_sql(HERE, "imports/arrangements/1_stage_agreements.sql", entity=batch.entity_id)
        run_sql(HERE, "imports/arrangements/2_stage_terms.sql", entity=batch.entity_id)
        run_sql(HERE, "imports/arrangements/3_stage_tiers.sql")
    reasons = {rejected.place: rejected for rejected in agreed.rejected}
    lines = fetch_sql(HERE, "imports/arrangements/places.sql", _Line, places=list(reasons)) if reasons else []
    late = tuple(
        (row.line, f"{reasons[row.place].code} {reasons[row.place].about}".strip(), "correct the agreement's rows")
        for row in lines
    )
    return Counts(created=len(agreed.ids), skipped=agreed.repeated, rejected=late)


def undo(batch_id: int, by: Actor) -> int:
    """Withdraw the agreements of the batch; refused when something was billed from them."""
    ids = fetch_value(HERE, "imports/arrangements/of_batch.sql", entity=by.entity_id, batch=batch_id)
    return withdraw(ids, by=by) if ids else 0


ARRANGEMENTS = register(
    Kind(
        "arrangements",
        "agreements",
        (
            customer_field(),
            Field("agreement", required=True, aliases=("agreement number", "contract", "contract number", "vertrag",
                                                       "subscription", "arrangement", "arrangement number"),
                  help="rows with the same number are lines of one agreement"),
            Field("name", default="", aliases=("agreement name", "contract name")),
            Field("item", required=True, aliases=("item code", "product", "sku", "artikel", "plan")),
            Field("description", default="", aliases=("text", "beschreibung")),
            Field("model", "code", default="per_unit", aliases=("pricing", "price model", "preismodell"),
                  choices=("flat", "per_unit", "usage", "graduated", "volume", "package", "percentage", "minimum",
                           "one_off", "milestone")),
            Field("quantity", "number", default=1, aliases=("qty", "seats", "units", "menge")),
            Field("unit_price", "number", aliases=("price", "rate", "preis"), help="empty: the list price"),
            Field("tiers", aliases=("steps", "staffel"), help="as 100:0.10;1000:0.08;*:0.05"),
            Field("package_size", "number", aliases=("package",)),
            Field("percentage", "number", aliases=("percent",), help="0.015 for 1.5 percent"),
            Field("minimum", "number", aliases=("minimum commitment", "commitment"), help="net, a period"),
            Field("meter", aliases=("metric", "usage metric")),
            Field("aggregate", "code", choices=("sum", "max", "last", "unique")),
            Field("included", "number", default=0, aliases=("included quantity", "free units", "inklusive")),
            Field("interval", "code", default="month", choices=("month", "quarter", "year", "day", "once"),
                  aliases=("billing interval", "period", "intervall", "frequency")),
            Field("interval_count", "int", default=1, aliases=("every",)),
            Field("timing", "code", default="advance", choices=("advance", "arrears"), aliases=("billed",)),
            Field("anchor", "code", default="calendar", choices=("calendar", "anniversary")),
            Field("anchor_day", "int"),
            Field("proration", "code", default="day", choices=("day", "none")),
            Field("starts_on", "date", required=True, aliases=("start", "start date", "from", "beginn", "valid from")),
            Field("ends_on", "date", aliases=("end", "end date", "until", "ende"), help="first day no longer covered"),
            Field("trial_ends_on", "date", aliases=("trial end", "trial until")),
            Field("po_number", default="", aliases=("po", "purchase order")),
            Field("currency", "upper", aliases=("währung", "ccy")),
        ),
        ("imports/unknown_customer.sql", "imports/arrangements/problems.sql"),
        take_in,
        undo,
    )
)  # fmt: skip

"""Charges: things to be billed once, with the next run."""

from __future__ import annotations

from duly.invoicing.actions.charge_batch import charge_batch
from duly.invoicing.actions.charges import remove_charges
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.site.imports.spec import Batch, Counts, Field, Kind, customer_field, register

HERE = "duly.site"


def take_in(batch: Batch) -> Counts:
    """Bring the charges in as drafts."""
    total = int(fetch_value(HERE, "imports/count_staged.sql"))
    with charge_batch():
        run_sql(HERE, "imports/charges/stage.sql", entity=batch.entity_id, batch=batch.id, today=batch.today)
    return Counts(created=total)


def undo(batch_id: int, by: Actor) -> int:
    """Remove the batch's drafts; refused when one was billed."""
    drafts = fetch_value(HERE, "imports/charges/drafts_of_batch.sql", entity=by.entity_id, batch=batch_id)
    billed = fetch_value(HERE, "imports/charges/billed_of_batch.sql", entity=by.entity_id, batch=batch_id)
    if billed:
        raise Refused("imports.used_since", billed=billed, remedy="credit those invoices instead")
    return remove_charges(drafts or [], note=f"import {batch_id} taken back", by=by) if drafts else 0


CHARGES = register(
    Kind(
        "charges",
        "charges",
        (
            customer_field(),
            Field("external_id", aliases=("charge id", "id", "reference"), help="makes the row count once"),
            Field("item", required=True, aliases=("item code", "product", "sku", "artikel", "service")),
            Field("description", default="", aliases=("text", "beschreibung", "details")),
            Field("quantity", "number", default=1, aliases=("qty", "menge", "units")),
            Field("unit_price", "number", aliases=("price", "rate", "preis")),
            Field("amount", "number", aliases=("net", "net amount", "betrag", "total"),
                  help="net; needed when there is no unit price"),
            Field("bill_on", "date", aliases=("date", "service date", "datum", "due to bill")),
            Field("period_from", "date", aliases=("from", "service from")),
            Field("period_to", "date", aliases=("to", "until", "service to"), help="last day"),
            Field("po_number", default="", aliases=("po", "purchase order")),
        ),
        ("imports/unknown_customer.sql", "imports/charges/problems.sql"),
        take_in,
        undo,
    )
)  # fmt: skip
